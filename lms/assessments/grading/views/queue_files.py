"""The queue of whoever grades as a file: the rows of the screen, names hidden as there."""

from typing import Final
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from lms.assessments.grading import queries
from lms.assessments.grading.forms import QueueFilter
from lms.assessments.grading.permissions import GradingPermission
from lms.assessments.grading.queries import FIRST, GRADED, SECOND, THIRD, QueueRow
from lms.core.auth import current_actor
from lms.core.context import current_settings
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.policy import requires
from lms.core.tabular import Cell, Column, Kind, Table
from lms.learning.access import access_cohort
from lms.web.table_files import table_file

bp = Blueprint("grading_files", __name__, url_prefix="/grading")
STATES: Final = {
    GRADED: _l("Calificada"),
    THIRD: _l("Difieren"),
    SECOND: _l("Falta la segunda"),
    FIRST: _l("Sin calificar"),
}
COLUMNS: Final = (
    Column(_l("Evaluación")),
    Column(_l("Pregunta")),
    Column(_l("Persona")),
    Column(_l("Cohorte")),
    Column(_l("Espera desde"), Kind.MOMENT),
    Column(_l("Estado")),
    Column(_l("Calificación"), Kind.PERCENT),
)


@bp.get("/queue.<ending>")
@requires(GradingPermission.GRADE)
def index_file(ending: str) -> ResponseReturnValue:
    """Give the whole list of all cohorts, with the filters of the address."""
    return _file(None, ending)


@bp.get("/cohorts/<uuid:cohort_id>/queue.<ending>")
@requires(GradingPermission.GRADE)
def cohort_file(cohort_id: UUID, ending: str) -> ResponseReturnValue:
    """Give the whole list of one cohort, with the filters of the address."""
    return _file(access_cohort(current_actor(), GradingPermission.GRADE, cohort_id).id, ending)


def _file(cohort_id: UUID | None, ending: str) -> ResponseReturnValue:
    actor, form = current_actor(), QueueFilter(request.args)
    quizzes = queries.list_graded_quizzes(actor, cohort_id)
    form.fill(quizzes)
    found = db.session.execute(queries.queue(actor, quizzes, form.wanted(quizzes, cohort_id)))
    table = Table(columns=COLUMNS, rows=[_cells(queries.read_row(row)) for row in found])
    return table_file(table, title=_l("Por calificar"), name="por-calificar", ending=ending)


def _cells(row: QueueRow) -> list[Cell]:
    sent_at = row.sent_at.astimezone(current_settings().zone)
    earned = None if row.earned is None else round(float(row.earned), 4)
    return [row.quiz, row.question_id, row.name, row.cohort, sent_at, str(STATES[row.state]), earned]
