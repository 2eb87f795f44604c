"""E-mails about certificates, written with the change they speak of."""

from datetime import datetime

from lms.accounts.queries import get_person
from lms.certificates.issuing.models import Certificate
from lms.core.i18n import _, speaking
from lms.core.mail import Message
from lms.core.outbox import post
from lms.web.links import absolute_url


def tell_issued(certificate: Certificate, *, now: datetime) -> None:
    """Write to the holder with the page of the certificate and the address that anybody can check."""
    person = get_person(certificate.person_id)
    if not person.email:
        return
    printed = certificate.document.printed
    with speaking(person.language):
        text = _(
            "Buen día, %(name)s:\n\nYa está lista su constancia del curso «%(course)s», con folio %(folio)s.\n\n"
            "Para verla y descargarla:\n%(page)s\n\n"
            "Para que otra persona compruebe que es auténtica, comparta este enlace:\n%(public)s\n",
            name=person.given_names, course=printed.course_title, folio=certificate.folio,
            page=absolute_url("certificates.certificate", certificate_id=certificate.id),
            public=printed.verify_url,
        )  # fmt: skip
        subject = _("Su constancia: %(course)s", course=printed.course_title)
    _post(person.email, subject, text, f"certificate-issued-{certificate.id}", now)


def tell_revoked(certificate: Certificate, *, now: datetime) -> None:
    """Write to the holder that the certificate stopped being valid, and whom to ask."""
    person = get_person(certificate.person_id)
    if not person.email:
        return
    printed = certificate.document.printed
    with speaking(person.language):
        text = _(
            "Buen día, %(name)s:\n\nSe canceló su constancia %(folio)s del curso «%(course)s». "
            "Desde hoy su página pública dice que no acredita formación.\n\n"
            "Si cree que es un error, escriba a quien la emitió: %(issuer)s.\n",
            name=person.given_names, folio=certificate.folio, course=printed.course_title,
            issuer=printed.issuer_name,
        )  # fmt: skip
        subject = _("Se canceló su constancia %(folio)s", folio=certificate.folio)
    _post(person.email, subject, text, f"certificate-revoked-{certificate.id}", now)


def _post(to: str, subject: str, text: str, key: str, now: datetime) -> None:
    post(Message(to=to, subject=subject, text=text, key=key), now=now)
