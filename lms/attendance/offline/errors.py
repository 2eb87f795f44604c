"""Refusals about marks that arrive from a device; each is said beside its person."""

from lms.core.errors import DomainError
from lms.core.i18n import _l, n_


class BatchRefused(DomainError):
    """What was sent is not what our page sends."""

    code = "offline.batch-refused"
    status = 422
    message = _l("No entendemos lo que envió el teléfono. Actualice la página e intente de nuevo.")


class RowGone(DomainError):
    """The person takes no part in the cohort any more."""

    code = "offline.row-gone"
    message = _l("Ya no está en la cohorte: no se registró.")


class MeetingGone(DomainError):
    """There is no such meeting, or its register is not the actor's to keep any more."""

    code = "offline.meeting-gone"
    message = _l("La sesión ya no existe o usted ya no lleva su lista.")


class SentTooLate(DomainError):
    """Marks are taken for some days after a meeting."""

    code = "offline.sent-too-late"

    def __init__(self, days: int) -> None:
        """Say for how many days they are taken."""
        super().__init__()
        self.message = n_(
            "Pasó más de un día desde la sesión. Regístrelo en la lista de la sesión.",
            "Pasaron más de %(num)s días desde la sesión. Regístrelo en la lista de la sesión.",
            days,
        )


class NameMissing(DomainError):
    """Somebody was written down without a name."""

    code = "offline.name-missing"
    message = _l("Falta el nombre o la institución.")
