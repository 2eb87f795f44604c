"""Makes documents one after the other while the counter of folios is locked."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.accounts.models import Person
from lms.attendance.hours.queries import Hours, hours_of
from lms.attendance.hours.service import close as close_hours
from lms.certificates.credentials.service import make_badge, seal
from lms.certificates.designs.content import CertificateData
from lms.certificates.designs.folder import Design
from lms.certificates.issuing import announcing, queries, rules
from lms.certificates.issuing.badging import badge_facts
from lms.certificates.issuing.document import Document
from lms.certificates.issuing.drafting import Frame, Holder, Stamp, draft
from lms.certificates.issuing.findings import completions_of
from lms.certificates.issuing.messages import CertificateIssued
from lms.certificates.issuing.models import Certificate, FolioCounter, LetterPurpose
from lms.core.actors import Actor
from lms.core.context import current_storage
from lms.core.db import db, savepoint
from lms.core.events import publish
from lms.core.ids import in_groups, new_id, readable_code
from lms.core.pdf_assets import PdfError
from lms.institutions.directory.models import Institution
from lms.learning.models import Completion, Enrolment
from lms.learning.service import review_completion


class Draw(Protocol):
    """Draws a PDF; only jobs and commands can afford the real one, ``designs.draw.draw``."""

    def __call__(
        self, design: Design, data: CertificateData, *, made_at: datetime, pictures: Mapping[str, bytes]
    ) -> bytes:
        """Return the file of one document."""
        ...


@dataclass(frozen=True, kw_only=True)
class Press:
    """With what documents are made: the designs by their name, and whoever draws."""

    design: Callable[[str], Design]
    draw: Draw


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of a wish: a document, known before or new, or why there is none."""

    certificate: Certificate | None = None
    is_new: bool = False
    problem: PdfError | None = None
    """Why it could not be drawn; null where the person is not eligible."""


@dataclass(kw_only=True)
class Making:
    """Issues one document after the other while the counter is locked."""

    frame: Frame
    press: Press
    counter: FolioCounter
    issued_on: date
    actor: Actor
    now: datetime

    def load(self, enrolments: Sequence[Enrolment]) -> None:
        """Read everything about those who will get a document, in a constant number of queries."""
        self.holders = {each.enrolment.id: each for each in self._holders(enrolments)}
        people = [each.person.id for each in self.holders.values()]
        self.renewed = queries.renewable_of(self.frame.cohort, self.frame.kind, people, self.issued_on)

    def _holders(self, enrolments: Sequence[Enrolment]) -> list[Holder]:
        completions = self._completions(enrolments)
        hours = self._hours(enrolments, completions)
        return holders_of(enrolments, completions, hours)

    def _completions(self, enrolments: Sequence[Enrolment]) -> dict[UUID, Completion]:
        """Return the completions, and write those whose conditions are met and which nobody wrote yet."""
        found = completions_of([each.id for each in enrolments])
        if not self.frame.terms.rule.asks_completion:
            return found
        for each in enrolments:
            if each.id not in found:
                written = review_completion(each, actor=self.actor, now=self.now)
                if written:
                    found[each.id] = written
        return found

    def _hours(
        self, enrolments: Sequence[Enrolment], completions: Mapping[UUID, Completion]
    ) -> dict[UUID, Hours]:
        """Return the hours: closed with the completion; without one they are taken as they stand and go on."""
        found = hours_of([each.id for each in enrolments], self.now)
        for key in completions:
            if found[key].closed_at is None:
                found[key] = close_hours(key, actor=self.actor, now=self.now)
        return found

    def issue(self, enrolment: Enrolment) -> Answer:
        """Issue the document of one person; whoever was not loaded is not eligible."""
        holder = self.holders.get(enrolment.id)
        if holder is None:
            return Answer()
        old = self.renewed.get(holder.person.id)
        try:
            with savepoint():
                return Answer(certificate=self.make(holder, renews=old), is_new=True)
        except PdfError as error:
            return Answer(problem=error)

    def make(self, holder: Holder, *, renews: Certificate | None) -> Certificate:
        """Draw, keep and write down one document under the next folio; raises PdfError."""
        folio = rules.folio_of(self.counter.authority, self.counter.year, self.counter.last + 1)
        validity = rules.validity_of(
            self.frame.terms.term, self.issued_on, renews=renews.validity if renews else None
        )
        stamp = Stamp(
            folio=folio,
            code=in_groups(readable_code(sum(rules.CODE_GROUPS)), *rules.CODE_GROUPS),
            issued_on=self.issued_on,
            validity=validity,
            renews=renews.folio if renews else "",
        )
        document = draft(self.frame, holder, stamp)
        certificate = Certificate(
            id=new_id(), kind=self.frame.kind, folio=folio, code=stamp.code, issued_at=self.now,
            enrolment_id=holder.enrolment.id, person_id=holder.person.id, is_shared=True,
            programme_id=self.frame.programme.id, institution_id=holder.institution.id,
            valid_until=validity.until, renew_from=validity.renew_from, renew_until=validity.renew_until,
            renews_id=renews.id if renews else None,
        )  # fmt: skip
        certificate.version = 1
        press_version(certificate, document, self.frame, self.press, actor=self.actor, now=self.now)
        self.counter.last += 1
        if renews:
            renews.renewed_at = self.now
            db.session.flush()  # the old one steps down before the new one stands
        _record(certificate, self.actor, self.now)
        return certificate


