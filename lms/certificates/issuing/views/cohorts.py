"""The documents of a cohort: the register, archives of it, and issuing for many people."""

from io import BytesIO
from typing import Final
from uuid import UUID

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from lms.certificates.issuing import access, archives, bulk, files, queries, runs
from lms.certificates.issuing.forms import IssueForm, RegisterFilter
from lms.certificates.issuing.models import Certificate, IssueRun
from lms.certificates.issuing.permissions import CertificatePermission
from lms.certificates.issuing.policies import issued_kinds, terms_of_cohort
from lms.certificates.issuing.rules import Kind
from lms.certificates.issuing.views.blueprint import bp
from lms.certificates.issuing.views.sending import attachment
from lms.certificates.issuing.words import ASKED, KINDS, NOTHING_KNOWN, NOUNS, OUTCOMES, PLURALS, STATES
from lms.core import private_files
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import db
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.courses.queries import get_release
from lms.learning.access import access_cohort
from lms.learning.models import Cohort
from lms.learning.queries import get_cohort
from lms.learning.tabs import tabs_of
from lms.web.kit import go, is_fragment_request, page_number, render, say
from lms.web.paging import Page, paginate

REFRESH: Final = ("", {"HX-Refresh": "true"})
"""What ends a progress that is asked for every few seconds: the whole page again, which has more than it."""


@bp.get("/cohorts/<uuid:cohort_id>")
@requires(CertificatePermission.READ)
def register(cohort_id: UUID) -> ResponseReturnValue:
    """List the documents of a cohort."""
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
        is_filtered=any(field.data for field in (form.q, form.state, form.kind, form.institution)),
        page=Page(rows=rows, number=found.number, total=found.total),
        can_issue=actor.can(CertificatePermission.ISSUE),
        most_files=files.MOST_FILES,
        KINDS=KINDS,
        today=today(),
    )


@bp.get("/cohorts/<uuid:cohort_id>/archive.zip")
@requires(CertificatePermission.READ)
def archive(cohort_id: UUID) -> ResponseReturnValue:
    """Send the valid documents of a cohort that the same filters show, by institution, as one ZIP with their list."""
    cohort = access_cohort(current_actor(), CertificatePermission.READ, cohort_id)
    statement = _register(cohort, _filter(cohort)).limit(files.MOST_FILES + 1)
    found = [each for each in db.session.scalars(statement) if each.is_valid]
    return attachment(files.build_archive(found), "application/zip", _zip_name(cohort))


@bp.post("/cohorts/<uuid:cohort_id>/archives")
@requires(CertificatePermission.READ)
def order_archive(cohort_id: UUID) -> ResponseReturnValue:
    """Have a large archive made by a job."""
    actor = current_actor()
    cohort = access_cohort(actor, CertificatePermission.READ, cohort_id)
    statement = _register(cohort, _filter(cohort)).order_by(None)
    order = (Certificate.institution_id, Certificate.folio)
    ids = db.session.scalars(
        statement.with_only_columns(Certificate.id).where(Certificate.revoked_at.is_(None)).order_by(*order)
    ).all()
    if actor.person_id is None or not ids:
        say(_("No hay documentos que descargar."), "caution")
        return go(url_for("certificates.register", cohort_id=cohort.id))
    made = archives.order_archive(cohort, ids, person_id=actor.person_id, now=now())
    return go(url_for("certificates.archive_page", archive_id=made.id))


@bp.get("/archives/<uuid:archive_id>")
@requires(CertificatePermission.READ)
def archive_page(archive_id: UUID) -> ResponseReturnValue:
    """Show how far an archive is, and its files once they are made."""
    found = access.access_archive(current_actor(), archive_id)
    if found.finished_at and is_fragment_request():
        return REFRESH
    return render(
        "certificates/archive.html",
        fragment="certificates/_archive.html",
        archive=found,
        cohort=get_cohort(found.cohort_id),
    )


