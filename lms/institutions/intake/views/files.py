"""Pages on which a file is sent, looked at row by row, and saved."""

from collections.abc import Sequence

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import Forbidden
from lms.core.i18n import _
from lms.core.policy import requires
from lms.core.tabular import MOST_ROWS, Column, FileUnreadable, Sheet, Table, to_csv, to_xlsx
from lms.core.workbooks import Form, form_of, read_table, write_like
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.intake.errors import ColumnsMissing
from lms.institutions.intake.forms import ConfirmForm, ConfirmPeopleForm, UploadForm
from lms.institutions.intake.kinds import INSTITUTIONS, PEOPLE, TERRITORIES, Kind
from lms.institutions.intake.rules import LEFT_OUT, REASON, Outcome, Tally, Verdict, tally
from lms.institutions.intake.runs import start_run
from lms.institutions.intake.uploads import keep_upload, open_upload
from lms.institutions.territories.permissions import TerritoryPermission
from lms.web.kit import go, page_number, render, say
from lms.web.paging import page_of

bp = Blueprint("intake", __name__, template_folder="../templates")
MANAGE_PEOPLE = DirectoryPermission.MANAGE_PEOPLE
MANAGE_INSTITUTIONS = DirectoryPermission.MANAGE_INSTITUTIONS
MANAGE_TERRITORIES = TerritoryPermission.MANAGE
MEDIA = {
    Form.CSV: "text/csv",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.route("/people/import", methods=["GET", "POST"])
@requires(MANAGE_PEOPLE)
def upload_people() -> ResponseReturnValue:
    """Take a file of people."""
    return _upload(PEOPLE)


@bp.route("/institutions/import", methods=["GET", "POST"])
@requires(MANAGE_INSTITUTIONS)
def upload_institutions() -> ResponseReturnValue:
    """Take a file of institutions."""
    return _upload(INSTITUTIONS)


@bp.route("/territories/import", methods=["GET", "POST"])
@requires(MANAGE_TERRITORIES)
def upload_territories() -> ResponseReturnValue:
    """Take a file of territories."""
    _need_everywhere()
    return _upload(TERRITORIES)


@bp.route("/people/import/<token>", methods=["GET", "POST"])
@requires(MANAGE_PEOPLE)
def review_people(token: str) -> ResponseReturnValue:
    """Show what each row of a file of people would do, and save it."""
    return _review(PEOPLE, token, ConfirmPeopleForm())


@bp.route("/institutions/import/<token>", methods=["GET", "POST"])
@requires(MANAGE_INSTITUTIONS)
def review_institutions(token: str) -> ResponseReturnValue:
    """Show what each row of a file of institutions would do, and save it."""
    return _review(INSTITUTIONS, token, ConfirmForm())


@bp.route("/territories/import/<token>", methods=["GET", "POST"])
@requires(MANAGE_TERRITORIES)
def review_territories(token: str) -> ResponseReturnValue:
    """Show what each row of a file of territories would do, and save it."""
    _need_everywhere()
    return _review(TERRITORIES, token, ConfirmForm())


@bp.get("/people/import/<token>/errors.csv")
@bp.get("/people/import/<token>/errors.xlsx")
@requires(MANAGE_PEOPLE)
def errors_people(token: str) -> ResponseReturnValue:
    """Give back the rows of a file of people that cannot be saved, each with its reason."""
    return _errors(PEOPLE, token)


@bp.get("/institutions/import/<token>/errors.csv")
@bp.get("/institutions/import/<token>/errors.xlsx")
@requires(MANAGE_INSTITUTIONS)
def errors_institutions(token: str) -> ResponseReturnValue:
    """Give back the rows of a file of institutions that cannot be saved, each with its reason."""
    return _errors(INSTITUTIONS, token)


@bp.get("/territories/import/<token>/errors.csv")
@bp.get("/territories/import/<token>/errors.xlsx")
@requires(MANAGE_TERRITORIES)
def errors_territories(token: str) -> ResponseReturnValue:
    """Give back the rows of a file of territories that cannot be saved, each with its reason."""
    _need_everywhere()
    return _errors(TERRITORIES, token)


@bp.get("/people/import/model.csv")
@bp.get("/people/import/model.xlsx")
@requires(MANAGE_PEOPLE)
def model_people() -> ResponseReturnValue:
    """Give an empty file with the columns of people."""
    return _model(PEOPLE)


@bp.get("/institutions/import/model.csv")
@bp.get("/institutions/import/model.xlsx")
@requires(MANAGE_INSTITUTIONS)
def model_institutions() -> ResponseReturnValue:
    """Give an empty file with the columns of institutions."""
    return _model(INSTITUTIONS)


@bp.get("/territories/import/model.csv")
@bp.get("/territories/import/model.xlsx")
@requires(MANAGE_TERRITORIES)
def model_territories() -> ResponseReturnValue:
    """Give an empty file with the columns of territories."""
    _need_everywhere()
    return _model(TERRITORIES)


def _need_everywhere() -> None:
    """Refuse whoever administers only some programmes: the catalogue is everybody's."""
    if not current_actor().reach(MANAGE_TERRITORIES).everywhere:
        raise Forbidden


def _upload(kind: Kind) -> ResponseReturnValue:
    form = UploadForm()
    if form.validate_on_submit():
        content, name = form.file.data.read(), form.file.data.filename or kind.model_file
        try:
            sheet = read_table(content, most_rows=kind.most_rows)
            return go(_keep(kind, sheet, content, name))
        except (FileUnreadable, ColumnsMissing) as refusal:
            form.refuse("file", refusal.message)
    return render("intake/upload.html", kind=kind, form=form, status=422 if form.errors else 200)


def _keep(kind: Kind, sheet: Sheet, content: bytes, name: str) -> str:
    """Keep a file and return the address of its dry run; a long one is judged part by part."""
    actor = current_actor()
    if len(sheet.rows) > MOST_ROWS:
        run = start_run(sheet, name=name, form=form_of(content), actor=actor, now=now())
        return url_for("long_files.page", run_id=run.id)
    kind.plan(sheet, actor)
    token = keep_upload(content, name=name, kind=kind.name, actor=actor, now=now())
    return url_for(f"intake.review_{kind.name}", token=token)


def _review(kind: Kind, token: str, form: ConfirmForm) -> ResponseReturnValue:
    actor = current_actor()
    upload = open_upload(token, kind=kind.name, actor=actor)
    sheet = read_table(upload.content)
    if form.validate_on_submit():
        say(_said(kind.save(sheet, actor, now(), form.wishes)))
        return go(url_for(f"intake.review_{kind.name}", token=token))
    verdicts = _verdicts(kind, sheet)
    wanted = request.args.get("outcome", "")
    shown = [each for each in verdicts if each.outcome == wanted] if wanted in set(Outcome) else verdicts
    return render(
        "intake/review.html",
        kind=kind,
        form=form,
        token=token,
        file_name=upload.name,
        ending=form_of(upload.content).value,
        tally=tally(verdicts),
        total=len(verdicts),
        wanted=wanted,
        outcomes=Outcome,
        page=page_of(shown, page_number(), per_page=50),
    )


def _errors(kind: Kind, token: str) -> ResponseReturnValue:
    upload = open_upload(token, kind=kind.name, actor=current_actor())
    sheet = read_table(upload.content)
    bad = [each for each in _verdicts(kind, sheet) if each.outcome in LEFT_OUT]
    old = sheet.find([REASON])
    kept = [at for at in range(len(sheet.header)) if at != old]
    columns = [*(Column(sheet.header[at]) for at in kept), Column(REASON)]
    rows = [[*(each.row.cells[at] for at in kept), each.detail] for each in bad]
    content = write_like(Table(columns, rows), upload.content, title=_("Filas por corregir"))
    return _file(content, f"errores-{kind.model_file}", form_of(content))


def _model(kind: Kind) -> ResponseReturnValue:
    table = Table([Column(each.label) for each in kind.fields], [])
    if request.path.endswith(Form.XLSX.value):
        return _file(to_xlsx(table, title=kind.title), kind.model_file, Form.XLSX)
    return _file(to_csv(table), kind.model_file, Form.CSV)


def _file(content: bytes, name: str, form: Form) -> Response:
    named = f"{name.removesuffix('.csv')}.{form.value}"
    disposition = {"Content-Disposition": f'attachment; filename="{named}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=MEDIA[form], headers=disposition)


def _verdicts(kind: Kind, sheet: Sheet) -> Sequence[Verdict]:
    return [plan.verdict for plan in kind.plan(sheet, current_actor())]


def _said(done: Tally) -> str:
    if not done.to_save:
        return str(_("No había nada nuevo por guardar."))
    sentence: str = _(
        "Archivo guardado. Filas nuevas: %(added)s; con cambios: %(changed)s; con error, sin guardar: %(errors)s.",
        added=done[Outcome.ADD],
        changed=done[Outcome.CHANGE],
        errors=done[Outcome.ERROR],
    )
    return sentence
