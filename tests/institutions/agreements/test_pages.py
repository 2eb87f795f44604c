"""What a coordinator registers, what a term does, and who sees what."""

from datetime import UTC, date, datetime

import pytest

from lms.core.actors import Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.institutions.agreements.messages import WarnOfExpiry
from lms.institutions.agreements.queries import find_by_code, may_begin_cohort
from lms.institutions.programmes.models import Programme
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.agreements import make_agreement, make_parts
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.files import PDF
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment

VALUES = {
    "title": "Fortalecimiento de la respuesta municipal",
    "code": "CONV-2026-004",
    "kind": "recognition",
    "programme": "",
    "starts_on": "2026-03-15",
    "months": "24",
    "is_without_funds": "y",
}


OUTSIDE = {"institution": "", "signed_by": "Secretaría general"}
PEOPLE = {"counter": "learning.trained", "sector": "", "party": "", "wanted": "12"}


@pytest.fixture
def admin(client_for, unit):
    with unit():
        boss = make_administrator()
    return client_for(boss)


@pytest.fixture
def cohort(unit):
    with unit():
        return make_cohort()


def noon(year, month, day):
    return datetime(year, month, day, 18, tzinfo=UTC)


def programme_of(cohort):
    return db.session.get_one(Programme, cohort.programme_id)


def test_a_coordinator_registers_the_story_of_quito(admin, unit):
    with unit():
        municipality = make_institution("Municipio de prueba")
    admin.post("/agreements/new", VALUES)
    with unit():
        path = f"/agreements/{find_by_code('CONV-2026-004').id}"
    admin.post(f"{path}/parties/new", {"institution": str(municipality.id), "role": "signatory"})
    admin.post(f"{path}/parties/new", {**OUTSIDE, "name": "Organismo regional", "role": "cooperating"})
    twice = admin.post(
        f"{path}/parties/new", {**OUTSIDE, "name": "ORGANISMO regional", "role": "donor"}, status=422
    )
    assert "ya es parte" in twice.errors()
    for text in ("Capacitar", "Campaña", "Informe", "Propuesta normativa"):
        admin.post(
            f"{path}/duties/new", {"kind": "product", "text": text, "party": "", "due_on": "2026-04-30"}
        )
    page = admin.get(path).text
    for words in ("14 de marzo de 2028", "Sin erogación", "Organismo regional", "Fuera de plazo"):
        assert words in page
    assert "CONV-2026-004" in admin.get("/agreements/?q=organismo&state=in-force&sort=-title").text
    assert "Ningún convenio coincide" in admin.get("/agreements/?state=expired").text
    assert b"CONV-2026-004" in admin.raw.get("/agreements/agreements.csv?kind=recognition").data
    assert "Otro convenio" in admin.post("/agreements/new", VALUES, status=422).errors()


def test_a_product_passes_its_states_each_with_day_and_act(admin, unit):
    with unit():
        agreement = make_agreement()
        path = f"/agreements/{agreement.id}/duties/{make_parts(agreement, make_institution())['duty_id']}"
    for state, day, act in (
        ("consulted", "2026-05-01", "Acta 12"),
        ("approved", "2026-06-01", "Ordenanza 7"),
    ):
        admin.post(f"{path}/advance", {"state": state, "happened_on": day, "reference": act})
    early = admin.post(f"{path}/advance", {"state": "delivered", "happened_on": "2026-05-02"}, status=422)
    assert "anterior" in early.errors()
    admin.post(f"{path}/advance", {"state": "fulfilled", "happened_on": "2026-07-02"}, status=422)
    page = admin.get(f"/agreements/{agreement.id}").text
    assert page.index("Acta 12") < page.index("Ordenanza 7")
    admin.post(f"{path}/remove", status=409)


def test_extensions_count_from_the_first_day_and_an_early_end_is_the_last_word(admin, unit):
    with unit():
        agreement = make_agreement(starts_on=date(2026, 1, 31), months=1)
    path = f"/agreements/{agreement.id}"
    late = {"kind": "extension", "signed_on": "2026-03-01", "months": "2"}
    assert "ya había terminado" in admin.post(f"{path}/amend", late, status=422).errors()
    admin.post(f"{path}/amend", {**late, "signed_on": "2026-02-28"})
    assert "29 de abril" not in (page := admin.get(path).text)
    assert "30 de abril de 2026" in page
    admin.post(f"{path}/amend", {"kind": "termination", "signed_on": "2026-04-01", "last_day": "2026-04-10"})
    assert "Terminado antes" in (page := admin.get(path).text)
    assert "30 abr 2026" in page, "what changed is told"
    again = {"kind": "extension", "signed_on": "2026-04-05", "months": "2"}
    assert "ya había terminado" in admin.post(f"{path}/amend", again, status=422).errors()


