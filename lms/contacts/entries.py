"""A contact as people read it on one day: plain values that pages, lessons and cards share."""

from dataclasses import dataclass
from datetime import date

from lms.contacts.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A contact of the directory, with how far it is to be trusted."""

    key: str
    name: str
    place: str
    number: str
    dial: str
    """What a telephone dials; empty when the number cannot be dialled as it stands."""
    hours: str
    address: str
    url: str
    source: str
    note: str
    sectors: tuple[str, ...]
    is_emergency: bool
    is_retired: bool
    verified_on: date | None
    verified_by: str
    standing: Standing
    emergency: "Entry | None" = None
    """Whom to call instead while this one is not confirmed; null for an emergency number that people may call."""

    @property
    def is_held(self) -> bool:
        """Say whether it waits for a signature: then it has no name, number, address or source to show."""
        return self.standing is Standing.HELD

    @property
    def is_confirmed(self) -> bool:
        """Say whether somebody checked it lately and it is in use."""
        return self.standing is Standing.CONFIRMED and not self.is_retired

    @property
    def has_web_source(self) -> bool:
        """Say whether the source can be opened."""
        return self.source.startswith(("https://", "http://"))
