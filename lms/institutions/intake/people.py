"""A file of people: its columns, and what each of its rows would do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from lms.accounts import rules as account_rules
from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import DomainError
from lms.core.folding import fold
from lms.core.i18n import _, _l
from lms.core.tabular import Sheet
from lms.institutions.directory import queries as directory
from lms.institutions.directory import rules as directory_rules
from lms.institutions.directory.models import Affiliation, Institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.rules import AffiliationStep, Post, check_takes_people
from lms.institutions.intake import queries
from lms.institutions.intake.errors import RowRefused, RowRepeated
from lms.institutions.intake.likeness import Alike, name_of, told
from lms.institutions.intake.reading import COLUMN, PlaceFinder, check_line, read_lines, read_sector, read_yes
from lms.institutions.intake.rules import Field, Line, Outcome, Verdict, is_address, parse_day
from lms.institutions.people import rules as people_rules
from lms.institutions.people.errors import BelongsElsewhere, EmailOfAnother, FieldClosed
from lms.institutions.people.queries import people_with_roles
from lms.institutions.people.service import PersonValues, Work

PERMISSION: Final = DirectoryPermission.MANAGE_PEOPLE
FIELDS: Final = (
    Field(
        name="given_names",
        label=_l("Nombres"),
        aliases=("nombres", "nombre", "nombre(s)", "given names"),
        hint=_l("Como deben aparecer en la constancia."),
        is_needed=True,
        longest=120,
    ),
    Field(
        name="first_surname",
        label=_l("Primer apellido"),
        aliases=("primer apellido", "apellido paterno", "apellido", "apellidos", "first surname"),
        is_needed=True,
        longest=120,
    ),
    Field(
        name="second_surname",
        label=_l("Segundo apellido"),
        aliases=("segundo apellido", "apellido materno", "second surname"),
        hint=_l("Opcional."),
        longest=120,
    ),
    Field(
        name="email",
        label=_l("Correo"),
        aliases=("correo", "correo electrónico", "correo institucional", "email", "e-mail"),
        hint=_l("Opcional. Por él se reconoce a quien ya tiene cuenta."),
        longest=254,
    ),
    Field(
        name="national_id",
        label=_l("Identificación"),
        aliases=("identificación", "curp", "cédula", "dni", "national id", "identity number"),
        hint=_l("Opcional. CURP, cédula o DNI; avisa si la persona ya está registrada."),
        longest=40,
    ),
    Field(
        name="institution",
        label=_l("Institución"),
        aliases=("institución", "dependencia", "adscripción", "área", "institution"),
        hint=_l("Nombre completo o corto. Si hay dos iguales: «Superior > Nombre»."),
        is_needed=True,
    ),
    Field(
        name="post",
        label=_l("Puesto"),
        aliases=("puesto", "cargo", "post"),
        hint=_l("Opcional."),
        longest=160,
    ),
    Field(
        name="sector",
        label=_l("Sector"),
        aliases=("sector",),
        hint=_l("Opcional. Vacío: el de su institución."),
    ),
    Field(
        name="starts_on",
        label=_l("Desde"),
        aliases=("desde", "fecha de ingreso", "inicio", "since"),
        hint=_l("Opcional. 2026-01-15 o 15/01/2026. Vacío: hoy."),
    ),
    Field(
        name="is_test",
        label=_l("Persona de prueba"),
        aliases=("persona de prueba", "prueba", "test person"),
        hint=_l("Opcional. «Sí» si el registro solo sirve para probar: no cuenta en ninguna cifra."),
    ),
)
NAMES: Final = ("given_names", "first_surname", "second_surname")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPlan:
    """What saving one row does."""

    verdict: Verdict
    person: Person | None = None
    """Who is known already; None when the row adds somebody."""
    values: PersonValues | None = None
    changes: dict[str, str | bool | None] = field(default_factory=dict)
    """Data of a known person that change."""
    work: Work | None = None
    """Where the person works from now on; None when that is known."""


def plan_people(
    sheet: Sheet, *, actor: Actor, on: date, twins: Mapping[int, int] | None = None
) -> list[PersonPlan]:
    """Return what saving each row would do, writing nothing, in a constant number of queries.

    ``twins`` tells, of a part of a longer file, which lines are the same person as an earlier line of it.
    Raises ColumnsMissing.
    """
    lines = read_lines(sheet, FIELDS)
    planner = _Planner(lines, actor, on, twins or {})
    return [planner.plan(line) for line in lines]


def find_twins(lines: Iterable[Line]) -> dict[int, int]:
    """Return, of each line of a long file that repeats a person, the line where they come first. Pure."""
    first: dict[object, int] = {}
    twins: dict[int, int] = {}
    for line in lines:
        keys = _identity(line)
        before = min((first[key] for key in keys if key in first), default=None)
        if before is not None:
            twins[line.row.line] = before
        for key in keys:
            first.setdefault(key, line.row.line)
    return twins


def _identity(line: Line) -> list[object]:
    """Return by what a row is the same person as another row: number, address, or name and institution."""
    keys: list[object] = []
    if number := account_rules.national_id(line["national_id"]):
        keys.append(("number", number))
    if line["email"]:
        keys.append(line["email"].lower())
    else:
        keys.append((fold(name_of(line)), fold(line["institution"])))
    return keys


class _Planner:
    def __init__(self, lines: Sequence[Line], actor: Actor, on: date, twins: Mapping[int, int]) -> None:
        institutions = db.session.scalars(directory.visible_to(actor, PERMISSION)).all()
        self._on, self._twins = on, twins
        self._is_everywhere = actor.reach(PERMISSION).everywhere
        self._institutions = {each.id: each for each in institutions}
        self._finder = PlaceFinder.of(institutions)
        self._by_email = queries.people_by_email({line["email"].lower() for line in lines} - {""})
        self._namesakes = queries.namesakes({fold(name_of(line)) for line in lines})
        known = [person.id for person in (*self._by_email.values(), *self._namesakes.values())]
        self._latest = queries.latest_affiliations(known)
        self._with_roles = set() if self._is_everywhere else people_with_roles(known)
        reached = None if self._is_everywhere else self._institutions
        self._alike = Alike.of(lines, reached)
        self._seen: dict[object, int] = {}

    def plan(self, line: Line) -> PersonPlan:
        try:
            check_line(line, FIELDS)
            return self._decide(line)
        except DomainError as refusal:
            outcome = Outcome.REPEATED if isinstance(refusal, RowRepeated) else Outcome.ERROR
            return PersonPlan(verdict=Verdict(line.row, outcome, name_of(line), told(refusal)))

    def _decide(self, line: Line) -> PersonPlan:
        values, work = _values(line), self._work(line)
        self._refuse_twice(line, values, work)
        person = self._find(values, work)
        return self._change(line, person, values, work) if person else self._add(line, values, work)

    def _add(self, line: Line, values: PersonValues, work: Work) -> PersonPlan:
        check_takes_people(work.institution)
        why = self._alike.reason(values, work.institution.id) or self._again(line, values, work)
        verdict = Verdict(
            line.row, Outcome.POSSIBLE if why else Outcome.ADD, values.name, why or work.institution.name
        )
        return PersonPlan(verdict=verdict, values=values, work=work)

    def _again(self, line: Line, values: PersonValues, work: Work) -> str:
        """Say that an earlier row has the same name at the same institution under another address."""
        key = (account_rules.name_key(values.name), work.institution.id, "name")
        before = self._seen.setdefault(key, line.row.line)
        if before == line.row.line:
            return ""
        return str(_("Mismo nombre e institución que la línea %(line)s, con otro correo.", line=before))

    def _change(self, line: Line, person: Person, values: PersonValues, work: Work) -> PersonPlan:
        latest = self._latest.get(person.id)
        if latest and latest.ends_on is None and latest.institution_id not in self._institutions:
            raise BelongsElsewhere
        changes = self._changes(person, values)
        moved = _moved(latest, work)
        if not changes and not moved:
            return PersonPlan(verdict=Verdict(line.row, Outcome.KNOWN, person.name), person=person)
        if moved:
            check_takes_people(moved.institution)
        details = [f"{person.name} → {values.name}"] if set(changes) & set(NAMES) else []
        details += [str(changes[name]) for name in ("email", "national_id") if name in changes]
        if "is_test" in changes:
            details.append(
                str(_("persona de prueba") if changes["is_test"] else _("deja de ser persona de prueba"))
            )
        details += [" · ".join(filter(None, (moved.institution.name, moved.post)))] if moved else []
        verdict = Verdict(line.row, Outcome.CHANGE, person.name, "; ".join(details))
        return PersonPlan(verdict=verdict, person=person, changes=changes, work=moved)

    def _find(self, values: PersonValues, work: Work) -> Person | None:
        known = self._by_email.get(values.email.lower()) if values.email else None
        if known and not people_rules.same_name(known.name, values.name):
            raise EmailOfAnother
        return known or self._namesakes.get((fold(values.name), work.institution.id))

    def _changes(self, person: Person, values: PersonValues) -> dict[str, str | bool | None]:
        """Return the data that the file writes otherwise; case, accents and empty cells change nothing."""
        wanted = {name: getattr(values, name) for name in NAMES}
        changes: dict[str, str | bool | None] = {
            name: text for name, text in wanted.items() if text and fold(text) != fold(getattr(person, name))
        }
        if values.email and not person.email:
            changes["email"] = values.email
        number = account_rules.national_id(values.national_id)
        if number and number != person.national_id:
            changes["national_id"] = number
        if values.is_test is not None and values.is_test is not person.is_test:
            changes["is_test"] = values.is_test
        open_fields = people_rules.open_fields(
            is_everywhere=self._is_everywhere,
            holds_roles=person.id in self._with_roles,
            has_accepted=person.has_accepted,
        )
        if not set(changes) <= open_fields:
            raise FieldClosed
        return changes

    def _work(self, line: Line) -> Work:
        place = self._finder.find(line["institution"])
        if place.institution is None:  # only files of institutions add places
            raise RowRefused(_("Esa institución todavía no está registrada."), COLUMN)
        return Work(
            institution=place.institution,
            post=line["post"],
            sector=read_sector(line["sector"]),
            starts_on=_day(line["starts_on"]) if line["starts_on"] else self._on,
        )

    def _refuse_twice(self, line: Line, values: PersonValues, work: Work) -> None:
        number = account_rules.national_id(values.national_id)
        keys = [
            values.email.lower() or (fold(values.name), work.institution.id),
            *([number] if number else []),
        ]
        earlier = (self._seen.setdefault(key, line.row.line) for key in keys)
        before = min(*earlier, self._twins.get(line.row.line, line.row.line))
        if before != line.row.line:
            raise RowRepeated(_("Repetida: es la misma persona que la de la línea %(line)s.", line=before))


def _moved(latest: Affiliation | None, work: Work) -> Work | None:
    """Return the work that is new; raises AffiliationOverlaps. An empty cell keeps what is known."""
    same: Institution | None = (
        work.institution if latest and latest.institution_id == work.institution.id else None
    )
    post = work.post or (latest.post if latest and same else "")
    sector = work.sector or (latest.sector if latest and same else None)
    wanted = Post(institution_id=work.institution.id, post=post, sector=sector, starts_on=work.starts_on)
    step = directory_rules.affiliation_step(latest.as_post if latest else None, wanted)
    if step is AffiliationStep.KEEP:
        return None
    return Work(institution=work.institution, post=post, sector=sector, starts_on=work.starts_on)


def _values(line: Line) -> PersonValues:
    email = line["email"].lower()
    if email and not is_address(email):
        raise RowRefused(_("«%(email)s» no es un correo.", email=line["email"]), _("Correo"))
    return PersonValues(
        given_names=line["given_names"],
        first_surname=line["first_surname"],
        second_surname=line["second_surname"],
        email=email,
        national_id=line["national_id"],
        is_test=read_yes(line["is_test"], _("Persona de prueba")),
    )


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError as error:
        message = _("«%(day)s» no es una fecha. Escríbala como 2026-01-15 o 15/01/2026.", day=text)
        raise RowRefused(message, _("Desde")) from error
