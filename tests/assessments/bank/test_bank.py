"""The bank of questions: made by every release, found by words and marks, with every revision apart."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from lms.assessments.bank import service
from lms.assessments.bank.messages import MeasureBank
from lms.assessments.bank.models import QuestionRevision, QuestionUse
from lms.core.actors import Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.courses.queries import get_course
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.assessments import make_result
from lms.testing.factories.authoring import QUIZ, course_files, make_draft, open_draft_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment

BANK = "/assessments/bank/"


def second_quiz():
    """Return the first quiz with another first question, and the second one retired."""
    text = course_files()[QUIZ].decode()
    text = text.replace("nivel=R}", 'nivel=R objetivo=primera-accion etiquetas="escucha frontera"}')
    text = text.replace("primera acción?", "primera acción con la víctima?")
    return text.replace("{id=senales-dos}", "{id=senales-dos estado=retirada}")


@pytest.fixture
def two_releases(unit):
    """A course whose second release says its first question otherwise and retires the second one."""
    with unit():
        make_release()
        return make_release(files={QUIZ: second_quiz()})


def trainer_of(unit, cohort=None):
    with unit():
        person = make_person(given_names="Formadora")
        cohort = cohort or make_cohort()
        give_role(person, Role.TRAINER, ScopeKind.COHORT, cohort.id)
    return person


def stored(unit):
    with unit():
        rows = db.session.scalars(select(QuestionRevision)).all()
        uses = db.session.scalars(select(QuestionUse)).all()
        return {(row.question_id, row.revision, row.last_number) for row in rows}, len(uses)


def test_every_release_writes_its_questions_and_the_command_makes_the_same_again(two_releases, unit):
    made = stored(unit)
    assert len([row for row in made[0] if row[0] == "senales-uno"]) == 2
    with unit():
        service.index_course(get_course(two_releases.course_id))
    assert stored(unit) == made


def found(browser, query):
    rows = browser.get(f"{BANK}?{query}").select("main tbody tr")
    return [row.select("th code")[0].get_text() for row in rows]


def test_questions_are_found_by_words_without_accents_and_by_every_mark(
    two_releases, unit, client_for, count_queries
):
    browser = client_for(trainer_of(unit))
    assert found(browser, "q=VICTIMA") == ["senales-uno"]
    assert found(browser, "q=primera+empieza&label=Frontera&level=R") == ["senales-uno"]
    assert found(browser, "state=retired") == ["senales-dos"]
    assert found(browser, "course=curso-de-prueba&module=2&kind=multiple") == ["ruta-dos"]
    assert found(browser, "state=released&order=-stem&module=1") == ["senales-tres", "senales-uno"]
    assert "Ninguna pregunta coincide" in browser.get(f"{BANK}?q=nada+de+esto").text
    browser.get(BANK)
    with count_queries() as statements:
        page = browser.get(BANK)
    assert len(statements) <= 12, statements
    assert "6 preguntas" in page.text.replace("\xa0", " ")
    lines = (
        browser.get(f"{BANK}questions.csv?state=retired").response.get_data().decode("utf-8-sig").splitlines()
    )
    assert [line.split(",")[1] for line in lines[1:]] == ["senales-dos"]


def test_a_question_says_what_changed_and_how_each_revision_performs(unit, client_for, count_queries):
    with unit():
        old = make_release()
        cohort, institution = make_cohort(release=old), make_institution()
        for number in range(12):
            make_result(make_enrolment(cohort, institution=institution), wrong=int(number < 4))
        make_release(files={QUIZ: second_quiz()})
    browser = client_for(trainer_of(unit, cohort))
    address = f"{BANK}courses/{old.course_id}/questions/senales-uno"
    browser.get(address)
    with count_queries() as statements:
        page = browser.get(address)
    assert len(statements) <= 30, statements
    newest, first = page.select("main article")
    assert "con la víctima" in newest.select("ins")[0].get_text()
    assert "Datos insuficientes" in newest.get_text()
    assert "%" not in newest.get_text()
    assert "67 %" in first.get_text().replace("\xa0", " ")
    assert page.select(f'main a[href*="{cohort.id}"]')
    assert page.select('main a[href$="/open"]')


def test_the_list_says_how_questions_perform_sorts_by_it_and_finds_those_that_need_a_look(
    unit, client_for, run_jobs, count_queries
):
    with unit():
        release = make_release()
        cohort, institution = make_cohort(release=release), make_institution()
        for number in range(12):
            make_result(make_enrolment(cohort, institution=institution), wrong=int(number < 4))
        make_release(files={QUIZ: second_quiz()})
        enqueue(MeasureBank(), now=now())
    browser = client_for(trainer_of(unit))
    assert "Datos insuficientes" not in browser.get(BANK).text
    run_jobs()
    browser.get(f"{BANK}?order=facility")
    with count_queries() as statements:
        page = browser.get(f"{BANK}?order=facility")
    assert len(statements) <= 12, statements
    shown = [row.get_text(" ", strip=True).replace("\xa0", " ") for row in page.select("main tbody tr")]
    # The new text of the first question was answered by nobody; the old one is another revision.
    unanswered = next(row for row in shown if "senales-uno" in row)
    assert "Datos insuficientes" in unanswered
    assert "%" not in unanswered
    measured = [row for row in shown if "12 personas" in row]
    assert shown[: len(measured)] == measured
    assert measured
    down = browser.get(f"{BANK}?order=-facility").select("main tbody tr")
    assert "12 personas" in down[0].get_text().replace("\xa0", " ")
    needy = found(browser, "attention=y")
    assert needy
    assert set(needy) < set(found(browser, ""))
    lines = browser.get(f"{BANK}questions.csv?attention=y").response.get_data().decode("utf-8-sig")
    assert len(lines.splitlines()) == 1 + len(needy)
    book = browser.get(f"{BANK}questions.xlsx?order=facility").response.get_data()
    assert len(CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()) == 7
    browser.get(f"{BANK}questions.pdf", status=404)


def test_a_question_of_a_draft_leads_to_its_line_for_those_who_read_it(unit, client_for):
    with unit():
        release = make_release()
        author = make_person(given_names="Autora")
        give_role(author, Role.TRAINER, ScopeKind.COHORT, make_cohort(release=release).id)
        open_draft_of(release, author)
        make_draft(author, slug="curso-nuevo")
    stranger = trainer_of(unit)
    query = "course=curso-nuevo&state=draft"
    page = client_for(author).get(f"{BANK}?{query}")
    assert len(page.select("main tbody tr")) == 6
    assert page.select('main tbody th a[href$="01-senales/comprobacion.md#L8"]')
    assert found(client_for(stranger), query) == []
    mine = client_for(author).get(f"{BANK}courses/{release.course_id}/questions/senales-uno")
    assert mine.select('main a[href$="01-senales/comprobacion.md#L8"]')


def test_a_trainee_reads_no_key(two_releases, unit, client_for):
    with unit():
        person = make_person(given_names="Participante")
        make_enrolment(make_cohort(release=two_releases), person)
    browser = client_for(person)
    for address in (BANK, f"{BANK}courses/{two_releases.course_id}/questions/senales-uno"):
        browser.get(address, status=403)
