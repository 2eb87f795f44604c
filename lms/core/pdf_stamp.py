"""Text, boxes and outlines put on pages that are ready but for them: tagged, and without laying anything out."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Self

from pikepdf import Array, Dictionary, Pdf

from lms.core.pdf_faces import EmbeddedFace, embed_face
from lms.core.pdf_metadata import PdfMetadata, docinfo, xmp_packet
from lms.core.pdf_reading import Colour
from lms.core.pdf_skeleton import Skeleton, add_hole, as_stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One line of text: where its baseline starts, in points from the lower left corner, and how it looks."""

    text: str
    x: float
    y: float
    size: float
    face: str
    """PostScript name."""
    colour: Colour
    tracking: float = 0
    """Points between letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A filled rectangle; `y` is its lower edge."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture of one colour made of boxes on a grid, and what a reader says in its place."""

    x: float
    y: float
    """Its upper left corner, in points from the lower left corner of the page."""
    unit: float
    """The side of a square of the grid, in points."""
    boxes: Sequence[tuple[int, int, int, int]]
    """Left, top, width and height, from the upper left corner."""
    colour: Colour
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What goes on one page."""

    runs: Sequence[Run]
    boxes: Sequence[Box] = ()
    figures: Sequence[Figure] = ()


@dataclass(frozen=True, kw_only=True)
class StampableForm:
    """Pages that wait for their stamps; the typefaces are in the file once, for all of them."""

    skeleton: Skeleton
    faces: Mapping[str, EmbeddedFace]

    @classmethod
    def of(cls, content: bytes, *, faces: Mapping[str, Path], signs: str) -> Self:
        """Prepare a finished PDF that shows no text yet, to be written on in these faces with these signs."""
        with Pdf.open(BytesIO(content)) as pdf:
            embedded = {name: embed_face(pdf, path, signs) for name, path in faces.items()}
            fonts = Dictionary({f"/{name}": font for name, (font, _face) in embedded.items()})
            for number, page in enumerate(pdf.pages):
                page.obj.Contents = Array([page.obj.Contents, add_hole(pdf, f"Page{number}")])
                page.obj.Resources.Font = fonts
            pdf.Root.StructTreeRoot = add_hole(pdf, "Tree")
            pdf.Root.Metadata = add_hole(pdf, "Metadata")
            skeleton = Skeleton.of(pdf, more=("Info", "Document"))
        return cls(skeleton=skeleton, faces={name: face for name, (_font, face) in embedded.items()})

    def fill(self, stamps: Sequence[Stamp], *, metadata: PdfMetadata) -> bytes:
        """Return the file with one stamp on each page; raise SignMissing when a face lacks a sign."""
        tree = _Tree(document=self.skeleton.holes["Document"], first=self.skeleton.size)
        bodies = {
            f"Page{number}": _compressed("".join(self._content(stamp, tree.page(page))))
            for number, (stamp, page) in enumerate(zip(stamps, self.skeleton.pages, strict=True))
        }
        bodies |= {
            "Tree": tree.root(),
            "Document": tree.top(self.skeleton.holes["Tree"]),
            "Metadata": as_stream(xmp_packet(metadata), "/Type /Metadata /Subtype /XML"),
            "Info": _dictionary({name: _string(value) for name, value in docinfo(metadata).items()}),
        }
        return self.skeleton.fill(bodies, tree.elements)

    def _content(self, stamp: Stamp, page: "_TaggedPage") -> Iterator[str]:
        if stamp.boxes:
            yield f"/Artifact BMC {''.join(map(_box, stamp.boxes))}EMC\n"
        for paragraph in _paragraphs(stamp.runs):
            said = " ".join(run.text for run in paragraph) if len(paragraph) > 1 else ""
            marks = page.mark("P", len(paragraph), f"/ActualText {_string(said)}" if said else "")
            for mark, run in zip(marks, paragraph, strict=True):
                yield f"/P <</MCID {mark}>> BDC {self._text(run)}EMC\n"
        for figure in stamp.figures:
            (mark,) = page.mark("Figure", 1, f"/Alt {_string(figure.said)}")
            yield f"/Figure <</MCID {mark}>> BDC {_grid(figure)}EMC\n"

    def _text(self, run: Run) -> str:
        shown = self.faces[run.face].show(run.text)
        return (
            f"BT {_fill(run.colour)} /{run.face} {run.size:.2f} Tf {run.tracking:.3f} Tc "
            f"1 0 0 1 {run.x:.3f} {run.y:.3f} Tm {shown} TJ ET "
        )


def _paragraphs(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Give the lines that read as one: the same type, one under the other."""
    group: list[Run] = []
    for run in runs:
        if group and _look(run) != _look(group[-1]):
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _look(run: Run) -> tuple[object, ...]:
    return run.face, run.size, run.colour, round(run.x, 1)


