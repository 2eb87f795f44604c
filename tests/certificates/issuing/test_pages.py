"""What holders and staff do on the pages: share, correct, renew, write again, say what is asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.certificates.issuing import expiring, queries, service
from lms.certificates.issuing.models import Certificate, CertificateLetter, IssuingPolicy
from lms.certificates.issuing.rules import USUAL, Kind, Term
from lms.certificates.issuing.setting import PolicyValues, set_policy
from lms.core.actors import SYSTEM
from lms.core.db import db
from lms.core.ids import new_id
from lms.institutions.programmes.queries import get_programme
from lms.learning.queries import get_cohort
from lms.testing.factories.accounts import make_administrator, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.certificates import issue_to, make_certificate, plain_press
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

CONSTANCIA = {
    "is_issued": "y", "attended_share": "1/2", "asked_hours": "", "renew_days_before": "60",
    "renew_days_after": "180", "design": "ruta", "title": "", "valid_months": "",
}  # fmt: skip


@pytest.fixture
def administrator(unit):
    with unit():
        return make_administrator()


@pytest.fixture
def holder(unit):
    with unit():
        return make_person(given_names="Marisol")


def ending(holder=None, institution=None):
    """Issue a certificado that is valid for a year."""
    cohort = make_cohort()
    values = PolicyValues(
        rule=USUAL[Kind.CERTIFICADO], term=Term(months=12, days_before=30), design="", title=""
    )
    set_policy(get_programme(cohort.programme_id), None, values, actor=SYSTEM, now=TODAY)
    return make_certificate(cohort, holder, institution=institution)


def reload(certificate):
    return db.session.get_one(Certificate, certificate.id)


def test_the_holder_alone_opens_and_closes_the_public_page(client_for, unit, holder, administrator):
    with unit():
        certificate = make_certificate(person=holder)
    browser, path = client_for(holder), f"/certificates/{certificate.id}"
    assert "Dejar de compartirlo" in browser.get(path).text
    browser.post(f"{path}/share", {})
    with unit():
        assert not reload(certificate).is_shared
    assert "Compartirlo otra vez" in browser.get(path).text
    client_for(administrator).post(f"{path}/share", {}, status=404)
    browser.post(f"{path}/share", {})
    with unit():
        assert reload(certificate).is_shared


def test_a_name_is_corrected_where_it_is_wrong_and_then_on_paper(
    client_for, unit, run_jobs, mailbox, holder, administrator
):
    with unit():
        certificate = make_certificate(person=holder)
    browser, path = client_for(administrator), f"/certificates/{certificate.id}"
    assert "No hay nada que corregir" in browser.get(f"{path}/rectify").text
    with unit():
        db.session.get_one(Person, holder.id).first_surname = "Ñáñez"
    page = browser.get(f"{path}/rectify")
    assert "Marisol Ñáñez" in page.text
    assert [tag["value"] for tag in page.select("input[name=reason]")] == ["name"]
    browser.post(f"{path}/rectify", {"reason": "name"})
    page = browser.get(path)
    assert "Versión 2" in page.text
    assert "Ñáñez" in page.text
    old = browser.raw.get(f"{path}/versions/1/pdf")
    assert f"Certificado-{certificate.folio}.pdf" in old.headers["Content-Disposition"]
    assert old.data != browser.raw.get(f"{path}/pdf").data
    client_for(holder).get(f"{path}/versions/1/pdf", status=403)
    run_jobs()
    assert [each.subject for each in mailbox.sent if "corrigió" in each.subject] == [
        f"Se corrigió su certificado {certificate.folio}"
    ]


def test_a_letter_is_noted_and_sent_again(client_for, unit, run_jobs, mailbox, holder, administrator):
    with unit():
        certificate = make_certificate(person=holder)
    run_jobs()
    browser, path = client_for(administrator), f"/certificates/{certificate.id}"
    page = browser.get(path)
    assert holder.email in page.text
    assert "Enviado" in page.text
    browser.post(f"{path}/resend", {})
    run_jobs()
    assert sum("certificado:" in each.subject for each in mailbox.sent) == 2
    assert holder.email not in client_for(holder).get(path).text.replace("mailto:", "")


def test_a_renewal_is_asked_once_and_only_in_its_window(client_for, unit, at, administrator):
    with unit():
        certificate = ending()
    path = f"/certificates/{certificate.id}"
    assert "Hoy no se puede renovar" in client_for(administrator).get(f"{path}/renew").text
    with at(datetime(2027, 11, 10, 18, tzinfo=UTC)):
        browser = client_for(administrator)
        assert "20 de noviembre de 2028" in browser.get(f"{path}/renew").text
        browser.post(f"{path}/renew", {})
        assert "Se renovó" in browser.get(path).text
    with unit():
        successor = queries.find_successor(reload(certificate))
        assert successor.folio.endswith("000001")
        assert "-2027-" in successor.folio


def test_holders_hear_of_the_end_once_when_they_may_renew_and_once_in_the_last_days(
    unit, run_jobs, mailbox, holder
):
    with unit():
        certificate = ending(holder)
        assert expiring.remind_holders(date(2027, 10, 1), now=TODAY) == 0
        assert expiring.remind_holders(date(2027, 10, 25), now=TODAY) == 1
        assert expiring.remind_holders(date(2027, 10, 26), now=TODAY) == 0
        assert expiring.remind_holders(date(2027, 11, 15), now=TODAY) == 1
        assert expiring.remind_holders(date(2027, 11, 16), now=TODAY) == 0
        assert expiring.remind_holders(date(2027, 11, 21), now=TODAY) == 0
    run_jobs()
    letters = [each for each in mailbox.sent if "vence pronto" in each.subject]
    assert len(letters) == 2
    assert "20 de noviembre de 2027" in letters[0].text
    with unit():
        kept = db.session.scalars(select(CertificateLetter.purpose)).all()
        assert [each.value for each in kept].count("expiring") == 2
        assert certificate.folio in letters[0].text


def test_a_focal_point_gets_one_summary_a_week_of_their_own_people(unit, run_jobs, mailbox):
    with unit():
        institution = make_institution()
        point = make_focal_point(institution)
        ours, other = ending(institution=institution), ending()
        monday = date(2027, 11, 8)
        assert expiring.summarise(monday + timedelta(days=1), now=TODAY) == 0
        expiring.summarise(monday, now=TODAY)
        expiring.summarise(monday, now=TODAY)
    run_jobs()
    letters = [each for each in mailbox.sent if each.to == point.email and "vencen" in each.subject]
    assert len(letters) == 1
    assert ours.folio in letters[0].text
    assert other.document.printed.holder_name not in letters[0].text


def test_a_programme_says_what_a_constancia_asks_and_those_who_took_part_get_it(
    client_for, unit, run_jobs, administrator, at
):
    with unit():
        cohort = make_cohort()
        meetings = [make_meeting(cohort, starts_at=TODAY - timedelta(days=days), hours=2) for days in (9, 8)]
        came, stayed_away = make_enrolment(cohort), make_enrolment(cohort)
        make_mark(meetings[0], came)
    browser = client_for(administrator)
    rule = f"/certificates/programmes/{cohort.programme_id}/rule?kind=constancia"
    page = browser.post(rule, {**CONSTANCIA, "attended_share": ""}, status=422)
    assert "al menos una cosa" in page.text
    browser.post(rule, CONSTANCIA)
    assert "al menos 50" in browser.get(f"/certificates/programmes/{cohort.programme_id}").text
    path = f"/certificates/cohorts/{cohort.id}/issue?kind=constancia"
    page = browser.get(path)
    assert [str(tag["value"]) for tag in page.select("input[name=people]")] == [str(came.id)]
    assert f"/certificates/enrolments/{stayed_away.id}/why-not-yet" in str(page.soup)
    browser.post(path, {"people": [str(came.id)]})
    run_jobs()
    with unit():
        (certificate,) = db.session.scalars(select(Certificate)).all()
        said = certificate.document.printed
    assert (certificate.kind, said.document_title) == (Kind.CONSTANCIA, "Constancia de participación")
    assert said.hours == "con 2 h acreditadas"
    assert said.conditions == ""
    shown = browser.get(f"/certificates/{certificate.id}").text
    for words in ("participó en el curso", said.legal_note, *(each.name for each in said.all_issuers)):
        assert words in shown
    assert "acreditó el curso" not in shown
    public = browser.get(f"/v/{certificate.code}").text
    assert "Inscripción" in public
    assert "Curso completado" not in public  # who took part need not have completed
    page = browser.get(f"/certificates/enrolments/{stayed_away.id}/why-not-yet")
    assert "Constancia" in page.text
    assert "Asistió a 0 %" in page.text.replace("\xa0", " ")


def test_a_rule_of_one_course_stands_beside_that_of_the_programme_and_can_go(client_for, unit, administrator):
    with unit():
        cohort = make_cohort()
    browser = client_for(administrator)
    base = f"/certificates/programmes/{cohort.programme_id}/rule"
    course = f"?kind=certificado&course={cohort.course_id}"
    values = {**CONSTANCIA, "asks_completion": "y", "attended_share": "", "valid_months": "24"}
    browser.post(f"{base}{course}", values)
    browser.get(f"{base}?kind=certificado&course={new_id()}", status=404)
    with unit():
        row = db.session.scalars(select(IssuingPolicy)).one()
        assert (row.course_id, row.valid_months) == (cohort.course_id, 24)
        certificate = make_certificate(get_cohort(cohort.id))
        assert certificate.valid_until == date(2028, 11, 20)
    browser.post(f"{base}/remove{course}", {})
    with unit():
        assert make_certificate(get_cohort(cohort.id)).valid_until is None


def test_what_a_constancia_prints_of_hours_is_what_the_page_about_hours_says(unit):
    with unit():
        cohort = make_cohort()
        rule = USUAL[Kind.CONSTANCIA]
        values = PolicyValues(
            rule=type(rule)(kind=rule.kind, asked_seconds=3600), term=Term(), design="", title=""
        )
        set_policy(get_programme(cohort.programme_id), None, values, actor=SYSTEM, now=TODAY)
        enrolment = make_enrolment(cohort)
        for days in (3, 2):
            held = make_meeting(cohort, starts_at=TODAY - timedelta(days=days), hours=1.25)
            make_mark(held, enrolment)
        said = issue_to(enrolment, kind=Kind.CONSTANCIA).document
        again = service.redraft(db.session.scalars(select(Certificate)).one(), plain_press().design, TODAY)[1]
    assert said.printed.hours_total == "2 h 30 min"
    assert [line.time for line in said.printed.hours_lines] == ["1 h 15 min", "1 h 15 min"]
    assert [line.source for line in said.printed.hours_lines] == ["Sesión", "Sesión"]
    assert (said.hours, said.credited_minutes) == (2.5, 150)
    assert again == said, "nothing was closed by issuing, and nothing changed"
