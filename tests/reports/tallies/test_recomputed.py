"""The kept figures of a random country, counted again by plain SQL and by plain Python over the exported list."""

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Date, DateTime, Uuid, bindparam, select, text

from bench import census
from lms.accounts.models import Person
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.core.workbooks import read_table
from lms.learning.models import Cohort, Enrolment
from lms.reports.tallies import queries, service
from lms.reports.tallies.exporting import export
from lms.reports.tallies.rules import bounds_of
from lms.testing.factories.accounts import give_role

ENROLMENTS, COHORTS = 400, 8
COUNT = """
WITH ranked AS (
    SELECT e.institution_id, c.completed_on <= :last AS is_done, row_number() OVER (
        PARTITION BY e.person_id
        ORDER BY CASE WHEN c.completed_on <= :last THEN 0 ELSE 1 END, e.enrolled_at DESC, e.id DESC
    ) AS turn
    FROM enrolment e JOIN cohort k ON k.id = e.cohort_id LEFT JOIN completion c ON c.enrolment_id = e.id
    WHERE k.programme_id = :programme AND e.state = 'active' AND e.enrolled_at >= :first AND e.enrolled_at < :after
    AND NOT EXISTS (
        SELECT 1 FROM role_assignment r
        WHERE r.person_id = e.person_id AND r.role = 'trainer' AND r.kind = 'cohort' AND r.scope_id = e.cohort_id
    )
    AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = e.person_id AND p.is_test)
)
SELECT institution_id, count(*), count(CASE WHEN is_done THEN 1 END) FROM ranked WHERE turn = 1 GROUP BY 1
"""


def test_sql_and_python_over_the_export_find_the_figures_that_are_kept(unit, tmp_path):
    with unit():
        programme = census.make_country(ENROLMENTS, cohorts=COHORTS, seed=41)
        for enrolment in db.session.scalars(select(Enrolment).join(Cohort).limit(9)):
            give_role_to(enrolment)
        for person in db.session.scalars(select(Person).order_by(Person.id).limit(20)):
            person.is_test = True
        service.build(programme, now=now())
        assert service.verify(programme, now=now()) == {}
        kept = Counter()
        for key, measures in queries.tallies_of(programme.id).items():
            if key.basis == "then" and not key.month:
                kept[key.period, key.institution_id.hex, "enrolled"] += measures.enrolled
                kept[key.period, key.institution_id.hex, "completed"] += measures.completed
        export(programme, tmp_path / "list.csv", actor=SYSTEM, now=now())
        assert counted_from_file(tmp_path / "list.csv") == +kept
        periods = {period for period, *_ in kept} - {"all"}
        by_sql = sum((counted_by_sql(programme, period) for period in periods), Counter())
        assert by_sql == Counter({key: value for key, value in (+kept).items() if key[0] != "all"})
        export(programme, tmp_path / "list.xlsx", actor=SYSTEM, now=now())
    assert_same_rows(tmp_path)


def give_role_to(enrolment) -> None:
    """Make somebody a trainer of the cohort that they study in: they stop counting."""
    person = db.session.get_one(Person, enrolment.person_id)
    give_role(person, Role.TRAINER, ScopeKind.COHORT, enrolment.cohort_id)


def counted_by_sql(programme, period) -> Counter:
    first, last = bounds_of(period)
    zone = ZoneInfo(programme.timezone)
    start, after = (
        datetime.combine(day, datetime.min.time(), zone) for day in (first, last + timedelta(days=1))
    )
    statement = text(COUNT).bindparams(
        bindparam("programme", programme.id, Uuid), bindparam("last", last, Date),
        bindparam("first", start.astimezone(UTC), DateTime), bindparam("after", after.astimezone(UTC), DateTime),
    )  # fmt: skip
    found = Counter()
    for place, enrolled, completed in db.session.execute(statement):
        found[period, str(place).replace("-", ""), "enrolled"] += enrolled
        found[period, str(place).replace("-", ""), "completed"] += completed
    return +found


def counted_from_file(path) -> Counter:
    """Count each person once in every period, as the definition says, with nothing of the product's."""
    people = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["Cuenta en los informes"] == "sí":
                people.setdefault(row["Persona"], []).append(row)
    found = Counter()
    for rows in people.values():
        for period in {name for row in rows for name in names_of(row["Se inscribió"])}:
            inside = [row for row in rows if period in names_of(row["Se inscribió"])]
            done = [row for row in inside if row["Completó"] and period in ends_by(row["Completó"], period)]
            chosen = max(done or inside, key=lambda row: (row["Se inscribió"], row["Inscripción"]))
            place = chosen["Clave de la institución"].replace("-", "")
            found[period, place, "enrolled"] += 1
            found[period, place, "completed"] += bool(done)
    return +found


def names_of(moment: str) -> tuple[str, ...]:
    year, month = moment[:4], moment[5:7]
    return "all", year, f"{year}-Q{(int(month) + 2) // 3}", f"{year}-{month}"


def ends_by(day: str, period: str) -> tuple[str, ...]:
    """Return the period when a day is not after it: in the same one, or in an earlier one of its kind."""
    if period == "all":
        return (period,)
    name = next(
        name for name in names_of(day)[1:] if len(name) == len(period) and ("Q" in name) == ("Q" in period)
    )
    return (period,) if name <= period else ()


def assert_same_rows(folder) -> None:
    """Hold the workbook to the CSV, cell by cell, as the product reads both."""
    plain, book = (read_table((folder / f"list.{ending}").read_bytes()) for ending in ("csv", "xlsx"))
    assert book.header == plain.header
    assert len(book.rows) == len(plain.rows) > ENROLMENTS / 2
    for one, other in zip(plain.rows, book.rows, strict=True):
        assert one.cells[:7] == other.cells[:7]
        assert one.cells[8:11] == other.cells[8:11]
    assert date.fromisoformat(next(row.cells[10] for row in book.rows if row.cells[10]))