class _Tree:
    """The structure tree, written as bytes while the pages are: one document whose elements come in order."""

    def __init__(self, *, document: int, first: int) -> None:
        self._document, self._first = document, first
        self.elements: list[bytes] = []
        self._owners: list[list[int]] = []

    def page(self, number: int) -> "_TaggedPage":
        self._owners.append([])
        return _TaggedPage(self, number, self._owners[-1])

    def add(self, kind: str, page: int, marks: Sequence[int], more: str) -> int:
        kids = " ".join(map(str, marks))
        entries = f"/Type /StructElem /S /{kind} /P {self._document} 0 R /Pg {page} 0 R /K [{kids}] {more}"
        self.elements.append(f"<<{entries}>>".encode("ascii"))
        return self._first + len(self.elements) - 1

    def root(self) -> bytes:
        owners = (" ".join(f"{each} 0 R" for each in page) for page in self._owners)
        numbers = " ".join(f"{number} [{page}]" for number, page in enumerate(owners))
        entries = f"/Type /StructTreeRoot /K [{self._document} 0 R] /ParentTree <</Nums [{numbers}]>>"
        return f"<<{entries} /ParentTreeNextKey {len(self._owners)}>>".encode("ascii")

    def top(self, root: int) -> bytes:
        kids = " ".join(f"{self._first + number} 0 R" for number in range(len(self.elements)))
        return f"<</Type /StructElem /S /Document /P {root} 0 R /K [{kids}]>>".encode("ascii")


class _TaggedPage:
    """The marks of one page: each belongs to an element of the tree."""

    def __init__(self, tree: _Tree, number: int, owners: list[int]) -> None:
        self._tree, self._number, self._owners = tree, number, owners

    def mark(self, kind: str, count: int, more: str) -> list[int]:
        """Return the numbers of so many new marks of one element."""
        marks = list(range(len(self._owners), len(self._owners) + count))
        self._owners += [self._tree.add(kind, self._number, marks, more)] * count
        return marks


def _compressed(content: str) -> bytes:
    return as_stream(zlib.compress(content.encode("ascii")), "/Filter /FlateDecode")


def _fill(colour: Colour) -> str:
    return " ".join(f"{part:.3f}" for part in colour) + " rg"


def _box(box: Box) -> str:
    return f"{_fill(box.colour)} {box.x:.3f} {box.y:.3f} {box.width:.3f} {box.height:.3f} re f "


def _grid(figure: Figure) -> str:
    # Filled as one path: between boxes that are painted one by one, readers show hairlines.
    boxes = "".join(f"{left} {top} {width} {height} re " for left, top, width, height in figure.boxes)
    grid = f"{figure.unit:.5f} 0 0 {-figure.unit:.5f} {figure.x:.3f} {figure.y:.3f} cm"
    return f"q {_fill(figure.colour)} {grid} {boxes}f Q "


def _string(text: str) -> str:
    """Return a text as PDF writes it: UTF-16 in hexadecimal, which needs no escapes."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def _dictionary(entries: Mapping[str, str]) -> bytes:
    return f"<<{' '.join(f'{name} {value}' for name, value in entries.items())}>>".encode("ascii")
