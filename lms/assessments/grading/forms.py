"""The forms of whoever grades."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import IntegerField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.grading import queries
from lms.assessments.grading.queries import Wanted
from lms.core.i18n import _, _l
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField, strip

STATES = (
    (queries.FIRST, _l("Sin calificar")),
    (queries.SECOND, _l("Segunda calificación")),
    (queries.THIRD, _l("Calificaciones que difieren")),
    (queries.GRADED, _l("Calificadas")),
)
SORTS = (("newest", _l("Las más recientes primero")),)
KEEPS = (("own", _l("Para mí")), ("cohort", _l("Para quienes califican esta cohorte")))


class QueueFilter(BaseForm):
    """What narrows the queue; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    quiz = ChoiceField(_l("Evaluación"))
    question = ChoiceField(_l("Pregunta"))
    state = ChoiceField(_l("Estado"))
    sort = ChoiceField(_l("Orden"))

    def fill(self, quizzes: Sequence[QuizUnit]) -> None:
        """Offer the quizzes, and the questions of the one that is chosen."""
        self.quiz.fill([(str(each.id), each.quiz.title) for each in quizzes], empty=_("Todas"))
        chosen = [each for each in quizzes if str(each.id) == self.quiz.data]
        ids = [key for quiz in chosen for key in queries.graded_questions(quiz)]
        self.question.fill([(each, each) for each in ids], empty=_("Todas"))
        self.state.fill(STATES, empty=_("Por calificar"))
        self.sort.fill(SORTS, empty=_("Las que más esperan primero"))

    def wanted(self, quizzes: Sequence[QuizUnit], cohort_id: UUID | None) -> Wanted:
        """Return what was asked for; what is not offered asks for nothing."""
        unit_id = next((each.id for each in quizzes if str(each.id) == self.quiz.data), None)
        return Wanted(
            cohort_id=cohort_id,
            unit_id=unit_id,
            question_id=(self.question.data or "") if unit_id else "",
            state=self.state.data if self.state.data in dict(STATES) else queries.MINE,
            is_newest_first=self.sort.data == "newest",
        )


class GradeForm(BaseForm):
    """What a marker says besides the levels of the rubric."""

    share = IntegerField(
        _l("Calificación"),
        [Optional(), NumberRange(0, 100, _l("Escriba un número entre 0 y 100."))],
        description=_l("De 0 a 100: qué parte del punto vale."),
    )
    comment = TextAreaField(
        _l("Comentario para la persona"),
        [Optional(), Length(max=4000)],
        description=NO_CASES,
        filters=[strip],
    )
    keep = ChoiceField(_l("Guardar el comentario como frase"), [Optional()])
    reason = TextField(
        _l("Motivo del cambio"),
        [Optional(), Length(max=500)],
        description=_l("Queda en la bitácora con la calificación anterior y la nueva."),
    )

    def fill(self) -> None:
        """Offer for whom a comment is kept."""
        self.keep.fill(KEEPS, empty=_("No guardar"))
