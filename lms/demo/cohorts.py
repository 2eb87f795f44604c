"""The two cohorts of the demonstration: one finished, one running, dated from today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lms.attendance.models import Meeting
from lms.core.db import db
from lms.core.ids import new_id, new_token
from lms.demo.history import Pace
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Modality


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A cohort as the demonstration tells it; days count from its first."""

    index: int
    """Which of a body's two numbers of participants it takes."""
    name: str
    modality: Modality
    venue: str
    began_days_ago: int
    days: int
    sessions: tuple[tuple[int, str], ...]
    """Day and title of each session."""
    is_over: bool
    visitor: str
    """Address of the account with which a visitor tries the trainee's pages."""
    visitor_place: str
    visitor_pace: Pace


SALUD = "Hospital general (demo)"
FINISHED = Plan(
    index=0,
    name="Primera edición",
    modality=Modality.BLENDED,
    venue="Sala de capacitación (demo), Chetumal",
    began_days_ago=270,
    days=150,
    sessions=(
        (7, "Apertura y acuerdos de cuidado"),
        (35, "Indicadores: práctica con fichas"),
        (56, "Primer contacto: practicar el momento a solas"),
        (77, "Mapa de la ruta de canalización"),
    ),
    is_over=True,
    visitor="egresada@example.org",
    visitor_place=SALUD,
    visitor_pace=Pace(1.0, 1.0, 1.0),
)
RUNNING = Plan(
    index=1,
    name="Segunda edición",
    modality=Modality.BLENDED,
    venue="Sala de capacitación (demo), Cancún",
    began_days_ago=70,
    days=112,
    sessions=(
        (6, "Apertura y acuerdos de cuidado"),
        (20, "Indicadores: práctica con fichas"),
        (34, "Primer contacto: practicar el momento a solas"),
        (48, "Mapa de la ruta de canalización"),
        (70, "Plan de aplicación"),
    ),
    is_over=False,
    visitor="persona@example.org",
    visitor_place=SALUD,
    visitor_pace=Pace(0.43, 1.0, 1.0),
)
FIRST_HOUR, HOURS = time(9, 0), timedelta(hours=4)


def at_nine(day: date, programme: Programme) -> datetime:
    """Return nine in the morning of a day, where the programme is."""
    return datetime.combine(day, FIRST_HOUR, ZoneInfo(programme.timezone))


def add_meetings(cohort: Cohort, plan: Plan, programme: Programme, *, today: datetime) -> list[Meeting]:
    """Plan the sessions of a cohort; today's begins at this hour, so that a visitor can check in."""
    meetings = []
    for offset, title in plan.sessions:
        starts_at = at_nine(cohort.starts_on + timedelta(days=offset), programme)
        if offset == plan.began_days_ago:
            starts_at = today.replace(minute=0, second=0, microsecond=0)
        meetings.append(_meeting(cohort, plan, programme, title, starts_at))
    db.session.add_all(meetings)
    db.session.flush()
    return meetings


def _meeting(cohort: Cohort, plan: Plan, programme: Programme, title: str, starts_at: datetime) -> Meeting:
    return Meeting(
        id=new_id(),
        cohort_id=cohort.id,
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + HOURS,
        timezone=programme.timezone,
        venue=plan.venue,
        facilitator="Quien facilita",
        secret=new_token(),
    )
