"""What staff read of a survey: how it spreads, from five people on, on the screen and in the files alike."""

import csv
import io
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook

from lms.assessments.attempts import service
from lms.assessments.attempts.queries import get_quiz
from lms.assessments.follow_up.models import FollowUp, FollowUpReply
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import db
from lms.core.ids import new_id
from lms.courses.queries import list_outline
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.courses import make_release
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.surveys import FILES


def answer(enrolment, survey, values):
    attempt = service.start_attempt(enrolment, survey, actor=SYSTEM, now=now())
    for question, chosen in values.items():
        service.save_answer(attempt, question, chosen, now=now())
    service.submit(attempt, actor=SYSTEM, now=now())


@pytest.fixture
def asked(unit):
    """A clinic of 12 people of whom 10 answered, a school of 8 of whom 6 did, and an office of 3 who all did."""
    with unit():
        cohort = make_cohort(release=make_release(slug="con-encuestas", files=FILES))
        outline = list_outline(cohort.release_id, is_whole=True)
        surveys = {
            each.slug: get_quiz(each.id)
            for module in outline
            for each in module.units
            if each.slug in {"opinion", "que-ha-aplicado"}
        }
        groups = [("Clínica", "health", 12, 10), ("Escuela", "education", 8, 6), ("Oficina", "health", 3, 3)]
        people = []
        for name, sector, invited, answered in groups:
            institution = make_institution(name=name)
            for n in range(invited):
                enrolment = make_enrolment(cohort, make_person(), institution=institution, sector=sector)
                people.append(enrolment)
                if n < answered:
                    point = "abc"[n % 3]
                    values = {
                        "opinion-frases": [f"1:{point}", "2:d"],
                        "opinion-lugar": ["a" if n % 2 else "b"],
                    }
                    if n < 5 or name == "Oficina":
                        values["opinion-cambiar"] = [f"{name} propone {n}"]
                    answer(enrolment, surveys["opinion"], values)
        trainer, stranger = make_person(), make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        give_role(stranger, Role.TRAINER, ScopeKind.COHORT, make_cohort().id)
    return SimpleNamespace(
        cohort=cohort, people=people, trainer=trainer, stranger=stranger,
        address=f"/surveys/cohorts/{cohort.id}", later=surveys["que-ha-aplicado"],
    )  # fmt: skip


def text_of(page):
    return page.text.replace("\xa0", " ")


def rows_of(browser, address):
    content = browser.get(address).response.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def plain(value):
    try:
        return round(float(value), 4)
    except (TypeError, ValueError):
        return str(value or "")


def test_it_spreads_beside_how_many_answered_and_files_say_the_same(asked, client_for, count_queries):
    browser = client_for(asked.trainer)
    browser.get(asked.address)
    with count_queries() as statements:
        page = browser.get(asked.address)
    assert len(statements) <= 14, statements
    text = text_of(page)
    assert [each.get_text(strip=True) for each in page.select("dl.stats dd")] == ["23", "19", "83\xa0%"]
    assert "n = 19 · promedio 1,9 de 3 · mediana 2,0" in text
    rows = rows_of(browser, f"{asked.address}/file?table=answers&format=csv")
    mine = [row for row in rows if row[1] == "El curso sirve."]
    assert [(row[2], row[3], row[4]) for row in mine] == [
        ("19", "Nada", "7"), ("19", "Poco", "6"), ("19", "Mucho", "6"), ("19", "No aplica", "0"),
    ]  # fmt: skip
    assert mine[0][6:] == [str(round(37 / 19, 4)), "2.0"]
    # Nobody used the scale of the other statement: it spreads, and has no mean.
    assert [row[6] for row in rows if row[1] == "Las simulaciones ayudan."] == [""] * 4
    book = browser.get(f"{asked.address}/file?table=answers&format=xlsx").response.get_data()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [[plain(cell) for cell in row] for row in sheet[1:]] == [
        [plain(cell) for cell in row] for row in rows[1:]
    ]


def test_no_filter_and_no_difference_of_filters_tells_of_fewer_than_five(asked, client_for):
    browser = client_for(asked.trainer)
    assert "Oficina propone" in text_of(browser.get(asked.address))  # among all, it is nobody's
    alone = browser.get(f"{asked.address}?institution=Oficina")
    assert "Todavía no hay respuestas que mostrar" in alone.text
    assert "propone" not in alone.text
    # The whole less the clinic and the school would be the office.
    for address in ("?institution=Clínica", "?sector=health&institution=Clínica"):
        page = browser.get(asked.address + address)
        assert "Todavía no hay respuestas que mostrar" in page.text
    together = text_of(browser.get(f"{asked.address}?sector=health"))
    assert "n = 13" in together
    rows = rows_of(browser, f"{asked.address}/file?table=turnout&format=csv")
    assert [row[2:4] for row in rows[1:] if row[0] == "Oficina"] == [["<5", "<5"]]
    assert [row[2:4] for row in rows[1:] if row[0] == "Clínica"] == [["protegido", "protegido"]]
    assert [row[2:4] for row in rows[1:] if row[0] == "Escuela"] == [["8", "6"]]
    hidden = rows_of(browser, f"{asked.address}/file?institution=Oficina&table=answers&format=csv")
    assert {row[3] for row in hidden[1:]} == {"protegido"}


def test_texts_stand_in_the_order_of_the_alphabet_with_a_warning_and_without_names(asked, client_for):
    page = client_for(asked.trainer).get(f"{asked.address}?institution=Escuela")
    texts = [each.get_text(strip=True) for each in page.select("details li")]
    assert texts == [f"Escuela propone {n}" for n in range(5)]
    assert "No copie casos" in page.text


def test_a_survey_of_the_follow_up_counts_those_who_were_asked(asked, client_for, unit):
    with unit():
        for n, enrolment in enumerate(asked.people[:9]):
            found = FollowUp(
                id=new_id(), completion_id=make_completion(enrolment).id, asked_on=today(), closes_on=today(),
                answered_at=now() if n < 7 else None,
            )  # fmt: skip
            db.session.add(found)
            db.session.flush()
            replies = {"aplica-coordinaciones": ["2" if n < 4 else "5"], "aplica-barrera": ["a", "b"]}
            for question, chosen in replies.items() if n < 7 else ():
                db.session.add(
                    FollowUpReply(
                        id=new_id(),
                        follow_up_id=found.id,
                        unit_id=asked.later.id,
                        question_id=question,
                        chosen=chosen,
                    )
                )
    browser = client_for(asked.trainer)
    page = browser.get(f"{asked.address}?survey={asked.later.id}")
    assert [each.get_text(strip=True) for each in page.select("dl.stats dd")] == ["9", "7", "78\xa0%"]
    text = text_of(page)
    assert "n = 7 · promedio 3,3 · mediana 2,0" in text
    assert "cada persona pudo elegir varias" in text
    assert "Respondieron menos de cinco" in text


def test_only_whoever_runs_the_cohort_reads_it_and_only_its_own_surveys(asked, client_for):
    client_for(asked.stranger).get(asked.address, status=404)
    browser = client_for(asked.trainer)
    browser.get(f"{asked.address}?survey={asked.cohort.id}", status=404)
    browser.get(f"{asked.address}/file?table=people&format=csv", status=404)
    link = browser.get(f"/assessments/cohorts/{asked.cohort.id}").select(f'a[href="{asked.address}"]')
    assert link
