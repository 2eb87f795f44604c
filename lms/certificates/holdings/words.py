"""What the states of a list are called, and the lists as tables."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from lms.attendance.hours.words import REASONS, SOURCES
from lms.certificates.holdings.queries import Course
from lms.certificates.holdings.rules import Shown
from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.words import KINDS
from lms.core.i18n import _, _l
from lms.core.tabular import Cell, Column, Kind, Table
from lms.core.text import Text

SHOWN: Final[dict[Shown, Text]] = {
    Shown.VALID: _l("Vigente"),
    Shown.ENDING: _l("Vence en 60 días"),
    Shown.EXPIRED: _l("Venció"),
    Shown.RENEWED: _l("Se renovó"),
    Shown.REVOKED: _l("Se canceló"),
}


def shown_of(certificate: Certificate, today: date) -> Shown:
    """Return how a document stands in a list."""
    if certificate.revoked_at:
        return Shown.REVOKED
    if certificate.renewed_at:
        return Shown.RENEWED
    return Shown.EXPIRED if certificate.valid_until and certificate.valid_until < today else Shown.VALID


def table_of(certificates: Iterable[Certificate], today: date) -> Table:
    """Return an institution's documents as a table, one row each."""
    columns = (
        Column(_("Persona")), Column(_("Institución")), Column(_("Documento")), Column(_("Curso")),
        Column(_("Folio")), Column(_("Emisión"), Kind.DATE), Column(_("Vence"), Kind.DATE),
        Column(_("Se renueva desde"), Kind.DATE), Column(_("Se renueva hasta"), Kind.DATE),
        Column(_("Estado")), Column(_("Verificación")),
    )  # fmt: skip
    pairs = ((each, each.document) for each in certificates)
    rows: list[Sequence[Cell]] = [
        (
            said.printed.holder_name, said.institution, str(KINDS[each.kind]), said.printed.course_title,
            each.folio, said.issued_on, each.valid_until, each.renew_from, each.renew_until,
            str(SHOWN[shown_of(each, today)]), said.printed.verify_url,
        )
        for each, said in pairs
    ]  # fmt: skip
    return Table(columns, rows)


def hours_table(courses: Sequence[Course]) -> Table:
    """Return every line of somebody's hours, and for each course the minutes that all pages say."""
    columns = (
        Column(_("Curso")), Column(_("Qué")), Column(_("Tipo")), Column(_("Día"), Kind.DATE),
        Column(_("Registrado, segundos"), Kind.WHOLE), Column(_("Regla")),
        Column(_("Acreditado, segundos"), Kind.WHOLE), Column(_("Acreditado, minutos"), Kind.WHOLE),
    )  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for course in courses:
        hours = course.hours.hours
        rows += [
            (
                course.title, line.claim.title, str(SOURCES[line.claim.source]), line.claim.day,
                line.claim.seconds, str(REASONS[line.reason]), line.seconds, None,
            )
            for line in hours.ledger.lines
        ]  # fmt: skip
        total = _("Total del curso")
        rows.append((course.title, total, "", None, None, "", hours.ledger.seconds(), hours.minutes))
    return Table(columns, rows)
