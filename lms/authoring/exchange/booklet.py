"""A course as a booklet to print: one PDF with a cover, a chapter for each module and bookmarks.

Importing this module loads the layout library: only jobs and commands do.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import current_app
from markupsafe import Markup

from lms.authoring.exchange.addresses import ASSET
from lms.authoring.exchange.route import on_route
from lms.core.i18n import _
from lms.core.pdf import render_pdf
from lms.core.pdf_assets import AssetSource
from lms.core.pdf_binding import bind_pdf
from lms.core.pdf_metadata import PdfMetadata
from lms.core.places import place_name
from lms.courses.compiler.course import Course, Lesson, Quiz, Simulation, Unit
from lms.courses.compiler.kinds.lines import lines_of
from lms.courses.compiler.sectors import sectors
from lms.courses.tabletop import simulation_tabletop

FONTS = Path(__file__).parent / "typefaces"
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_SUMMARY = re.compile(r"<(/?)summary\b[^>]*>")
_DETAILS = re.compile(r"<(/?)(?:details|section|figure|figcaption|article|header|nav)\b[^>]*>")
_CLOSE = re.compile(r'<dd><a class="button[^>]*>[^<]*</a></dd>')
# The layout library draws its own bullets in a typeface that we do not embed.
_BULLETS = re.compile(r"<ul\b[^>]*>(?:(?!<ul|<ol).)*?</ul>", re.DOTALL)
_BULLET = re.compile(r"<li\b[^>]*>(?:\s*<p>)?")
_LOCAL_LINK = re.compile(r'<a\b[^>]*href="(?:\.\./|#)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)

Progress = Callable[[int, int], None]


def export_booklet(course: Course, *, progress: Progress = lambda _done, _total: None) -> bytes:
    """Return the PDF; `progress` hears how many chapters are done of how many. Quizzes go without their keys."""
    chapters = []
    course = on_route(course)
    total = len(course.modules) + 1
    for done, (title, html) in enumerate(_chapters(course)):
        progress(done, total)
        chapters.append((title, _pdf(course, html)))
    progress(total, total)
    return _bound(course, chapters)


def _chapters(course: Course) -> Iterator[tuple[str, str]]:
    yield course.title, _render("exchange/booklet_cover.html", course)
    for module in course.modules:
        place = {"position": module.number, "title": module.title}
        yield module.title, _render("exchange/booklet_module.html", course, chapter=module, module=place)
    if course.glossary:
        yield _("Glosario"), _render("exchange/booklet_glossary.html", course)


def _render(template: str, course: Course, **values: object) -> str:
    context = {
        "course": course,
        "lang": course.language,
        "sector_labels": sectors(course.language),
        "place_name": place_name,
        **values,
    }
    html = current_app.jinja_env.get_template(template).render(
        context, kind_of=_kind_of, tabletop=_tabletop, lines_of=lines_of
    )
    html = ASSET.sub(lambda m: f'{m[1]}="{m[2]}"', html)
    html = _CLOSE.sub("", _SVG.sub("", html))
    html = _BULLETS.sub(lambda m: _BULLET.sub(r"\g<0>• ", m[0]), html)
    html = _SUMMARY.sub(lambda m: f"<{m[1]}p>", html)
    html = _DETAILS.sub(lambda m: f"<{m[1]}div>", html)
    return _LOCAL_LINK.sub(r"\1", html)


def _kind_of(unit: Unit) -> str:
    return "lesson" if isinstance(unit, Lesson) else "quiz" if isinstance(unit, Quiz) else "simulation"


def _tabletop(unit: Simulation) -> Markup:
    return Markup(simulation_tabletop(unit))  # noqa: S704 - a template of ours over sanitised parts


def _pdf(course: Course, html: str) -> bytes:
    pictures = {asset.sha256: asset.content for asset in course.assets}
    metadata = PdfMetadata(title=course.title, language=course.language)
    return render_pdf(html, assets=AssetSource(folder=FONTS, generated=pictures), metadata=metadata)


def _bound(course: Course, chapters: list[tuple[str, bytes]]) -> bytes:
    metadata = PdfMetadata(title=course.title, language=course.language, subject=course.summary)
    return bind_pdf(chapters, metadata=metadata)
