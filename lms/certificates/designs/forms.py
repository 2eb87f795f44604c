"""A design made ready to be stamped: laid out once, its styles read from what the layout library drew.

Nothing here reads CSS: how a class of line looks is measured on a page of trial lines, and the first document is
laid out whole to see that stamping puts every line where the layout library does. A design that does not pass
goes the long way, always.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Final, Self

from pikepdf import Pdf

from lms.certificates.designs.drawing import INK, encode_qr
from lms.certificates.designs.placing import Line, Rule, TakenApart
from lms.core.pdf import lay_out, lay_out_pages
from lms.core.pdf_assets import AssetSource
from lms.core.pdf_finish import finish_pdf
from lms.core.pdf_metadata import PdfMetadata
from lms.core.pdf_reading import Colour, DrawnPage, FilledBox, ShownText, read_page
from lms.core.pdf_stamp import Box, Figure, Run, Stamp, StampableForm

POINTS: Final = 72 / 25.4
"""In a millimetre."""
_NEAR: Final = 0.02
"""Points: a hundredth of a millimetre cannot be seen."""
_SIZES: Final = (8.0, 24.0)
_AT: Final = 20.0
_TRIAL_BOX: Final = (30.0, 10.0)

SIGNS: Final = "".join(
    chr(code)
    for first, last in (
        (0x20, 0x7E), (0xA0, 0x17F), (0x2B9, 0x2BC), (0x300, 0x304), (0x306, 0x30C), (0x323, 0x328),
        (0x1EBC, 0x1EBD), (0x1EF8, 0x1EF9), (0x2009, 0x203A), (0x20AC, 0x20AC), (0x2212, 0x2212),
    )
    for code in range(first, last + 1)
)  # fmt: skip
"""What every file can write: the names of the region, with Guaraní and Kichwa.

Always the same, whoever was first: a file does not depend on those that were drawn before it.
"""


class NotStampable(Exception):
    """Stamping would not give what the layout library gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How the lines of one class look; measures are in ems of their size."""

    face: str
    colour: Colour
    tracking: float
    drop: float
    """From the top of the line to its baseline."""


@dataclass(frozen=True, kw_only=True)
class Styles:
    """The classes of lines and of rules of one page."""

    texts: Mapping[str, TextStyle]
    rules: Mapping[str, Colour]

    def run(self, line: Line, height: float) -> Run:
        """Return a line as it is stamped on a page of this height in points."""
        style = self.texts[line.style]
        return Run(
            text=line.text,
            x=line.left * POINTS,
            y=height - line.top * POINTS - style.drop * line.size,
            size=line.size,
            face=style.face,
            colour=style.colour,
            tracking=style.tracking * line.size,
        )

    def box(self, rule: Rule, height: float) -> Box:
        """Return a rule as it is stamped."""
        return Box(
            x=rule.left * POINTS,
            y=height - (rule.top + rule.height) * POINTS,
            width=rule.width * POINTS,
            height=rule.height * POINTS,
            colour=self.rules[rule.style],
        )


@dataclass(frozen=True, kw_only=True)
class CompiledForm:
    """Pages that wait for what is said in one document, and how their classes look."""

    form: StampableForm
    content: bytes
    """The finished pages without any words, from which the form was made."""
    faces: Mapping[str, Path]
    """The typefaces it writes with, by PostScript name."""
    styles: Sequence[Styles]
    """Of each page."""
    height: float
    """Of the pages, in points."""

    def stamp(self, parts: Sequence[TakenApart], *, address: str, metadata: PdfMetadata) -> bytes:
        """Return the file of one document; raise SignMissing when a face of the file lacks a sign."""
        pages = zip(parts, self.styles, strict=True)
        stamps = [stamp_of(part, styles, height=self.height, address=address) for part, styles in pages]
        return self.form.fill(stamps, metadata=metadata)

    def knowing(self, parts: Sequence[TakenApart]) -> Self:
        """Return the form for one document alone, whose file carries its rare letters too."""
        rare = {sign for part in parts for line in part.lines for sign in line.text} - set(SIGNS)
        signs = SIGNS + "".join(sorted(rare))
        return replace(self, form=StampableForm.of(self.content, faces=self.faces, signs=signs))


def stamp_of(part: TakenApart, styles: Styles, *, height: float, address: str) -> Stamp:
    """Return what is stamped on one page; the QR leads to the address."""
    return Stamp(
        runs=[styles.run(line, height) for line in part.lines],
        boxes=[styles.box(rule, height) for rule in part.rules],
        figures=[
            _qr(code.left * POINTS, height - code.top * POINTS, code.width * POINTS, address)
            for code in part.codes
        ],
    )


def _qr(left: float, top: float, width: float, address: str) -> Figure:
    code = encode_qr(address)
    return Figure(
        x=left, y=top, unit=width / code.side, boxes=list(code.boxes()), colour=_colour(INK), said=address
    )


def _colour(code: str) -> Colour:
    return tuple(int(code[start : start + 2], 16) / 255 for start in (1, 3, 5))


def compile_form(
    pages: Sequence[str],
    parts: Sequence[TakenApart],
    *,
    assets: AssetSource,
    metadata: PdfMetadata,
    height: float,
) -> CompiledForm:
    """Return the form of a document's pages; raise NotStampable, or PdfError as the long way does."""
    heads = [_head(html) for html in pages]
    wanted = {
        head: [part for own, part in zip(heads, parts, strict=True) if own == head]
        for head in dict.fromkeys(heads)
    }
    faces: dict[str, Path] = {}
    found: dict[str, Styles] = {}
    for head, its in wanted.items():
        found[head] = _measure(head, its, assets=assets, height=height, faces=faces)
    styles = [found[head] for head in heads]
    _compare(pages, parts, styles, assets=assets, height=height)
    base = lay_out_pages([part.rest for part in parts], assets=assets)
    if any(drawn.texts for drawn in _read(base.content)):
        raise NotStampable("text outside of lines")
    finished = finish_pdf(base.content, metadata=metadata, faces={})
    used = {style.face for each in styles for style in each.texts.values()}
    written = {name: path for name, path in sorted(faces.items()) if name in used}
    return CompiledForm(
        form=StampableForm.of(finished.content, faces=written, signs=SIGNS),
        content=finished.content,
        faces=written,
        styles=styles,
        height=height,
    )


