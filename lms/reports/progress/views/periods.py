"""The periods of a programme: opened, seen as a matrix and as figures, and reminded of."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.institutions.programmes.models import Programme
from lms.reports.progress import figures, queries, service, words
from lms.reports.progress.access import access_period, access_whole
from lms.reports.progress.errors import DeadlineTooEarly, NobodyToAsk, PeriodTaken, QuarterUnknown
from lms.reports.progress.figures import IndicatorFigures, Matrix
from lms.reports.progress.forms import MatrixForm, PeriodForm
from lms.reports.progress.models import ReportingPeriod
from lms.reports.progress.permissions import ProgressPermission
from lms.reports.progress.rules import CellState
from lms.reports.progress.views.blueprint import bp
from lms.reports.progress.views.plan import can_manage
from lms.web.kit import go, render, say
from lms.web.table_files import table_file

FIELDS = {QuarterUnknown: "name", PeriodTaken: "name", DeadlineTooEarly: "due_on", NobodyToAsk: "members_on"}
"""Beside which field each refusal is said."""


@bp.get("/")
@requires(ProgressPermission.OPEN_SUBMISSION)
def index() -> ResponseReturnValue:
    """Show what the actor's institutions have to report, and the programmes whose progress they see whole."""
    actor = current_actor()
    return render(
        "progress/index.html",
        mine=queries.list_mine(actor, ProgressPermission.FILL),
        programmes=db.session.scalars(queries.programmes_in(actor, ProgressPermission.READ)).all(),
        words=words,
    )


@bp.get("/programmes/<uuid:programme_id>")
@requires(ProgressPermission.READ)
def programme_page(programme_id: UUID) -> ResponseReturnValue:
    """List the periods of a programme with how many members sent."""
    programme = access_whole(current_actor(), ProgressPermission.READ, programme_id)
    periods = queries.list_periods(programme.id)
    return render(
        "progress/programme.html",
        programme=programme,
        periods=periods,
        counts=queries.count_states([each.id for each in periods]),
        has_plan=bool(queries.list_plan(programme.id, is_active=True)),
        can_manage=can_manage(programme),
        words=words,
    )


@bp.route("/programmes/<uuid:programme_id>/open", methods=["GET", "POST"])
@requires(ProgressPermission.MANAGE)
def open_period(programme_id: UUID) -> ResponseReturnValue:
    """Open a quarter."""
    programme = access_whole(current_actor(), ProgressPermission.MANAGE, programme_id)
    form = PeriodForm(members_on=figures.end_of(programme, now()))
    if form.validate_on_submit():
        members_on, due_on = form.days()
        try:
            period = service.open_period(
                programme,
                str(form.name.data),
                members_on=members_on,
                due_on=due_on,
                actor=current_actor(),
                now=now(),
            )
        except tuple(FIELDS) as refusal:
            form.refuse(FIELDS[type(refusal)], refusal.message)
        else:
            say(_("Trimestre abierto. Se escribió a los enlaces de cada integrante."))
            return go(url_for("progress.matrix", period_id=period.id))
    status = 422 if form.errors else 200
    return render("progress/open.html", programme=programme, form=form, status=status)


@bp.get("/periods/<uuid:period_id>")
@requires(ProgressPermission.READ)
def matrix(period_id: UUID) -> ResponseReturnValue:
    """Show how every member stands with every indicator on a day."""
    programme, period = access_period(current_actor(), ProgressPermission.READ, period_id)
    form, whole, shown = _matrix(programme, period)
    writers = queries.list_writers(queries.list_submissions(period.id))
    return render(
        "progress/matrix.html",
        programme=programme,
        period=period,
        form=form,
        whole=whole,
        matrix=shown,
        sort=request.args.get("sort", ""),
        counts=[(state, whole.count(state)) for state in CellState if state is not CellState.NOT_ASKED],
        without_focal_point={each.institution_id for each, people in writers if not people},
        changes=queries.list_changes(period.id)[::-1],
        reminders=queries.list_reminders([row.reported.submission_id for row in whole.rows]),
        names={row.reported.submission_id: row.reported.institution for row in whole.rows},
        can_manage=can_manage(programme),
        words=words,
    )


