"""The page on which a commission names months of its own to report on."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.programmes.models import Programme
from lms.reports.spans import queries
from lms.reports.spans.errors import CalendarPeriod, MonthsRefused
from lms.reports.spans.forms import SpanForm
from lms.reports.spans.permissions import SpanPermission
from lms.reports.spans.queries import SpanRow
from lms.reports.spans.rules import name_of
from lms.reports.tallies.models import SpanState
from lms.reports.tallies.spans import MOST_SPANS, SpanKnown, TooManySpans, drop_span, keep_span
from lms.reports.words import period_words
from lms.web.kit import go, is_fragment_request, render, say

bp = Blueprint("reports_spans", __name__, url_prefix="/reports/spans", template_folder="templates")
KEEP = SpanPermission.KEEP


@bp.get("")
@requires(KEEP)
def index() -> ResponseReturnValue:
    """List the spans of a programme, with how far they are counted and a form for another one."""
    form = SpanForm(formdata=None)
    form.suggest(request.args)
    return _page(_programme(), form)


@bp.post("")
@requires(KEEP)
def add() -> ResponseReturnValue:
    """Add a span, and have it counted."""
    programme, form = _programme(), SpanForm()
    if not form.validate_on_submit() or form.first.month is None or form.last.month is None:
        return _page(programme, form, status=422)
    try:
        name = name_of(form.first.month, form.last.month)
        keep_span(programme, name, str(form.label.data), actor=current_actor(), now=now())
    except CalendarPeriod as refusal:
        form.refuse("last", refusal.message)
        return _page(programme, form, known=refusal.name, status=422)
    except SpanKnown as refusal:
        form.refuse("last", refusal.message)
        return _page(programme, form, known=name, status=422)
    except (MonthsRefused, TooManySpans) as refusal:
        form.refuse("last" if isinstance(refusal, MonthsRefused) else "label", refusal.message)
        return _page(programme, form, status=422)
    say(_("Periodo agregado. El informe lo ofrece cuando está contado."))
    return _back(programme)


@bp.route("/programmes/<uuid:programme_id>/<name>/remove", methods=["GET", "POST"])
@requires(KEEP)
def remove(programme_id: UUID, name: str) -> ResponseReturnValue:
    """Ask, then take a span off the list."""
    programme = queries.access_whole(current_actor(), programme_id)
    span = queries.access_span(programme, name)
    if request.method == "GET":
        return render("spans/remove.html", programme=programme, span=span)
    drop_span(programme, span, actor=current_actor(), now=now())
    say(_("Periodo quitado: el informe ya no lo ofrece."))
    return _back(programme)


def _page(programme: Programme, form: SpanForm, *, known: str = "", status: int = 200) -> ResponseReturnValue:
    """Show the page; ``known`` names the period that has the months that were asked for already."""
    rows = queries.list_rows(programme)
    if not rows and is_fragment_request():
        return "", {"HX-Refresh": "true"}
    return render(
        "spans/index.html",
        fragment="spans/_list.html",
        programme=programme,
        rows=rows,
        is_moving=any(row.is_moving for row in rows),
        form=form,
        known=known,
        known_words=_words(rows, known),
        most=MOST_SPANS,
        today=today(),
        status=status,
    )


def _words(rows: list[SpanRow], known: str) -> str:
    """Return what a period is called; an empty text while it is a span that cannot be asked for."""
    own = next((row.span for row in rows if row.span.name == known), None)
    if own is None:
        return period_words(known) if known else ""
    return own.label if own.state is SpanState.KEPT else ""


def _programme() -> Programme:
    """Return the programme that the address names, or the first one; raises NotFound for any out of reach."""
    written = request.args.get("programme", "")
    try:
        wanted = UUID(written) if written else None
    except ValueError:
        raise NotFound from None
    return queries.access_whole(current_actor(), wanted)


def _back(programme: Programme) -> ResponseReturnValue:
    return go(url_for(".index", programme=programme.id))
