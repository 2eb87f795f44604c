"""What is known about enrolments, as the decision about their documents reads it: in a constant number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select

from lms.accounts.queries import test_people_among
from lms.assessments.attempts.criteria import QuizzesPassed
from lms.attendance.hours.facts import facts_of
from lms.attendance.hours.queries import USUAL, ledgers_of, policies_of
from lms.attendance.hours.records import from_json
from lms.attendance.hours.rules import Outlook, outlook_of
from lms.attendance.hours.words import standing_of_own
from lms.attendance.register import shares_of
from lms.attendance.shares import Share
from lms.attendance.words import hundredths
from lms.certificates.issuing.rules import Asked, Eligibility, Rule, eligibility
from lms.core.db import db
from lms.core.i18n import _, _l, current_language
from lms.learning.models import Completion, Enrolment, EnrolmentState
from lms.learning.queries import outcomes_of
from lms.plugins.criteria import State, Verdict
from lms.web.formats import medium_date, percent
from lms.web.links import path_to

Found = Mapping[UUID, Sequence[Verdict | None]]
"""What is said of each enrolment."""


def completions_of(enrolment_ids: Collection[UUID]) -> dict[UUID, Completion]:
    """Return the completions by enrolment, in one query."""
    rows = db.session.scalars(select(Completion).where(Completion.enrolment_id.in_(enrolment_ids)))
    return {row.enrolment_id: row for row in rows}


def judge(enrolments: Collection[Enrolment], rule: Rule, now: datetime) -> dict[UUID, Eligibility]:
    """Return whether each enrolment gets the document of this rule, and what it is missing.

    A completion is a fact written once: it settles every condition of the course, also those that somebody changed
    afterwards. Without it the criteria speak, and a withdrawn enrolment cannot go on. No test person gets anything.
    """
    ids = [each.id for each in enrolments]
    tests = test_people_among({each.person_id for each in enrolments})
    trying = {each.id: [_tries_out()] for each in enrolments if each.person_id in tests}
    completed = completions_of(ids)
    going = [key for key in ids if key not in completed]
    withdrawn = {
        each.id: [_withdrawn()]
        for each in enrolments
        if each.state is not EnrolmentState.ACTIVE and each.id not in completed
    }
    said = {Asked.PERSON: trying, Asked.ENROLMENT: withdrawn} | {
        asked: _ask(asked, rule, ids=ids, going=going, completed=completed, now=now) for asked in rule.asked
    }
    return {
        key: eligibility(rule, {asked: found.get(key, ()) for asked, found in said.items()}) for key in ids
    }


def _ask(
    asked: Asked,
    rule: Rule,
    *,
    ids: Sequence[UUID],
    going: Sequence[UUID],
    completed: Mapping[UUID, Completion],
    now: datetime,
) -> Found:
    settled = {key: [_completed(each)] for key, each in completed.items()}
    match asked:
        case Asked.COMPLETION:
            outcomes = outcomes_of(going) if going else {}
            return {**settled, **{key: each.verdicts for key, each in outcomes.items()}}
        case Asked.QUIZZES:
            passed = QuizzesPassed().judge(going) if going else {}
            return {**settled, **{key: [each] for key, each in passed.items()}}
        case Asked.ATTENDANCE:
            return _attended(ids, rule.attended_share or Fraction(0), now)
        case _:
            return _credited(ids, rule.asked_seconds or 0, now)


def _attended(ids: Sequence[UUID], least: Fraction, now: datetime) -> Found:
    """Return what the sessions say; nothing of a cohort that plans none, where nobody can have taken part."""
    return {
        key: [_share_verdict(_against(share, least)) if share else None]
        for key, share in shares_of(ids, now).items()
    }


def _against(share: Share, least: Fraction) -> Share:
    """Return the same attendance against another minimum; the sessions that completing needs are not asked for."""
    return replace(share, asked=least * share.planned, mandatory_left=(), mandatory_missed=())


def _share_verdict(share: Share) -> Verdict:
    language = current_language()
    has = percent(hundredths(share.fraction), language=language)
    asked = percent(hundredths(share.asked / share.planned), language=language)
    said = str(_("Asistió a %(share)s de las sesiones planeadas; se pide %(asked)s.", share=has, asked=asked))
    if share.state is State.CANNOT:
        most = percent(hundredths(share.reachable_fraction), language=language)
        said += " " + str(_("Aunque asista a todo lo que queda llegaría a %(most)s.", most=most))
    return Verdict(
        criterion=Asked.ATTENDANCE,
        state=share.state,
        title=_l("Asistencia a las sesiones"),
        detail=said,
        action="" if share.state is State.MET else path_to("attendance.my_meetings"),
    )


def _credited(ids: Sequence[UUID], asked: int, now: datetime) -> Found:
    """Return what the hours say: closed hours as they stood, others with what may still be earned."""
    facts, closed = facts_of(ids, now), ledgers_of(ids)
    written = policies_of({each.programme_id for each in facts.values()})
    found: dict[UUID, list[Verdict | None]] = {}
    for key, each in facts.items():
        policy = written[each.programme_id].policy if each.programme_id in written else USUAL
        wanted = replace(policy, asked_seconds=asked)
        if ledger := closed.get(key):
            has = from_json(ledger.lines).seconds()
            outlook: Outlook | None = Outlook(credited=has, reachable=has, asked=asked)
        else:
            outlook = outlook_of(each.claims, each.ahead, wanted, course_seconds=each.course_seconds)
        found[key] = [_hours_verdict(outlook) if outlook else None]
    return found


def _hours_verdict(outlook: Outlook) -> Verdict:
    return Verdict(
        criterion=Asked.HOURS,
        state=outlook.state,
        title=_l("Horas acreditadas"),
        detail=standing_of_own(outlook),
    )


def _completed(completion: Completion) -> Verdict:
    day = medium_date(completion.completed_on, language=current_language(), timezone=UTC)
    return Verdict(
        criterion=Asked.COMPLETION,
        state=State.MET,
        title=_l("Curso completado"),
        detail=_("Cumplió todas las condiciones el %(day)s.", day=day),
    )


def _withdrawn() -> Verdict:
    return Verdict(
        criterion=Asked.ENROLMENT,
        state=State.CANNOT,
        title=_l("Inscripción vigente"),
        detail=_("La inscripción se dio de baja. Pida a quien coordina su cohorte que la reactive."),
    )


def _tries_out() -> Verdict:
    return Verdict(
        criterion=Asked.PERSON,
        state=State.CANNOT,
        title=_l("Persona que se forma"),
        detail=_("Es una persona de prueba: no recibe documentos."),
    )
