"""The commission's pages: figures on screen, and the same figures as files."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from babel.dates import format_date
from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.context import current_settings, registry
from lms.core.i18n import _, current_language
from lms.core.policy import requires
from lms.core.tabular import Table, to_csv, to_xlsx
from lms.institutions.directory.models import Institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import list_ids, visible_to
from lms.institutions.programmes.permissions import ProgrammePermission
from lms.operations.queries import fact_of
from lms.plugins.reports import Report
from lms.reports.asking import Asked, NoProgrammes, question_words, read_minimum, read_question, sort_table
from lms.reports.charts import ChartWords, line_chart
from lms.reports.choices import basis_choices, group_choices, period_choices
from lms.reports.completion import CompletionByInstitution
from lms.reports.donors.queries import can_share
from lms.reports.files import as_table, has_totals, to_json
from lms.reports.indicators import list_indicators
from lms.reports.lists.queries import can_take
from lms.reports.missing import missing_of
from lms.reports.opening import Opened, Opening
from lms.reports.overview import Line
from lms.reports.permissions import ReportPermission
from lms.reports.queries.calling import DAYS_LEFT, Reason, call_of, calls, count_calls, rows_of
from lms.reports.queries.exports import list_exports
from lms.reports.reached import TargetsReached
from lms.reports.renewing import opened
from lms.reports.rules import months_ending
from lms.reports.service import Export, ResultTable, note_export, run
from lms.reports.spans.queries import can_keep
from lms.reports.tallies.rules import EVER
from lms.web.formats import whole_percent
from lms.web.kit import page_number, render
from lms.web.paging import page_of, paginate
from lms.web.sectors import SECTORS

bp = Blueprint("reports", __name__, url_prefix="/reports", template_folder="templates")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/")
@requires(ReportPermission.READ)
def completion() -> ResponseReturnValue:
    """Show completion by institution: the finding, the funnel, the table and each sector by month."""
    try:
        asked = _asked()
    except NoProgrammes:
        can_create = current_actor().reach(ProgrammePermission.MANAGE).everywhere
        return render("reports/no_programmes.html", can_create=can_create)
    report = _report()
    opening = Opening(
        report=report, question=asked.question, order=asked.order, minimum=read_minimum(request.args)
    )
    return _show(asked, report, opened(opening))


def _show(asked: Asked, report: Report, found: Opened) -> ResponseReturnValue:
    table, curves = found.table, found.curves
    page = page_of(
        list(zip(table.rows, table.places or (None,) * len(table.rows), strict=True)), page_number()
    )
    return render(
        "reports/completion.html",
        asked=asked,
        report=report,
        table=table,
        page=page,
        linked=_linked([place for _row, place in page.rows if place]),
        is_narrowed=bool(asked.question.sector or asked.question.territory or asked.question.words),
        periods=period_choices(found.periods, _today()),
        groups=group_choices(),
        bases=basis_choices(),
        order_url=_order_url,
        file_url=_file_url,
        without=_without,
        has_totals=has_totals(table),
        goal=1 if isinstance(report, TargetsReached) else asked.programme.target_share,
        tables=[
            {"label": each.label, "url": _table_url(each), "is_current": each is report}
            for each in _reports()
        ],
        may_see_exports=current_actor().can(ReportPermission.READ_EXPORTS),
        may_list=can_take(current_actor(), asked.programme),
        may_share=can_share(current_actor(), asked.programme),
        may_keep_spans=can_keep(current_actor(), asked.programme),
        may_call=current_actor().can(ReportPermission.READ_NAMES),
        headline=found.headline,
        stations=found.stations,
        curves=[(line, _chart(line, curves, asked)) for line in curves],
        months=found.months,
        territories=found.territories,
        coverage=found.coverage,
    )


def _linked(places: list[UUID]) -> set[UUID]:
    """Return those whose pages the reader may open."""
    if not places:
        return set()
    mine = visible_to(current_actor(), DirectoryPermission.READ)
    return list_ids(mine.where(Institution.id.in_(places)))


@bp.get("/definitions")
@requires(ReportPermission.READ)
def definitions() -> ResponseReturnValue:
    """Say what each figure counts, who is left out, and what protects people."""
    return render("reports/definitions.html", indicators=list_indicators(registry("reports").values()))


@bp.get("/calls")
@requires(ReportPermission.READ_NAMES)
def whom_to_call() -> ResponseReturnValue:
    """List who should be called and what each is missing: of one's own institutions only."""
    actor, today = current_actor(), _today()
    wanted = request.args.get("reason", "")
    reason = Reason(wanted) if wanted in list(Reason) else Reason.NEVER_STARTED
    counts = count_calls(actor, ReportPermission.READ_NAMES, today)
    wanted_calls = calls(actor, ReportPermission.READ_NAMES, reason, today)
    page = paginate(wanted_calls, page_number(), read=rows_of, total=counts[reason])
    found = [call_of(row) for row in page.rows]
    return render(
        "reports/calls.html",
        reason=reason,
        counts=counts,
        page=page,
        calls=found,
        missing=missing_of([call.enrolment_id for call in found]),
        days=DAYS_LEFT,
    )


