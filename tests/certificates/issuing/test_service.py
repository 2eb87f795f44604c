"""Issuing: once, under consecutive folios, with everything frozen."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.attendance.hours.queries import hours_of
from lms.attendance.hours.rules import Policy, Written
from lms.attendance.hours.service import set_policy
from lms.certificates.issuing import queries, service
from lms.certificates.issuing.design import design_named
from lms.certificates.issuing.drafting import period
from lms.certificates.issuing.errors import NotEligible
from lms.certificates.issuing.making import Press
from lms.certificates.issuing.messages import IssueCertificate
from lms.certificates.issuing.models import Certificate, FolioCounter, RevokeReason
from lms.certificates.issuing.rules import Kind
from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.i18n import speaking
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.orders import enqueue
from lms.core.jobs.runner import run_job
from lms.core.storage import digest_of
from lms.institutions.programmes.queries import get_programme
from lms.institutions.programmes.service import set_signatories
from lms.learning import service as learning
from lms.learning.messages import EnrolmentCompleted
from lms.learning.queries import get_cohort
from lms.testing.factories.accounts import make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.certificates import issue_to, make_certificate, make_completion
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


def all_certificates():
    return db.session.scalars(select(Certificate).order_by(Certificate.folio)).all()


def numbers(certificates):
    return [int(each.folio.rpartition("-")[2]) for each in certificates]


def test_folios_are_consecutive_in_each_authority_and_year(unit, at):
    with unit():
        ours, theirs = make_cohort(), make_cohort()
        first = [make_certificate(ours).folio for _ in range(3)]
        other = make_certificate(theirs).folio
        code, other_code = (get_programme(each.programme_id).code for each in (ours, theirs))
    with at(datetime(2027, 1, 15, 12, tzinfo=UTC)), unit():
        later = make_certificate(ours).folio

    assert first == [f"{code}-2026-00000{n}" for n in (1, 2, 3)]
    assert other == f"{other_code}-2026-000001"
    assert later == f"{code}-2027-000001"


def test_the_year_of_a_folio_is_that_of_the_programmes_own_clock(unit, at):
    with at(datetime(2027, 1, 1, 3, tzinfo=UTC)), unit():  # still the 31st of December in Cancún
        certificate = make_certificate()
        assert "-2026-" in certificate.folio
        assert certificate.document.issued_on == date(2026, 12, 31)


def test_asked_twice_it_issues_once(unit):
    with unit():
        certificate = make_certificate()
        enrolment = learning.queries.get_enrolment(certificate.enrolment_id)
        again = issue_to(enrolment)
        assert again.id == certificate.id
        assert len(all_certificates()) == 1


def test_nobody_gets_a_certificate_while_something_is_missing(unit):
    with unit():
        enrolment = make_enrolment()
        with pytest.raises(NotEligible):
            issue_to(enrolment)
        assert all_certificates() == []
        assert db.session.scalars(select(FolioCounter.last)).all() == [0]


def test_a_withdrawn_person_without_completion_is_not_eligible_and_with_it_is(unit):
    with unit():
        gone, done = make_enrolment(), make_enrolment()
        make_completion(done)
        for each in (gone, done):
            learning.withdraw(each, actor=SYSTEM, now=TODAY)
        assert not queries.eligibilities_of(gone, TODAY)[Kind.CERTIFICADO].is_eligible
        assert queries.eligibilities_of(done, TODAY)[Kind.CERTIFICADO].is_eligible


def test_a_test_person_gets_nothing_and_reads_why(unit):
    with unit():
        enrolment = make_enrolment()
        make_completion(enrolment)
        db.session.get_one(Person, enrolment.person_id).is_test = True
        with pytest.raises(NotEligible):
            issue_to(enrolment)
        (missing,) = queries.eligibilities_of(enrolment, TODAY)[Kind.CERTIFICADO].missing
        assert "persona de prueba" in missing.verdict.detail


def test_a_folio_is_given_back_when_the_drawing_fails(unit):
    def fail(*_, **__):
        raise RuntimeError("no ink")

    with unit():
        cohort = make_cohort()
        enrolment = make_enrolment(cohort)
        make_completion(enrolment)
    press = Press(design=design_named, draw=fail)
    with pytest.raises(RuntimeError, match="no ink"), unit():
        service.issue(enrolment, press=press, actor=SYSTEM, now=TODAY)
    with unit():
        assert numbers([issue_to(learning.queries.get_enrolment(enrolment.id))]) == [1]


def test_everything_is_frozen_at_issue(unit):
    with unit():
        programme_id = make_cohort().programme_id
        programme = get_programme(programme_id)
        set_signatories(programme, [("Participante 001", "Secretaría Técnica")], actor=SYSTEM, now=TODAY)
        cohort = make_cohort(programme=programme)
        certificate = make_certificate(cohort)
        before, certificate_id = certificate.document, certificate.id
        pdf = current_storage().get(certificate.pdf_sha256)
        person = db.session.get_one(Person, certificate.person_id)
        person.given_names, programme.issuer_name = "Otra", "Otra autoridad"
        set_signatories(programme, [("Alguien más", "Otro cargo")], actor=SYSTEM, now=TODAY)
    with unit():
        kept = db.session.get_one(Certificate, certificate_id)
        assert kept.document == before
        assert kept.document.printed.signatories[0].post == "Secretaría Técnica"
        assert digest_of(pdf) == kept.pdf_sha256
        assert len(pdf) == kept.pdf_size
        assert len(kept.design_digest) == 64


def test_the_document_says_what_is_true_on_the_day(unit):
    with unit():
        cohort = make_cohort(starts_on=date(2026, 10, 3))
        person = make_person(given_names="Ana María")
        person.first_surname, person.second_surname = "Núñez", "Chan"
        institution = make_institution("Hospital General de Chetumal")
        certificate = make_certificate(cohort, person, institution=institution)
        said = certificate.document

    assert said.printed.holder_name == "Ana María Núñez Chan"
    assert said.public_name == "Ana María Núñez C."
    assert said.institution == "Hospital General de Chetumal"
    assert said.printed.dates == "del 3 de octubre al 20 de noviembre de 2026"
    assert said.printed.verify_url.endswith(f"/v/{certificate.code}")
    assert len(said.printed.verify_url) < 40
    assert said.printed.language == "es-MX"
    assert said.printed.modules == ("Señales", "La ruta")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 10, 3), date(2026, 10, 3), "el 3 de octubre de 2026"),
        (date(2026, 11, 3), date(2026, 11, 27), "del 3 al 27 de noviembre de 2026"),
        (date(2026, 10, 3), date(2026, 11, 27), "del 3 de octubre al 27 de noviembre de 2026"),
        (date(2026, 12, 3), date(2027, 1, 27), "del 3 de diciembre de 2026 al 27 de enero de 2027"),
    ],
)
def test_periods(unit, first, last, words):
    with unit(), speaking("es"):
        assert period(first, last) == words


def test_completing_a_course_orders_the_certificate_once(unit, run_jobs, mailbox):
    with unit():
        enrolment = make_enrolment()
        completion = make_completion(enrolment)
        event = EnrolmentCompleted(
            at=TODAY, actor=SYSTEM, subject_id=enrolment.id, enrolment_id=enrolment.id,
            cohort_id=enrolment.cohort_id, person_id=enrolment.person_id, completion_id=completion.id,
            completed_on=completion.completed_on,
        )  # fmt: skip
        service.order_on_completion(event)
        service.order_on_completion(event)
        assert len(db.session.scalars(select(Job).where(Job.code == IssueCertificate.code)).all()) == 1
    run_jobs()
    with unit():
        (certificate,) = all_certificates()
        assert current_storage().get(certificate.pdf_sha256).startswith(b"%PDF-")
        codes = db.session.scalars(
            select(AuditEntry.code).where(AuditEntry.subject_id == certificate.id)
        ).all()
        assert codes == ["certificates.issued"]
        url, page = certificate.document.printed.verify_url, str(certificate.id)
    (letter,) = [each for each in mailbox.sent if "certificado" in each.subject]
    assert url in letter.text
    assert page in letter.text


def test_a_job_for_somebody_who_is_not_eligible_ends_quietly(unit, run_jobs):
    with unit():
        enrolment = make_enrolment()
        job_id = enqueue(IssueCertificate(enrolment_id=str(enrolment.id)), now=TODAY)
    run_jobs()
    with unit():
        assert db.session.get_one(Job, job_id).state is JobState.DONE
        assert all_certificates() == []


def test_a_cancelled_certificate_keeps_its_folio_and_tells_its_holder(unit, run_jobs, mailbox):
    with unit():
        certificate = make_certificate()
        service.revoke(certificate, reason=RevokeReason.IRREGULARITY, actor=SYSTEM, now=TODAY)
        service.revoke(
            certificate, reason=RevokeReason.WRONG_DATA, actor=SYSTEM, now=TODAY + timedelta(days=1)
        )
        folio = certificate.folio
    run_jobs()
    with unit():
        (kept,) = all_certificates()
        assert (kept.folio, kept.revoke_reason, kept.revoked_at) == (folio, RevokeReason.IRREGULARITY, TODAY)
        entries = db.session.scalars(select(AuditEntry.code).where(AuditEntry.subject_id == kept.id)).all()
        assert entries.count("certificates.revoked") == 1
    letters = [each for each in mailbox.sent if "canceló" in each.subject]
    assert len(letters) == 1
    assert "irregularidad" not in letters[0].text.lower()


def test_after_a_cancellation_the_next_order_issues_one_more_and_only_one(unit):
    with unit():
        first = make_certificate()
        enrolment = learning.queries.get_enrolment(first.enrolment_id)
        service.revoke(first, reason=RevokeReason.WRONG_DATA, actor=SYSTEM, now=TODAY)
        assert issue_to(enrolment, number=1).id == first.id
        second = issue_to(enrolment, number=2)
        assert issue_to(enrolment, number=2).id == second.id
        assert numbers(all_certificates()) == [1, 2]
        assert queries.find_standing(enrolment.id).id == second.id


@pytest.mark.parametrize("people", [1, 6])
def test_threads_that_issue_at_once_take_consecutive_folios(app, unit, people):
    """Six people, two orders each; or one person asked for by two threads at the same instant."""
    with unit():
        cohort = make_cohort()
        enrolments = [make_enrolment(cohort) for _ in range(people)]
        for each in enrolments:
            make_completion(each)
        orders = [IssueCertificate(enrolment_id=str(each.id)) for each in enrolments for _ in range(2)]
        jobs = [enqueue(order, now=TODAY) for order in orders]
    start = threading.Barrier(2)

    def work(mine):
        start.wait()
        for job_id in mine:
            run_job(app, job_id)

    threads = [threading.Thread(target=work, args=(jobs[k::2],)) for k in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with unit():
        states = {db.session.get_one(Job, job_id).state for job_id in jobs}
        found = all_certificates()
        assert states == {JobState.DONE}
        assert sorted(numbers(found)) == list(range(1, people + 1))
        assert {each.enrolment_id for each in found} == {each.id for each in enrolments}
        assert db.session.scalars(select(FolioCounter.last)).all() == [people]


def test_a_certificate_prints_the_closed_hours_when_the_policy_says_so_and_keeps_them_either_way(unit):
    with unit():
        enrolment = make_enrolment()
        held = make_meeting(get_cohort(enrolment.cohort_id), starts_at=now() - timedelta(hours=5), hours=2.5)
        make_mark(held, enrolment)
        plain = make_certificate(get_cohort(enrolment.cohort_id)).document
        written = Written(policy=Policy(credits_online=False), prints_hours=True)
        set_policy(get_cohort(enrolment.cohort_id).programme_id, written, actor=SYSTEM, now=now())
        make_completion(enrolment)
        document = issue_to(enrolment).document
        hours = hours_of([enrolment.id], now())[enrolment.id]
    assert document.printed.statement.endswith("Acreditó 2 h 30 min: 2 h 30 min en sesiones.")
    assert (document.credited_minutes, document.meeting_minutes, document.online_minutes) == (150, 150, 0)
    assert hours.minutes == 150
    assert "Acreditó" not in plain.printed.statement
    assert plain.credited_minutes == 0


def test_a_document_survives_its_journey_through_json(unit):
    with unit():
        said = make_certificate().document
        assert type(said).from_json(said.to_json()) == said
        assert replace(said, hours=1.5) != said
