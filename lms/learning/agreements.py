"""Under which agreement a cohort runs: what can be chosen, and what stands in its way."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.institutions.agreements.models import Agreement
from lms.institutions.agreements.permissions import AgreementPermission
from lms.institutions.agreements.queries import may_begin_cohort, visible_to
from lms.institutions.agreements.rules import Standing
from lms.learning.errors import AgreementElsewhere, AgreementNeeded, AgreementNotBegun, AgreementOver

IN_FORCE = frozenset({Standing.IN_FORCE, Standing.EXPIRING})


def list_in_force(programme_ids: Collection[UUID], day: date, *, keep: UUID | None = None) -> list[Agreement]:
    """Return the agreements of programmes, or of none, that are in force on a day, by code; and the one to keep."""
    rows = db.session.scalars(
        select(Agreement)
        .where(
            or_(
                Agreement.programme_id.in_(programme_ids),
                Agreement.programme_id.is_(None),
                Agreement.id == keep,
            )
        )
        .order_by(Agreement.code)
    )
    return [row for row in rows if row.id == keep or row.standing(day) in IN_FORCE]


def agreement_choices(agreements: Sequence[Agreement]) -> list[tuple[str, str]]:
    """Return agreements as the choices of a form."""
    return [(str(each.id), f"{each.code} · {each.title}") for each in agreements]


def find_agreement(agreement_id: UUID | None) -> Agreement | None:
    """Return the agreement that a cohort names, if it names one."""
    return db.session.get(Agreement, agreement_id) if agreement_id else None


def may_read(actor: Actor, agreement: Agreement) -> bool:
    """Say whether somebody may open the page of an agreement."""
    seen = visible_to(actor, AgreementPermission.READ).where(Agreement.id == agreement.id)
    return db.session.scalar(seen) is not None


def check_agreement(agreement_id: UUID | None, programme_id: UUID, first_day: date) -> None:
    """Refuse an agreement that is another programme's or not in force on a cohort's first day; none is fine.

    Raises AgreementElsewhere, AgreementNotBegun, AgreementOver, and NotFound for one that does not exist.
    """
    if agreement_id is None:
        return
    agreement = find_agreement(agreement_id)
    if agreement is None:
        raise NotFound
    if agreement.programme_id not in {None, programme_id}:
        raise AgreementElsewhere
    match agreement.standing(first_day):
        case Standing.DRAFT | Standing.UPCOMING:
            raise AgreementNotBegun
        case Standing.EXPIRED | Standing.ENDED:
            raise AgreementOver


def check_may_begin(programme_id: UUID, first_day: date) -> None:
    """Refuse a new cohort of a programme whose agreements hold its cohorts and are over; raises AgreementNeeded."""
    if not may_begin_cohort(programme_id, first_day):
        raise AgreementNeeded
