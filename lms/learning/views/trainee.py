"""The pages of whoever studies: home, course and lesson."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.core.actors import Actor
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.i18n import _, current_language
from lms.core.places import places_of
from lms.core.policy import requires
from lms.courses.access import access_outline_unit
from lms.courses.compiler.languages import LANGUAGES
from lms.courses.glossaries import by_letter, has_glossary, matching, read_glossary
from lms.courses.models import Unit, UnitKind
from lms.courses.queries import OutlineUnit, read_lesson
from lms.courses.rules import read_answer, show_lesson, terms_for
from lms.courses.serving import live_html
from lms.institutions.directory.queries import find_affiliation, get_institution, list_focal_points
from lms.learning import access, queries, service
from lms.learning.forms import GlossaryFilter
from lms.learning.panels import panels_of
from lms.learning.permissions import LearningPermission
from lms.learning.queries import Study
from lms.plugins.blocks import Reader
from lms.web.kit import go, render, say

bp = Blueprint("learning", __name__, url_prefix="/learning", template_folder="../templates")
LESSON = "/<uuid:enrolment_id>/<module_slug>/<unit_slug>"
PAGES = {UnitKind.QUIZ: "attempts.open_quiz", UnitKind.SIMULATION: "simulations.open_simulation"}
"""Kinds of unit that have pages of their own, by name."""


@bp.get("/")
@requires(LearningPermission.STUDY)
def home() -> ResponseReturnValue:
    """Show what a person studies: the course that ends first leads, with where to go on."""
    actor = current_actor()
    found = queries.list_my_enrolments(actor.person_id) if actor.person_id else []
    panels = {region: panels_of(actor, region) for region in ("main", "aside")}
    if not found:
        return render("learning/home_empty.html", focal_points=_focal_points(actor), **_chrome(actor, panels))
    found.sort(key=_urgency)
    routes = queries.routes_of(found)
    lead = found[0]
    is_waiting = routes[lead.id].is_finished and lead.completed_on is None
    return render(
        "learning/home.html",
        lead=lead,
        others=found[1:],
        routes=routes,
        step=routes[lead.id].resume(lead.enrolment.last_unit_id),
        outcome=queries.outcome_of(lead.id) if is_waiting else None,
        **_chrome(actor, panels),
    )


@bp.get("/<uuid:enrolment_id>")
@requires(LearningPermission.STUDY)
def course(enrolment_id: UUID) -> ResponseReturnValue:
    """Show a course as the person travels it, and what is missing to complete it."""
    study = access.access_study(current_actor(), enrolment_id)
    route = queries.routes_of([study])[study.id]
    return render(
        "learning/course.html",
        study=study,
        local=terms_for(study.release.places, _places(study)),
        route=route,
        has_glossary=has_glossary(study.release.id),
        step=route.resume(study.enrolment.last_unit_id),
        outcome=queries.outcome_of(study.id),
        day=study.day(now()),
    )


@bp.get("/<uuid:enrolment_id>/glossary/")
@requires(LearningPermission.STUDY)
def glossary(enrolment_id: UUID) -> ResponseReturnValue:
    """Show the terms of a course by letter, or those that hold the words of a search.

    Its address ends in a slash: definitions lead to pages beside it, as lessons do.
    """
    study = access.access_study(current_actor(), enrolment_id)
    form = GlossaryFilter(request.args)
    found = read_glossary(study.release, request.args.get("language") or current_language())
    terms = matching(found.terms, form.q.data or "")
    return render(
        "learning/glossary.html",
        study=study,
        form=form,
        language=found.language,
        asked=_asked_language(),
        letters=by_letter(terms),
        count=len(terms),
        total=len(found.terms),
    )


@bp.get(LESSON)
@requires(LearningPermission.STUDY)
def lesson(enrolment_id: UUID, module_slug: str, unit_slug: str) -> ResponseReturnValue:
    """Show a lesson as the person's sector reads it; reading changes nothing. Other units have pages of their own."""
    study = access.access_study(current_actor(), enrolment_id)
    unit = access_outline_unit(study.release, module_slug, unit_slug)
    if unit.kind in PAGES:
        return redirect(url_for(PAGES[unit.kind], enrolment_id=study.id, unit_id=unit.id))
    route = queries.routes_of([study])[study.id]
    place = next(each for each in route.units if each.id == unit.id)
    reading = read_lesson(unit, study.release, request.args.get("language") or current_language())
    content = reading.lesson
    reader = Reader(
        today=study.day(now()),
        sector=study.enrolment.sector,
        places=_places(study),
        language=reading.language,
    )
    parts = show_lesson(
        content, reader=reader, answered=read_answer(request.args), live=live_html(content, reader)
    )
    before, after = route.neighbours(place)
    return render(
        "learning/lesson.html",
        study=study,
        route=route,
        module=route.module_of(place),
        unit=place,
        unit_id=unit.id,
        lesson=content,
        reading=reading,
        parts=parts,
        lesson_url=_url(study, unit, module_slug),
        glossary_url=url_for(".glossary", enrolment_id=study.id, language=_asked_language()),
        before=before,
        after=after,
        is_open=study.is_open(now()),
    )


