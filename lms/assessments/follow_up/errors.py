"""Refusals about the survey."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class SurveyLinkRefused(DomainError):
    """The link was used, the survey closed, or it was never ours."""

    code = "follow-up.link-refused"
    status = 410
    message = _l("Este enlace ya no sirve: la encuesta ya se respondió o cerró.")


class OwnSuperior(DomainError):
    """Nobody answers for both."""

    code = "follow-up.own-superior"
    status = 422
    message = _l("Escriba el correo de quien la o lo dirige, no el suyo.")
