"""A country's programme after five years: a tree of institutions, people, and what became of each enrolment.

The same numbers give the same country. People work at 2,000 institutions of every size, some move, most take one
course and some two or three; one in five never begins, most of the others attend, are measured and complete, most of
these hold a document.
"""

import hashlib
import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from string import Template
from typing import NamedTuple

from sqlalchemy import Connection

from bench import studies
from bench.documents import document_template
from bench.pouring import Cell, hurry, learn_sizes, pour
from bench.studies import Course, Studied
from lms.certificates.issuing.rules import CODE_GROUPS, folio_of
from lms.core.clock import now
from lms.core.db import db
from lms.core.ids import READABLE, in_groups
from lms.courses.models import Release
from lms.courses.queries import list_outline
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Cohort
from lms.testing.factories.learning import make_cohort

INSTITUTIONS, BODIES, YEARS = 2_000, 40, 5
COHORTS = 120
PART = 10_000
"""People written at once."""
SECTORS = ("health", "security", "education", "justice", "protection", "labour", "migration", "tourism")
TERRITORIES = tuple(f"Municipio {number:02}" for number in range(1, 33))
COURSES_TAKEN = (1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3)
"""One of these for each person: 1.75 courses on average."""
COLUMNS = {
    "person": ("id", "given_names", "first_surname", "second_surname", "email", "is_active", "created_at",
               "search_text", "name_key", "email_key"),
    "affiliation": ("id", "person_id", "institution_id", "post", "starts_on", "ends_on"),
    "enrolment": ("id", "cohort_id", "person_id", "institution_id", "sector", "state", "enrolled_at", "started_at"),
    "unit_progress": ("id", "enrolment_id", "unit_id", "seen_at", "finished_at"),
    "completion": ("id", "enrolment_id", "person_id", "programme_id", "course_id", "release_id", "institution_id",
                   "sector", "hours", "completed_at", "completed_on"),
    "certificate": ("id", "kind", "enrolment_id", "person_id", "programme_id", "institution_id", "folio", "code",
                    "issued_at", "is_shared", "revoked_at", "data", "design", "design_version", "design_digest",
                    "pdf_sha256", "pdf_size", "credential", "version", "made_at"),
    **studies.COLUMNS,
}  # fmt: skip
HOURS = 12.0
DESIGN = ("ruta", 2, "")
"""Name, version and digest."""
Tables = dict[str, list[tuple[Cell, ...]]]


class Place(NamedTuple):
    """Where people work."""

    id: str
    sector: str | None
    name: str


class Worker(NamedTuple):
    """Somebody at the place where they study from; the sector is the one they study for."""

    id: str
    name: str
    place: Place
    sector: str | None


@dataclass(slots=True)
class Country:
    """Where people work and what they can take."""

    programme: Programme
    release: Release
    units: list[str]
    """In their order."""
    cohorts: Sequence[Cohort]
    course: Course
    document: Template
    chance: random.Random
    places: list[Place] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    """How many people work there or at one before it, as shares that grow."""
    tables: Tables = field(default_factory=dict)
    """Rows that wait to be written."""
    folios: Counter[int] = field(default_factory=Counter)
    """How many there are of each year."""


