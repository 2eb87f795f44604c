"""The list of sessions, one of them, who came to it, and the letters that convened it."""

from collections.abc import Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import savepoint
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.institutions.commission.words import SEAT_KINDS
from lms.institutions.programmes.queries import get_programme
from lms.institutions.sessions import letters, papers, queries, service, words
from lms.institutions.sessions.access import access_commission, access_part
from lms.institutions.sessions.errors import NumberTaken, SittingRefused
from lms.institutions.sessions.forms import ProgrammeFilter, QuorumForm, SendForm, SittingForm
from lms.institutions.sessions.models import SittingLetter
from lms.institutions.sessions.rules import PresenceKind, SittingKind, is_overdue
from lms.institutions.sessions.views.blueprint import (
    MANAGE,
    READ,
    back,
    bp,
    form_page,
    managed,
    page_of,
    readable,
)
from lms.web.kit import go, page_number, render, say
from lms.web.paging import paginate

SEAT_FIELD = "seat-"


@bp.get("/")
@requires(READ)
def index() -> ResponseReturnValue:
    """List the sessions that the actor may see, the latest first."""
    actor, form = current_actor(), ProgrammeFilter(request.args)
    programmes = queries.list_seen_programmes(actor)
    form.fill(programmes)
    mine = queries.list_programmes(actor, MANAGE)
    rules = queries.quorum_rules([each.id for each in mine])
    return render(
        "sittings/index.html",
        form=form,
        page=paginate(queries.list_sittings(actor, form.programme_id), page_number()),
        is_filtered=bool(form.query),
        has_many=len(programmes) > 1,
        mine=[(each, rules[each.id]) for each in mine],
        words=words,
    )


@bp.route("/programmes/<uuid:programme_id>/quorum", methods=["GET", "POST"])
@requires(MANAGE)
def quorum(programme_id: UUID) -> ResponseReturnValue:
    """Set which part of the seats makes a quorum."""
    programme = access_commission(current_actor(), programme_id)
    form = QuorumForm(rule=queries.quorum_rule(programme.id).value)
    form.fill()
    if form.validate_on_submit():
        service.set_quorum(programme, form.wanted, actor=current_actor(), now=now())
        say(_("Regla de quórum guardada. Vale para las sesiones que se abran desde ahora."))
        return go(url_for("sittings.index"))
    return render(
        "sittings/edit.html", sitting=None, form=form, title=_("Regla de quórum"), lead=programme.name,
        words=words, status=422 if form.errors else 200,
    )  # fmt: skip


@bp.route("/new", methods=["GET", "POST"])
@requires(MANAGE)
def new_sitting() -> ResponseReturnValue:
    """Convene a session."""
    actor = current_actor()
    programmes = queries.list_programmes(actor, MANAGE)
    form = SittingForm(programme=request.args.get("programme"))
    form.fill(programmes)
    if request.method == "GET" and programmes:
        form.number.data = queries.next_number(programmes[0].id, SittingKind.ORDINARY, today().year)
    if form.validate_on_submit():
        programme = access_commission(actor, form.programme_id)
        values = form.values(ZoneInfo(programme.timezone))
        try:
            sitting = service.convene(programme, values, actor=actor, now=now())
        except NumberTaken as refusal:
            form.refuse("number", refusal.message)
        else:
            say(_("Sesión registrada. Escriba su orden del día y envíe la convocatoria."))
            return back(sitting)
    return render(
        "sittings/edit.html", sitting=None, form=form, title=_("Convocar una sesión"), lead="", words=words,
        status=422 if form.errors else 200,
    )  # fmt: skip


@bp.get("/<uuid:sitting_id>")
@requires(READ)
def sitting_page(sitting_id: UUID) -> ResponseReturnValue:
    """Show a session: agenda, who came, votes, what was agreed, letters."""
    actor, sitting = current_actor(), readable(sitting_id)
    can_manage = queries.reaches(actor, MANAGE, sitting)
    attending = queries.list_attending(sitting)
    accords = queries.list_accords(sitting.id)
    day = today()
    return render(
        "sittings/sitting.html",
        sitting=sitting,
        programme=get_programme(sitting.programme_id),
        attending=attending,
        quorum=queries.quorum_of(sitting, attending),
        quorum_rule=sitting.quorum or queries.quorum_rule(sitting.programme_id),
        agenda=queries.list_agenda(sitting.id),
        proposals=queries.list_proposals(sitting.id),
        accords=[each for each in accords if each.row.number],
        tasks=_tasks(accords),
        addresses={paper.id: papers.address_of(paper, actor) for each in accords for paper in each.papers},
        is_overdue=lambda each: is_overdue(each.row.due_on, each.row.state, day),
        letters=queries.list_letters(sitting.id) if can_manage else (),
        notes=queries.list_notes(sitting.id),
        send_form=SendForm(),
        can_manage=can_manage,
        is_open=sitting.approved_at is None,
        seat_kinds=SEAT_KINDS,
        words=words,
    )


def _tasks(accords: list[queries.Followed]) -> Mapping[UUID, list[queries.Followed]]:
    found: dict[UUID, list[queries.Followed]] = {}
    for each in accords:
        if each.row.proposal_id:
            found.setdefault(each.row.proposal_id, []).append(each)
    return found


