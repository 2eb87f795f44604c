"""Who integrates a commission on any day, what changed, and who holds each seat."""

import io
from datetime import date

import pytest

from lms.core.db import db
from lms.institutions.commission.rules import SeatOn, differ
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.commission import make_seat
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort

BEFORE, AFTER = "2024-05-12", "2026-06-06"


@pytest.fixture
def admin(client_for, unit):
    with unit():
        boss = make_administrator()
    return client_for(boss)


@pytest.fixture
def peru(unit):
    """Fourteen bodies in 2024; one left on 5 June 2026 and four came the day after."""
    with unit():
        programme = db.session.get_one(Programme, make_cohort().programme_id)
        first = [make_institution(f"Ministerio {number:02}") for number in range(1, 14)]
        leaving = make_institution("Oficina saliente")
        seats = [make_seat(programme, each, starts_on=date(2024, 1, 1)) for each in (*first, leaving)]
        for name in ("RENIEC", "PNP", "SERFOR", "Secretaría"):
            kind = MembershipKind.SECRETARIAT if name == "Secretaría" else MembershipKind.MEMBER
            make_seat(programme, make_institution(name), starts_on=date(2026, 6, 6), kind=kind)
        return {"path": f"/programmes/{programme.id}/commission", "seats": seats, "first": first[0]}


def change(admin, peru, position, **values):
    seat = peru["seats"][position]
    sent = {"kind": "member", "starts_on": str(seat.starts_on), "ends_on": "", **values}
    return admin.post(f"{peru['path']}/{seat.id}/edit", sent)


def rows(page):
    return [row.get_text(" ") for row in page.select("tbody tr")]


def test_the_list_changes_by_date_and_says_what_changed(admin, peru):
    change(admin, peru, -1, ends_on="2026-06-05", resolution="DS 006-2026-IN")
    assert len(rows(admin.get(f"{peru['path']}?on={BEFORE}"))) == 14
    page = admin.get(f"{peru['path']}?on={AFTER}&against={BEFORE}")
    assert len(rows(page)) == 17
    changed = page.select("section[aria-labelledby=difference]")[0].get_text(" ")
    assert all(
        name in changed for name in ("RENIEC", "PNP", "SERFOR", "Oficina saliente", "Secretaría técnica")
    )
    assert "Ministerio" not in changed
    assert rows(admin.get(f"{peru['path']}?on=1990-01-01")) == []
    sheet = admin.raw.get(f"{peru['path']}.csv?on={AFTER}").data.decode("utf-8-sig")
    assert len(sheet.splitlines()) == 18


def test_a_titular_follows_another_and_a_missing_resolution_is_flagged(admin, peru):
    change(admin, peru, 0, resolution="DS 007-2023-IN", resolution_on="2023-09-17")
    seat = f"{peru['path']}/{peru['seats'][0].id}"
    base = {"rank": "titular", "person": "", "post": "Viceministerio", "resolution_on": ""}
    named = {**base, "name": "Participante 014", "starts_on": "2024-02-01", "resolution": "RM 014-2024"}
    admin.post(f"{seat}/holders/new", named)
    later = {**base, "name": "Participante 015", "starts_on": "2025-03-01", "resolution": ""}
    admin.post(f"{seat}/holders/new", later)
    early = admin.post(f"{seat}/holders/new", {**named, "starts_on": "2024-03-01"}, status=422)
    assert "nombrado después" in early.errors()
    then, now = (rows(admin.get(f"{peru['path']}?on={day}"))[0] for day in (BEFORE, AFTER))
    assert "Participante 014" in then
    assert "Falta resolución" not in then
    assert "Participante 015" in now
    assert "Falta resolución" in now
    assert "28 feb 2025" in admin.get(seat).text


def test_a_seat_is_not_held_twice_by_one_institution(admin, peru, unit):
    change(admin, peru, -1, ends_on="2026-06-05")
    seat = peru["seats"][-1]
    with unit():
        programme = db.session.get_one(Programme, seat.programme_id)
        make_seat(
            programme,
            db.session.get_one(type(peru["first"]), seat.institution_id),
            starts_on=date(2026, 8, 1),
        )
    sent = {"kind": "member", "starts_on": "2024-01-01", "ends_on": "2026-09-01"}
    refused = admin.post(f"{peru['path']}/{seat.id}/edit", sent, status=422)
    assert "otro asiento" in refused.errors()


def test_a_focal_point_of_a_member_sees_seats_and_no_focal_points_of_others(client_for, unit, peru):
    with unit():
        enlace = make_focal_point(peru["first"])
    page = client_for(enlace).get(f"{peru['path']}?on={AFTER}")
    assert "RENIEC" in page.text
    assert enlace.name not in page.select("main")[0].get_text()


def test_the_difference_of_a_day_with_itself_is_nothing():
    seat = SeatOn(
        membership_id=None, institution_id="a", institution="A", kind="member", sector=None,
        starts_on=date(2024, 1, 1), ends_on=None, resolution="", resolution_on=None,
    )  # fmt: skip
    assert differ([seat], [seat]).is_empty


def test_seats_come_from_a_file_whole_or_not_at_all(admin, peru):
    heading = "Institución;Participa como;Desde;Hasta;Norma;Titular;Cargo del titular\n"
    leaves = "Oficina saliente;Integrante;2024-01-01;05/06/2026;DS 006-2026-IN;;\n"
    named = "Ministerio 01;;2024-01-01;;DS 007-2023-IN;Participante 014;Viceministerio\n"
    wrong = "Nadie;;2024-01-01;;;;\nMinisterio 02;;ayer;;;;\nMinisterio 03;;2025-01-01;;;;\n"

    def send(text, **more):
        return {"file": (io.BytesIO((heading + text).encode()), "asientos.csv"), **more}

    def now():
        return rows(admin.get(f"{peru['path']}?on={AFTER}"))

    page = admin.post(f"{peru['path']}/upload", send(leaves + named + wrong), status=422)
    assert "3 filas por corregir" in page.text
    admin.post(f"{peru['path']}/upload", send(leaves, only_look="y"), status=200)
    assert len(now()) == 18
    admin.post(f"{peru['path']}/upload", send(leaves + named))
    admin.post(f"{peru['path']}/upload", send(leaves + named))
    assert len(now()) == 17
    assert all(each in now()[0] for each in ("Participante 014", "DS 007-2023-IN"))
