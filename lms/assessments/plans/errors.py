"""Refusals about plans."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class PlanLinkRefused(DomainError):
    """The link was answered, replaced, is too old, or was never ours."""

    code = "plans.link-refused"
    status = 410
    message = _l(
        "Este enlace ya no sirve: el plan ya se respondió, cambió o pasaron 60 días. "
        "Quien se lo envió puede enviarle otro."
    )


class PlanUnfinished(DomainError):
    """A part of the plan has no text."""

    code = "plans.unfinished"
    message = _l("Escriba todas las partes del plan antes de enviarlo.")


class OwnSuperior(DomainError):
    """Nobody approves their own plan."""

    code = "plans.own-superior"
    status = 422
    message = _l("Escriba el correo de quien la o lo dirige, no el suyo.")


class OwnPlan(DomainError):
    """A focal point's own plan is for their superior."""

    code = "plans.own-plan"
    message = _l("Su propio plan lo aprueba quien la o lo dirige, con el enlace de su correo.")


class AlreadyDecided(DomainError):
    """Somebody answered before."""

    code = "plans.already-decided"
    message = _l("Este plan ya tiene respuesta.")


class CommentNeeded(DomainError):
    """Whoever must mend a plan must know what."""

    code = "plans.comment-needed"
    status = 422
    message = _l("Escriba qué conviene mejorar.")
