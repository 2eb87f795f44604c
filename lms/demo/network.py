"""The commission, its member institutions and who they send."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lms.core.actors import SYSTEM
from lms.demo.places import BODIES, COUNCIL_PLACES, COUNCIL_SECTORS, STATE, TERRITORY, TOWN_COUNCILS, Body
from lms.institutions.directory import service as directory
from lms.institutions.directory.models import Institution
from lms.institutions.directory.rules import Details
from lms.institutions.programmes import service as programmes
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.institutions.programmes.rules import ProgrammeValues, Scale


@dataclass(frozen=True, slots=True)
class Sent:
    """One participant's place: institution, sector and how diligent its people are."""

    place: Institution
    sector: str
    diligence: float


@dataclass(frozen=True, slots=True)
class Network:
    """The programme with its institutions by name."""

    programme: Programme
    bodies: dict[str, Institution]

    def senders(self, index: int) -> Iterator[Sent]:
        """Yield one place per participant of a cohort: a body's people are spread over its units."""
        for body in BODIES:
            offices = [self.bodies[name] for name in (body.units or (body.name,))]
            if body.name == TOWN_COUNCILS:
                yield from _councils(offices, body)
            for number in range(body.sent[index]):
                yield Sent(offices[number % len(offices)], body.sector or "protection", body.pace)


def _councils(offices: list[Institution], body: Body) -> Iterator[Sent]:
    for office in offices:
        for sector, count in COUNCIL_SECTORS:
            for _number in range(count):
                yield Sent(office, sector, body.pace)


def build_network(now: datetime) -> Network:
    """Create the programme and its institutions."""
    programme = _programme(now)
    state = _institution(STATE, None, None, now)
    bodies: dict[str, Institution] = {}
    places = dict(COUNCIL_PLACES)
    for body in BODIES:
        institution = _institution(body.name, body.sector, None if body.is_guest else state, now)
        bodies[body.name] = institution
        for name in body.units:
            bodies[name] = _institution(name, body.sector, institution, now, places.get(name, TERRITORY))
        kind = MembershipKind.PERMANENT_GUEST if body.is_guest else MembershipKind.MEMBER
        programmes.add_member(programme, institution, kind=kind, starts_on=now.date(), actor=SYSTEM, now=now)
    source = "Segunda sesión ordinaria (demostración)"
    for name, share in (("Secretaría de Salud", 0.85), ("Sistema DIF", 0.9)):
        programmes.set_target(
            programme, bodies[name], year=now.year + 1, share=share, source=source, actor=SYSTEM, now=now
        )
    return Network(programme, bodies)


def _programme(now: datetime) -> Programme:
    values = ProgrammeValues(
        code="QROO",
        name="Programa de formación de la Comisión Interinstitucional de Quintana Roo",
        issuer_name="Comisión Interinstitucional contra los Delitos en Materia de Trata de Personas",
        issuer_unit="Secretaría de Gobierno del Estado de Quintana Roo",
        country="MX",
        territory=TERRITORY,
        timezone="America/Cancun",
        scale=Scale.TEN,
        pass_mark=0.8,
        attendance_share=0.8,
        target_share=0.8,
        starts_on=now.date(),
    )
    programme = programmes.create_programme(values, actor=SYSTEM, now=now)
    posts = ("Secretaría técnica de la Comisión", "Responsable académico del curso")
    people = [("Firma de demostración", post) for post in posts]
    programmes.set_signatories(programme, people, actor=SYSTEM, now=now)
    return programme


def _institution(
    name: str, sector: str | None, parent: Institution | None, now: datetime, territory: str = TERRITORY
) -> Institution:
    return directory.create_institution(
        name=name,
        sector=sector,
        territory=territory,
        details=Details(is_group=name == TOWN_COUNCILS),
        parent=parent,
        actor=SYSTEM,
        now=now,
    )
