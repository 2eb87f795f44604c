"""The convocation by e-mail: who gets it, what it says, and the log of what went out."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.i18n import _, current_language, speaking
from lms.core.ids import new_id
from lms.core.mail import Message
from lms.core.outbox import post
from lms.institutions.commission.models import SeatHolder
from lms.institutions.programmes.models import Programme
from lms.institutions.sessions import queries
from lms.institutions.sessions.errors import LetterNotSent
from lms.institutions.sessions.messages import ConvocationSent
from lms.institutions.sessions.models import AgendaItem, Sitting, SittingLetter
from lms.institutions.sessions.service import hold_open
from lms.institutions.sessions.words import KINDS, MODALITIES, title_of
from lms.web.formats import clock, long_date
from lms.web.links import absolute_url


def send_convocation(
    sitting: Sitting, programme: Programme, *, to_all: bool, actor: Actor, now: datetime
) -> tuple[int, int]:
    """Write to titulars and alternates, or to those to whom nothing went yet; return (letters, without address).

    Raises SittingFrozen.
    """
    hold_open(sitting)
    logged = queries.list_letters(sitting.id)
    went, known = (
        {each.row.holder_id for each in logged if each.row.job_id},
        {each.row.holder_id for each in logged},
    )
    sent = missing = 0
    for holder, person in queries.list_holders(sitting):
        if holder.id in went and not to_all:
            continue
        if person and person.email and person.is_active:
            _write(sitting, programme, holder, person, now)
            sent += 1
            continue
        missing += 1
        if holder.id not in known:
            _log(sitting, holder, new_id(), None, now)
    if sent:
        publish(ConvocationSent(at=now, actor=actor, subject_id=sitting.id, letters=sent))
    return sent, missing


def send_again(
    sitting: Sitting, programme: Programme, letter: SittingLetter, *, actor: Actor, now: datetime
) -> None:
    """Write once more to whoever got a letter, with the agenda of today; raises SittingFrozen and LetterNotSent."""
    hold_open(sitting)
    holder = db.session.get_one(SeatHolder, letter.holder_id)
    person = db.session.get(Person, holder.person_id) if holder.person_id else None
    if person is None or not person.email:
        raise LetterNotSent
    _write(sitting, programme, holder, person, now)
    publish(ConvocationSent(at=now, actor=actor, subject_id=sitting.id, letters=1))


def _write(sitting: Sitting, programme: Programme, holder: SeatHolder, person: Person, now: datetime) -> None:
    letter_id = new_id()
    with speaking(person.language):
        subject, text = convocation(sitting, programme, person.given_names)
    message = Message(
        to=person.email or "", subject=subject, text=text, key=f"sitting-{sitting.id}-{letter_id}"
    )
    _log(sitting, holder, letter_id, post(message, now=now), now)


def _log(sitting: Sitting, holder: SeatHolder, letter_id: UUID, job_id: UUID | None, now: datetime) -> None:
    db.session.add(
        SittingLetter(id=letter_id, sitting_id=sitting.id, holder_id=holder.id, sent_at=now, job_id=job_id)
    )
    db.session.flush()


def convocation(sitting: Sitting, programme: Programme, name: str) -> tuple[str, str]:
    """Return subject and text of the convocation, in the language that is spoken."""
    zone, language = ZoneInfo(programme.timezone), current_language()
    day = long_date(sitting.starts_at, language=language, timezone=zone)
    hour = clock(sitting.starts_at, timezone=zone)
    subject = _("Convocatoria: %(title)s", title=title_of(sitting))
    text = _(
        "Buen día, %(name)s:\n\nSe le convoca a la %(title)s (%(kind)s) de %(programme)s.\n\n"
        "Cuándo: %(day)s, %(hour)s\nModalidad: %(modality)s\nDónde: %(place)s\n\nOrden del día:\n%(agenda)s\n\n"
        "Si no puede asistir, avise a quien ocupa el asiento como alterno.\n\n%(address)s\n",
        name=name, title=title_of(sitting), kind=KINDS[sitting.kind], programme=programme.name, day=day,
        hour=hour, modality=MODALITIES[sitting.modality], place=sitting.place,
        agenda=_agenda(queries.list_agenda(sitting.id)),
        address=absolute_url("sittings.sitting_page", sitting_id=sitting.id),
    )  # fmt: skip
    return str(subject), str(text)


def _agenda(items: Sequence[AgendaItem]) -> str:
    lines = [f"{number}. {each.title}" for number, each in enumerate(items, start=1)]
    return "\n".join(lines) or str(_("Se enviará por separado."))
