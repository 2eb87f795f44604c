"""What becomes of standings when two records of one person become one: nothing, both are counted again."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="tallies.standing",
        label=_l("Lo que suma en los informes"),
        table="report_standing",
        column="person_id",
        stays_because=_l("Se cuenta otra vez desde las inscripciones de cada registro."),
    )
]
