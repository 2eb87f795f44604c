"""Taking a snapshot: every report of the registry for one quarter, protected as on the screen, with what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lms.core.actors import EVERYTHING
from lms.core.context import registry
from lms.core.i18n import _, speaking
from lms.core.small_cells import Cell
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_signatories
from lms.plugins.reports import Column, ColumnKind, Period, Question, Report
from lms.reports.files import has_totals
from lms.reports.frozen.findings import MAIN, findings
from lms.reports.frozen.finished import finished_in
from lms.reports.frozen.models import QuarterlyReport
from lms.reports.frozen.rules import Quarter
from lms.reports.frozen.snapshot import Definition, Signer, SnapCell, SnapColumn, Snapshot, SnapTable
from lms.reports.frozen.words import STATIONS, definitions
from lms.reports.indicators import list_indicators
from lms.reports.overview import Line, funnel, lines
from lms.reports.rules import months_ending
from lms.reports.service import ResultTable, run
from lms.web.sectors import SECTORS

LANGUAGE = "es"
"""Reports speak the language of the commissions, whoever orders them."""
DIGITS = 4
"""Decimals of a share, as in the files of the screens."""
FUNNEL, SECTOR_MONTHS = "funnel", "sectors-by-month"


def take(
    report: QuarterlyReport, programme: Programme, *, now: datetime, before: Snapshot | None = None
) -> Snapshot:
    """Return the figures of a report's quarter at this instant; ``before`` is the report of the quarter before."""
    quarter = Quarter.named(report.period)
    if quarter is None:
        raise ValueError(report.period)
    return take_figures(programme, quarter, report_id=str(report.id), now=now, before=before)


def take_figures(
    programme: Programme, quarter: Quarter, *, report_id: str, now: datetime, before: Snapshot | None = None
) -> Snapshot:
    """Return the figures of a quarter, also for a report that nobody has ordered yet."""
    zone = ZoneInfo(programme.timezone)
    moment = now.astimezone(zone)
    question = Question(
        programme_id=programme.id, period=Period(first=quarter.first, last=quarter.last), reach=EVERYTHING
    )
    with speaking(LANGUAGE):
        tables = _tables(question, zone)
        return Snapshot(
            report_id=report_id,
            programme=programme.name,
            authority=programme.code,
            issuer=" · ".join(filter(None, (programme.issuer_name, programme.issuer_unit))),
            territory=programme.territory,
            period=quarter.name,
            first=quarter.first.isoformat(),
            last=quarter.last.isoformat(),
            cut_off=moment.isoformat(timespec="seconds"),
            target=round(programme.target_share, DIGITS),
            findings=findings(tables, target=programme.target_share, before=before),
            tables=tables,
            definitions=_definitions(tables),
            signers=tuple(Signer(name=each.name, post=each.post) for each in list_signatories(programme.id)),
            language=LANGUAGE,
        )


def told_again(snapshot: Snapshot, before: Snapshot | None) -> Snapshot:
    """Return a correction with the sentences that its protected tables allow, and with what it does not tell."""
    with speaking(LANGUAGE):
        note = Definition(
            term=_("Cambios protegidos"),
            text=_(
                "Una corrección no dice cambios de una a cuatro personas: esas cifras, y las que permitirían "
                "calcularlos restando las dos versiones, aparecen como protegidas."
            ),
        )
        return replace(
            snapshot,
            findings=findings(snapshot.tables, target=snapshot.target, before=before),
            definitions=(*snapshot.definitions, note),
        )


def _definitions(tables: Sequence[SnapTable]) -> tuple[Definition, ...]:
    """Return what the registry of indicators says of the columns of these tables, and of the steps."""
    names = {column.name for table in tables for column in table.columns} | set(STATIONS)
    found = list_indicators(registry("reports").values())
    return definitions(each for each in found if each.key in names)


def _tables(question: Question, zone: ZoneInfo) -> tuple[SnapTable, ...]:
    found: list[SnapTable] = [_funnel(question, zone)]
    if finished := finished_in(question, zone):
        found.append(finished)
    reports: Mapping[str, Report] = registry("reports")
    for report in reports.values():
        result = run(report, question)
        if len(result.sectors) > 1:
            found.append(_by_sector(report, result))
        if report.name == MAIN and (months := _months(question, zone, result)):
            found.append(months)
        found.append(_whole(report, result))
    return tuple(found)