@bp.route("/<uuid:sitting_id>/edit", methods=["GET", "POST"])
@requires(MANAGE)
def edit_sitting(sitting_id: UUID) -> ResponseReturnValue:
    """Change when and where a session is."""
    sitting = managed(sitting_id)
    programme = get_programme(sitting.programme_id)
    zone, form = ZoneInfo(programme.timezone), SittingForm()
    form.fill([programme])
    if request.method == "GET":
        form.show(sitting, zone)
    if form.validate_on_submit():
        try:
            service.change(sitting, form.values(zone), actor=current_actor(), now=now())
        except SittingRefused as refusal:
            form.refuse("number" if isinstance(refusal, NumberTaken) else "day", refusal.message)
        else:
            say(_("Sesión guardada. Si cambió la fecha o el lugar, envíe otra vez la convocatoria."))
            return back(sitting)
    return form_page(sitting, form, _("Cambiar la sesión"))


@bp.route("/<uuid:sitting_id>/attendance", methods=["GET", "POST"])
@requires(MANAGE)
def attendance(sitting_id: UUID) -> ResponseReturnValue:
    """Note who came for each institution."""
    sitting = managed(sitting_id)
    if request.method == "POST":
        try:
            with savepoint():
                service.note_presences(sitting, _chosen(), actor=current_actor(), now=now())
        except SittingRefused as refusal:
            say(refusal.message, "caution")
            return go(url_for("sittings.attendance", sitting_id=sitting.id))
        say(_("Asistencia guardada."))
        return back(sitting, "attendance")
    return render(
        "sittings/attendance.html",
        sitting=sitting,
        attending=queries.list_attending(sitting),
        rule=sitting.quorum or queries.quorum_rule(sitting.programme_id),
        kinds=tuple(PresenceKind),
        seat_kinds=SEAT_KINDS,
        words=words,
    )


def _chosen() -> dict[UUID, PresenceKind]:
    """Return what the form says, by membership; what is no choice of the page is left aside."""
    known = {kind.value for kind in PresenceKind}
    found = {}
    for name, value in request.form.items():
        if name.startswith(SEAT_FIELD) and value in known:
            try:
                found[UUID(name.removeprefix(SEAT_FIELD))] = PresenceKind(value)
            except ValueError:
                continue
    return found


@bp.post("/<uuid:sitting_id>/begin")
@requires(MANAGE)
def begin(sitting_id: UUID) -> ResponseReturnValue:
    """Open a session with its quorum."""
    sitting = managed(sitting_id)
    try:
        service.begin(sitting, today=today(), actor=current_actor(), now=now())
    except SittingRefused as refusal:
        say(refusal.message, "caution")
    else:
        say(_("Sesión abierta con quórum."))
    return back(sitting, "attendance")


@bp.route("/<uuid:sitting_id>/begin/undo", methods=["GET", "POST"])
@requires(MANAGE)
def undo_opening(sitting_id: UUID) -> ResponseReturnValue:
    """Ask, then make a session that was opened by mistake convened again."""
    sitting = managed(sitting_id)
    if sitting.held_at is None:
        return back(sitting, "attendance")
    if request.method == "GET":
        return render(
            "sittings/undo_opening.html",
            sitting=sitting,
            recorded=words.recorded(queries.count_recorded(sitting)),
            words=words,
        )
    try:
        service.undo_opening(sitting, actor=current_actor(), now=now())
    except SittingRefused as refusal:
        say(refusal.message, "caution")
    else:
        say(_("Apertura deshecha: la sesión vuelve a estar convocada."))
    return back(sitting, "attendance")


@bp.post("/<uuid:sitting_id>/convocation")
@requires(MANAGE)
def convocation(sitting_id: UUID) -> ResponseReturnValue:
    """Send the convocation to titulars and alternates."""
    sitting, form = managed(sitting_id), SendForm()
    programme = get_programme(sitting.programme_id)
    if form.validate_on_submit():
        sent, missing = letters.send_convocation(
            sitting, programme, to_all=bool(form.to_all.data), actor=current_actor(), now=now()
        )
        say(
            n_("Se envió un correo.", "Se enviaron %(num)s correos.", sent)
            if sent
            else _("Nadie más por avisar: quienes tienen correo ya la recibieron."),
            "success" if sent else "info",
        )
        if missing:
            say(
                n_(
                    "Una persona sin correo: convóquela por otro medio.",
                    "%(num)s personas sin correo: convóquelas por otro medio.",
                    missing,
                ),
                "caution",
            )
    return back(sitting, "letters")


@bp.post("/<uuid:sitting_id>/letters/<uuid:sitting_letter_id>/again")
@requires(MANAGE)
def send_again(sitting_id: UUID, sitting_letter_id: UUID) -> ResponseReturnValue:
    """Send the convocation once more to one person."""
    sitting = managed(sitting_id)
    letter = access_part(queries.find_part(SittingLetter, sitting, sitting_letter_id))
    try:
        letters.send_again(
            sitting, get_programme(sitting.programme_id), letter, actor=current_actor(), now=now()
        )
    except SittingRefused as refusal:
        say(refusal.message, "caution")
    else:
        say(_("Convocatoria enviada otra vez."))
    return go(page_of(sitting, "letters"))
