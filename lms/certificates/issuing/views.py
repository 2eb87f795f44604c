"""Pages about certificates: those one holds, what is missing for one, and the register of a cohort."""

from typing import IO
from uuid import UUID

from flask import Blueprint, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from lms.accounts.queries import get_person
from lms.certificates.designs.stations import group_modules
from lms.certificates.issuing import access, files, queries, service
from lms.certificates.issuing.errors import CertificateCancelled
from lms.certificates.issuing.forms import REASONS, IssueForm, RegisterFilter, RevokeForm
from lms.certificates.issuing.models import Certificate, RevokeReason
from lms.certificates.issuing.permissions import CertificatePermission
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.db import db
from lms.core.i18n import _, n_
from lms.core.policy import requires, requires_sign_in
from lms.courses.queries import get_release
from lms.learning.access import access_cohort
from lms.learning.models import Cohort
from lms.learning.queries import get_cohort, get_enrolment, list_my_enrolments
from lms.learning.tabs import tabs_of
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate

bp = Blueprint("certificates", __name__, url_prefix="/certificates", template_folder="templates")


@bp.get("/")
@requires(CertificatePermission.HOLD)
def mine() -> ResponseReturnValue:
    """List the certificates that a person holds, and their courses that lead to another."""
    person_id = current_actor().person_id
    held = queries.list_held(person_id) if person_id else ()
    valid = {each.enrolment_id for each in held if each.is_valid}
    studies = list_my_enrolments(person_id) if person_id else []
    ahead = [study for study in studies if study.id not in valid]
    return render("certificates/mine.html", held=[(each, each.document) for each in held], ahead=ahead)


@bp.get("/<uuid:certificate_id>")
@requires_sign_in
def certificate(certificate_id: UUID) -> ResponseReturnValue:
    """Show a certificate as it was printed, with its file and its public address."""
    actor = current_actor()
    found = access.access_certificate(actor, certificate_id)
    document = found.document
    return render(
        "certificates/certificate.html",
        certificate=found,
        document=document,
        cohort=get_cohort(get_enrolment(found.enrolment_id).cohort_id),
        groups=group_modules(document.printed.modules),
        is_own=found.person_id == actor.person_id,
        can_revoke=found.is_valid and queries.is_reached(actor, CertificatePermission.REVOKE, found),
        reason=REASONS[found.revoke_reason] if found.revoke_reason else "",
    )


@bp.get("/<uuid:certificate_id>/pdf")
@requires_sign_in
def download(certificate_id: UUID) -> ResponseReturnValue:
    """Send the bytes kept at issue; of a cancelled certificate only to those who may cancel."""
    actor = current_actor()
    found = access.access_certificate(actor, certificate_id)
    if not found.is_valid and not queries.is_reached(actor, CertificatePermission.REVOKE, found):
        raise CertificateCancelled
    return _attachment(files.open_pdf(found), "application/pdf", files.file_name(found))


@bp.get("/enrolments/<uuid:enrolment_id>/why-not-yet")
@requires_sign_in
def why_not_yet(enrolment_id: UUID) -> ResponseReturnValue:
    """Explain to a person, or to staff in reach, what is missing for the certificate of an enrolment."""
    actor = current_actor()
    enrolment = access.access_enrolment(actor, enrolment_id)
    cohort = get_cohort(enrolment.cohort_id)
    return render(
        "certificates/why_not_yet.html",
        answer=queries.eligibility_of(enrolment),
        standing=queries.find_standing(enrolment.id),
        cohort=cohort,
        course=get_release(cohort.release_id).title,
        person=get_person(enrolment.person_id),
        is_own=enrolment.person_id == actor.person_id,
    )


