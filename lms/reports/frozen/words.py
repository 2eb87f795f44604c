"""The words of quarterly reports: steps, states, forms, and what each column counts."""

from collections.abc import Iterable

from lms.core.i18n import _, _l
from lms.core.text import Text
from lms.plugins.reports import Indicator
from lms.reports.frozen.models import VersionState
from lms.reports.frozen.rules import Quarter
from lms.reports.frozen.snapshot import Definition
from lms.reports.indicators import NOT_COUNTED

STATIONS: dict[str, Text] = {
    "enrolled": _l("Inscritas"),
    "started": _l("Iniciaron"),
    "halfway": _l("Mitad del curso"),
    "completed": _l("Completaron"),
    "certified": _l("Con constancia"),
}
STATES: dict[VersionState, Text] = {
    VersionState.DRAFT: _l("Borrador"),
    VersionState.MAKING: _l("En preparación"),
    VersionState.ISSUED: _l("Emitido"),
}
BADGES = {VersionState.DRAFT: "maize", VersionState.MAKING: "route", VersionState.ISSUED: "success"}
FORMS: dict[str, Text] = {
    "pdf": _l("PDF para leer y firmar"),
    "xlsx": _l("Libro de Excel"),
    "zip": _l("CSV, un archivo por tabla"),
    "json": _l("Datos en JSON"),
}
LICENCE = _l(
    "Estas cifras se pueden usar, copiar y compartir con cualquier fin si se cita a quien las publica, el folio "
    "y la fecha de corte."
)
ORDINALS: dict[int, Text] = {
    1: _l("Primer trimestre"),
    2: _l("Segundo trimestre"),
    3: _l("Tercer trimestre"),
    4: _l("Cuarto trimestre"),
}
_DEFINITIONS: tuple[tuple[Text, Text], ...] = (
    (
        _l("Meta"),
        _l("Parte de las inscritas que debe completar; la de la institución o, si no tiene, la del programa."),
    ),
    (_l("Quién no cuenta"), NOT_COUNTED),
    (
        _l("Completaron en el trimestre"),
        _l(
            "Personas que completaron un curso en sus tres meses, aunque se inscribieran antes; cada una cuenta una "
            "vez, en el último que completó. De cinco en cinco, hacia abajo."
        ),
    ),
    (
        _l("Avance mes a mes"),
        _l("Acumulado de quienes completaron: de cinco en cinco personas y, en el último mes, todas."),
    ),
    (
        _l("<5 y «protegido»"),
        _l(
            "Los grupos de menos de cinco personas no se muestran, ni las celdas con las que se podrían calcular. "
            "Sí cuentan en los totales. Los datos ocultos tampoco están en los archivos."
        ),
    ),
)  # fmt: skip


def definitions(indicators: Iterable[Indicator] = ()) -> tuple[Definition, ...]:
    """Return what each word of the tables means, in the language of the report."""
    own = (Definition(term=str(term), text=str(text)) for term, text in _DEFINITIONS)
    counted = (
        Definition(
            term=str(each.label), text=" ".join(filter(None, (str(each.definition), str(each.footnote))))
        )
        for each in indicators
    )
    return (*counted, *own)


def quarter_words(quarter: Quarter) -> str:
    """Return a quarter as people say it: Cuarto trimestre de 2026."""
    return str(_("%(quarter)s de %(year)s", quarter=ORDINALS[quarter.number], year=quarter.year))
