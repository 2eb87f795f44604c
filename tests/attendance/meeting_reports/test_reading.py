from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.attendance.meeting_reports.matching import Ground, Member, match, participants_of
from lms.attendance.meeting_reports.moments import read_moment, read_seconds
from lms.attendance.meeting_reports.rules import Stay, presence_of
from lms.attendance.meeting_reports.stays import Unused, read_stays
from lms.attendance.meeting_reports.tables import find_tables
from lms.core.ids import new_id

LIMA, CANCUN = ZoneInfo("America/Lima"), ZoneInfo("America/Cancun")
STARTS = datetime(2026, 3, 14, 14, 0, tzinfo=UTC)  # nine in the morning in both
ENDS = STARTS + timedelta(hours=2)

ZOOM = """\
Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
987 6543 2100,Módulo 3,03/14/2026 08:50:11 AM,03/14/2026 11:05:00 AM,sala@example.org,135,3

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room
Participante 001,p001@example.org,03/14/2026 08:55:00 AM,03/14/2026 09:40:30 AM,46,No,,No
Participante 001,p001@example.org,03/14/2026 09:45:00 AM,03/14/2026 11:05:00 AM,80,No,,No
Huawei P30 (Participante 002),,03/14/2026 09:30:00 AM,03/14/2026 11:00:00 AM,90,Yes,,No
Participante 003,,03/14/2026 08:59:00 AM,03/14/2026 09:01:00 AM,2,Yes,,Yes
Participante 004,,03/07/2026 09:00:00 AM,03/07/2026 11:00:00 AM,120,Yes,,No
"""
TEAMS = """\
1. Resumen
Título de la reunión\tMódulo 3
Hora de inicio\t14/3/26, 8:55:00

2. Participantes
Nombre\tPrimera entrada\tÚltima salida\tDuración de la reunión\tCorreo electrónico\tRol
Participante 001\t14/3/26, 8:55:00\t14/3/26, 11:05:00\t2 h 5 min 30 s\tp001@example.org\tAsistente

3. Actividades en la reunión
Nombre\tHora de entrada\tHora de salida\tDuración\tCorreo electrónico\tRol
Participante 001\t14/3/26, 8:55:00\t14/3/26, 9:40:30\t45 min 30 s\tp001@example.org\tAsistente
Participante 001\t14/3/26, 9:45:00\t14/3/26, 11:05:00\t1 h 20 min\tp001@example.org\tAsistente
"""
MEET = """\
First name,Last name,Email,Duration,Time joined,Time exited
Participante,001,p001@example.org,2 hr 10 min,8:55 AM,11:05 AM
Participante,002,p002@example.org,59 min,10:01 AM,11:00 AM
"""


def read(content, *, zone=CANCUN):
    table = find_tables(content)[0]
    return read_stays(table, near=STARTS, zone=zone)


def seconds_of(stays, key):
    participant = next(each for each in participants_of(stays) if each.key == key)
    return presence_of(participant.stays, starts_at=STARTS, ends_at=ENDS).seconds


def test_a_zoom_report_counts_seconds_inside_the_meeting_and_says_what_it_leaves():
    stays, unused = read(ZOOM.encode())
    assert seconds_of(stays, "p001@example.org") == 40 * 60 + 30 + 75 * 60
    assert [(stay.name, stay.other_name) for stay in stays][2] == ("Huawei P30", "Participante 002")
    assert [(row.line, row.reason) for row in unused] == [(8, Unused.WAITING_ROOM), (9, Unused.OTHER_DAY)]


def test_a_teams_report_in_spanish_is_read_from_its_connections_not_from_first_and_last():
    stays, unused = read(TEAMS.encode("utf-16"))
    assert not unused
    assert seconds_of(stays, "p001@example.org") == 40 * 60 + 30 + 75 * 60


def test_a_teams_report_without_connections_counts_the_duration_it_tells():
    stays, _unused = read(TEAMS.partition("3. ")[0].encode("utf-16"))
    assert (
        seconds_of(stays, "p001@example.org") == 2 * 3600
    )  # 2 h 5 min 30 s, and the meeting lasted two hours
    assert stays[0].left_at is None


def test_a_meet_report_tells_hours_without_a_day():
    stays, _unused = read(MEET.encode())
    assert seconds_of(stays, "p001@example.org") == 2 * 3600
    assert seconds_of(stays, "p002@example.org") == 59 * 60


