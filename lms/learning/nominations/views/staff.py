"""Pages of the staff: the call of a cohort, its quotas, and what is decided about each nomination."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.queries import get_person
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.db import savepoint
from lms.core.errors import DomainError, NotFound
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.institutions.directory.access import access_institution
from lms.institutions.directory.queries import get_institution
from lms.institutions.programmes.queries import get_programme
from lms.learning.errors import CohortFull
from lms.learning.nominations import access, calls, history, queries, service, words
from lms.learning.nominations.errors import CallDatesCrossed, QuotaFull, QuotaTooSmall, ReasonNeeded
from lms.learning.nominations.forms import (
    VERDICTS,
    CallForm,
    MembersForm,
    NominationsForm,
    QuotaForm,
    Verdict,
    VerdictForm,
    read_places,
)
from lms.learning.nominations.models import Nomination
from lms.learning.nominations.permissions import NominationPermission
from lms.learning.nominations.queries import OpenCall
from lms.learning.nominations.rules import common_free
from lms.learning.nominations.views.files import send_nominations
from lms.learning.queries import count_enrolled
from lms.learning.tabs import tabs_of
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate

bp = Blueprint("calls", __name__, url_prefix="/learning", template_folder="../templates")
READ, MANAGE = NominationPermission.READ, NominationPermission.MANAGE


@bp.get("/cohorts/<uuid:cohort_id>/nominations")
@requires(READ)
def cohort_page(cohort_id: UUID) -> ResponseReturnValue:
    """Show the call of a cohort: its dates, its quotas and everybody who was nominated."""
    actor = current_actor()
    cohort = access.access_cohort(actor, READ, cohort_id)
    found, can_manage = queries.find_call(cohort.id), access.manages(actor, cohort)
    head: dict[str, Any] = {"cohort": cohort, "tabs": tabs_of(cohort.id, actor), "can_manage": can_manage}
    if found is None:
        return render("nominations/no_call.html", **head)
    rows = queries.list_quotas(found.id)
    form = NominationsForm(request.args)
    form.fill(rows)
    wanted = form.wanted(request.args.get("sort", "arrival"))
    page = paginate(queries.nominations(actor, READ, found.id, wanted), page_number())
    return render(
        "nominations/cohort.html",
        **head,
        found=found,
        phase=found.phase(now()),
        quotas=rows,
        common=common_free((row.quota for row in rows), queries.count_common_taken(found.id)),
        enrolled=count_enrolled(cohort.id),
        counts=queries.count_states(actor, READ, found.id),
        form=form,
        sort=wanted.sort,
        page=_page_of(page),
        places=queries.positions(found.id),
        words=words,
    )


@bp.get("/cohorts/<uuid:cohort_id>/nominations.<any(csv,xlsx):ending>")
@requires(READ)
def table_file(cohort_id: UUID, ending: str) -> Response:
    """Send the nominations as the page shows them, all pages, with the same filters."""
    return send_nominations(access.access_call(current_actor(), READ, cohort_id), READ, ending)


@bp.route("/cohorts/<uuid:cohort_id>/call", methods=["GET", "POST"])
@requires(MANAGE)
def edit_call(cohort_id: UUID) -> ResponseReturnValue:
    """Open the call of a cohort, or change its dates and instructions."""
    actor = current_actor()
    cohort = access.access_cohort(actor, MANAGE, cohort_id)
    known, form = queries.find_call(cohort.id), CallForm()
    zone = ZoneInfo(get_programme(cohort.programme_id).timezone)
    if request.method == "GET" and known:
        form.show(known.call, zone)
    if form.validate_on_submit():
        values = calls.CallValues(window=form.window(zone), instructions=form.instructions.data or "")
        try:
            calls.open_call(cohort, values, actor=actor, now=now())
        except CallDatesCrossed as refusal:
            form.refuse("closes_day", refusal.message)
        else:
            say(_("Convocatoria guardada.") if known else _("Convocatoria creada. Reparta los lugares."))
            return go(url_for(".cohort_page" if known else ".quotas", cohort_id=cohort.id))
    status = 422 if form.errors else 200
    return render(
        "nominations/edit_call.html", status=status, cohort=cohort, form=form, is_known=bool(known),
        city=words.city_of(zone),
    )  # fmt: skip


@bp.get("/cohorts/<uuid:cohort_id>/quotas")
@requires(MANAGE)
def quotas(cohort_id: UUID) -> ResponseReturnValue:
    """Show the places of each institution, to be changed."""
    return _quotas_page(access.access_call(current_actor(), MANAGE, cohort_id))


@bp.post("/cohorts/<uuid:cohort_id>/quotas")
@requires(MANAGE)
def save_quotas(cohort_id: UUID) -> ResponseReturnValue:
    """Keep the places written beside each institution; what cannot be is said, the rest is kept."""
    found = access.access_call(current_actor(), MANAGE, cohort_id)
    for institution_id, places in read_places(request.form, queries.list_quotas(found.id)).items():
        institution = get_institution(institution_id)
        try:
            with savepoint():
                calls.set_quota(found.call, institution, places, actor=current_actor(), now=now())
        except QuotaTooSmall as refusal:
            say(f"{institution.label}: {refusal.message}", "error")
    say(_("Lugares guardados."))
    return go(url_for(".quotas", cohort_id=cohort_id))


@bp.post("/cohorts/<uuid:cohort_id>/quotas/add")
@requires(MANAGE)
def add_quota(cohort_id: UUID) -> ResponseReturnValue:
    """Give an institution places."""
    actor, form = current_actor(), QuotaForm()
    found = access.access_call(actor, MANAGE, cohort_id)
    form.fill(actor, queries.list_quotas(found.id))
    if not form.validate_on_submit():
        return _quotas_page(found, one=form)
    institution = access_institution(actor, MANAGE, UUID(str(form.institution.data)))
    calls.set_quota(found.call, institution, form.places.data or 0, actor=actor, now=now())
    say(_("%(name)s tiene lugares en la convocatoria.", name=institution.name))
    return go(url_for(".quotas", cohort_id=cohort_id))


@bp.post("/cohorts/<uuid:cohort_id>/quotas/members")
@requires(MANAGE)
def add_members(cohort_id: UUID) -> ResponseReturnValue:
    """Give every institution of the programme the same places."""
    found, form = access.access_call(current_actor(), MANAGE, cohort_id), MembersForm()
    if not form.validate_on_submit():
        return _quotas_page(found, many=form)
    count = calls.set_member_quotas(found, form.each.data or 0, actor=current_actor(), now=now())
    say(n_("%(num)s institución recibió su cupo.", "%(num)s instituciones recibieron su cupo.", count))
    return go(url_for(".quotas", cohort_id=cohort_id))


@bp.route("/cohorts/<uuid:cohort_id>/quotas/release", methods=["GET", "POST"])
@requires(MANAGE)
def release(cohort_id: UUID) -> ResponseReturnValue:
    """Ask, then give the places that nobody used to those who wait."""
    found = access.access_call(current_actor(), MANAGE, cohort_id)
    if request.method == "GET":
        rows = [row for row in queries.list_quotas(found.id) if row.quota.free]
        waiting = len(queries.list_waiting(found.id))
        return render("nominations/release.html", cohort=found.cohort, rows=rows, waiting=waiting)
    count = calls.release_unused(found.call, actor=current_actor(), now=now())
    say(n_("Se liberó %(num)s lugar.", "Se liberaron %(num)s lugares.", count))
    return go(url_for(".cohort_page", cohort_id=cohort_id))


@bp.post("/cohorts/<uuid:cohort_id>/nominations/accept")
@requires(MANAGE)
def accept_many(cohort_id: UUID) -> ResponseReturnValue:
    """Accept the nominations that were marked, in the order of the list; whoever finds no place stays as they are."""
    actor = current_actor()
    found = access.access_call(actor, MANAGE, cohort_id)
    accepted, left = 0, 0
    for key in request.form.getlist("nomination"):
        nomination = access.access_nomination(actor, MANAGE, _id(key))
        if nomination.call_id != found.id:
            raise NotFound
        try:
            service.accept(nomination, actor=actor, now=now())
            accepted += 1
        except DomainError:
            left += 1
    say(n_("Se aceptó a %(num)s persona.", "Se aceptó a %(num)s personas.", accepted))
    if left:
        say(
            n_("%(num)s propuesta no se pudo aceptar: ábrala para ver por qué.",
               "%(num)s propuestas no se pudieron aceptar: ábralas para ver por qué.", left),
            "caution",
        )  # fmt: skip
    return go(url_for(".cohort_page", cohort_id=cohort_id, **_filters()))


@bp.get("/nominations/<uuid:nomination_id>")
@requires(READ)
def nomination_page(nomination_id: UUID) -> ResponseReturnValue:
    """Show a nomination with what was said of it, and what can be said now."""
    nomination = access.access_nomination(current_actor(), READ, nomination_id)
    form = VerdictForm()
    form.fill(nomination.state)
    return _nomination(nomination, form)


@bp.post("/nominations/<uuid:nomination_id>")
@requires(MANAGE)
def decide(nomination_id: UUID) -> ResponseReturnValue:
    """Keep the verdict on a nomination."""
    nomination = access.access_nomination(current_actor(), MANAGE, nomination_id)
    form = VerdictForm()
    form.fill(nomination.state)
    if not form.validate_on_submit():
        return _nomination(nomination, form)
    try:
        _decide(nomination, form.said)
    except ReasonNeeded as refusal:
        form.refuse("reason", refusal.message)
        return _nomination(nomination, form)
    except (QuotaFull, CohortFull) as refusal:
        form.refuse("verdict", refusal.message)
        return _nomination(nomination, form)
    say(_("Decisión guardada. Se avisa a quien hizo la propuesta."))
    return go(url_for(".nomination_page", nomination_id=nomination.id))


def _decide(nomination: Nomination, said: Verdict) -> None:
    actor = current_actor()
    match said.word:
        case "admit":
            service.admit_late(nomination, said.reason, actor=actor, now=now())
        case "accept":
            service.accept(nomination, actor=actor, now=now())
        case "wait":
            service.put_on_waiting_list(nomination, actor=actor, now=now())
        case "decline":
            service.decline(nomination, said.reason, actor=actor, now=now())
        case _:
            service.withdraw(nomination, said.reason, is_staff=True, actor=actor, now=now())


def _nomination(nomination: Nomination, form: VerdictForm) -> ResponseReturnValue:
    found, chain = queries.get_call(nomination.call_id), history.list_chain(nomination)
    return render(
        "nominations/nomination.html",
        status=422 if form.errors else 200,
        found=found,
        nomination=nomination,
        person=get_person(nomination.person_id),
        institution=get_institution(nomination.institution_id),
        chain=chain,
        facts=history.list_facts(chain),
        position=queries.positions(found.id).get(nomination.id),
        form=form,
        can_decide=access.manages(current_actor(), found.cohort) and bool(VERDICTS[nomination.state]),
        words=words,
    )


def _quotas_page(
    found: OpenCall, *, one: QuotaForm | None = None, many: MembersForm | None = None
) -> ResponseReturnValue:
    rows = queries.list_quotas(found.id)
    if one is None:
        one = QuotaForm(formdata=None)
        one.fill(current_actor(), rows)
    many = many or MembersForm(formdata=None)
    return render(
        "nominations/quotas.html",
        status=422 if one.errors or many.errors else 200,
        cohort=found.cohort,
        rows=rows,
        one=one,
        many=many,
    )


def _page_of(page: Page[object]) -> Page[queries.NominationRow]:
    rows = [queries.read_row(row) for row in page.rows]
    return Page(rows=rows, number=page.number, total=page.total, per_page=page.per_page)


def _filters() -> dict[str, Any]:
    """Return the filters of the list that the form was sent from."""
    names = ("q", "quota", "state", "sort", "page")
    return {name: request.args[name] for name in names if request.args.get(name)}


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error
