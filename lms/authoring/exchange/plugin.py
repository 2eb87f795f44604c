"""Carrying courses joins the application."""

from lms.authoring.exchange import cli  # noqa: F401 - adds its commands to ``lms course``
from lms.authoring.exchange.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the pages."""
    return Slice(name="exchange", blueprints=(bp,))
