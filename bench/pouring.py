"""Rows by the million: written past the services, as fast as each database takes them."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from lms.core import sqlite

Cell = str | int | float | None
Rows = Iterable[Sequence[Cell]]
SQLITE_PRAGMAS = ("journal_mode=MEMORY", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-4000000")
"""For a database that is thrown away if this fails. Keys come in no order: pages beyond the cache are written often."""


def pour(connection: Connection, table: str, columns: Sequence[str], rows: Rows) -> None:
    """Write rows into a table: ids as 32 digits, moments and days as text in UTC; foreign keys are not tried."""
    raw = connection.connection.driver_connection
    names = ", ".join(columns)
    if isinstance(raw, sqlite3.Connection):
        marks = ", ".join("?" * len(columns))
        raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - names of our tables
    else:
        _copy(raw, f"COPY {table} ({names}) FROM STDIN", rows)


def _copy(raw: Any, statement: str, rows: Rows) -> None:
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def hurry(connection: Connection) -> None:
    """Let a connection write without what protects others: no journal on the disk, no foreign keys."""
    if connection.dialect.name == "sqlite":
        raw = connection.connection.driver_connection
        for pragma in SQLITE_PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")  # type: ignore[union-attr] # a connection that is in use is open
    else:
        connection.exec_driver_sql("SET session_replication_role = replica")


def learn_sizes(connection: Connection) -> None:
    """Let the planner of the database count what the tables hold: it does by itself after some minutes, or our job."""
    if connection.dialect.name == "sqlite":
        sqlite.learn_sizes(connection)
    else:
        connection.exec_driver_sql("ANALYZE")
