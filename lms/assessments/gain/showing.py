"""What the pages of change have in common: the table in order, its drawing, its sentences and its file."""

from typing import Any

from flask import Response, request, url_for
from markupsafe import Markup

from lms.assessments.gain import words
from lms.assessments.gain.breakdown import Breakdown
from lms.assessments.gain.charts import dot_chart
from lms.assessments.gain.files import as_table
from lms.core.i18n import _
from lms.core.tabular import to_csv
from lms.web.kit import page_number
from lms.web.paging import Page
from lms.web.sectors import SECTORS

PER_PAGE = 25
DEFAULT_ORDER = "institution"


def ordered(found: Breakdown, sector: str) -> Breakdown:
    """Return the rows that the address asks for, in its order."""
    return (found.only(sector) if sector else found).sorted_by(request.args.get("order", DEFAULT_ORDER))


def context_of(found: Breakdown) -> dict[str, Any]:
    """Return the variables of ``gain/_figures.html``."""
    total = len(found.rows)
    number = min(page_number(), max(1, -(-total // PER_PAGE)))
    rows = found.rows[(number - 1) * PER_PAGE : number * PER_PAGE]
    return {
        "found": found,
        "page": Page(rows=rows, number=number, total=total, per_page=PER_PAGE),
        "said": words.sentences(found.total),
        "forms_said": words.about_forms(found),
        "chart": _chart(found),
        "order": request.args.get("order", DEFAULT_ORDER),
        "order_url": _order_url,
        "points": words.points,
        "number": words.number,
    }


def as_file(found: Breakdown, name: str) -> Response:
    """Return the table as CSV, with the rows and the order of the screen."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(to_csv(as_table(found)), mimetype="text/csv", headers=headers)


def _chart(found: Breakdown) -> Markup | None:
    groups = [(_("Todas las personas"), found.total), *((_name(each[0]), each[1]) for each in found.sectors)]
    if len(found.sectors) == 1:
        groups = groups[1:]
    known = [(str(name), figures.gain) for name, figures in groups if figures.gain]
    if not known:
        return None
    said = [
        f"{name}: {words.points(gain.before.value)} → {words.points(gain.after.value)}"
        for name, gain in known
    ]
    return dot_chart(known, _("Resultado medio antes y después, de 0 a 100. ") + "; ".join(said))


def _name(sector: str | None) -> str:
    return str(SECTORS[sector].label) if sector in SECTORS else str(_("Varios"))


def _order_url(name: str) -> str:
    current = request.args.get("order", DEFAULT_ORDER)
    order = f"-{name}" if current == name else name
    values: dict[str, Any] = {
        **(request.view_args or {}),
        **request.args.to_dict(),
        "order": order,
        "page": 1,
    }
    return url_for(request.endpoint or "", **values)
