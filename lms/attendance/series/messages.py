"""What happens to series and to the days that they skip."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class SeriesPlanned(Event):
    """A cohort, which is the subject, has a series of meetings more; each was published as well."""

    code = "attendance.series-planned"
    sentence = _l("Se programó una serie de %(count)s sesiones.")
    series_id: UUID
    count: int


@dataclass(frozen=True, kw_only=True)
class HolidaysSet(Event):
    """A programme, which is the subject, got or lost days on which nobody works."""

    code = "attendance.holidays-set"
    sentence = _l("Se cambiaron los días inhábiles del programa: %(added)s más y %(removed)s menos.")
    added: int
    removed: int
