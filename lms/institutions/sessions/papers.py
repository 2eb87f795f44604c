"""Documents that follow what was agreed: where they come from, and how they are kept."""

from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import select

from lms.core.actors import Actor
from lms.core.context import registry
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.tabular import Column, Table
from lms.core.types import Json
from lms.institutions.programmes.models import Programme
from lms.institutions.sessions import queries
from lms.institutions.sessions.errors import AccordNotAdopted, PaperGone, PaperKnown
from lms.institutions.sessions.messages import PaperAttached
from lms.institutions.sessions.models import Accord, AccordPaper, Sitting
from lms.institutions.sessions.rules import SittingKind
from lms.plugins.sittings import PrintedTable, SittingPapers

LETTERS = {SittingKind.ORDINARY: "O", SittingKind.EXTRAORDINARY: "E"}


def list_offered(programme_id: UUID, now: datetime) -> list[tuple[str, str]]:
    """Return everything that can be attached as (choice, words)."""
    return [
        (f"{source.name}:{paper.key}", f"{source.label}: {paper.title}")
        for source in _sources()
        for paper in source.offered(programme_id, now)
    ]


def attach(
    sitting: Sitting, accord: Accord, programme: Programme, choice: str, *, actor: Actor, now: datetime
) -> AccordPaper:
    """Attach a document to something agreed; raises AccordNotAdopted, PaperGone and PaperKnown."""
    db.session.refresh(sitting, with_for_update=True)
    if accord.number is None:
        raise AccordNotAdopted
    name, _colon, key = choice.partition(":")
    source = next((each for each in _sources() if each.name == name), None)
    taken = source.take(programme.id, key, now) if source else None
    if taken is None:
        raise PaperGone
    key = key if taken.table is None else f"{key}@{now.isoformat()}"
    if _is_known(accord, name, key):
        raise PaperKnown
    paper = AccordPaper(
        id=new_id(),
        accord_id=accord.id,
        source=name,
        key=key,
        folio=taken.folio or _folio(sitting, programme),
        title=taken.title,
        made_at=taken.made_at,
        table=_plain(taken.table) if taken.table else None,
    )
    db.session.add(paper)
    db.session.flush()
    publish(
        PaperAttached(at=now, actor=actor, subject_id=sitting.id, folio=paper.folio, number=accord.number)
    )
    return paper


def address_of(paper: AccordPaper, actor: Actor) -> str:
    """Return where the actor reads a document that its source keeps; empty where they may not."""
    source = next((each for each in _sources() if each.name == paper.source), None)
    return source.address(paper.key, actor) if source else ""


def printed(paper: AccordPaper) -> PrintedTable | None:
    """Return the table that was kept with a document; None for one that its source keeps."""
    if paper.table is None:
        return None
    return PrintedTable(
        columns=tuple(paper.table["columns"]),
        rows=tuple(tuple(row) for row in paper.table["rows"]),
        notes=tuple(paper.table["notes"]),
    )


def as_file(table: PrintedTable) -> Table:
    """Return a kept table as it goes into a file: the same cells in the same order."""
    return Table(columns=[Column(label) for label in table.columns], rows=list(table.rows))


def _plain(table: PrintedTable) -> Json:
    return {
        "columns": list(table.columns),
        "rows": [list(row) for row in table.rows],
        "notes": list(table.notes),
    }


def _sources() -> list[SittingPapers]:
    return cast("list[SittingPapers]", list(registry("sitting_papers").values()))


def _is_known(accord: Accord, source: str, key: str) -> bool:
    found = select(AccordPaper.id).where(
        AccordPaper.accord_id == accord.id, AccordPaper.source == source, AccordPaper.key == key
    )
    return db.session.scalar(found) is not None


def _folio(sitting: Sitting, programme: Programme) -> str:
    """Return the number of a table kept by a session, such as QROO-2026-O2-A01: the session's own and its order."""
    count = queries.count_tables(sitting.id) + 1
    return f"{programme.code}-{sitting.year}-{LETTERS[sitting.kind]}{sitting.number}-A{count:02d}"
