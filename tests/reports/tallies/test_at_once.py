"""Two transactions that count at once, and what counting adds to what a fact costs."""

import threading

from sqlalchemy import event

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db, do_postponed, unit_of_work
from lms.institutions.programmes.queries import get_programme
from lms.learning import service as learning
from lms.reports.tallies import queries, service
from lms.testing.factories.accounts import make_person
from lms.testing.factories.institutions import affiliate_person, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment, units_of

ROUNDS = 6
MOST = 9
"""Statements that counting one person may add to what a fact costs already."""


def test_two_transactions_that_count_one_person_or_neighbours_at_once_lose_nothing(app, unit, monkeypatch):
    monkeypatch.setattr(queries, "CHUNK", 1)  # each counts its people in several parts
    with unit():
        first = make_cohort()
        programme = get_programme(first.programme_id)
        cohorts = [(first, make_cohort(programme=programme))]
        cohorts += [[make_cohort(programme=programme) for _ in range(2)] for _ in range(ROUNDS - 1)]
        place = make_institution(sector="health")
        people = [make_person() for _ in range(3)]
        for person in people:
            affiliate_person(person, place)
    start, failures = threading.Barrier(2), []

    def work(side):
        # Neighbours whom each counts in the other's order, and somebody whom only one of them counts, before these.
        ours = people[1:] if side else people[::-1]
        for pair in cohorts:
            start.wait()
            for person in ours:
                try:
                    with app.app_context(), unit_of_work():
                        learning.enrol(pair[side], person, actor=SYSTEM, now=now())
                except Exception as error:  # noqa: BLE001  # whatever it is, the test must see it
                    failures.append(error)

    threads = [threading.Thread(target=work, args=(side,)) for side in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with unit():
        assert service.verify(programme, now=now()) == {}
        kept = queries.tallies_of(programme.id)
        everybody = [
            row for key, row in kept.items() if (key.basis, key.period, key.month) == ("then", "all", "")
        ]
        assert [row.enrolled for row in everybody] == [len(people)]


def test_counting_adds_few_statements_to_what_a_fact_costs(unit):
    with unit():
        enrolment = make_enrolment()
        learning.finish_unit(enrolment, units_of(enrolment)[0], actor=SYSTEM, now=now())
        unit_after = units_of(enrolment)[1]
        do_postponed()
        db.session.flush()
        statements = []
        note = statements_to(statements)
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            service.recount_people([(enrolment.person_id, now())])
            unchanged = len(statements)
            learning.finish_unit(enrolment, unit_after, actor=SYSTEM, now=now())
            do_postponed()
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        tallies = [each for each in statements if "report_" in each]
        assert unchanged <= MOST - 3
        assert len(tallies) - unchanged <= MOST


def statements_to(found):
    def note(_connection, _cursor, statement, *_rest):
        found.append(statement)

    return note
