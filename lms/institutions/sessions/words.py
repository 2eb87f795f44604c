"""How people read sessions and what becomes of them."""

from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from lms.core.i18n import _, _l, n_
from lms.core.text import Text
from lms.institutions.programmes.models import Programme
from lms.institutions.sessions.models import Sitting
from lms.institutions.sessions.rules import (
    AccordState,
    Modality,
    PresenceKind,
    ProposalState,
    QuorumRule,
    Recorded,
    SittingKind,
    SittingState,
)
from lms.web.formats import clock

KINDS: Final[Mapping[SittingKind, Text]] = {
    SittingKind.ORDINARY: _l("Ordinaria"),
    SittingKind.EXTRAORDINARY: _l("Extraordinaria"),
}
MODALITIES: Final[Mapping[Modality, Text]] = {
    Modality.IN_PERSON: _l("Presencial"),
    Modality.REMOTE: _l("A distancia"),
    Modality.HYBRID: _l("Presencial y a distancia"),
}
STATES: Final[Mapping[SittingState, Text]] = {
    SittingState.CONVENED: _l("Convocada"),
    SittingState.HELD: _l("Celebrada, acta por aprobar"),
    SittingState.APPROVED: _l("Acta aprobada"),
}
STATE_BADGES: Final[Mapping[SittingState, str]] = {
    SittingState.CONVENED: "route",
    SittingState.HELD: "maize",
    SittingState.APPROVED: "success",
}
PRESENCES: Final[Mapping[PresenceKind, Text]] = {
    PresenceKind.TITULAR: _l("Titular"),
    PresenceKind.ALTERNATE: _l("Alterno"),
    PresenceKind.ABSENT: _l("Ausente"),
}
PRESENCE_SEATS: Final[Mapping[PresenceKind, str]] = {
    PresenceKind.TITULAR: "present",
    PresenceKind.ALTERNATE: "partial",
    PresenceKind.ABSENT: "absent",
}
QUORUMS: Final[Mapping[QuorumRule, Text]] = {
    QuorumRule.MORE_THAN_HALF: _l("más de la mitad de los asientos"),
    QuorumRule.HALF: _l("al menos la mitad de los asientos"),
    QuorumRule.TWO_THIRDS: _l("al menos dos tercios de los asientos"),
    QuorumRule.THREE_QUARTERS: _l("al menos tres cuartos de los asientos"),
}
PROPOSALS: Final[Mapping[ProposalState, Text]] = {
    ProposalState.PENDING: _l("Por votar"),
    ProposalState.APPROVED: _l("Aprobada"),
    ProposalState.REJECTED: _l("No aprobada"),
    ProposalState.WITHDRAWN: _l("Retirada"),
}
PROPOSAL_BADGES: Final[Mapping[ProposalState, str]] = {
    ProposalState.PENDING: "maize",
    ProposalState.APPROVED: "success",
    ProposalState.REJECTED: "error",
    ProposalState.WITHDRAWN: "",
}
ACCORDS: Final[Mapping[AccordState, Text]] = {
    AccordState.PROPOSED: _l("Propuesto"),
    AccordState.PENDING: _l("Pendiente"),
    AccordState.UNDER_WAY: _l("En curso"),
    AccordState.FULFILLED: _l("Cumplido"),
    AccordState.CANCELLED: _l("Sin efecto"),
}
ACCORD_BADGES: Final[Mapping[AccordState, str]] = {
    AccordState.PROPOSED: "",
    AccordState.PENDING: "maize",
    AccordState.UNDER_WAY: "route",
    AccordState.FULFILLED: "success",
    AccordState.CANCELLED: "",
}
_ORDINALS: Final[tuple[Text, ...]] = (
    _l("Primera"), _l("Segunda"), _l("Tercera"), _l("Cuarta"), _l("Quinta"), _l("Sexta"), _l("Séptima"),
    _l("Octava"), _l("Novena"), _l("Décima"), _l("Undécima"), _l("Duodécima"),
)  # fmt: skip


def title_of(sitting: Sitting) -> str:
    """Return how a session is called: Segunda Sesión Ordinaria 2024."""
    title = (
        _("%(ordinal)s Sesión Ordinaria %(year)s", ordinal=_ordinal(sitting.number), year=sitting.year)
        if sitting.kind is SittingKind.ORDINARY
        else _(
            "%(ordinal)s Sesión Extraordinaria %(year)s", ordinal=_ordinal(sitting.number), year=sitting.year
        )
    )
    return str(title)


def _ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return str(_ORDINALS[number - 1])
    return str(_("%(number)s.ª", number=number))


def hour_of(sitting: Sitting, programme: Programme) -> str:
    """Return at what time a session begins, by the clock of its programme."""
    return clock(sitting.starts_at, timezone=ZoneInfo(programme.timezone))


def recorded(found: Recorded) -> str:
    """Return in words what was recorded since a session was opened; empty when nothing was."""
    told = []
    if found.presences:
        told.append(_("cambios en la asistencia"))
    if found.proposals:
        told.append(n_("una propuesta con resultado", "%(num)s propuestas con resultado", found.proposals))
    if found.accords:
        told.append(n_("un acuerdo", "%(num)s acuerdos", found.accords))
    return ", ".join(map(str, told))
