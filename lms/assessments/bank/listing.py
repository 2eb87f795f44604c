"""The list of the bank: questions of releases, and of the draft of the course that is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lms.assessments.bank import drafted, queries
from lms.assessments.bank.rules import MEASURED, ORDERS, BankRow, State, Wanted
from lms.authoring.models import Draft
from lms.core.actors import Actor
from lms.core.db import db
from lms.web.paging import Page, page_of, paginate


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What was asked for, and by whom."""

    actor: Actor
    wanted: Wanted
    order: str
    is_down: bool
    draft: Draft | None
    """The draft of the course that is asked for, when the actor may read it."""

    def page(self, number: int) -> Page[BankRow]:
        """Return one page of the list."""
        new = self._drafted()
        if new:
            return page_of(self._sorted([*self._released(), *new]), number)
        found = paginate(self._statement(), number)
        return replace(found, rows=[queries.read_row(row) for row in found.rows])

    def rows(self) -> list[BankRow]:
        """Return the whole list."""
        return self._sorted([*self._released(), *self._drafted()])

    def _released(self) -> list[BankRow]:
        return [queries.read_row(row) for row in db.session.execute(self._statement())]

    def _drafted(self) -> list[BankRow]:
        is_asked = self.wanted.state not in {State.RELEASED, State.RETIRED}
        found = drafted.list_drafted(self.draft) if self.draft and is_asked else ()
        return [row for row in found if self.wanted.takes(row)]

    def _statement(self) -> queries.Rows:
        return queries.released_rows(self.wanted, self.order, is_down=self.is_down)

    def _sorted(self, rows: Sequence[BankRow]) -> list[BankRow]:
        found = sorted(rows, key=ORDERS[self.order], reverse=self.is_down)
        return sorted(found, key=lambda row: not row.performance.is_sure) if self.order in MEASURED else found


def listing_of(actor: Actor, wanted: Wanted, order: str) -> Listing:
    """Return the list in an order, which begins with a hyphen when it goes down; an unknown one is the usual."""
    name = order.removeprefix("-")
    return Listing(
        actor=actor,
        wanted=wanted,
        order=name if name in ORDERS else "course",
        is_down=order.startswith("-") and name in ORDERS,
        draft=drafted.find_draft(actor, wanted.course),
    )
