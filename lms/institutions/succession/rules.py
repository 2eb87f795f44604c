"""Who goes where when an institution becomes part of others, and what stands in the way of the way back. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """From which day on an institution is part of which ones, and who of it goes to which."""

    starts_on: date
    heirs: tuple[UUID, ...]
    """The first one takes whatever is not said otherwise."""
    units: Mapping[UUID, UUID] = field(default_factory=dict)
    """Heir of each unit, by ids."""
    people: Mapping[UUID, UUID] = field(default_factory=dict)
    """Heir of each person, by ids."""
    tasks: UUID | None = None
    """Heir of what was left to do, such as forms that were not sent; null for the first one."""

    @property
    def by_tasks(self) -> tuple[UUID, ...]:
        """Return the heirs in the order that is kept: the one that goes on with the tasks before the others."""
        if self.tasks not in self.heirs:
            return self.heirs
        return (self.tasks, *(heir for heir in self.heirs if heir != self.tasks))

    def heir_of_unit(self, unit_id: UUID) -> UUID:
        """Return where a unit goes."""
        return self._known(self.units.get(unit_id))

    def heir_of_person(self, person_id: UUID) -> UUID:
        """Return where a person goes."""
        return self._known(self.people.get(person_id))

    def _known(self, heir: UUID | None) -> UUID:
        return heir if heir in self.heirs and heir is not None else self.heirs[0]


class Move(NamedTuple):
    """What was done with one affiliation, as it is written down."""

    affiliation_id: UUID
    begun_id: UUID | None
    """The one that goes on; null when it began so late that it was put elsewhere as a whole."""
    heir_id: UUID
    ends_on: date | None
    """Its last day before the merger."""

    def written(self) -> list[str | None]:
        """Return it as plain values."""
        return [
            self.affiliation_id.hex, self.begun_id.hex if self.begun_id else None, self.heir_id.hex,
            self.ends_on.isoformat() if self.ends_on else None,
        ]  # fmt: skip

    @classmethod
    def read(cls, written: list[str | None]) -> "Move":
        """Return what ``written`` wrote."""
        affiliation, begun, heir, ends_on = written
        return cls(
            UUID(affiliation), UUID(begun) if begun else None, UUID(heir),
            date.fromisoformat(ends_on) if ends_on else None,
        )  # fmt: skip
