"""What happens to calls and nominations, and what is done about it later."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class CallOpened(Event):
    """A cohort got a call with its dates."""

    code = "nominations.call-opened"
    sentence = _l("Se convocó a las instituciones a proponer personas.")
    cohort_id: UUID
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class CallChanged(Event):
    """Somebody changed the dates or instructions of a call."""

    code = "nominations.call-changed"
    sentence = _l("Se cambió la convocatoria: %(fields)s.")
    fields: tuple[str, ...]
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class QuotaSet(Event):
    """An institution got more or fewer places in a call."""

    code = "nominations.quota-set"
    sentence = _l("Se cambió el cupo de una institución de %(before)s a %(places)s lugares.")
    institution_id: UUID
    before: int
    places: int


@dataclass(frozen=True, kw_only=True)
class PlacesReleased(Event):
    """The places that nobody used were given to everybody who waits."""

    code = "nominations.places-released"
    sentence = _l("Se liberaron %(count)s lugares sin usar.")
    count: int


@dataclass(frozen=True, kw_only=True)
class PersonNominated(Event):
    """An institution nominated a person."""

    code = "nominations.person-nominated"
    sentence = _l("Se propuso a una persona.")
    call_id: UUID
    person_id: UUID
    institution_id: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class LateNominationAdmitted(Event):
    """A nomination that came after the deadline was admitted by exception."""

    code = "nominations.late-admitted"
    sentence = _l("Se admitió por excepción una propuesta fuera de plazo.")
    state: str


@dataclass(frozen=True, kw_only=True)
class NominationAccepted(Event):
    """A nominated person got a place in the cohort."""

    code = "nominations.accepted"
    sentence = _l("Se aceptó una propuesta.")
    from_common: bool
    is_promoted: bool
    """Whether a place became free for somebody who waited."""


@dataclass(frozen=True, kw_only=True)
class NominationQueued(Event):
    """The staff put a person on the list of those who wait."""

    code = "nominations.queued"
    sentence = _l("Una propuesta pasó a la lista de espera.")


@dataclass(frozen=True, kw_only=True)
class NominationAdvanced(Event):
    """A place became free: a person who waited holds it, and the staff has yet to say yes."""

    code = "nominations.advanced"
    sentence = _l("Se liberó un lugar: una propuesta salió de la lista de espera.")
    from_common: bool


@dataclass(frozen=True, kw_only=True)
class NominationDeclined(Event):
    """The staff said no."""

    code = "nominations.declined"
    sentence = _l("Se rechazó una propuesta.")


@dataclass(frozen=True, kw_only=True)
class NominationWithdrawn(Event):
    """A nomination was taken back, or the person left the cohort."""

    code = "nominations.withdrawn"
    sentence = _l("Se retiró una propuesta.")


@dataclass(frozen=True, kw_only=True)
class NomineeReplaced(Event):
    """Another person took over the place."""

    code = "nominations.replaced"
    sentence = _l("Otra persona tomó el lugar de una propuesta.")
    person_id: UUID
    successor_id: UUID
    """The nomination of whoever took it."""


@dataclass(frozen=True, kw_only=True)
class AnnounceCall(Order):
    """Tell the focal points that a call has opened."""

    code: ClassVar[str] = "nominations.announce-call"
    label: ClassVar[Text] = _l("Avisar a los enlaces de una convocatoria")
    call_id: str
    institution_id: str = ""
    """Only the focal points of this one, which got places later; empty for those of every one."""


@dataclass(frozen=True, kw_only=True)
class FillPlaces(Order):
    """Give the free places of a call to those who wait, in their order."""

    code: ClassVar[str] = "nominations.fill-places"
    label: ClassVar[Text] = _l("Dar los lugares libres a la lista de espera")
    call_id: str


@dataclass(frozen=True, kw_only=True)
class TellVerdict(Order):
    """Tell whoever nominated a person what became of it."""

    code: ClassVar[str] = "nominations.tell-verdict"
    label: ClassVar[Text] = _l("Avisar qué pasó con una propuesta")
    nomination_id: str
    state: str
    """As it was when the order was given: an older one is not sent any more."""


@dataclass(frozen=True, kw_only=True)
class TellReplaced(Order):
    """Tell a person who had a place that another one has it now."""

    code: ClassVar[str] = "nominations.tell-replaced"
    label: ClassVar[Text] = _l("Avisar a una persona que la sustituyeron")
    nomination_id: str
