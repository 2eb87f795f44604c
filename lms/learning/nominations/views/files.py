"""Lists of nominations as files: what the page shows, all pages, with the same filters and order."""

from flask import Response, request

from lms.core.actors import Permission
from lms.core.auth import current_actor
from lms.core.db import db
from lms.core.tabular import to_csv, to_xlsx
from lms.learning.nominations import queries, words
from lms.learning.nominations.forms import NominationsForm
from lms.learning.nominations.queries import OpenCall

TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def send_table(found: OpenCall, permission: Permission, form: str) -> Response:
    """Return a call's nominations as a permission reaches them, as CSV or as a workbook."""
    wanted = NominationsForm(request.args).wanted(request.args.get("sort", "arrival"))
    rows = db.session.execute(queries.nominations(current_actor(), permission, found.id, wanted))
    table = words.table_of(found, [queries.read_row(row) for row in rows], queries.positions(found.id))
    content = to_csv(table) if form == "csv" else to_xlsx(table, title=found.cohort.name)
    response = Response(content, mimetype=TYPES[form])
    name = f"propuestas-{found.cohort.year}-{found.cohort.number}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
