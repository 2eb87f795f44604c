"""The files of a report, all made from its data file and from nothing else.

Importing this module loads the layout library: only jobs and benchmarks do.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from flask import current_app

from lms.core.i18n import _
from lms.core.jobs.orders import Progress
from lms.core.pdf import render_pdf
from lms.core.pdf_assets import AssetSource
from lms.core.pdf_metadata import PdfMetadata
from lms.core.small_cells import Hidden
from lms.reports.frozen import drawing
from lms.reports.frozen.rules import Quarter
from lms.reports.frozen.sheets import differences_of, to_archive, to_workbook
from lms.reports.frozen.snapshot import SnapCell, Snapshot, SnapTable
from lms.reports.frozen.taking import FUNNEL, SECTOR_MONTHS
from lms.reports.frozen.words import quarter_words
from lms.web.formats import decimal, percent, thousands, whole_percent

FACES: Final = Path("ruta") / "fonts"
"""Where the folder of designs keeps the typeface of the product."""
STEPS: Final = 4
_SHEET: Final = Path(__file__).parent / "print.css"
_SHEET_PLACE: Final = "<!--print.css-->"


def make_files(content: bytes, designs: Path, *, progress: Progress) -> dict[str, bytes]:
    """Return the PDF, the workbook and the archive of CSV of a data file; raises PdfError."""
    snapshot = Snapshot.from_plain(json.loads(content))
    progress(0, STEPS)
    book = to_workbook(snapshot)
    progress(1, STEPS)
    archive = to_archive(snapshot)
    progress(2, STEPS)
    pdf = draw_report(snapshot, designs)
    progress(STEPS, STEPS)
    return {"pdf": pdf, "xlsx": book, "zip": archive}


def draw_report(snapshot: Snapshot, designs: Path) -> bytes:
    """Return the report as a PDF: the same snapshot is drawn alike whenever it is drawn."""
    pictures: dict[str, bytes] = {"wall.svg": drawing.cover_wall(snapshot.authority)}
    html = current_app.jinja_env.get_template("quarterly/print.html").render(
        _words(snapshot),
        report=snapshot,
        pictures=_Pictures(pictures),
        write=_write,
        changes=differences_of(snapshot),
    )
    html = html.replace(_SHEET_PLACE, f"<style>{_SHEET.read_text(encoding='utf-8')}</style>", 1)
    title = " ".join((_("Informe trimestral"), snapshot.folio))
    metadata = PdfMetadata(
        title=title,
        language=snapshot.language,
        author=snapshot.issuer,
        subject=snapshot.programme,
        created_at=datetime.fromisoformat(snapshot.approved or snapshot.cut_off),
        is_archive=True,
    )
    return render_pdf(html, assets=AssetSource(folder=designs / FACES, generated=pictures), metadata=metadata)


def _words(snapshot: Snapshot) -> dict[str, Any]:
    quarter = Quarter.named(snapshot.period)
    return {
        "quarter": quarter_words(quarter) if quarter else snapshot.period,
        "first": date.fromisoformat(snapshot.first),
        "last": date.fromisoformat(snapshot.last),
        "cut_off": datetime.fromisoformat(snapshot.cut_off),
        "funnel": snapshot.table(FUNNEL),
        "months": snapshot.table(SECTOR_MONTHS),
        "tables": [each for each in snapshot.tables if each.name not in {FUNNEL, SECTOR_MONTHS}],
    }


class _Pictures:
    """Draws what the page asks for and keeps it under the name that the page writes."""

    def __init__(self, kept: dict[str, bytes]) -> None:
        self._kept = kept

    def bar(self, share: SnapCell, target: float) -> str:
        """Return the name of the bar of a share."""
        if isinstance(share, Hidden):
            return self._keep("hidden.svg", drawing.hidden_bar())
        value, goal = round(float(share or 0) * 100), round(target * 100)
        return self._keep(f"bar-{value}-{goal}.svg", drawing.bar(value, goal))

    def funnel(self, table: SnapTable) -> str:
        """Return the name of the ribbon."""
        return self._keep("funnel.svg", drawing.funnel([row[table.place("share")] for row in table.rows]))

    def sector(self, table: SnapTable, at: int, target: float) -> str:
        """Return the name of the chart of one row of the months."""
        others: Sequence[Sequence[SnapCell]] = [row[1:] for row in table.rows]
        ends = (table.columns[1].label, table.columns[-1].label)
        mark = table.marks[at]
        content = drawing.sector_chart(
            mark, table.rows[at][1:], [*others[:at], *others[at + 1 :]], target, ends
        )
        return self._keep(f"sector-{mark}.svg", content)

    def _keep(self, name: str, content: bytes) -> str:
        self._kept[name] = content
        return name


def _write(cell: SnapCell, kind: str) -> str:
    """Return a cell as the page prints it."""
    match cell:
        case None:
            return "—"
        case Hidden():
            return "<5" if cell is Hidden.SMALL else str(_("protegido"))
        case int() | float() if kind in _WRITERS:
            return str(_WRITERS[kind](cell))
        case _:
            return str(cell)


def _points(value: float) -> str:
    whole, unit = whole_percent(value), _("pts")
    sign = "+" if whole > 0 else "−" if whole < 0 else ""
    return f"{sign}{abs(whole)} {unit}"


_WRITERS: Final[Mapping[str, Any]] = {
    "count": lambda value: thousands(int(value), language="es"),
    "percent": lambda value: percent(value, language="es"),
    "part": lambda value: percent(value, language="es"),
    "target": lambda value: percent(value, language="es"),
    "points": _points,
    "number": lambda value: decimal(value, language="es"),
}
