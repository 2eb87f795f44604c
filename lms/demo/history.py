"""A plausible past for each participant: how far they came, what they answered and decided, when they attended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.queries import get_quiz
from lms.assessments.attempts.rules import draw, extract, form_of
from lms.attendance.folding import fold
from lms.attendance.models import Attendance, AttendanceObservation, Mark, Meeting, Method
from lms.attendance.rules import Device, Kind
from lms.core.db import db
from lms.core.ids import new_id
from lms.courses.compiler.course import Question
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.models import Unit, UnitKind
from lms.courses.queries import get_release, quiz_of
from lms.demo.decisions import play_simulation
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Enrolment, UnitProgress
from lms.learning.queries import get_cohort

BEGINNER = 0.62
"""Share of their later skill that people bring to the first test, before they read anything."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How one person went through the course."""

    share: float
    """Fraction of the units they finished, in [0, 1]."""
    skill: float
    """Chance of the right answer to a question."""
    presence: float
    """Chance of attending a session."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a person studied."""

    start: datetime
    end: datetime

    def moment(self, share: float) -> datetime:
        """Return the instant at a fraction of the span."""
        return self.start + (self.end - self.start) * share


def draw_pace(chance: Random, diligence: float, *, is_over: bool) -> Pace:
    """Return a pace: most people finish, some stop on the way, a few never begin."""
    luck = chance.random()
    if luck > 0.93 + 0.05 * diligence:
        return Pace(0.0, 0.8, 0.2)
    if luck < 0.35 + 0.55 * diligence:
        share = 1.0 if is_over else min(1.0, chance.uniform(0.45, 1.25))
        return Pace(share, 0.92, 0.96)
    return Pace(chance.uniform(0.05, 0.8), chance.uniform(0.7, 0.9), chance.uniform(0.5, 0.85))


def write_progress(
    enrolment: Enrolment, units: Sequence[Unit], pace: Pace, span: Span, chance: Random
) -> None:
    """Write units seen and finished, quizzes taken, and where the person left."""
    done = round(pace.share * len(units))
    if not done:
        return
    enrolment.started_at = span.start
    rows: list[dict[str, Any]] = []
    for index, unit in enumerate(units[:done]):
        at = span.moment((index + 1) / len(units))
        passed = _finish(enrolment, unit, pace, at, chance)
        rows.append(_progress(enrolment.id, unit.id, at, finished=passed))
        enrolment.last_unit_id = unit.id
    if done < len(units):
        enrolment.last_unit_id = units[done].id
        rows.append(
            _progress(enrolment.id, units[done].id, span.moment((done + 1) / len(units)), finished=False)
        )
    db.session.execute(insert(UnitProgress), rows)


def _finish(enrolment: Enrolment, unit: Unit, pace: Pace, at: datetime, chance: Random) -> bool:
    """Write what the person did in a unit; say whether it counts as finished."""
    match unit.kind:
        case UnitKind.QUIZ:
            return _take_quiz(enrolment, unit, pace, at, chance)
        case UnitKind.SIMULATION:
            return play_simulation(enrolment.id, unit, skill=pace.skill, at=at, chance=chance)
        case UnitKind.LESSON:
            return True


def _progress(enrolment_id: UUID, unit_id: UUID, at: datetime, *, finished: bool) -> dict[str, Any]:
    return {
        "id": new_id(),
        "enrolment_id": enrolment_id,
        "unit_id": unit_id,
        "seen_at": at - timedelta(minutes=12),
        "finished_at": at if finished else None,
    }


def _take_quiz(enrolment: Enrolment, unit: Unit, pace: Pace, at: datetime, chance: Random) -> bool:
    """Write up to as many attempts as the quiz allows; say whether one passed."""
    quiz = quiz_of(unit)
    pass_mark = Fraction(str(quiz.pass_mark))
    if quiz.is_survey or quiz.is_plan:  # the demonstration invents no answer of a superior
        return quiz.is_plan or _answer_survey(enrolment.id, unit, at, chance)
    choices = [question for question in quiz.questions if question.is_choice]
    form = form_of(quiz, enrolment.person_id, get_release(unit.release_id).course_id)
    fitting = _fitting(enrolment, unit)
    novelty = BEGINNER if quiz.moment is Moment.INITIAL else 1.0
    for number in range(1, quiz.attempts + 1):
        moment = at + timedelta(hours=number - 1)
        skill = novelty * min(0.99, pace.skill + 0.06 * (number - 1))
        attempt_id, seed = new_id(), chance.randrange(2**31)
        drawn = extract(fitting, quiz, seed, form)
        asked = [question for question in choices if question.id in drawn]
        answers = list(_answers(attempt_id, asked, skill, moment, chance))
        earned = sum((answer["earned"] for answer in answers), Fraction(0))
        is_passed = earned >= pass_mark * len(answers)
        attempt = {
            "id": attempt_id,
            "enrolment_id": enrolment.id,
            "unit_id": unit.id,
            "number": number,
            "form": form,
            "seed": seed,
            "question_ids": [question.id for question in asked],
            "pass_mark": pass_mark,
            "started_at": moment - timedelta(minutes=len(answers)),
            "submitted_at": moment,
            "earned": earned,
            "possible": len(answers),
            "is_passed": is_passed,
        }
        db.session.execute(insert(Attempt), [attempt])
        db.session.execute(insert(Answer), answers)
        if is_passed:
            return True
    return False


