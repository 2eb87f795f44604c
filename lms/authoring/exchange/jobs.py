"""Booklets as jobs: the only place of the running product where one is drawn."""

from lms.authoring.compiling import compile_files
from lms.authoring.errors import HasErrors
from lms.authoring.exchange import service
from lms.authoring.exchange.booklet import export_booklet
from lms.authoring.exchange.messages import MakeBooklet
from lms.core.i18n import speaking
from lms.core.jobs.orders import Progress


def make_booklet(order: MakeBooklet, progress: Progress) -> None:
    """Draw the booklet before the first query, so that nobody waits for the database meanwhile."""
    course = compile_files(order.files, order.slug).course
    if course is None:
        raise HasErrors
    with speaking(course.language):
        content = export_booklet(course, progress=progress)
    service.keep_booklet(order.stamp, content)
