"""What happens to plans, periods and what members report, and the daily look at who is late."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order


@dataclass(frozen=True, kw_only=True)
class IndicatorSet(Event):
    """An indicator of the plan was added or changed."""

    code = "progress.indicator-set"
    sentence = _l("Guardó el indicador %(number)s del plan.")
    number: str


@dataclass(frozen=True, kw_only=True)
class PeriodOpened(Event):
    """Members are asked for their progress of a quarter."""

    code = "progress.period-opened"
    sentence = _l("Abrió el trimestre %(period)s. Integrantes por informar: %(members)s.")
    period: str
    members: int


@dataclass(frozen=True, kw_only=True)
class DeadlineMoved(Event):
    """A period got another deadline."""

    code = "progress.deadline-moved"
    sentence = _l("Cambió la fecha límite del trimestre %(period)s, del %(was)s al %(due_on)s: %(reason)s")
    period: str
    was: date
    due_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class PeriodShut(Event):
    """A period was closed: nobody writes or sends in it."""

    code = "progress.period-closed"
    sentence = _l("Cerró el trimestre %(period)s: %(reason)s")
    period: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PeriodReopened(Event):
    """A closed period was opened again until another day."""

    code = "progress.period-reopened"
    sentence = _l("Reabrió el trimestre %(period)s hasta el %(due_on)s: %(reason)s")
    period: str
    due_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProgressInherited(Event):
    """What a member had still to send, and what it answers for, went over to the institution it became part of."""

    code = "progress.inherited"
    sentence = _l(
        "Los avances por enviar de una institución (%(submissions)s) y los indicadores de los que responde "
        "(%(indicators)s) pasaron a la que la recibe."
    )
    submissions: int
    indicators: int


@dataclass(frozen=True, kw_only=True)
class ProgressSubmitted(Event):
    """A member sent its progress."""

    code = "progress.submitted"
    sentence = _l("Envió el avance del trimestre %(period)s.")
    period: str
    institution_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProgressAccepted(Event):
    """The secretariat took the progress of a member as good."""

    code = "progress.accepted"
    sentence = _l("Aceptó el avance de un integrante del trimestre %(period)s.")
    period: str
    institution_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProgressReturned(Event):
    """The secretariat wants something corrected; the reason is in the history and not repeated here."""

    code = "progress.returned"
    sentence = _l("Devolvió el avance de un integrante del trimestre %(period)s.")
    period: str
    institution_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberReminded(Event):
    """A member that has not sent was reminded."""

    code = "progress.member-reminded"
    sentence = _l("Recordó a un integrante el avance del trimestre %(period)s. Cartas: %(letters)s.")
    period: str
    institution_id: UUID
    letters: int


@dataclass(frozen=True, kw_only=True)
class RemindLateMembers(Order):
    """Write to the focal points of members that have not sent, on the days set for it."""

    code = "progress.remind-late-members"
    label = _l("Recordar los avances trimestrales por enviar")