def holders_of(
    enrolments: Sequence[Enrolment], completions: Mapping[UUID, Completion], hours: Mapping[UUID, Hours]
) -> list[Holder]:
    """Return people with where they belong and what they did, in two queries."""
    institutions = {
        each.id: completions[each.id].institution_id if each.id in completions else each.institution_id
        for each in enrolments
    }
    people = db.session.scalars(select(Person).where(Person.id.in_({each.person_id for each in enrolments})))
    places = db.session.scalars(select(Institution).where(Institution.id.in_(set(institutions.values()))))
    persons, homes = {each.id: each for each in people}, {each.id: each for each in places}
    return [
        Holder(
            enrolment=each,
            person=persons[each.person_id],
            institution=homes[institutions[each.id]],
            completion=completions.get(each.id),
            hours=hours[each.id],
        )
        for each in enrolments
    ]


def press_version(
    certificate: Certificate, document: Document, frame: Frame, press: Press, *, actor: Actor, now: datetime
) -> None:
    """Make the badge, draw what a version says, sign it, keep the file and freeze all of it in the row.

    Raises PdfError, and what signing raises: no document leaves unsigned where signing is configured.
    """
    pictures = {each.logo: current_storage().get(each.logo) for each in frame.issuers if each.logo}
    badge = make_badge(badge_facts(certificate, document, frame, now)) or ""
    printed = replace(document.printed, credential=badge)
    drawn = press.draw(frame.design, printed, made_at=now, pictures=pictures)
    pdf = seal(drawn, subject_id=certificate.id, folio=certificate.folio, at=now)
    certificate.data = document.to_json()
    certificate.design, certificate.design_version = frame.design.name, frame.design.metadata.version
    certificate.design_digest = frame.design.digest
    certificate.pdf_sha256, certificate.pdf_size = current_storage().put(pdf), len(pdf)
    certificate.credential = badge
    certificate.made_at, certificate.made_by = now, actor.person_id


def lock_counter(authority: str, year: int) -> FolioCounter:
    """Return the counter of an authority and year, locked until the transaction ends.

    SQLite has no row locks and needs none: its writing transactions come one after the other.
    """
    statement = (
        select(FolioCounter)
        .where(FolioCounter.authority == authority, FolioCounter.year == year)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if counter := db.session.scalar(statement):
        return counter
    with suppress(IntegrityError), savepoint():  # somebody else may begin the year in the same instant
        db.session.add(FolioCounter(authority=authority, year=year, last=0))
    return db.session.scalars(statement).one()


def _record(certificate: Certificate, actor: Actor, now: datetime) -> None:
    db.session.add(certificate)
    db.session.flush()
    publish(
        CertificateIssued(
            at=now, actor=actor, subject_id=certificate.id, folio=certificate.folio,
            enrolment_id=certificate.enrolment_id, person_id=certificate.person_id, kind=certificate.kind.value,
        )
    )  # fmt: skip
    announcing.tell(certificate, LetterPurpose.ISSUED, now=now)
