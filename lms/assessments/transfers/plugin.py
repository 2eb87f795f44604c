"""Carrying questions joins the application."""

from lms.assessments.transfers.cli import questions
from lms.assessments.transfers.views import bp
from lms.authoring.models import Leftover
from lms.core.i18n import _l
from lms.core.storage import KeptFiles
from lms.courses.permissions import CoursePermission
from lms.plugins.home import ReleaseAction
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the pages and the commands."""
    return Slice(
        name="questions",
        blueprints=(bp,),
        commands=(questions,),
        kept_files=(KeptFiles(name="questions.held", columns=(Leftover.sha256,)),),
    )


@hookimpl
def register_release_actions() -> list[ReleaseAction]:
    """Let the questions of a release be carried elsewhere."""
    return [
        ReleaseAction(
            name="take-questions",
            label=_l("Llevar las preguntas"),
            icon="download",
            endpoint="questions.leave_release",
            permission=CoursePermission.READ_RELEASES,
            order=25,
        )
    ]
