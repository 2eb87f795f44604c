"""A reminder to everybody and a member who saves, at once."""

import threading

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.reports.progress import queries, service
from lms.reports.progress.models import ProgressSubmission
from lms.reports.progress.rules import Answer


def test_whoever_saves_while_everybody_is_reminded_waits_and_loses_nothing(app, commission, unit):
    first, second = (each.id for each in commission.submissions[:2])
    half, failures = threading.Event(), []
    path = commission.services.id

    def remind():
        service.remind(db.session.get_one(ProgressSubmission, first), "x", actor=SYSTEM, now=now())
        half.set()
        saving.join(timeout=0.3)  # it waits for this transaction, which goes on to its row
        service.remind(db.session.get_one(ProgressSubmission, second), "x", actor=SYSTEM, now=now())

    def save():
        half.wait()
        submission = db.session.get_one(ProgressSubmission, second)
        values = {path: Answer(narrative="Tres brigadas.")}
        service.save(submission, values, revision=submission.revision, actor=SYSTEM, now=now())

    def alone(work):
        try:
            with app.app_context(), unit_of_work():
                work()
        except Exception as error:  # noqa: BLE001  # whatever it is, the test must see it
            failures.append(error)

    saving = threading.Thread(target=alone, args=(save,))
    saving.start()
    alone(remind)
    saving.join()
    assert failures == []
    with unit():
        assert db.session.get_one(ProgressSubmission, second).answers[path].narrative == "Tres brigadas."
        assert len(queries.list_reminders([first, second])) == 2
