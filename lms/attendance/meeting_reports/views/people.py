"""Saying who the participants of a call are."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance.access import access_cohort_as_keeper
from lms.attendance.kiosk.queries import find_walk_in
from lms.attendance.kiosk.service import Stranger
from lms.attendance.meeting_reports import queries, reviewing, service, words
from lms.attendance.meeting_reports.access import access_alias, access_report
from lms.attendance.meeting_reports.forms import SearchForm, WalkInForm, WordForm
from lms.attendance.meeting_reports.matching import Match, Participant
from lms.attendance.meeting_reports.planning import token_of
from lms.attendance.meeting_reports.queries import Enrolled, KeptReport
from lms.attendance.meeting_reports.views.blueprint import bp
from lms.attendance.permissions import AttendancePermission
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import DomainError, NotFound
from lms.core.folding import fold
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.institutions.directory.models import Institution
from lms.web.kit import go, render, say

MOST_FOUND = 12
NOBODY = "none"


@bp.get("/call-reports/<uuid:report_id>/people")
@requires(AttendancePermission.KEEP_REGISTER)
def people(report_id: UUID) -> ResponseReturnValue:
    """Ask who the participants are whom nothing in the report identifies."""
    kept = access_report(current_actor(), report_id)
    found, enrolled = _matches(kept)
    return render(
        "meeting_reports/people.html",
        kept=kept,
        local=kept.local,
        open=[each for each in found if each.ground is None],
        enrolled=enrolled,
        token_of=token_of,
        form=WordForm(),
        nobody=NOBODY,
    )


@bp.post("/call-reports/<uuid:report_id>/people")
@requires(AttendancePermission.KEEP_REGISTER)
def decide(report_id: UUID) -> ResponseReturnValue:
    """Remember what was said of each participant; those of whom nothing was said stay as they are."""
    actor = current_actor()
    kept = access_report(actor, report_id)
    found, enrolled = _matches(kept)
    count = 0
    if WordForm().validate_on_submit():
        for each in found:
            said = request.form.get(f"who-{token_of(each.participant.key)}", "")
            if said:
                person = _person(said, enrolled)
                enrolment = person.enrolment if person else None
                service.decide(kept.report.cohort_id, each.participant, enrolment, actor=actor, now=now())
                count += 1
    if count:
        say(n_("Se guardó una decisión.", "Se guardaron %(num)s decisiones.", count))
    return go(url_for(".report_page", report_id=report_id))


@bp.get("/call-reports/<uuid:report_id>/people/<token>")
@requires(AttendancePermission.KEEP_REGISTER)
def who(report_id: UUID, token: str) -> ResponseReturnValue:
    """Look for the person whom a participant stands for."""
    kept = access_report(current_actor(), report_id)
    found, enrolled = _matches(kept)
    return _who(kept, _match(found, token), enrolled, _walk_in_form(kept))


@bp.post("/call-reports/<uuid:report_id>/people/<token>")
@requires(AttendancePermission.KEEP_REGISTER)
def choose(report_id: UUID, token: str) -> ResponseReturnValue:
    """Remember whom a participant stands for."""
    actor = current_actor()
    kept = access_report(actor, report_id)
    found, enrolled = _matches(kept)
    chosen = _match(found, token)
    if WordForm().validate_on_submit():
        person = _person(request.form.get("who", ""), enrolled)
        enrolment = person.enrolment if person else None
        service.decide(kept.report.cohort_id, chosen.participant, enrolment, actor=actor, now=now())
        say(_("Se guardó. También vale para los próximos reportes de esta cohorte."))
    return go(url_for(".report_page", report_id=report_id))


@bp.post("/call-reports/<uuid:report_id>/people/<token>/walk-in")
@requires(AttendancePermission.KEEP_REGISTER)
def walk_in(report_id: UUID, token: str) -> ResponseReturnValue:
    """Enrol a participant who is on no list, to be completed or merged later."""
    actor = current_actor()
    kept = access_report(actor, report_id)
    found, enrolled = _matches(kept)
    chosen, form = _match(found, token), _walk_in_form(kept)
    if not form.validate_on_submit():
        return _who(kept, chosen, enrolled, form)
    places = {str(each.id): each for each in _places(kept)}
    stranger = Stranger(
        name=form.name.data or "",
        institution=places[form.institution.data],
        email=(form.email.data or "").lower(),
        form_key=f"call:{token}",
    )
    if find_walk_in(kept.local.id, stranger.form_key) is None:
        try:
            service.add_walk_in(kept, chosen.participant, stranger, actor=actor, now=now())
        except DomainError as refusal:
            form.refuse("name", refusal.message)
            return _who(kept, chosen, enrolled, form)
    say(_("Quedó inscrita como persona por confirmar."))
    return go(url_for(".report_page", report_id=report_id))


@bp.get("/cohorts/<uuid:cohort_id>/call-names")
@requires(AttendancePermission.KEEP_REGISTER)
def names(cohort_id: UUID) -> ResponseReturnValue:
    """List whom the names in a cohort's calls stand for."""
    cohort = access_cohort_as_keeper(current_actor(), cohort_id)
    return render(
        "meeting_reports/names.html",
        cohort=cohort,
        aliases=queries.list_aliases(cohort.id),
        enrolled=queries.list_enrolled(cohort.id),
        form=WordForm(),
    )


