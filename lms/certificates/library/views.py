"""Designs of the installation: all of them, an uploaded one with its samples, publishing it."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, request, send_file, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.designs.draw import draw
from lms.certificates.designs.folder import Design
from lms.certificates.designs.sample import SAMPLE_PICTURES, SAMPLES
from lms.certificates.library import queries, service
from lms.certificates.library.errors import DesignNameTaken, DesignUnfit, VersionNotNew
from lms.certificates.library.forms import UploadForm
from lms.certificates.library.models import CertificateDesign
from lms.certificates.library.permissions import LibraryPermission
from lms.certificates.library.shelf import find_design, list_shelf, unpacked
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import Forbidden, NotFound
from lms.core.i18n import _, _l
from lms.core.policy import requires
from lms.web.kit import go, render, say

bp = Blueprint("designs", __name__, url_prefix="/certificate-designs", template_folder="templates")
MANAGE = LibraryPermission.MANAGE
SAMPLE_WORDS = {
    "short": _l("Nombre corto"),
    "long": _l("Nombre muy largo, dos autoridades y desglose"),
    "kichwa": _l("Nombre kichwa"),
    "attendance": _l("Constancia de participación"),
}


@bp.get("/")
@requires(MANAGE)
def index() -> ResponseReturnValue:
    """List every design, and what is being looked at."""
    _need_everywhere()
    return _index(UploadForm(formdata=None))


@bp.post("/")
@requires(MANAGE)
def upload() -> ResponseReturnValue:
    """Check a ZIP and show it."""
    _need_everywhere()
    form = UploadForm()
    if not form.validate_on_submit():
        return _index(form, status=422)
    content = form.file.data.read()
    try:
        row = service.upload(content, name=str(form.name.data), actor=current_actor(), now=now())
    except DesignUnfit as refusal:
        return _index(form, problems=refusal.problems, status=422)
    except DesignNameTaken as refusal:
        form.refuse("name", str(refusal.message))
        return _index(form, status=422)
    except VersionNotNew as refusal:
        form.refuse("file", str(refusal.message))
        return _index(form, status=422)
    say(_("El diseño pasó la revisión. Mírelo antes de publicarlo."))
    return go(url_for("designs.design", design_id=row.id))


@bp.get("/<uuid:design_id>")
@requires(MANAGE)
def design(design_id: UUID) -> ResponseReturnValue:
    """Show an uploaded version with its samples."""
    row = _get(design_id)
    return render(
        "library/design.html",
        row=row,
        design=unpacked(row),
        samples={key: SAMPLE_WORDS[key] for key in SAMPLES},
    )


@bp.get("/<uuid:design_id>/sample.pdf")
@requires(MANAGE)
def sample(design_id: UUID) -> ResponseReturnValue:
    """Draw an invented document with an uploaded version: with a short, a long or a Kichwa name, or for attendance."""
    return _sample(unpacked(_get(design_id)), request.args.get("name", "short"))


@bp.get("/shelf/<name>.pdf")
@requires(MANAGE)
def shelf_sample(name: str) -> ResponseReturnValue:
    """Draw an invented document with a design that programmes may choose."""
    _need_everywhere()
    if name not in {each.name for each in list_shelf()}:
        raise NotFound
    return _sample(find_design(name), "kichwa")


def _sample(design: Design, wanted: str) -> ResponseReturnValue:
    data = SAMPLES.get(wanted)
    if data is None:
        raise NotFound
    pdf = draw(design, data, made_at=now(), pictures=SAMPLE_PICTURES)
    return send_file(BytesIO(pdf), mimetype="application/pdf", download_name=f"{design.name}.pdf")


@bp.post("/<uuid:design_id>/publish")
@requires(MANAGE)
def publish(design_id: UUID) -> ResponseReturnValue:
    """Let documents be drawn with a version."""
    row = _get(design_id)
    service.publish(row, actor=current_actor(), now=now())
    say(_("Publicado. Los programas que eligieron este diseño lo usan en lo que emitan desde ahora."))
    return go(url_for("designs.design", design_id=row.id))


@bp.post("/<uuid:design_id>/discard")
@requires(MANAGE)
def discard(design_id: UUID) -> ResponseReturnValue:
    """Remove a version that was never published."""
    service.discard(_get(design_id), actor=current_actor(), now=now())
    say(_("Diseño descartado."))
    return go(url_for("designs.index"))


def _get(design_id: UUID) -> CertificateDesign:
    _need_everywhere()
    return queries.get_uploaded(design_id)


def _need_everywhere() -> None:
    """Refuse whoever administers only some programmes: a design is everybody's."""
    if not current_actor().reach(MANAGE).everywhere:
        raise Forbidden


def _index(form: UploadForm, *, problems: tuple[str, ...] = (), status: int = 200) -> ResponseReturnValue:
    return render(
        "library/index.html",
        shelf=list_shelf(),
        uploaded=queries.list_uploaded(),
        form=form,
        problems=problems,
        status=status,
    )
