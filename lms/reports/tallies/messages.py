"""What is done about kept figures later, and what a check found."""

from dataclasses import dataclass
from typing import ClassVar

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class TalliesMended(Event):
    """The figures of a programme did not agree with its facts and were counted again; it must never happen."""

    code = "tallies.mended"
    sentence = _l("Se corrigió el informe donde no coincidía con los hechos. Cifras: %(rows)s.")
    rows: int


@dataclass(frozen=True, kw_only=True)
class EnrolmentsExported(Event):
    """Somebody wrote the list of everybody's enrolments into a file."""

    code = "tallies.exported"
    sentence = _l("Se exportó la lista de inscripciones del programa. Filas: %(rows)s.")
    rows: int


@dataclass(frozen=True, kw_only=True)
class VerifyTallies(Order):
    """Count every programme again from the facts, and mend what differs."""

    code: ClassVar[str] = "tallies.verify"
    label: ClassVar[Text] = _l("Comprobar las cifras de los informes")


@dataclass(frozen=True, kw_only=True)
class RecountCohort(Order):
    """Count the people of a cohort again, after its course changed under them."""

    code: ClassVar[str] = "tallies.recount-cohort"
    label: ClassVar[Text] = _l("Contar otra vez a las personas de una cohorte")
    cohort_id: str


@dataclass(frozen=True, kw_only=True)
class RecountInstitution(Order):
    """Count the people of an institution again, after it got another sector."""

    code: ClassVar[str] = "tallies.recount-institution"
    label: ClassVar[Text] = _l("Contar otra vez a las personas de una institución")
    institution_id: str


@dataclass(frozen=True, kw_only=True)
class FollowPosts(Order):
    """Count the people again whose post began or ended lately."""

    code: ClassVar[str] = "tallies.follow-posts"
    label: ClassVar[Text] = _l("Seguir los cambios de institución en los informes")


@dataclass(frozen=True, kw_only=True)
class SpanKept(Event):
    """A programme reports on a span of months from now on."""

    code = "tallies.span-kept"
    sentence = _l("Se agregó a los informes el periodo propio %(label)s (%(months)s).")
    label: str
    months: str


@dataclass(frozen=True, kw_only=True)
class SpanDropped(Event):
    """A programme reports no more on a span of months."""

    code = "tallies.span-dropped"
    sentence = _l("Se quitó de los informes el periodo propio %(label)s (%(months)s).")
    label: str
    months: str


@dataclass(frozen=True, kw_only=True)
class CountSpan(Order):
    """Count the next people of a span that is on its way in, or take them out of one on its way out."""

    code: ClassVar[str] = "tallies.count-span"
    label: ClassVar[Text] = _l("Contar un periodo propio de los informes")
    programme_id: str
    name: str
    state: str
    """On which way it was when this was ordered; another one has orders of its own."""
    after: str = ""
    """Id of the last person who was counted."""
