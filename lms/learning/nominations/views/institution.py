"""Pages of the institutions: the calls in which they have places, whom they nominate, replace and withdraw."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from lms.accounts.models import Person
from lms.accounts.queries import get_person, search_people
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import db
from lms.core.errors import DomainError, NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.directory.access import access_institution, access_person
from lms.institutions.directory.queries import PersonRow, paginate_people, people_visible_to, person_row
from lms.institutions.people.errors import BelongsElsewhere, EmailOfAnother
from lms.institutions.people.service import Work
from lms.learning.errors import AffiliationMissing
from lms.learning.files import send_table
from lms.learning.forms import SearchForm
from lms.learning.nominations import access, queries, service, words
from lms.learning.nominations.errors import (
    AlreadyEnrolled,
    AlreadyNominated,
    CallClosed,
    CallNotOpen,
    NoQuota,
    OtherQuota,
    TooLateToChange,
)
from lms.learning.nominations.forms import CallsForm, LateForm, NominationsForm, NomineeForm
from lms.learning.nominations.models import Nomination
from lms.learning.nominations.permissions import NominationPermission
from lms.learning.nominations.queries import OpenCall
from lms.learning.nominations.rules import NominationState, Phase
from lms.learning.nominations.views.files import send_nominations
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate

bp = Blueprint("nominations", __name__, url_prefix="/nominations", template_folder="../templates")
NOMINATE = NominationPermission.NOMINATE
REFUSALS = (CallNotOpen, CallClosed, NoQuota, AffiliationMissing, AlreadyEnrolled)
FOUND_PER_PAGE = 10


@bp.get("/")
@requires(NOMINATE)
def index() -> ResponseReturnValue:
    """List the calls in which the actor's institutions have places, those that close next first."""
    actor, form = current_actor(), CallsForm(request.args)
    form.fill()
    found = paginate(_listed(form), page_number())
    rows = [queries.read_call(row) for row in found.rows]
    return render(
        "nominations/index.html",
        form=form,
        page=Page(rows=rows, number=found.number, total=found.total, per_page=found.per_page),
        quotas=queries.quotas_of([row.id for row in rows], queries.quota_condition(actor)),
        is_filtered=bool(form.q.data or form.wanted_phase),
        sort=request.args.get("sort", ""),
        now=now(),
        words=words,
    )


@bp.get("/calls.csv", defaults={"ending": "csv"})
@bp.get("/calls.xlsx", defaults={"ending": "xlsx"})
@requires(NOMINATE)
def index_file(ending: str) -> Response:
    """Send the calls as the page lists them, all pages, with the same filters and order."""
    rows = [queries.read_call(row) for row in db.session.execute(_listed(CallsForm(request.args)))]
    quotas = queries.quotas_of([row.id for row in rows], queries.quota_condition(current_actor()))
    return send_table(
        words.table_of_calls(rows, quotas, now()), "convocatorias", ending, title=_("Convocatorias")
    )


@bp.get("/calls/<uuid:call_id>")
@requires(NOMINATE)
def call_page(call_id: UUID) -> ResponseReturnValue:
    """Show a call to an institution: until when, how many places, whom it has nominated."""
    actor = current_actor()
    found = access.access_own_call(actor, call_id)
    rows = queries.quotas_of([found.id], queries.quota_condition(actor))[found.id]
    form = NominationsForm(request.args)
    form.fill(rows)
    wanted = form.wanted(request.args.get("sort", "arrival"))
    page = paginate(queries.nominations(actor, NOMINATE, found.id, wanted), page_number())
    return render(
        "nominations/call.html",
        found=found,
        phase=found.phase(now()),
        may_change=now() < found.call.substitutes_until,
        quotas=rows,
        counts=queries.count_states(actor, NOMINATE, found.id),
        form=form,
        sort=wanted.sort,
        page=Page(
            rows=[queries.read_row(row) for row in page.rows],
            number=page.number,
            total=page.total,
            per_page=page.per_page,
        ),
        places=queries.positions(found.id),
        words=words,
    )


@bp.get("/calls/<uuid:call_id>/nominations.<any(csv,xlsx):ending>")
@requires(NOMINATE)
def table_file(call_id: UUID, ending: str) -> Response:
    """Send the institution's own nominations as the page shows them, all pages, with the same filters."""
    return send_nominations(access.access_own_call(current_actor(), call_id), NOMINATE, ending)


@bp.get("/calls/<uuid:call_id>/people")
@requires(NOMINATE)
def people(call_id: UUID) -> ResponseReturnValue:
    """Find people of the institution to nominate."""
    found = access.access_own_call(current_actor(), call_id)
    return _search("nominations/people.html", found)


@bp.post("/calls/<uuid:call_id>/people")
@requires(NOMINATE)
def nominate(call_id: UUID) -> ResponseReturnValue:
    """Nominate a person who was found, and stay at the search."""
    actor = current_actor()
    found = access.access_own_call(actor, call_id)
    person = _posted_person()
    try:
        nomination = service.nominate(found, person, actor=actor, now=now())
    except REFUSALS as refusal:
        say(refusal.message, "error")
    else:
        _say_nominated(nomination, person)
    return go(url_for(".people", call_id=found.id, q=request.form.get("q", "")))