def make_country(enrolments: int, *, cohorts: int = COHORTS, seed: int = 8) -> Programme:
    """Write a programme with about so many enrolments into the open transaction; its figures are not kept yet."""
    country = _make_courses(random.Random(seed), cohorts)  # noqa: S311 - the same country every time
    connection = db.session.connection()
    _pour_institutions(connection, country)
    written = 0
    while written < enrolments:
        people = min(PART, -(-(enrolments - written) * len(COURSES_TAKEN) // sum(COURSES_TAKEN)))
        country.tables = {name: [] for name in COLUMNS}
        for _ in range(people):
            _add_person(country)
        for name, rows in country.tables.items():
            pour(connection, name, COLUMNS[name], rows)
        written += len(country.tables["enrolment"])
    return country.programme


def make_ready() -> None:
    """Open the transaction's connection for writing by the million; call it first."""
    hurry(db.session.connection())


def finish() -> None:
    """Let the database learn how much there is; call it when everything is written."""
    learn_sizes(db.session.connection())


def _make_courses(chance: random.Random, count: int) -> Country:
    today = now().date()
    step = timedelta(days=365 * YEARS) // count
    first = make_cohort(release=studies.make_measured_release(), starts_on=today - step * count)
    programme = get_programme(first.programme_id)
    release = db.session.get_one(Release, first.release_id)
    begins = [first.starts_on + step * number for number in range(1, count)]
    cohorts = [first] + [
        make_cohort(programme=programme, release=release, starts_on=day, ends_on=day + timedelta(days=90))
        for day in begins
    ]
    course = studies.make_course(release, cohorts, chance)
    db.session.flush()
    return Country(
        programme=programme,
        release=release,
        units=[unit.id.hex for module in list_outline(release.id) for unit in module.units],
        cohorts=cohorts,
        course=course,
        document=document_template(programme, release, HOURS),
        chance=chance,
    )


def _pour_institutions(connection: Connection, country: Country) -> None:
    chance = country.chance
    bodies: list[tuple[str, str, str | None]] = []
    rows, members = [], []
    for number in range(INSTITUTIONS):
        above = bodies[number % BODIES] if number >= BODIES else None
        own, name = _id(chance), f"Institución {number:04}"
        sector = above[2] if above else (*SECTORS, None)[number % (len(SECTORS) + 1)]
        path = f"{above[1] if above else '/'}{own}/"
        territory = chance.choice(TERRITORIES)
        if above is None:
            bodies.append((own, path, sector))
        key = hashlib.sha256(own.encode()).hexdigest()
        text = f"institucion {number:04} {territory.lower()}"
        rows.append((own, name, "", sector, territory, above[0] if above else None, path, key, 1, text))
        members.append((_id(chance), country.programme.id.hex, own, "member", "2015-01-01"))
        country.places.append(Place(own, sector, name))
        country.weights.append(1 / (1 + number % 97))
    country.weights = list(accumulate(country.weights))
    names = ("id", "name", "short_name", "sector", "territory", "parent_id", "path", "place_key", "is_active",
             "search_text")  # fmt: skip
    pour(connection, "institution", names, rows)
    pour(connection, "membership", ("id", "programme_id", "institution_id", "kind", "starts_on"), members)


def _add_person(country: Country) -> None:
    chance, tables = country.chance, country.tables
    person, name = _id(chance), f"participante {chance.getrandbits(32):08x}"
    address = f"{person}@example.org"
    tables["person"].append(
        (person, name, "Ek", "Canul", address, 1, "2020-01-01 12:00:00.000000", name, name, address)
    )
    place, moved = _place(country), chance.random() < 0.08
    day = f"{2022 + chance.randrange(4)}-0{chance.randrange(1, 9)}-14"
    before = _place(country) if moved else place
    if moved:
        tables["affiliation"].append((_id(chance), person, before.id, "", "2020-01-01", day))
    since = day[:-1] + "5" if moved else "2020-01-01"
    tables["affiliation"].append((_id(chance), person, place.id, "", since, None))
    for cohort in chance.sample(country.cohorts, chance.choice(COURSES_TAKEN)):
        there = place if f"{cohort.starts_on}" >= since else before
        sector = there.sector or chance.choice((None, "health", "security"))
        _add_enrolment(country, cohort, Worker(person, name, there, sector))


def _add_enrolment(country: Country, cohort: Cohort, who: Worker) -> None:
    chance, tables = country.chance, country.tables
    enrolled = _noon(cohort.starts_on) + timedelta(minutes=chance.randrange(-20 * 1440, 0))
    began = enrolled + timedelta(days=chance.randrange(1, 12))
    done = began + timedelta(days=chance.randrange(5, 75))
    has_begun, fate = chance.random() < 0.8 and began < now(), chance.random()
    state = "withdrawn" if fate > 0.96 else "active"
    key = _id(chance)
    tables["enrolment"].append(
        (key, cohort.id.hex, who.id, who.place.id, who.sector, state, _at(enrolled),
         _at(began) if has_begun else None)
    )  # fmt: skip
    if not has_begun or state != "active":
        return
    is_complete = fate < 0.72 and done < now()
    units = country.units if is_complete else country.units[: chance.randrange(len(country.units))]
    for unit in units:
        tables["unit_progress"].append((_id(chance), key, unit, _at(began), _at(done)))
    study = Studied(
        enrolment=key, cohort=cohort.id, began=_at(began), done=_at(done) if is_complete else None
    )
    studies.add_study(tables, country.course, study, chance)
    if is_complete:
        _add_completion(country, key, who, (enrolled, done))


def _add_completion(country: Country, key: str, who: Worker, days: tuple[datetime, datetime]) -> None:
    """Add the fact for somebody who enrolled and completed on these days, and mostly a document."""
    chance, done = country.chance, days[1]
    programme, course, release = (
        country.programme.id.hex,
        country.release.course_id.hex,
        country.release.id.hex,
    )
    country.tables["completion"].append(
        (_id(chance), key, who.id, programme, course, release, who.place.id, who.sector, HOURS, _at(done),
         f"{done.date()}")
    )  # fmt: skip
    if chance.random() < 0.85:
        _add_document(country, key, who, days)


def _add_document(country: Country, key: str, who: Worker, days: tuple[datetime, datetime]) -> None:
    chance, year, at = country.chance, days[1].year, _at(days[1])
    country.folios[year] += 1
    folio = folio_of(country.programme.code, year, country.folios[year])
    code = in_groups("".join(chance.choices(READABLE, k=sum(CODE_GROUPS))), *CODE_GROUPS)
    name, place, (enrolled, done) = f"{who.name} Ek Canul", who.place, (day.date() for day in days)
    data = country.document.substitute(
        name=name,
        initials=f"{name[:-4]}.",
        place=place.name,
        folio=folio,
        code=code,
        enrolled=enrolled,
        done=done,
    )
    revoked = at if chance.random() < 0.01 else None
    country.tables["certificate"].append(
        (_id(chance), "certificado", key, who.id, country.programme.id.hex, place.id, folio, code, at, 1, revoked,
         data, *DESIGN, folio, 1, "", 1, at)
    )  # fmt: skip


def _place(country: Country) -> Place:
    return country.places[bisect_right(country.weights, country.chance.random() * country.weights[-1])]


def _id(chance: random.Random) -> str:
    return f"{chance.getrandbits(128):032x}"


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}.000000"
