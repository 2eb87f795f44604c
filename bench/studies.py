"""What the people of a country attended, learned and said: meetings, marks, two measures, a survey and closed hours."""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bench.pouring import Cell
from lms.assessments.attempts.queries import get_quiz
from lms.attendance.hours.records import to_json
from lms.attendance.hours.rules import Claim, Ledger, Line, Reason, Source
from lms.attendance.models import Meeting
from lms.attendance.rules import HERE, Mark, Method
from lms.core.clock import now
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.models import Release
from lms.courses.queries import OutlineUnit, list_outline
from lms.learning.models import Cohort
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.courses import make_release
from lms.testing.factories.measures import MEASURES, QUESTIONS
from lms.testing.factories.surveys import FINAL_SURVEY

COLUMNS = {
    "attendance": ("id", "meeting_id", "enrolment_id", "mark", "state", "seconds", "method", "recorded_at", "note"),
    "attempt": ("id", "enrolment_id", "unit_id", "number", "seed", "question_ids", "pass_mark", "started_at",
                "submitted_at", "earned", "possible", "is_passed"),
    "answer": ("id", "attempt_id", "question_id", "chosen", "saved_at"),
    "hours_ledger": ("id", "enrolment_id", "version", "prints_hours", "lines", "minutes", "closed_at"),
}  # fmt: skip
DAYS = (14, 28)
"""After so many days of a cohort it meets: every cohort once, half of them again."""
HOURS = 2
SECONDS = {
    Mark.PRESENT: 7200, Mark.LATE: 6300, Mark.LEFT_EARLY: 4500, Mark.EXCUSED: 0, Mark.ABSENT: 0,
}  # fmt: skip
MARKS = (*[Mark.PRESENT] * 14, *[Mark.LATE] * 2, Mark.LEFT_EARLY, Mark.EXCUSED, *[Mark.ABSENT] * 2)
"""One of these for each person and meeting."""
MEASURED_BEFORE, MEASURED_AFTER, ASKED = 0.9, 0.95, 0.5
"""Parts of those who began, of those who completed, and of these again."""
ASKS = {moment: json.dumps([f"{form}-{n}" for n in range(1, QUESTIONS + 1)])
        for moment, form in ((Moment.INITIAL, "a"), (Moment.FINAL, "b"))}  # fmt: skip
