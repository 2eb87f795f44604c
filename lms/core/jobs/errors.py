"""What the jobs refuse."""

from typing import ClassVar

from lms.core.errors import DomainError
from lms.core.i18n import _l
from lms.core.text import Text


class JobNotDead(DomainError):
    """Only a job that was given up can be put back by hand."""

    code: ClassVar[str] = "job-not-dead"
    message: Text = _l("Este trabajo no está detenido: no hace falta reintentarlo.")
