"""What a device sends, read with care: anybody can write JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from lms.attendance.offline.errors import BatchRefused
from lms.attendance.offline.rules import MOST_ITEMS

LARGEST: Final = 2**53
"""Numbers of a browser are exact below it."""
LONGEST: Final = 200
MOST_MEETINGS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A mark that was given on a device."""

    number: int
    """Rises on the device; with the device's own number it names the mark for good."""
    meeting_id: UUID
    enrolment_id: UUID | None
    """Null for somebody who was not on the list and was written down by name."""
    state: str
    seen: str
    """The state that the device showed; empty for none."""
    device_ms: int
    """When it was, in milliseconds since 1970 by the device's clock."""
    offset_ms: int
    """What is to be added to that clock to get ours."""
    name: str = ""
    place: str = ""
    """Institution as it was written down."""
    institution_id: UUID | None = None
    """Institution that was chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some of the marks of one device."""

    device: UUID
    items: tuple[Item, ...]


def read_batch(sent: object) -> Batch:
    """Return what a device sent, each number once; raises BatchRefused."""
    values = _mapping(sent)
    items = values.get("items")
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        raise BatchRefused
    read = {item.number: item for item in map(_item, items)}
    return Batch(device=_id(values.get("device")), items=tuple(read.values()))


def read_meetings(sent: object) -> list[UUID]:
    """Return the meetings whose lists a device asks for; raises BatchRefused."""
    ids = _mapping(sent).get("meetings")
    if not isinstance(ids, list) or not 0 < len(ids) <= MOST_MEETINGS:
        raise BatchRefused
    return [_id(each) for each in ids]


def _item(sent: object) -> Item:
    values = _mapping(sent)
    row, chosen = values.get("row"), values.get("institution")
    return Item(
        number=_number(values.get("n")),
        meeting_id=_id(values.get("meeting")),
        enrolment_id=_id(row) if row else None,
        state=_text(values.get("state")),
        seen=_text(values.get("seen")),
        device_ms=_number(values.get("at")),
        offset_ms=_number(values.get("offset")),
        name=_text(values.get("name")),
        place=_text(values.get("place")),
        institution_id=_id(chosen) if chosen else None,
    )


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BatchRefused
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= LARGEST:
        raise BatchRefused
    return value


def _id(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise BatchRefused from None


def _text(value: object) -> str:
    """Return a text in one line; browsers send null for what a person left out."""
    text = " ".join(str(value or "").split())
    if len(text) > LONGEST or not text.isprintable():
        raise BatchRefused
    return text
