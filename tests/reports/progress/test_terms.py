"""A quarter gets another deadline, is closed and opened again; reminders follow, and every day keeps its deadline."""

from datetime import date, timedelta

import pytest

from lms.core.clock import now
from lms.core.jobs.orders import enqueue
from lms.reports.progress.messages import RemindLateMembers
from lms.reports.progress.rules import Change, PeriodChangeKind, term_on
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.progress import make_submission
from lms.testing.pytest_plugin import TODAY

FIRST, SECOND = date(2026, 12, 20), date(2027, 1, 29)


@pytest.fixture
def look(client_for, commission, unit, at, mailbox, run_jobs):
    """Return what reminds of it on a day after the opening: the addresses that got a letter with these words."""

    def remind(days, words="falta enviarlo"):
        mailbox.sent.clear()
        with at(TODAY + timedelta(days=days)):
            with unit():
                enqueue(RemindLateMembers(), now=now(), key=f"look-{days}")
            run_jobs()
        return [each.to for each in mailbox.sent if words in each.subject]

    return remind


def state(page, name):
    row = next(row for row in page.select(".matrix tbody tr") if name in row.get_text())
    return row.select("td")[0].get_text().strip()


def test_another_deadline_is_told_with_its_reason_and_reminders_follow_it(
    client_for, commission, secretary, unit, at, mailbox, run_jobs, look
):
    path = f"{commission.page}/deadline"
    with unit():
        make_submission(commission.period, commission.members[1], {})
    for wrong in (
        {"due_on": str(FIRST), "reason": "Igual."},
        {"due_on": "2026-11-19", "reason": "Ya fue."},
        {"due_on": str(SECOND), "reason": ""},
        {"due_on": "", "reason": "Sin fecha."},
    ):
        secretary.post(path, wrong, status=422)
    assert len(look(23)) == 2
    mailbox.sent.clear()
    with at(TODAY + timedelta(days=32)):
        secretary = client_for(commission.secretary)
        assert state(secretary.get(commission.page), "Sector Educación") == "Atrasado"
        secretary.get(path)
        secretary.post(path, {"due_on": str(SECOND), "reason": "Feriado regional."})
        run_jobs()
        told = [each for each in mailbox.sent if "nueva fecha límite" in each.subject]
        assert sorted(each.to for each in told) == sorted(commission.people[at].email for at in (0, 2))
        assert all("Feriado regional." in each.text and "29 de enero de 2027" in each.text for each in told)
        page = secretary.get(commission.page)
        assert state(page, "Sector Educación") == "Pendiente"
        assert "Feriado regional." in page.select("section[aria-labelledby=changes]")[0].get_text()
        then = secretary.get(f"{commission.page}?on={FIRST + timedelta(days=1)}")
        assert state(then, "Sector Educación") == "Atrasado"
        assert "fecha límite: 20 de diciembre de 2026" in " ".join(then.text.split())
    assert look(33) == []
    assert len(look(63)) == 2, "seven days before the new deadline, though it was done before the old one"
    with unit():
        admin = make_administrator()
    assert "Feriado regional." in client_for(admin).get("/operations/audit").text


def test_nobody_writes_in_a_closed_quarter_until_it_is_opened_again(
    client_for, commission, secretary, unit, at, mailbox, run_jobs, look
):
    with unit():
        make_submission(commission.period, commission.members[1], {})
    enlace, fill = client_for(commission.people[0]), f"{commission.path(0)}/fill"
    secretary.post(f"{commission.page}/reopen", {"due_on": str(SECOND), "reason": "No estaba."}, status=422)
    secretary.post(f"{commission.page}/close", {"reason": ""}, status=422)
    secretary.post(f"{commission.page}/close", {"reason": "Se presenta el informe."})
    assert state(secretary.get(commission.page), "Sector Educación") == "Atrasado"
    assert enlace.get(fill, status=303).location.endswith(commission.path(0))
    assert "se cerró" in enlace.get(commission.path(0)).text
    enlace.post(fill, commission.written(0, act="submit", value="7", status="done"), status=303)
    assert state(secretary.get(commission.page), "Sector Educación") == "Atrasado"
    secretary.post(f"{commission.path(1)}/send-back", {"reason": "Tarde."}, status=409)
    secretary.post(f"{commission.path(1)}/accept")
    assert look(23) == []
    secretary.get(f"{commission.page}/reopen")
    secretary.post(f"{commission.page}/reopen", {"due_on": str(SECOND), "reason": "Falta un sector."})
    run_jobs()
    assert len([each for each in mailbox.sent if "Falta un sector." in each.text]) == 2
    enlace.post(fill, commission.written(0, act="submit", value="7", status="done"))
    assert state(secretary.get(commission.page), "Sector Educación") == "Completo"


MOVED = Change(on=date(2026, 12, 1), kind=PeriodChangeKind.DEADLINE, was_due_on=FIRST, due_on=SECOND)
ENDED = Change(on=date(2027, 2, 1), kind=PeriodChangeKind.CLOSED, was_due_on=SECOND, due_on=SECOND)
AGAIN = Change(
    on=date(2027, 2, 9), kind=PeriodChangeKind.REOPENED, was_due_on=SECOND, due_on=date(2027, 3, 1)
)


@pytest.mark.parametrize(
    ("day", "due_on", "is_closed"),
    [
        (date(2026, 11, 30), FIRST, False),
        (date(2026, 12, 1), SECOND, False),
        (date(2027, 2, 1), SECOND, True),
        (date(2027, 2, 8), SECOND, True),
        (date(2027, 2, 9), date(2027, 3, 1), False),
    ],
)
def test_the_term_of_a_day_is_what_was_known_at_its_end(day, due_on, is_closed):
    found = term_on(day, AGAIN.due_on, (MOVED, ENDED, AGAIN))
    assert (found.due_on, found.is_closed) == (due_on, is_closed)