@bp.get("/exports")
@requires(ReportPermission.READ_EXPORTS)
def exports() -> ResponseReturnValue:
    """List who took figures away, of the programmes in reach, latest first."""
    page = paginate(list_exports(current_actor()), page_number())
    facts = [(fact_of(entry, person), programme) for entry, person, programme in page.rows]
    return render("reports/exports.html", page=page, facts=facts)


@bp.post("/completion.csv")
@requires(ReportPermission.READ)
def completion_csv() -> ResponseReturnValue:
    """Give the whole table as CSV, in the order of the screen."""
    return _file(lambda table, asked: to_csv(as_table_of(table, asked)), "text/csv; charset=utf-8", "csv")


@bp.post("/completion.xlsx")
@requires(ReportPermission.READ)
def completion_xlsx() -> ResponseReturnValue:
    """Give the whole table as a workbook with typed cells, in the order of the screen."""
    return _file(lambda table, asked: to_xlsx(as_table_of(table, asked), title=_report().label), XLSX, "xlsx")


@bp.post("/completion.json")
@requires(ReportPermission.READ)
def completion_json() -> ResponseReturnValue:
    """Give the whole table as JSON, in the order of the screen, for programs."""
    return _file(_json, "application/json", "json")


def _json(table: ResultTable, asked: Asked) -> bytes:
    question = asked.question
    words = {
        "programme": asked.programme.code, "first": question.period.first.isoformat(),
        "last": question.period.last.isoformat(), "basis": question.basis, "sector": question.sector or "",
        "territory": question.territory, "search": question.words, "group": question.group,
    }  # fmt: skip
    return to_json(table, title=str(_report().label), target=asked.programme.target_share, asked=words)


def _today() -> date:
    return now().astimezone(current_settings().zone).date()


def _asked() -> Asked:
    return read_question(current_actor(), request.args, today=_today())


def _reports() -> list[Report]:
    """Return the reports that the reader may see."""
    actor = current_actor()
    return [report for report in registry("reports").values() if actor.can(report.permission)]


def _report() -> Report:
    """Return the report that was asked for; the first one when it is none of them."""
    name = request.args.get("report", CompletionByInstitution.name)
    own = next(report for report in _reports() if report.name == CompletionByInstitution.name)
    return next((report for report in _reports() if report.name == name), own)


def as_table_of(table: ResultTable, asked: Asked) -> Table:
    """Return the table as files are written from it."""
    return as_table(table, target=asked.programme.target_share)


def _chart(line: Line, curves: Sequence[Line], asked: Asked) -> Markup:
    months = months_ending(asked.question.period.last)
    others = [other.points for other in curves if other is not line]
    language = current_language()
    first, final = (format_date(month, "MMM yyyy", locale=language) for month in (months[0], months[-1]))
    last = line.points[-1]
    name = SECTORS[line.sector].label
    text = (
        _("%(sector)s: %(share)s %% al final del periodo.", sector=name, share=whole_percent(last))
        if isinstance(last, float | int)
        else _("%(sector)s: dato protegido al final del periodo.", sector=name)
    )
    words = ChartWords(first=first, last=final, target=_("meta"), protected=_("protegido"))
    return line_chart(line.points, others, asked.programme.target_share, words, text)


def _order_url(name: str) -> str:
    current = request.args.get("order", "-share")
    order = name if current == f"-{name}" else f"-{name}"
    values: dict[str, Any] = {**request.args.to_dict(), "order": order, "page": 1}
    return url_for("reports.completion", **values)


def _table_url(report: Report) -> str:
    """Return the address of another table of the same question."""
    values: dict[str, Any] = {
        key: value for key, value in request.args.items() if key not in {"order", "page"}
    }
    return url_for("reports.completion", **{**values, "report": report.name})


def _without(*names: str) -> str:
    """Return the address of the page without these filters."""
    values: dict[str, Any] = {
        key: value for key, value in request.args.items() if key not in {*names, "page"}
    }
    return url_for("reports.completion", **values)


def _file_url(kind: str) -> str:
    values: dict[str, Any] = request.args.to_dict()
    return url_for(f"reports.completion_{kind}", **values)


def _file(write: Callable[[ResultTable, Asked], bytes], media_type: str, ending: str) -> ResponseReturnValue:
    asked = _asked()
    report = _report()
    table = sort_table(run(report, asked.question), asked.order)
    period = asked.question.period
    days = (
        f"{_stamp(period.first)}-{_stamp(period.last)}" if asked.name != EVER else f"-{_stamp(period.last)}"
    )
    export = Export(report=str(report.label), form=ending, rows=len(table.rows), asked=question_words(asked))
    note_export(asked.programme, export=export, actor=current_actor(), now=now())
    title = "avance" if report.name == CompletionByInstitution.name else report.name
    name = f"{title}-{asked.programme.code.lower()}-{days}.{ending}"
    headers = {"Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'}
    return write(table, asked), 200, headers


def _stamp(day: date) -> str:
    return day.strftime("%Y%m%d")
