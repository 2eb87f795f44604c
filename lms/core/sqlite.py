"""How SQLite runs our transactions: its pragmas, its BEGIN, and the write lock taken when it is first needed.

A unit of work that may write reads as one of PostgreSQL does, READ COMMITTED: every statement sees what was committed
before it. The first statement that writes, or that reads FOR UPDATE, takes the lock of the whole file, and from there
on nobody else writes. Reading, checking and drawing what comes before it keep nobody waiting (docs/adr/0003).
"""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from lms.core.write_queue import WriteQueue

PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "busy_timeout=10000",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-20000",
)
RECONNECT_AFTER: Final = 60 * 60
"""Seconds after which a connection is opened anew: it plans by the counts that it found."""
SAMPLE: Final = 10_000
"""Rows of an index that are counted: a country of a million enrolments takes less than half a second."""
FEW: Final = 100
"""Rows that a table without any is taken to have. SQLite notes nothing of it, and then takes it for a large one."""
_GUESS: Final = text(
    "INSERT INTO sqlite_stat1 (tbl, stat) SELECT name, :few FROM sqlite_schema WHERE type = 'table'"
    " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT IN (SELECT tbl FROM sqlite_stat1)"
)
HOLDS: Final = " /* for update */"
"""Ends a statement that reads rows in order to change them, where other databases say FOR UPDATE."""
READS: Final = ("SELECT", "PRAGMA", "EXPLAIN")
LATE: Final = "lms_locks_late"
"""Key of a connection's notes: whether its transaction may write and has not locked the file yet."""
TURN: Final = "lms_turn"
"""Key of a connection's notes: its place in the queue of those who want to write."""


class Compiler(SQLiteCompiler):
    """Says where a statement asks for a lock, which SQLite's own syntax cannot."""

    def for_update_clause(self, select: Any, **kw: Any) -> str:  # noqa: ARG002 - SQLAlchemy's signature
        """Return what ends a SELECT that must keep others from writing."""
        return HOLDS


def prepare(engine: Engine, may_write: Callable[[], bool]) -> None:
    """Give an engine its pragmas and its own BEGIN; ``may_write`` says whether a unit of work open now may write.

    The driver's own BEGIN comes too late for savepoints and takes no lock. One that is taken by a transaction that
    has read is refused when somebody wrote since: we read outside, and begin IMMEDIATE.
    """

    def begin(connection: Connection) -> None:
        read_only = bool(connection.get_execution_options().get("lms_read_only"))
        connection.info[LATE] = False
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
        if may_write() and not read_only:
            connection.info[LATE] = True
        else:
            connection.exec_driver_sql("BEGIN")

    queue = WriteQueue(f"{path}-queue" if (path := engine.url.database) and path != ":memory:" else "")

    def join_queue(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info[TURN] = queue.turn()

    engine.dialect.statement_compiler = Compiler
    event.listen(engine, "connect", _open)
    event.listen(engine, "connect", join_queue)
    event.listen(engine, "checkin", _leave)
    event.listen(engine, "close", _close)
    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", _lock)


def learn_sizes(connection: Connection) -> None:
    """Count about how many rows each table has, and each key of an index; plans of new connections go by it.

    Other databases do so by themselves. Source: https://www.sqlite.org/lang_analyze.html, sections 2 and 5; the table
    that keeps the counts may be written to, https://www.sqlite.org/fileformat2.html#stat1tab.
    """
    connection.exec_driver_sql(f"PRAGMA analysis_limit={SAMPLE}")
    connection.exec_driver_sql("ANALYZE")
    connection.execute(_GUESS, {"few": str(FEW)})


def _open(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _lock(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
    if connection.info.get(LATE) and not _only_reads(statement):
        connection.info[LATE] = False
        connection.info[TURN].take()
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _leave(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    """Let the next one write; a session gives its connection back as soon as it has committed or rolled back."""
    if turn := entry.info.get(TURN):
        turn.leave()


def _close(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    if turn := entry.info.pop(TURN, None):
        turn.close()


def _only_reads(statement: str) -> bool:
    return statement.lstrip().startswith(READS) and not statement.endswith(HOLDS)
