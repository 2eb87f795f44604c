"""What a file that somebody hands in really is: by its bytes, never by its name."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

FORMATS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "odt": "application/vnd.oasis.opendocument.text",
        "jpg": "image/jpeg",
        "png": "image/png",
    }
)
"""The formats that can be asked for, each with its media type; the name is also the ending of the file."""
MEGABYTE: Final = 1_000_000
LONGEST_STEM: Final = 80
_OTHER_ENDINGS: Final = frozenset({*FORMATS, "jpeg"})
_UNFIT: Final = re.compile(r'[<>:"/\\|?*%]')
_MOST_ENTRIES: Final = 10_000
_WORD: Final = frozenset({"[Content_Types].xml", "word/document.xml"})


def format_of(content: bytes) -> str | None:
    """Return the format of a file, None for anything that is not one of ours or does not hold together.

    A Word document with macros is none: whoever opens it to grade it would run them.
    """
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR" and b"IEND" in content[-64:]:
        return "png"
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xda" in content:
        return "jpg"
    return _packed_format(content) if content.startswith(b"PK\x03\x04") else None


def safe_name(name: str, kind: str) -> str:
    """Return a name for a file of this format: without folders, control or reversing marks, its ending the true one."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    path = PurePosixPath(" ".join(_UNFIT.sub(" ", shown).split()).strip(". ") or kind)
    stem = path.stem if path.suffix[1:].lower() in _OTHER_ENDINGS else path.name
    return f"{stem.strip('. ')[:LONGEST_STEM].strip('. ') or 'archivo'}.{kind}"


def _packed_format(content: bytes) -> str | None:
    """Return the format of a zip by what stands in it; nothing is unpacked but the few bytes that name a text."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            names = {each.filename for each in entries}
            if len(entries) > _MOST_ENTRIES or any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if names >= _WORD:
                return "docx"
            return "odt" if _declared(packed, entries) == FORMATS["odt"].encode() else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None


def _declared(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bytes:
    """Return what an OpenDocument says of itself in its first entry."""
    if not entries or entries[0].filename != "mimetype" or "content.xml" not in packed.namelist():
        return b""
    with packed.open(entries[0]) as declared:
        return declared.read(100)