def _fitting(enrolment: Enrolment, unit: Unit) -> list[str]:
    """Return the questions for the person's sector and the programme's country."""
    programme = get_programme(get_cohort(enrolment.cohort_id).programme_id)
    return draw(get_quiz(unit.id).questions.values(), sector=enrolment.sector, country=programme.country)


def _answer_survey(enrolment_id: UUID, unit: Unit, at: datetime, chance: Random) -> bool:
    """Write an answered survey, which is finished with that."""
    questions = quiz_of(unit).questions
    attempt_id = new_id()
    attempt = {
        "id": attempt_id,
        "enrolment_id": enrolment_id,
        "unit_id": unit.id,
        "number": 1,
        "seed": chance.randrange(2**31),
        "question_ids": [question.id for question in questions],
        "pass_mark": Fraction(0),
        "started_at": at - timedelta(minutes=4),
        "submitted_at": at,
        "earned": Fraction(0),
        "possible": 0,
        "is_passed": True,
    }
    answers = [
        {
            "id": new_id(),
            "attempt_id": attempt_id,
            "question_id": question.id,
            "chosen": _opinions(question, chance),
            "saved_at": at,
            "earned": None,
        }
        for question in questions
    ]
    db.session.execute(insert(Attempt), [attempt])
    db.session.execute(insert(Answer), answers)
    return True


def _opinions(question: Question, chance: Random) -> list[str]:
    if question.is_choice:
        return [chance.choice(question.options).key]
    labels = [point["key"] for point in question.details.get("scale", ())]
    keys = [each["key"] for each in question.details.get("statements", ())] or ["1"]
    return [f"{key}:{chance.choice(labels)}" for key in keys] if labels else []


def _answers(
    attempt_id: UUID, questions: Sequence[Question], skill: float, at: datetime, chance: Random
) -> Iterator[dict[str, Any]]:
    for index, question in enumerate(questions):
        right = [option.key for option in question.options if option.is_right]
        wrong = [option.key for option in question.options if not option.is_right]
        is_right = chance.random() < skill
        yield {
            "id": new_id(),
            "attempt_id": attempt_id,
            "question_id": question.id,
            "chosen": right if is_right else [chance.choice(wrong or right)],
            "saved_at": at - timedelta(minutes=len(questions) - index),
            "earned": Fraction(1 if is_right or not wrong else 0),
        }


def write_attendance(
    enrolment: Enrolment, meetings: Sequence[Meeting], pace: Pace, now: datetime, chance: Random
) -> None:
    """Write the marks of the sessions that are over."""
    seen = [_observe(enrolment, meeting, pace, chance) for meeting in meetings if meeting.ends_at < now]
    if seen:
        db.session.add_all(seen)
        db.session.flush()
        over = [meeting for meeting in meetings if meeting.ends_at < now]
        db.session.add_all(_mark(meeting, each) for meeting, each in zip(over, seen, strict=True))


def _observe(enrolment: Enrolment, meeting: Meeting, pace: Pace, chance: Random) -> AttendanceObservation:
    luck = chance.random()
    mark = Mark.PRESENT if luck < pace.presence * 0.9 else Mark.LATE if luck < pace.presence else Mark.ABSENT
    if mark is Mark.ABSENT and chance.random() < 0.3:
        mark = Mark.EXCUSED
    minutes = chance.randrange(-12, 12) if mark is Mark.PRESENT else 25
    by_scan = mark in {Mark.PRESENT, Mark.LATE} and chance.random() < 0.8
    at = meeting.starts_at + timedelta(minutes=minutes)
    return AttendanceObservation(
        meeting_id=meeting.id,
        enrolment_id=enrolment.id,
        kind=Kind.ENTRY if by_scan else Kind.VERDICT,
        state="" if by_scan else mark.value,
        role=None if by_scan else mark,
        method=(Method.QR if by_scan else Method.ROLL_CALL).value,
        actor_id=enrolment.person_id if by_scan else None,
        happened_at=at,
        recorded_at=at,
        device=Device.PHONE if by_scan else Device.COMPUTER,
        origin=f"{'check-in' if by_scan else 'roll-call'}:{enrolment.id}",
        note="",
    )


def _mark(meeting: Meeting, seen: AttendanceObservation) -> Attendance:
    folded = fold([seen.seen], meeting.terms)
    mark = folded.mark if folded else Mark.ABSENT
    return Attendance(
        id=new_id(),
        meeting_id=meeting.id,
        enrolment_id=seen.enrolment_id,
        mark=mark,
        state=mark.value,
        seconds=folded.seconds if folded else 0,
        method=seen.method,
        recorded_at=seen.recorded_at,
        recorded_by=seen.actor_id,
        checked_in_at=folded.checked_in_at if folded else None,
        note="",
    )
