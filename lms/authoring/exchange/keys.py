"""What of a quiz a package can grade by itself, in the browser of a system that has no other way."""

from typing import Any, TypeGuard

from lms.courses.compiler.course import Quiz, Unit


def is_gradable(unit: Unit) -> TypeGuard[Quiz]:
    """Say whether a page can be graded outside the platform: not a survey, and a question with a list of options."""
    return isinstance(unit, Quiz) and not unit.is_survey and any(each.is_choice for each in unit.first_form)


def has_mark(unit: Unit) -> TypeGuard[Quiz]:
    """Say whether a page is passed with a mark: what is measured before or months after the course has none."""
    return is_gradable(unit) and unit.pass_mark > 0


def keys_of(quiz: Quiz) -> list[dict[str, Any]]:
    """Return the keys of the questions that can be graded, as JSON for page.js."""
    return [
        {
            "id": question.id,
            "partial": question.partial,
            "options": [
                {"key": option.key, "right": option.is_right, "feedback": option.feedback_html}
                for option in question.options
            ],
        }
        for question in quiz.first_form
        if question.is_choice
    ]
