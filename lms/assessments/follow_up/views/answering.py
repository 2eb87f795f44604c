"""The pages of whoever answers: with the link of the letter and without an account."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue

from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.follow_up import course_surveys, links, service
from lms.assessments.follow_up.errors import OwnSuperior
from lms.assessments.follow_up.forms import NamingForm, SelfForm, StopForm, SuperiorForm
from lms.assessments.follow_up.links import Opened
from lms.assessments.follow_up.models import Respondent
from lms.assessments.follow_up.rules import Given
from lms.core.actors import ANONYMOUS
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.context import registry
from lms.core.i18n import _, speaking
from lms.core.policy import public
from lms.courses.rules import BLOCKS
from lms.web.kit import render

bp = Blueprint("follow_up", __name__, url_prefix="/follow-up", template_folder="../templates")
WHY = "the signed link says which survey, and whoever has it was asked to answer"


@bp.get("/<token>")
@public(WHY)
def answer_page(token: str) -> ResponseReturnValue:
    """Show the questions, and nothing of the person but their name and course."""
    opened = links.open_link(token)
    with speaking(opened.asked.person.language):
        own = _own_survey(opened)
        return _own_page(opened, own, token) if own else _page(opened, _form(opened), token)


@bp.post("/<token>")
@public(WHY)
def answer(token: str) -> ResponseReturnValue:
    """Keep the answers; with them the link dies."""
    opened = links.open_link(token)
    with speaking(opened.asked.person.language):
        own = _own_survey(opened)
        if own:
            return _answer_own(opened, own, token)
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


def _own_survey(opened: Opened) -> QuizUnit | None:
    return course_surveys.surveys_of(opened.asked.release_id).get(opened.respondent)


def _own_form(opened: Opened) -> NamingForm | StopForm:
    return NamingForm() if opened.respondent is Respondent.SELF else StopForm()


def _answer_own(opened: Opened, own: QuizUnit, token: str) -> ResponseReturnValue:
    """Keep what was answered to a course's own questions."""
    form, questions = _own_form(opened), course_surveys.questions_of(opened.asked, own)
    chosen = course_surveys.read_answers(questions, request.form)
    wrong = course_surveys.wrong_answers(questions, chosen)
    is_valid = form.validate_on_submit()
    if not chosen:
        wrong[questions[0]["id"]] = str(_("Responda al menos una pregunta antes de enviar."))
    if wrong or not is_valid:
        return _own_page(opened, own, token, form=form, chosen=chosen, wrong=wrong)
    named = {name: form[name].data or "" for name in ("superior_name", "superior_email") if name in form}
    given = Given(values={}, unit_id=own.id, chosen=chosen, **named)
    try:
        service.answer(opened, given, actor=ANONYMOUS, now=now(), day=today())
    except OwnSuperior as refusal:
        form.refuse("superior_email", refusal.message)
        return _own_page(opened, own, token, form=form, chosen=chosen)
    return _answer(opened, "follow_up/thanks.html", 200, is_stopped=False)


def _own_page(
    opened: Opened,
    own: QuizUnit,
    token: str,
    *,
    form: NamingForm | StopForm | None = None,
    chosen: Mapping[str, Sequence[str]] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    types = registry("question_types")
    shown = [
        {
            "view": {**types[config["type"]].public(config), "is_opinion": True},
            "template": types[config["type"]].template,
            "has_blocks": any(tag in config["stem_html"] for tag in BLOCKS),
            "is_text": config["type"] in course_surveys.TEXTS,
            "chosen": (chosen or {}).get(config["id"], ()),
            "error": (wrong or {}).get(config["id"], ""),
        }
        for config in course_surveys.questions_of(opened.asked, own)
    ]
    return _answer(
        opened,
        "follow_up/own.html",
        422 if form is not None else 200,
        form=form or _own_form(opened),
        quiz=own.quiz,
        questions=shown,
        token=token,
        is_self=opened.respondent is Respondent.SELF,
    )


def _answer(opened: Opened, template: str, status: int, **context: Any) -> ResponseReturnValue:
    """Draw a page that nobody keeps, no engine indexes and no site learns of."""
    response = make_response(render(template, asked=opened.asked, **context))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
