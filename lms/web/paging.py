"""Paging of lists: a slice of rows with what the page links need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from lms.core.db import db

T = TypeVar("T")
PER_PAGE = 25
Read = Callable[[Select[*tuple[Any, ...]]], Select[*tuple[Any, ...]]]
"""Makes of a select of some ids the select of their rows, in the same order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a longer list."""

    rows: Sequence[T]
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def count(self) -> int:
        """Return how many pages there are, at least 1."""
        return max(1, -(-self.total // self.per_page))

    @property
    def numbers(self) -> list[int | None]:
        """Return the page numbers to link, None where some are left out."""
        near = {1, self.count, *range(self.number - 1, self.number + 2)}
        shown: list[int | None] = []
        for number in sorted(n for n in near if 1 <= n <= self.count):
            if shown and shown[-1] is not None and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return shown


def paginate(
    statement: Select[*tuple[Any, ...]],
    number: int,
    *,
    per_page: int = PER_PAGE,
    read: Read | None = None,
    total: int | None = None,
) -> Page[Any]:
    """Return one page of a select's rows, in two queries. A number past the end gives the last page.

    Where a row costs more than its place in the order, the statement selects ids alone and ``read`` the rows of those
    that the page shows: a long list is counted and skipped through by the index of its order. ``total`` spares the
    first query to whoever has counted the rows already.
    """
    if total is None:
        total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    last = max(1, -(-total // per_page))
    number = min(number, last)
    shown = statement.limit(per_page).offset((number - 1) * per_page)
    rows = db.session.execute(read(shown) if read else shown).all()
    return Page(rows=rows, number=number, total=total, per_page=per_page)


def page_of(rows: Sequence[T], number: int, *, per_page: int = PER_PAGE) -> Page[T]:
    """Return one page of rows that are all at hand. A number past the end gives the last page."""
    number = min(number, max(1, -(-len(rows) // per_page)))
    start = (number - 1) * per_page
    return Page(rows=rows[start : start + per_page], number=number, total=len(rows), per_page=per_page)
