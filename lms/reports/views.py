"""The commission's pages: figures on screen, and the same figures as files."""

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.context import current_settings, registry
from lms.core.i18n import _
from lms.core.policy import requires
from lms.core.tabular import Table, to_csv, to_xlsx
from lms.institutions.programmes.permissions import ProgrammePermission
from lms.reports.asking import Asked, NoProgrammes, read_question, sort_table
from lms.reports.charts import line_chart
from lms.reports.completion import CompletionByInstitution
from lms.reports.files import as_table
from lms.reports.overview import Line, funnel, lines
from lms.reports.permissions import ReportPermission
from lms.reports.rules import finding, months_ending
from lms.reports.service import ResultTable, run
from lms.web.kit import page_number, render
from lms.web.paging import Page
from lms.web.sectors import SECTORS

bp = Blueprint("reports", __name__, url_prefix="/reports", template_folder="templates")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 25


@bp.get("/")
@requires(ReportPermission.READ)
def completion() -> ResponseReturnValue:
    """Show completion by institution: the finding, the funnel, the table and each sector by month."""
    try:
        asked = _asked()
    except NoProgrammes:
        can_create = current_actor().reach(ProgrammePermission.MANAGE).everywhere
        return render("reports/no_programmes.html", can_create=can_create)
    zone = ZoneInfo(asked.programme.timezone)
    table = _answer(asked)
    curves = lines(asked.question, zone, table)
    return render(
        "reports/completion.html",
        asked=asked,
        table=table,
        page=_page_of(table),
        place=table.index,
        headline=finding(table.total("completed"), table.total("enrolled")),
        stations=funnel(asked.question, zone),
        curves=[(line, _chart(line, curves, asked)) for line in curves],
        months=months_ending(asked.question.period.last),
        order_url=_order_url,
        file_url=_file_url,
    )


@bp.get("/completion.csv")
@requires(ReportPermission.READ)
def completion_csv() -> ResponseReturnValue:
    """Give the whole table as CSV, in the order of the screen."""
    return _file(to_csv, "text/csv; charset=utf-8", "csv")


@bp.get("/completion.xlsx")
@requires(ReportPermission.READ)
def completion_xlsx() -> ResponseReturnValue:
    """Give the whole table as a workbook with typed cells, in the order of the screen."""
    return _file(lambda table: to_xlsx(table, title=_("Avance por institución")), XLSX, "xlsx")


def _asked() -> Asked:
    today = now().astimezone(current_settings().zone).date()
    return read_question(current_actor(), request.args, today=today)


def _answer(asked: Asked) -> ResultTable:
    report = registry("reports")[CompletionByInstitution.name]
    return sort_table(run(report, asked.question), asked.order)


def _page_of(table: ResultTable) -> Page[tuple[object, ...]]:
    total = len(table.rows)
    number = min(page_number(), max(1, -(-total // PER_PAGE)))
    rows = table.rows[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Page(rows=rows, number=number, total=total, per_page=PER_PAGE)


def _chart(line: Line, curves: list[Line], asked: Asked) -> Markup:
    months = months_ending(asked.question.period.last)
    others = [other.points for other in curves if other is not line]
    labels = (f"{months[0]:%m/%Y}", f"{months[-1]:%m/%Y}")
    last = line.points[-1]
    name = SECTORS[line.sector].label
    text = (
        _("%(sector)s: %(share)s %% al final del periodo.", sector=name, share=round(last * 100))
        if isinstance(last, float | int)
        else _("%(sector)s: dato protegido al final del periodo.", sector=name)
    )
    return line_chart(line.points, others, asked.programme.target_share, labels, text)


def _order_url(name: str) -> str:
    current = request.args.get("order", "-share")
    order = name if current == f"-{name}" else f"-{name}"
    values: dict[str, Any] = {**request.args.to_dict(), "order": order, "page": 1}
    return url_for("reports.completion", **values)


def _file_url(kind: str) -> str:
    values: dict[str, Any] = request.args.to_dict()
    return url_for(f"reports.completion_{kind}", **values)


def _file(write: Callable[[Table], bytes], media_type: str, ending: str) -> ResponseReturnValue:
    asked = _asked()
    body = write(as_table(_answer(asked), target=asked.programme.target_share))
    period = asked.question.period
    name = f"avance-{asked.programme.code.lower()}-{_stamp(period.first)}-{_stamp(period.last)}.{ending}"
    headers = {"Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'}
    return body, 200, headers


def _stamp(day: date) -> str:
    return day.strftime("%Y%m%d")