@bp.get("/cohorts/<uuid:cohort_id>")
@requires(CertificatePermission.READ)
def register(cohort_id: UUID) -> ResponseReturnValue:
    """List the certificates of a cohort."""
    actor = current_actor()
    cohort = access_cohort(actor, CertificatePermission.READ, cohort_id)
    form = _filter(cohort)
    found = paginate(_register(cohort, form), page_number())
    rows = [queries.read_row(row) for row in found.rows]
    return render(
        "certificates/register.html",
        cohort=cohort,
        course=get_release(cohort.release_id).title,
        tabs=tabs_of(cohort.id, actor),
        form=form,
        is_filtered=bool(form.q.data or form.state.data or form.institution.data),
        page=Page(rows=rows, number=found.number, total=found.total),
        can_issue=actor.can(CertificatePermission.ISSUE),
        most_files=files.MOST_FILES,
    )


@bp.get("/cohorts/<uuid:cohort_id>/archive.zip")
@requires(CertificatePermission.READ)
def archive(cohort_id: UUID) -> ResponseReturnValue:
    """Send the valid certificates of a cohort that the same filters show, as one ZIP with their list."""
    cohort = access_cohort(current_actor(), CertificatePermission.READ, cohort_id)
    statement = _register(cohort, _filter(cohort)).limit(files.MOST_FILES + 1)
    found = [each for each in db.session.scalars(statement) if each.is_valid]
    name = f"constancias-{cohort.year}-{cohort.number:02}.zip"
    return _attachment(files.build_archive(found), "application/zip", name)


@bp.route("/cohorts/<uuid:cohort_id>/issue", methods=["GET", "POST"])
@requires(CertificatePermission.ISSUE)
def issue(cohort_id: UUID) -> ResponseReturnValue:
    """Show who would get a certificate and who would not and why; then order those that are chosen."""
    actor = current_actor()
    cohort = access_cohort(actor, CertificatePermission.ISSUE, cohort_id)
    waiting = queries.list_waiting(actor, CertificatePermission.ISSUE, cohort.id)
    eligible = [each for each in waiting if each.eligibility.is_eligible]
    form = IssueForm()
    form.fill(eligible)
    if form.validate_on_submit():
        count = service.order(cohort, form.enrolment_ids, actor=actor, now=now())
        say(
            n_(
                "Se está emitiendo una constancia. La persona recibe un correo cuando esté lista.",
                "Se están emitiendo %(num)s constancias. Cada persona recibe un correo cuando esté lista.",
                count,
            )
        )
        return go(url_for("certificates.register", cohort_id=cohort.id))
    return render(
        "certificates/issue.html",
        cohort=cohort,
        course=get_release(cohort.release_id).title,
        form=form,
        eligible=eligible,
        others=[each for each in waiting if not each.eligibility.is_eligible],
        status=422 if form.errors else 200,
    )


@bp.route("/<uuid:certificate_id>/revoke", methods=["GET", "POST"])
@requires(CertificatePermission.REVOKE)
def revoke(certificate_id: UUID) -> ResponseReturnValue:
    """Ask for the reason once, then cancel a certificate."""
    actor = current_actor()
    found = access.access_certificate_to_revoke(actor, certificate_id)
    form = RevokeForm()
    form.fill()
    if form.validate_on_submit():
        service.revoke(found, reason=RevokeReason(form.reason.data), actor=actor, now=now())
        say(_("Constancia cancelada. Su página pública ya lo dice."))
        return go(url_for("certificates.certificate", certificate_id=found.id))
    return render(
        "certificates/revoke.html",
        certificate=found,
        document=found.document,
        form=form,
        status=422 if form.errors else 200,
    )


def _filter(cohort: Cohort) -> RegisterFilter:
    form = RegisterFilter(request.args)
    form.fill(queries.list_institutions_of(current_actor(), cohort.id))
    return form


def _register(cohort: Cohort, form: RegisterFilter) -> Select[Certificate]:
    return queries.register_of(
        current_actor(),
        cohort.id,
        text=form.q.data or "",
        state=form.state.data or "",
        institution_id=form.institution_id,
    )


def _attachment(file: IO[bytes], kind: str, name: str) -> ResponseReturnValue:
    response = send_file(file, mimetype=kind, as_attachment=True, download_name=name, etag=False)
    response.headers["Cache-Control"] = "private, no-store"
    return response
