"""The page behind the link of each reminder, for whoever wants no more of them; it asks for no password."""

from flask import Blueprint, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from lms.attendance.notices import queries, service
from lms.attendance.notices.links import person_of_stop
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.i18n import speaking
from lms.core.policy import public
from lms.web.kit import render

bp = Blueprint("notices_stop", __name__, template_folder="../templates")


@bp.route("/notices/stop/<token>", methods=["GET", "POST"])
@public("whoever gets a reminder may stop them without signing in; the address itself is the key")
def stop(token: str) -> ResponseReturnValue:
    """Stop the reminders of one person, by the button or by what a mail program posts (RFC 8058), or take it back."""
    person = person_of_stop(token)
    if request.method == "POST":
        change = service.accept if "accept" in request.form else service.refuse
        change(person, actor=SYSTEM, now=now())
    with speaking(person.language):
        return render("notices/stop.html", token=token, is_stopped=queries.refuses(person.id))


def _leave_to_the_key(state: BlueprintSetupState) -> None:
    """Accept the POST of mail programs, which have seen no page: the signed address says whose it is."""
    state.app.extensions["csrf"].exempt(stop)


bp.record_once(_leave_to_the_key)
