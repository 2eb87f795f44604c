"""Whom a row of a file may be, besides the one who has its address: it is said with the reason and never decided."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from lms.accounts import rules
from lms.accounts.models import Person
from lms.core.errors import DomainError
from lms.core.i18n import _, _l
from lms.core.text import Text
from lms.institutions.directory.errors import AffiliationOverlaps, InstitutionClosed
from lms.institutions.intake import queries
from lms.institutions.intake.rules import Line
from lms.institutions.people.errors import BelongsElsewhere, EmailOfAnother
from lms.institutions.people.service import PersonValues

COLUMNS: Final[Mapping[type[DomainError], Text]] = {
    EmailOfAnother: _l("Correo"),
    BelongsElsewhere: _l("Correo"),
    InstitutionClosed: _l("Institución"),
    AffiliationOverlaps: _l("Desde"),
}
"""In which column stands what a refusal of another slice is about."""


def name_of(line: Line) -> str:
    """Return the full name of a row."""
    names = ("given_names", "first_surname", "second_surname")
    return " ".join(filter(None, (line[name] for name in names)))


def told(refusal: DomainError) -> str:
    """Return what is wrong with a row, beginning with its column."""
    column = str(getattr(refusal, "column", "") or COLUMNS.get(type(refusal), ""))
    return f"{column}: {refusal}" if column else str(refusal)


@dataclass(slots=True)
class Alike:
    """The people who share a name, an address but for its marks, or a number with rows of a file."""

    _by_name: dict[tuple[str, UUID | None], Person] = field(default_factory=dict)
    _by_address: dict[str, Person] = field(default_factory=dict)
    _by_number: dict[str, Person] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[Line], reached: Collection[UUID] | None) -> "Alike":
        """Return whoever is alike, among those who work in these institutions; None reaches everybody.

        Of people elsewhere the sender of a file learns nothing.
        """
        rows = list(lines)
        keys = queries.Keys(
            names=frozenset(rules.name_key(name_of(line)) for line in rows) - {""},
            addresses=frozenset(rules.email_key(line["email"]) for line in rows) - {""},
            national_ids=frozenset(filter(None, (rules.national_id(line["national_id"]) for line in rows))),
        )
        found = cls()
        for person, institution_id in queries.alike(keys):
            if reached is None or institution_id in reached:
                found._by_name.setdefault((person.name_key, institution_id), person)
                found._by_address.setdefault(person.email_key, person)
                if person.national_id:
                    found._by_number.setdefault(person.national_id, person)
        return found

    def reason(self, values: PersonValues, institution_id: UUID) -> str:
        """Say whom somebody new may be and why; empty when nobody is alike."""
        number, address = rules.national_id(values.national_id), rules.email_key(values.email)
        if number and (person := self._by_number.get(number)):
            return str(_("Misma identificación que %(name)s.", name=person.name))
        if address and (person := self._by_address.get(address)):
            return str(
                _("Correo casi igual al de %(name)s: %(email)s.", name=person.name, email=person.email)
            )
        if person := self._by_name.get((rules.name_key(values.name), institution_id)):
            return str(
                _(
                    "Mismo nombre e institución que %(name)s (%(email)s).",
                    name=person.name,
                    email=person.email or _("sin correo"),
                )
            )
        return ""
