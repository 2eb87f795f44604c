"""The page of what deserves a conversation: for whoever runs the cohort, about its people, without any effect."""

import random
from datetime import timedelta

import pytest

from lms.accounts.queries import get_person
from lms.assessments.analysis.privacy import PATTERN_REVIEWS
from lms.assessments.attempts import service
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.assessments import make_attempt, quizzes_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment

QUESTIONS = 16
QUESTION = """
::: pregunta {{id=larga-{number:02}}}
¿Qué se hace primero en la situación número {number}, cuando otra persona contesta por ella y guarda sus papeles?

(x) Buscar un momento para hablar a solas con la persona.
    > Porque así es.
( ) Pedirle que cuente todo delante de quien la acompaña.
    > Porque así es.
( ) Llamar a otra institución sin preguntarle a la persona.
    > Porque así es.
( ) Esperar a que regrese otro día con más tiempo.
    > Porque así es.
:::
"""
QUIZ = "---\ntipo: cuestionario\ntitulo: La prueba larga\nminutos: 20\nintentos: 2\n---\n" + "".join(
    QUESTION.format(number=number) for number in range(QUESTIONS)
)


def answer(enrolment, keys, *, seconds):
    """Hand in an attempt at the long quiz with these answers, each so long after the one before."""
    moment = now()
    attempt = make_attempt(enrolment, quizzes_of(enrolment)[0])
    for question_id, key in zip(attempt.question_ids, keys, strict=True):
        moment += timedelta(seconds=seconds)
        service.save_answer(attempt, question_id, [key], now=moment)
    service.submit(attempt, actor=SYSTEM, now=moment)
    return enrolment


def keys_of(person):
    """Return the answers of somebody who misses three questions of four, in their own way."""
    chance = random.Random(person)  # noqa: S311 - people invented for a test
    return [chance.choice("bcd") if number % 4 else "a" for number in range(QUESTIONS)]


@pytest.fixture
def course(unit):
    """A cohort in which two people gave the same answers and one left no time to read; the last is of another one."""
    with unit():
        release = make_release(files={"01-senales/comprobacion.md": QUIZ})
        cohort, other, institution = (
            make_cohort(release=release),
            make_cohort(release=release),
            make_institution(),
        )
        people = [make_enrolment(cohort, institution=institution) for _person in range(12)]
        for number, enrolment in enumerate(people):
            answer(enrolment, keys_of(1 if number == 0 else number), seconds=1 if number == 5 else 40)
        answer(make_enrolment(other, institution=institution), keys_of(1), seconds=40)
        quiz = quizzes_of(people[0])[0]
        names = [get_person(each.person_id).name for each in people]
    return cohort, quiz, people, names


def staff(unit, role, cohort):
    with unit():
        person = make_person(given_names="Equipo")
        give_role(person, role, ScopeKind.COHORT, cohort.id)
    return person


def test_whoever_runs_the_cohort_reads_why_before_who(course, unit, client_for, count_queries):
    cohort, quiz, _people, names = course
    browser = client_for(staff(unit, Role.TRAINER, cohort))
    analysis = f"/assessments/analysis/cohorts/{cohort.id}/quizzes/{quiz.id}"
    assert (
        browser.get(analysis).select(f'a[href="{analysis}/patterns"]')[0].get_text() == "Para conversar (2)"
    )
    with count_queries() as statements:
        page = browser.get(f"{analysis}/patterns")
    assert len(statements) <= 14, statements
    pair = page.select("section[aria-labelledby=coincidence]")[0]
    text = pair.get_text(" ")
    assert text.index("estudiaron juntas") < text.index(names[0])
    assert {link.get_text() for link in pair.select("th a")} == set(names[:2])
    assert len(pair.select("ol li")) == 12
    hurried = page.select("section[aria-labelledby=hurry]")[0]
    assert [link.get_text() for link in hurried.select("th a")] == [names[5]]
    assert "Nadie eligió la misma posición" in page.select("section[aria-labelledby=run]")[0].get_text()
    lines = browser.get(f"{analysis}/patterns.csv").response.get_data().decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert names[5] in lines[1]
    assert browser.get(f"{analysis}/patterns.xlsx").response.get_data().startswith(b"PK")


def test_the_person_never_sees_it_and_nothing_changes_for_them(course, unit, client_for):
    cohort, quiz, people, _names = course
    address = f"/assessments/analysis/cohorts/{cohort.id}/quizzes/{quiz.id}/patterns"
    with unit():
        learner = get_person(people[5].person_id)
    browser = client_for(learner)
    mine = f"/learning/{people[5].id}"
    before = browser.get(mine).text
    client_for(staff(unit, Role.TRAINER, cohort)).get(address)
    assert browser.get(mine).text == before
    assert browser.get(address, status=403)
    for role in (Role.FOCAL_POINT, Role.REVIEWER):
        other = client_for(staff(unit, role, cohort))
        assert other.get(address, status=403)
    reviewed = other.get(address.removesuffix("/patterns"))
    assert "Para conversar" not in reviewed.text


def test_what_was_looked_at_is_put_aside_with_a_note_and_comes_back(course, unit, client_for):
    cohort, quiz, people, names = course
    browser = client_for(staff(unit, Role.TRAINER, cohort))
    address = f"/assessments/analysis/cohorts/{cohort.id}/quizzes/{quiz.id}/patterns"
    key = browser.get(address).select("section[aria-labelledby=coincidence] input[name=key]")[0]["value"]
    browser.post(f"{address}/aside", {"key": key, "note": "x" * 251}, status=422)
    for note in ("", "Estudiaron juntas."):
        browser.post(f"{address}/aside", {"key": key, "note": note})
    browser.post(f"{address}/aside", {"key": "hurry:nobody"})
    page = client_for(staff(unit, Role.TRAINER, cohort)).get(address)
    assert not page.select("section[aria-labelledby=coincidence] table")
    aside = page.select("section[aria-labelledby=aside] li")
    assert len(aside) == 1
    assert "Estudiaron juntas." in aside[0].get_text()
    assert "Para conversar (1)" in browser.get(address.removesuffix("/patterns")).text
    assert names[0] not in browser.get(f"{address}.csv").text
    with unit():
        told = [PATTERN_REVIEWS.export(people[number].person_id) for number in (0, 1, 2)]
    assert [len(each) for each in told] == [1, 1, 0]
    browser.post(f"{address}/again", {"key": key})
    assert browser.get(address).select("section[aria-labelledby=coincidence] table")
    browser.post(f"{address}/aside", {"key": key})
    with unit():
        assert PATTERN_REVIEWS.erase(people[1].person_id) == 1
