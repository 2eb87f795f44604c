"""The PDF of minutes, made of what they say and of nothing else.

Importing this module loads the layout library: only jobs do.
"""

from datetime import datetime
from pathlib import Path
from typing import Final

from flask import current_app

from lms.core.i18n import _
from lms.core.pdf import render_pdf
from lms.core.pdf_metadata import PdfMetadata
from lms.core.types import Json
from lms.institutions.sessions.minutes import LANGUAGE

FACES: Final = Path("ruta") / "fonts"
"""Where the folder of designs keeps the typeface of the product."""
_SHEET: Final = Path(__file__).parent / "print.css"
_SHEET_PLACE: Final = "<!--print.css-->"


def draw_minutes(minutes: Json, designs: Path, *, made_at: datetime, is_draft: bool = False) -> bytes:
    """Return the PDF of minutes, of a draft with a band on every page and nowhere to sign; raises PdfError."""
    html = current_app.jinja_env.get_template("sittings/print.html").render(
        minutes=minutes, is_draft=is_draft
    )
    html = html.replace(_SHEET_PLACE, f"<style>{_SHEET.read_text(encoding='utf-8')}</style>", 1)
    metadata = PdfMetadata(
        title=_("Borrador: %(title)s", title=minutes["title"]) if is_draft else minutes["title"],
        language=LANGUAGE,
        author=minutes["issuer"],
        subject=minutes["programme"],
        created_at=made_at,
    )
    return render_pdf(html, assets=designs / FACES, metadata=metadata)
