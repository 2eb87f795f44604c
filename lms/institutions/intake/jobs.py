"""Files that were sent are forgotten after some days."""

from lms.core.context import current_storage
from lms.core.jobs.orders import Progress
from lms.institutions.intake.messages import ForgetUpload


def forget_upload(order: ForgetUpload, _progress: Progress) -> None:
    """Remove the file; its rows live on as people and institutions."""
    current_storage().delete(order.digest)
