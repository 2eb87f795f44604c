"""Forms about notices."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, ClassVar, cast

from wtforms import BooleanField, IntegerField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.attendance.notices.models import CohortNotice
from lms.attendance.notices.rules import LONGEST_EXTRA, NoticeKind, NoticeValues, Quiet
from lms.attendance.notices.words import AMOUNTS, MOST
from lms.core.i18n import _l
from lms.web.forms import BaseForm, strip


class NoticesForm(BaseForm):
    """What a cohort says of each kind of notice; ``notices_form`` adds three fields for each."""

    kinds: ClassVar[Sequence[NoticeKind]] = ()

    def show(self, settings: Mapping[NoticeKind, CohortNotice]) -> None:
        """Put what holds now into the form."""
        for kind in self.kinds:
            setting = settings[kind]
            self[f"on_{kind.name}"].data = setting.is_on
            self[f"amount_{kind.name}"].data = setting.amount
            self[f"extra_{kind.name}"].data = setting.extra

    def values(self) -> dict[NoticeKind, NoticeValues]:
        """Return what was typed, once the form is valid."""
        return {
            kind: NoticeValues(
                is_on=bool(self[f"on_{kind.name}"].data),
                amount=int(self[f"amount_{kind.name}"].data),
                extra=str(self[f"extra_{kind.name}"].data or ""),
            )
            for kind in self.kinds
        }


def notices_form(kinds: Sequence[NoticeKind]) -> NoticesForm:
    """Return a form with three fields for each of these kinds."""
    fields: dict[str, Any] = {"kinds": tuple(kinds)}
    for kind in kinds:
        fields[f"on_{kind.name}"] = BooleanField(_l("Encendido"))
        fields[f"amount_{kind.name}"] = IntegerField(
            cast("str", AMOUNTS[kind]),
            [
                InputRequired(_l("Escriba un número.")),
                NumberRange(1, MOST[kind], _l("Escriba un número mayor que cero y no tan alto.")),
            ],
        )
        fields[f"extra_{kind.name}"] = TextAreaField(
            _l("Una frase más"),
            [Optional(), Length(max=LONGEST_EXTRA)],
            description=_l(
                "Sin formato. Puede usar {nombre}, {curso}, {cohorte} y {cierre}. "
                "No escriba aquí datos de casos ni de personas reales."
            ),
            filters=[strip],
        )
    return cast("NoticesForm", type("CohortNoticesForm", (NoticesForm,), fields)())


class QuietForm(BaseForm):
    """When a programme writes to nobody."""

    starts = TimeField(_l("Desde las"), [InputRequired(_l("Escriba la hora."))])
    ends = TimeField(
        _l("Hasta las"),
        [InputRequired(_l("Escriba la hora."))],
        description=_l("Con la misma hora en los dos, no hay horario de silencio entre semana."),
    )
    on_weekends = BooleanField(_l("Tampoco en sábado ni domingo"))

    def show(self, quiet: Quiet) -> None:
        """Put what holds now into the form."""
        self.starts.data, self.ends.data, self.on_weekends.data = quiet.starts, quiet.ends, quiet.on_weekends

    def quiet(self) -> Quiet:
        """Return what was typed, once the form is valid."""
        starts, ends = cast("time", self.starts.data), cast("time", self.ends.data)
        return Quiet(starts=starts, ends=ends, on_weekends=self.on_weekends.data)
