"""A file of people to nominate in one call: what each of its rows would do, told before anything is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from lms.accounts.models import Person
from lms.accounts.rules import name_key, national_id
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import DomainError
from lms.core.folding import fold
from lms.core.i18n import _, _l
from lms.core.tabular import Column, Sheet, SheetRow, Table
from lms.institutions.directory.errors import InstitutionClosed
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import people_rows_of, visible_to
from lms.institutions.directory.rules import ids_on_path
from lms.institutions.intake import people as intake
from lms.institutions.intake import queries as intake_queries
from lms.institutions.intake.errors import RowRefused, RowRepeated
from lms.institutions.intake.likeness import Alike, name_of, told
from lms.institutions.intake.reading import COLUMN, PlaceFinder, check_line, read_lines
from lms.institutions.intake.rules import REASON, Field, Line, is_address
from lms.institutions.people.errors import BelongsElsewhere, EmailOfAnother
from lms.institutions.people.rules import same_name
from lms.institutions.people.service import PersonValues, Work
from lms.learning.nominations import queries
from lms.learning.nominations.errors import NoQuota
from lms.learning.nominations.permissions import NominationPermission
from lms.learning.nominations.queries import OpenCall
from lms.learning.nominations.rules import NominationState, governing, state_when_asked

MOST_ROWS: Final = 500
"""Rows of the longest file: everybody whom an institution sends to one course, saved in one step."""
PERMISSION: Final = NominationPermission.NOMINATE
HINTS: Final = {
    "email": _l("Necesario para quien no está en el directorio. Puede ser personal."),
    "institution": _l("Nombre completo o corto, entre las suyas. Vacío si usted tiene una sola."),
}
"""What a column means here otherwise than in a file of people."""
WANTED: Final = (
    "given_names",
    "first_surname",
    "second_surname",
    "email",
    "national_id",
    "institution",
    "post",
)
FIELDS: Final[tuple[Field, ...]] = tuple(
    replace(
        each,
        hint=HINTS.get(each.name, each.hint),
        is_needed=each.is_needed and each.name != "institution",
    )
    for each in intake.FIELDS
    if each.name in WANTED
)


class RowState(StrEnum):
    """What sending a row does."""

    NEW = "new"
    """The person is registered and nominated, and holds a place of the quota."""
    KNOWN = "known"
    """A person of the directory is nominated and holds a place of the quota."""
    WAITING = "waiting"
    """The quota is full: the person goes to the list of those who wait."""
    LATE = "late"
    """The call is closed: an exception is asked for."""
    ALREADY = "already"
    """Nominated or enrolled before: nothing happens."""
    POSSIBLE = "possible"
    """May be somebody who is known: left out unless somebody says to send it."""
    REPEATED = "repeated"
    ERROR = "error"


TO_SEND: Final = frozenset({RowState.NEW, RowState.KNOWN, RowState.WAITING, RowState.LATE})
LEFT_OUT: Final = frozenset({RowState.POSSIBLE, RowState.REPEATED, RowState.ERROR})
"""Rows that come back in a file with the reason of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NomineeRow:
    """A row of the file with what it would do, and why not."""

    row: SheetRow
    state: RowState
    label: str
    """The person's name."""
    detail: str = ""
    person: Person | None = None
    """Who is known already."""
    values: PersonValues | None = None
    work: Work | None = None
    """Where to register whoever is new or works nowhere now; None for people with a present post."""
    institution_id: UUID | None = None
    quota_id: UUID | None = None
    """Whose place the person takes, or waits for."""


def judge_file(found: OpenCall, sheet: Sheet, *, actor: Actor, now: datetime) -> list[NomineeRow]:
    """Return what each row would do now, in a constant number of queries; raises ColumnsMissing, CallNotOpen."""
    lines = read_lines(sheet, FIELDS)
    judge = _Judge(found, lines, actor, now)
    return [judge.judge(line) for line in lines]


def left_out_table(sheet: Sheet, rows: Sequence[NomineeRow]) -> Table:
    """Return the rows that are not sent, as they came, with the reason of each: to be mended and sent again."""
    old = sheet.find([REASON])
    kept = [at for at in range(len(sheet.header)) if at != old]
    columns = [*(Column(sheet.header[at]) for at in kept), Column(REASON)]
    bad = (each for each in rows if each.state in LEFT_OUT)
    return Table(columns, [[*(each.row.cells[at] for at in kept), each.detail] for each in bad])


