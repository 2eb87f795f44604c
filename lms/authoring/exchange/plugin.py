"""Carrying courses joins the application."""

from lms.authoring.exchange import cli  # noqa: F401 - adds its commands to ``lms course``
from lms.authoring.exchange.jobs import make_booklet
from lms.authoring.exchange.messages import CourseCarried, MakeBooklet
from lms.authoring.exchange.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the pages, and the job that draws booklets."""
    return Slice(name="exchange", blueprints=(bp,), events=(CourseCarried,), jobs={MakeBooklet: make_booklet})
