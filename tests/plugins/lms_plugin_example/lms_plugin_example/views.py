"""The page about pauses."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from lms.core.policy import requires
from lms.web.kit import render
from lms_plugin_example.permissions import PausePermission

bp = Blueprint("example", __name__, url_prefix="/pauses", template_folder="templates")


@bp.get("/")
@requires(PausePermission.READ)
def pauses() -> ResponseReturnValue:
    """Say how to stop when a lesson weighs."""
    return render("example/pauses.html")
