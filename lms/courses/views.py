"""The catalogue, the public page of a course, pictures, self-checks, and the pages of those who teach."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from flask import Blueprint, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.context import current_storage, registry
from lms.core.errors import NotFound
from lms.core.i18n import _, current_language
from lms.core.places import PLACES, place_name, widen
from lms.core.policy import public, requires, requires_sign_in
from lms.courses import access, queries, rules, scenes, service
from lms.courses.compiler.languages import LANGUAGES
from lms.courses.errors import CLASSES
from lms.courses.models import Unit, UnitKind
from lms.courses.permissions import CoursePermission
from lms.courses.play import results_of, walk
from lms.courses.serving import live_html
from lms.courses.tabletop import AXIS_NAMES, simulation_tabletop
from lms.courses.translated import read_quiz, read_simulation
from lms.plugins.blocks import Reader
from lms.plugins.home import ReleaseAction
from lms.web.kit import go, next_address, page_number, render, say
from lms.web.nav import home_url
from lms.web.paging import Page, paginate
from lms.web.sectors import SECTORS

bp = Blueprint("courses", __name__, template_folder="templates")
DOWNLOADED = "application/pdf"
"""Never shown inside a page of ours: the telephone opens it with its own reader."""
YEAR = 365 * 24 * 3600
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; sandbox"
"""A file opened on its own runs nothing and belongs to no origin."""


@bp.get("/")
@public("the landing page is for whoever hears of the programme")
def landing() -> ResponseReturnValue:
    """Say what the programme is and which courses there are; who is signed in goes to their own start."""
    actor = current_actor()
    if not actor.is_anonymous:
        return go(home_url(actor))
    has_verification = "verification.search" in current_app.view_functions
    verification_url = url_for("verification.search") if has_verification else ""
    return render("courses/landing.html", verification_url=verification_url, **_catalogue())


@bp.get("/courses/")
@public("what can be studied is public")
def catalogue() -> ResponseReturnValue:
    """List the courses, for one sector when asked."""
    return render("courses/catalogue.html", **_catalogue())


@bp.get("/courses/<slug>")
@public("what a course teaches is public")
def course(slug: str) -> ResponseReturnValue:
    """Show what a course is about and its route, without the lessons themselves."""
    _course, release = access.access_offered_course(slug)
    outline = queries.list_outline(release.id)
    return render("courses/course.html", slug=slug, release=release, outline=outline, kinds=UnitKind)


@bp.get("/courses/assets/<sha256>/<name>")
@public("pictures of lessons hold no personal data and are cached under their hash")
def asset(sha256: str, name: str) -> ResponseReturnValue:
    """Send a file of some release, or a range of it; its address changes with its content, so it is kept for a year."""
    found = queries.find_asset(sha256)
    if found is None or found.name != name:
        raise NotFound
    try:
        content = current_storage().get(sha256)
    except KeyError as error:
        raise NotFound from error
    response = Response(content, mimetype=found.media_type)
    response.set_etag(sha256)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    if found.media_type == DOWNLOADED:
        response.headers.set("Content-Disposition", "attachment", filename=found.name)
    return response.make_conditional(request, accept_ranges=True, complete_length=len(content))


@bp.post("/courses/units/<uuid:unit_id>/checks/<question_id>")
@requires_sign_in
def answer_check(unit_id: UUID, question_id: str) -> ResponseReturnValue:
    """Give the feedback of a self-check; nothing is kept. Without htmx the lesson itself shows it."""
    lesson_url = next_address(url_for("courses.landing"))
    question = access.access_check(unit_id, question_id, _language_in(lesson_url))
    keys = [] if "again" in request.form else request.form.getlist("answer")
    shown = rules.ask(question) if "again" in request.form else rules.give_feedback(question, keys)
    if request.headers.get("HX-Request") == "true":
        return render("courses/_check.html", question=shown, unit_id=unit_id, lesson_url=lesson_url)
    answered = "" if "again" in request.form else question_id
    return go(_with_answer(lesson_url, question_id, answered, keys))


@bp.get("/courses/releases/")
@requires(CoursePermission.READ_RELEASES)
def releases() -> ResponseReturnValue:
    """List the courses with their newest release."""
    statement = queries.rows_visible_to(current_actor(), CoursePermission.READ_RELEASES)
    page = paginate(statement, page_number())
    rows = [queries.course_row(row[0], row[1]) for row in page.rows]
    shown = Page(rows=rows, number=page.number, total=page.total, per_page=page.per_page)
    return render("courses/releases.html", page=shown)


@bp.get("/courses/releases/<uuid:release_id>")
@requires(CoursePermission.READ_RELEASES)
def release(release_id: UUID) -> ResponseReturnValue:
    """Show a release: what it is, its outline, and the other releases of its course."""
    course, release = access.access_release(current_actor(), CoursePermission.READ_RELEASES, release_id)
    return render(
        "courses/release.html",
        course=course,
        release=release,
        outline=queries.list_outline(release.id, is_whole=True),
        editions=queries.list_releases(course.id),
        may_release=current_actor().reach(CoursePermission.RELEASE).everywhere,
        actions=_actions(),
        class_words=CLASSES,
        kinds=UnitKind,
    )


@bp.get("/courses/releases/<uuid:release_id>/preview/<module_slug>/<unit_slug>")
@requires(CoursePermission.READ_RELEASES)
def preview(release_id: UUID, module_slug: str, unit_slug: str) -> ResponseReturnValue:
    """Show a unit as the people of a sector read it; the key of a quiz only on request."""
    _course, release = access.access_release(current_actor(), CoursePermission.READ_RELEASES, release_id)
    unit = access.access_unit(release, module_slug, unit_slug)
    context = _CONTEXTS[unit.kind](unit)
    outline = queries.list_outline(release.id, is_whole=True)
    module = next(module for module in outline if module.id == unit.module_id)
    return render(
        f"courses/preview_{unit.kind}.html",
        release=release,
        unit=unit,
        module=module,
        outline=outline,
        neighbours=_neighbours(outline, unit.id),
        keep=_kept(),
        **context,
    )


@bp.get("/courses/releases/<uuid:release_id>/preview/<module_slug>/<unit_slug>/tabletop")
@requires(CoursePermission.READ_RELEASES)
def tabletop(release_id: UUID, module_slug: str, unit_slug: str) -> ResponseReturnValue:
    """Show a simulation as an exercise to print, with the sheet of whoever facilitates it."""
    _course, release = access.access_release(current_actor(), CoursePermission.READ_RELEASES, release_id)
    unit = access.access_unit(release, module_slug, unit_slug)
    simulation = read_simulation(unit, _language(), page=current_language())
    sheet = Markup(simulation_tabletop(simulation))  # noqa: S704 - drawn by our own template
    return render(
        "courses/tabletop.html",
        release=release,
        unit=unit,
        module_slug=module_slug,
        simulation=simulation,
        sheet=sheet,
        keep=_kept(),
    )


@bp.route("/courses/releases/<uuid:release_id>/withdraw", methods=["GET", "POST"])
@requires(CoursePermission.RELEASE)
def withdraw_release(release_id: UUID) -> ResponseReturnValue:
    """Ask, then let no new cohort take the release."""
    _course, release = access.access_release(current_actor(), CoursePermission.RELEASE, release_id)
    if request.method == "GET":
        return render("courses/withdraw.html", release=release)
    service.withdraw(release, actor=current_actor(), now=now())
    say(_("La versión %(number)s ya no se ofrece a cohortes nuevas.", number=release.number))
    return go(url_for("courses.release", release_id=release.id))


@bp.post("/courses/releases/<uuid:release_id>/reinstate")
@requires(CoursePermission.RELEASE)
def reinstate_release(release_id: UUID) -> ResponseReturnValue:
    """Offer a withdrawn release again."""
    _course, release = access.access_release(current_actor(), CoursePermission.RELEASE, release_id)
    service.reinstate(release, actor=current_actor(), now=now())
    say(_("La versión %(number)s se ofrece otra vez.", number=release.number))
    return go(url_for("courses.release", release_id=release.id))


def _actions() -> list[ReleaseAction]:
    """Return what upper slices let the actor do with a release."""
    found: list[ReleaseAction] = sorted(registry("release_actions").values(), key=lambda each: each.order)
    return [action for action in found if current_actor().can(action.permission)]


def _catalogue() -> dict[str, Any]:
    cards = queries.list_courses_public()
    sector = request.args.get("sector", "")
    sector = sector if sector in SECTORS else ""
    shown = [card for card in cards if not sector or not card.sectors or sector in card.sectors]
    return {"cards": shown, "total": len(cards), "sector": sector}


def _lesson_context(unit: Unit) -> dict[str, Any]:
    reading = queries.read_lesson(unit, queries.get_release(unit.release_id), _language())
    lesson = reading.lesson
    sector = request.args.get("sector", "")
    sector = sector if sector in SECTORS else ""
    answered = rules.read_answer(request.args)
    place = _kept().get("place", "")
    reader = Reader(today=today(), sector=sector or None, places=widen(place), language=reading.language)
    parts = rules.show_lesson(lesson, reader=reader, answered=answered, live=live_html(lesson, reader))
    places = [(code, place_name(code, reader.language)) for code in rules.places_in(lesson)]
    return {
        "lesson": lesson,
        "parts": parts,
        "sector": sector,
        "place": place,
        "places": places,
        "reading": reading,
        "lesson_url": _this_page(),
    }


def _language() -> str:
    """Return the language in which a preview is asked for: that of the page unless the address names one."""
    return _kept().get("language") or current_language()


def _kept() -> dict[str, str]:
    """Return as whom the reader asked to see the lessons: what the links of a preview carry on."""
    sector, place = request.args.get("sector", ""), request.args.get("place", "").upper()
    language = request.args.get("language", "")
    asked = (("sector", sector, SECTORS), ("place", place, PLACES), ("language", language, LANGUAGES))
    return {name: value for name, value, known in asked if value in known}


def _quiz_context(unit: Unit) -> dict[str, Any]:
    quiz = read_quiz(unit, _language(), page=current_language())
    has_answers = request.args.get("answers") == "1"
    show = rules.reveal if has_answers else rules.ask
    return {"quiz": quiz, "questions": [show(each) for each in quiz.questions], "has_answers": has_answers}


def _simulation_context(unit: Unit) -> dict[str, Any]:
    """Return a simulation after the choices that the address carries as ``?path=a.b``."""
    simulation = read_simulation(unit, _language(), page=current_language())
    kept = _kept()
    places = widen(kept.get("place", ""))
    reader = Reader(today=today(), sector=kept.get("sector"), places=places, language=_language())
    play = walk(simulation, [key for key in request.args.get("path", "").split(".") if key])
    moment = scenes.show_moment(simulation, play, reader, base="..")
    path = [step.choice.key for step in play.steps]
    return {
        "simulation": simulation,
        "play": play,
        "moment": moment,
        "intro": scenes.show_passage(simulation, simulation.intro, reader, base=".."),
        "closing": scenes.show_passage(simulation, simulation.closing, reader, base=".."),
        "ways": [(choice, _path_url([*path, choice.key])) for choice in moment.choices],
        "start_url": _path_url([]),
        "results": results_of(simulation, play),
        "steps": play.steps,
        "axes": AXIS_NAMES,
    }


def _path_url(path: list[str]) -> str:
    """Return the address of the preview of a simulation after these choices."""
    values = _kept() | ({"path": ".".join(path)} if path else {})
    return f"{request.path}?{urlencode(values)}" if values else request.path


_CONTEXTS = {
    UnitKind.LESSON: _lesson_context,
    UnitKind.QUIZ: _quiz_context,
    UnitKind.SIMULATION: _simulation_context,
}


def _neighbours(
    outline: list[queries.OutlineModule], unit_id: UUID
) -> tuple[tuple[str, queries.OutlineUnit] | None, tuple[str, queries.OutlineUnit] | None]:
    """Return the units before and after, each with the slug of its module."""
    places = [(module.slug, unit) for module in outline for unit in module.units]
    at = next(index for index, (_slug, unit) in enumerate(places) if unit.id == unit_id)
    return (places[at - 1] if at else None, places[at + 1] if at + 1 < len(places) else None)


def _this_page() -> str:
    """Return the address of this page without an answer in it."""
    values = [(name, value) for name, value in request.args.items() if name not in {"check", "answer"}]
    return f"{request.path}?{urlencode(values)}" if values else request.path


def _language_in(address: str) -> str:
    """Return the language in which the lesson at an address is being read."""
    return dict(parse_qsl(urlsplit(address).query)).get("language") or current_language()


def _with_answer(address: str, place: str, answered: str, keys: list[str]) -> str:
    """Return the address of a lesson that shows the answer to one self-check, at its place."""
    parts = urlsplit(address)
    values = [pair for pair in parse_qsl(parts.query) if pair[0] not in {"check", "answer"}]
    if answered:
        values += [("check", answered), ("answer", ",".join(keys))]
    query = f"?{urlencode(values)}" if values else ""
    return f"{parts.path}{query}#question-{place}"
