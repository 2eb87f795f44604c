"""What holders and staff do with certificates, and what they are refused."""

import csv
import io
import zipfile

import pytest

from lms.certificates.issuing import service
from lms.certificates.issuing.models import Certificate, RevokeReason
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.context import STORAGE
from lms.core.db import db
from lms.learning import service as learning
from lms.learning.models import Enrolment
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.certificates import issue_to, make_certificate, make_completion
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def holder(unit):
    with unit():
        return make_person(given_names="Marisol")


@pytest.fixture
def certificate(unit, holder):
    with unit():
        return make_certificate(person=holder)


@pytest.fixture
def administrator(unit):
    with unit():
        return make_administrator()


def cohort_of(unit, certificate):
    with unit():
        return db.session.get_one(Enrolment, certificate.enrolment_id).cohort_id


def archive_of(browser, cohort_id):
    with browser.raw.get(f"/certificates/cohorts/{cohort_id}/archive.zip") as answer:
        assert answer.status_code == 200
        return zipfile.ZipFile(io.BytesIO(answer.data))


def revoke(unit, certificate):
    with unit():
        found = db.session.get_one(Certificate, certificate.id)
        service.revoke(found, reason=RevokeReason.WRONG_DATA, actor=SYSTEM, now=TODAY)


def test_a_holder_sees_and_downloads_what_was_issued(client_for, holder, certificate, app):
    browser = client_for(holder)
    assert certificate.document.printed.course_title in browser.get("/certificates/").text
    page = browser.get(f"/certificates/{certificate.id}")
    assert page.title == "Su certificado"
    sheet = page.select("article.certificate")[0].get_text(" ", strip=True)
    for words in (
        certificate.folio,
        certificate.code,
        holder.name,
        "acreditó el curso",
        "Señales",
        "La ruta",
    ):
        assert words in sheet
    answer = browser.raw.get(f"/certificates/{certificate.id}/pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert f"Certificado-{certificate.folio}.pdf" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.data == app.extensions[STORAGE].get(certificate.pdf_sha256)
    link = page.select("a[data-copy]")[0]
    assert link["href"] == f"/v/{certificate.code}"
    assert link["data-copy"].endswith(f"/v/{certificate.code}")


def test_the_picture_of_the_own_design_stands_for_no_other(client_for, holder, certificate, unit):
    with unit():
        db.session.get_one(Certificate, certificate.id).design = "oro"
    page = client_for(holder).get(f"/certificates/{certificate.id}")
    assert not page.select("article.certificate")
    assert (
        page.select("section[aria-labelledby=said] h2")[0].text == certificate.document.printed.document_title
    )
    assert certificate.folio in page.select("section[aria-labelledby=said]")[0].text


def test_nobody_else_learns_that_a_certificate_exists(client, client_for, unit, certificate):
    with unit():
        other = make_person()
        neighbour = make_focal_point(make_institution())
        trainer = make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, make_cohort().id)
    for path in (f"/certificates/{certificate.id}", f"/certificates/{certificate.id}/pdf"):
        assert "sign-in" in client.get(path, status=303).location
        for person in (other, neighbour, trainer):
            client_for(person).get(path, status=404)


def test_staff_in_reach_see_it(client_for, unit, holder):
    with unit():
        parent = make_institution()
        certificate = make_certificate(person=holder, institution=make_institution(parent=parent))
        cohort = db.session.get_one(Enrolment, certificate.enrolment_id).cohort_id
        focal_point = make_focal_point(parent)
        trainer, reviewer = make_person(), make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort)
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, certificate.programme_id)
    for person in (focal_point, trainer, reviewer):
        browser = client_for(person)
        assert holder.name in browser.get(f"/certificates/{certificate.id}").title
        assert browser.raw.get(f"/certificates/{certificate.id}/pdf").status_code == 200
        assert certificate.folio in browser.get(f"/certificates/cohorts/{cohort}").text
        browser.get(f"/certificates/{certificate.id}/revoke", status=403)


def test_a_cancelled_certificate_says_so_and_its_file_stays_with_the_registry(
    client_for, unit, holder, certificate, administrator
):
    revoke(unit, certificate)
    browser = client_for(holder)
    page = browser.get(f"/certificates/{certificate.id}")
    assert "Se canceló el" in page.text
    assert "Los datos no son correctos" in page.text
    assert not page.select("a[href$='/pdf']")
    browser.get(f"/certificates/{certificate.id}/pdf", status=410)
    assert "Se canceló" in browser.get("/certificates/").text
    assert client_for(administrator).raw.get(f"/certificates/{certificate.id}/pdf").status_code == 200


@pytest.mark.parametrize("damage", ["lost", "changed"])
def test_a_damaged_file_is_never_given_out(client_for, holder, certificate, app, damage):
    files = app.extensions[STORAGE].files
    if damage == "lost":
        del files[certificate.pdf_sha256]
    else:
        files[certificate.pdf_sha256] += b" "
    page = client_for(holder).get(f"/certificates/{certificate.id}/pdf", status=503)
    assert "respaldo" in page.text