def _whole(report: Report, result: ResultTable) -> SnapTable:
    order = sorted(range(len(result.rows)), key=lambda at: str(result.rows[at][0]).casefold())
    return SnapTable(
        name=report.name,
        title=str(report.label),
        columns=_columns(result.columns),
        rows=tuple(_row(result.columns, result.rows[at]) for at in order),
        totals=_row(result.columns, result.totals) if result.rows and has_totals(result) else (),
    )


def _by_sector(report: Report, result: ResultTable) -> SnapTable:
    """Return the totals of each sector, protected together with the rows they are made of."""
    kept = [
        at
        for at, column in enumerate(result.columns)
        if column.kind not in {ColumnKind.TEXT, ColumnKind.TARGET}
    ]
    place = next(at for at, column in enumerate(result.columns) if column.kind is ColumnKind.SECTOR)
    columns = tuple(result.columns[at] for at in kept)
    keys = [key for key in SECTORS if key in result.sectors]
    keys += [key for key in result.sectors if key and key not in SECTORS]
    rows = []
    for key in keys:
        cells = list(result.sectors[key])
        cells[place] = key
        rows.append(_row(columns, [cells[at] for at in kept]))
    return SnapTable(
        name=f"{report.name}-by-sector",
        title=_("%(table)s: por sector", table=report.label),
        columns=_columns(columns),
        rows=tuple(rows),
        marks=tuple(str(key) for key in keys),
    )


def _columns(columns: Sequence[Column]) -> tuple[SnapColumn, ...]:
    return tuple(SnapColumn(name=each.name, label=str(each.label), kind=each.kind.value) for each in columns)


def _row(columns: Sequence[Column], row: Sequence[Cell]) -> tuple[SnapCell, ...]:
    return tuple(_cell(column, cell) for column, cell in zip(columns, row, strict=True))


def _cell(column: Column, cell: Cell) -> SnapCell:
    match cell:
        case None if column.kind is ColumnKind.SECTOR:
            return str(_("Varios"))
        case str() if column.kind is ColumnKind.SECTOR and cell in SECTORS:
            return str(SECTORS[cell].label)
        case float():
            return round(cell, DIGITS)
        case date():
            return cell.isoformat()
        case _:
            return cell


def _funnel(question: Question, zone: ZoneInfo) -> SnapTable:
    columns = (
        SnapColumn(name="step", label=_("Paso"), kind="text"),
        SnapColumn(name="people", label=_("Personas"), kind="count"),
        SnapColumn(name="share", label=_("De las inscritas"), kind="percent"),
    )
    rows = tuple(
        (
            str(STATIONS[each.name]),
            each.value,
            round(each.share, DIGITS) if isinstance(each.value, int) else each.value,
        )
        for each in funnel(question, zone)
    )
    return SnapTable(name=FUNNEL, title=_("De la inscripción a la constancia"), columns=columns, rows=rows)


def _months(question: Question, zone: ZoneInfo, result: ResultTable) -> SnapTable | None:
    """Return how each sector advanced month by month, None before anybody is enrolled."""
    curves: list[Line] = lines(question, zone, result)
    if not curves:
        return None
    months = months_ending(question.period.last)
    columns = (
        SnapColumn(name="sector", label=_("Sector"), kind="sector"),
        *(SnapColumn(name=f"{m:%Y-%m}", label=f"{m:%m/%Y}", kind="percent") for m in months),
    )
    rows = tuple(
        (
            str(SECTORS[line.sector].label),
            *(round(p, DIGITS) if isinstance(p, float | int) else p for p in line.points),
        )
        for line in curves
        if line.sector in SECTORS
    )
    return SnapTable(
        name=SECTOR_MONTHS,
        title=_("Cómo avanza cada sector, mes a mes"),
        columns=columns,
        rows=rows,
        marks=tuple(line.sector for line in curves if line.sector in SECTORS),
    )
