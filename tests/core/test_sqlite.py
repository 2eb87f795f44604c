"""Plans of SQLite: it knows what tables hold only once somebody counted."""

import pytest
from sqlalchemy import create_engine

from lms.core import sqlite

ORDER = "SELECT count(*) FROM note JOIN person ON person.id = note.person_id WHERE person.state = 'active'"


@pytest.fixture
def engine(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'country.db'}")
    with engine.begin() as connection:
        for statement in (
            "CREATE TABLE person (id INTEGER PRIMARY KEY, state TEXT)",
            "CREATE TABLE note (id INTEGER PRIMARY KEY, person_id INTEGER)",
            "CREATE INDEX of_state ON person (state)",
            "CREATE INDEX of_person ON note (person_id)",
        ):
            connection.exec_driver_sql(statement)
        people = [(f"{'in' if n % 9 == 0 else ''}active",) for n in range(9000)]
        connection.exec_driver_sql("INSERT INTO person (state) VALUES (?)", people)
    yield engine
    engine.dispose()


def first_read(engine):
    """Return the table that a new connection reads first."""
    engine.dispose()
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {ORDER}").all()
    return rows[0].detail.split()[1]


def learn(engine):
    with engine.begin() as connection:
        sqlite.learn_sizes(connection)


def test_an_empty_table_is_read_before_a_large_one(engine):
    assert first_read(engine) == "person"
    learn(engine)
    assert first_read(engine) == "note"


def test_what_grew_is_counted_anew(engine):
    learn(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM person WHERE id > 10")
        notes = [(n % 10,) for n in range(20_000)]
        connection.exec_driver_sql("INSERT INTO note (person_id) VALUES (?)", notes)
    learn(engine)
    assert first_read(engine) == "person"
