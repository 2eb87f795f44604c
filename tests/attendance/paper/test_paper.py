"""Sheets on paper: what is printed is what is typed in, once, whatever changed in between."""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest

from lms.attendance.models import AttendanceObservation, Mark
from lms.attendance.paper.errors import CheckLetterWrong, RowMissing, RowsUnreadable
from lms.attendance.paper.messages import EraseScans
from lms.attendance.paper.models import PaperSheet
from lms.attendance.paper.rules import in_ranges, read_rows, row_code
from lms.attendance.queries import attendances_at
from lms.attendance.rules import Device
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.learning.models import Enrolment
from lms.learning.service import withdraw
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.files import PNG
from lms.testing.factories.learning import make_cohort, make_enrolment


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("1-3, 5", {1, 2, 3, 5}), ("1 – 2;4", {1, 2, 4}), ("", set()), (f"{row_code('QH7K', 4)} 2", {2, 4})],
)
def test_rows_are_read_as_people_type_them(typed, expected):
    assert read_rows(typed, sheet="QH7K", count=5) == expected
    assert read_rows(in_ranges(expected), sheet="QH7K", count=5) == expected


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("6", RowMissing),
        ("0", RowMissing),
        ("3-1", RowsUnreadable),
        ("doce", RowsUnreadable),
        ("4I", CheckLetterWrong),
    ],
)
def test_what_is_no_row_is_refused(typed, refusal):
    with pytest.raises(refusal):
        read_rows(typed, sheet="QH7K", count=5)


def test_neighbours_and_swapped_numbers_have_other_letters():
    letters = [row_code("QH7K", number)[-1] for number in range(1, 24)]
    assert len(set(letters)) == 23


@pytest.fixture
def hall(unit, client_for):
    """Return a meeting of three people, its printed sheet, and who keeps the register."""
    with unit():
        cohort = make_cohort()
        people = [make_enrolment(cohort).id for _ in range(3)]
        meeting = make_meeting(cohort)
        trainer, stranger = make_person(), make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        give_role(stranger, Role.TRAINER, ScopeKind.COHORT, make_cohort().id)
    keeper = client_for(trainer)
    page = keeper.post(f"/attendance/meetings/{meeting.id}/paper").location
    keeper.post(f"/attendance/meetings/{meeting.id}/paper")  # printing again is the same sheet
    with unit():
        (sheet,) = db.session.query(PaperSheet).all()
    return SimpleNamespace(
        cohort=cohort, people=people, meeting=meeting, sheet=sheet, page=page, keeper=keeper,
        stranger=client_for(stranger),
    )  # fmt: skip


def rows_of(hall):
    """Return the enrolments by row, in the order of the printed sheet."""
    return {row.enrolment_id: row.number for row in hall}


def save(hall, *numbers):
    page = hall.keeper.post(f"{hall.page}/entry", {"signed": [str(each) for each in numbers]})
    return hall.keeper.follow(page).text


def marks(unit, hall):
    with unit():
        found = attendances_at(hall.meeting.id)
        return [found[key].mark if key in found else None for key in hall.people]


def test_the_sheet_carries_codes_names_and_blank_rows(hall):
    page = hall.keeper.get(hall.page)
    codes = [tag.get_text() for tag in page.select(".sheet__rows td:first-child")]
    assert codes == [row_code(hall.sheet.code, number) for number in range(1, 12)]
    hall.stranger.get(hall.page, status=404)


def test_typed_rows_fill_the_list_and_saving_twice_marks_once(unit, hall):
    page = hall.keeper.get(f"{hall.page}/entry?rows=2&say=unsigned")
    assert [tag["value"] for tag in page.select("[name=signed][checked]")] == ["1", "3"]
    wrong = hall.keeper.get(f"{hall.page}/entry?rows=9&say=signed", status=422)
    assert "La hoja no tiene la fila 9." in wrong.errors()
    assert "Se guardaron 3 asistencias" in save(hall, 1, 3)
    assert "No había cambios" in save(hall, 1, 3)
    assert marks(unit, hall) == [Mark.PRESENT, Mark.ABSENT, Mark.PRESENT]
    with unit():
        seen = db.session.query(AttendanceObservation).all()
        assert {(each.method, each.device, each.happened_at) for each in seen} == {
            ("paper", Device.PAPER, hall.meeting.starts_at)
        }
        assert len(seen) == 3


def test_a_mistyped_row_is_corrected_as_often_as_it_takes(unit, hall):
    for numbers in ((1, 3), (1, 2, 3), (1, 3), (1, 2, 3)):
        save(hall, *numbers)
    assert marks(unit, hall) == [Mark.PRESENT] * 3


def test_paper_gives_way_to_what_people_saw(unit, hall):
    with unit():
        late, away = (db.session.get_one(Enrolment, key) for key in hall.people[:2])
        make_mark(hall.meeting, late, Mark.LATE)
        make_mark(hall.meeting, away, Mark.ABSENT)
    said = save(hall, 2)
    assert "La hoja dice otra cosa" in said
    assert marks(unit, hall) == [Mark.LATE, Mark.ABSENT, Mark.ABSENT]


def test_a_cohort_that_changed_says_which_rows_did(unit, hall):
    with unit():
        withdraw(db.session.get_one(Enrolment, hall.people[0]), actor=SYSTEM, now=now())
        make_enrolment(hall.cohort)
    page = hall.keeper.get(f"{hall.page}/entry")
    assert f"La fila {row_code(hall.sheet.code, 1)}, de" in page.text
    assert "tendrían otro número las filas 2-3" in page.text
    assert "No están en esta hoja" in page.text
    assert "Ya no están en la cohorte" in save(hall, 1, 2, 3)
    assert marks(unit, hall) == [None, Mark.PRESENT, Mark.PRESENT]


def test_the_picture_is_checked_private_and_erased_in_time(unit, hall, at, run_jobs):
    place = f"{hall.page}/scan"
    refused = hall.keeper.post(place, {"scan": (BytesIO(b"MZ program"), "hoja.pdf")}, status=422)
    assert "no se puede guardar" in refused.errors()
    hall.keeper.post(place, {"scan": (BytesIO(PNG), "hoja.pdf")})
    answer = hall.keeper.get(f"{place}/file").response
    assert (answer.data, answer.mimetype, answer.headers["Cache-Control"]) == (
        PNG,
        "image/png",
        "private, no-store",
    )
    hall.stranger.get(f"{place}/file", status=404)
    later = now() + timedelta(days=366)
    with at(later):
        with unit():
            enqueue(EraseScans(), now=now())
        run_jobs()
    hall.keeper.get(f"{place}/file", status=404)


def test_rows_may_have_another_state_of_the_programme(unit, hall):
    assert not hall.keeper.get(f"{hall.page}/entry").select(
        "input[name=state-absent], input[name=state-present]"
    )
    wrong = {"signed": ["1"], "state-late": "9"}
    hall.keeper.follow(hall.keeper.post(f"{hall.page}/entry", wrong))
    assert marks(unit, hall) == [None, None, None]
    hall.keeper.post(f"{hall.page}/entry", {"signed": ["1", "2"], "state-late": "2", "state-excused": "3"})
    assert sorted(marks(unit, hall)) == [Mark.EXCUSED, Mark.LATE, Mark.PRESENT]
