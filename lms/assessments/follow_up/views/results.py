"""What the people of a programme and their superiors answered, and whether it asks at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.follow_up import queries, service
from lms.assessments.follow_up.course_surveys import surveys_of
from lms.assessments.follow_up.forms import ResultFilter, SettingForm
from lms.assessments.follow_up.models import Respondent
from lms.assessments.follow_up.permissions import FollowUpPermission
from lms.assessments.follow_up.queries import Answers, AskedCohort
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.core.tabular import Cell, Column, Kind, Table, to_csv
from lms.institutions.programmes.access import access_programme
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_programmes_for
from lms.web.kit import go, render, say

bp = Blueprint("follow_up_staff", __name__, url_prefix="/follow-ups", template_folder="../templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page was asked for."""

    programme: Programme
    year: int | None
    form: ResultFilter


@bp.get("/")
@requires(FollowUpPermission.READ)
def index() -> ResponseReturnValue:
    """Show the answers of groups, beside how many answered."""
    return _page(_asked(), None)


@bp.get("/table.csv")
@requires(FollowUpPermission.READ)
def table_csv() -> Response:
    """Give the same figures as CSV."""
    asked = _asked()
    headers = {"Content-Disposition": f'attachment; filename="aplicacion-{asked.programme.code.lower()}.csv"'}
    return Response(to_csv(_table(_found(asked, _cohorts(asked)))), mimetype="text/csv", headers=headers)


@bp.post("/programmes/<uuid:programme_id>")
@requires(FollowUpPermission.SET)
def set_follow_up(programme_id: UUID) -> ResponseReturnValue:
    """Decide whether and when a programme asks."""
    programme = access_programme(current_actor(), FollowUpPermission.SET, programme_id)
    form = SettingForm()
    if not form.validate_on_submit():
        return _page(_asked(programme), form)
    service.set_follow_up(programme, form.wanted, actor=current_actor(), now=now())
    say(_("Guardado."))
    return go(url_for(".index", programme=programme.id))


def _asked(own: Programme | None = None) -> Asked:
    programmes = {
        str(each.id): each for each in list_programmes_for(current_actor(), FollowUpPermission.READ)
    }
    wanted = str(own.id) if own else request.args.get("programme", "")
    if not programmes or (wanted and wanted not in programmes):
        raise NotFound
    programme = programmes[wanted] if wanted else next(iter(programmes.values()))
    years = queries.list_years(programme.id)
    form = ResultFilter(request.args)
    form.offer([(key, each.name) for key, each in programmes.items()], years)
    year = next((each for each in years if str(each) == request.args.get("year", "")), None)
    return Asked(programme=programme, year=year, form=form)


def _cohorts(asked: Asked) -> list[AskedCohort]:
    return queries.list_asked_cohorts(
        current_actor(), FollowUpPermission.READ, asked.programme.id, asked.year
    )


def _found(asked: Asked, cohorts: Sequence[AskedCohort]) -> dict[Respondent, Answers]:
    """Return the answers to the usual questions, without the releases that ask their own."""
    releases = {each.release_id for each in cohorts}
    own = {who: [each for each in releases if who in surveys_of(each)] for who in Respondent}
    return queries.answers_of(
        current_actor(), FollowUpPermission.READ, asked.programme.id, asked.year, own=own
    )


def _own_totals(cohorts: Sequence[AskedCohort]) -> list[tuple[AskedCohort, list[QuizUnit]]]:
    """Return the cohorts whose course asks questions of its own, with those surveys."""
    found = [(each, list(surveys_of(each.release_id).values())) for each in cohorts]
    return [(each, surveys) for each, surveys in found if surveys]


def _page(asked: Asked, form: SettingForm | None) -> ResponseReturnValue:
    cohorts, actor = _cohorts(asked), current_actor()
    found = _found(asked, cohorts)
    reach = actor.reach(FollowUpPermission.SET) if actor.can(FollowUpPermission.SET) else None
    may_set = reach is not None and (reach.everywhere or asked.programme.id in reach.programmes)
    setting = queries.find_setting(asked.programme.id)
    if form is None:
        form = SettingForm()
        form.show(setting)
    return render(
        "follow_up/results.html",
        status=422 if form.errors else 200,
        asked=asked,
        form=asked.form,
        is_filtered=asked.year is not None,
        setting=setting,
        setting_form=form if may_set else None,
        own_totals=_own_totals(cohorts),
        groups=[
            (_("Lo que dicen las personas"), found[Respondent.SELF]),
            (_("Lo que dicen quienes las dirigen"), found[Respondent.SUPERIOR]),
        ],
    )


def _table(found: dict[Respondent, Answers]) -> Table:
    columns = [
        Column(_("Quién responde")), Column(_("Frase")), Column(_("Preguntadas"), Kind.WHOLE),
        Column(_("Respondieron"), Kind.WHOLE), Column(_("Promedio, de 1 a 5"), Kind.DECIMAL),
        Column(_("De acuerdo"), Kind.PERCENT), Column(_("Desde"), Kind.PERCENT), Column(_("Hasta"), Kind.PERCENT),
    ]  # fmt: skip
    names = {Respondent.SELF: _("La persona"), Respondent.SUPERIOR: _("Quien la dirige")}
    rows: list[list[Cell]] = [
        [
            str(names[who]), str(item.text), answers.response.asked, answers.response.answered,
            round(item.mean, 2), *(round(each, 4) for each in (item.agree.value, item.agree.low, item.agree.high)),
        ]
        for who, answers in found.items()
        for item in answers.items
    ]  # fmt: skip
    return Table(columns, rows)