@bp.route("/calls/<uuid:call_id>/late/<uuid:person_id>", methods=["GET", "POST"])
@requires(NOMINATE)
def ask_exception(call_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Ask that a person be admitted after the deadline."""
    actor, form = current_actor(), LateForm()
    found = access.access_own_call(actor, call_id)
    person = access_person(actor, NOMINATE, person_id, on=today())
    if form.validate_on_submit():
        try:
            nomination = service.nominate(
                found, person, late_reason=form.late_reason.data or "", actor=actor, now=now()
            )
        except REFUSALS as refusal:
            form.refuse("late_reason", refusal.message)
        else:
            _say_nominated(nomination, person)
            return go(url_for(".call_page", call_id=found.id))
    status = 422 if form.errors else 200
    return render("nominations/late.html", status=status, found=found, person=person, form=form, words=words)


@bp.route("/calls/<uuid:call_id>/new", methods=["GET", "POST"])
@requires(NOMINATE)
def new_person(call_id: UUID) -> ResponseReturnValue:
    """Nominate somebody by name and address who is not in the directory yet."""
    actor, form = current_actor(), NomineeForm()
    found = access.access_own_call(actor, call_id)
    form.fill(actor)
    if form.validate_on_submit():
        institution = access_institution(actor, NOMINATE, form.institution_id)
        work = Work(
            institution=institution, post=form.post.data or "", starts_on=queries.day_of(found, now())
        )
        try:
            nomination = service.nominate_new(
                found, form.values, work, late_reason=form.late_reason.data or "", actor=actor, now=now()
            )
        except DomainError as refusal:
            form.refuse(_field_of(refusal), refusal.message)
        else:
            _say_nominated(nomination, get_person(nomination.person_id))
            return go(url_for(".call_page", call_id=found.id))
    return render(
        "nominations/new_person.html",
        status=422 if form.errors else 200,
        found=found,
        form=form,
        is_late=found.phase(now()) is Phase.CLOSED,
    )


@bp.get("/<uuid:nomination_id>/replace")
@requires(NOMINATE)
def choose_successor(nomination_id: UUID) -> ResponseReturnValue:
    """Find who takes a person's place over."""
    nomination = access.access_nomination(current_actor(), NOMINATE, nomination_id)
    person = get_person(nomination.person_id)
    found = queries.get_call(nomination.call_id)
    return _search("nominations/replace.html", found, nomination=nomination, person=person)


@bp.post("/<uuid:nomination_id>/replace")
@requires(NOMINATE)
def replace(nomination_id: UUID) -> ResponseReturnValue:
    """Pass a place to the person who was chosen."""
    actor = current_actor()
    nomination = access.access_nomination(actor, NOMINATE, nomination_id)
    successor = _posted_person()
    try:
        service.replace(nomination, successor, actor=actor, now=now())
    except (
        TooLateToChange,
        AlreadyNominated,
        AlreadyEnrolled,
        OtherQuota,
        NoQuota,
        AffiliationMissing,
    ) as no:
        say(no.message, "error")
        return go(url_for(".choose_successor", nomination_id=nomination.id, q=request.form.get("q", "")))
    say(_("%(name)s tomó el lugar. El cambio queda en el historial.", name=successor.name))
    return go(url_for(".call_page", call_id=nomination.call_id))


@bp.route("/<uuid:nomination_id>/withdraw", methods=["GET", "POST"])
@requires(NOMINATE)
def withdraw(nomination_id: UUID) -> ResponseReturnValue:
    """Ask, then take a nomination back."""
    actor = current_actor()
    nomination = access.access_nomination(actor, NOMINATE, nomination_id)
    if request.method == "GET":
        person, found = get_person(nomination.person_id), queries.get_call(nomination.call_id)
        return render("nominations/withdraw.html", nomination=nomination, person=person, found=found)
    try:
        service.withdraw(nomination, actor=actor, now=now())
    except TooLateToChange as refusal:
        say(refusal.message, "error")
    else:
        say(_("Propuesta retirada. Su lugar queda libre."))
    return go(url_for(".call_page", call_id=nomination.call_id))


def _listed(form: CallsForm) -> Select[*tuple[Any, ...]]:
    return queries.calls_for(
        current_actor(),
        text=form.q.data or "",
        phase=form.wanted_phase,
        sort=request.args.get("sort", ""),
        now=now(),
    )


def _search(
    template: str, found: OpenCall, *, nomination: Nomination | None = None, person: Person | None = None
) -> ResponseReturnValue:
    actor, form, day = current_actor(), SearchForm(request.args), today()
    reached = search_people(people_visible_to(actor, NOMINATE, day), form.q.data or "")
    page = paginate_people(reached, day, page_number(), per_page=FOUND_PER_PAGE)
    rows: list[PersonRow] = [person_row(row) for row in page.rows]
    return render(
        template,
        found=found,
        nomination=nomination,
        person=person,
        phase=found.phase(now()),
        form=form,
        page=Page(rows=rows, number=page.number, total=page.total, per_page=FOUND_PER_PAGE),
        nominated=queries.live_people(found.id),
        enrolled=queries.enrolled_people(found.cohort.id),
        words=words,
    )


def _say_nominated(nomination: Nomination, person: Person) -> None:
    match nomination.state:
        case NominationState.WAITING:
            text = _(
                "Su cupo está completo: %(name)s queda en la lista de espera, en orden de llegada.",
                name=person.name,
            )
            say(text, "caution")
        case NominationState.LATE:
            say(_("Pidió una excepción para %(name)s. La comisión responde por correo.", name=person.name))
        case _:
            say(_("Propuso a %(name)s. La comisión responde por correo.", name=person.name))


def _field_of(refusal: DomainError) -> str:
    """Return beside which field of a new person a refusal is said."""
    match refusal:
        case CallClosed():
            return "late_reason"
        case EmailOfAnother() | BelongsElsewhere() | AlreadyEnrolled():
            return "email"
        case NotFound():
            raise refusal
        case _:
            return "institution"


def _posted_person() -> Person:
    """Return the person of the form, if they are of the actor's institutions."""
    try:
        person_id = UUID(request.form.get("person_id", ""))
    except ValueError as error:
        raise NotFound from error
    return access_person(current_actor(), NOMINATE, person_id, on=today())
