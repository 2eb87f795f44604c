"""The steps from an empty database to the models of today and back, on the engine under test."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from lms.core import migrations
from lms.core.db import Base, prepare_engine

STEPS = list(ScriptDirectory(str(migrations.FOLDER)).walk_revisions())
"""Newest first."""


@pytest.fixture
def engine(make_database, built_app):
    """Return an empty database; the application is built first, so that every model is known."""
    opened = create_engine(make_database("steps"))
    prepare_engine(opened)
    yield opened
    opened.dispose()


def table_names(engine):
    return {name for name in inspect(engine).get_table_names() if name != "alembic_version"}


def test_upgrading_an_empty_database_makes_the_tables_of_the_models(engine):
    migrations.upgrade(engine)
    assert migrations.current_revision(engine) == migrations.head_revision() == STEPS[0].revision
    ours = {table.name for table in Base.metadata.sorted_tables if not table.name.startswith("plugin_")}
    assert table_names(engine) >= ours


def test_the_steps_and_the_models_do_not_drift_apart(engine):
    migrations.upgrade(engine)
    assert migrations.drift(engine) == [], "write a step: lms db revision «what changes»"


def test_upgrading_twice_changes_nothing(engine):
    migrations.upgrade(engine)
    migrations.upgrade(engine)
    assert migrations.current_revision(engine) == migrations.head_revision()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.revision)
def test_every_step_can_be_taken_back_and_again(engine, step):
    migrations.upgrade(engine, step.revision)
    before = table_names(engine)
    migrations.downgrade(engine, step.down_revision or "base")
    assert migrations.current_revision(engine) == step.down_revision
    migrations.upgrade(engine, step.revision)
    assert table_names(engine) == before


def test_going_back_to_the_beginning_leaves_nothing_behind(engine):
    migrations.upgrade(engine)
    migrations.downgrade(engine, "base")
    assert table_names(engine) == set()
    migrations.upgrade(engine)
    assert migrations.drift(engine) == []


def test_drift_is_noticed(engine):
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE person ADD COLUMN nickname VARCHAR(20)"))
    assert "nickname" in str(migrations.drift(engine))


def test_there_is_one_head():
    assert len(ScriptDirectory(str(migrations.FOLDER)).get_heads()) == 1


PLACE = """INSERT INTO institution (id, name, short_name, territory, parent_id, path, place_key, is_active, search_text)
VALUES (:id, :name, '', '', :parent, :name, :name, true, '')"""


def test_a_step_rebuilds_a_table_that_rows_point_at(engine):
    migrations.upgrade(engine, "0045")
    ids = [f"{number:032x}" for number in (1, 2)]
    with engine.begin() as connection:
        for own, parent in zip(ids, (None, ids[0]), strict=True):
            connection.execute(text(PLACE), {"id": own, "name": own, "parent": parent})
    migrations.upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM institution WHERE parent_id IS NOT NULL")) == 1
        if engine.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_step_that_would_leave_a_row_pointing_at_none_is_taken_back(engine):
    if engine.dialect.name != "sqlite":
        pytest.skip("other databases check each row as it is written")
    migrations.upgrade(engine, "0045")
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute(PLACE, {"id": f"{1:032x}", "name": "Oficina", "parent": f"{2:032x}"})
        raw.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(RuntimeError, match="institution"):
        migrations.upgrade(engine)
    assert migrations.current_revision(engine) == "0045"
