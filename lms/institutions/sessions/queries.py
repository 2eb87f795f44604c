"""Reads about the sessions of a commission."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from lms.accounts.models import Person
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.jobs.models import Job
from lms.institutions.commission.models import SeatHolder
from lms.institutions.commission.queries import list_seats, name_of
from lms.institutions.commission.rules import SeatOn
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import list_institutions
from lms.institutions.programmes.models import Membership, MembershipKind, Programme
from lms.institutions.sessions.models import (
    Accord,
    AccordPaper,
    AccordStep,
    AgendaItem,
    Presence,
    Proposal,
    Sitting,
    SittingLetter,
    SittingNote,
    SittingRules,
)
from lms.institutions.sessions.permissions import SittingPermission
from lms.institutions.sessions.rules import (
    PresenceKind,
    ProposalState,
    Quorum,
    QuorumRule,
    Recorded,
    SittingKind,
    count_present,
    seats_needed,
)

Part = TypeVar("Part", AgendaItem, Proposal, Accord, SittingLetter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attending:
    """A seat, or a permanent guest, on the day of a session, with who came."""

    seat: SeatOn
    presence: PresenceKind | None

    @property
    def counts(self) -> bool:
        """Say whether it is a seat: guests and the secretariat have a voice and no seat."""
        return self.seat.kind == MembershipKind.MEMBER.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Something agreed with who answers for it, its history and its documents."""

    row: Accord
    responsible: str
    steps: tuple[AccordStep, ...]
    papers: tuple[AccordPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A letter with whom it went to and what became of it."""

    row: SittingLetter
    name: str
    institution: str
    job: Job | None
    """Null once the queue forgot it, or for somebody without an address."""


def visible_to(actor: Actor, permission: Permission) -> Select[Any]:
    """Return the sessions a permission reaches.

    Whoever reaches a programme sees all of its commission; whoever reaches an institution reads, and only reads, the
    sessions on whose day it, or a body above it, had a seat or was a guest.
    """
    reach = actor.reach(permission)
    statement = select(Sitting)
    if reach.everywhere:
        return statement
    ways: list[ColumnElement[bool]] = [Sitting.programme_id.in_(reach.programmes)]
    if reach.institutions and permission is SittingPermission.READ:
        ways.append(_sits_for(reach.institutions))
    return statement.where(or_(*ways))


def _sits_for(institution_ids: Collection[UUID]) -> ColumnElement[bool]:
    own = select(Institution.path).where(Institution.id.in_(institution_ids)).subquery()
    above = select(Institution.id).join(own, own.c.path.like(Institution.path + "%"))
    return (
        select(Membership.id)
        .where(
            Membership.programme_id == Sitting.programme_id,
            Membership.institution_id.in_(above),
            Membership.starts_on <= Sitting.day,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= Sitting.day),
        )
        .exists()
    )


def list_programmes(actor: Actor, permission: Permission) -> Sequence[Programme]:
    """Return the whole programmes a permission reaches, by name: a member institution convenes nobody."""
    reach = actor.reach(permission)
    statement = select(Programme).order_by(Programme.name)
    if not reach.everywhere:
        statement = statement.where(Programme.id.in_(reach.programmes))
    return db.session.scalars(statement).all()


def list_seen_programmes(actor: Actor) -> Sequence[Programme]:
    """Return the programmes with a session that the actor reads, by name."""
    seen = visible_to(actor, SittingPermission.READ).with_only_columns(Sitting.programme_id)
    return db.session.scalars(select(Programme).where(Programme.id.in_(seen)).order_by(Programme.name)).all()


def reaches(actor: Actor, permission: Permission, sitting: Sitting) -> bool:
    """Say whether a permission reaches a session, to decide what a page offers."""
    found = visible_to(actor, permission).where(Sitting.id == sitting.id).with_only_columns(Sitting.id)
    return db.session.scalar(found) is not None


def list_sittings(actor: Actor, programme_id: UUID | None) -> Select[Any]:
    """Return the select of a list: (session, programme), the latest first, of one programme when asked."""
    statement = visible_to(actor, SittingPermission.READ).join(
        Programme, Programme.id == Sitting.programme_id
    )
    if programme_id:
        statement = statement.where(Sitting.programme_id == programme_id)
    return statement.add_columns(Programme).order_by(Sitting.starts_at.desc(), Sitting.id)


def find_numbered(programme_id: UUID, kind: SittingKind, year: int, number: int) -> Sitting | None:
    """Return the session of this number."""
    return db.session.scalar(
        select(Sitting).where(
            Sitting.programme_id == programme_id,
            Sitting.kind == kind,
            Sitting.year == year,
            Sitting.number == number,
        )
    )


def next_number(programme_id: UUID, kind: SittingKind, year: int) -> int:
    """Return the number after the last one of a kind and year."""
    last = select(func.max(Sitting.number)).where(
        Sitting.programme_id == programme_id, Sitting.kind == kind, Sitting.year == year
    )
    return (db.session.scalar(last) or 0) + 1


def quorum_rule(programme_id: UUID) -> QuorumRule:
    """Return which part of its seats a commission must have present."""
    return quorum_rules([programme_id])[programme_id]


def quorum_rules(programme_ids: Collection[UUID]) -> dict[UUID, QuorumRule]:
    """Return the rule of each of some commissions, in one query."""
    rows = db.session.scalars(select(SittingRules).where(SittingRules.programme_id.in_(programme_ids)))
    return dict.fromkeys(programme_ids, QuorumRule.MORE_THAN_HALF) | {
        row.programme_id: row.quorum for row in rows
    }


def list_attending(sitting: Sitting) -> list[Attending]:
    """Return the seats and guests of the session's day with who came, in three queries."""
    rows = db.session.execute(
        select(Presence.membership_id, Presence.kind).where(Presence.sitting_id == sitting.id)
    ).all()
    kinds = {row[0]: row[1] for row in rows}
    seats = list_seats(sitting.programme_id, sitting.day)
    return [Attending(seat=seat, presence=kinds.get(seat.membership_id)) for seat in seats]


def quorum_of(sitting: Sitting, attending: Iterable[Attending]) -> Quorum:
    """Return the quorum by who is noted as present now."""
    kinds = {each.seat.membership_id: each.presence for each in attending if each.counts}
    rule = sitting.quorum or quorum_rule(sitting.programme_id)
    noted = {seat: kind for seat, kind in kinds.items() if kind}
    return Quorum(
        seats=len(kinds), present=count_present(noted, kinds), needed=seats_needed(len(kinds), rule)
    )


def find_presence(sitting_id: UUID, membership_id: UUID) -> Presence | None:
    """Return who came for an institution, if anybody noted it."""
    return db.session.scalar(
        select(Presence).where(Presence.sitting_id == sitting_id, Presence.membership_id == membership_id)
    )


def list_agenda(sitting_id: UUID) -> Sequence[AgendaItem]:
    """Return the points of the agenda in order."""
    return db.session.scalars(
        select(AgendaItem)
        .where(AgendaItem.sitting_id == sitting_id)
        .order_by(AgendaItem.position, AgendaItem.id)
    ).all()


def list_proposals(sitting_id: UUID) -> Sequence[Proposal]:
    """Return the proposals by number."""
    return db.session.scalars(
        select(Proposal).where(Proposal.sitting_id == sitting_id).order_by(Proposal.number)
    ).all()


def find_part(kind: type[Part], sitting: Sitting, part_id: UUID) -> Part | None:
    """Return a part of this session."""
    found = db.session.get(kind, part_id)
    return found if found is not None and found.sitting_id == sitting.id else None


def list_accords(sitting_id: UUID) -> list[Followed]:
    """Return everything agreed or proposed at a session, by number with what has none last, in four queries."""
    rows = db.session.scalars(
        select(Accord)
        .where(Accord.sitting_id == sitting_id)
        .order_by(Accord.number.is_(None), Accord.number, Accord.id)
    ).all()
    return _followed(rows)


def list_tasks(proposal: Proposal) -> Sequence[Accord]:
    """Return the tasks of a proposal in the order in which they were written."""
    return db.session.scalars(
        select(Accord).where(Accord.proposal_id == proposal.id).order_by(Accord.id)
    ).all()


def last_accord_number(sitting_id: UUID) -> int:
    """Return the number of the last thing agreed at a session, 0 for none."""
    return db.session.scalar(select(func.max(Accord.number)).where(Accord.sitting_id == sitting_id)) or 0


def _followed(rows: Sequence[Accord]) -> list[Followed]:
    ids = [row.id for row in rows]
    steps = _by_accord(
        db.session.scalars(
            select(AccordStep)
            .where(AccordStep.accord_id.in_(ids))
            .order_by(AccordStep.happened_on, AccordStep.id)
        ).all()
    )
    papers = _by_accord(
        db.session.scalars(
            select(AccordPaper).where(AccordPaper.accord_id.in_(ids)).order_by(AccordPaper.id)
        ).all()
    )
    known = list_institutions({row.institution_id for row in rows if row.institution_id})
    return [
        Followed(
            row=row,
            responsible=known[row.institution_id].name if row.institution_id else "",
            steps=tuple(steps.get(row.id, ())),
            papers=tuple(papers.get(row.id, ())),
        )
        for row in rows
    ]


def _by_accord(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.accord_id, []).append(row)
    return found


def find_paper(sitting: Sitting, paper_id: UUID) -> AccordPaper | None:
    """Return a document of an accord of this session."""
    return db.session.scalar(
        select(AccordPaper)
        .join(Accord, Accord.id == AccordPaper.accord_id)
        .where(AccordPaper.id == paper_id, Accord.sitting_id == sitting.id)
    )


def list_papers(accord_id: UUID) -> Sequence[AccordPaper]:
    """Return the documents of an accord, the first one first."""
    return db.session.scalars(
        select(AccordPaper).where(AccordPaper.accord_id == accord_id).order_by(AccordPaper.id)
    ).all()


def count_tables(sitting_id: UUID) -> int:
    """Return how many documents were numbered by a session."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(AccordPaper)
            .join(Accord, Accord.id == AccordPaper.accord_id)
            .where(Accord.sitting_id == sitting_id, AccordPaper.table.is_not(None))
        )
        or 0
    )


def list_holders(sitting: Sitting) -> list[tuple[SeatHolder, Person | None]]:
    """Return who holds a seat, or comes for a guest, on the day of a session, by institution, in one query."""
    day = sitting.day
    rows = db.session.execute(
        select(SeatHolder, Person)
        .join(Membership, Membership.id == SeatHolder.membership_id)
        .join(Institution, Institution.id == Membership.institution_id)
        .outerjoin(Person, Person.id == SeatHolder.person_id)
        .where(
            Membership.programme_id == sitting.programme_id,
            Membership.starts_on <= day,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= day),
            SeatHolder.starts_on <= day,
            or_(SeatHolder.ends_on.is_(None), SeatHolder.ends_on >= day),
        )
        .order_by(Institution.search_text, SeatHolder.rank.desc(), SeatHolder.id)
    ).all()
    return [(row[0], row[1]) for row in rows]


def list_letters(sitting_id: UUID) -> list[Sent]:
    """Return the letters of a session, the newest first, in one query."""
    rows = db.session.execute(
        select(SittingLetter, SeatHolder, Person, Institution.name, Job)
        .join(SeatHolder, SeatHolder.id == SittingLetter.holder_id)
        .join(Membership, Membership.id == SeatHolder.membership_id)
        .join(Institution, Institution.id == Membership.institution_id)
        .outerjoin(Person, Person.id == SeatHolder.person_id)
        .outerjoin(Job, Job.id == SittingLetter.job_id)
        .where(SittingLetter.sitting_id == sitting_id)
        .order_by(SittingLetter.sent_at.desc(), Institution.search_text, SittingLetter.id)
    ).all()
    return [
        Sent(row=row[0], name=name_of(row[1], row[2]) or row[1].post, institution=row[3], job=row[4])
        for row in rows
    ]


def list_notes(sitting_id: UUID) -> Sequence[SittingNote]:
    """Return what was said about the minutes after they were approved, in order."""
    return db.session.scalars(
        select(SittingNote).where(SittingNote.sitting_id == sitting_id).order_by(SittingNote.number)
    ).all()


def count_recorded(sitting: Sitting) -> Recorded:
    """Return how much was recorded at a session since it was opened."""

    def count(*conditions: ColumnElement[bool]) -> int:
        return db.session.scalar(select(func.count()).where(*conditions)) or 0

    return Recorded(
        presences=count(Presence.sitting_id == sitting.id, Presence.noted_at > sitting.held_at),
        proposals=count(Proposal.sitting_id == sitting.id, Proposal.state != ProposalState.PENDING),
        accords=count(Accord.sitting_id == sitting.id, Accord.number.is_not(None)),
    )
