"""What happened to patterns: a person put one aside, or took it up again."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class PatternPutAside(Event):
    """Somebody looked at a pattern in the attempts of a cohort, which is the subject; names nobody."""

    code = "analysis.pattern-put-aside"
    sentence = _l("Se dio por visto algo para conversar de una evaluación.")
    unit_id: UUID
    rule: str


@dataclass(frozen=True, kw_only=True)
class PatternTakenUp(Event):
    """Somebody wants to see a pattern again that had been put aside; the cohort is the subject."""

    code = "analysis.pattern-taken-up"
    sentence = _l("Volvió a la lista algo para conversar de una evaluación.")
    unit_id: UUID
    rule: str
