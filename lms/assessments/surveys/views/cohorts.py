"""What a cohort answered to the surveys of its course, for whoever runs it or reads its figures."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.surveys import files, queries
from lms.assessments.surveys.forms import SurveyFilter
from lms.assessments.surveys.items import items_of
from lms.assessments.surveys.permissions import SurveyPermission
from lms.assessments.surveys.rules import PlaceTurnout, Totals, Wanted, totals_of
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.errors import NotFound
from lms.core.policy import requires
from lms.core.small_cells import Hidden
from lms.core.tabular import to_csv, to_xlsx
from lms.learning.access import access_cohort
from lms.learning.models import Cohort
from lms.learning.tabs import tabs_of
from lms.web.kit import page_number, render
from lms.web.paging import page_of

bp = Blueprint("cohort_surveys", __name__, url_prefix="/surveys/cohorts", template_folder="../templates")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ORDERS: Final = ("institution", "sector", "invited", "answered")
TABLES: Final = {"answers": files.answers_table, "turnout": files.turnout_table}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page was asked for; without a survey where the course has none."""

    surveys: tuple[QuizUnit, ...]
    survey: QuizUnit | None
    form: SurveyFilter
    wanted: Wanted
    found: Totals


@bp.get("/<uuid:cohort_id>")
@requires(SurveyPermission.READ)
def cohort_page(cohort_id: UUID) -> ResponseReturnValue:
    """Show how a cohort answered a survey, beside how many of those asked did."""
    actor = current_actor()
    cohort = access_cohort(actor, SurveyPermission.READ, cohort_id)
    asked = _asked(cohort)
    return render(
        "surveys/cohort.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        asked=asked,
        form=asked.form,
        is_filtered=bool(asked.wanted.institution or asked.wanted.sector),
        page=page_of(asked.found.places, page_number()),
        order=request.args.get("order", ORDERS[0]),
        order_url=lambda name: _url(cohort, order=_turned(name), page=1),
        file_url=lambda table, ending: url_for(
            ".cohort_file", cohort_id=cohort.id, **{**_kept(), "table": table, "format": ending}
        ),
    )


@bp.get("/<uuid:cohort_id>/file")
@requires(SurveyPermission.READ)
def cohort_file(cohort_id: UUID) -> Response:
    """Give a table of the page, all its rows in its order, as CSV or as a workbook."""
    cohort = access_cohort(current_actor(), SurveyPermission.READ, cohort_id)
    asked = _asked(cohort)
    name, ending = request.args.get("table", "answers"), request.args.get("format", "csv")
    if name not in TABLES or ending not in {"csv", "xlsx"}:
        raise NotFound
    table, title = TABLES[name](asked.found), asked.survey.quiz.title if asked.survey else cohort.name
    content, kind = (to_csv(table), "text/csv") if ending == "csv" else (to_xlsx(table, title=title), XLSX)
    words = {"answers": "respuestas", "turnout": "participacion"}[name]
    slug = asked.survey.quiz.slug if asked.survey else "ninguna"
    place = f'attachment; filename="encuesta-{slug}-{words}.{ending}"'
    return Response(content, mimetype=kind, headers={"Content-Disposition": place})


def _asked(cohort: Cohort) -> Asked:
    """Read the address, with the first survey where it names none; NotFound for one of another course."""
    surveys = queries.list_surveys(cohort)
    wanted_id = request.args.get("survey", "")
    survey = next((each for each in surveys if wanted_id in {"", str(each.id)}), None)
    if survey is None and wanted_id:
        raise NotFound
    people = (
        queries.list_responses(current_actor(), SurveyPermission.READ, cohort, survey, day=today())
        if survey
        else []
    )
    form = SurveyFilter(request.args)
    institutions = {each.place[0] for each in people}
    form.offer([(str(each.id), each.quiz.title) for each in surveys], institutions)
    wanted = Wanted(
        institution=_known(request.args.get("institution", ""), institutions),
        sector=_known(request.args.get("sector", ""), {each.place[1] for each in people}),
    )
    items = items_of(list(survey.questions.values())) if survey else []
    found = totals_of(items, people, wanted)
    return Asked(surveys=tuple(surveys), survey=survey, form=form, wanted=wanted, found=_ordered(found))


def _known(word: str, offered: set[Any]) -> str:
    return word if word in offered else ""


def _ordered(found: Totals) -> Totals:
    order = request.args.get("order", ORDERS[0])
    name = order.removeprefix("-")
    if name not in ORDERS:
        return found
    known = [each for each in found.places if not isinstance(_key(each, name), Hidden)]
    rest = [each for each in found.places if isinstance(_key(each, name), Hidden)]
    known.sort(key=lambda each: _key(each, name), reverse=order.startswith("-"))
    return Totals(turnout=found.turnout, items=found.items, places=(*known, *rest))


def _key(row: PlaceTurnout, name: str) -> Any:
    match name:
        case "institution":
            return row.institution.casefold()
        case "sector":
            return row.sector or ""
        case _:
            return getattr(row.turnout, name)


def _turned(name: str) -> str:
    return f"-{name}" if request.args.get("order", ORDERS[0]) == name else name


def _kept() -> dict[str, str]:
    return {key: value for key, value in request.args.items() if key in SurveyFilter() or key == "order"}


def _url(cohort: Cohort, **values: Any) -> str:
    return url_for(".cohort_page", cohort_id=cohort.id, **{**_kept(), **values})
