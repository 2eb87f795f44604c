"""What happens to drafts."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class DraftOpened(Event):
    """Somebody began to write a course, or its next edition."""

    code = "authoring.draft-opened"
    sentence = _l("Se abrió un borrador del curso «%(title)s».")
    title: str
    slug: str


@dataclass(frozen=True, kw_only=True)
class DraftDiscarded(Event):
    """A draft is put away."""

    code = "authoring.draft-discarded"
    sentence = _l("Se descartó el borrador del curso «%(title)s».")
    title: str
    slug: str


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Event):
    """Somebody works on a draft from now on."""

    code = "authoring.person-invited"
    sentence = _l("Se invitó a una persona a un borrador.")
    person_id: UUID
    part: str


@dataclass(frozen=True, kw_only=True)
class PersonRemoved(Event):
    """Somebody does not work on a draft any more."""

    code = "authoring.person-removed"
    sentence = _l("Se quitó a una persona de un borrador.")
    person_id: UUID
    part: str


@dataclass(frozen=True, kw_only=True)
class ReviewRequested(Event):
    """Authors asked for the review of a draft, which is the subject."""

    code = "authoring.review-requested"
    sentence = _l("Se pidió la revisión del curso «%(title)s».")
    title: str
    review_id: UUID
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class ReviewWithdrawn(Event):
    """Authors took their request back."""

    code = "authoring.review-withdrawn"
    sentence = _l("Se retiró el pedido de revisión del curso «%(title)s».")
    title: str
    review_id: UUID


@dataclass(frozen=True, kw_only=True)
class DraftApproved(Event):
    """Somebody else read a draft and approved it."""

    code = "authoring.draft-approved"
    sentence = _l("Se aprobó el borrador del curso «%(title)s».")
    title: str
    review_id: UUID
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class DraftApprovedAlone(Event):
    """Somebody approved what they wrote, or asked to have reviewed, because nobody else could."""

    code = "authoring.draft-approved-alone"
    sentence = _l("Se aprobó sin otra persona el borrador del curso «%(title)s»: %(reason)s")
    title: str
    review_id: UUID
    text_hash: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DraftReturned(Event):
    """A draft goes back to its authors."""

    code = "authoring.draft-returned"
    sentence = _l("Se devolvió el borrador del curso «%(title)s».")
    title: str
    review_id: UUID


@dataclass(frozen=True, kw_only=True)
class TextSigned(Event):
    """A named person signed the exact text of an item that waited for it."""

    code = "authoring.text-signed"
    sentence = _l("Se firmó «%(item)s» del curso «%(title)s».")
    title: str
    item: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class DraftReleased(Event):
    """A draft became a release, whose files it now starts from."""

    code = "authoring.draft-released"
    sentence = _l("El borrador del curso «%(title)s» se publicó como versión %(number)s.")
    title: str
    number: int
    change_class: str


@dataclass(frozen=True, kw_only=True)
class SweepLeftovers(Order):
    """Forget the bytes of texts that took the place of one another in one sitting."""

    code: ClassVar[str] = "authoring.sweep-leftovers"
    label: ClassVar[Text] = _l("Borrar textos intermedios de los borradores")
