"""A unit of work that only read so far keeps nobody waiting; from its first write on, nothing it holds changes."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting

import pytest
from sqlalchemy import select, update

from lms.accounts.models import Person
from lms.core.db import db, savepoint, unit_of_work
from lms.testing.factories.accounts import make_person


@pytest.fixture
def person(unit):
    with unit():
        return make_person()


@pytest.fixture
def rename(app, person):
    def work(name):
        with app.app_context(), unit_of_work():
            db.session.execute(update(Person).where(Person.id == person.id).values(given_names=name))

    with ThreadPoolExecutor(1) as pool:
        yield lambda name: pool.submit(work, name)


def read(person):
    return db.session.scalar(select(Person.given_names).where(Person.id == person.id))


def write(person, name):
    db.session.execute(update(Person).where(Person.id == person.id).values(given_names=name))


def test_who_reads_first_keeps_no_writer_waiting_and_writes_afterwards(app, person, rename):
    with app.app_context():
        with unit_of_work():
            read(person)
            rename("Otra").result(5)
            assert read(person) == "Otra"
            write(person, "Última")
        with unit_of_work(read_only=True):
            assert read(person) == "Última"


@pytest.mark.parametrize("begun", ["a write", "a read for update", "a savepoint that writes"])
def test_what_a_unit_holds_waits_for_its_end(app, person, rename, begun):
    with app.app_context():
        with unit_of_work():
            if begun == "a write":
                write(person, "Mía")
            elif begun == "a read for update":
                db.session.get(Person, person.id, with_for_update=True)
            else:
                with savepoint():
                    write(person, "Mía")
            before, other = read(person), rename("Otra")
            with pytest.raises(StillWaiting):
                other.result(0.2)
            assert read(person) == before
        other.result(5)
        with unit_of_work(read_only=True):
            assert read(person) == "Otra"
