"""What a member reports: written and sent by its focal points, read and decided by the secretariat."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.core import private_files
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.file_formats import safe_name
from lms.core.i18n import _, _l
from lms.core.ids import new_id
from lms.core.policy import requires
from lms.core.private_files import FileNotPaper, PaperTooLarge
from lms.institutions.directory.queries import get_institution
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import get_programme
from lms.reports.progress import figures, queries, service, words
from lms.reports.progress.access import access_decision, access_submission
from lms.reports.progress.errors import SubmissionIncomplete, SubmissionMoved
from lms.reports.progress.forms import AnswersForm, ReturnForm, answers_form
from lms.reports.progress.models import ProgressSubmission, answers_of
from lms.reports.progress.permissions import ProgressPermission
from lms.reports.progress.queries import Planned
from lms.reports.progress.rules import Answer, Evidence, is_web_address
from lms.reports.progress.views.blueprint import bp
from lms.web.attachments import attachment
from lms.web.kit import go, render, say

ONE = "/submissions/<uuid:submission_id>"
MISSING = {
    "value": _l("Escriba un número, o cuente abajo por qué no hay dato."),
    "status": _l("Elija cómo va."),
    "address": _l("Escriba la dirección completa, con https://."),
}


@bp.get(ONE)
@requires(ProgressPermission.OPEN_SUBMISSION)
def submission_page(submission_id: UUID) -> ResponseReturnValue:
    """Show what a member reports, or what it said at an earlier step, with the history."""
    submission = access_submission(current_actor(), ProgressPermission.OPEN_SUBMISSION, submission_id)
    return _page(submission, ReturnForm())


@bp.route(f"{ONE}/fill", methods=["GET", "POST"])
@requires(ProgressPermission.FILL)
def fill(submission_id: UUID) -> ResponseReturnValue:
    """Write what a member reports, save it and send it."""
    submission = access_submission(current_actor(), ProgressPermission.FILL, submission_id)
    if not submission.is_open:
        return _back(submission)
    plan = queries.list_plan(submission.period.programme_id, ids=submission.answers)
    form = answers_form(plan, submission.answers)
    if request.method == "GET":
        form.show(submission.answers)
    elif form.validate_on_submit() and _save(form, submission, plan):
        if form.act.data != "submit":
            say(_("Borrador guardado. Puede seguir cuando quiera."))
            return go(request.path)
        if _submit(form, submission):
            say(_("Avance enviado a la secretaría."))
            return _back(submission)
    form.revision.data, form.revision.raw_data = submission.revision, None
    return render(
        "progress/fill.html",
        submission=submission,
        institution=get_institution(submission.institution_id),
        programme=get_programme(submission.period.programme_id),
        plan=plan,
        form=form,
        answers=service.with_figures(submission, now=now()),
        before=figures.own_before(submission.period, submission.institution_id),
        returned=_returned(submission),
        today=figures.end_of(get_programme(submission.period.programme_id), now()),
        words=words,
        status=422 if form.errors else 200,
    )


@bp.post(f"{ONE}/accept")
@requires(ProgressPermission.MANAGE)
def accept(submission_id: UUID) -> ResponseReturnValue:
    """Take what was sent as good."""
    submission = access_decision(current_actor(), ProgressPermission.MANAGE, submission_id)
    service.accept(submission, actor=current_actor(), now=now())
    say(_("Avance aceptado."))
    return go(url_for("progress.matrix", period_id=submission.period_id))


@bp.post(f"{ONE}/send-back")
@requires(ProgressPermission.MANAGE)
def send_back(submission_id: UUID) -> ResponseReturnValue:
    """Return what was sent with a reason."""
    submission, form = (
        access_decision(current_actor(), ProgressPermission.MANAGE, submission_id),
        ReturnForm(),
    )
    if not form.validate_on_submit():
        return _page(submission, form)
    service.send_back(submission, str(form.reason.data), actor=current_actor(), now=now())
    say(_("Avance devuelto. Se escribió a los enlaces del integrante."))
    return go(url_for("progress.matrix", period_id=submission.period_id))


@bp.get(f"{ONE}/evidence/<uuid:indicator_id>")
@requires(ProgressPermission.OPEN_SUBMISSION)
def evidence(submission_id: UUID, indicator_id: UUID) -> ResponseReturnValue:
    """Send the file that backs an answer."""
    submission = access_submission(current_actor(), ProgressPermission.OPEN_SUBMISSION, submission_id)
    answer = submission.answers.get(indicator_id)
    if answer is None or answer.evidence is None:
        raise NotFound
    file = answer.evidence
    content = private_files.read(UUID(hex=file.key), file.digest)
    return attachment(content, kind=file.kind, name=file.name)


def _page(submission: ProgressSubmission, form: ReturnForm) -> ResponseReturnValue:
    programme = get_programme(submission.period.programme_id)
    steps = queries.list_steps(submission.id)
    wanted = request.args.get("step", "")
    step = next((each for each, _name in steps if str(each.number) == wanted), None)
    if wanted and step is None:
        raise NotFound
    answers = answers_of(step.content) if step else submission.answers
    is_own = _is_own(submission)
    reach = current_actor().reach(ProgressPermission.MANAGE)
    return render(
        "progress/submission.html",
        submission=submission,
        programme=programme,
        institution=get_institution(submission.institution_id),
        plan=queries.list_plan(programme.id, ids=answers),
        answers=answers,
        counted=_counted(submission, is_own=is_own),
        step=step,
        steps=steps,
        reminders=queries.list_reminders([submission.id]),
        form=form,
        is_own=is_own,
        heir=get_institution(submission.heir_id) if submission.heir_id else None,
        sees_whole=_sees_whole(programme),
        can_manage=reach.everywhere or programme.id in reach.programmes,
        is_web_address=is_web_address,
        words=words,
        status=422 if form.errors else 200,
    )


def _sees_whole(programme: Programme) -> bool:
    reach = current_actor().reach(ProgressPermission.READ)
    return reach.everywhere or programme.id in reach.programmes


def _is_own(submission: ProgressSubmission) -> bool:
    statement = queries.submissions_for(current_actor(), ProgressPermission.FILL)
    return db.session.scalar(statement.where(ProgressSubmission.id == submission.id)) is not None


def _counted(submission: ProgressSubmission, *, is_own: bool) -> Mapping[UUID, tuple[Any, Any]]:
    """Return what the platform counts with its last day: the member's own figure, or protected for anybody else."""
    if is_own:
        answers = service.with_figures(submission, now=now()) if submission.is_open else submission.answers
        return {key: (answer.value, answer.cut_off) for key, answer in answers.items() if answer.cut_off}
    programme = get_programme(submission.period.programme_id)
    found = figures.build_figures(programme, submission.period, figures.end_of(programme, now()))
    return {
        each.indicator.id: (member.value, each.cut_off)
        for each in found
        if each.indicator.is_automatic
        for member in each.members
        if member.reported.submission_id == submission.id
    }


