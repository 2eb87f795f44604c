"""How runs of simulations follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="simulations.run",
        label=_l("Recorridos de casos"),
        table="simulation_run",
        column="enrolment_id",
        owner="enrolment",
        number="number",
        number_within=("unit_id",),
        needs="ended_at",
    )
]
