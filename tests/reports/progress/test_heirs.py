"""When a member becomes part of another institution, its unsent progress goes on there, and every day stays true."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.core.actors import SYSTEM
from lms.core.db import db
from lms.reports.progress import plan, queries
from lms.reports.progress.models import ProgressResponsible
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.progress import make_indicator, make_period, make_submission
from lms.testing.pytest_plugin import TODAY

DAY = str(TODAY.date())


@pytest.fixture
def admin(client_for, unit):
    with unit():
        person = make_administrator()
    return client_for(person)


@pytest.fixture
def told(admin, commission, unit):
    """Return what is said before Health becomes part of Labour, when it sent one quarter and not the other."""
    _education, health, work = commission.members
    with unit():
        earlier = make_period(db.session.merge(commission.programme), name="2026-T3")
        make_submission(earlier, health, {db.session.merge(commission.services): 8})
    return merge(admin, health, work, "get").text


def merge(admin, member, heir, method="post", **more):
    asked = {"starts_on": DAY, "heir": str(heir.id), "second": "", "third": "", **more}
    path = f"/institutions/{member.id}/succeed"
    if method == "post":
        return admin.post(path, asked)
    return admin.get(f"{path}?" + "&".join(f"{name}={value}" for name, value in asked.items()))


def rows(page):
    return {
        row.select("th a")[0].get_text(): " ".join(row.get_text(" ").split())
        for row in page.select(".matrix tbody tr")
    }


def responsible(indicator):
    return set(
        db.session.scalars(
            select(ProgressResponsible.institution_id).where(ProgressResponsible.indicator_id == indicator.id)
        )
    )


def test_unsent_progress_goes_on_with_the_heir_and_comes_back(
    client_for, commission, told, unit, at, mailbox, run_jobs
):
    _education, health, work = commission.members
    path = f"{commission.path(1)}/fill"
    before, heir = client_for(commission.people[1]), client_for(commission.people[2])
    before.post(path, commission.written(1, narrative="Tres brigadas."))
    heir.get(path, status=404)
    for words in (
        "Un avance trimestral sin enviar lo llenará",
        "Del indicador I-02",
        "que ya envió se queda",
    ):
        assert words in told, words
    with at(TODAY + timedelta(days=2)):
        secretary = client_for(commission.secretary)
        with unit():
            person = make_administrator()
        admin = client_for(person)
        merge(admin, health, work)
        run_jobs()
        letters = [each.to for each in mailbox.sent if "ahora lo llena" in each.subject]
        assert letters == [commission.people[2].email]
        before, heir = client_for(commission.people[1]), client_for(commission.people[2])
        before.get(path, status=404)
        assert "Lo llena Sector Trabajo" in before.get(commission.path(1)).text
        assert "Tres brigadas." in heir.get(path).text
        assert "Sector Salud" in heir.get("/progress/").text
        sent = commission.written(1, revision=3, act="submit", value="5", status="done")
        heir.post(path, sent)
        page = secretary.get(commission.page)
        assert "lo llena Sector Trabajo" in rows(page)["Sector Salud"]
        assert "Completo" in rows(page)["Sector Salud"]
        assert "lo llena" not in rows(page)["Sector Trabajo"]
        yesterday = rows(secretary.get(f"{commission.page}?on={DAY}"))["Sector Salud"]
        assert "Pendiente" in yesterday
        assert "lo llena" not in yesterday
        with unit():
            assert responsible(commission.trained) == {work.id}
        secretary.post(f"{commission.path(1)}/send-back", {"reason": "Corrija."})
        admin.post(f"/institutions/{health.id}/succeed/undo")
        with unit():
            assert responsible(commission.trained) == {health.id, work.id}
        heir.get(path, status=404)
        history = before.get(commission.path(1)).select("section[aria-labelledby=history] li strong")
        assert [each.get_text() for each in history[:4]] == [
            "Volvió al integrante", "Se devolvió", "Se envió", "Se guardó un borrador",
        ]  # fmt: skip
        assert before.get(path).select(f"#value_{commission.services.id.hex}")[0]["value"] == "5"


def test_what_is_returned_or_asked_later_goes_to_whoever_goes_on_in_the_end(
    admin, client_for, commission, secretary, unit
):
    education, health, work = commission.members
    with unit():
        make_submission(commission.period, health, {db.session.merge(commission.services): 1})
    merge(admin, health, work)
    assert "lo llena" not in rows(secretary.get(commission.page))["Sector Salud"]
    merge(admin, work, education)
    secretary.post(f"{commission.path(1)}/send-back", {"reason": "Falta la fuente."})
    last = client_for(commission.people[0])
    assert "Falta la fuente." in last.get(f"{commission.path(1)}/fill").text
    with unit():
        later = make_period(db.session.merge(commission.programme), name="2026-T3")
        assert {each.institution_id: each.heir_id for each in queries.list_submissions(later.id)} == {
            education.id: None, health.id: education.id, work.id: education.id,
        }  # fmt: skip
    admin.post(f"/institutions/{work.id}/succeed/undo")
    with unit():
        found = {each.institution_id: each.heir_id for each in queries.list_submissions(commission.period.id)}
        assert found[work.id] is None


def test_what_came_to_the_heir_while_the_merger_stood_goes_back_when_it_is_undone(
    admin, client_for, commission, secretary, unit
):
    education, health, work = commission.members
    with unit():
        for member in (health, work):
            make_submission(commission.period, member, {db.session.merge(commission.services): 1})
    merge(admin, health, work)
    merge(admin, work, education)
    secretary.post(f"{commission.path(1)}/send-back", {"reason": "Falta la fuente."})
    with unit():
        later = make_period(db.session.merge(commission.programme), name="2026-T3")
    for undone, expected in ((work, {work.id: None, health.id: work.id}), (health, {health.id: None})):
        admin.post(f"/institutions/{undone.id}/succeed/undo")
        with unit():
            for period in (commission.period, later):
                heirs = {each.institution_id: each.heir_id for each in queries.list_submissions(period.id)}
                assert expected.items() <= heirs.items()
    assert "Falta la fuente." in client_for(commission.people[1]).get(f"{commission.path(1)}/fill").text


def test_a_plan_that_was_changed_since_is_left_as_somebody_wrote_it(admin, commission, unit):
    education, health, work = commission.members
    with unit():
        programme = db.session.merge(commission.programme)
        mine = make_indicator(programme, number="I-07", responsible=[db.session.merge(health)])
    merge(admin, health, work)
    with unit():
        row = db.session.merge(mine)
        assert responsible(row) == {work.id}
        values = plan.IndicatorValues(
            number="I-07", objective="OP1", name="Otro", unit="x", responsible=(education.id,)
        )
        plan.set_indicator(
            db.session.merge(commission.programme), values, indicator=row, actor=SYSTEM, now=TODAY
        )
    admin.post(f"/institutions/{health.id}/succeed/undo")
    with unit():
        assert responsible(mine) == {education.id}
        assert responsible(commission.trained) == {health.id, work.id}


def test_in_a_division_the_one_that_was_chosen_goes_on_with_the_tasks(admin, commission, unit):
    education, health, work = commission.members
    chosen = {"second": str(education.id), "tasks": str(education.id)}
    told = merge(admin, health, work, "get", **chosen)
    assert "sin enviar lo llenará Sector Educación" in told.text
    assert told.select("input[name=tasks]")[0]["value"] == str(education.id)
    merge(admin, health, work, **chosen)

    def writer(period):
        return next(
            each.heir_id for each in queries.list_submissions(period.id) if each.institution_id == health.id
        )

    with unit():
        assert writer(commission.period) == education.id
        assert responsible(commission.trained) == {education.id, work.id}
        later = make_period(db.session.merge(commission.programme), name="2026-T3")
        assert writer(later) == education.id
    admin.post(f"/institutions/{health.id}/succeed/undo")
    with unit():
        assert writer(commission.period) is None
        assert responsible(commission.trained) == {health.id, work.id}