def test_a_file_of_something_else_has_no_table():
    assert find_tables(b"a,b\n1,2\n") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("14/03/2026 9:05", "14:05:00"),
        ("03/14/2026 09:05:07 AM", "14:05:07"),
        ("3/14/26, 9:05:07\u202fa. m.", "14:05:07"),
        ("2026-03-14T14:05:00Z", "14:05:00"),
        ("2026-03-14 09:05", "14:05:00"),
        ("9:05", "14:05:00"),
        ("12:05 AM", "05:05:00"),
    ],
)
def test_times_are_read_as_offices_write_them(text, told):
    assert f"{read_moment(text, near=STARTS, zone=LIMA):%H:%M:%S}" == told


def test_an_evening_that_passes_midnight_belongs_to_the_next_day():
    late = datetime(2026, 3, 15, 4, 30, tzinfo=UTC)  # half past eleven at night in Lima
    left = read_moment("12:20 AM", near=late, zone=LIMA)
    assert left == datetime(2026, 3, 15, 5, 20, tzinfo=UTC)


@pytest.mark.parametrize("day_first", ["03/04/2026 9:00", "04/03/2026 9:00"])
def test_day_and_month_are_put_in_the_order_that_lies_at_the_meeting(day_first):
    near = datetime(2026, 4, 3, 14, 0, tzinfo=UTC)
    assert read_moment(day_first, near=near, zone=LIMA) == near


@pytest.mark.parametrize("text", ["", "ayer", "32/13/2026 9:00", "25:00", "9"])
def test_what_is_no_time_is_none(text):
    assert read_moment(text, near=STARTS, zone=LIMA) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:02:03", 3723), ("58", 3480), ("58 min", 3480), ("1 hr 2 min", 3720), ("1h 2m 3s", 3723),
        ("1 h 2 min 3 s", 3723), ("42m", 2520), ("1 hora y 5 minutos", 3900), ("un rato", None), ("", None),
    ],
)  # fmt: skip
def test_durations_are_read_in_whole_seconds(text, seconds):
    assert read_seconds(text) == seconds


@given(
    st.lists(st.tuples(st.integers(-3000, 9000), st.integers(0, 6000)), min_size=1, max_size=12), st.randoms()
)
def test_presence_is_the_number_of_seconds_in_which_somebody_was_there(pairs, chance):
    """Against a set of seconds; order and repetition change nothing."""
    stays = [
        Stay(
            line=1,
            name="x",
            joined_at=STARTS + timedelta(seconds=at),
            left_at=STARTS + timedelta(seconds=at + length),
        )
        for at, length in pairs
    ]
    expected = len({second for at, length in pairs for second in range(max(0, at), min(7200, at + length))})
    shuffled = [*stays, *stays]
    chance.shuffle(shuffled)
    assert presence_of(stays, starts_at=STARTS, ends_at=ENDS).seconds == expected
    assert presence_of(shuffled, starts_at=STARTS, ends_at=ENDS).seconds == expected


def test_people_are_matched_by_address_then_by_name_and_in_doubt_by_nobody():
    ana, eva, other_eva, luis = (new_id() for _each in range(4))
    members = [
        Member(enrolment_id=ana, name="Ana María Pérez Núñez", emails=frozenset({"ana@example.org"})),
        Member(enrolment_id=eva, name="Eva Díaz", emails=frozenset()),
        Member(enrolment_id=other_eva, name="Díaz Eva", emails=frozenset()),
        Member(enrolment_id=luis, name="Luis Quispe", emails=frozenset()),
    ]
    stays = [
        Stay(line=1, name="iPhone", email="ana@example.org"),
        Stay(line=2, name="QUISPE LUIS"),
        Stay(line=3, name="Eva Diaz"),
        Stay(line=4, name="Ana Perez"),
        Stay(line=5, name="Invitado"),
    ]
    found = match(participants_of(stays), members, decided={"invitado": luis})
    assert [(each.enrolment_id, each.ground) for each in found] == [
        (ana, Ground.EMAIL), (luis, Ground.NAME), (None, None), (None, None), (luis, Ground.PERSON),
    ]  # fmt: skip
    assert set(found[2].offered) == {eva, other_eva}
    assert found[3].offered == (ana,)
