"""What happens at the sessions of a commission, and what is to be done about them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class QuorumSet(Event):
    """Somebody set which part of the seats makes a quorum."""

    code = "sittings.quorum-set"
    sentence = _l("Fijó la regla de quórum de la comisión: %(quorum)s.")
    quorum: str


@dataclass(frozen=True, kw_only=True)
class SittingConvened(Event):
    """A session was planned."""

    code = "sittings.convened"
    sentence = _l("Registró una sesión de la comisión para el %(day)s.")
    day: date


@dataclass(frozen=True, kw_only=True)
class SittingChanged(Event):
    """Somebody changed its day, its place or its agenda."""

    code = "sittings.changed"
    sentence = _l("Cambió una sesión de la comisión: %(fields)s.")
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PresenceNoted(Event):
    """Somebody noted who came."""

    code = "sittings.presence-noted"
    sentence = _l("Registró la asistencia a una sesión de la comisión. Asientos presentes: %(present)s.")
    present: int


@dataclass(frozen=True, kw_only=True)
class SittingHeld(Event):
    """A session began with its quorum."""

    code = "sittings.held"
    sentence = _l("Abrió una sesión de la comisión. Asientos presentes: %(present)s de %(seats)s.")
    present: int
    seats: int


@dataclass(frozen=True, kw_only=True)
class OpeningUndone(Event):
    """A session that was opened by mistake is convened again."""

    code = "sittings.opening-undone"
    sentence = _l("Deshizo la apertura de una sesión de la comisión: vuelve a estar convocada.")


@dataclass(frozen=True, kw_only=True)
class ProposalMade(Event):
    """A proposal was written down."""

    code = "sittings.proposal-made"
    sentence = _l("Registró la propuesta %(number)s de una sesión de la comisión.")
    number: int


@dataclass(frozen=True, kw_only=True)
class VoteNoted(Event):
    """The result of a vote was noted."""

    code = "sittings.vote-noted"
    sentence = _l("Registró el resultado de la propuesta %(number)s: %(state)s.")
    number: int
    state: str


@dataclass(frozen=True, kw_only=True)
class AccordAdopted(Event):
    """The commission agreed to do something."""

    code = "sittings.accord-adopted"
    sentence = _l("Registró el acuerdo %(number)s de una sesión de la comisión.")
    number: int


@dataclass(frozen=True, kw_only=True)
class AccordFollowed(Event):
    """Something agreed came to a state."""

    code = "sittings.accord-followed"
    sentence = _l("Registró el seguimiento del acuerdo %(number)s: %(state)s.")
    number: int
    state: str


@dataclass(frozen=True, kw_only=True)
class PaperAttached(Event):
    """A document was attached to an accord."""

    code = "sittings.paper-attached"
    sentence = _l("Adjuntó %(folio)s al acuerdo %(number)s.")
    folio: str
    number: int


@dataclass(frozen=True, kw_only=True)
class ConvocationSent(Event):
    """The convocation went out."""

    code = "sittings.convocation-sent"
    sentence = _l("Envió la convocatoria de una sesión. Correos: %(letters)s.")
    letters: int


@dataclass(frozen=True, kw_only=True)
class MinutesApproved(Event):
    """The minutes were approved and never change again."""

    code = "sittings.minutes-approved"
    sentence = _l("Aprobó el acta de una sesión de la comisión.")


@dataclass(frozen=True, kw_only=True)
class MinutesNoted(Event):
    """A note was added to approved minutes."""

    code = "sittings.minutes-noted"
    sentence = _l("Agregó la nota aclaratoria %(number)s al acta de una sesión.")
    number: int


@dataclass(frozen=True, kw_only=True)
class MakeDraft(Order):
    """Make the PDF of minutes that are not approved yet."""

    code: ClassVar[str] = "sittings.make-draft"
    label: ClassVar[Text] = _l("Componer el borrador de un acta")

    sitting_id: str
    sha256: str
    """What the minutes say, in the storage."""


@dataclass(frozen=True, kw_only=True)
class MakeMinutes(Order):
    """Make the PDF of approved minutes."""

    code: ClassVar[str] = "sittings.make-minutes"
    label: ClassVar[Text] = _l("Componer el acta de una sesión")

    sitting_id: str
    sha256: str
    """What the minutes say, in the storage: it is read before the first query."""