@bp.get("/archives/<uuid:archive_id>/<int:number>.zip")
@requires(CertificatePermission.READ)
def archive_file(archive_id: UUID, number: int) -> ResponseReturnValue:
    """Send one file of an archive, counted from one."""
    found = access.access_archive(current_actor(), archive_id)
    if not 1 <= number <= len(found.files):
        abort(404)
    content = private_files.read(found.id, found.files[number - 1]["digest"])
    name = _zip_name(get_cohort(found.cohort_id), f"-{number}")
    return attachment(BytesIO(content), "application/zip", name)


@bp.route("/cohorts/<uuid:cohort_id>/issue", methods=["GET", "POST"])
@requires(CertificatePermission.ISSUE)
def issue(cohort_id: UUID) -> ResponseReturnValue:
    """Show who would get a document and who would not and why; then order those that are chosen."""
    actor = current_actor()
    cohort = access_cohort(actor, CertificatePermission.ISSUE, cohort_id)
    kinds = issued_kinds(terms_of_cohort(cohort))
    kind = _kind(kinds)
    waiting = queries.list_waiting(actor, CertificatePermission.ISSUE, cohort, kind, now()) if kinds else []
    eligible = [each for each in waiting if each.eligibility.is_eligible]
    form = IssueForm()
    form.fill(eligible)
    if form.validate_on_submit():
        run = bulk.order_run(cohort, form.enrolment_ids, kind=kind, actor=actor, now=now())
        say(
            n_(
                "Se está emitiendo un documento. La persona recibe un correo cuando esté listo.",
                "Se están emitiendo %(num)s documentos. Cada persona recibe un correo cuando esté listo.",
                run.total,
            )
        )
        return go(url_for("certificates.run_page", issue_run_id=run.id))
    return render(
        "certificates/issue.html",
        cohort=cohort,
        course=get_release(cohort.release_id).title,
        form=form,
        kind=kind,
        kinds=kinds,
        eligible=eligible,
        others=[each for each in waiting if not each.eligibility.is_eligible],
        runs=runs.list_runs(cohort.id),
        KINDS=KINDS,
        NOUNS=NOUNS,
        PLURALS=PLURALS,
        STATES=STATES,
        ASKED=ASKED,
        NOTHING_KNOWN=NOTHING_KNOWN,
        status=422 if form.errors else 200,
    )


@bp.get("/runs/<uuid:issue_run_id>")
@requires(CertificatePermission.ISSUE)
def run_page(issue_run_id: UUID) -> ResponseReturnValue:
    """Show how far a bulk run is and what became of everybody."""
    run = access.access_run(current_actor(), issue_run_id)
    if run.finished_at and is_fragment_request():
        return REFRESH
    counts = runs.count_outcomes(run.id)
    return render(
        "certificates/run.html",
        fragment="certificates/_run.html",
        run=run,
        cohort=get_cohort(run.cohort_id),
        counts=counts,
        tests=run.total - sum(counts.values()),
        page=None if is_fragment_request() else _entries(run),
        noun=NOUNS[run.kind],
        plural=PLURALS[run.kind],
        OUTCOMES=OUTCOMES,
    )


@bp.post("/runs/<uuid:issue_run_id>/resume")
@requires(CertificatePermission.ISSUE)
def resume_run(issue_run_id: UUID) -> ResponseReturnValue:
    """Go on with a run that does not move."""
    run = access.access_run(current_actor(), issue_run_id)
    bulk.resume_run(run, now=now())
    say(_("La emisión sigue desde donde quedó."))
    return go(url_for("certificates.run_page", issue_run_id=run.id))


def _entries(run: IssueRun) -> Page[runs.EntryRow]:
    found = paginate(runs.entries_of(run.id), page_number())
    rows = [runs.read_entry(row) for row in found.rows]
    return Page(rows=rows, number=found.number, total=found.total)


def _kind(kinds: list[Kind]) -> Kind:
    """Return the kind that the address asks for, if the programme issues it."""
    asked = request.args.get("kind", "")
    found = [kind for kind in kinds if kind.value == asked]
    return found[0] if found else next(iter(kinds), Kind.CERTIFICADO)


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
        kind=form.kind.data or "",
    )


def _zip_name(cohort: Cohort, mark: str = "") -> str:
    return f"constancias-{cohort.year}-{cohort.number:02}{mark}.zip"
