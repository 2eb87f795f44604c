"""Every day, whether the certificate that signs files must be renewed."""

from datetime import datetime

from lms.accounts.models import Person
from lms.certificates.badges import queries
from lms.certificates.badges.messages import WarnOfSigning
from lms.certificates.credentials.identity import SigningIdentity, identity_of
from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.i18n import _, current_language, n_, speaking
from lms.core.jobs.orders import Progress
from lms.core.mail import Message
from lms.core.outbox import post
from lms.web.formats import short_date

WARNINGS = (7, 30, 60)
"""Days before the end at which they hears of it once; the last time, once it is over."""
OVER = 0


def warn_of_signing(_order: WarnOfSigning, _progress: Progress) -> None:
    """Write to whoever looks after the installation on the days of warning; the same is never sent twice."""
    identity, moment = identity_of(current_settings()), now()
    step = _step(identity, moment) if identity else None
    if identity is None or step is None:
        return
    for person in queries.list_operators():
        if person.email:
            subject, text = _letter(person, identity, moment)
            key = f"signing-ends-{identity.sha256[:16]}-{step}-{person.id}"
            post(Message(to=person.email, subject=subject, text=text, key=key), now=moment)


def _step(identity: SigningIdentity, moment: datetime) -> int | None:
    """Return which warning it is time for: the nearest day before the end that has been reached."""
    if identity.ends_at <= moment:
        return OVER
    days = identity.left(moment).days
    return next((step for step in WARNINGS if days <= step), None)


def _letter(person: Person, identity: SigningIdentity, moment: datetime) -> tuple[str, str]:
    with speaking(person.language):
        day = short_date(identity.ends_at, language=current_language(), timezone=current_settings().zone)
        if identity.ends_at <= moment:
            subject = _("Venció el certificado que firma los documentos")
            state = _("Venció el %(day)s: no se emite ningún documento hasta que ponga otro.", day=day)
        else:
            days = identity.left(moment).days
            subject = n_(
                "El certificado que firma los documentos vence en un día",
                "El certificado que firma los documentos vence en %(num)s días",
                max(days, 1),
            )
            state = _(
                "Sirve hasta el %(day)s; después no se emite ningún documento hasta que ponga otro.", day=day
            )
        text = _(
            "Buen día, %(name)s:\n\nLas constancias y los certificados se firman con este certificado:\n\n%(who)s\n\n"
            "%(state)s\n\nPida el nuevo con tiempo, indíquelo en LMS_SIGN_P12 y reinicie. Lo que ya se firmó sigue "
            "siendo válido.\n",
            name=person.given_names, who=identity.certificate.subject.rfc4514_string(), state=state,
        )  # fmt: skip
    return str(subject), str(text)
