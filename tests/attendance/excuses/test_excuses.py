"""Justified absences through the pages: asked, answered, private, and gone when their time is over."""

from datetime import timedelta
from io import BytesIO

import pytest

from lms.attendance.excuses.messages import ErasePapers
from lms.attendance.excuses.queries import find_excuse
from lms.attendance.models import Mark
from lms.attendance.queries import find_attendance
from lms.core.actors import Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.learning.models import Cohort
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.files import PDF
from lms.testing.factories.learning import make_cohort, make_enrolment


@pytest.fixture
def world(unit, client_for):
    with unit():
        cohort = make_cohort(name="Grupo 2")
        person = make_person(email="p014@example.org")
        enrolment = make_enrolment(cohort, person=person)
        meeting = make_meeting(cohort)
        trainer, stranger = make_person(), make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        give_role(stranger, Role.TRAINER, ScopeKind.COHORT, make_cohort().id)
    return {
        "meeting": meeting, "enrolment": enrolment, "own": client_for(person), "trainer": client_for(trainer),
        "stranger": client_for(stranger), "page": f"/attendance/meetings/{meeting.id}/excuse",
    }  # fmt: skip


def ask(world, *, paper=PDF, name="guardia.pdf", status=303, **values):
    data = {"grounds": "service", "text": "Turno de guardia", "paper": (BytesIO(paper), name), **values}
    return world["own"].post(world["page"], data, status=status)


def excuse_of(unit, world):
    with unit():
        return find_excuse(world["meeting"].id, world["enrolment"].id)


def mark_of(unit, world):
    with unit():
        found = find_attendance(world["meeting"].id, world["enrolment"].id)
        return found and (found.mark, found.method)


def test_an_accepted_justification_excuses_the_absence_and_is_written_to_the_person(
    unit, world, mailbox, run_jobs
):
    ask(world)
    listed = world["trainer"].get("/attendance/excuses/")
    assert "Turno de guardia" not in listed.text
    address = f"/attendance/excuses/{excuse_of(unit, world).id}"
    assert "Turno de guardia" in world["trainer"].get(address).text
    world["trainer"].post(address, {"accept": "y", "answer": "Gracias por avisar."})
    world["trainer"].post(address, {"accept": "y"})
    assert mark_of(unit, world) == (Mark.EXCUSED, "excuse")
    run_jobs()
    (letter,) = [each for each in mailbox.sent if each.key.startswith("excuse-")]
    assert "Gracias por avisar." in letter.text
    assert "guardia" not in letter.text


def test_a_refusal_needs_a_sentence_and_marks_nobody(unit, world):
    ask(world)
    address = f"/attendance/excuses/{excuse_of(unit, world).id}"
    page = world["trainer"].post(address, {"refuse_it": "y"}, status=422)
    assert "Escriba en una frase por qué no se acepta." in page.text
    world["trainer"].post(address, {"refuse_it": "y", "answer": "Falta la firma."})
    assert mark_of(unit, world) is None
    assert "Falta la firma." in world["own"].get(world["page"]).text
    ask(world, status=409)


def test_what_is_no_paper_is_refused_at_its_field_and_the_text_stays(unit, world):
    page = ask(world, paper=b"MZ no document", name="guardia.pdf", status=422)
    assert "Envíe un PDF o una foto" in page.text
    assert "Turno de guardia" in page.text
    assert excuse_of(unit, world) is None


def test_only_the_person_and_whoever_decides_have_the_paper(unit, world):
    ask(world)
    paper = f"/attendance/excuses/{excuse_of(unit, world).id}/paper"
    with world["trainer"].raw.get(paper) as answer:
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
    with world["own"].raw.get(f"{world['page']}/paper") as answer:
        assert answer.data == PDF
    assert world["stranger"].raw.get(paper).status_code == 404
    assert world["own"].raw.get(paper).status_code == 403


def test_papers_are_erased_when_their_time_is_over_and_the_decision_stays(unit, world, at, run_jobs):
    ask(world)
    excuse = excuse_of(unit, world)
    world["trainer"].post(f"/attendance/excuses/{excuse.id}", {"accept": "y"})
    run_jobs()
    with at(now() + timedelta(days=91)):
        with unit():
            enqueue(ErasePapers(), now=now())
        run_jobs()
    after = excuse_of(unit, world)
    assert not after.has_paper
    assert after.state.value == "accepted"


def test_a_withdrawn_justification_takes_its_paper_with_it_and_may_be_asked_again(unit, world):
    ask(world)
    world["own"].post(f"{world['page']}/withdraw")
    assert not excuse_of(unit, world).has_paper
    assert "Grupo 2" not in world["trainer"].get("/attendance/excuses/").text
    ask(world, grounds="family")
    assert excuse_of(unit, world).state.value == "pending"


def test_who_was_there_has_nothing_to_justify(unit, world):
    with unit():
        make_mark(world["meeting"], world["enrolment"], Mark.LATE)
    ask(world, status=409)


def test_ten_days_later_it_is_too_late(unit, world):
    with unit():
        long_ago = make_meeting(
            db.session.get(Cohort, world["enrolment"].cohort_id), starts_at=now() - timedelta(days=11)
        )
    page = f"/attendance/meetings/{long_ago.id}/excuse"
    refused = world["own"].post(page, {"grounds": "service"}, status=409)
    assert "Pasaron más de diez días" in refused.text
