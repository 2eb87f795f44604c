"""Lists of nominations as files: what the page shows, all pages, with the same filters and order."""

from flask import Response, request

from lms.core.actors import Permission
from lms.core.auth import current_actor
from lms.core.db import db
from lms.learning.files import send_table
from lms.learning.nominations import queries, words
from lms.learning.nominations.forms import NominationsForm
from lms.learning.nominations.queries import OpenCall


def send_nominations(found: OpenCall, permission: Permission, form: str) -> Response:
    """Return a call's nominations as a permission reaches them, as CSV or as a workbook."""
    wanted = NominationsForm(request.args).wanted(request.args.get("sort", "arrival"))
    rows = db.session.execute(queries.nominations(current_actor(), permission, found.id, wanted))
    table = words.table_of(found, [queries.read_row(row) for row in rows], queries.positions(found.id))
    name = f"propuestas-{found.cohort.year}-{found.cohort.number}"
    return send_table(table, name, form, title=found.cohort.name)
