"""Correct, renew, cancel, share: in any order folios have no gap and every address that was ever printed answers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.accounts.models import Person
from lms.certificates.issuing import queries, service
from lms.certificates.issuing.errors import (
    AlreadyRenewed,
    CertificateCancelled,
    NothingToRectify,
    NotRenewable,
)
from lms.certificates.issuing.models import (
    Certificate,
    FolioCounter,
    RectifyReason,
    ReplacedVersion,
    RevokeReason,
)
from lms.certificates.issuing.rules import USUAL, Kind, Term
from lms.certificates.issuing.setting import PolicyValues, set_policy
from lms.core.actors import SYSTEM
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.storage import digest_of
from lms.institutions.programmes.queries import get_programme
from lms.learning.queries import get_enrolment
from lms.testing.factories.accounts import make_person
from lms.testing.factories.certificates import issue_to, make_certificate, make_completion, plain_press
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

YEAR_OF_VALIDITY = Term(months=12, days_before=30, days_after=60)


def limit_validity(cohort, term=YEAR_OF_VALIDITY):
    """Let the certificados of a cohort's programme end."""
    values = PolicyValues(rule=USUAL[Kind.CERTIFICADO], term=term, design="", title="")
    set_policy(get_programme(cohort.programme_id), None, values, actor=SYSTEM, now=TODAY)


def rename(certificate, surname):
    db.session.get_one(Person, certificate.person_id).first_surname = surname


def rectify(certificate, now=TODAY):
    return service.rectify(certificate, reason=RectifyReason.NAME, press=plain_press(), actor=SYSTEM, now=now)


def renew(certificate, now):
    return service.renew(certificate, press=plain_press(), actor=SYSTEM, now=now)


def revoke(certificate, now=TODAY):
    service.revoke(certificate, reason=RevokeReason.WRONG_DATA, actor=SYSTEM, now=now)


STEPS = st.lists(
    st.tuples(st.sampled_from(["issue", "rectify", "renew", "revoke", "wait"]), st.integers(0, 3)),
    max_size=14,
)
REFUSALS = (AlreadyRenewed, CertificateCancelled, NotRenewable, NothingToRectify)


def play(enrolments, steps):
    """Do the steps one after the other, each to one of four people; return the moment at which they end."""
    moment = TODAY
    for count, (step, who) in enumerate(steps):
        moment += timedelta(hours=1)
        enrolment = enrolments[who]
        held = queries.issued_of([enrolment.id], Kind.CERTIFICADO).get(enrolment.id, [])
        standing = queries.find_standing(enrolment.id)
        try:
            if step == "wait":
                moment += timedelta(days=170)
            elif step == "issue":
                number = len(held) + (standing is None)
                service.issue(enrolment, number=number, press=plain_press(), actor=SYSTEM, now=moment)
            elif held and step == "rectify":
                rename(held[-1], f"Corregida{count}")
                rectify(held[-1], moment)
            elif held and step == "renew":
                renew(held[-1], moment)
            elif held and step == "revoke":
                revoke(held[-1], moment)
        except REFUSALS:
            continue
    return moment


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_order_of_deeds_leaves_no_gap_and_every_address_and_every_copy_known(unit, steps):
    with unit():
        cohort = make_cohort(ends_on=date(2026, 12, 18))
        limit_validity(cohort)
        enrolments = [make_enrolment(cohort) for _ in range(4)]
        for each in enrolments:
            make_completion(each)
        play(enrolments, steps)
        code = get_programme(cohort.programme_id).code
    with unit():
        found = db.session.scalars(
            select(Certificate).where(Certificate.programme_id == cohort.programme_id)
        ).all()
        last = dict(
            db.session.execute(
                select(FolioCounter.year, FolioCounter.last).where(FolioCounter.authority == code)
            ).all()
        )
        for year, count in last.items():
            numbers = sorted(int(each.folio[-6:]) for each in found if f"-{year}-" in each.folio)
            assert numbers == list(range(1, count + 1)), "no gap, no folio twice"
        assert sum(last.values()) == len(found)
        for each in found:
            assert queries.find_by_code(each.code).id == each.id
            olds = queries.list_replaced(each.id)
            assert [old.version for old in olds] == list(range(each.version - 1, 0, -1))
            for made in (each, *olds):
                assert digest_of(current_storage().get(made.pdf_sha256)) == made.pdf_sha256
                known, old = queries.find_by_sha256(made.pdf_sha256)
                assert (known.id, old and old.version) == (each.id, None if made is each else made.version)
            assert (each.renewed_at is not None) == (
                queries.find_successor(each) is not None
            ) or not each.is_valid
        for enrolment in enrolments:
            standing = [
                each for each in found
                if each.enrolment_id == enrolment.id and each.is_valid and each.renewed_at is None
            ]  # fmt: skip
            assert len(standing) <= 1


