"""Pages about programmes."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from uuid import UUID

from flask import Blueprint, request, send_file, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.context import current_settings, current_storage
from lms.core.errors import Forbidden, NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.directory.access import access_institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import institution_options
from lms.institutions.programmes import access, issuing, queries, service
from lms.institutions.programmes.errors import CodeFrozen, CodeTaken, LogoUnreadable
from lms.institutions.programmes.forms import (
    MOST_ISSUERS,
    ORDINALS,
    IssuersForm,
    MemberForm,
    ProgrammeForm,
    SignatoriesForm,
    TargetForm,
)
from lms.institutions.programmes.logos import read_logo
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.institutions.programmes.permissions import ProgrammePermission
from lms.web.kit import go, render, say

bp = Blueprint("programmes", __name__, url_prefix="/programmes", template_folder="templates")
JOINS = DirectoryPermission.MANAGE_INSTITUTIONS
"""A member's people and units come into the reach of the programme's administrators, so reading it is not enough."""


@bp.get("/")
@requires(ProgrammePermission.READ)
def index() -> ResponseReturnValue:
    """List the programmes that the actor may see."""
    programmes = queries.list_programmes_for(current_actor(), ProgrammePermission.READ)
    can_create = current_actor().reach(ProgrammePermission.MANAGE).everywhere
    return render("programmes/index.html", programmes=programmes, can_create=can_create)


@bp.get("/<uuid:programme_id>")
@requires(ProgrammePermission.READ)
def programme_page(programme_id: UUID) -> ResponseReturnValue:
    """Show a programme: its members of today, their targets and who signs."""
    programme = _readable(programme_id)
    return _page(
        programme, MemberForm(prefix="member"), TargetForm(prefix="target"), _signatories_form(programme)
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(ProgrammePermission.MANAGE)
def new_programme() -> ResponseReturnValue:
    """Create a programme; whoever administers only some of them makes no other."""
    if not current_actor().reach(ProgrammePermission.MANAGE).everywhere:
        raise Forbidden
    form = ProgrammeForm(
        timezone=current_settings().timezone, pass_mark=80, attendance_share=80, target_share=80
    )
    form.fill()
    if form.validate_on_submit():
        try:
            programme = service.create_programme(form.values(), actor=current_actor(), now=now())
        except CodeTaken as refusal:
            form.refuse("code", str(refusal))
        else:
            say(_("Programa creado."))
            return go(url_for("programmes.programme_page", programme_id=programme.id))
    return render("programmes/edit.html", form=form, programme=None, status=422 if form.errors else 200)


@bp.route("/<uuid:programme_id>/edit", methods=["GET", "POST"])
@requires(ProgrammePermission.MANAGE)
def edit_programme(programme_id: UUID) -> ResponseReturnValue:
    """Change a programme's data."""
    programme = _manageable(programme_id)
    form = ProgrammeForm()
    form.fill()
    if request.method == "GET":
        form.show(programme)
    if form.validate_on_submit():
        try:
            service.change_programme(programme, form.values(), actor=current_actor(), now=now())
        except CodeFrozen as refusal:
            form.refuse("code", str(refusal))
        else:
            say(_("Programa guardado."))
            return go(url_for("programmes.programme_page", programme_id=programme.id))
    return render("programmes/edit.html", form=form, programme=programme, status=422 if form.errors else 200)


@bp.post("/<uuid:programme_id>/members")
@requires(ProgrammePermission.MANAGE)
def add_member(programme_id: UUID) -> ResponseReturnValue:
    """Let an institution take part."""
    programme, actor = _manageable(programme_id), current_actor()
    form = MemberForm(prefix="member")
    form.fill(_institutions(JOINS))
    if not form.validate_on_submit():
        return _page(
            programme,
            form,
            TargetForm(formdata=None, prefix="target"),
            _signatories_form(programme),
            status=422,
        )
    institution = access_institution(actor, JOINS, UUID(str(form.institution.data)))
    kind = MembershipKind(str(form.kind.data))
    service.add_member(
        programme, institution, kind=kind, starts_on=form.starts_on.data or _today(), actor=actor, now=now()
    )
    say(_("%(name)s participa en el programa.", name=institution.name))
    return _back(programme)


