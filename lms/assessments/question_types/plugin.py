"""The kinds of question that come with the product join it through the hook that anybody's would use."""

from flask import Blueprint

from lms.assessments.question_types.arranged import Matching, Ordering
from lms.assessments.question_types.choices import MultipleChoice, SingleChoice, TrueFalse
from lms.assessments.question_types.cloze import Cloze
from lms.assessments.question_types.essay import Essay
from lms.assessments.question_types.file import FileAnswer
from lms.assessments.question_types.likert import Likert
from lms.assessments.question_types.written import Numeric, ShortText
from lms.plugins.hooks import hookimpl
from lms.plugins.questions import QuestionType
from lms.plugins.slices import Slice

bp = Blueprint("question_types", __name__, template_folder="templates")
"""Has no pages: it brings the templates that draw the questions."""


@hookimpl
def register_slice() -> Slice:
    """Declare the templates of the questions."""
    return Slice(name="question_types", blueprints=(bp,))


@hookimpl
def register_question_types() -> list[QuestionType]:
    """Return the kinds of the product."""
    return [
        SingleChoice(),
        MultipleChoice(),
        TrueFalse(),
        ShortText(),
        Numeric(),
        Matching(),
        Ordering(),
        Cloze(),
        Essay(),
        FileAnswer(),
        Likert(),
    ]
