"""Documents that are about to end: a letter to each holder, and a summary to whoever answers for them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from lms.accounts.models import Person
from lms.certificates.issuing import announcing
from lms.certificates.issuing.models import Certificate, CertificateLetter, LetterPurpose
from lms.core.db import db
from lms.core.i18n import _, current_language, speaking
from lms.core.mail import Message
from lms.core.outbox import post
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import list_focal_points
from lms.web.formats import medium_date
from lms.web.links import absolute_url

OPENED, LAST = "opened", "last-days"
LAST_DAYS: Final = timedelta(days=7)
AHEAD: Final = timedelta(days=60)
MOST: Final = 300
"""Letters of one kind in one round; the next round has the others."""
MONDAY: Final = 0
SHOWN: Final = 40
"""Documents that a summary names; the register has all."""


def remind_holders(today: date, *, now: datetime) -> int:
    """Write to holders when their window for renewal opens, and once more in its last days; return how many."""
    rounds = (
        (LAST, Certificate.valid_until <= today + LAST_DAYS),
        (OPENED, Certificate.renew_from <= today),
    )
    count = 0
    for occasion, is_due in rounds:
        for each in _untold(today, occasion, is_due):
            announcing.tell(each, LetterPurpose.EXPIRING, now=now, occasion=occasion)
            count += 1
    return count


def _untold(today: date, occasion: str, is_due: ColumnElement[bool]) -> Sequence[Certificate]:
    """Return documents that end and whose holders were not told; who was told of the last days needs no more."""
    told = exists().where(
        CertificateLetter.certificate_id == Certificate.id,
        CertificateLetter.purpose == LetterPurpose.EXPIRING,
        CertificateLetter.key.endswith(LAST) | CertificateLetter.key.endswith(occasion),
    )
    return db.session.scalars(
        select(Certificate)
        .join(Person, Person.id == Certificate.person_id)
        .where(is_due, ~told, Person.email.is_not(None), Person.email != "", *_ending(today))
        .order_by(Certificate.valid_until, Certificate.folio)
        .limit(MOST)
    ).all()


def _ending(today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a document stands, has an end, and has not reached it."""
    return (
        Certificate.revoked_at.is_(None),
        Certificate.renewed_at.is_(None),
        Certificate.valid_until >= today,
    )


def list_expiring(
    institution_ids: Sequence[UUID], today: date, ahead: timedelta = AHEAD
) -> Sequence[Certificate]:
    """Return the documents of these institutions that end soon, the first to end first."""
    return db.session.scalars(
        select(Certificate)
        .where(
            Certificate.institution_id.in_(institution_ids),
            Certificate.valid_until <= today + ahead,
            *_ending(today),
        )
        .order_by(Certificate.valid_until, Certificate.folio)
    ).all()


def summarise(today: date, *, now: datetime) -> int:
    """Write on Mondays to each focal point whose people's documents end soon, once a week; return how many letters."""
    if today.weekday() != MONDAY:
        return 0
    found: dict[UUID, tuple[Person, list[Certificate]]] = {}
    for institution, documents in _by_institution(today):
        for person in list_focal_points(institution):
            found.setdefault(person.id, (person, []))[1].extend(documents)
    letters = [_summary(person, documents, today) for person, documents in found.values() if person.email]
    for letter in letters:
        post(letter, now=now)
    return len(letters)


def _by_institution(today: date) -> list[tuple[Institution, Sequence[Certificate]]]:
    ids = select(Certificate.institution_id).where(Certificate.valid_until <= today + AHEAD, *_ending(today))
    institutions = db.session.scalars(select(Institution).where(Institution.id.in_(ids))).all()
    return [(each, list_expiring([each.id], today)) for each in institutions]


def _summary(person: Person, documents: Sequence[Certificate], today: date) -> Message:
    ordered = sorted(documents, key=lambda each: (each.valid_until or today, each.folio))
    with speaking(person.language):
        lines = "\n".join(_line(each) for each in ordered[:SHOWN])
        text = _(
            "Buen día, %(name)s:\n\nEstos documentos de las personas de su institución vencen en los próximos "
            "60 días (%(count)s):\n\n%(lines)s\n\nPara verlos:\n%(page)s\n",
            name=person.given_names, count=len(ordered), lines=lines,
            page=absolute_url("directory.institution_page", institution_id=ordered[0].institution_id),
        )  # fmt: skip
        subject = _("Documentos que vencen: %(count)s", count=len(ordered))
    year, week, _day = today.isocalendar()
    key = f"certificates-expiring-{person.id}-{year}-{week}"
    return Message(to=person.email or "", subject=str(subject), text=str(text), key=key)


def _line(certificate: Certificate) -> str:
    until = certificate.valid_until
    day = medium_date(until, language=current_language(), timezone=UTC) if until else ""
    return f"{day} · {certificate.document.printed.holder_name} · {certificate.folio}"
