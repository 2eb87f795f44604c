"""What can be done with agreements; the only writer of their tables, beside ``parts``."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import delete

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.folding import fold
from lms.core.ids import new_id
from lms.institutions.agreements import queries, rules
from lms.institutions.agreements.errors import (
    AlreadyOver,
    AlreadyRenewed,
    AlreadySigned,
    CodeTaken,
    LastDayOutside,
    MonthsNeeded,
    NoTerm,
    NotSigned,
    StartNeeded,
)
from lms.institutions.agreements.messages import (
    AgreementAmended,
    AgreementChanged,
    AgreementCreated,
    AgreementDiscarded,
    ExpiryWarned,
)
from lms.institutions.agreements.models import (
    Agreement,
    AgreementAmendment,
    AgreementCommitment,
    AgreementDuty,
    AgreementParty,
    AgreementWarning,
    Campaign,
)
from lms.institutions.agreements.parts import drop_papers
from lms.institutions.agreements.rules import AmendmentKind
from lms.institutions.agreements.values import AgreementValues, AmendmentValues


def create_agreement(
    values: AgreementValues, *, renews: Agreement | None = None, actor: Actor, now: datetime
) -> Agreement:
    """Register an agreement, carrying an earlier one on when asked; raises CodeTaken, NotSigned and AlreadyRenewed."""
    if queries.find_by_code(values.code):
        raise CodeTaken
    if renews and renews.starts_on is None:
        raise NotSigned
    if renews and queries.find_renewal(renews):
        raise AlreadyRenewed
    agreement = Agreement(id=new_id(), renews_id=renews.id if renews else None, **asdict(values))
    agreement.ends_on = _end(agreement)
    agreement.search_text = _search_text(agreement)
    db.session.add(agreement)
    db.session.flush()
    publish(AgreementCreated(at=now, actor=actor, subject_id=agreement.id, number=agreement.code))
    return agreement


def change_agreement(agreement: Agreement, values: AgreementValues, *, actor: Actor, now: datetime) -> None:
    """Change the data of an agreement; its last day follows. Raises CodeTaken and StartNeeded."""
    db.session.refresh(agreement, with_for_update=True)
    other = queries.find_by_code(values.code)
    if other and other.id != agreement.id:
        raise CodeTaken
    amendments = queries.amendments_of(agreement)
    if amendments and (values.starts_on is None or (agreement.months and not values.months)):
        raise StartNeeded
    table = asdict(values)
    changed = tuple(name for name, value in table.items() if getattr(agreement, name) != value)
    for name in changed:
        setattr(agreement, name, table[name])
    if not changed:
        return
    if not agreement.was_ended:
        agreement.ends_on = _end(agreement, _months(amendments))
    agreement.search_text = _search_text(agreement)
    publish(AgreementChanged(at=now, actor=actor, subject_id=agreement.id, fields=changed))


def discard_draft(agreement: Agreement, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away with everything that hangs from it; raises AlreadySigned."""
    db.session.refresh(agreement, with_for_update=True)
    if agreement.starts_on is not None or queries.amendments_of(agreement):
        raise AlreadySigned
    duties = queries.duties_of(agreement, ())
    if any(duty.steps for duty in duties):
        raise AlreadySigned
    drop_papers(agreement)
    db.session.execute(delete(Campaign).where(Campaign.duty_id.in_([duty.id for duty in duties])))
    for table in (AgreementCommitment, AgreementDuty, AgreementParty):
        db.session.execute(delete(table).where(table.agreement_id == agreement.id))
    db.session.delete(agreement)
    publish(AgreementDiscarded(at=now, actor=actor, subject_id=agreement.id, number=agreement.code))


def amend(
    agreement: Agreement, values: AmendmentValues, *, actor: Actor, now: datetime
) -> AgreementAmendment:
    """Note an extension, an addendum or an early end, and move the last day.

    Raises NotSigned, NoTerm, AlreadyOver, MonthsNeeded and LastDayOutside.
    """
    db.session.refresh(agreement, with_for_update=True)
    earlier = queries.amendments_of(agreement)
    before, after = agreement.ends_on, _amended_end(agreement, values, _months(earlier))
    months = values.months if values.kind is AmendmentKind.EXTENSION else None
    amendment = AgreementAmendment(
        id=new_id(), agreement_id=agreement.id, number=len(earlier) + 1, kind=values.kind,
        signed_on=values.signed_on, months=months, text=values.text, ends_before=before, ends_after=after,
    )  # fmt: skip
    db.session.add(amendment)
    agreement.ends_on = after
    agreement.was_ended = agreement.was_ended or values.kind is AmendmentKind.TERMINATION
    db.session.flush()
    publish(
        AgreementAmended(at=now, actor=actor, subject_id=agreement.id, kind=values.kind.value, ends_on=after)
    )
    return amendment


def note_warning(agreement: Agreement, days: int, *, actor: Actor, now: datetime) -> bool:
    """Note that a warning goes out; False when it did already."""
    if agreement.ends_on is None or queries.was_warned(agreement, days):
        return False
    db.session.add(
        AgreementWarning(
            id=new_id(), agreement_id=agreement.id, ends_on=agreement.ends_on, days=days, sent_at=now
        )
    )
    db.session.flush()
    publish(ExpiryWarned(at=now, actor=actor, subject_id=agreement.id, ends_on=agreement.ends_on, days=days))
    return True


def _amended_end(agreement: Agreement, values: AmendmentValues, extra: int) -> date | None:
    if agreement.starts_on is None:
        raise NotSigned
    match values.kind:
        case AmendmentKind.EXTENSION:
            return _extended_end(agreement, values, extra)
        case AmendmentKind.TERMINATION:
            if not rules.ends_early(agreement.starts_on, agreement.ends_on, values.last_day):
                raise LastDayOutside
            return values.last_day
        case AmendmentKind.ADDENDUM:
            return agreement.ends_on


def _extended_end(agreement: Agreement, values: AmendmentValues, extra: int) -> date | None:
    if agreement.months is None or agreement.ends_on is None:
        raise NoTerm
    if agreement.was_ended or values.signed_on > agreement.ends_on:
        raise AlreadyOver
    if not values.months:
        raise MonthsNeeded
    return _end(agreement, extra + values.months)


def _months(amendments: Iterable[AgreementAmendment]) -> int:
    return sum(each.months or 0 for each in amendments)


def _end(agreement: Agreement, extra: int = 0) -> date | None:
    if agreement.starts_on is None or agreement.months is None:
        return None
    return rules.end_of(agreement.starts_on, agreement.months + extra)


def _search_text(agreement: Agreement) -> str:
    names = " ".join(party.row.name for party in queries.parties_of(agreement) if party.row.name)
    return fold(f"{agreement.code} {agreement.title} {names}")[:600]