def test_a_correction_changes_the_name_and_nothing_else_and_keeps_the_old_copy(unit):
    with unit():
        certificate = make_certificate(person=make_person(given_names="Marisol"))
        before, old_hash = certificate.document, certificate.pdf_sha256
        programme = get_programme(certificate.programme_id)
        programme.issuer_name = "Otra autoridad"
        rename(certificate, "Ñáñez")
        rectify(certificate, TODAY + timedelta(days=3))
        after = certificate.document
    assert after.printed.holder_name.startswith("Marisol Ñáñez")
    assert after.printed.edition == "Versión 2, sustituye a la del 20 de noviembre de 2026"
    plain = replace(after.printed, holder_name=before.printed.holder_name, edition="")
    assert plain == before.printed, "folio, code, days, issuer and everything else stay"
    assert (certificate.version, certificate.made_because) == (2, RectifyReason.NAME)
    with unit():
        found, old = queries.find_by_sha256(old_hash)
        assert (found.id, old.version, old.document) == (certificate.id, 1, before)
        assert db.session.scalars(select(ReplacedVersion.version)).all() == [1]
        with pytest.raises(NothingToRectify):
            rectify(db.session.get_one(Certificate, certificate.id))


def test_what_was_cancelled_is_neither_corrected_nor_renewed(unit):
    with unit():
        cohort = make_cohort()
        limit_validity(cohort)
        certificate = make_certificate(cohort)
        revoke(certificate)
        rename(certificate, "Otra")
        with pytest.raises(CertificateCancelled):
            rectify(certificate)
        with pytest.raises(CertificateCancelled):
            renew(certificate, TODAY + timedelta(days=350))


def test_a_renewal_is_linked_and_when_it_falls_the_old_one_stands_again(unit):
    with unit():
        cohort = make_cohort()
        limit_validity(cohort)
        first = make_certificate(cohort)
        assert first.valid_until == date(2027, 11, 20)
        with pytest.raises(NotRenewable):
            renew(first, TODAY + timedelta(days=30))
        moment = datetime(2027, 11, 1, 18, tzinfo=UTC)
        second = renew(first, moment)
        assert renew(first, moment).id == second.id, "asked twice it renews once"
        assert (second.renews_id, second.valid_until) == (first.id, date(2028, 11, 20))
        assert second.document.printed.edition == f"Renueva el documento con folio {first.folio}"
        assert (first.is_valid, first.renewed_at) == (True, moment)
        with pytest.raises(AlreadyRenewed):
            service._check_renewable(first, date(2027, 11, 2))
        revoke(second, moment)
        assert queries.find_standing(first.enrolment_id).id == first.id
        third = renew(first, moment)
        assert queries.find_standing(first.enrolment_id).id == third.id


def test_whoever_takes_the_course_again_in_the_window_renews_by_it(unit):
    with unit():
        cohort = make_cohort()
        limit_validity(cohort)
        first = make_certificate(cohort)
        again = make_cohort(programme=get_programme(cohort.programme_id))
        again.course_id, again.release_id = cohort.course_id, cohort.release_id
        enrolment = make_enrolment(again, db.session.get_one(Person, first.person_id))
        make_completion(enrolment)
        moment = datetime(2027, 12, 10, 18, tzinfo=UTC)
        second = service.issue(enrolment, press=plain_press(), actor=SYSTEM, now=moment)
        assert second.renews_id == first.id
        assert second.valid_until == date(2028, 12, 10), "a late renewal counts from its own day"
        assert first.renewed_at == moment


def test_an_enrolment_may_hold_one_of_each_kind_under_one_sequence_of_folios(unit):
    with unit():
        cohort = make_cohort()
        rule = replace(USUAL[Kind.CONSTANCIA], is_issued=True, attended_share=None, asks_completion=True)
        values = PolicyValues(rule=rule, term=Term(), design="", title="")
        set_policy(get_programme(cohort.programme_id), None, values, actor=SYSTEM, now=TODAY)
        passed = make_certificate(cohort)
        enrolment = get_enrolment(passed.enrolment_id)
        took_part = issue_to(enrolment, kind=Kind.CONSTANCIA)
        assert [int(each.folio[-6:]) for each in (passed, took_part)] == [1, 2]
        assert issue_to(enrolment, kind=Kind.CONSTANCIA).id == took_part.id
        said, other = took_part.document.printed, passed.document.printed
    assert (said.document_title, other.document_title) == (
        "Constancia de participación", "Certificado de acreditación",
    )  # fmt: skip
    assert (said.kind, other.kind) == ("constancia", "certificado")
    assert "no la aprobación" in said.legal_note


def test_a_constancia_is_not_the_end_of_the_way_to_the_certificado(client_for, unit):
    with unit():
        cohort, person = make_cohort(), make_person()
        rule = replace(USUAL[Kind.CONSTANCIA], is_issued=True, attended_share=None, asks_completion=True)
        values = PolicyValues(rule=rule, term=Term(), design="", title="")
        set_policy(get_programme(cohort.programme_id), None, values, actor=SYSTEM, now=TODAY)
        enrolment = make_enrolment(cohort, person)
        make_completion(enrolment)
        issue_to(enrolment, kind=Kind.CONSTANCIA)
    assert "¿Por qué todavía no?" in client_for(person).get("/certificates/").text
    with unit():
        issue_to(get_enrolment(enrolment.id))
    assert "¿Por qué todavía no?" not in client_for(person).get("/certificates/").text
