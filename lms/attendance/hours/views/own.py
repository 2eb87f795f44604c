"""A person's own hours, line by line."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from lms.attendance.hours import queries, words
from lms.attendance.permissions import AttendancePermission
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.policy import requires
from lms.web.kit import render

bp = Blueprint("hours", __name__, url_prefix="/attendance/hours", template_folder="../templates")


@bp.get("/")
@requires(AttendancePermission.CHECK_IN)
def own() -> ResponseReturnValue:
    """Show the actor's hours in each course: one line for each credit, the rule, what is missing."""
    person_id, moment = current_actor().person_id, now()
    courses = queries.list_own(person_id, moment) if person_id else []
    rules = {
        each.programme.id: queries.rules_of(each.programme.id) for each in courses if not each.hours.closed_at
    }
    return render("hours/own.html", courses=courses, rules=rules, words=words, moment=moment)
