"""The agreements of the demonstration, its seats and its targets: in the manner of the stories, with invented facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from lms.attendance.commitments import MeetingsHeld
from lms.core.actors import SYSTEM
from lms.demo.network import Network
from lms.institutions.agreements import parts, queries, service
from lms.institutions.agreements.campaigns import add_campaign, note_reach
from lms.institutions.agreements.models import Agreement
from lms.institutions.agreements.rules import (
    AgreementKind,
    AmendmentKind,
    Channel,
    DutyKind,
    DutyState,
    PartyRole,
)
from lms.institutions.agreements.values import AgreementValues, AmendmentValues, CampaignValues, StepValues
from lms.institutions.commission.rules import HolderRank
from lms.institutions.commission.service import change_seat, name_holder
from lms.institutions.commission.values import HolderValues, SeatValues
from lms.institutions.programmes.queries import find_open_membership
from lms.institutions.targets.rules import TargetSource, TargetValues, of_workforce
from lms.institutions.targets.service import set_target
from lms.learning.commitments import PeopleTrained

FIVE_SECTORS: Final = ("seguridad", "justicia", "salud", "trabajo social", "educación")
PARTNER: Final = "Organización Internacional para las Migraciones"
RESOLUTION: Final = "Acuerdo 01 (demostración)"
POSTS: Final = {
    HolderRank.TITULAR: "Titular de la dependencia",
    HolderRank.ALTERNATE: "Dirección de área",
}
WITHOUT_ACT: Final = 707
"""The number of the one whose resolution has not come."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed: so many days from today, with the states that it passed through."""

    kind: DutyKind
    text: str
    due_in_days: int
    steps: tuple[tuple[DutyState, int, str], ...] = ()
    """State, how many days ago, and the act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An agreement of the demonstration."""

    code: str
    title: str
    kind: AgreementKind
    began_days_ago: int
    months: int
    parties: Mapping[str, PartyRole]
    duties: tuple[Duty, ...]
    is_without_funds: bool = False


CITY: Final = Draft(
    code="DEMO-CIUDAD-01",
    title="Fortalecimiento de la respuesta de una ciudad capital (demostración)",
    kind=AgreementKind.RECOGNITION,
    began_days_ago=200,
    months=24,
    is_without_funds=True,
    parties={
        "Municipio de la ciudad capital (demostración)": PartyRole.SIGNATORY,
        "Organismo regional (demostración)": PartyRole.COOPERATING,
        "Universidad (demostración)": PartyRole.ACADEMIC,
    },
    duties=(
        *(
            Duty(DutyKind.OBLIGATION, f"Capacitar a personal municipal de {sector}", 260)
            for sector in FIVE_SECTORS
        ),
        Duty(
            DutyKind.OBLIGATION,
            "Campaña preventiva en el distrito",
            -20,
            ((DutyState.UNDER_WAY, 60, "Oficio 12 (demostración)"),),
        ),
        Duty(DutyKind.PRODUCT, "Informe de avance del primer año", 165),
        Duty(DutyKind.PRODUCT, "Propuesta normativa", 380, ((DutyState.UNDER_WAY, 30, ""),)),
    ),
)
CANTON: Final = Draft(
    code="DEMO-CANTON-01",
    title="Cooperación con un gobierno cantonal (demostración)",
    kind=AgreementKind.LOCAL,
    began_days_ago=340,
    months=12,
    parties={
        "Gobierno autónomo de un cantón (demostración)": PartyRole.SIGNATORY,
        PARTNER: PartyRole.COOPERATING,
        "Agencia donante (demostración)": PartyRole.DONOR,
    },
    duties=(
        Duty(
            DutyKind.PRODUCT,
            "Plan local de prevención",
            10,
            (
                (DutyState.UNDER_WAY, 300, ""),
                (DutyState.CONSULTED, 120, "Acta de asamblea 3 (demostración)"),
                (DutyState.APPROVED, 40, "Resolución del concejo 7 (demostración)"),
            ),
        ),
        Duty(DutyKind.PRODUCT, "Ordenanza", 10, ((DutyState.UNDER_WAY, 90, ""),)),
        Duty(
            DutyKind.PRODUCT,
            "Campaña en las comunidades",
            -60,
            ((DutyState.DELIVERED, 70, "Informe 2 (demostración)"),),
        ),
    ),
)
STUDY: Final = Draft(
    code="DEMO-CANTON-02",
    title="Estudio y fortalecimiento en otro cantón (demostración)",
    kind=AgreementKind.LOCAL,
    began_days_ago=800,
    months=18,
    parties={
        "Gobierno autónomo de otro cantón (demostración)": PartyRole.SIGNATORY,
        PARTNER: PartyRole.COOPERATING,
    },
    duties=(
        Duty(
            DutyKind.PRODUCT,
            "Estudio sobre causas y formas",
            -300,
            ((DutyState.DELIVERED, 310, "Entrega 1 (demostración)"),),
        ),
        Duty(DutyKind.OBLIGATION, "Fortalecimiento institucional", -280, ((DutyState.FULFILLED, 290, ""),)),
    ),
)
VISITS: Final = Draft(
    code="DEMO-PASANTIAS-01",
    title="Pasantías profesionales entre gobiernos (demostración)",
    kind=AgreementKind.SPECIFIC,
    began_days_ago=90,
    months=36,
    parties={
        "Comisión que envía (demostración)": PartyRole.BENEFICIARY,
        "Equipo que recibe (demostración)": PartyRole.SIGNATORY,
        PARTNER: PartyRole.COOPERATING,
    },
    duties=(
        Duty(DutyKind.PRODUCT, "Ficha de la buena práctica", 30, ((DutyState.CONSULTED, 15, ""),)),
        Duty(DutyKind.OBLIGATION, "Recibir a dos personas durante cinco días", 120),
    ),
)
COMMISSION: Final = Draft(
    code="DEMO-COMISION-01",
    title="Memorando para la capacitación de la Comisión (demostración)",
    kind=AgreementKind.INTERNATIONAL,
    began_days_ago=395,
    months=18,
    is_without_funds=True,
    parties={
        "Secretaría de Gobierno": PartyRole.SIGNATORY,
        PARTNER: PartyRole.COOPERATING,
        "Sistema DIF": PartyRole.BENEFICIARY,
    },
    duties=(
        Duty(
            DutyKind.OBLIGATION,
            "Abrir dos convocatorias al año",
            60,
            ((DutyState.UNDER_WAY, 200, ""),),
        ),
    ),
)


