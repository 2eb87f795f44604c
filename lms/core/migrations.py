"""Bringing the database's tables up to the code, with Alembic and without a configuration file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from lms.core.db import Base

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables up to a revision; being there already costs one query."""
    if revision == "head" and current_revision(engine) == head_revision():
        return
    with _config(engine) as config:
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the tables back to a revision."""
    with _config(engine) as config:
        command.downgrade(config, revision)


def write_revision(engine: Engine, message: str) -> None:
    """Write a new step from the difference between the models and the database."""
    with _config(engine) as config:
        command.revision(config, message=message, autogenerate=True, rev_id=f"{_next_number():04}")


def current_revision(engine: Engine) -> str | None:
    """Return where the database is; None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str | None:
    """Return where the code is."""
    return _scripts().get_current_head()


def drift(engine: Engine) -> list[object]:
    """Return the differences between the models and the database; empty when there are none."""
    options = {"compare_type": True, "include_name": _is_ours}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Base.metadata))


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and (name or "").startswith(("huey_", "plugin_", "alembic_")))


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER))


def _next_number() -> int:
    return len(list(_scripts().walk_revisions())) + 1


@contextmanager
def _config(engine: Engine) -> Iterator[Config]:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    with engine.connect() as connection, _without_foreign_keys(connection), connection.begin():
        config.attributes["connection"] = connection
        yield config
        _check_foreign_keys(connection)


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table that others point at: that drops it, and deferring does not forgive it at the end.

    It listens to the pragma outside of a transaction only (https://www.sqlite.org/lang_altertable.html, section 7).
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(connection: Connection) -> None:
    """Raise RuntimeError, which takes the migration back, when a row points at none."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost:
            message = f"a row of {lost[0]} points at no row of {lost[2]}"
            raise RuntimeError(message)
