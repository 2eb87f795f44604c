"""Values of cells as JSON that reads back to the same value, so that undoing writes exactly what stood there. Pure."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

Cell = list[object]
"""Name of the kind of value, and the value as JSON."""

_READ: Final[Mapping[str, Callable[[Any], object]]] = {
    "json": lambda value: value,
    "uuid": UUID,
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "fraction": Fraction,
}


def write(value: object) -> Cell:
    """Return a value of a row as JSON; a member of an enum as its value, which its column takes as well."""
    match value:
        case UUID():
            return ["uuid", str(value)]
        case datetime():
            return ["moment", value.isoformat()]
        case date():
            return ["day", value.isoformat()]
        case Fraction():
            return ["fraction", str(value)]
        case Enum():
            return ["json", value.value]
        case _:
            return ["json", value]


def read(cell: Cell) -> object:
    """Return the value that was written."""
    kind, value = cell
    return _READ[str(kind)](value)