def test_after_its_end_an_agreement_is_read_and_begins_no_cohort_until_it_is_renewed(
    client_for, unit, at, cohort
):
    with unit():
        boss = make_administrator()
        programme = programme_of(cohort)
        agreement = make_agreement(programme, holds_cohorts=True)
        assert may_begin_cohort(programme.id, date(2028, 3, 14))
        assert not may_begin_cohort(programme.id, date(2028, 3, 15))
    path = f"/agreements/{agreement.id}"
    with at(noon(2028, 3, 15)):
        admin = client_for(boss)
        assert "Se conserva para consulta" in admin.get(path).text
        renewal = {
            **VALUES, "programme": str(programme.id), "starts_on": "2028-03-20", "holds_cohorts": "y",
        }  # fmt: skip
        admin.post(f"/agreements/new?renews={agreement.id}", renewal)
        assert "CONV-2026-004" in admin.get(path).text
        taken = {**renewal, "code": "CONV-2026-005"}
        admin.post(f"/agreements/new?renews={agreement.id}", taken, status=409)
    with unit():
        assert [may_begin_cohort(programme.id, date(2028, 3, day)) for day in (19, 20)] == [False, True]


def test_whoever_keeps_it_is_warned_three_times_and_no_more(unit, at, admin, run_jobs, mailbox):
    with unit():
        make_agreement(title="Convenio que termina")  # on 14 March 2028

    def look(moment):
        with at(moment):
            with unit():
                enqueue(WarnOfExpiry(), now=now())
            run_jobs()
        return len(mailbox.sent)

    days = (noon(2027, 12, 1), noon(2027, 12, 20), noon(2028, 1, 30), noon(2028, 2, 20), noon(2028, 3, 10))
    assert [look(day) for day in days] == [0, 1, 1, 2, 3]
    assert look(noon(2028, 3, 15)) == 3
    assert "quedan 85 días" in mailbox.sent[0].text


def test_commitments_fill_themselves_and_tell_no_small_group(admin, client_for, unit, cohort):
    with unit():
        programme = programme_of(cohort)
        health, other = make_institution("Hospital de prueba"), make_institution()
        ward = make_institution("Área", parent=health)
        for place, sector in [(ward, "health")] * 6 + [(other, "justice")] * 2:
            make_completion(make_enrolment(cohort, institution=place, sector=sector))
        agreement = make_agreement(programme)
        party = make_parts(agreement, health)["party_id"]
    path = f"/agreements/{agreement.id}"
    for sector in ("", "health", "justice"):
        admin.post(f"{path}/commitments/new", {**PEOPLE, "sector": sector})
    again = {**PEOPLE, "party": str(party)}
    assert "ya tiene ese compromiso" in admin.post(f"{path}/commitments/new", again, status=422).errors()
    cells = [cell.get_text() for cell in admin.get(path).select("td[data-label='Alcanzado']")]
    assert sorted(cells) == ["6", "6", "<5", "×"]
    with unit():
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, programme.id)
    read = [cell.get_text() for cell in client_for(reviewer).get(path).select("td[data-label='Alcanzado']")]
    assert sorted(read) == ["50 % o más", "<5", "menos de 25 %", "×"], "no exact number of people"
    assert agreement.code in admin.get(f"/institutions/{health.id}").text


def test_a_paper_is_kept_given_back_and_erased(admin, unit):
    with unit():
        agreement = make_agreement()
        paper = make_parts(agreement, make_institution())["paper_id"]
    path = f"/agreements/{agreement.id}/papers/{paper}"
    assert admin.raw.get(path).data == PDF
    admin.post(f"{path}/remove")
    admin.get(path, status=404)


def test_a_draft_is_discarded_whole_and_what_was_signed_never(admin, unit):
    with unit():
        draft, signed = make_agreement(starts_on=None), make_agreement()
        make_parts(draft, make_institution())
    admin.post(f"/agreements/{draft.id}/discard")
    admin.get(f"/agreements/{draft.id}", status=404)
    admin.post(f"/agreements/{signed.id}/discard", status=409)


def test_the_focal_point_of_a_party_reads_it_without_the_figures_of_others(client_for, unit, cohort):
    with unit():
        body = make_institution("Secretaría de prueba")
        agreement = make_agreement(programme_of(cohort))
        make_parts(agreement, body)
        below = make_focal_point(make_institution("Oficina", parent=body))
        stranger = make_focal_point(make_institution())
    page = client_for(below).get(f"/agreements/{agreement.id}")
    assert "Plan local" in page.text
    assert agreement.code in client_for(below).get("/agreements/").text
    assert not page.select("td[data-label='Alcanzado']")
    client_for(stranger).get(f"/agreements/{agreement.id}", status=404)
    assert agreement.code not in client_for(stranger).get("/agreements/").text
