"""The control of a form field with everything that ties it to its label, its help and its error."""

from collections.abc import Mapping

from markupsafe import Markup
from wtforms import Field, RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput


def control_kind(field: Field) -> str:
    """Return how a field is laid out: hidden, checkbox, radio, checkboxes, file, or box for all others."""
    if isinstance(field, RadioField):
        return "radio"
    if isinstance(field, SelectMultipleField) and isinstance(field.option_widget, CheckboxInput):
        return "checkboxes"
    kind = str(getattr(field.widget, "input_type", ""))
    return kind if kind in {"hidden", "checkbox", "file"} else "box"


def control(field: Field, *, hint: str = "", attrs: Mapping[str, object] | None = None) -> Markup:
    """Return the field's control: invalid when it has errors, described by its help and its error."""
    own = dict(attrs or {})
    if control_kind(field) == "box":
        own["class"] = f"input {own.get('class', '')}".strip()
    own["aria-describedby"] = described_by(field, hint=hint) or False
    own["aria-invalid"] = "true" if field.errors else False
    return Markup(field(**own))  # noqa: S704 - WTForms escapes what it renders


def described_by(field: Field, *, hint: str = "") -> str:
    """Return the ids of the help and the error of a field, as they stand on the page."""
    ids = (f"{field.id}-help" if hint else "", f"{field.id}-error" if field.errors else "")
    return " ".join(filter(None, ids))
