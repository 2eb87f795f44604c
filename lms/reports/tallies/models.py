"""Figures of a programme, and what each person added to them."""

from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue, text_enum

LONGEST_LABEL = 120


class SpanState(StrEnum):
    """How far the figures of a span are."""

    COUNTING = "counting"
    KEPT = "kept"
    LEAVING = "leaving"
    """It was dropped, and people are still taken out of it."""


OF_A_MONTH = "month <> ''"
"""Of the rows that count, alone, who completed in a month."""


IN_ORDER: Final = {"sqlite_with_rowid": False}
"""SQLite keeps rows by their key: a page reads those of a period beside each other, not each from its own place."""


class Tally(Base):
    """How many people of an institution and sector came how far, in one period of a programme."""

    __tablename__ = "report_tally"
    __table_args__ = (
        # The curves add up the months of every institution: they find all they need here, in the order of their sums.
        Index(
            "ix_report_tally_completed_by_month",
            "programme_id", "basis", "period", "sector", "month", "completed",
            sqlite_where=text(OF_A_MONTH), postgresql_where=text(OF_A_MONTH),
        ),
        IN_ORDER,
    )  # fmt: skip

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    basis: Mapped[str] = mapped_column(String(4), primary_key=True)
    """See ``lms.reports.tallies.rules.Basis``."""
    period: Mapped[str] = mapped_column(String(15), primary_key=True)
    """In which they enrolled: ``all``, ``2026``, ``2026-Q4``, ``2026-11`` or a span, ``2026-02_2026-08``."""
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    """Empty in the row of everybody; ``2026-11`` in the row that counts, alone, who completed in that month."""
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), primary_key=True)
    sector: Mapped[str] = mapped_column(String(20), primary_key=True)
    """Empty for bodies of no single sector."""
    enrolled: Mapped[int]
    started: Mapped[int]
    halfway: Mapped[int]
    completed: Mapped[int]
    certified: Mapped[int]
    minutes: Mapped[int]
    days: Mapped[int]


class LearnedTally(Base):
    """What people of an institution and sector attended, learned and said, in one period: where they were enrolled.

    Columns are those of ``lms.reports.tallies.outcomes.Learned``.
    """

    __tablename__ = "report_learned"
    __table_args__ = IN_ORDER

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    basis: Mapped[str] = mapped_column(String(4), primary_key=True)
    period: Mapped[str] = mapped_column(String(15), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    """Always empty: the two tables have one key."""
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), primary_key=True)
    sector: Mapped[str] = mapped_column(String(20), primary_key=True)
    attended: Mapped[int]
    seconds: Mapped[int] = mapped_column(BigInteger)
    closed: Mapped[int]
    credited: Mapped[int] = mapped_column(BigInteger)
    before: Mapped[int]
    both: Mapped[int]
    gain: Mapped[int] = mapped_column(BigInteger)
    answered: Mapped[int]
    opinion: Mapped[int] = mapped_column(BigInteger)


class Standing(Base):
    """What a person adds to the figures of a programme, as it was last counted.

    Figures change by the difference to it, so counting somebody again, in any order, never counts them twice.
    """

    __tablename__ = "report_standing"
    __table_args__ = (UniqueConstraint("programme_id", "person_id"), Index(None, "person_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    counted: Mapped[Json] = mapped_column(JsonValue)
    """Rows of ``Key`` and ``Measures`` as plain values under ``rows``, those with ``Learned`` under ``learned``."""


class CountedProgramme(Base):
    """A programme whose figures are kept: everybody in it has been counted once."""

    __tablename__ = "report_counted_programme"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), primary_key=True)


class Span(Base):
    """A stretch of whole months that a programme reports on besides calendar periods, such as an agreement's term."""

    __tablename__ = "report_span"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(15), primary_key=True)
    """Its first and last month: ``2026-02_2026-08``."""
    label: Mapped[str] = mapped_column(String(LONGEST_LABEL))
    state: Mapped[SpanState] = mapped_column(text_enum(SpanState))
    done: Mapped[int] = mapped_column(default=0)
    """How many people were counted for it, or taken out of it, since it is on its way."""
    total: Mapped[int] = mapped_column(default=0)
    """How many people that are, as far as was known at the beginning."""


class FiguresVersion(Base):
    """A token that changes with the figures of a programme, or with the directory that names their rows.

    A worker that kept what it made of them knows by it whether they are the same still (ADR 26).
    """

    __tablename__ = "report_figures_version"

    about: Mapped[str] = mapped_column(String(33), primary_key=True)
    """Id of the programme in hexadecimal, also with ``l`` for its figures of learning, or ``directory``."""
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """One of a few rows, so that transactions seldom wait for each other; the version is all of them."""
    token: Mapped[UUID]
