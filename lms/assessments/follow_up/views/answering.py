"""The pages of whoever answers: with the link of the letter and without an account."""

from typing import Any

from flask import Blueprint, make_response
from flask.typing import ResponseReturnValue

from lms.assessments.follow_up import links, service
from lms.assessments.follow_up.errors import OwnSuperior
from lms.assessments.follow_up.forms import SelfForm, StopForm, SuperiorForm
from lms.assessments.follow_up.links import Opened
from lms.assessments.follow_up.models import Respondent
from lms.core.actors import ANONYMOUS
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.i18n import speaking
from lms.core.policy import public
from lms.web.kit import render

bp = Blueprint("follow_up", __name__, url_prefix="/follow-up", template_folder="../templates")
WHY = "the signed link says which survey, and whoever has it was asked to answer"


@bp.get("/<token>")
@public(WHY)
def answer_page(token: str) -> ResponseReturnValue:
    """Show the questions, and nothing of the person but their name and course."""
    opened = links.open_link(token)
    with speaking(opened.asked.person.language):
        return _page(opened, _form(opened), token)


@bp.post("/<token>")
@public(WHY)
def answer(token: str) -> ResponseReturnValue:
    """Keep the answers; with them the link dies."""
    opened = links.open_link(token)
    with speaking(opened.asked.person.language):
        form = _form(opened)
        if not form.validate_on_submit():
            return _page(opened, form, token)
        try:
            service.answer(opened, form.given, actor=ANONYMOUS, now=now(), day=today())
        except OwnSuperior as refusal:
            form.refuse("superior_email", refusal.message)
            return _page(opened, form, token)
        return _answer(opened, "follow_up/thanks.html", 200, is_stopped=False)


@bp.get("/<token>/stop")
@public(WHY)
def stop_page(token: str) -> ResponseReturnValue:
    """Ask whether to write no more: a mail program that follows links must not decide it."""
    opened = links.read_link(token)
    with speaking(opened.asked.person.language):
        return _answer(opened, "follow_up/stop.html", 200, form=StopForm(), token=token)


@bp.post("/<token>/stop")
@public(WHY)
def stop(token: str) -> ResponseReturnValue:
    """Write to this address no more."""
    opened = links.read_link(token)
    service.refuse_letters(opened, actor=ANONYMOUS, now=now())
    with speaking(opened.asked.person.language):
        return _answer(opened, "follow_up/thanks.html", 200, is_stopped=True)


def _form(opened: Opened) -> SelfForm | SuperiorForm:
    return SelfForm() if opened.respondent is Respondent.SELF else SuperiorForm()


def _page(opened: Opened, form: SelfForm | SuperiorForm, token: str) -> ResponseReturnValue:
    status = 422 if form.errors else 200
    is_self = opened.respondent is Respondent.SELF
    return _answer(opened, "follow_up/answer.html", status, form=form, token=token, is_self=is_self)


def _answer(opened: Opened, template: str, status: int, **context: Any) -> ResponseReturnValue:
    """Draw a page that nobody keeps, no engine indexes and no site learns of."""
    response = make_response(render(template, asked=opened.asked, **context))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