@bp.post(LESSON + "/seen")
@requires(LearningPermission.STUDY)
def see(enrolment_id: UUID, module_slug: str, unit_slug: str) -> ResponseReturnValue:
    """Note that the page of a lesson was opened; the page itself sends this."""
    study, unit = _lesson(enrolment_id, module_slug, unit_slug)
    service.see_unit(study.enrolment, unit, now())
    return "", 204


@bp.post(LESSON + "/finish")
@requires(LearningPermission.STUDY)
def finish(enrolment_id: UUID, module_slug: str, unit_slug: str) -> ResponseReturnValue:
    """Note that a lesson was read to its end and lead to the next unit, or back to the course after the last."""
    study, unit = _lesson(enrolment_id, module_slug, unit_slug)
    actor, moment = current_actor(), now()
    service.finish_unit(study.enrolment, unit, actor=actor, now=moment)
    completion = service.review_completion(study.enrolment, actor=actor, now=moment)
    route = queries.routes_of([study])[study.id]
    _before, after = route.neighbours(next(each for each in route.units if each.id == unit.id))
    if completion and study.completed_on is None:
        say(_("Completó el curso. Su constancia llegará por correo y quedará en «Constancias»."))
    elif after:
        return go(
            url_for(".lesson", enrolment_id=study.id, module_slug=after.module_slug, unit_slug=after.slug)
        )
    return go(url_for(".course", enrolment_id=study.id))


def _lesson(enrolment_id: UUID, module_slug: str, unit_slug: str) -> tuple[Study, Unit]:
    """Return a lesson of the person's own course; a quiz is passed by answering it, never by saying so."""
    study = access.access_study(current_actor(), enrolment_id)
    return study, access.access_lesson(study, module_slug, unit_slug)


def _places(study: Study) -> tuple[str, ...]:
    """Return the codes of where the programme trains, the narrowest first."""
    return places_of(study.programme.country, study.programme.territory)


def _url(study: Study, unit: OutlineUnit, module_slug: str) -> str:
    return url_for(
        ".lesson",
        enrolment_id=study.id,
        module_slug=module_slug,
        unit_slug=unit.slug,
        language=_asked_language(),
    )


def _asked_language() -> str | None:
    asked = request.args.get("language")
    return asked if asked in LANGUAGES else None


def _urgency(study: Study) -> tuple[bool, bool, object]:
    """Return what sorts the courses of a home: to do before done, open before over, the first to end first."""
    return study.completed_on is not None, study.cohort.ends_on < study.day(now()), study.cohort.ends_on


def _chrome(actor: Actor, panels: dict[str, list[Markup]]) -> dict[str, Any]:
    first_name = actor.name.split()[0] if actor.name else ""
    return {"panels": panels, "first_name": first_name, "greeting": _greeting(), "moment": now()}


def _greeting() -> str:
    hour = now().astimezone(current_settings().zone).hour
    if hour < 12:
        return str(_("Buenos días"))
    return str(_("Buenas tardes") if hour < 19 else _("Buenas noches"))


def _focal_points(actor: Actor) -> list[object]:
    """Return who can enrol a person: the focal points of the institution where they work today."""
    day = now().astimezone(current_settings().zone).date()
    affiliation = find_affiliation(actor.person_id, day) if actor.person_id else None
    return list(list_focal_points(get_institution(affiliation.institution_id))) if affiliation else []
