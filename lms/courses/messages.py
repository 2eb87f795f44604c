"""What happens to courses."""

from dataclasses import dataclass

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class CourseReleased(Event):
    """A compiled edition of a course can be taken from now on."""

    code = "courses.released"
    sentence = _l("Se publicó la versión %(number)s del curso «%(title)s».")
    title: str
    number: int
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class NamesDropped(Event):
    """A release has no longer, on purpose, pages or questions that people had opened or answered."""

    code = "courses.names-dropped"
    sentence = _l("La versión %(number)s del curso «%(title)s» quitó a propósito: %(names)s.")
    title: str
    number: int
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReleaseWithdrawn(Event):
    """No new cohort may take this edition."""

    code = "courses.release-withdrawn"
    sentence = _l("Se retiró la versión %(number)s del curso «%(title)s».")
    title: str
    number: int


@dataclass(frozen=True, kw_only=True)
class ReleaseReinstated(Event):
    """New cohorts may take a withdrawn edition again."""

    code = "courses.release-reinstated"
    sentence = _l("Se volvió a ofrecer la versión %(number)s del curso «%(title)s».")
    title: str
    number: int
