"""Writing the changes of a merge with a log of every cell, and writing back what stood there."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, insert, inspect, select, update

from lms.core.db import Base, db
from lms.core.ids import new_id
from lms.institutions.merging.cells import read, write
from lms.institutions.merging.declared import key_of
from lms.institutions.merging.models import MergeChange, PersonMerge
from lms.institutions.merging.planning import Change
from lms.plugins.people import Row

ADDED = "*"
"""Stands for the column of a row that the merge added; its "after" holds nothing."""


def carry_out(changes: Sequence[Change]) -> None:
    """Write the changes in their order."""
    db.session.flush()
    for change in changes:
        table = Base.metadata.tables[change.table]
        if change.before:
            db.session.execute(update(table).where(key_of(table) == change.key).values(change.after))
        else:
            db.session.execute(insert(table).values(change.after))
    _renew({(change.table, change.key) for change in changes})


def note(merge: PersonMerge, changes: Iterable[Change]) -> int:
    """Keep every cell with what stood in it; return how many."""
    cells = [cell for change in changes for cell in _cells(change)]
    db.session.add_all(
        MergeChange(id=new_id(), merge_id=merge.id, position=position, **cell)
        for position, cell in enumerate(cells)
    )
    db.session.flush()
    return len(cells)


def list_changes(merge_id: UUID) -> list[MergeChange]:
    """Return the cells that a merge wrote, in order."""
    statement = select(MergeChange).where(MergeChange.merge_id == merge_id).order_by(MergeChange.position)
    return list(db.session.scalars(statement))


def changed_since(changes: Sequence[MergeChange]) -> list[MergeChange]:
    """Return the cells that do not hold any more what the merge wrote, a statement for each row of the log."""
    found: list[MergeChange] = []
    for table, key, cells in _by_row(changes):
        row = _find(table, key)
        found += [cell for cell in cells if not _stands(row, cell)]
    return found


def write_back(changes: Sequence[MergeChange]) -> None:
    """Write what stood there before, backwards."""
    db.session.flush()
    for table, key, cells in _by_row(changes[::-1]):
        where = key_of(table) == _key(table, key)
        if any(cell.column_name == ADDED for cell in cells):
            db.session.execute(delete(table).where(where))
        else:
            values = {cell.column_name: read(cell.before) for cell in cells}
            db.session.execute(update(table).where(where).values(values))
    _renew({(table.name, _key(table, key)) for table, key, _cells in _by_row(changes)})


def _renew(written: set[tuple[str, Any]]) -> None:
    """Let loaded objects say what their rows say now; those whose row is gone leave the session."""
    for loaded in list(db.session.identity_map.values()):
        state = inspect(loaded)
        if (state.mapper.local_table.name, state.identity[0]) not in written:
            continue
        if db.session.get(type(loaded), state.identity, populate_existing=True) is None:
            db.session.expunge(loaded)


def _cells(change: Change) -> Iterator[dict[str, Any]]:
    about = {"table_name": change.table, "row_key": str(change.key)}
    if not change.before:
        yield {**about, "column_name": ADDED, "before": write(None), "after": write(None)}
        return
    for name, value in change.after.items():
        yield {**about, "column_name": name, "before": write(change.before[name]), "after": write(value)}


def _by_row(changes: Sequence[MergeChange]) -> Iterator[tuple[Table, str, list[MergeChange]]]:
    for (name, key), cells in groupby(changes, lambda cell: (cell.table_name, cell.row_key)):
        yield Base.metadata.tables[name], key, list(cells)


def _stands(row: Row | None, cell: MergeChange) -> bool:
    if row is None:
        return False
    return cell.column_name == ADDED or write(row[cell.column_name]) == cell.after


def _find(table: Table, key: str) -> Row | None:
    found = (
        db.session.execute(select(table).where(key_of(table) == _key(table, key))).mappings().one_or_none()
    )
    return dict(found) if found else None


def _key(table: Table, text: str) -> object:
    """Return a row's key as its column has it: most are UUIDs, append-only tables count."""
    key: object = key_of(table).type.python_type(text)
    return key
