"""Spans of months are counted by jobs, kept with every fact, and gone without a trace."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from lms.core.actors import SYSTEM
from lms.core.clock import now, travel_to
from lms.core.db import db, do_postponed
from lms.institutions.programmes.queries import get_programme
from lms.learning import service as learning
from lms.learning.models import Enrolment
from lms.reports.tallies import queries, service, spans
from lms.reports.tallies.messages import CountSpan
from lms.reports.tallies.models import CountedProgramme, SpanState
from lms.reports.tallies.rules import bounds_of, span_named
from lms.testing.factories.accounts import make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.learning import make_cohort, make_enrolment

SPAN = "2026-02_2026-04"


@pytest.fixture
def programme(unit):
    """Four people: enrolled in January, in February and March, in April (completed in May), and in May."""
    with unit():
        cohorts = [make_cohort()]
        programme = get_programme(cohorts[0].programme_id)
        cohorts.append(make_cohort(programme=programme))
        people = [make_person() for _ in range(4)]
        for number, month, person in ((0, 1, 0), (0, 2, 1), (1, 3, 1), (0, 4, 2), (0, 5, 3)):
            with travel_to(datetime(2026, month, 10, 18, tzinfo=UTC)):
                make_enrolment(cohorts[number], people[person])
        do_postponed()
    return programme.id


def keep(programme_id, name=SPAN):
    return spans.keep_span(get_programme(programme_id), name, "Convenio", actor=SYSTEM, now=now())


def sums(programme_id, name=SPAN):
    rows = queries.tallies_of(programme_id)
    return {
        what: sum(getattr(found, what) for key, found in rows.items() if key[:3] == ("then", name, ""))
        for what in ("enrolled", "completed")
    }


def test_a_span_is_counted_by_jobs_and_then_kept(unit, run_jobs, programme):
    with unit():
        span = keep(programme)
        assert (span.state, span.total) == (SpanState.COUNTING, 2)
        assert queries.kept_spans(programme) == []
        assert service.verify(get_programme(programme), now=now()) == {}
    run_jobs()
    with unit():
        assert [(each.name, each.done) for each in queries.kept_spans(programme)] == [(SPAN, 2)]
        assert sums(programme) == {"enrolled": 2, "completed": 0}  # who enrolled twice counts once
        april = db.session.scalars(select(Enrolment).order_by(Enrolment.enrolled_at.desc())).all()[1]
        with travel_to(datetime(2026, 4, 28, 18, tzinfo=UTC)):
            make_completion(april)
        do_postponed()
        assert sums(programme) == {"enrolled": 2, "completed": 1}
        assert service.verify(get_programme(programme), now=now()) == {}
        learning.withdraw(april, actor=SYSTEM, now=now())
        do_postponed()
        assert sums(programme) == {"enrolled": 1, "completed": 0}
        assert service.verify(get_programme(programme), now=now()) == {}


def test_a_dropped_span_leaves_nothing_behind(unit, run_jobs, programme):
    with unit():
        keep(programme)
    run_jobs()
    with unit():
        span = queries.kept_spans(programme)[0]
        spans.drop_span(get_programme(programme), span, actor=SYSTEM, now=now())
        assert queries.kept_spans(programme) == []
        with pytest.raises(spans.SpanKnown):
            keep(programme)
    run_jobs()
    with unit():
        assert list(queries.list_spans(programme)) == []
        assert SPAN not in {key.period for key in queries.tallies_of(programme)}
        assert service.verify(get_programme(programme), now=now()) == {}
        keep(programme)
    run_jobs()
    with unit():
        assert sums(programme)["enrolled"] == 2


def test_orders_of_a_way_that_was_left_do_nothing(unit, run_jobs, programme):
    with unit():
        span = keep(programme)
        spans.drop_span(get_programme(programme), span, actor=SYSTEM, now=now())
        old = CountSpan(programme_id=str(programme), name=SPAN, state="counting")
        spans.count_part(old, now=now())
        assert span.done == 0
    run_jobs()
    with unit():
        assert list(queries.list_spans(programme)) == []


def test_building_anew_counts_spans_too(unit, run_jobs, programme):
    with unit():
        keep(programme)
    run_jobs()
    with unit():
        service.build(get_programme(programme), now=now())
        assert sums(programme)["enrolled"] == 2
        db.session.delete(db.session.get_one(CountedProgramme, programme))
        db.session.flush()
        assert keep(programme, "2026-01_2026-05").state is SpanState.KEPT  # whoever counts them counts it too


def test_a_programme_keeps_twelve_spans(unit, programme):
    with unit():
        for month in range(1, 13):
            keep(programme, span_named(date(2025, month, 1), date(2026, month, 1)))
        with pytest.raises(spans.TooManySpans):
            keep(programme)
        with pytest.raises(ValueError, match="2026-05_2026-04"):
            keep(programme, "2026-05_2026-04")


@pytest.mark.parametrize(
    ("name", "bounds"),
    [
        (SPAN, (date(2026, 2, 1), date(2026, 4, 30))),
        ("2024-02_2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2026-04_2026-02", None),
        ("2026_2027", None),
        ("2026-Q1_2026-Q2", None),
        ("2026-02_", None),
        ("_", None),
    ],
)
def test_spans_by_name(name, bounds):
    assert bounds_of(name) == bounds
    if bounds:
        assert span_named(*bounds) == name
