"""A campaign of an agreement: whom it told, how many it reached, and what shows it."""

import io

import pytest

from lms.core.db import db
from lms.institutions.agreements.models import Campaign
from lms.institutions.programmes.models import Programme
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.agreements import make_agreement, make_campaign
from lms.testing.factories.files import PDF
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort

CAMPAIGN = {
    "text": "Quito sin trata", "audience": "Personal de hoteles", "channel": "radio", "place": "Distrito",
    "starts_on": "2026-12-01", "ends_on": "2026-12-31", "party": "",
}  # fmt: skip


@pytest.fixture
def admin(client_for, unit):
    with unit():
        boss = make_administrator()
    return client_for(boss)


def section(client, path):
    return client.get(path).select("#campaigns")[0].get_text(" ")


def test_a_campaign_has_reach_with_its_method_and_two_pieces_of_evidence(admin, unit):
    with unit():
        agreement = make_agreement()
        make_campaign(agreement, text="Otra campaña")
    path = f"/agreements/{agreement.id}"
    crossed = admin.post(f"{path}/campaigns/new", {**CAMPAIGN, "ends_on": "2026-11-01"}, status=422)
    assert "anterior al primero" in crossed.errors()
    admin.post(f"{path}/campaigns/new", CAMPAIGN)
    reach = [link["href"] for link in admin.get(path).select("a[href$='/reach']")]
    own = next(link for link in reach if "Quito sin trata" in admin.get(link).text).removesuffix("/reach")
    assert "Escriba este dato" in admin.post(f"{own}/reach", {"reach": "18400"}, status=422).errors()
    admin.post(f"{own}/reach", {"reach": "18400", "method": "Estimación de la emisora"})
    for title in ("Cuña de radio", "Fotografía del mural"):
        sent = {"title": title, "paper": (io.BytesIO(PDF), "evidencia.pdf")}
        admin.post(f"{own}/evidence/new", sent)
    admin.post(
        f"{own.replace('campaigns', 'duties')}/advance", {"state": "fulfilled", "happened_on": "2026-12-31"}
    )
    shown = section(admin, path)
    for words in (
        "2 campañas",
        "una terminada",
        "Cuña de radio",
        "Fotografía del mural",
        "Estimación de la emisora",
    ):
        assert words in shown
    documents = admin.get(path).select("#papers")[0].get_text(" ")
    assert "Cuña de radio" not in documents, "evidence stands with its campaign"


def test_what_has_evidence_stays_and_a_draft_goes_with_its_campaigns(admin, unit):
    with unit():
        draft = make_agreement(starts_on=None)
        campaign = make_campaign(draft)
    path = f"/agreements/{draft.id}"
    evidence = {"title": "Cartel", "paper": (io.BytesIO(PDF), "cartel.pdf")}
    admin.post(f"{path}/campaigns/{campaign.duty_id}/evidence/new", evidence)
    admin.post(f"{path}/duties/{campaign.duty_id}/remove", status=409)
    admin.post(f"{path}/discard", {})
    with unit():
        assert db.session.get(Campaign, campaign.duty_id) is None


def test_a_neighbour_finds_no_campaign_and_a_party_changes_none(client_for, unit):
    with unit():
        agreement = make_agreement(db.session.get_one(Programme, make_cohort().programme_id))
        campaign = make_campaign(agreement)
        stranger = make_focal_point(make_institution())
    client = client_for(stranger)
    for address in ("", "/campaigns/new", f"/campaigns/{campaign.duty_id}/reach"):
        assert client.raw.get(f"/agreements/{agreement.id}{address}").status_code in {403, 404}
