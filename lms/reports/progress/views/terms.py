"""The term of an opened period: another deadline, its end, and opened again, each with the reason."""

from collections.abc import Callable
from datetime import date
from typing import cast
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.core.text import Text
from lms.institutions.programmes.models import Programme
from lms.reports.progress import queries, terms
from lms.reports.progress.access import access_period
from lms.reports.progress.errors import DeadlineTooEarly, PeriodClosed, TermRefused
from lms.reports.progress.forms import ReasonForm, TermForm
from lms.reports.progress.models import ReportingPeriod
from lms.reports.progress.permissions import ProgressPermission
from lms.reports.progress.views.blueprint import bp
from lms.web.kit import go, render, say

MANAGE = ProgressPermission.MANAGE


@bp.route("/periods/<uuid:period_id>/deadline", methods=["GET", "POST"])
@requires(MANAGE)
def move_deadline(period_id: UUID) -> ResponseReturnValue:
    """Give a period another deadline."""
    programme, period = access_period(current_actor(), MANAGE, period_id)
    form = TermForm(due_on=period.due_on)

    def move() -> None:
        day = cast("date", form.due_on.data)
        terms.move_deadline(period, day, str(form.reason.data), actor=current_actor(), now=now())

    done = _("Fecha límite guardada. Se escribió a los enlaces de quienes no han enviado.")
    return _answer(programme, period, form, move, title=_("Cambiar la fecha límite"), done=done)


@bp.route("/periods/<uuid:period_id>/close", methods=["GET", "POST"])
@requires(MANAGE)
def close_period(period_id: UUID) -> ResponseReturnValue:
    """End a period."""
    programme, period = access_period(current_actor(), MANAGE, period_id)
    form = ReasonForm()

    def close() -> None:
        terms.close(period, str(form.reason.data), actor=current_actor(), now=now())

    done = _("Trimestre cerrado. Nadie más puede escribir ni enviar.")
    return _answer(programme, period, form, close, title=_("Cerrar el trimestre"), done=done)


@bp.route("/periods/<uuid:period_id>/reopen", methods=["GET", "POST"])
@requires(MANAGE)
def reopen_period(period_id: UUID) -> ResponseReturnValue:
    """Open a closed period until a day."""
    programme, period = access_period(current_actor(), MANAGE, period_id)
    form = TermForm()

    def reopen() -> None:
        day = cast("date", form.due_on.data)
        terms.reopen(period, day, str(form.reason.data), actor=current_actor(), now=now())

    done = _("Trimestre reabierto. Se escribió a los enlaces de quienes no han enviado.")
    return _answer(programme, period, form, reopen, title=_("Reabrir el trimestre"), done=done)


def _answer(
    programme: Programme,
    period: ReportingPeriod,
    form: ReasonForm,
    act: Callable[[], None],
    *,
    title: Text,
    done: Text,
) -> ResponseReturnValue:
    """Do what was asked and go back to the matrix, or show the form with what is to be corrected."""
    if form.validate_on_submit():
        try:
            act()
        except (TermRefused, DeadlineTooEarly, PeriodClosed) as refusal:
            form.refuse("due_on" if "due_on" in form else "reason", refusal.message)
        else:
            say(done)
            return go(url_for("progress.matrix", period_id=period.id))
    return render(
        "progress/term.html",
        programme=programme,
        period=period,
        form=form,
        title=title,
        waiting=len(queries.list_open(period.id)),
        is_end=request.endpoint == "progress.close_period",
        status=422 if form.errors else 200,
    )
