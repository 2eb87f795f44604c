"""What the card of a route says: plain values, and a digest of them that tells when the card is out of date."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date

from lms.contacts.entries import Entry
from lms.contacts.rules import emergency_of
from lms.core.i18n import _
from lms.courses.blocks.route_words import where
from lms.courses.compiler.referral import Route, RouteStep
from lms.web.formats import short_date

EDITION = 2
"""Of the design: a new one makes every card be drawn again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardNumber:
    """A number on the card, with how far it is to be trusted."""

    name: str
    number: str
    hours: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardStep:
    """A step on the card."""

    title: str
    who: str
    """Responsible and deadline; while the step is held back, the sentence that tells so."""
    unsafe: str
    is_to_verify: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything that the card prints."""

    title: str
    place: str
    course: str
    validity: str
    verifier: str
    emergency: CardNumber | None
    steps: tuple[CardStep, ...]
    numbers: tuple[CardNumber, ...]
    address: str
    """Of the page of the route; the QR holds it."""
    language: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of what is printed."""
        text = json.dumps([EDITION, asdict(self)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def card_of(route: Route, contacts: Mapping[str, Entry], *, course: str, address: str) -> Card:
    """Return the card of a route with the numbers of the day; `contacts` also holds the emergency numbers."""
    emergency = emergency_of(route.place, (each for each in contacts.values() if _is_usable(each)))
    own = [contacts[key] for key in route.contacts if key in contacts]
    shown = [entry for entry in own if emergency is None or entry.key != emergency.key]
    return Card(
        title=route.title,
        place=where(route.place, route.profile, "es"),
        course=course,
        validity=_validity(route),
        verifier=_verifier(route),
        emergency=_number(emergency) if emergency else None,
        steps=tuple(_step(step) for step in route.steps),
        numbers=tuple(dict.fromkeys(_numbers(shown, emergency))),
        address=address,
        language="es",
    )


def _step(step: RouteStep) -> CardStep:
    return CardStep(
        title=step.title,
        who=step.action
        if step.is_held_back
        else " · ".join(part for part in (step.responsible, step.deadline) if part),
        unsafe=step.unsafe,
        is_to_verify=step.is_to_verify and not step.is_held_back,
    )


def _is_usable(entry: Entry) -> bool:
    """Say whether a card may carry it: a card is read long after it was printed."""
    return not entry.is_retired and not entry.is_held


def _numbers(entries: Iterable[Entry], emergency: Entry | None) -> Iterable[CardNumber]:
    """Yield what a card says of each contact in service; one that waits for a signature gives way to emergencies."""
    for entry in entries:
        if entry.is_held:
            yield _instead(emergency)
        elif not entry.is_retired:
            yield _number(entry)


def _instead(emergency: Entry | None) -> CardNumber:
    state = _("mientras tanto, %(name)s", name=emergency.name) if emergency else _("por confirmar")
    number = emergency.number if emergency else ""
    return CardNumber(name=str(_("Contacto por confirmar")), number=number, hours="", state=str(state))


def _number(entry: Entry) -> CardNumber:
    if entry.is_confirmed and entry.verified_on:
        state = _("comprobado el %(day)s", day=_day(entry.verified_on))
    else:
        state = _("por confirmar")
    return CardNumber(name=entry.name, number=entry.number, hours=entry.hours, state=str(state))


def _validity(route: Route) -> str:
    if route.valid_until is None:
        return str(_("Vigente desde el %(day)s.", day=_day(route.valid_from)))
    return str(
        _("Vigente del %(start)s al %(end)s.", start=_day(route.valid_from), end=_day(route.valid_until))
    )


def _verifier(route: Route) -> str:
    if route.verified_on is None:
        return str(_("Falta que la verifique: %(verifier)s.", verifier=route.verifier))
    return str(
        _("La verificó %(verifier)s el %(day)s.", verifier=route.verifier, day=_day(route.verified_on))
    )


def _day(day: date) -> str:
    return short_date(day, language="es", timezone=UTC)


def with_emergencies(contacts: Mapping[str, Entry], emergencies: Iterable[Entry]) -> dict[str, Entry]:
    """Return contacts by key, the emergency numbers among them."""
    return {**{entry.key: entry for entry in emergencies}, **contacts}