class _Judge:
    def __init__(self, found: OpenCall, lines: Sequence[Line], actor: Actor, now: datetime) -> None:
        places: Sequence[Institution] = db.session.scalars(visible_to(actor, PERMISSION)).all()
        self._found, self._day = found, queries.day_of(found, now)
        self._begins: Callable[[bool], NominationState] = lambda has_place: state_when_asked(
            found.call.window, now, has_reason=True, has_place=has_place
        )
        self._begins(True)  # before the opening no file is judged
        self._places = {each.id: each for each in places}
        self._finder = PlaceFinder.of(places)
        self._by_email = intake_queries.people_by_email({line["email"].lower() for line in lines} - {""})
        self._namesakes = intake_queries.namesakes({fold(name_of(line)) for line in lines})
        known = {person.id for person in (*self._by_email.values(), *self._namesakes.values())}
        self._posts = {each.id: each.institution_id for each in people_rows_of(sorted(known), self._day)}
        self._alike = Alike.of(lines, self._places)
        quotas = queries.list_quotas(found.id)
        self._quotas = {each.institution_id: each.id for each in quotas}
        self._free = {each.institution_id: each.quota.free for each in quotas}
        """Places left of each institution with a quota, as the rows of the file take them."""
        self._nominated = queries.live_people(found.id)
        self._enrolled = queries.enrolled_people(found.cohort.id)
        self._seen: dict[object, int] = {}

    def judge(self, line: Line) -> NomineeRow:
        """Return what a row would do, with its reason where it does nothing."""
        try:
            check_line(line, FIELDS)
            return self._decide(line)
        except DomainError as refusal:
            state = RowState.REPEATED if isinstance(refusal, RowRepeated) else RowState.ERROR
            return NomineeRow(row=line.row, state=state, label=name_of(line), detail=told(refusal))

    def _decide(self, line: Line) -> NomineeRow:
        values = _values(line)
        person, said = self._by_address(values), self._said_place(line)
        place = self._place_of(person, said)
        person = person or self._namesakes.get((fold(values.name), place.id))
        self._refuse_twice(line, values, person)
        if person and (why := self._why_already(person)):
            return NomineeRow(row=line.row, state=RowState.ALREADY, label=person.name, detail=why)
        if not place.is_active:
            raise InstitutionClosed
        state, has_place = self._state(person, place)
        why = "" if person else self._who_else(line, values, place)
        if why:
            state = RowState.POSSIBLE
        elif has_place:
            self._free[self._governing(place)] -= 1
        has_post = bool(person and self._posts.get(person.id))
        return NomineeRow(
            row=line.row,
            state=state,
            label=person.name if person else values.name,
            detail=why or _detail(person, place, said, state),
            person=person,
            values=values,
            work=None if has_post else Work(institution=place, post=line["post"], starts_on=self._day),
            institution_id=place.id,
            quota_id=self._quotas[self._governing(place)],
        )

    def _by_address(self, values: PersonValues) -> Person | None:
        person = self._by_email.get(values.email) if values.email else None
        if person and not same_name(person.name, values.name):
            raise EmailOfAnother
        return person

    def _said_place(self, line: Line) -> Institution | None:
        """Return the institution of a row; whoever has one alone need not write it."""
        if line["institution"]:
            return self._finder.find(line["institution"]).institution
        return next(iter(self._places.values())) if len(self._places) == 1 else None

    def _place_of(self, person: Person | None, said: Institution | None) -> Institution:
        """Return where a person works now, else where the file says; of people elsewhere nothing more is told."""
        post = self._posts.get(person.id) if person else None
        if post and post not in self._places:
            raise BelongsElsewhere
        place = self._places[post] if post else said
        if place is None:
            raise RowRefused(_("Escriba en cuál de sus instituciones trabaja."), COLUMN)
        return place

    def _why_already(self, person: Person) -> str:
        if person.id in self._enrolled:
            return str(_("Ya está inscrita en la cohorte."))
        return str(_("Ya está propuesta en esta convocatoria.")) if person.id in self._nominated else ""

    def _who_else(self, line: Line, values: PersonValues, place: Institution) -> str:
        """Say whom somebody new may be; raises RowRefused where nobody is alike and the address lacks."""
        if why := self._alike.reason(values, place.id):
            return why
        if not values.email:
            raise RowRefused(_("Escriba el correo: la persona no está en el directorio."), _("Correo"))
        key = (name_key(values.name), place.id, "name")
        before = self._seen.setdefault(key, line.row.line)
        if before == line.row.line:
            return ""
        return str(_("Mismo nombre e institución que la línea %(line)s, con otro correo.", line=before))

    def _state(self, person: Person | None, place: Institution) -> tuple[RowState, bool]:
        """Return what sending would come to and whether it takes a place; raises NoQuota."""
        has_place = self._free[self._governing(place)] > 0
        match self._begins(has_place):
            case NominationState.LATE:
                return RowState.LATE, False
            case NominationState.WAITING:
                return RowState.WAITING, False
            case _:
                return RowState.KNOWN if person else RowState.NEW, True

    def _governing(self, place: Institution) -> UUID:
        """Return the institution whose quota another one uses; raises NoQuota."""
        key = governing(ids_on_path(place.path), self._free)
        if key is None:
            raise NoQuota
        return key

    def _refuse_twice(self, line: Line, values: PersonValues, person: Person | None) -> None:
        number = national_id(values.national_id)
        keys = filter(None, (person.id if person else None, values.email, number))
        before = min((self._seen.setdefault(key, line.row.line) for key in keys), default=line.row.line)
        if before != line.row.line:
            raise RowRepeated(_("Repetida: es la misma persona que la de la línea %(line)s.", line=before))


def _detail(person: Person | None, place: Institution, said: Institution | None, state: RowState) -> str:
    """Say for which institution a row nominates, and what whoever sends it may not expect."""
    parts = [place.name]
    if person and said and said.id != place.id:
        parts = [_("Se propone por %(name)s: ahí trabaja según el directorio.", name=place.name)]
    if state in {RowState.WAITING, RowState.LATE}:
        parts.append(_("Persona del directorio") if person else _("Persona nueva"))
    return " · ".join(str(each) for each in parts)


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
    )
