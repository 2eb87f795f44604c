"""A course as a folder of pages that a browser opens from a USB stick: no server, no network, no script."""

import re
from datetime import date
from pathlib import Path

from lms.authoring.exchange.addresses import Addresses
from lms.authoring.exchange.pages import Package, PageWriter
from lms.authoring.exchange.route import on_route
from lms.courses.compiler.course import Course
from lms.web.assets import STATIC_FOLDER

STYLES = ("core.css", "pages.css")
_FONT = "ruta-sans.woff2"
_FONT_ADDRESS = re.compile(r"\.\./fonts/ruta-sans\.woff2(?:\?v=\w+)?")


def export_site(course: Course, *, day: date | None = None) -> dict[str, bytes]:
    """Return the files of the site by path, from index.html. Quizzes go without their keys; `day` as for SCORM."""
    course = on_route(course)
    return {**PageWriter(course, Package(day=day)).pages(), **shared_files(course)}


def shared_files(course: Course) -> dict[str, bytes]:
    """Return what every package holds beside its pages: pictures, style sheet and typeface."""
    names = Addresses(course).assets
    files = {names[asset.sha256]: asset.content for asset in course.assets}
    files["estilo.css"] = _style()
    files[_FONT] = (Path(STATIC_FOLDER) / "fonts" / _FONT).read_bytes()
    return files


def _style() -> bytes:
    sheets = (Path(STATIC_FOLDER) / "css" / name for name in STYLES)
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    return _FONT_ADDRESS.sub(_FONT, text).encode()
