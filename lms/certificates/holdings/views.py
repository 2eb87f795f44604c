"""A person's record of documents and hours, and the documents of an institution's people."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.queries import get_person
from lms.attendance.hours import words as hours_words
from lms.certificates.holdings import queries, words
from lms.certificates.holdings.forms import HoldingsFilter
from lms.certificates.holdings.transcript import draw_transcript
from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.permissions import CertificatePermission
from lms.certificates.issuing.policies import DEFAULT_DESIGN
from lms.certificates.issuing.queries import list_held, list_replaced
from lms.certificates.issuing.words import KINDS, STATES
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.db import db
from lms.core.i18n import _
from lms.core.pdf_faces import SignMissing
from lms.core.policy import requires
from lms.institutions.directory.access import access_institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.web.attachments import attachment
from lms.web.kit import go, page_number, render, say
from lms.web.paging import paginate
from lms.web.table_files import table_file

bp = Blueprint("holdings", __name__, url_prefix="/certificates", template_folder="templates")


@bp.get("/record")
@requires(CertificatePermission.HOLD)
def record() -> ResponseReturnValue:
    """Show everything that the actor holds, with its versions, links and ends, and their hours line by line."""
    person_id, moment = current_actor().person_id, now()
    held = list_held(person_id) if person_id else ()
    courses = queries.list_courses(person_id, moment) if person_id else []
    return render(
        "holdings/record.html",
        held=[(each, each.document) for each in held],
        replaced={each.id: list_replaced(each.id) for each in held if each.version > 1},
        courses=courses,
        minutes=queries.minutes_of(courses),
        shown_of=words.shown_of,
        SHOWN=words.SHOWN,
        KINDS=KINDS,
        STATES=STATES,
        words=hours_words,
        today=today(),
        moment=moment,
    )


@bp.get("/record/hours.<ending>")
@requires(CertificatePermission.HOLD)
def hours_file(ending: str) -> ResponseReturnValue:
    """Give the lines of the actor's hours as a file: to calculate with, or to print."""
    actor, moment = current_actor(), now()
    courses = queries.list_courses(actor.person_id, moment) if actor.person_id else []
    if ending == "pdf" and actor.person_id:
        return _printed_hours(get_person(actor.person_id).name, courses, moment)
    return table_file(words.hours_table(courses), title=_("Horas"), name=_("horas"), ending=ending)


def _printed_hours(name: str, courses: Sequence[queries.Course], moment: datetime) -> ResponseReturnValue:
    design = current_settings().designs_dir / DEFAULT_DESIGN
    try:
        pdf = draw_transcript(design, name, courses, day=today(), made_at=moment)
    except SignMissing:
        say(_("La tipografía del documento no tiene alguna letra de su nombre o de sus cursos."), "error")
        return go(url_for("holdings.record"))
    file_name = _("horas")
    return attachment(pdf, kind="pdf", name=f"{file_name}.pdf")


@bp.get("/institutions/<uuid:institution_id>")
@requires(CertificatePermission.READ)
def institution(institution_id: UUID) -> ResponseReturnValue:
    """List who of an institution holds what, and what ends."""
    actor = current_actor()
    found = access_institution(actor, DirectoryPermission.READ, institution_id)
    form = HoldingsFilter(request.args)
    form.fill()
    held = queries.held_in(actor, found)
    narrowed = queries.narrowed(held, form.wanted, today()).with_only_columns(Certificate.id)
    return render(
        "holdings/institution.html",
        institution=found,
        form=form,
        counts=queries.count_held(held, today()),
        page=paginate(
            narrowed, page_number(), read=lambda ids: queries.documents_of(ids, form.wanted, today())
        ),
        is_filtered=form.wanted.is_narrow,
        reminders=queries.list_reminders(held),
        shown_of=words.shown_of,
        SHOWN=words.SHOWN,
        KINDS=KINDS,
        today=today(),
    )


@bp.get("/institutions/<uuid:institution_id>/list.<ending>")
@requires(CertificatePermission.READ)
def institution_file(institution_id: UUID, ending: str) -> Response:
    """Give the list as it is narrowed on the screen as a file."""
    actor = current_actor()
    found = access_institution(actor, DirectoryPermission.READ, institution_id)
    form = HoldingsFilter(request.args)
    form.fill()
    statement = queries.narrowed(queries.held_in(actor, found), form.wanted, today())
    table = words.table_of(db.session.scalars(statement), today())
    return table_file(table, title=_("Documentos"), name=_("documentos"), ending=ending)
