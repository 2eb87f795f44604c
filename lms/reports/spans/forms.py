"""Forms about spans."""

from collections.abc import Mapping
from datetime import date

from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import TextInput

from lms.core.i18n import _l
from lms.reports.spans.rules import read_month
from lms.reports.tallies.models import LONGEST_LABEL
from lms.web.forms import BaseForm, TextField


class MonthInput(TextInput):
    """A field of a month; a browser that has none shows a line of text."""

    input_type = "month"


class MonthField(TextField):
    """A month as the browser sends it, 2026-03, or as people type it, 03/2026; what was typed stays in it."""

    widget = MonthInput()

    @property
    def month(self) -> date | None:
        """Return the first day of the month; None for what is none."""
        return read_month(self.data or "")

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 - WTForms passes it
        """Refuse what is no month."""
        if self.month is None:
            raise ValidationError(_l("Escriba un mes y su año, por ejemplo 2026-03 o 03/2026."))


class SpanForm(BaseForm):
    """What a span is called, and its months."""

    label = TextField(
        _l("Nombre"),
        [
            DataRequired(_l("Escriba cómo se llama.")),
            Length(max=LONGEST_LABEL, message=_l("Escriba como mucho 120 letras.")),
        ],
        description=_l("Como se leerá en el informe: «Convenio con la universidad», «Primer semestre»."),
    )
    first = MonthField(_l("Desde el mes"), description=_l("Se cuenta entero, desde su primer día."))
    last = MonthField(_l("Hasta el mes"), description=_l("Se cuenta entero, hasta su último día."))

    def suggest(self, args: Mapping[str, str]) -> None:
        """Show what the address proposes, as the page of an agreement does."""
        self.label.data = " ".join(args.get("label", "").split())[:LONGEST_LABEL]
        self.first.data, self.last.data = (
            args.get(name, "") if read_month(args.get(name, "")) else "" for name in ("first", "last")
        )
