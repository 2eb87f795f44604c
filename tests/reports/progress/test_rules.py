"""What may be typed, how a cell of the matrix stands, when values move, and when to remind."""

import re
from datetime import date, timedelta

import pytest

from lms.reports.progress.rules import (
    Answer,
    CellState,
    Evidence,
    Joining,
    Status,
    SubmissionState,
    cell_state,
    change_of,
    gaps,
    nearest_member,
    read_number,
    read_targets,
    reminder_mark,
)

DRAFT, SENT, RETURNED = SubmissionState.DRAFT, SubmissionState.SUBMITTED, SubmissionState.RETURNED
GIVEN, BLANK = Answer(value=0), Answer(narrative="No hay registro todavía.")
DUE = date(2026, 10, 15)


@pytest.mark.parametrize(("typed", "value"), [("12", 12), (" 12,5 ", 12.5), ("0.25", 0.25), ("1204", 1204)])
def test_numbers_are_read_with_either_mark(typed, value):
    assert read_number(typed) == value


@pytest.mark.parametrize("typed", ["1,204", "1.204", "1 204", "-3", "doce", "3 o 4", "1e5", "nan", " "])
def test_what_may_mean_two_things_is_not_read(typed):
    with pytest.raises(ValueError, match=re.escape(typed) + "$"):
        read_number(typed)


def test_targets_are_read_from_lines_and_from_one_cell():
    wanted = {"2026-T1": 40.0, "2026-T2": 45.5}
    assert read_targets("2026-t1 = 40\n2026-T2: 45,5\n") == wanted
    assert read_targets("2026-T1=40 | 2026-T2=45.5") == wanted
    for wrong in ("2026-T5 = 1", "2026 = 1", "40", "2026-T1 = muchos"):
        with pytest.raises(ValueError, match=r"\d|muchos"):
            read_targets(wrong)


@pytest.mark.parametrize(
    ("state", "answer", "is_late", "cell"),
    [
        (DRAFT, GIVEN, False, CellState.PENDING),
        (DRAFT, GIVEN, True, CellState.LATE),
        (SENT, GIVEN, True, CellState.COMPLETE),
        (SENT, BLANK, False, CellState.NO_DATA),
        (SubmissionState.ACCEPTED, GIVEN, True, CellState.COMPLETE),
        (RETURNED, GIVEN, True, CellState.RETURNED),
        (RETURNED, None, True, CellState.NOT_ASKED),
    ],
)
def test_a_cell_says_how_a_member_stands(state, answer, is_late, cell):
    assert cell_state(state, answer, is_late=is_late) is cell


def test_an_answer_needs_a_value_or_the_reason_why_there_is_none():
    done = Status.DONE
    assert gaps(Answer(), is_automatic=False) == ("value", "status")
    assert gaps(Answer(status=done, typed="doce", narrative="Cuento."), is_automatic=False) == ("value",)
    assert gaps(Answer(status=done, narrative="Cuento."), is_automatic=False) == ()
    assert gaps(Answer(status=done), is_automatic=True) == ()
    assert gaps(Answer(status=done, value=1, address="drive"), is_automatic=False) == ("address",)


def test_values_move_only_between_the_same_members():
    assert change_of({"a": 3, "b": 4}, {"a": 1, "b": 1}, Joining.SUM) == 5
    assert change_of({"a": 3, "b": 4}, {"a": 1, "b": 2}, Joining.AVERAGE) == 2
    assert change_of({"a": 3}, {"a": 1, "b": 1}, Joining.SUM) is None
    assert change_of({"a": 3}, {"a": 1}, Joining.NONE) is None


def test_reminders_have_their_days_and_an_end():
    marks = [reminder_mark(DUE + timedelta(days=days), DUE) for days in (-8, -7, -2, 0, 1, 7, 8, 35, 36)]
    assert marks == [None, -7, -7, -1, 1, 1, 8, 29, None]


def test_an_answer_comes_back_as_it_was_kept():
    file = Evidence(key="k", digest="d", kind="pdf", name="acta.pdf")
    answer = Answer(value=2.5, status=Status.DELAYED, narrative="n", evidence=file, cut_off=DUE)
    assert Answer.read(answer.plain()) == answer
    assert Answer.read({}) == Answer()


def test_a_unit_belongs_to_the_nearest_member_above_it():
    assert nearest_member(["state", "ministry", "office"], frozenset({"state", "ministry"})) == "ministry"
    assert nearest_member(["state"], frozenset({"ministry"})) is None