def write_agreements(network: Network, *, now: datetime) -> None:
    """Register the agreements, name who holds the seats, and set targets with their sources."""
    city, *_others = (_register(draft, network, now) for draft in (CITY, CANTON, STUDY, VISITS))
    _run_campaign(city, now)
    memorandum = _register(COMMISSION, network, now, is_of_programme=True)
    extension = AmendmentValues(
        kind=AmendmentKind.EXTENSION,
        signed_on=now.date() - timedelta(days=45),
        months=6,
        text="Se agregan seis meses para la tercera edición.",
    )
    service.amend(memorandum, extension, actor=SYSTEM, now=now)
    _promise(memorandum, now)
    _fill_seats(network, now)
    _set_targets(network, memorandum, now)


def _register(draft: Draft, network: Network, now: datetime, *, is_of_programme: bool = False) -> Agreement:
    today = now.date()
    values = AgreementValues(
        code=draft.code,
        title=draft.title,
        kind=draft.kind,
        programme_id=network.programme.id if is_of_programme else None,
        starts_on=today - timedelta(days=draft.began_days_ago),
        months=draft.months,
        is_without_funds=draft.is_without_funds,
        holds_cohorts=is_of_programme,
    )
    agreement = service.create_agreement(values, actor=SYSTEM, now=now)
    first = None
    for name, role in draft.parties.items():
        body = network.bodies.get(name, name)
        party = parts.add_party(agreement, body, role, signed_by="Titular", actor=SYSTEM, now=now)
        first = first or party
    for duty in draft.duties:
        due_on = today + timedelta(days=duty.due_in_days)
        made = parts.add_duty(
            agreement, duty.kind, duty.text, party=first, due_on=due_on, actor=SYSTEM, now=now
        )
        for state, days_ago, act in duty.steps:
            step = StepValues(state=state, happened_on=today - timedelta(days=days_ago), reference=act)
            parts.advance_duty(made, step, actor=SYSTEM, now=now)
    return agreement