def test_the_page_of_certificates_begins_with_what_will_be_here(client_for, unit, holder):
    browser = client_for(holder)
    assert "Aquí estarán" in browser.get("/certificates/").text
    with unit():
        enrolment = make_enrolment(person=holder)
    page = browser.get("/certificates/")
    assert f"/certificates/enrolments/{enrolment.id}/why-not-yet" in str(page.soup)


def test_why_not_yet_names_each_requirement_and_leads_to_it(client_for, unit, holder):
    with unit():
        enrolment = make_enrolment(person=holder)
    page = client_for(holder).get(f"/certificates/enrolments/{enrolment.id}/why-not-yet")
    assert page.title == "¿Por qué todavía no?"
    assert "Lecciones terminadas" in page.text
    assert "Lleva 0 de 2; faltan 2." in page.text
    assert "Falta" in [tag.get_text(strip=True) for tag in page.select(".badge")]
    assert page.select(f"a[href='/learning/{enrolment.id}']")


def test_why_not_yet_shows_the_focal_point_the_same_without_the_links(client_for, unit):
    with unit():
        institution = make_institution()
        enrolment = make_enrolment(institution=institution)
        focal_point = make_focal_point(institution)
        stranger = make_focal_point(make_institution())
    path = f"/certificates/enrolments/{enrolment.id}/why-not-yet"
    page = client_for(focal_point).get(path)
    assert "Lleva 0 de 2; faltan 2." in page.text
    assert not page.select(f"a[href='/learning/{enrolment.id}']")
    client_for(stranger).get(path, status=404)


def test_why_not_yet_after_the_last_requirement(client_for, unit, holder):
    with unit():
        enrolment = make_enrolment(person=holder)
        make_completion(enrolment)
    browser, path = client_for(holder), f"/certificates/enrolments/{enrolment.id}/why-not-yet"
    assert "Cumple todos los requisitos" in browser.get(path).text
    with unit():
        issue_to(db.session.get_one(Enrolment, enrolment.id))
    assert "Ya se emitió" in browser.get(path).text


def test_the_latest_certificates_stand_on_the_home_page(client_for, holder, certificate):
    page = client_for(holder).get("/learning/")
    assert page.select(f"a[href='/certificates/{certificate.id}']")


def test_the_register_is_searched_filtered_and_paged(client_for, unit, administrator):
    with unit():
        cohort = make_cohort()
        places = [make_institution("Salud"), make_institution("Educación")]
        people = [make_person(given_names="Ñustá Killa" if k == 5 else "Ñustá") for k in range(27)]
        found = [
            make_certificate(cohort, person, institution=places[k % 2]) for k, person in enumerate(people)
        ]
    revoke(unit, found[0])
    browser, path = client_for(administrator), f"/certificates/cohorts/{cohort.id}"
    page = browser.get(path)
    assert len(page.select("tbody tr")) == 25
    assert len(browser.get(f"{path}?page=2").select("tbody tr")) == 2
    assert len(browser.get(f"{path}?q={found[3].folio}").select("tbody tr")) == 1
    assert len(browser.get(f"{path}?q={found[3].code.lower()}").select("tbody tr")) == 1
    assert len(browser.get(f"{path}?q=nusta+killa").select("tbody tr")) == 1
    assert len(browser.get(f"{path}?state=cancelled").select("tbody tr")) == 1
    assert len(browser.get(f"{path}?institution={places[1].id}").select("tbody tr")) == 13
    assert "Ningún documento coincide" in browser.get(f"{path}?q=ooooo").text


def test_the_register_keeps_within_its_queries(client_for, unit, administrator, count_queries):
    with unit():
        cohort = make_cohort()
        for _ in range(5):
            make_certificate(cohort)
    browser = client_for(administrator)
    with count_queries() as statements:
        browser.get(f"/certificates/cohorts/{cohort.id}")
    assert len(statements) <= 8, statements


