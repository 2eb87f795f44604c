"""Two records of one person, both seen at the same meetings: marks and hours follow from everything observed."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.accounts.models import Person
from lms.attendance.folding import fold
from lms.attendance.hours.facts import facts_of
from lms.attendance.models import Attendance, AttendanceObservation, Mark, Meeting
from lms.attendance.recording import Sighting
from lms.attendance.rules import Device, Kind, Method
from lms.attendance.service import observe_all
from lms.core.actors import SYSTEM
from lms.core.db import db
from lms.institutions.merging.errors import MergeChangedSince
from lms.institutions.merging.models import PersonMerge
from lms.institutions.merging.rules import Login, Side
from lms.institutions.merging.service import Pair, merge_people, undo_merge
from lms.learning.models import Enrolment
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.institutions import make_institution, make_member
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

KEPT = Login(address=Side.KEPT, password=Side.KEPT)
SEEN = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, 1),
        st.sampled_from([Kind.ENTRY, Kind.ENTRY, Kind.EXIT, Kind.VERDICT]),
        st.integers(0, 130),
        st.sampled_from(list(Mark)),
    ),
    max_size=8,
)
"""Who of the two, at which of two meetings, what, at which minute, and what a verdict says."""


def observe(seen, people, meetings, turn):
    for number, (who, where, kind, minute, state) in enumerate(seen):
        meeting = meetings[where]
        sighting = Sighting(
            enrolment=people[who], kind=kind, method=Method.ROLL_CALL, device=Device.UNKNOWN,
            happened_at=meeting.starts_at + timedelta(minutes=minute), origin=f"{turn}:{number}", state=state,
        )  # fmt: skip
        observe_all(meeting, [sighting], actor=SYSTEM, now=TODAY)


def marks(*owners):
    """Return the marks of these enrolments, and those that follow from what was observed of the same ones."""
    db.session.expire_all()
    stored, folded, observed = {}, {}, AttendanceObservation
    for row in db.session.scalars(select(Attendance).where(Attendance.enrolment_id.in_(owners))):
        stored[row.enrolment_id, row.meeting_id] = (row.mark, row.seconds, row.checked_in_at)
    known = {}
    for row in db.session.scalars(select(observed).where(observed.enrolment_id.in_(owners))):
        known.setdefault((row.enrolment_id, row.meeting_id), []).append(row.seen)
    for key, seen in known.items():
        found = fold(seen, db.session.get_one(Meeting, key[1]).terms)
        if found:
            folded[key] = (found.mark, found.seconds, found.checked_in_at)
    return stored, folded


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=SEEN, since=SEEN)
def test_marks_and_hours_follow_from_all_that_was_seen_after_a_merge_and_after_its_undoing(
    unit, before, since
):
    with unit():
        cohort, place = make_cohort(), make_institution()
        persons = [make_member(place), make_member(place)]
        people = [make_enrolment(cohort, each) for each in persons]
        starts = TODAY - timedelta(days=1)
        meetings = [
            make_meeting(cohort, starts_at=starts + timedelta(hours=3 * n), hours=2) for n in range(2)
        ]
        observe(before, people, meetings, "before")
        kept, gone = (each.id for each in persons)
        own, other = (each.id for each in people)
    with unit():
        stored, folded = marks(own, other)
        assert stored == folded
        made = merge(kept, gone)
        mine, follows = marks(own)
        assert mine == follows
        claimed = {each.key: each.seconds for each in facts_of([own], TODAY)[own].claims if each.seconds}
        assert claimed == {str(key[1]): value[1] for key, value in mine.items() if value[1]}
    with unit():
        undo_merge(db.session.get_one(PersonMerge, made), actor=SYSTEM, now=TODAY)
        assert marks(own, other) == (stored, folded)
        made = merge(kept, gone)
    with unit():
        places = [db.session.get_one(Meeting, each.id) for each in meetings]
        observe([(0, *rest) for _who, *rest in since], [db.session.get_one(Enrolment, own)], places, "since")
        mine, follows = marks(own)
        assert mine == follows
    with unit():
        try:
            undo_merge(db.session.get_one(PersonMerge, made), actor=SYSTEM, now=TODAY)
        except MergeChangedSince:  # a mark that the merge brought together says something else by now
            return
        stored, folded = marks(own, other)
        assert stored == folded


def merge(kept, gone):
    pair = Pair(db.session.get_one(Person, kept), db.session.get_one(Person, gone))
    return merge_people(pair, KEPT, actor=SYSTEM, now=TODAY).id