@bp.route("/<uuid:programme_id>/members/<uuid:membership_id>/end", methods=["GET", "POST"])
@requires(ProgrammePermission.MANAGE)
def end_membership(programme_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    """Ask once, then end an institution's participation today."""
    programme = _manageable(programme_id)
    membership = access.access_membership(programme, membership_id)
    if request.method == "GET":
        institution = access_institution(current_actor(), DirectoryPermission.READ, membership.institution_id)
        return render(
            "programmes/end_membership.html",
            programme=programme,
            membership=membership,
            institution=institution,
        )
    service.end_membership(membership, ends_on=_today(), actor=current_actor(), now=now())
    say(_("La participación terminó hoy. Lo que ya estaba registrado se conserva."))
    return _back(programme)


@bp.post("/<uuid:programme_id>/targets")
@requires(ProgrammePermission.MANAGE)
def set_target(programme_id: UUID) -> ResponseReturnValue:
    """Set an institution's target."""
    programme, actor = _manageable(programme_id), current_actor()
    form = TargetForm(prefix="target")
    form.institution.fill(_institutions(DirectoryPermission.READ))
    if not form.validate_on_submit():
        return _page(
            programme,
            MemberForm(formdata=None, prefix="member"),
            form,
            _signatories_form(programme),
            status=422,
        )
    institution = access_institution(actor, DirectoryPermission.READ, UUID(str(form.institution.data)))
    service.set_target(
        programme,
        institution,
        year=int(form.year.data or 0),
        share=float(form.share.data or 0) / 100,
        source=str(form.source.data or ""),
        actor=actor,
        now=now(),
    )
    say(_("Meta guardada."))
    return _back(programme)


@bp.post("/<uuid:programme_id>/signatories")
@requires(ProgrammePermission.MANAGE)
def set_signatories(programme_id: UUID) -> ResponseReturnValue:
    """Set who signs the certificates from now on."""
    programme = _manageable(programme_id)
    form = SignatoriesForm(prefix="signatories")
    if not form.validate_on_submit():
        return _page(
            programme,
            MemberForm(formdata=None, prefix="member"),
            TargetForm(formdata=None, prefix="target"),
            form,
            status=422,
        )
    service.set_signatories(programme, form.people(), actor=current_actor(), now=now())
    say(_("Firmas guardadas. Las constancias ya emitidas conservan las suyas."))
    return _back(programme)


@bp.route("/<uuid:programme_id>/issuers", methods=["GET", "POST"])
@requires(ProgrammePermission.MANAGE)
def issuers(programme_id: UUID) -> ResponseReturnValue:
    """Set which authorities issue the certificates from now on, in order, each with its logo."""
    programme = _manageable(programme_id)
    known = queries.list_issuers(programme)
    form = IssuersForm()
    if request.method == "GET":
        form.show(known)
    if form.validate_on_submit() and (written := _issuers(form, known)):
        issuing.set_issuers(programme, written, actor=current_actor(), now=now())
        say(_("Guardado. Los documentos ya emitidos conservan sus autoridades y logotipos."))
        return _back(programme)
    return render(
        "programmes/issuers.html",
        programme=programme,
        known=known,
        ordinals=ORDINALS,
        form=form,
        status=422 if form.errors else 200,
    )


@bp.get("/<uuid:programme_id>/logos/<int:number>.png")
@requires(ProgrammePermission.READ)
def logo(programme_id: UUID, number: int) -> ResponseReturnValue:
    """Send the logo of an authority, counted from one."""
    found = queries.list_issuers(_readable(programme_id))
    if not 1 <= number <= len(found) or not found[number - 1].logo:
        raise NotFound
    return send_file(BytesIO(current_storage().get(found[number - 1].logo)), mimetype="image/png")


def _issuers(form: IssuersForm, known: Sequence[queries.Issuing]) -> list[queries.Issuing]:
    """Return who issues as it was written, pictures kept; nothing when a picture cannot be read."""
    written = []
    for number in range(1, MOST_ISSUERS + 1):
        name = str(form[f"name_{number}"].data or "")
        before = known[number - 1].logo if number <= len(known) else ""
        try:
            mark = _logo(form, number, before)
        except LogoUnreadable as refusal:
            form.refuse(f"logo_{number}", str(refusal.message))
            return []
        if name:
            unit = str(form[f"unit_{number}"].data or "")
            written.append(queries.Issuing(name=name, unit=unit, logo=mark))
    return written


def _logo(form: IssuersForm, number: int, before: str) -> str:
    """Return the name of an authority's picture in the storage; raises LogoUnreadable."""
    if sent := form.sent(number):
        return current_storage().put(read_logo(sent))
    return "" if form[f"drop_{number}"].data else before


def _readable(programme_id: UUID) -> Programme:
    return access.access_programme(current_actor(), ProgrammePermission.READ, programme_id)


def _manageable(programme_id: UUID) -> Programme:
    return access.access_programme(current_actor(), ProgrammePermission.MANAGE, programme_id)


def _back(programme: Programme) -> ResponseReturnValue:
    return go(url_for("programmes.programme_page", programme_id=programme.id))


def _today() -> date:
    return now().astimezone(current_settings().zone).date()


def _institutions(permission: DirectoryPermission) -> list[tuple[str, str]]:
    options = institution_options(current_actor(), permission)
    return [(str(institution_id), label) for institution_id, label in options]


def _signatories_form(programme: Programme) -> SignatoriesForm:
    known = queries.list_signatories(programme.id)
    values = {f"{part}_{row.position}": getattr(row, part) for row in known for part in ("name", "post")}
    return SignatoriesForm(formdata=None, data=values, prefix="signatories")


def _page(
    programme: Programme,
    member_form: MemberForm,
    target_form: TargetForm,
    signatories_form: SignatoriesForm,
    status: int = 200,
) -> ResponseReturnValue:
    reach = current_actor().reach(ProgrammePermission.MANAGE)
    can_manage = reach.everywhere or programme.id in reach.programmes
    today = _today()
    if can_manage:
        member_form.fill(_institutions(JOINS))
        target_form.institution.fill(_institutions(DirectoryPermission.READ))
    return render(
        "programmes/programme.html",
        programme=programme,
        members=queries.list_members(programme.id, today),
        signatories=queries.list_signatories(programme.id),
        issuers=queries.list_issuers(programme),
        forms={"member": member_form, "target": target_form, "signatories": signatories_form},
        can_manage=can_manage,
        today=today,
        status=status,
    )