SCALE = "opinion-frases"
OPINIONS = [json.dumps([f"1:{first}", f"2:{second}"]) for first in "abccc" for second in "bcd"]
PAGES = 20 * 60
"""Seconds that the course declares for what is read alone."""
Tables = Mapping[str, list[tuple[Cell, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A meeting, and the line of its hours for each way to have been there, as it is kept."""

    meeting: str
    ends_at: str
    lines: Mapping[Mark, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What can be attended and answered."""

    initial: str
    final: str
    survey: str
    sittings: Mapping[UUID, Sequence[Sitting]]
    """Those that are over, by cohort."""
    pages: str
    """The line of the hours for what was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """An enrolment of somebody who began."""

    enrolment: str
    cohort: UUID
    began: str
    done: str | None
    """When the course was completed; null where it was not."""


def make_measured_release() -> Release:
    """Release a small course whose two quizzes are measures, with a survey at its end."""
    initial, final = (text for path, text in MEASURES.items() if not path.startswith("bancos/"))
    banks = {path: text for path, text in MEASURES.items() if path.startswith("bancos/")}
    quizzes = {"01-senales/comprobacion.md": initial, "02-ruta/comprobacion.md": final}
    return make_release(files={**banks, **quizzes, "02-ruta/opinion.md": FINAL_SURVEY})


def make_course(release: Release, cohorts: Iterable[Cohort], chance: random.Random) -> Course:
    """Hold the meetings of the cohorts, and say where the answers belong."""
    units = [unit for module in list_outline(release.id) for unit in module.units]
    quizzes = {unit.id.hex: get_quiz(unit.id).quiz for unit in units if unit.kind == "quiz"}
    by_moment = {quiz.moment: key for key, quiz in quizzes.items()}
    return Course(
        initial=by_moment[Moment.INITIAL],
        final=by_moment[Moment.FINAL],
        survey=next(key for key, quiz in quizzes.items() if quiz.is_survey),
        sittings={cohort.id: _hold(cohort, chance) for cohort in cohorts},
        pages=_read(units[0]),
    )


def add_study(tables: Tables, course: Course, study: Studied, chance: random.Random) -> None:
    """Add what somebody did who began a course; whoever completed it has closed hours."""
    lines, seconds = [course.pages], PAGES
    for sitting in course.sittings[study.cohort]:
        mark = chance.choice(MARKS)
        tables["attendance"].append(
            (_id(chance), sitting.meeting, study.enrolment, mark.value, mark.value, SECONDS[mark],
             Method.ROLL_CALL.value, sitting.ends_at, "")
        )  # fmt: skip
        if study.done and sitting.ends_at <= study.done and mark in HERE:
            lines.append(sitting.lines[mark])
            seconds += SECONDS[mark]
    _add_answers(tables, course, study, chance)
    if study.done:
        tables["hours_ledger"].append(
            (_id(chance), study.enrolment, 0, 0, f"[{', '.join(lines)}]", seconds // 60, study.done)
        )


def _add_answers(tables: Tables, course: Course, study: Studied, chance: random.Random) -> None:
    """Add one attempt at each measure and an answer to the survey, of those who gave them."""
    attempts = tables["attempt"]
    if chance.random() < MEASURED_BEFORE:
        right = str(chance.randrange(QUESTIONS // 2 + 1))
        before = (study.began, study.began, right, QUESTIONS, 1)
        attempts.append(
            (_id(chance), study.enrolment, course.initial, 1, 1, ASKS[Moment.INITIAL], "0", *before)
        )
    if not study.done:
        return
    if chance.random() < MEASURED_AFTER:
        right = str(chance.randrange(QUESTIONS // 2, QUESTIONS + 1))
        after = (study.done, study.done, right, QUESTIONS, 1)
        attempts.append((_id(chance), study.enrolment, course.final, 1, 1, ASKS[Moment.FINAL], "1/2", *after))
    if chance.random() < ASKED:
        key, said = _id(chance), (study.done, study.done, "0", 0, 1)
        attempts.append((key, study.enrolment, course.survey, 1, 1, json.dumps([SCALE]), "0", *said))
        tables["answer"].append((_id(chance), key, SCALE, chance.choice(OPINIONS), study.done))


def _hold(cohort: Cohort, chance: random.Random) -> Sequence[Sitting]:
    first = datetime(cohort.starts_on.year, cohort.starts_on.month, cohort.starts_on.day, 15, tzinfo=UTC)
    days = DAYS[: chance.randrange(1, len(DAYS) + 1)]
    starts = [first + timedelta(days=day) for day in days]
    over = [start for start in starts if start + timedelta(hours=HOURS) < now()]
    return [_sitting(make_meeting(cohort, starts_at=start, hours=HOURS)) for start in over]


def _sitting(meeting: Meeting) -> Sitting:
    lines = {
        mark: _line(
            Claim(
                source=Source.MEETING, key=str(meeting.id), title=meeting.title, day=meeting.day,
                at=meeting.starts_at, ends_at=meeting.ends_at, seconds=SECONDS[mark], state=mark.value,
            )
        )
        for mark in HERE
    }  # fmt: skip
    ends_at = f"{meeting.ends_at:%Y-%m-%d %H:%M:%S}.000000"
    return Sitting(meeting=meeting.id.hex, ends_at=ends_at, lines=lines)


def _read(unit: OutlineUnit) -> str:
    at = now()
    return _line(
        Claim(source=Source.UNIT, key=str(unit.id), title=unit.title, day=at.date(), at=at, seconds=PAGES)
    )


def _line(claim: Claim) -> str:
    line = Line(claim=claim, seconds=claim.seconds, reason=Reason.WHOLE)
    return json.dumps(to_json(Ledger(lines=(line,)))[0])


def _id(chance: random.Random) -> str:
    return f"{chance.getrandbits(128):032x}"
