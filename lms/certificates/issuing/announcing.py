"""E-mails about documents, written with the change they speak of and noted one by one."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.queries import get_person
from lms.certificates.issuing.models import Certificate, CertificateLetter, LetterPurpose
from lms.certificates.issuing.words import NOUNS
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.i18n import _, current_language, speaking
from lms.core.ids import new_id
from lms.core.mail import Message
from lms.core.outbox import post
from lms.web.formats import medium_date
from lms.web.links import absolute_url


def tell(certificate: Certificate, purpose: LetterPurpose, *, now: datetime, occasion: str = "") -> bool:
    """Write to the holder what happened to a document, once; say whether there is an address to write to."""
    mark = occasion or (str(certificate.version) if purpose is LetterPurpose.RECTIFIED else "")
    key = f"certificate-{purpose.value}-{certificate.id}{f'-{mark}' if mark else ''}"
    return _send(certificate, purpose, key=key, asked_by=None, now=now)


def tell_again(certificate: Certificate, *, actor: Actor, now: datetime) -> bool:
    """Write once more where the document is; say whether there is an address to write to."""
    key = f"certificate-again-{certificate.id}-{now:%Y%m%d%H%M%S}"
    return _send(certificate, LetterPurpose.ISSUED, key=key, asked_by=actor.person_id, now=now)


def _send(
    certificate: Certificate, purpose: LetterPurpose, *, key: str, asked_by: UUID | None, now: datetime
) -> bool:
    person = get_person(certificate.person_id)
    if not person.email:
        return False
    if db.session.scalar(select(CertificateLetter.id).where(CertificateLetter.key == key)):
        return True
    with speaking(person.language):
        subject, text = _letter(certificate, purpose, person)
    job_id = post(Message(to=person.email, subject=subject, text=text, key=key), now=now)
    db.session.add(
        CertificateLetter(
            id=new_id(), certificate_id=certificate.id, purpose=purpose, key=key, address=person.email,
            asked_at=now, asked_by=asked_by, job_id=job_id,
        )
    )  # fmt: skip
    db.session.flush()
    return True


def _letter(certificate: Certificate, purpose: LetterPurpose, person: Person) -> tuple[str, str]:
    printed, until = certificate.document.printed, certificate.renew_until
    values = {
        "name": person.given_names,
        "kind": NOUNS[certificate.kind],
        "course": printed.course_title,
        "folio": certificate.folio,
        "issuer": printed.issuer_name,
        "page": absolute_url("certificates.certificate", certificate_id=certificate.id),
        "public": printed.verify_url,
        "until": _day(certificate),
        "renew": medium_date(until, language=current_language(), timezone=UTC) if until else "",
    }
    match purpose:
        case LetterPurpose.RECTIFIED:
            return _rectified(values)
        case LetterPurpose.REVOKED:
            return _revoked(values)
        case LetterPurpose.EXPIRING:
            return _expiring(values)
        case _:
            return _issued(values)


def _issued(values: Mapping[str, object]) -> tuple[str, str]:
    """Say where the document is, and how others check it."""
    subject = _("Su %(kind)s: %(course)s", **values)
    text = _(
        "Buen día, %(name)s:\n\nYa puede descargar su %(kind)s del curso «%(course)s», con folio "
        "%(folio)s:\n%(page)s\n\nPara que otra persona compruebe que es un documento auténtico, comparta este "
        "enlace:\n%(public)s\n",
        **values,
    )
    return str(subject), str(text)


def _rectified(values: Mapping[str, object]) -> tuple[str, str]:
    """Say that the copy in hand was replaced."""
    subject = _("Se corrigió su %(kind)s %(folio)s", **values)
    text = _(
        "Buen día, %(name)s:\n\nSe corrigió su %(kind)s del curso «%(course)s». Conserva el folio %(folio)s "
        "y el mismo enlace; la copia anterior deja de valer y su página pública dice que se sustituyó.\n\n"
        "Para ver y descargar la versión corregida:\n%(page)s\n",
        **values,
    )
    return str(subject), str(text)


def _revoked(values: Mapping[str, object]) -> tuple[str, str]:
    """Say that it stopped being valid, and whom to ask."""
    subject = _("Se canceló su %(kind)s %(folio)s", **values)
    text = _(
        "Buen día, %(name)s:\n\nSe canceló su %(kind)s %(folio)s del curso «%(course)s». "
        "Desde hoy su página pública dice que no acredita formación.\n\n"
        "Si cree que es un error, escriba a quien emite: %(issuer)s.\n",
        **values,
    )
    return str(subject), str(text)


def _expiring(values: Mapping[str, object]) -> tuple[str, str]:
    """Say until when it is valid, and until when it may be renewed."""
    subject = _("Su %(kind)s vence pronto: %(course)s", **values)
    text = _(
        "Buen día, %(name)s:\n\nSu %(kind)s %(folio)s del curso «%(course)s» vence el %(until)s. "
        "Se puede renovar hasta el %(renew)s: pregunte a quien coordina su programa o inscríbase en una "
        "nueva edición del curso.\n\nSu página:\n%(page)s\n",
        **values,
    )
    return str(subject), str(text)


def _day(certificate: Certificate) -> str:
    if certificate.valid_until is None:
        return ""
    return medium_date(certificate.valid_until, language=current_language(), timezone=UTC)
