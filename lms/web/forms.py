"""Forms: the base with Spanish messages, and the fields that the product uses."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from lms.core.i18n import _l, current_language
from lms.core.text import Text


class BaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form with CSRF whose messages speak the person's language."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF ships no types
        """Take the language of each request."""

        def get_translations(self, form: object) -> Any:
            """Return WTForms' own messages in the language of the request."""
            self.locales = [current_language()]
            return super().get_translations(form)

    def refuse(self, field: str, message: Text) -> None:
        """Put a refusal of the service beside the field it is about."""
        target = self[field]
        target.errors = [*target.errors, str(message)]


def strip(value: str | None) -> str | None:
    """Return text without white space at its ends: a filter for text fields."""
    return value.strip() if isinstance(value, str) else value


def one_line(value: str | None) -> str | None:
    """Return text with single spaces and no line ends: no browser sends them from a field of one line."""
    return " ".join(value.split()) if isinstance(value, str) else value


class TextField(StringField):
    """One line of text, stripped: it may become the subject of an e-mail."""

    def __init__(self, label: Text, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        """Add the filter that keeps it one line."""
        super().__init__(cast("str", label), list(validators), filters=[one_line], **kwargs)


class ChoiceField(SelectField):
    """One of a list; ``fill`` sets the choices from rows of (value, label)."""

    def fill(self, choices: Iterable[tuple[str, Text]], empty: Text | None = None) -> None:
        """Set the choices, with a first empty one when asked."""
        rows = [SelectChoice(str(value), str(label)) for value, label in choices]
        self.choices = [SelectChoice("", str(empty)), *rows] if empty is not None else rows


NO_CASES = _l("No escriba aquí datos de casos ni de personas reales.")
"""Help text that every free-text box carries."""
