"""A meeting in several rooms at once: each shows its own people, and wherever somebody is, the meeting counts once."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lms.accounts.models import Person
from lms.attendance import codes
from lms.attendance.models import Attendance, Mark
from lms.attendance.register import shares_of
from lms.attendance.rooms.models import CohortGroup, MeetingRoom
from lms.attendance.rooms.rules import parts_of
from lms.core.actors import Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.learning import make_cohort, make_enrolment


@given(people=st.lists(st.integers()), count=st.integers(1, 30))
def test_parts_keep_everybody_in_order_and_differ_by_one_at_most(people, count):
    parts = parts_of(people, count)
    assert [each for part in parts for each in part] == people
    sizes = {len(part) for part in parts}
    assert max(sizes) - min(sizes) <= 1
    assert not people or (0 not in sizes and len(parts) == min(count, len(people)))


@pytest.fixture
def house(unit, client_for):
    """Return a cohort divided in two halves by name, a meeting with a room for each, and somebody without a group."""
    with unit():
        cohort = make_cohort(name="Grupo 2")
        people = []
        for name in ("Alba", "Bruno", "Celia", "Darío", "Elena"):
            own = make_enrolment(cohort)
            person = db.session.get_one(Person, own.person_id)
            person.given_names, person.first_surname, person.second_surname = name, "Quispe", ""
            person.search_text = f"{name.lower()} quispe".replace("í", "i")
            people.append(own)
        meeting = make_meeting(cohort, title="Taller")
        make_meeting(cohort, title="Cierre")
        trainer, stranger = make_person(), make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        give_role(stranger, Role.TRAINER, ScopeKind.COHORT, make_cohort().id)
    keeper = client_for(trainer)
    groups = f"/attendance/cohorts/{cohort.id}/groups"
    assert "Escriba en cuántas partes" in keeper.post(groups, {"how": "parts"}, status=422).errors()
    keeper.post(groups, {"how": "parts", "parts": "2"})
    with unit():
        second = db.session.scalars(select(CohortGroup).where(CohortGroup.name == "Grupo 2")).one()
    alone = people[-1]
    keeper.post(f"/attendance/groups/{second.id}", {"name": "Tarde", "people": [str(people[3].id)]})
    keeper.post(f"/attendance/meetings/{meeting.id}/rooms/each")
    with unit():
        rooms = db.session.scalars(select(MeetingRoom).order_by(MeetingRoom.name)).all()
    client_for(stranger).get(f"/attendance/groups/{second.id}", status=404)
    client_for(stranger).post(f"/attendance/rooms/{rooms[0].id}/remove", status=404)
    return SimpleNamespace(
        cohort=cohort, meeting=meeting, people=people, alone=alone, rooms=rooms, keeper=keeper, trainer=trainer,
        group=second,
    )  # fmt: skip


def names(page, selector):
    return [each.contents[0].strip().split()[0] for each in page.select(selector)]


def test_each_room_shows_its_own_people_and_whoever_has_none_is_in_all(house, client_for):
    expected = {"Grupo 1": ["Alba", "Bruno", "Celia", "Elena"], "Tarde": ["Darío", "Elena"]}
    place = f"/attendance/meetings/{house.meeting.id}"
    for room in house.rooms[:]:
        own = expected.get(room.name, expected["Tarde"])
        roll = house.keeper.get(f"{place}/roll-call?room={room.id}")
        assert sorted(names(roll, "legend.roll__name")) == own
        sheet = house.keeper.follow(house.keeper.post(f"{place}/paper?room={room.id}"))
        assert sorted(names(sheet, ".sheet__rows th[scope=row]")) == own
        assert room.name in sheet.text
        screen = house.keeper.get(f"{place}/projection?room={room.id}")
        assert f"de {len(own)}" in screen.text
    assert len(names(house.keeper.get(f"{place}/roll-call"), "legend.roll__name")) == 5
    house.keeper.get(f"{place}/roll-call?room={house.meeting.id}", status=404)
    token = house.keeper.raw.get("/attendance/offline/today").json["token"]
    asked, headers = {"meetings": [str(house.meeting.id)]}, {"X-CSRFToken": token}
    taken = house.keeper.raw.post("/attendance/offline/rosters", json=asked, headers=headers).json[
        "meetings"
    ][0]
    assert taken["rooms"] == [room.name for room in house.rooms]
    for room in house.rooms:
        along = [each for each in taken["people"] if room.name in each["rooms"] or not each["rooms"]]
        assert len(along) == len(expected.get(room.name, expected["Tarde"]))
    house.keeper.post(f"{place}/kiosk?room={house.rooms[0].id}", {"pin": "2468"})
    house.keeper.post("/kiosk/search", {"q": "quispe"})
    assert sorted(names(house.keeper.get("/kiosk/found"), "form strong")) == expected["Grupo 1"]
    house.keeper.post("/kiosk/search", {"q": "dario"})
    assert f"Su sala es: {house.rooms[1].name}" in house.keeper.get("/kiosk/found").text


def test_whoever_is_in_another_room_was_there_all_the_same_and_is_listed(unit, house, client_for):
    first, second = house.rooms
    strayed = house.people[3]
    code = codes.code_at(first.secret, first.id, now())
    for own in (strayed, house.people[0], house.alone):
        with unit():
            person = db.session.get_one(Person, own.person_id)
        browser = client_for(person)
        browser.post(f"/a/{code}")
        mine = [
            room.name
            for room in house.rooms
            if f"Su sala es: {room.name}" in browser.get("/attendance/").text
        ]
        assert mine == ([] if own is house.alone else [second.name if own is strayed else first.name])
    with unit():
        seen = db.session.execute(select(Attendance.enrolment_id, Attendance.mark)).all()
        assert dict(map(tuple, seen)) == dict.fromkeys(
            (strayed.id, house.people[0].id, house.alone.id), Mark.PRESENT
        )
        share = shares_of([strayed.id], now())[strayed.id]
        assert (share.attended, share.planned) == (1, 2)
    place = f"/attendance/meetings/{house.meeting.id}"
    odd = house.keeper.get(f"{place}/oddities").select("main section.card")
    wrong = [each.get_text(" ", strip=True) for each in odd if "En otra sala" in each.text]
    assert len(wrong) == 1
    assert "Darío" in wrong[0]
    assert first.name in wrong[0]
    house.keeper.post(f"/attendance/rooms/{first.id}/remove")
    house.keeper.post(f"/attendance/groups/{house.group.id}/remove")
    page = house.keeper.get(f"{place}/rooms")
    assert [each.text for each in page.select("main li h3")] == [first.name, second.name]
    assert "2 de 4 llegaron" in page.text  # of the first room: two of its own
    assert "2 de 2 llegaron" in page.text  # of the second: its only one, next door, and whoever has none
