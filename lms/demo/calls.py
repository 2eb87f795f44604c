"""The next edition of the demonstration: a call that is open, whom the institutions nominate, and who waits."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from lms.accounts import service as accounts
from lms.core.actors import SYSTEM, Actor
from lms.courses.models import Release
from lms.demo.network import Network
from lms.institutions.directory import service as directory
from lms.institutions.directory.models import Institution
from lms.learning import service as learning
from lms.learning.models import Cohort, Modality
from lms.learning.nominations import calls, queries, service
from lms.learning.nominations.calls import CallValues
from lms.learning.nominations.queries import OpenCall
from lms.learning.nominations.rules import Window

NAME, VENUE = "Tercera edición", "Sala de capacitación (demo), Cancún"
BEGINS_IN, LASTS, CAPACITY, PLACES = 30, 112, 30, 2
OPENED_BEFORE, CLOSES_IN, SUBSTITUTES_UNTIL = 5, 9, 25
"""Days of the call, from today."""
SENT = (
    ("Secretaría de Salud", 3),
    ("Fiscalía General del Estado", 2),
    ("Sistema DIF", 2),
    ("Secretaría de Educación", 1),
    ("Secretaría de Seguridad Ciudadana", 3),
)
"""How many people each body has nominated so far; those past its places wait."""
INSTRUCTIONS = (
    "Propongan a quienes atienden público de primera vez.\nPrefieran a quien todavía no haya tomado el curso."
)


@dataclass(frozen=True, slots=True)
class NextEdition:
    """What the next edition needs of the rest of the demonstration."""

    network: Network
    release: Release
    coordinator: Actor
    first_number: int
    """Number of the first new participant."""


def open_next_edition(edition: NextEdition, now: datetime) -> None:
    """Create a cohort that begins next month, open its call and nominate."""
    network, opened = edition.network, now - timedelta(days=OPENED_BEFORE)
    cohort = _cohort(edition, opened)
    values = CallValues(window=_window(network.programme.timezone, now), instructions=INSTRUCTIONS)
    calls.open_call(cohort, values, actor=edition.coordinator, now=opened)
    found = queries.find_call(cohort.id)
    if found is None:
        return
    calls.set_member_quotas(found, PLACES, actor=edition.coordinator, now=opened)
    number = edition.first_number
    for body, count in SENT:
        for _each in range(count):
            moment = opened + timedelta(hours=3 * (number - edition.first_number) + 2)
            _nominate(found, network.bodies[body], number, moment)
            number += 1


def _cohort(edition: NextEdition, now: datetime) -> Cohort:
    first = (now + timedelta(days=OPENED_BEFORE + BEGINS_IN)).date()
    return learning.create_cohort(
        programme=edition.network.programme,
        release=edition.release,
        name=NAME,
        modality=Modality.BLENDED,
        venue=VENUE,
        starts_on=first,
        ends_on=first + timedelta(days=LASTS),
        capacity=CAPACITY,
        actor=edition.coordinator,
        now=now,
    )


def _window(timezone: str, now: datetime) -> Window:
    zone = ZoneInfo(timezone)
    opens, closes, until = (
        datetime.combine((now + timedelta(days=days)).astimezone(zone).date(), hour, zone)
        for days, hour in (
            (-OPENED_BEFORE - 1, time(9)),
            (CLOSES_IN, time(18)),
            (SUBSTITUTES_UNTIL, time(18)),
        )
    )
    return Window(opens_at=opens, closes_at=closes, substitutes_until=until)


def _nominate(found: OpenCall, place: Institution, number: int, now: datetime) -> None:
    person = accounts.register_person(
        given_names="Participante",
        first_surname=f"{number:03}",
        second_surname="",
        email=f"participante.{number:03}@example.org",
        actor=SYSTEM,
        now=now,
    )
    since = (now - timedelta(days=30)).date()
    directory.affiliate(person, place, starts_on=since, actor=SYSTEM, now=now)
    service.nominate(found, person, actor=SYSTEM, now=now)
