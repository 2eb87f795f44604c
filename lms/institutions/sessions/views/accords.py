"""What was agreed across sessions, and the tables that follow it."""

from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.sessions import listing, papers, queries, words
from lms.institutions.sessions.access import access_part
from lms.institutions.sessions.forms import AccordFilter
from lms.institutions.sessions.models import AccordPaper
from lms.institutions.sessions.rules import is_overdue
from lms.institutions.sessions.views.blueprint import READ, bp, readable
from lms.plugins.sittings import PrintedTable
from lms.web.kit import page_number, render
from lms.web.paging import paginate
from lms.web.table_files import table_file

PAPER = "/<uuid:sitting_id>/papers/<uuid:accord_paper_id>"


@bp.get("/accords")
@requires(READ)
def accords() -> ResponseReturnValue:
    """List what was agreed, what is due first before."""
    form, statement = _listed()
    day = today()
    return render(
        "sittings/accords.html",
        form=form,
        sort=request.args.get("sort", ""),
        page=paginate(statement, page_number()),
        is_filtered=bool(form.query),
        is_overdue=lambda accord: is_overdue(accord.due_on, accord.state, day),
        words=words,
    )


@bp.get("/accords.<ending>")
@requires(READ)
def accords_file(ending: str) -> ResponseReturnValue:
    """Send what was agreed as the page lists it, all pages, with the same filters and order."""
    _form, statement = _listed()
    table = listing.table_of(db.session.execute(statement).all(), today())
    return table_file(table, title=_("Acuerdos"), name="acuerdos", ending=ending)


def _listed() -> tuple[AccordFilter, Select[*tuple[Any, ...]]]:
    actor, form = current_actor(), AccordFilter(request.args)
    form.fill_all(queries.list_seen_programmes(actor), listing.list_responsible(actor))
    return form, listing.narrow(actor, form.asked(request.args.get("sort", "")), today())


@bp.get(PAPER)
@requires(READ)
def paper(sitting_id: UUID, accord_paper_id: UUID) -> ResponseReturnValue:
    """Show a table as it was kept with a session."""
    sitting = readable(sitting_id)
    row, table = _kept(access_part(queries.find_paper(sitting, accord_paper_id)))
    return render("sittings/paper.html", sitting=sitting, paper=row, table=table, words=words)


@bp.get(f"{PAPER}.<ending>")
@requires(READ)
def paper_file(sitting_id: UUID, accord_paper_id: UUID, ending: str) -> ResponseReturnValue:
    """Send a kept table: the same cells as on the page."""
    row, table = _kept(access_part(queries.find_paper(readable(sitting_id), accord_paper_id)))
    return table_file(papers.as_file(table), title=row.title, name=row.folio, ending=ending)


def _kept(paper: AccordPaper) -> tuple[AccordPaper, PrintedTable]:
    """Return a document with its table; one that its source keeps has its page there."""
    table = papers.printed(paper)
    if table is None:
        raise NotFound
    return paper, table
