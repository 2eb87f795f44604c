"""How people read what agreements are made of."""

from collections.abc import Mapping
from typing import Final

from lms.core.i18n import _l
from lms.core.text import Text
from lms.institutions.agreements.rules import (
    AgreementKind,
    AmendmentKind,
    Channel,
    DutyKind,
    DutyState,
    PartyRole,
    Standing,
)

KINDS: Final[Mapping[AgreementKind, Text]] = {
    AgreementKind.RECOGNITION: _l("Convenio de reconocimiento"),
    AgreementKind.FRAMEWORK: _l("Convenio marco"),
    AgreementKind.SPECIFIC: _l("Convenio específico"),
    AgreementKind.INTENT: _l("Carta de intención"),
    AgreementKind.LOCAL: _l("Acuerdo local o cantonal"),
    AgreementKind.UNIVERSITY: _l("Memorando con una universidad"),
    AgreementKind.INTERNATIONAL: _l("Memorando con un organismo internacional"),
}
ROLES: Final[Mapping[PartyRole, Text]] = {
    PartyRole.SIGNATORY: _l("Parte"),
    PartyRole.COOPERATING: _l("Cooperante"),
    PartyRole.ACADEMIC: _l("Academia"),
    PartyRole.BENEFICIARY: _l("Beneficiaria"),
    PartyRole.DONOR: _l("Donante"),
    PartyRole.WITNESS: _l("Testigo de honor"),
}
STANDINGS: Final[Mapping[Standing, Text]] = {
    Standing.DRAFT: _l("Por firmar"),
    Standing.UPCOMING: _l("Por empezar"),
    Standing.IN_FORCE: _l("Vigente"),
    Standing.EXPIRING: _l("Por vencer"),
    Standing.EXPIRED: _l("Vencido"),
    Standing.ENDED: _l("Terminado antes"),
}
STANDING_BADGES: Final[Mapping[Standing, str]] = {
    Standing.DRAFT: "",
    Standing.UPCOMING: "route",
    Standing.IN_FORCE: "success",
    Standing.EXPIRING: "warning",
    Standing.EXPIRED: "error",
    Standing.ENDED: "error",
}
DUTY_KINDS: Final[Mapping[DutyKind, Text]] = {
    DutyKind.OBLIGATION: _l("Obligación"),
    DutyKind.PRODUCT: _l("Producto"),
    DutyKind.CAMPAIGN: _l("Campaña"),
}
CHANNELS: Final[Mapping[Channel, Text]] = {
    Channel.IN_PERSON: _l("Actividades presenciales"),
    Channel.RADIO: _l("Radio"),
    Channel.TELEVISION: _l("Televisión"),
    Channel.SOCIAL: _l("Redes sociales"),
    Channel.MESSAGES: _l("Mensajes a teléfonos"),
    Channel.PRINT: _l("Material impreso"),
    Channel.STREET: _l("Vía pública y transporte"),
    Channel.MIXED: _l("Varios medios"),
}
STATES: Final[Mapping[DutyState, Text]] = {
    DutyState.PENDING: _l("Pendiente"),
    DutyState.UNDER_WAY: _l("En curso"),
    DutyState.CONSULTED: _l("Socializado"),
    DutyState.APPROVED: _l("Aprobado"),
    DutyState.DELIVERED: _l("Publicado o entregado"),
    DutyState.FULFILLED: _l("Cumplida"),
    DutyState.CANCELLED: _l("Sin efecto"),
}
STATE_BADGES: Final[Mapping[DutyState, str]] = {
    DutyState.PENDING: "",
    DutyState.UNDER_WAY: "route",
    DutyState.CONSULTED: "route",
    DutyState.APPROVED: "maize",
    DutyState.DELIVERED: "success",
    DutyState.FULFILLED: "success",
    DutyState.CANCELLED: "",
}
AMENDMENTS: Final[Mapping[AmendmentKind, Text]] = {
    AmendmentKind.EXTENSION: _l("Prórroga"),
    AmendmentKind.ADDENDUM: _l("Adenda"),
    AmendmentKind.TERMINATION: _l("Terminación anticipada"),
}
