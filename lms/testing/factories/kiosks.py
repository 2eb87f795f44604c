"""Tablets at doors and people who were on no list, for tests."""

from sqlalchemy import select

from lms.attendance.kiosk.models import Kiosk, WalkIn
from lms.attendance.kiosk.queries import find_kiosk, find_walk_in
from lms.attendance.kiosk.service import Stranger, arrive, open_kiosk
from lms.attendance.models import Meeting
from lms.attendance.rules import Device
from lms.core.actors import SYSTEM, Actor
from lms.core.clock import now
from lms.core.db import db
from lms.core.ids import new_token
from lms.institutions.directory.models import Institution
from lms.learning.models import Enrolment
from lms.learning.queries import get_cohort
from lms.testing.factories.accounts import make_person


def make_kiosk(meeting: Meeting, *, pin: str = "2468") -> Kiosk:
    """Leave a tablet at a meeting's door."""
    person = make_person()
    key = open_kiosk(meeting, pin, actor=Actor(person_id=person.id, name=person.name), now=now())
    kiosk = find_kiosk(key)
    if kiosk is None:
        message = "the tablet was not kept"
        raise LookupError(message)
    return kiosk


def make_walk_in(meeting: Meeting, name: str = "Participante 080") -> WalkIn:
    """Write somebody down at a meeting's door who comes from where somebody of its cohort does."""
    place = select(Enrolment.institution_id).where(Enrolment.cohort_id == meeting.cohort_id).limit(1)
    institution = db.session.get_one(Institution, db.session.scalars(place).one())
    key = new_token()
    stranger = Stranger(name=name, institution=institution, email="", form_key=key)
    cohort = get_cohort(meeting.cohort_id)
    arrive(meeting, cohort, stranger, device=Device.TABLET, actor=SYSTEM, now=now())
    walk_in = find_walk_in(meeting.id, key)
    if walk_in is None:
        message = "nobody was written down"
        raise LookupError(message)
    return walk_in
