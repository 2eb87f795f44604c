"""Letters with the link to a report, each noted."""

from datetime import datetime

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.i18n import _, speaking
from lms.core.ids import new_id
from lms.core.mail import Message
from lms.core.outbox import post
from lms.institutions.programmes.queries import get_programme
from lms.reports.frozen import queries
from lms.reports.frozen.errors import NobodyToSend, NotLatest
from lms.reports.frozen.links import sign_delivery
from lms.reports.frozen.messages import ReportSent
from lms.reports.frozen.models import ReportDelivery, ReportRecipient, ReportVersion, VersionState
from lms.reports.frozen.rules import Quarter
from lms.reports.frozen.words import quarter_words
from lms.web.links import absolute_url

LARGEST_ATTACHED = 2 * 1024 * 1024
"""Bytes of a PDF that travels with the letter; of a larger one goes the link alone."""


def send_to_all(version: ReportVersion, *, actor: Actor, now: datetime) -> int:
    """Send a version to the recipients who lack it and return how many; raises NotLatest and NobodyToSend."""
    _check_latest(version)
    recipients = queries.unsent_to(version)
    if not recipients:
        raise NobodyToSend
    for recipient in recipients:
        _send(version, recipient, now=now)
    _say_sent(version, len(recipients), actor, now)
    return len(recipients)


def send_again(delivery: ReportDelivery, version: ReportVersion, *, actor: Actor, now: datetime) -> None:
    """Send a letter once more to its recipient; raises NotLatest."""
    _check_latest(version)
    _send(version, db.session.get_one(ReportRecipient, delivery.recipient_id), now=now)
    _say_sent(version, 1, actor, now)


def tell_approvers(version: ReportVersion, *, now: datetime) -> int:
    """Write to whoever approves that a draft waits; return how many letters that is."""
    programme = get_programme(version.report.programme_id)
    approvers = [each for each in queries.list_recipients(programme.id) if each.is_approver]
    for each in approvers:
        person = queries.find_person(each.address)
        with speaking(person.language if person else None):
            words = _values(version)
            subject = _("Por aprobar: informe de %(programme)s, %(period)s", **words)
            text = _(
                "Buen día:\n\nSe prepararon las cifras del informe «%(programme)s», %(period)s. Revíselas y apruebe "
                "el informe, o tome las cifras de nuevo:\n%(page)s\n",
                page=absolute_url("quarterly.page", report_version_id=version.id),
                **words,
            )
        key = f"report-draft-{version.id}-{each.id}"
        post(Message(to=each.address, subject=subject, text=text, key=key), now=now)
    return len(approvers)


def _check_latest(version: ReportVersion) -> None:
    last = queries.last_issued(version.report_id)
    if version.state is not VersionState.ISSUED or last is None or last.id != version.id:
        raise NotLatest


def _send(version: ReportVersion, recipient: ReportRecipient, *, now: datetime) -> None:
    delivery_id, person = new_id(), queries.find_person(recipient.address)
    link = absolute_url("quarterly_letters.opened", token=sign_delivery(delivery_id))
    with speaking(person.language if person else None):
        words = _values(version)
        subject = _("Informe %(folio)s: %(programme)s, %(period)s", **words)
        text = _(
            "Buen día:\n\nEstá disponible el informe «%(programme)s», %(period)s, con folio %(folio)s "
            "(versión %(version)s).\n\nPara leerlo y descargar sus cifras, sin cuenta:\n%(link)s\n\n"
            "El enlace es personal. Si el informe se corrige, la misma página lo dice.\n",
            link=link,
            **words,
        )
    file = version.files["pdf"]
    has_file = file["size"] <= LARGEST_ATTACHED
    message = Message(
        to=recipient.address, subject=subject, text=text, key=f"report-{version.id}-{delivery_id}",
        attached=file["sha256"] if has_file else "", attached_name=f"{words['folio']}.pdf" if has_file else "",
    )  # fmt: skip
    db.session.add(
        ReportDelivery(
            id=delivery_id, version_id=version.id, recipient_id=recipient.id, sent_at=now, has_file=has_file,
            job_id=post(message, now=now),
        )
    )  # fmt: skip
    db.session.flush()


def _values(version: ReportVersion) -> dict[str, str]:
    quarter = Quarter.named(version.report.period)
    return {
        "folio": version.report.folio or "",
        "version": str(version.number),
        "programme": str(version.data["programme"]),
        "period": quarter_words(quarter).lower() if quarter else version.report.period,
    }


def _say_sent(version: ReportVersion, count: int, actor: Actor, now: datetime) -> None:
    folio = version.report.folio or ""
    publish(
        ReportSent(
            at=now, actor=actor, subject_id=version.id, folio=folio, version=version.number, count=count
        )
    )
