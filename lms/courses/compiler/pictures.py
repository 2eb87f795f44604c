"""What kind of picture a file is, and how large it is drawn."""

import re
import struct
from html import unescape
from types import MappingProxyType

MEDIA_TYPES = MappingProxyType({".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"})
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG_TAG = re.compile(rb"<svg\b[^>]*>")
_LENGTH = re.compile(rb"\s(width|height)=[\"'](\d+(?:\.\d+)?)(?:px)?[\"']")
_VIEW_BOX = re.compile(rb"\sviewBox=[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*[\"']")
_PREFIX = r"<(?:[\w.-]+:)?"
_ACTIVE = re.compile(
    rf"{_PREFIX}(?:script|foreignObject|handler|listener|iframe|embed|object)\b|[\s\"'/]on\w+\s*=|javascript:"
    r"|data:(?!image/(?:png|jpeg|webp|gif)[;,])|<!ENTITY|<!DOCTYPE[^>]*\[|<\?xml-stylesheet",
    re.IGNORECASE,
)
_OWN = r"(?!\#|data:image/(?:png|jpeg|webp|gif)[;,])"
_FOREIGN = re.compile(
    # Browsers forgive spaces, backslashes and escapes inside an address: only one into the picture itself is let in.
    rf"(?:href|src)\s*+=\s*+[\"']?+\s*+{_OWN}(?![\"'])|url\(\s*+[\"']?+\s*+{_OWN}|@import|image-set\(|\bsrc\("
    r"|\\\w|attributeName\s*=\s*[\"']\s*(?:[\w.-]+:)?(?:href|src)",
    re.IGNORECASE,
)
_ROOT = re.compile(r"(?:\s|<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*<svg\b", re.DOTALL | re.IGNORECASE)
_MAX_SIDE = 20_000


def media_type(path: str) -> str | None:
    """Return the media type of a picture by its name, or None for what is not an accepted picture."""
    return next((kind for ending, kind in MEDIA_TYPES.items() if path.lower().endswith(ending)), None)


def is_sound(content: bytes, kind: str) -> bool:
    """Return whether the bytes are what the name says, and an SVG without anything active in it."""
    if kind == "image/png":
        return content.startswith(_PNG)
    if kind == "image/webp":
        return content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return _is_still(content)


def _is_still(content: bytes) -> bool:
    """Whether an SVG only draws: no code, nothing from elsewhere, whatever its spelling."""
    try:
        text = unescape(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return False
    return bool(_ROOT.match(text)) and not _ACTIVE.search(text) and not _FOREIGN.search(text)


def size(content: bytes, kind: str) -> tuple[int, int] | None:
    """Return width and height in pixels, or None when the file does not say."""
    try:
        found = _SIZES[kind](content)
    except (struct.error, ValueError, OverflowError):
        return None
    if found is None or not all(0 < side <= _MAX_SIDE for side in found):
        return None
    return found


def _png(content: bytes) -> tuple[int, int] | None:
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _webp(content: bytes) -> tuple[int, int] | None:
    match content[12:16]:
        case b"VP8X":
            return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
        case b"VP8L":
            bits = int.from_bytes(content[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack("<HH", content[26:30])
            return width & 0x3FFF, height & 0x3FFF
    return None


def _svg(content: bytes) -> tuple[int, int] | None:
    tag = _SVG_TAG.search(content)
    if tag is None:
        return None
    lengths = {name: float(value) for name, value in _LENGTH.findall(tag.group())}
    if len(lengths) == len(("width", "height")):
        return round(lengths[b"width"]), round(lengths[b"height"])
    box = _VIEW_BOX.search(tag.group())
    return None if box is None else (round(float(box.group(1))), round(float(box.group(2))))


_SIZES = MappingProxyType({"image/png": _png, "image/webp": _webp, "image/svg+xml": _svg})
