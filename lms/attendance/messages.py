"""What happens to meetings and marks, and what is done about it later."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Event):
    """A cohort has one more meeting."""

    code = "attendance.meeting-planned"
    sentence = _l("Se programó la sesión %(title)s.")
    cohort_id: UUID
    title: str
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(Event):
    """Somebody changed a meeting."""

    code = "attendance.meeting-changed"
    sentence = _l("Se cambiaron datos de una sesión.")
    cohort_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MeetingCalledOff(Event):
    """A meeting does not take place and counts for nobody."""

    code = "attendance.meeting-called-off"
    sentence = _l("Se canceló la sesión %(title)s.")
    cohort_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class AttendanceRecorded(Event):
    """A person got a mark at a meeting, which is the subject."""

    code = "attendance.recorded"
    sentence = _l("Se registró una asistencia.")
    enrolment_id: UUID
    mark: str
    method: str


@dataclass(frozen=True, kw_only=True)
class AttendanceCorrected(Event):
    """A mark was replaced by another, or only its note was."""

    code = "attendance.corrected"
    sentence = _l("Se corrigió una asistencia.")
    enrolment_id: UUID
    before: str
    after: str
    method: str


@dataclass(frozen=True, kw_only=True)
class PresenceMeasured(Event):
    """The time that a person was at a meeting, which is the subject, is another one; their mark may stand."""

    code = "attendance.presence-measured"
    sentence = _l("Se midió de nuevo el tiempo de una asistencia.")
    enrolment_id: UUID
    before: int
    """Whole seconds."""
    after: int


@dataclass(frozen=True, kw_only=True)
class StatesSet(Event):
    """A programme, which is the subject, changed what its states are called or worth, or what its meetings ask."""

    code = "attendance.states-set"
    sentence = _l("Se cambiaron los estados de asistencia del programa.")
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OddityReviewed(Event):
    """Somebody looked at something odd about the marks of a meeting, which is the subject."""

    code = "attendance.oddity-reviewed"
    sentence = _l("Se revisó una observación sobre los registros de una sesión.")
    key: str


@dataclass(frozen=True, kw_only=True)
class TellMeetingChanged(Order):
    """Write to everybody in the cohort where and when the meeting is now."""

    code: ClassVar[str] = "attendance.tell-meeting-changed"
    label: ClassVar[Text] = _l("Avisar de una sesión que cambió")
    meeting_id: str
    revision: str
    """Moment of the change, so that each change is told once."""


@dataclass(frozen=True, kw_only=True)
class ForgetBrowsers(Order):
    """Forget which browsers marked at meetings of some time ago."""

    code: ClassVar[str] = "attendance.forget-browsers"
    label: ClassVar[Text] = _l("Olvidar con qué navegador se registró cada asistencia, cumplido su plazo")


@dataclass(frozen=True, kw_only=True)
class TellMeetingCalledOff(Order):
    """Write to everybody in the cohort that the meeting does not take place."""

    code: ClassVar[str] = "attendance.tell-meeting-called-off"
    label: ClassVar[Text] = _l("Avisar de una sesión cancelada")
    meeting_id: str