@bp.get("/periods/<uuid:period_id>.<ending>")
@requires(ProgressPermission.READ)
def matrix_file(period_id: UUID, ending: str) -> ResponseReturnValue:
    """Send the matrix as the page shows it: the same rows, columns, order and day."""
    programme, period = access_period(current_actor(), ProgressPermission.READ, period_id)
    _form, _whole, shown = _matrix(programme, period)
    name = f"avance-{programme.code}-{period.name}-{shown.on}"
    return table_file(words.matrix_table(shown), title=_("Avance"), name=name, ending=ending)


@bp.get("/periods/<uuid:period_id>/figures")
@requires(ProgressPermission.READ)
def figures_page(period_id: UUID) -> ResponseReturnValue:
    """Show the values of the commission by indicator, or those of one indicator by member."""
    programme, period = access_period(current_actor(), ProgressPermission.READ, period_id)
    form, found, one = _figures(programme, period)
    return render(
        "progress/figures.html",
        programme=programme,
        period=period,
        form=form,
        on=form.day(figures.end_of(programme, now())),
        figures=found,
        one=one,
        words=words,
    )


@bp.get("/periods/<uuid:period_id>/figures.<ending>")
@requires(ProgressPermission.READ)
def figures_file(period_id: UUID, ending: str) -> ResponseReturnValue:
    """Send the values as the page shows them."""
    programme, period = access_period(current_actor(), ProgressPermission.READ, period_id)
    _form, found, one = _figures(programme, period)
    table = words.members_table(one) if one else words.figures_table(found)
    name = f"valores-{programme.code}-{period.name}" + (f"-{one.indicator.number}" if one else "")
    return table_file(table, title=_("Valores"), name=name, ending=ending)


@bp.route("/periods/<uuid:period_id>/remind", methods=["GET", "POST"])
@requires(ProgressPermission.MANAGE)
def remind(period_id: UUID) -> ResponseReturnValue:
    """Ask, then write to the focal points of every member that has not sent."""
    programme, period = access_period(current_actor(), ProgressPermission.MANAGE, period_id)
    waiting = queries.list_open(period.id)
    if request.method == "GET":
        return render("progress/remind.html", programme=programme, period=period, count=len(waiting))
    day = figures.end_of(programme, now())
    done = sum(service.remind(each, str(day), actor=current_actor(), now=now()) for each in waiting)
    if done:
        say(n_("Se recordó a un integrante.", "Se recordó a %(num)s integrantes.", done))
    else:
        say(_("Hoy ya se recordó a quienes faltan, o no falta nadie."), "info")
    return go(url_for("progress.matrix", period_id=period.id))


def _matrix(programme: Programme, period: ReportingPeriod) -> tuple[MatrixForm, Matrix, Matrix]:
    """Return the form of the filters, the whole matrix of the day, and what is left of it."""
    form = MatrixForm(request.args)
    whole = figures.build_matrix(programme, period, form.day(figures.end_of(programme, now())))
    form.fill(whole.indicators)
    return form, whole, figures.narrow(whole, form.asked(request.args.get("sort", "")))


def _figures(
    programme: Programme, period: ReportingPeriod
) -> tuple[MatrixForm, list[IndicatorFigures], IndicatorFigures | None]:
    """Return the values of every indicator, and those of the one that the address names; raises NotFound."""
    form = MatrixForm(request.args)
    found = figures.build_figures(programme, period, form.day(figures.end_of(programme, now())))
    form.fill([each.indicator for each in found])
    wanted = request.args.get("indicator", "")
    one = next((each for each in found if each.indicator.number == wanted), None)
    if wanted and one is None:
        raise NotFound
    objective = form.asked("").objective
    return form, [each for each in found if objective in {"", each.indicator.objective}], one
