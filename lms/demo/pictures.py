"""A picture that somebody of the demonstration hands in: stations on a line, as the map of a route."""

import struct
import zlib
from typing import Final

WIDTH, HEIGHT = 480, 200
PAPER: Final = (250, 248, 243)
INKS: Final = ((31, 92, 92), (122, 62, 96), (60, 80, 140))
STATIONS: Final = 5
_RADIUS: Final = 16
_LINE: Final = 4


def map_of_a_route(number: int) -> bytes:
    """Return a PNG with a line and its stations, in an ink of its own."""
    ink, middle = bytes(INKS[number % len(INKS)]), HEIGHT // 2
    paper = bytes(PAPER)
    centres = [WIDTH * (2 * at + 1) // (2 * STATIONS) for at in range(STATIONS)]
    rows = b"".join(
        b"\0" + b"".join(ink if _is_drawn(x, y - middle, centres) else paper for x in range(WIDTH))
        for y in range(HEIGHT)
    )
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data) for name, data in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


def _is_drawn(x: int, above: int, centres: list[int]) -> bool:
    is_on_line = abs(above) <= _LINE and centres[0] <= x <= centres[-1]
    return is_on_line or any((x - centre) ** 2 + above**2 <= _RADIUS**2 for centre in centres)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
