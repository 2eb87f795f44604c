"""What the programme of the demonstration says about its documents: both kinds, with the hours line by line."""

from datetime import datetime
from fractions import Fraction
from typing import Final

from lms.attendance.hours.queries import USUAL
from lms.attendance.hours.rules import Written
from lms.attendance.hours.service import set_policy as write_hours
from lms.certificates.issuing.policies import DEFAULT_DESIGN
from lms.certificates.issuing.rules import Kind, Rule, Term
from lms.certificates.issuing.setting import PolicyValues, set_policy
from lms.core.actors import SYSTEM
from lms.institutions.programmes.models import Programme

RULES: Final = (
    Rule(kind=Kind.CERTIFICADO, asks_completion=True),
    Rule(kind=Kind.CONSTANCIA, attended_share=Fraction(4, 5)),
)
MONTHS: Final = {Kind.CERTIFICADO: 24, Kind.CONSTANCIA: None}
"""How long each is valid; null does not end."""


def write_rules(programme: Programme, *, now: datetime) -> None:
    """Write what each kind of document asks for and how long it is valid, and print the hours on a second page."""
    note = "Tercera sesión ordinaria (demostración)"
    write_hours(programme.id, Written(policy=USUAL, prints_hours=True, note=note), actor=SYSTEM, now=now)
    for rule in RULES:
        values = PolicyValues(rule=rule, term=Term(months=MONTHS[rule.kind]), design=DEFAULT_DESIGN, title="")
        set_policy(programme, None, values, actor=SYSTEM, now=now)
