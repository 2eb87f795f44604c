"""A PDF with holes: most of its objects never change, so they are written once and copied as bytes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Self

from pikepdf import Dictionary, Name, Object, ObjectStreamMode, Pdf, Stream

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def add_hole(pdf: Pdf, name: str) -> Object:
    """Return an object that stands for one to be written later, under this name; refer to it as to any other."""
    return pdf.make_indirect(Stream(pdf, b"", Hole=Name(f"/{name}")))


def as_stream(content: bytes, entries: str = "") -> bytes:
    """Return the body of a stream object with these further entries of its dictionary."""
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries.encode("ascii"), len(content), content)


@dataclass(frozen=True, kw_only=True)
class Skeleton:
    """What is the same in every file, and where the rest goes."""

    fixed: bytes
    """The header and the objects that never change."""
    offsets: Mapping[int, int]
    """Where each of them starts, by number."""
    holes: Mapping[str, int]
    """The numbers of the objects to write, by name."""
    pages: Sequence[int]
    """The numbers of the page objects, in order."""
    root: int
    size: int
    """The first number that is free."""

    @classmethod
    def of(cls, pdf: Pdf, *, more: Sequence[str]) -> Self:
        """Read a document that has holes; `more` are those to which nothing that is fixed refers."""
        saved = BytesIO()
        pdf.save(saved, object_stream_mode=ObjectStreamMode.disable, fix_metadata_version=False)
        with Pdf.open(saved) as clean:
            parts, offsets, holes, place = [HEADER], {}, {}, len(HEADER)
            numbers = {each.objgen[0]: each for each in clean.objects}
            for number, each in numbers.items():
                if isinstance(each, Stream) and Name.Hole in each.stream_dict:
                    holes[str(each.stream_dict.Hole).lstrip("/")] = number
                    continue
                parts.append(_written(number, _body(each)))
                offsets[number] = place
                place += len(parts[-1])
            pages = [page.obj.objgen[0] for page in clean.pages]
            root, first = clean.Root.objgen[0], max(numbers) + 1
        holes |= {name: number for number, name in enumerate(more, start=first)}
        return cls(
            fixed=b"".join(parts),
            offsets=offsets,
            holes=holes,
            pages=pages,
            root=root,
            size=first + len(more),
        )

    def fill(self, bodies: Mapping[str, bytes], more: Sequence[bytes]) -> bytes:
        """Return the whole file; `bodies` are by the names of the holes, `more` take the numbers from `size` on.

        The body under «Info» is the document information, to which the trailer points.
        """
        numbered = {self.holes[name]: body for name, body in bodies.items()}
        numbered |= dict(enumerate(more, start=self.size))
        parts, offsets, place = [self.fixed], dict(self.offsets), len(self.fixed)
        for number, body in numbered.items():
            parts.append(_written(number, body))
            offsets[number] = place
            place += len(parts[-1])
        # The file is named after its content, so that the same content is the same file.
        identity = hashlib.md5(b"".join(parts[1:]), usedforsecurity=False).hexdigest()
        last = max(offsets) + 1
        table = "".join(_entry(offsets.get(number)) for number in range(1, last))
        trailer = (
            f"xref\n0 {last}\n0000000000 65535 f \n{table}trailer\n"
            f"<</Size {last} /Root {self.root} 0 R /Info {self.holes['Info']} 0 R "
            f"/ID [<{identity}> <{identity}>]>>\nstartxref\n{place}\n%%EOF\n"
        )
        return b"".join([*parts, trailer.encode("ascii")])


def _entry(offset: int | None) -> str:
    return "0000000000 65535 f \n" if offset is None else f"{offset:010d} 00000 n \n"


def _written(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def _body(each: Object) -> bytes:
    if not isinstance(each, Stream):
        return each.unparse(resolved=True)
    content = each.read_raw_bytes()
    entries = Dictionary({key: value for key, value in each.stream_dict.items() if key != "/Length"})
    return as_stream(content, entries.unparse().decode("latin-1")[2:-2])
