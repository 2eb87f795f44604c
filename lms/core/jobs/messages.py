"""What happens to jobs by a person's hand."""

from dataclasses import dataclass
from typing import ClassVar

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class JobRetried(Event):
    """An administrator put a dead job back in the queue."""

    code: ClassVar[str] = "core.job-retried"
    sentence: ClassVar[Text] = _l("Se volvió a poner en cola el trabajo «%(job_code)s»")

    job_code: str


EVENTS = (JobRetried,)
