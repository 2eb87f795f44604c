"""Carrying courses joins the application."""

from lms.authoring.exchange import cli  # noqa: F401 - adds its commands to ``lms course``
from lms.authoring.exchange.jobs import make_booklet
from lms.authoring.exchange.messages import CourseCarried, MakeBooklet
from lms.authoring.exchange.models import Booklet
from lms.authoring.exchange.views import bp
from lms.core.i18n import _l
from lms.core.storage import KeptFiles
from lms.courses.permissions import CoursePermission
from lms.plugins.home import ReleaseAction
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the pages, and the job that draws booklets."""
    return Slice(
        name="exchange",
        blueprints=(bp,),
        events=(CourseCarried,),
        jobs={MakeBooklet: make_booklet},
        kept_files=(KeptFiles(name="exchange.booklets", columns=(Booklet.sha256,)),),
    )


@hookimpl
def register_release_actions() -> list[ReleaseAction]:
    """Let a release be carried elsewhere."""
    return [
        ReleaseAction(
            name="carry",
            label=_l("Llevar el curso"),
            icon="download",
            endpoint="exchange.release_forms",
            permission=CoursePermission.READ_RELEASES,
            order=20,
        )
    ]