def _save(form: AnswersForm, submission: ProgressSubmission, plan: list[Planned]) -> bool:
    """Keep what is written; return False when somebody else saved in between, or a file cannot be kept."""
    kept, answers = submission.answers, dict[UUID, Answer]()
    for planned in plan:
        key = planned.indicator.id
        answers[key] = _with_file(form, key, form.answer(key, kept[key]))
    try:
        service.save(submission, answers, revision=form.revision.data or 0, actor=current_actor(), now=now())
    except SubmissionMoved as refusal:
        form.refuse("revision", refusal.message)
    return not form.errors


def _with_file(form: AnswersForm, key: UUID, answer: Answer) -> Answer:
    file = form.of(key)["file"].data
    if not (file and file.filename):
        return answer
    content = file.read()
    try:
        kind = private_files.check_paper(content)
    except (FileNotPaper, PaperTooLarge) as refusal:
        form.refuse(f"file_{key.hex}", refusal.message)
        return answer
    file_key = new_id()
    digest = private_files.keep(file_key, content)
    kept = Evidence(key=file_key.hex, digest=digest, kind=kind, name=safe_name(file.filename, kind))
    return replace(answer, evidence=kept)


def _submit(form: AnswersForm, submission: ProgressSubmission) -> bool:
    try:
        service.submit(submission, actor=current_actor(), now=now())
    except SubmissionIncomplete as refusal:
        form.refuse("act", refusal.message)
        for key, names in service.missing_of(submission).items():
            for name in names:
                form.refuse(f"{name}_{key.hex}", MISSING[name])
        return False
    return True


def _returned(submission: ProgressSubmission) -> str:
    """Return why it was returned, while it waits to be corrected."""
    if submission.state.value != "returned":
        return ""
    return next((step.note for step, _name in queries.list_steps(submission.id) if step.note), "")


def _back(submission: ProgressSubmission) -> ResponseReturnValue:
    return go(url_for("progress.submission_page", submission_id=submission.id))