def _head(html: str) -> str:
    before, body, after = html.partition("<body")
    return f"{before}{body}{after.partition('>')[0]}>"


def _measure(
    head: str, parts: Sequence[TakenApart], *, assets: AssetSource, height: float, faces: dict[str, Path]
) -> Styles:
    """Return the classes of the parts, from a page of trial lines and boxes; add the faces they use."""
    lines = sorted({line.style for part in parts for line in part.lines})
    rules = sorted({rule.style for part in parts for rule in part.rules})
    laid = lay_out(f"{head}{''.join(_trials(lines, rules))}</body></html>", assets=assets)
    faces |= laid.faces
    (drawn,) = _read(laid.content)
    if len(drawn.texts) != len(_SIZES) * len(lines) or len(drawn.boxes) != len(rules) or drawn.others:
        raise NotStampable("more is drawn than the lines and boxes")
    pairs = zip(drawn.texts[::2], drawn.texts[1::2], strict=True)
    texts = {name: _text_style(pair, height) for name, pair in zip(lines, pairs, strict=True)}
    boxes = {name: _box_colour(box, height) for name, box in zip(rules, drawn.boxes, strict=True)}
    return Styles(texts=texts, rules=boxes)


def _trials(lines: Sequence[str], rules: Sequence[str]) -> Iterator[str]:
    at = f"left: {_AT}mm; top: {_AT}mm"
    for name in lines:
        for size in _SIZES:
            yield f'<div class="{name}" style="{at}; font-size: {size}pt">n</div>'
    width, height = _TRIAL_BOX
    for name in rules:
        yield f'<div class="{name}" style="{at}; width: {width}mm; height: {height}mm"></div>'


def _text_style(pair: tuple[ShownText, ShownText], height: float) -> TextStyle:
    found = []
    for shown, size in zip(pair, _SIZES, strict=True):
        if not _is_near((shown.size, shown.x), (size, _AT * POINTS)):
            raise NotStampable("a class moves or scales its lines")
        drop = (height - _AT * POINTS - shown.y) / size
        found.append(
            TextStyle(face=shown.face, colour=shown.colour, tracking=shown.tracking / size, drop=drop)
        )
    small, large = found
    same = (small.face, small.colour) == (large.face, large.colour)
    if not same or not _is_near((small.tracking, small.drop), (large.tracking, large.drop), within=0.001):
        raise NotStampable("a class does not grow with its size")
    return large


def _box_colour(box: FilledBox, height: float) -> Colour:
    width, tall = (each * POINTS for each in _TRIAL_BOX)
    if not _is_near(_edges(box), (_AT * POINTS, height - _AT * POINTS - tall, width, tall)):
        raise NotStampable("a class moves its boxes")
    return box.colour


def _edges(box: FilledBox | Box) -> tuple[float, ...]:
    return box.x, box.y, box.width, box.height


def _compare(
    pages: Sequence[str],
    parts: Sequence[TakenApart],
    styles: Sequence[Styles],
    *,
    assets: AssetSource,
    height: float,
) -> None:
    """Raise NotStampable unless the layout library puts every line and rule where stamping will."""
    laid = lay_out_pages(pages, assets=assets)
    for drawn, part, each in zip(_read(laid.content), parts, styles, strict=True):
        if len(drawn.texts) != len(part.lines):
            raise NotStampable("text outside of lines")
        for shown, line in zip(drawn.texts, part.lines, strict=True):
            if not _is_same(shown, each.run(line, height)):
                raise NotStampable(line.text)
        for box in (each.box(rule, height) for rule in part.rules):
            if not any(
                box.colour == own.colour and _is_near(_edges(box), _edges(own)) for own in drawn.boxes
            ):
                raise NotStampable("a rule is drawn elsewhere")


def _is_same(shown: ShownText, run: Run) -> bool:
    looks = (shown.face, shown.colour) == (run.face, run.colour)
    return looks and _is_near(
        (shown.x, shown.y, shown.size, shown.tracking), (run.x, run.y, run.size, run.tracking)
    )


def _is_near(some: tuple[float, ...], others: tuple[float, ...], *, within: float = _NEAR) -> bool:
    return all(abs(one - other) <= within for one, other in zip(some, others, strict=True))


def _read(content: bytes) -> list[DrawnPage]:
    with Pdf.open(BytesIO(content)) as pdf:
        return [read_page(page) for page in pdf.pages]
