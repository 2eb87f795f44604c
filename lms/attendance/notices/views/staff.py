"""Pages on which notices are turned on, read beforehand, looked up and sent again."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance.access import access_cohort_as_keeper
from lms.attendance.notices import indispensable, queries, service, words
from lms.attendance.notices.forms import QuietForm, notices_form
from lms.attendance.notices.indispensable import LetterKind
from lms.attendance.notices.previews import previews_of
from lms.attendance.notices.rules import NoticeState
from lms.attendance.notices.samples import samples_of
from lms.attendance.permissions import AttendancePermission
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.programmes.access import access_programme
from lms.learning.tabs import tabs_of
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate

bp = Blueprint("notices", __name__, template_folder="../templates")
KEEP = AttendancePermission.KEEP_REGISTER
SET = AttendancePermission.SET_STATES


@bp.route("/attendance/cohorts/<uuid:cohort_id>/notices", methods=["GET", "POST"])
@requires(KEEP)
def settings(cohort_id: UUID) -> ResponseReturnValue:
    """Show each kind of notice as somebody would read it, and turn it on or off."""
    actor = current_actor()
    cohort = access_cohort_as_keeper(actor, cohort_id)
    kinds = queries.kinds_of(cohort.id)
    form = notices_form(kinds)
    if request.method == "GET":
        form.show(queries.notices_of(cohort.id))
    if form.validate_on_submit():
        changed = service.set_notices(cohort, form.values(), actor=actor, now=now())
        say(_("Cambios guardados.") if changed else _("No había cambios que guardar."))
        return go(url_for(".settings", cohort_id=cohort.id))
    edition = queries.edition_of(cohort.id)
    return render(
        "notices/settings.html",
        form=form,
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        kinds=kinds,
        previews=previews_of(edition, now()),
        quiet=queries.quiet_of(cohort.programme_id),
        words=words,
        status=422 if form.errors else 200,
    )


@bp.get("/attendance/cohorts/<uuid:cohort_id>/notices/log")
@requires(KEEP)
def log(cohort_id: UUID) -> ResponseReturnValue:
    """List what became of each notice of a cohort."""
    actor = current_actor()
    cohort = access_cohort_as_keeper(actor, cohort_id)
    return render(
        "notices/log.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        page=paginate(queries.log_of(cohort.id), page_number()),
        words=words,
        waiting=NoticeState.WAITING,
    )


@bp.post("/attendance/cohorts/<uuid:cohort_id>/notices/<uuid:notice_id>/again")
@requires(KEEP)
def send_again(cohort_id: UUID, notice_id: UUID) -> ResponseReturnValue:
    """Send a notice once more, unless its person wants none or it has nothing to tell any more."""
    actor = current_actor()
    cohort = access_cohort_as_keeper(actor, cohort_id)
    notice = queries.find_notice(cohort.id, notice_id)
    if notice is None:
        raise NotFound
    service.send_again(notice, actor=actor, now=now())
    if notice.state is NoticeState.SENT:
        say(_("El aviso se envía otra vez."))
    elif notice.reason:
        say(_("No se envió: %(reason)s.", reason=words.REASONS[notice.reason]), "caution")
    else:
        say(_("El aviso espera la hora permitida y saldrá solo."))
    return go(url_for(".log", cohort_id=cohort.id))


@bp.get("/attendance/cohorts/<uuid:cohort_id>/letters")
@requires(KEEP)
def letters(cohort_id: UUID) -> ResponseReturnValue:
    """List the e-mails of a cohort that nobody can stop, and show how each kind reads."""
    actor = current_actor()
    cohort = access_cohort_as_keeper(actor, cohort_id)
    wanted = request.args.get("kind", "")
    kind = LetterKind(wanted) if wanted in set(LetterKind) else None
    found = paginate(indispensable.letters_of(cohort.id, kind), page_number())
    rows = indispensable.read_letters([row[0] for row in found.rows])
    return render(
        "notices/letters.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        page=Page(rows=rows, number=found.number, total=found.total, per_page=found.per_page),
        kind=kind,
        samples=samples_of(cohort, now()),
        words=words,
    )


@bp.post("/attendance/cohorts/<uuid:cohort_id>/letters/<uuid:job_id>/again")
@requires(KEEP)
def post_again(cohort_id: UUID, job_id: UUID) -> ResponseReturnValue:
    """Post an indispensable e-mail of a cohort once more."""
    cohort = access_cohort_as_keeper(current_actor(), cohort_id)
    if not indispensable.post_again(cohort.id, job_id, actor=current_actor(), now=now()):
        raise NotFound
    say(_("El correo se envía otra vez."))
    return go(url_for(".letters", cohort_id=cohort.id))


@bp.route("/attendance/programmes/<uuid:programme_id>/quiet-hours", methods=["GET", "POST"])
@requires(SET)
def quiet_hours(programme_id: UUID) -> ResponseReturnValue:
    """Show and change when a programme writes to nobody."""
    actor = current_actor()
    programme = access_programme(actor, SET, programme_id)
    form = QuietForm()
    if request.method == "GET":
        form.show(queries.quiet_of(programme.id))
    if form.validate_on_submit():
        service.set_quiet_hours(programme, form.quiet(), actor=actor, now=now())
        say(_("Cambios guardados."))
        return go(url_for(".quiet_hours", programme_id=programme.id))
    return render(
        "notices/quiet_hours.html", form=form, programme=programme, status=422 if form.errors else 200
    )
