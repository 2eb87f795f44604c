"""A list as a file to take away: CSV, or a workbook."""

from flask import Response

from lms.core.tabular import Table, to_csv, to_xlsx
from lms.core.text import Text

TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def send_table(table: Table, name: str, ending: str, *, title: Text) -> Response:
    """Return a table as a download; ``ending`` is csv or xlsx, the title names the sheet of a workbook."""
    content = to_csv(table) if ending == "csv" else to_xlsx(table, title=title)
    response = Response(content, mimetype=TYPES[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
