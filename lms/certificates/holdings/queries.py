"""Reads about who holds which documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from lms.accounts.models import Person
from lms.attendance.hours.queries import OwnHours, list_own
from lms.certificates.holdings.rules import AHEAD, Shown, Wanted
from lms.certificates.issuing.models import Certificate, CertificateLetter, LetterPurpose
from lms.certificates.issuing.permissions import CertificatePermission
from lms.certificates.issuing.queries import certificate_condition
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.folding import like, words
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.learning.queries import list_my_enrolments

MOST_LETTERS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How the documents of an institution stand."""

    valid: int
    ending: int
    """Of the valid ones, those that end soon."""
    expired: int
    revoked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course of somebody's own with its hours."""

    title: str
    hours: OwnHours


def condition_of(shown: Shown, today: date) -> ColumnElement[bool]:
    """Return the condition that a document stands so on a day; every document stands in one way, or ends soon too."""
    is_open = and_(Certificate.revoked_at.is_(None), Certificate.renewed_at.is_(None))
    lasts = or_(Certificate.valid_until.is_(None), Certificate.valid_until >= today)
    match shown:
        case Shown.VALID:
            return and_(is_open, lasts)
        case Shown.ENDING:
            return and_(is_open, Certificate.valid_until.between(today, today + AHEAD))
        case Shown.EXPIRED:
            return and_(is_open, Certificate.valid_until < today)
        case Shown.RENEWED:
            return and_(Certificate.revoked_at.is_(None), Certificate.renewed_at.is_not(None))
        case Shown.REVOKED:
            return Certificate.revoked_at.is_not(None)


def held_in(actor: Actor, institution: Institution) -> Select[Certificate]:
    """Return the documents of the people of an institution and its units, as far as the actor reads them."""
    inside = select(Institution.id).where(subtree_condition([institution.id]))
    return (
        select(Certificate)
        .join(Person, Person.id == Certificate.person_id)
        .where(
            Certificate.institution_id.in_(inside), certificate_condition(actor, CertificatePermission.READ)
        )
    )


def narrowed(statement: Select[Certificate], wanted: Wanted, today: date) -> Select[Certificate]:
    """Narrow documents to those that are wanted, by name; what ends soon, by its end."""
    for word in words(wanted.text):
        pattern = like(word)
        places = (Person.search_text, func.lower(Certificate.folio), func.lower(Certificate.code))
        statement = statement.where(or_(*(place.like(pattern, escape="\\") for place in places)))
    if wanted.shown:
        statement = statement.where(condition_of(wanted.shown, today))
    if wanted.kind:
        statement = statement.where(Certificate.kind == wanted.kind)
    first = [Certificate.valid_until] if wanted.shown is Shown.ENDING else []
    return statement.order_by(*first, Person.search_text, Certificate.folio)


def documents_of(ids: Select[*tuple[Any, ...]], wanted: Wanted, today: date) -> Select[Certificate]:
    """Return some documents in the order of ``narrowed``."""
    shown = ids.subquery()
    statement = select(Certificate).join(shown, shown.c.id == Certificate.id)
    return narrowed(statement.join(Person, Person.id == Certificate.person_id), wanted, today)


def count_held(statement: Select[Certificate], today: date) -> Counts:
    """Return how documents stand, in one query."""
    parts = [
        func.count().filter(condition_of(each, today))
        for each in (Shown.VALID, Shown.ENDING, Shown.EXPIRED, Shown.REVOKED)
    ]
    row = db.session.execute(statement.order_by(None).with_only_columns(*parts)).one()
    return Counts(valid=row[0], ending=row[1], expired=row[2], revoked=row[3])


def list_reminders(statement: Select[Certificate]) -> Sequence[Any]:
    """Return the latest letters about documents that end: letter and document."""
    ids = statement.order_by(None).with_only_columns(Certificate.id)
    return db.session.execute(
        select(CertificateLetter, Certificate)
        .join(Certificate, Certificate.id == CertificateLetter.certificate_id)
        .where(CertificateLetter.purpose == LetterPurpose.EXPIRING, CertificateLetter.certificate_id.in_(ids))
        .order_by(CertificateLetter.asked_at.desc(), Certificate.folio)
        .limit(MOST_LETTERS)
    ).all()


def list_courses(person_id: UUID, now: datetime) -> list[Course]:
    """Return what somebody studies with their hours, the newest course first."""
    titles = {study.id: study.release.title for study in list_my_enrolments(person_id)}
    return [
        Course(title=titles.get(each.enrolment_id, each.cohort.name), hours=each)
        for each in list_own(person_id, now)
    ]


def minutes_of(courses: Sequence[Course]) -> int:
    """Return the sum of the minutes that each course shows, so that the total is what a reader adds up."""
    return sum(each.hours.hours.minutes for each in courses)
