"""Tables: whatever points at a person says why it is kept, and names can be told apart from a guest's."""

from sqlalchemy import DateTime

from lms.core.context import REGISTRIES
from lms.core.db import Base
from lms.core.types import UTCDateTime

NOT_KEPT_FOR_A_PERSON = {
    "audit_entry": "says what was done and by whom; it is the evidence, and outlives the account",
}


def tables():
    return [table for table in Base.metadata.sorted_tables if not table.name.startswith("plugin_")]


def declared(app):
    return {
        name for part in app.extensions["lms_slices"] for data in part.personal_data for name in data.tables
    }


def points_at_a_person(table):
    names = {table.name, *(key.column.table.name for key in table.foreign_keys)}
    return "person" in names or "person_id" in table.columns


def points_at(table, known):
    return any(key.column.table.name in known for key in table.foreign_keys)


def test_every_table_about_a_person_is_declared_as_personal_data(built_app):
    missing = [
        table.name
        for table in tables()
        if points_at_a_person(table)
        and table.name not in declared(built_app)
        and table.name not in NOT_KEPT_FOR_A_PERSON
    ]
    assert missing == [], "declare it in a PersonalData of the slice's privacy.py"


def test_what_hangs_from_an_enrolment_is_declared_too(built_app):
    owners = {"enrolment", "attempt", "certificate"}
    missing = [
        table.name for table in tables() if points_at(table, owners) and table.name not in declared(built_app)
    ]
    assert missing == [], "an enrolment is a person's: declare the table in a PersonalData"


def test_whatever_points_at_a_person_or_an_enrolment_says_how_it_follows_when_records_become_one(built_app):
    rows = built_app.extensions[REGISTRIES]["person_merges"].values()
    said = {(each.table, each.column) for each in rows}
    pointing = {
        (table.name, key.parent.name)
        for table in tables()
        for key in table.foreign_keys
        if key.column.table.name in {"person", "enrolment"} and key.column.table is not table
    }
    pointing |= {(table.name, "person_id") for table in tables() if "person_id" in table.columns}
    assert sorted(pointing - said) == [], "declare it in a PersonRows of the slice's merges.py"
    columns = {(table.name, column.name) for table in tables() for column in table.columns}
    assert sorted(said - columns) == [], "no such column any more"


def test_personal_data_names_tables_that_exist_and_each_once(built_app):
    known = {table.name for table in tables()}
    names = [
        name
        for part in built_app.extensions["lms_slices"]
        for data in part.personal_data
        for name in data.tables
    ]
    assert sorted(set(names) - known) == []
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_moments_are_kept_in_utc():
    faults = [
        f"{table.name}.{column.name}"
        for table in tables()
        for column in table.columns
        if isinstance(column.type, DateTime) and not isinstance(column.type, UTCDateTime)
    ]
    assert faults == [], "use lms.core.types.UTCDateTime"
