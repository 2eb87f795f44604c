"""Pages about enrolments for staff: one of them, enrolling by name or by file, track and withdrawal."""

from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.queries import get_person, search_people
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.core.tabular import FileUnreadable, Sheet
from lms.core.workbooks import Form, form_of, read_table, write_like
from lms.institutions.directory.access import access_person
from lms.institutions.directory.queries import get_institution, paginate_people, people_visible_to, person_row
from lms.institutions.intake.uploads import keep_upload, open_upload
from lms.learning import access, queries, service
from lms.learning.enrolment_file import (
    ColumnMissing,
    RowState,
    RowVerdict,
    enrol_file,
    error_table,
    judge_file,
)
from lms.learning.errors import AffiliationMissing, CohortFull
from lms.learning.forms import FileForm, SearchForm, TrackForm
from lms.learning.models import Cohort, Enrolment
from lms.learning.permissions import LearningPermission
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, page_of

bp = Blueprint("enrolments", __name__, url_prefix="/learning")
MANAGE = LearningPermission.MANAGE_COHORTS
MEDIA = {
    Form.CSV: "text/csv",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
UPLOADS = "enrolments"
"""Kind of the links to files in their dry run: the link of a file of people opens nothing here."""


@bp.get("/enrolments/<uuid:enrolment_id>")
@requires(LearningPermission.READ_COHORTS)
def enrolment_page(enrolment_id: UUID) -> ResponseReturnValue:
    """Show one person's enrolment: their route and what is missing to complete it."""
    actor = current_actor()
    study = access.access_study(actor, enrolment_id, LearningPermission.READ_COHORTS, with_merged=True)
    reach = queries.reach_of(actor, MANAGE)
    return render(
        "learning/enrolment.html",
        study=study,
        person=get_person(study.enrolment.person_id),
        institution=get_institution(study.enrolment.institution_id),
        route=queries.routes_of([study])[study.id],
        outcome=queries.outcome_of(study.id),
        can_manage=reach.everywhere or study.programme.id in reach.programmes,
        may_ask_track=bool(actor.reach(LearningPermission.READ_COHORTS).institutions),
    )


@bp.get("/cohorts/<uuid:cohort_id>/enrol")
@requires(MANAGE)
def search(cohort_id: UUID) -> ResponseReturnValue:
    """Find people to enrol by name or address."""
    actor = current_actor()
    cohort = access.access_cohort(actor, MANAGE, cohort_id)
    form, day = SearchForm(request.args), today()
    found = search_people(people_visible_to(actor, MANAGE, day), form.q.data or "")
    page = paginate_people(found, day, page_number(), per_page=15) if form.q.data else None
    rows = [person_row(row) for row in page.rows] if page else []
    return render(
        "learning/enrol.html",
        cohort=cohort,
        form=form,
        page=Page(rows=rows, number=page.number, total=page.total, per_page=15) if page else None,
        enrolled=queries.enrolled_among(cohort.id, [row.id for row in rows]),
        taken=queries.count_enrolled(cohort.id) if cohort.capacity else 0,
    )


@bp.post("/cohorts/<uuid:cohort_id>/enrol")
@requires(MANAGE)
def enrol(cohort_id: UUID) -> ResponseReturnValue:
    """Enrol a person who was found, and stay at the search."""
    actor = current_actor()
    cohort = access.access_cohort(actor, MANAGE, cohort_id)
    person = access_person(actor, MANAGE, _posted_id("person_id"), on=today())
    try:
        service.enrol(cohort, person, actor=actor, now=now())
    except (AffiliationMissing, CohortFull) as refusal:
        say(refusal.message, "error")
    else:
        say(_("%(name)s tiene un lugar en la cohorte. Se le avisa por correo.", name=person.name))
    return go(url_for(".search", cohort_id=cohort.id, q=request.form.get("q", "")))


@bp.route("/cohorts/<uuid:cohort_id>/import", methods=["GET", "POST"])
@requires(MANAGE)
def upload(cohort_id: UUID) -> ResponseReturnValue:
    """Take a file of people to enrol; nothing is enrolled until its dry run is confirmed."""
    cohort = access.access_cohort(current_actor(), MANAGE, cohort_id)
    form = FileForm()
    if form.validate_on_submit():
        content = form.file.data.read()
        try:
            judge_file(cohort, read_table(content), actor=current_actor())
        except (FileUnreadable, ColumnMissing) as refusal:
            form.refuse("file", refusal.message)
        else:
            name = form.file.data.filename or ""
            token = keep_upload(content, name=name, kind=UPLOADS, actor=current_actor(), now=now())
            return go(url_for(".dry_run", cohort_id=cohort.id, token=token))
    return render("learning/upload.html", cohort=cohort, form=form, status=422 if form.errors else 200)


@bp.get("/cohorts/<uuid:cohort_id>/import/<token>")
@requires(MANAGE)
def dry_run(cohort_id: UUID, token: str) -> ResponseReturnValue:
    """Show what each row of the file would do now."""
    cohort = access.access_cohort(current_actor(), MANAGE, cohort_id)
    _sheet, verdicts = _judge(cohort, token)
    counts = {state: sum(each.state is state for each in verdicts) for state in RowState}
    page = page_of(verdicts, page_number(), per_page=50)
    return render("learning/dry_run.html", cohort=cohort, token=token, page=page, counts=counts)


@bp.post("/cohorts/<uuid:cohort_id>/import/<token>")
@requires(MANAGE)
def confirm(cohort_id: UUID, token: str) -> ResponseReturnValue:
    """Enrol whom the file names, all in one step; rows with an error stay out."""
    actor = current_actor()
    cohort = access.access_cohort(actor, MANAGE, cohort_id)
    _sheet, verdicts = _judge(cohort, token)
    count = enrol_file(cohort, verdicts, actor=actor, now=now())
    say(n_("Se inscribió a %(num)s persona.", "Se inscribió a %(num)s personas.", count))
    if any(each.state is RowState.ERROR for each in verdicts):
        return go(url_for(".dry_run", cohort_id=cohort.id, token=token))
    return go(url_for("cohorts.cohort_page", cohort_id=cohort.id))


@bp.get("/cohorts/<uuid:cohort_id>/import/<token>/errors.csv")
@requires(MANAGE)
def error_file(cohort_id: UUID, token: str) -> ResponseReturnValue:
    """Send back the rows with an error and the reason of each, in the format that came."""
    cohort = access.access_cohort(current_actor(), MANAGE, cohort_id)
    sheet, verdicts = _judge(cohort, token)
    came = open_upload(token, kind=UPLOADS, actor=current_actor()).content
    content = write_like(error_table(sheet, verdicts), came, title=_("Filas por corregir"))
    form = form_of(came)
    response = Response(content, mimetype=MEDIA[form])
    name = f"inscripciones-con-error.{form.value}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.route("/enrolments/<uuid:enrolment_id>/track", methods=["GET", "POST"])
@requires(MANAGE)
def change_track(enrolment_id: UUID) -> ResponseReturnValue:
    """Change which sector's branches a person sees open."""
    enrolment = access.access_enrolment(current_actor(), MANAGE, enrolment_id)
    form = TrackForm(sector=enrolment.sector or "")
    form.fill()
    if form.validate_on_submit():
        service.change_track(enrolment, form.sector.data or None, actor=current_actor(), now=now())
        say(_("Sector cambiado. Las lecciones abren sus apartados desde ahora."))
        return go(url_for(".enrolment_page", enrolment_id=enrolment.id))
    return _about("learning/track.html", enrolment, form=form, status=422 if form.errors else 200)


@bp.route("/enrolments/<uuid:enrolment_id>/withdraw", methods=["GET", "POST"])
@requires(MANAGE)
def withdraw(enrolment_id: UUID) -> ResponseReturnValue:
    """Ask, then take a person out of a cohort."""
    enrolment = access.access_enrolment(current_actor(), MANAGE, enrolment_id)
    if request.method == "GET":
        return _about("learning/withdraw.html", enrolment)
    service.withdraw(enrolment, actor=current_actor(), now=now())
    say(_("Inscripción dada de baja. El avance queda en el registro y vuelve si se le inscribe otra vez."))
    return go(url_for("cohorts.cohort_page", cohort_id=enrolment.cohort_id))


def _about(
    template: str, enrolment: Enrolment, *, form: TrackForm | None = None, status: int = 200
) -> ResponseReturnValue:
    return render(
        template,
        form=form,
        status=status,
        enrolment=enrolment,
        person=get_person(enrolment.person_id),
        cohort=queries.get_cohort(enrolment.cohort_id),
    )


def _judge(cohort: Cohort, token: str) -> tuple[Sheet, list[RowVerdict]]:
    """Return a file that the actor sent and what each of its rows would do; raises NotFound, UploadGone."""
    actor = current_actor()
    sheet = read_table(open_upload(token, kind=UPLOADS, actor=actor).content)
    return sheet, judge_file(cohort, sheet, actor=actor)


def _posted_id(name: str) -> UUID:
    try:
        return UUID(request.form.get(name, ""))
    except ValueError as error:
        raise NotFound from error