@bp.post("/cohorts/<uuid:cohort_id>/call-names/<uuid:alias_id>/forget")
@requires(AttendancePermission.KEEP_REGISTER)
def forget(cohort_id: UUID, alias_id: UUID) -> ResponseReturnValue:
    """Remember a name no more."""
    actor = current_actor()
    alias = access_alias(actor, cohort_id, alias_id)
    if WordForm().validate_on_submit():
        service.forget(alias, actor=actor, now=now())
        say(_("Ese nombre ya no se recuerda. Las asistencias dadas no cambian."))
    return go(url_for(".names", cohort_id=cohort_id))


def _matches(kept: KeptReport) -> tuple[list[Match], dict[UUID, Enrolled]]:
    source = reviewing.read_source(kept, reviewing.content_of(kept.report))
    enrolled = queries.list_enrolled(kept.report.cohort_id)
    return (reviewing.matches_of(kept, source, enrolled) if source else []), enrolled


def _match(found: list[Match], token: str) -> Match:
    chosen = next((each for each in found if token_of(each.participant.key) == token), None)
    if chosen is None:
        raise NotFound
    return chosen


def _person(said: str, enrolled: dict[UUID, Enrolled]) -> Enrolled | None:
    """Return who was chosen, None for nobody of the group; raises NotFound for whom the cohort does not have."""
    if said == NOBODY:
        return None
    person = next((each for key, each in enrolled.items() if str(key) == said), None)
    if person is None:
        raise NotFound
    return person


def _places(kept: KeptReport) -> list[Institution]:
    return list(queries.list_workplaces(kept.local.programme.id, kept.local.day))


def _walk_in_form(kept: KeptReport) -> WalkInForm:
    form = WalkInForm()
    form.offer([(str(each.id), each.name) for each in _places(kept)])
    return form


def _who(
    kept: KeptReport, chosen: Match, enrolled: dict[UUID, Enrolled], form: WalkInForm
) -> ResponseReturnValue:
    participant: Participant = chosen.participant
    if not form.is_submitted():
        form.name.data = participant.name
    search = SearchForm(request.args)
    wanted = fold(search.q.data or "").split()
    found = [each for each in enrolled.values() if wanted and all(word in fold(each.name) for word in wanted)]
    offered = [enrolled[key] for key in chosen.offered if key in enrolled]
    return render(
        "meeting_reports/who.html",
        status=422 if form.errors else 200,
        kept=kept,
        local=kept.local,
        chosen=chosen,
        participant=participant,
        token=token_of(participant.key),
        current=enrolled.get(chosen.enrolment_id) if chosen.enrolment_id else None,
        people=found[:MOST_FOUND] if wanted else offered,
        more=max(len(found) - MOST_FOUND, 0),
        is_search=bool(wanted),
        search=search,
        form=form,
        word=WordForm(),
        words=words,
        nobody=NOBODY,
    )
