"""Notices to focal points about a call: that it closes while places are left, and how it ended."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.service import set_password
from lms.attendance.notices.messages import SendNotices
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.learning.models import Cohort
from lms.learning.nominations import calls, service
from lms.learning.nominations.models import Nomination, NominationCall
from lms.learning.nominations.rules import Window
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort
from lms.testing.factories.nominations import make_call, make_nomination
from lms.testing.pytest_plugin import TODAY

CLOSES = TODAY + timedelta(days=7)


@pytest.fixture
def world(unit, client_for):
    with unit():
        cohort = make_cohort(name="Grupo 2", starts_on=TODAY.date() + timedelta(days=20))
        health, tourism, justice = (make_institution(name) for name in ("Salud", "Turismo", "Fiscalía"))
        call = make_call(cohort, {health: 2, tourism: 1, justice: 1}, closes_at=CLOSES)
        to_health, to_justice = make_focal_point(health).email, make_focal_point(justice).email
        make_focal_point(tourism)
        make_nomination(call, tourism)
        trainer = make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.PROGRAMME, cohort.programme_id)
    return SimpleNamespace(
        cohort=cohort.id, call=call.id, trainer=client_for(trainer), health=health,
        to_health=to_health, to_justice=to_justice, page=f"/attendance/cohorts/{cohort.id}/notices",
        call_page=f"/learning/cohorts/{cohort.id}/nominations",
    )  # fmt: skip


@pytest.fixture
def go_round(unit, run_jobs, mailbox, at):
    """Return a function that makes a round at a moment and gives the notices that left in it."""

    def go(moment):
        with at(moment):
            run_jobs()
            mailbox.sent.clear()
            with unit():
                enqueue(SendNotices(), now=now())
            run_jobs()
        return {each.to: each for each in mailbox.sent if each.key.startswith("notice-")}

    return go


def test_only_whoever_has_places_left_is_reminded_once_before_the_deadline(unit, world, go_round, at):
    assert "La convocatoria para" in world.trainer.get(world.page).text, "read before it is sent"
    assert go_round(CLOSES - timedelta(days=4)) == {}
    letters = go_round(CLOSES - timedelta(days=3))
    assert set(letters) == {world.to_health, world.to_justice}
    assert "quedan 2 lugares y todavía no propone a nadie" in letters[world.to_health].text
    assert letters[world.to_health].stop_url
    assert go_round(CLOSES - timedelta(days=2)) == {}
    with unit():
        later = Window(
            opens_at=TODAY - timedelta(days=1),
            closes_at=CLOSES + timedelta(days=7),
            substitutes_until=CLOSES + timedelta(days=9),
        )
        calls.open_call(
            db.session.get_one(Cohort, world.cohort), calls.CallValues(window=later), actor=SYSTEM, now=now()
        )
    assert len(go_round(CLOSES + timedelta(days=4))) == 2, "a deadline that moved is another one"


def test_the_results_name_everybody_once_all_have_a_verdict(unit, world, go_round, at):
    with unit():
        call = db.session.get_one(NominationCall, world.call)
        declined, left = make_nomination(call, world.health), make_nomination(call, world.health)
    after = CLOSES + timedelta(days=3)
    assert go_round(after) == {}, "two of them are undecided"
    with at(after), unit():
        nomination = db.session.get_one(Nomination, declined.id)
        service.decline(nomination, "No trabaja con víctimas.", actor=SYSTEM, now=now())
        service.accept(db.session.get_one(Nomination, left.id), actor=SYSTEM, now=now())
    (letter,) = go_round(after + timedelta(hours=1)).values()
    assert letter.to == world.to_health
    assert "Tienen un lugar (1)" in letter.text
    assert "Motivo: No trabaja con víctimas." in letter.text
    assert "Quedó 1 lugar sin usar" in letter.text
    text = world.trainer.get(world.page + "/log").text
    assert "A los enlaces: cómo quedó la convocatoria" in text


def test_letters_of_the_call_and_invitations_are_read_and_sent_again_without_their_secret(
    unit, world, mailbox, run_jobs
):
    with unit():
        nomination = make_nomination(db.session.get_one(NominationCall, world.call), world.health)
        nominee = db.session.get_one(Person, nomination.person_id).email
        focal_point = db.session.scalars(select(Person).where(Person.email == world.to_health)).one()
        nomination.proposed_by = focal_point.id
        db.session.flush()
        service.accept(nomination, actor=SYSTEM, now=now())
    run_jobs()
    url = f"/attendance/cohorts/{world.cohort}/letters"
    page = world.trainer.get(url)
    assert "Convocatoria abierta:" in page.text
    assert "Su propuesta para" in page.text
    secret = next(each.text for each in mailbox.sent if each.to == nominee).split("/account/")[1][:30]
    assert secret not in page.text
    mailbox.sent.clear()
    for kind in ("invitation", "call"):
        form = world.trainer.get(f"{url}?kind={kind}").select("form[action*=letters]")[0]
        world.trainer.post(form["action"], {})
    run_jobs()
    assert len(mailbox.sent) == 2
    assert nominee in [each.to for each in mailbox.sent]
    invited = world.trainer.get(f"{url}?kind=invitation")
    with unit():
        set_password(db.session.get_one(Person, nomination.person_id), "una frase larga", now=now())
    assert world.trainer.get(f"{url}?kind=invitation").select("form[action*=letters]") == []
    world.trainer.post(invited.select("form[action*=letters]")[0]["action"], {}, status=404)


def test_the_staff_reads_who_has_not_answered(world):
    text = world.trainer.get(world.call_page).text
    assert "2 instituciones todavía no responden" in text
