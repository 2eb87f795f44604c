"""Quarterly reports: preview, draft, approval, files, corrections, letters."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.institutions.programmes.queries import get_programme
from lms.reports.frozen import queries, sending, service, words
from lms.reports.frozen.access import access_delivery, access_programme_whole, access_version
from lms.reports.frozen.errors import NobodyToSend, NotDraft, NotLatest, QuarterAhead, ReportExists
from lms.reports.frozen.files import name_of
from lms.reports.frozen.forms import ApproveForm, ReasonForm, WordsForm
from lms.reports.frozen.models import ReportVersion, VersionState
from lms.reports.frozen.permissions import FrozenPermission
from lms.reports.frozen.rules import Quarter, quarters_until
from lms.reports.frozen.showing import send_form, shown, signer_of
from lms.reports.frozen.snapshot import Snapshot
from lms.reports.frozen.taking import take_figures
from lms.web.kit import go, page_number, render, say
from lms.web.paging import paginate

bp = Blueprint("quarterly", __name__, url_prefix="/reports/quarterly", template_folder="../templates")
READ, PREPARE = FrozenPermission.READ, FrozenPermission.PREPARE
VERSION = "/<uuid:report_version_id>"
MOST_QUARTERS = 12


@bp.get("/")
@requires(READ)
def index() -> ResponseReturnValue:
    """List the versions in reach, the newest quarter first."""
    actor = current_actor()
    found = paginate(queries.visible_to(actor, READ), page_number())
    return render(
        "quarterly/index.html",
        page=replace(found, rows=[row[0] for row in found.rows]),
        programmes=queries.list_programmes_in(actor, PREPARE),
        quarter_of=Quarter.named,
        words=words,
    )


@bp.get("/programmes/<uuid:programme_id>/new")
@requires(PREPARE)
def new_report(programme_id: UUID) -> ResponseReturnValue:
    """Show the figures of a quarter before anybody orders its report."""
    programme = access_programme_whole(current_actor(), PREPARE, programme_id)
    quarters = quarters_until(today(), MOST_QUARTERS)
    quarter = _asked(request.args.get("period", ""))
    known = queries.find_report(programme.id, quarter.name)
    figures = None if known else take_figures(programme, quarter, report_id="", now=now())
    return render(
        "quarterly/new.html",
        programme=programme,
        quarters=quarters,
        quarter=quarter,
        known=queries.list_versions(known.id)[0] if known else None,
        words=words,
        **(shown(figures) if figures else {"report": None}),
    )


@bp.post("/programmes/<uuid:programme_id>/new")
@requires(PREPARE)
def prepare(programme_id: UUID) -> ResponseReturnValue:
    """Take the figures of a quarter as a draft."""
    actor = current_actor()
    programme = access_programme_whole(actor, PREPARE, programme_id)
    quarter = _asked(request.form.get("period", ""))
    try:
        version = service.prepare(programme, quarter, actor=actor, now=now())
    except (ReportExists, QuarterAhead) as refusal:
        say(refusal.message, "caution")
        return go(url_for(".new_report", programme_id=programme.id, period=quarter.name))
    say(_("Se tomaron las cifras. Escriba lo que haga falta y apruebe el informe."))
    return _to(version)


@bp.get(VERSION)
@requires(READ)
def page(report_version_id: UUID) -> ResponseReturnValue:
    """Show a version: its figures, its files, what it corrected, where it went."""
    return _page(access_version(current_actor(), READ, report_version_id), WordsForm())


@bp.post(f"{VERSION}/words")
@requires(PREPARE)
def write_words(report_version_id: UUID) -> ResponseReturnValue:
    """Save what the commission writes beside the figures."""
    version = access_version(current_actor(), PREPARE, report_version_id)
    form = WordsForm()
    if not form.validate_on_submit():
        return _page(version, form, status=422)
    try:
        service.write_words(
            version, introduction=form.introduction.data or "", remarks=form.remarks.data or ""
        )
    except NotDraft as refusal:
        say(refusal.message, "caution")
    else:
        say(_("Se guardó el texto."))
    return _to(version)


@bp.post(f"{VERSION}/figures")
@requires(PREPARE)
def take_again(report_version_id: UUID) -> ResponseReturnValue:
    """Take the figures of a draft anew."""
    actor = current_actor()
    version = access_version(actor, PREPARE, report_version_id)
    try:
        service.take_again(version, actor=actor, now=now())
    except NotDraft as refusal:
        say(refusal.message, "caution")
    else:
        say(_("Se tomaron las cifras de nuevo."))
    return _to(version)


@bp.post(f"{VERSION}/approve")
@requires(PREPARE)
def approve(report_version_id: UUID) -> ResponseReturnValue:
    """Freeze a draft and have its files made."""
    actor, form = current_actor(), ApproveForm()
    version = access_version(actor, PREPARE, report_version_id)
    if form.validate_on_submit():
        try:
            service.approve(version, sends_itself=bool(form.sends_itself.data), actor=actor, now=now())
        except NotDraft as refusal:
            say(refusal.message, "caution")
    return _to(version)


@bp.route(f"{VERSION}/discard", methods=["GET", "POST"])
@requires(PREPARE)
def discard(report_version_id: UUID) -> ResponseReturnValue:
    """Ask, then throw a draft away."""
    actor = current_actor()
    version = access_version(actor, PREPARE, report_version_id)
    if request.method == "GET":
        return render("quarterly/discard.html", version=version)
    try:
        service.discard(version, actor=actor, now=now())
    except NotDraft as refusal:
        say(refusal.message, "caution")
        return _to(version)
    say(_("Borrador descartado."))
    return go(url_for(".index"))


@bp.route(f"{VERSION}/correct", methods=["GET", "POST"])
@requires(PREPARE)
def correct(report_version_id: UUID) -> ResponseReturnValue:
    """Begin a version that corrects this one, with the reason."""
    actor, form = current_actor(), ReasonForm()
    version = access_version(actor, PREPARE, report_version_id)
    if form.validate_on_submit():
        try:
            return _to(service.correct(version, str(form.reason.data), actor=actor, now=now()))
        except NotLatest as refusal:
            say(refusal.message, "caution")
            return _to(version)
    status = 422 if form.errors else 200
    return render("quarterly/correct.html", version=version, form=form, status=status)


@bp.post(f"{VERSION}/send")
@requires(PREPARE)
def send(report_version_id: UUID) -> ResponseReturnValue:
    """Send an issued version to the recipients who lack it."""
    actor = current_actor()
    version = access_version(actor, PREPARE, report_version_id)
    try:
        count = sending.send_to_all(version, actor=actor, now=now())
    except (NotLatest, NobodyToSend) as refusal:
        say(refusal.message, "caution")
    else:
        say(n_("Se envió a una dirección.", "Se envió a %(num)s direcciones.", count))
    return _to(version)


@bp.post("/deliveries/<uuid:delivery_id>/again")
@requires(PREPARE)
def send_again(delivery_id: UUID) -> ResponseReturnValue:
    """Send one letter again."""
    actor = current_actor()
    delivery, version = access_delivery(actor, delivery_id)
    try:
        sending.send_again(delivery, version, actor=actor, now=now())
    except NotLatest as refusal:
        say(refusal.message, "caution")
    else:
        say(_("Se envió de nuevo."))
    return _to(version)


@bp.post(f"{VERSION}/files/<form>")
@requires(READ)
def file(report_version_id: UUID, form: str) -> ResponseReturnValue:
    """Send a file as it was issued, to the last byte, and write down who took it."""
    actor = current_actor()
    version = access_version(actor, READ, report_version_id)
    response = send_form(version, form, name=name_of(version, form))
    service.note_taken(version, form, actor=actor, now=now())
    return response


def _page(version: ReportVersion, form: WordsForm, *, status: int = 200) -> ResponseReturnValue:
    snapshot, actor = Snapshot.from_plain(version.data), current_actor()
    if not form.is_submitted():
        form.introduction.data, form.remarks.data = snapshot.introduction, snapshot.remarks
    reach = actor.reach(PREPARE)
    versions = queries.list_versions(version.report_id)
    can_prepare = reach.everywhere or version.report.programme_id in reach.programmes
    latest = queries.last_issued(version.report_id)
    readable = queries.readable_of(version.report_id, actor)
    return render(
        "quarterly/report.html",
        fragment="quarterly/_making.html",
        version=version,
        programme=get_programme(version.report.programme_id),
        form=form,
        approval=ApproveForm(),
        can_prepare=can_prepare,
        versions=[each for each in versions if can_prepare or each.id in readable],
        latest=latest,
        signer=signer_of(version),
        job=queries.job_of(version.id) if version.state is VersionState.MAKING else None,
        sent=queries.list_sent(version.id) if can_prepare else [],
        unsent=len(queries.unsent_to(version)) if can_prepare else 0,
        words=words,
        status=status,
        **shown(snapshot),
    )


def _asked(period: str) -> Quarter:
    """Return the quarter asked for, else the last one that is over."""
    return Quarter.named(period) or Quarter.of(today()).previous


def _to(version: ReportVersion) -> ResponseReturnValue:
    return go(url_for(".page", report_version_id=version.id))
