"""The table of a list as a file to keep: CSV or a workbook, the same rows as on the screen."""

from typing import Final

from flask import Response

from lms.core.errors import NotFound
from lms.core.tabular import Table, to_csv, to_xlsx
from lms.core.text import Text

CSV: Final = "csv"
XLSX: Final = "xlsx"
_MEDIA: Final = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_file(table: Table, *, title: Text, name: str, ending: str) -> Response:
    """Return the table as a download called ``name.ending``; raises NotFound for an ending that no file has."""
    if ending not in _MEDIA:
        raise NotFound
    content = to_csv(table) if ending == CSV else to_xlsx(table, title=title)
    response = Response(content, content_type=_MEDIA[ending])
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{ending}")
    response.headers["Cache-Control"] = "private, no-store"
    return response
