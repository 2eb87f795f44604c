"""The page of a superior: one plan and its answer, with the link of the letter and without an account."""

from typing import Any

from flask import Blueprint, make_response
from flask.typing import ResponseReturnValue

from lms.assessments.plans import links, queries, service
from lms.assessments.plans.errors import CommentNeeded
from lms.assessments.plans.forms import DecisionForm
from lms.assessments.plans.queries import SentPlan
from lms.core.actors import ANONYMOUS
from lms.core.clock import now
from lms.core.i18n import speaking
from lms.core.policy import public
from lms.web.kit import render

bp = Blueprint("plans_superior", __name__, url_prefix="/plans/superior", template_folder="../templates")


@bp.get("/<token>")
@public("the signed link says which plan, and whoever has it was asked to answer")
def read(token: str) -> ResponseReturnValue:
    """Show the plan, and nothing else of the person."""
    return _page(links.plan_of_link(token), DecisionForm(), token)


@bp.post("/<token>")
@public("the signed link says which plan, and whoever has it was asked to answer")
def decide(token: str) -> ResponseReturnValue:
    """Keep the answer; with it the link dies."""
    sent, form = links.plan_of_link(token), DecisionForm()
    if not form.validate_on_submit():
        return _page(sent, form, token)
    try:
        service.decide(sent, form.decision, actor=ANONYMOUS, now=now())
    except CommentNeeded as refusal:
        form.refuse("comment", refusal.message)
        return _page(sent, form, token)
    return _answer(sent, "plans/thanks.html", 200, decision=form.decision)


def _page(sent: SentPlan, form: DecisionForm, token: str) -> ResponseReturnValue:
    status = 422 if form.errors else 200
    return _answer(
        sent, "plans/superior.html", status, form=form, token=token, parts=queries.parts_of(sent.attempt)
    )


def _answer(sent: SentPlan, template: str, status: int, **context: Any) -> ResponseReturnValue:
    """Draw the page in the language of the letter; nobody keeps a copy, no engine indexes it, no site learns of it."""
    with speaking(sent.person.language):
        response = make_response(render(template, sent=sent, **context))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
