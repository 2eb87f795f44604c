"""What kind of file a course may hold besides its texts, by name and by its first bytes."""

from collections.abc import Callable
from types import MappingProxyType

from lms.courses.compiler import pictures

_MEGABYTE = 1_000_000
MEDIA_TYPES = MappingProxyType(
    {
        **pictures.MEDIA_TYPES,
        ".mp4": "video/mp4",
        ".webm": "video/webm",
        ".mp3": "audio/mpeg",
        ".ogg": "audio/ogg",
        ".m4a": "audio/mp4",
        ".vtt": "text/vtt",
        ".pdf": "application/pdf",
    }
)
LIMITS = MappingProxyType({"image": 3, "video": 60, "audio": 20, "text": 1, "application": 15})
"""Megabytes of one file, by the first half of its type: trainees use telephones."""
_SYNC = 0xE0
"""The bits after the first byte with which a frame of MPEG audio begins."""
_ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")


def media_type(path: str) -> str | None:
    """Return the media type of a file by its name, or None for what a course may not hold."""
    _, dot, ending = path.lower().rpartition(".")
    return MEDIA_TYPES.get(dot + ending)


def limit(path: str) -> int:
    """Return how many bytes a file with this name may have."""
    kind = media_type(path) or "image/"
    return LIMITS[kind.partition("/")[0]] * _MEGABYTE


def is_sound(content: bytes, kind: str) -> bool:
    """Return whether the first bytes are those of the type, and nothing in the file acts on its own."""
    known = _SOUND.get(kind)
    return pictures.is_sound(content, kind) if known is None else known(content)


def _is_mp4(content: bytes) -> bool:
    return content[4:8] == b"ftyp"


def _is_mp3(content: bytes) -> bool:
    return content.startswith(b"ID3") or (content[:1] == b"\xff" and content[1:2] >= bytes([_SYNC]))


def _is_vtt(content: bytes) -> bool:
    try:
        return content.decode("utf-8-sig").startswith("WEBVTT")
    except UnicodeDecodeError:
        return False


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and not any(mark in content for mark in _ACTIVE)


_SOUND: MappingProxyType[str, Callable[[bytes], bool]] = MappingProxyType(
    {
        "video/mp4": _is_mp4,
        "audio/mp4": _is_mp4,
        "video/webm": lambda content: content.startswith(b"\x1aE\xdf\xa3"),
        "audio/mpeg": _is_mp3,
        "audio/ogg": lambda content: content.startswith(b"OggS"),
        "text/vtt": _is_vtt,
        "application/pdf": _is_pdf,
    }
)
