"""Refusals about the sessions of a commission."""

from lms.core.errors import DomainError
from lms.core.i18n import _, _l
from lms.core.text import Text


class SittingRefused(DomainError):
    """What was asked of a session cannot be."""

    status = 422


class NumberTaken(SittingRefused):
    """Another session of the kind has this number in the year."""

    code = "sittings.number-taken"
    message = _l("Ese año ya hay una sesión de ese tipo con ese número.")


class SittingFrozen(SittingRefused):
    """The minutes were approved."""

    code = "sittings.frozen"
    status = 409
    message = _l("El acta ya está aprobada y no cambia. Agregue una nota aclaratoria.")


class DateFrozen(SittingRefused):
    """A session that was held keeps its number and its day."""

    code = "sittings.date-frozen"
    status = 409
    message = _l("La sesión ya se celebró: conserva su número y su fecha.")


class NotHeld(SittingRefused):
    """Nothing is voted before a session begins."""

    code = "sittings.not-held"
    status = 409
    message = _l("Primero registre la asistencia y abra la sesión.")


class AlreadyHeld(SittingRefused):
    """A session begins once."""

    code = "sittings.already-held"
    status = 409
    message = _l("La sesión ya se abrió.")


class OpeningStands(SittingRefused):
    """Something was recorded since the session was opened."""

    code = "sittings.opening-stands"
    status = 409

    def __init__(self, recorded: Text) -> None:
        """Say what was recorded."""
        super().__init__()
        self.message = _(
            "La apertura ya no se deshace, porque después se registró algo: %(recorded)s.", recorded=recorded
        )


class NotApproved(SittingRefused):
    """A note corrects minutes that were approved."""

    code = "sittings.not-approved"
    status = 409
    message = _l("El acta todavía no está aprobada: corrija la sesión directamente.")


class SittingAhead(SittingRefused):
    """A session is not opened before its day."""

    code = "sittings.ahead"
    status = 409
    message = _l("La sesión todavía no es: se abre en su fecha o después.")


class QuorumMissing(SittingRefused):
    """Too few seats are present."""

    code = "sittings.quorum-missing"
    status = 409
    message = _l("No hay quórum: la sesión no se abre. Registre a quien llegue o cámbiela de fecha.")


class SeatsVoted(SittingRefused):
    """Votes were counted for more seats than would be present."""

    code = "sittings.seats-voted"
    status = 409
    message = _l("Hay votaciones con más votos que esos asientos presentes. Corríjalas primero.")


class TooManyVotes(SittingRefused):
    """More votes than seats."""

    code = "sittings.too-many-votes"
    message = _l("Hay más votos que asientos presentes.")


class NotCarried(SittingRefused):
    """What has no majority was not approved."""

    code = "sittings.not-carried"
    message = _l("Para aprobarse necesita más votos a favor que en contra.")


class VoteStanding(SittingRefused):
    """The result was noted and its tasks are under way."""

    code = "sittings.vote-standing"
    status = 409
    message = _l("Sus acuerdos ya tienen seguimiento: el resultado de la votación no cambia.")


class ProposalClosed(SittingRefused):
    """Tasks are written into a proposal before it is voted."""

    code = "sittings.proposal-closed"
    status = 409
    message = _l("La propuesta ya se votó. Agregue un acuerdo de la sesión.")


class ProposalsWaiting(SittingRefused):
    """Minutes tell what became of every proposal."""

    code = "sittings.proposals-waiting"
    status = 409
    message = _l("Hay propuestas sin resultado. Registre la votación o márquelas como retiradas.")


class AccordNotAdopted(SittingRefused):
    """Only what was agreed is followed."""

    code = "sittings.not-adopted"
    status = 409
    message = _l("Todavía no es un acuerdo: depende de una propuesta sin aprobar.")


class StepBackwards(SittingRefused):
    """The history of an accord has an order."""

    code = "sittings.step-backwards"
    message = _l("La fecha es anterior a la del último paso registrado.")


class PaperGone(SittingRefused):
    """What was chosen is not there any more."""

    code = "sittings.paper-gone"
    message = _l("Ese documento ya no está disponible. Elija otro de la lista.")


class PaperKnown(SittingRefused):
    """The same paper is attached once."""

    code = "sittings.paper-known"
    message = _l("El acuerdo ya tiene ese documento.")


class LetterNotSent(SittingRefused):
    """Whoever has no address gets no letter."""

    code = "sittings.letter-not-sent"
    status = 409
    message = _l("Esa persona no tiene correo en la plataforma: convóquela por otro medio.")