def test_an_archive_holds_the_valid_files_and_their_list(client_for, unit, administrator, app):
    with unit():
        cohort = make_cohort()
        found = [make_certificate(cohort) for _ in range(3)]
    revoke(unit, found[0])
    pack = archive_of(client_for(administrator), cohort.id)
    names = {each.folio: name for each in found[1:] for name in pack.namelist() if each.folio in name}
    folders = [name.split("/") for name in names.values()]
    assert [name for _folder, name in folders] == [f"Certificado-{each.folio}.pdf" for each in found[1:]]
    assert len({folder for folder, _name in folders}) == 2, "a folder for each institution"
    for each in found[1:]:
        content = pack.read(names[each.folio])
        assert content == app.extensions[STORAGE].get(each.pdf_sha256)
    rows = list(csv.reader(io.StringIO(pack.read("constancias.csv").decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == [each.folio for each in found[1:]]


def test_an_archive_of_too_many_is_refused_with_the_way_out(client_for, unit, administrator, monkeypatch):
    with unit():
        cohort = make_cohort()
        for _ in range(3):
            make_certificate(cohort)
    monkeypatch.setattr("lms.certificates.issuing.files.MOST_FILES", 2)
    page = client_for(administrator).get(f"/certificates/cohorts/{cohort.id}/archive.zip", status=422)
    assert "institución" in page.text


def test_issuing_in_bulk_is_shown_first_and_done_after_confirming(
    client_for, unit, run_jobs, mailbox, administrator
):
    with unit():
        cohort = make_cohort()
        ready = [make_enrolment(cohort) for _ in range(2)]
        for each in ready:
            make_completion(each)
        late = make_enrolment(cohort)
        done = make_certificate(cohort)
    browser, path = client_for(administrator), f"/certificates/cohorts/{cohort.id}/issue"
    page = browser.get(path)
    offered = {str(tag["value"]) for tag in page.select("input[name=people]")}
    assert offered == {str(each.id) for each in ready}
    assert all(tag.has_attr("checked") for tag in page.select("input[name=people]"))
    assert f"/certificates/enrolments/{late.id}/why-not-yet" in str(page.soup)
    assert str(done.enrolment_id) not in str(page.soup)
    run_jobs()
    with unit():
        assert db.session.query(Certificate).count() == 1
    browser.post(path, {"people": [str(ready[0].id)]})
    run_jobs()
    page = browser.get(path)
    assert [str(tag["value"]) for tag in page.select("input[name=people]")] == [str(ready[1].id)]
    with unit():
        assert db.session.query(Certificate).count() == 2
    assert sum("certificado:" in each.subject for each in mailbox.sent) == 2


def test_nobody_is_slipped_into_a_bulk_order(client_for, unit, run_jobs, administrator):
    with unit():
        cohort = make_cohort()
        ready, late = make_enrolment(cohort), make_enrolment(cohort)
        make_completion(ready)
    path = f"/certificates/cohorts/{cohort.id}/issue"
    browser = client_for(administrator)
    browser.post(path, {"people": [str(ready.id), str(late.id)]}, status=422)
    page = browser.post(path, {}, status=422)
    assert "Elija al menos a una persona" in page.text
    run_jobs()
    with unit():
        assert db.session.query(Certificate).count() == 0


def test_whoever_had_one_cancelled_is_left_for_a_decision(client_for, unit, administrator, run_jobs):
    with unit():
        certificate = make_certificate()
    revoke(unit, certificate)
    path = f"/certificates/cohorts/{cohort_of(unit, certificate)}/issue"
    browser = client_for(administrator)
    (box,) = browser.get(path).select("input[name=people]")
    assert not box.has_attr("checked")
    browser.post(path, {"people": [str(certificate.enrolment_id)]})
    run_jobs()
    assert browser.get(path).select("input[name=people]") == []


def test_the_dry_run_asks_a_constant_number_of_questions(client_for, unit, administrator, count_queries):
    counts = []
    for size in (1, 6):
        with unit():
            cohort = make_cohort()
            for each in [make_enrolment(cohort) for _ in range(size)]:
                make_completion(each)
            for _ in range(size):
                make_enrolment(cohort)
        browser = client_for(administrator)
        with count_queries() as statements:
            browser.get(f"/certificates/cohorts/{cohort.id}/issue")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 22


def test_a_focal_point_reads_and_does_not_issue(client_for, unit):
    with unit():
        institution = make_institution()
        certificate = make_certificate(institution=institution)
        hidden = make_certificate(
            learning.queries.get_cohort(db.session.get_one(Enrolment, certificate.enrolment_id).cohort_id)
        )
        focal_point = make_focal_point(institution)
    browser = client_for(focal_point)
    path = f"/certificates/cohorts/{cohort_of(unit, certificate)}"
    page = browser.get(path)
    assert certificate.folio in page.text
    assert hidden.folio not in page.text
    assert not page.select("a[href$='/issue']")
    browser.get(f"{path}/issue", status=403)
    names = archive_of(browser, cohort_of(unit, certificate)).namelist()
    assert any(name.endswith(f"/Certificado-{certificate.folio}.pdf") for name in names)
    assert not any(hidden.folio in name for name in names)


def test_the_registers_of_other_cohorts_are_not_found(client_for, unit, holder):
    with unit():
        trainer = make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, make_cohort().id)
        other = make_cohort()
    client_for(trainer).get(f"/certificates/cohorts/{other.id}", status=404)
    client_for(trainer).get(f"/certificates/cohorts/{other.id}/issue", status=404)
    client_for(holder).get(f"/certificates/cohorts/{other.id}", status=403)


def test_cancelling_asks_for_a_reason_and_happens_once(client_for, client, certificate, administrator):
    browser, path = client_for(administrator), f"/certificates/{certificate.id}/revoke"
    page = browser.get(path)
    assert certificate.folio in page.title
    assert "motivo" in browser.post(path, {}, status=422).text.lower()
    assert "auténtico" in client.get(f"/v/{certificate.code}").title
    browser.post(path, {"reason": "irregularity"})
    browser.post(path, {"reason": "holder-request"})
    assert "cancelado" in client.get(f"/v/{certificate.code}").title
    page = browser.get(f"/certificates/{certificate.id}")
    assert "irregularidad" in page.text
    assert not page.select("a[href$='/revoke']")