def _run_campaign(agreement: Agreement, now: datetime) -> None:
    """Note a campaign that is over, with what whoever ran it says of its reach."""
    today = now.date()
    values = CampaignValues(
        text="Nadie se va con engaños (demostración)",
        audience="Personal de hoteles y de transporte de la ciudad",
        channel=Channel.RADIO,
        place="Distrito metropolitano",
        starts_on=today - timedelta(days=75),
        ends_on=today - timedelta(days=45),
    )
    campaign = add_campaign(agreement, values, actor=SYSTEM, now=now)
    duty = queries.find_duty(agreement, campaign.duty_id)
    if duty is not None:
        done = StepValues(state=DutyState.FULFILLED, happened_on=today - timedelta(days=44))
        parts.advance_duty(duty, done, actor=SYSTEM, now=now)
        note_reach(duty, campaign, 18_400, "Estimación de la emisora (demostración)", actor=SYSTEM, now=now)


def _promise(agreement: Agreement, now: datetime) -> None:
    for sector, wanted in (("", 120), ("health", 25), ("justice", 25), ("education", 20)):
        parts.add_commitment(agreement, PeopleTrained(), wanted, sector=sector, actor=SYSTEM, now=now)
    parts.add_commitment(agreement, MeetingsHeld(), 12, actor=SYSTEM, now=now)


def _fill_seats(network: Network, now: datetime) -> None:
    """Name a titular and an alternate everywhere; one changed lately, and one has no resolution."""
    found = (
        find_open_membership(network.programme.id, body.id, now.date()) for body in network.bodies.values()
    )
    for number, seat in enumerate((seat for seat in found if seat), start=1):
        given = SeatValues(
            kind=seat.kind, starts_on=seat.starts_on, resolution=RESOLUTION, resolution_on=seat.starts_on
        )
        change_seat(seat, given, actor=SYSTEM, now=now)
        for rank, post in POSTS.items():
            serial = 700 + 2 * number + (rank is HolderRank.ALTERNATE)
            act = "" if serial == WITHOUT_ACT else f"Oficio {serial} (demostración)"
            named = HolderValues(
                rank=rank,
                name=f"Participante {serial}",
                post=post,
                starts_on=seat.starts_on,
                resolution=act,
                resolution_on=seat.starts_on if act else None,
            )
            name_holder(seat, named, actor=SYSTEM, now=now)
    _replace_one(network, now)


def _replace_one(network: Network, now: datetime) -> None:
    seat = find_open_membership(network.programme.id, network.bodies["Secretaría de Salud"].id, now.date())
    day = now.date() - timedelta(days=120)
    if seat and day > seat.starts_on:
        named = HolderValues(
            rank=HolderRank.TITULAR,
            name="Participante 799",
            post="Titular de la dependencia",
            starts_on=day,
            resolution="Oficio 799 (demostración)",
            resolution_on=day,
        )
        name_holder(seat, named, actor=SYSTEM, now=now)


def _set_targets(network: Network, agreement: Agreement, now: datetime) -> None:
    year = str(now.year)
    for name, sector, workforce in (
        ("Secretaría de Salud", "health", 450),
        ("Fiscalía General del Estado", "justice", 220),
        ("Secretaría de Educación", "education", 380),
    ):
        values = TargetValues(
            sector=sector,
            period=year,
            people=of_workforce(workforce, 10),
            source=TargetSource.WORKFORCE,
            reference="Corte de personal de enero (demostración)",
            workforce=workforce,
        )
        set_target(network.programme, network.bodies[name], values, actor=SYSTEM, now=now)
    _set_agreed(network, now)
    promised = TargetValues(
        sector="",
        period=year,
        people=20,
        source=TargetSource.AGREEMENT,
        reference="Cláusula tercera del memorando (demostración)",
    )
    set_target(
        network.programme, network.bodies["Sistema DIF"], promised, agreement=agreement, actor=SYSTEM, now=now
    )


def _set_agreed(network: Network, now: datetime) -> None:
    """Set what a session of the commission agreed: some of it reached, some not."""
    year = str(now.year)
    for name, sector, period, people in (
        ("Fiscalía General del Estado", "", year, 6),
        ("Sistema DIF", "", f"{year}-S1", 6),
        ("Sistema DIF", "protection", year, 8),
        ("Instituto Quintanarroense de la Mujer", "protection", year, 15),
        ("Secretaría de Gobierno", "justice", year, 5),
        ("Secretaría de Gobierno", "justice", str(now.year + 1), 12),
        ("Secretaría de Turismo", "tourism", year, 10),
    ):
        agreed = TargetValues(
            sector=sector,
            period=period,
            people=people,
            source=TargetSource.SESSION,
            reference="Segunda sesión ordinaria (demostración)",
        )
        set_target(network.programme, network.bodies[name], agreed, actor=SYSTEM, now=now)
