"""Decisions about certificates: who gets one, under which folio, how long it is valid, how it stands. Pure."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from lms.plugins.criteria import State, Verdict

FOLIO_DIGITS = 6
CODE_GROUPS = (4, 4, 2)


class Kind(StrEnum):
    """The two documents, which are never confused; the values are their names in Spanish, as designs know them."""

    CERTIFICADO = "certificado"
    """Its holder passed."""
    CONSTANCIA = "constancia"
    """Its holder took part."""


class Asked(StrEnum):
    """What a rule may ask."""

    PERSON = "person"
    """That the record is not one that only tries things out. Every rule asks it."""
    ENROLMENT = "enrolment"
    """That the enrolment was not withdrawn. Every rule asks it, unless the course was completed."""
    COMPLETION = "completion"
    QUIZZES = "quizzes"
    ATTENDANCE = "attendance"
    HOURS = "hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a programme asks for one kind of document."""

    kind: Kind
    is_issued: bool = True
    asks_completion: bool = False
    asks_quizzes: bool = False
    attended_share: Fraction | None = None
    asked_seconds: int | None = None

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Return what it asks besides the enrolment, in the order in which people read it."""
        wanted = {
            Asked.COMPLETION: self.asks_completion,
            Asked.QUIZZES: self.asks_quizzes,
            Asked.ATTENDANCE: self.attended_share is not None,
            Asked.HOURS: self.asked_seconds is not None,
        }
        return tuple(each for each, is_wanted in wanted.items() if is_wanted)

    @property
    def is_sound(self) -> bool:
        """Say whether it asks what its kind states: passing for a certificado, anything at all for a constancia."""
        if self.kind is Kind.CERTIFICADO:
            return self.asks_completion or self.asks_quizzes
        return bool(self.asked)


USUAL = {
    Kind.CERTIFICADO: Rule(kind=Kind.CERTIFICADO, asks_completion=True),
    Kind.CONSTANCIA: Rule(kind=Kind.CONSTANCIA, is_issued=False, attended_share=Fraction(4, 5)),
}
"""What holds in a programme that wrote nothing: whoever completes the course gets the certificado."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing that is asked and where it stands."""

    asked: Asked
    state: State
    verdict: Verdict | None
    """What it says in words; null when nothing is known about it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """Whether an enrolment gets a document of a kind, with what each requirement says."""

    kind: Kind
    state: State
    requirements: tuple[Requirement, ...]

    @property
    def is_eligible(self) -> bool:
        """Say whether the document may be issued."""
        return self.state is State.MET

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """Return the requirements that are not met, those that cannot be met any more first."""
        left = [each for each in self.requirements if each.state is not State.MET]
        return tuple(sorted(left, key=lambda each: each.state is not State.CANNOT))

    @property
    def met(self) -> int:
        """Return how many requirements are met."""
        return sum(each.state is State.MET for each in self.requirements)


Said = Mapping[Asked, Sequence[Verdict | None]]
"""What is known about an enrolment: for each thing that a rule may ask, what is said of it; None does not apply."""


def eligibility(rule: Rule, said: Said) -> Eligibility:
    """Return THE answer to "does this enrolment get this document"; issuing and every page that explains ask it.

    One requirement that cannot be met any more beats one not met yet, which beats met. Something that is asked and
    of which nothing is known is not met yet, so neither missing data nor an empty set ever issues a document. A rule
    that asks nothing, or a kind that the programme does not issue, makes nobody eligible.
    """
    found = [
        Requirement(asked=asked, state=verdict.state, verdict=verdict)
        for asked in (Asked.PERSON, Asked.ENROLMENT)
        for verdict in said.get(asked, ())
        if verdict
    ]
    for asked in rule.asked:
        verdicts = [verdict for verdict in said.get(asked, ()) if verdict]
        found += [Requirement(asked=asked, state=each.state, verdict=each) for each in verdicts]
        if not verdicts:
            found.append(Requirement(asked=asked, state=State.NOT_YET, verdict=None))
    return Eligibility(kind=rule.kind, state=_worst(rule, found), requirements=tuple(found))


def _worst(rule: Rule, found: Sequence[Requirement]) -> State:
    states = {each.state for each in found}
    if State.CANNOT in states or not rule.is_issued:
        return State.CANNOT
    return State.MET if rule.asked and states == {State.MET} else State.NOT_YET


def folio_of(authority: str, year: int, number: int) -> str:
    """Return the folio of the n-th certificate of an authority in a year: QROO-2026-000041."""
    return f"{authority}-{year}-{number:0{FOLIO_DIGITS}}"


class Standing(StrEnum):
    """How a document stands on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """Until when a document is valid and when it may be renewed; all days count whole, null never ends."""

    until: date | None = None
    renew_from: date | None = None
    renew_until: date | None = None

    def is_renewable(self, today: date) -> bool:
        """Say whether it may be renewed on a day."""
        if self.renew_from is None or self.renew_until is None:
            return False
        return self.renew_from <= today <= self.renew_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long documents of a programme are valid."""

    months: int | None = None
    """Null for documents that do not end."""
    days_before: int = 60
    days_after: int = 180


def validity_of(term: Term, issued_on: date, *, renews: Validity | None = None) -> Validity:
    """Return the validity of a document: whole months from its day, or from the end of what it renews in time."""
    if term.months is None:
        return Validity()
    start = issued_on
    if renews and renews.until and renews.until > issued_on:
        start = renews.until
    until = add_months(start, term.months)
    return Validity(
        until=until,
        renew_from=until - timedelta(days=term.days_before),
        renew_until=until + timedelta(days=term.days_after),
    )


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def standing_of(validity: Validity, *, is_revoked: bool, today: date) -> Standing:
    """Return how a document stands: a cancellation beats the end of its validity; its last day still counts."""
    if is_revoked:
        return Standing.REVOKED
    is_over = validity.until is not None and today > validity.until
    return Standing.EXPIRED if is_over else Standing.VALID
