"""The list of what was agreed across sessions: what narrows and orders it, and one set of rows for page and files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, select

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.i18n import _, _l
from lms.core.tabular import Column, Kind, Table
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.institutions.sessions.models import Accord, Sitting
from lms.institutions.sessions.permissions import SittingPermission
from lms.institutions.sessions.queries import visible_to
from lms.institutions.sessions.rules import FOLLOWED, OPEN, AccordState, is_overdue
from lms.institutions.sessions.words import ACCORDS, title_of

SORTS: Final = ("due", "institution", "sitting")
OVERDUE: Final = "overdue"
"""A filter beside the states: due before today and still open."""
LATEST_DAY: Final = date(9999, 12, 31)
"""Where something without a date stands in the order."""
COLUMNS: Final = (
    Column(_l("Comisión")),
    Column(_l("Sesión")),
    Column(_l("Fecha de la sesión"), Kind.DATE),
    Column(_l("Acuerdo"), Kind.WHOLE),
    Column(_l("Qué se acordó")),
    Column(_l("Responsable")),
    Column(_l("Para el"), Kind.DATE),
    Column(_l("Estado")),
    Column(_l("Desde el"), Kind.DATE),
    Column(_l("Vencido")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What narrows and orders the list of accords; empty values narrow nothing."""

    state: str = ""
    """A value of ``AccordState``, or OVERDUE."""
    institution_id: UUID | None = None
    programme_id: UUID | None = None
    until: date | None = None
    """Due on this day or before."""
    sort: str = ""
    """One of SORTS, with a minus before it to turn it round."""


def narrow(actor: Actor, asked: Narrowing, day: date) -> Select[*tuple[Any, ...]]:
    """Return the select of what was agreed across sessions: (accord, session, programme, institution name)."""
    seen = visible_to(actor, SittingPermission.READ).with_only_columns(Sitting.id)
    statement: Select[*tuple[Any, ...]] = (
        select(Accord, Sitting, Programme, Institution.name)
        .join(Sitting, Sitting.id == Accord.sitting_id)
        .join(Programme, Programme.id == Sitting.programme_id)
        .outerjoin(Institution, Institution.id == Accord.institution_id)
        .where(Accord.sitting_id.in_(seen), Accord.state.in_(FOLLOWED))
    )
    if asked.state == OVERDUE:
        statement = statement.where(Accord.state.in_(OPEN), Accord.due_on < day)
    elif asked.state in set(AccordState):
        statement = statement.where(Accord.state == asked.state)
    if asked.institution_id:
        statement = statement.where(Accord.institution_id == asked.institution_id)
    if asked.programme_id:
        statement = statement.where(Sitting.programme_id == asked.programme_id)
    if asked.until:
        statement = statement.where(Accord.due_on <= asked.until)
    return statement.order_by(*_order(asked.sort), Sitting.starts_at, Accord.number, Accord.id)


def _order(sort: str) -> list[Any]:
    due = func.coalesce(Accord.due_on, LATEST_DAY)
    columns: dict[str, Any] = {
        "due": due,
        "institution": func.coalesce(Institution.search_text, ""),
        "sitting": Sitting.starts_at,
    }
    column = columns.get(sort.removeprefix("-"), due)
    return [column.desc() if sort.startswith("-") else column.asc()]


def list_responsible(actor: Actor) -> list[tuple[UUID, str]]:
    """Return the institutions that answer for something the actor reads, by name."""
    seen = visible_to(actor, SittingPermission.READ).with_only_columns(Sitting.id)
    answering = select(Accord.institution_id).where(Accord.sitting_id.in_(seen), Accord.state.in_(FOLLOWED))
    rows = db.session.execute(
        select(Institution.id, Institution.name)
        .where(Institution.id.in_(answering))
        .order_by(Institution.search_text, Institution.id)
    ).all()
    return [(row[0], row[1]) for row in rows]


def table_of(rows: Iterable[Any], day: date) -> Table:
    """Return rows of ``narrow`` as they go into a file, in the order of the page."""
    return Table(
        columns=COLUMNS,
        rows=[
            (
                programme.name, title_of(sitting), sitting.day, accord.number, accord.text,
                institution or str(_("Toda la comisión")), accord.due_on, str(ACCORDS[accord.state]),
                accord.state_on,
                str(_("Sí") if is_overdue(accord.due_on, accord.state, day) else _("No")),
            )
            for accord, sitting, programme, institution in rows
        ],
    )  # fmt: skip
