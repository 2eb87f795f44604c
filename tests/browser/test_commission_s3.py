"""Story S3: a commission by date, its plan, a quarter that members report on their phones, and the matrix of it."""

import csv
import re
from datetime import date

import pytest

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.core.folding import fold
from lms.institutions.commission.rules import HolderRank
from lms.institutions.commission.service import change_seat, name_holder
from lms.institutions.commission.values import HolderValues, SeatValues
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.reports.progress import queries
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.commission import make_seat
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort
from lms.testing.factories.progress import make_submission

BEFORE, AFTER = "2024-05-12", "2026-06-06"
SECTORS = (
    "Comercio Exterior", "Defensoría", "Desarrollo Social", "Educación", "Fiscalía", "Interior", "Justicia", "Mujer",
    "Oficina saliente", "Relaciones Exteriores", "Salud", "Trabajo", "Transportes",
)  # fmt: skip
JOINED = ("Forestal", "Identidad", "Policía")
ANSWERING = SECTORS[:6]
PLAN = (
    "Objetivo;Clave;Indicador;Unidad;Metas;Lo cuenta la plataforma\n"
    "OP1;I-01;Campañas en zonas de frontera;campañas;2024-T1 = 2;\n"
    "OP2;I-02;Personas capacitadas;personas;;sí\n"
    "OP3;I-03;Protocolos vigentes;protocolos;2024-T1 = 1;\n"
)


def write_seat(seat, *, last, has_act):
    """Give a seat its norm, a titular with a resolution and an alternate who may lack it."""
    values = SeatValues(kind=MembershipKind.MEMBER, starts_on=seat.starts_on, ends_on=last, resolution="DS 1")
    change_seat(seat, values, actor=SYSTEM, now=now())
    for rank in HolderRank:
        holder = HolderValues(
            rank=rank, name="Participante 014", post="Dirección", starts_on=seat.starts_on,
            resolution="RM 7" if has_act or rank is HolderRank.TITULAR else "",
        )  # fmt: skip
        name_holder(seat, holder, actor=SYSTEM, now=now())


def add_member(programme, name, first):
    place = make_institution(f"Sector {name}")
    seat = make_seat(programme, place, starts_on=first)
    write_seat(
        seat, last=date(2026, 6, 5) if name == "Oficina saliente" else None, has_act=name != "Educación"
    )
    person = make_person(email=f"{fold(name.split()[0])}@example.org", password=PASSWORD)
    give_role(person, Role.FOCAL_POINT, ScopeKind.INSTITUTION, place.id)
    return place


@pytest.fixture
def commission(unit, live_server):
    """Thirteen bodies in 2024; in June 2026 one left and three joined; each with somebody who answers for it."""
    with unit():
        programme = db.session.get_one(Programme, make_cohort().programme_id)
        places = {name: add_member(programme, name, date(2024, 1, 1)) for name in SECTORS}
        for name in JOINED:
            add_member(programme, name, date(2026, 6, 6))
        secretary = make_person(email="secretaria@example.org", password=PASSWORD)
        give_role(secretary, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, programme.id)
        return {"id": programme.id, "places": places}


def sign_in(visitor, name):
    visitor.fill(email=f"{name}@example.org", password=PASSWORD)
    visitor.press("Entrar", "home")


def rows(visitor):
    return visitor.page.locator("main tbody tr")


def compare_days(visitor, path):
    """Look at the commission on two days: the list changes, and an alternate without resolution is flagged."""
    visitor.open(f"{path}?on={BEFORE}", "commission")
    assert rows(visitor).count() == 13
    assert rows(visitor).filter(has_text="Falta resolución").count() == 1
    assert "Educación" in rows(visitor).filter(has_text="Falta resolución").inner_text()
    visitor.open(f"{path}?on={AFTER}&against={BEFORE}", "difference")
    assert rows(visitor).count() == 15
    assert visitor.says("Sector Identidad · Integrante")
    assert visitor.says("Sector Oficina saliente · Integrante")


def bring_plan_and_open(visitor, commission):
    """Bring the plan from a file, dry first, and open the quarter for the members of the session's day."""
    path = f"/progress/programmes/{commission['id']}"
    for is_dry in (True, False):
        visitor.open(f"{path}/plan/upload", "upload")
        file = {"name": "plan.csv", "mimeType": "text/csv", "buffer": PLAN.encode()}
        visitor.page.set_input_files("main [name=file]", file)
        visitor.page.set_checked("main [name=only_look]", is_dry)
        visitor.press("Subir", "uploaded" if is_dry else "plan")
    assert rows(visitor).count() == 3
    visitor.open(f"{path}/open", "open")
    visitor.fill(name="2024-T1", members_on=BEFORE, due_on="2026-11-18")
    visitor.press("Abrir", "matrix")
    assert rows(visitor).count() == 13
    return visitor.page.url


def fill_in(visitor, number):
    """Fill in and send everything: what the platform counts has no field."""
    page = visitor.page
    assert page.locator("main input[name^=value_]").count() == 2
    assert visitor.says("Lo cuenta la plataforma")
    for box in page.locator("main input[name^=value_]").all():
        box.fill(number)
    for box in page.locator("main select[name^=status_]").all():
        box.select_option("under-way")
    visitor.press("Enviar a la secretaría", "sent")
    assert visitor.says("Avance enviado a la secretaría")


def report_on_a_phone(visit, mailbox, name):
    """Follow the letter to the form, keep a draft that is not whole, come back and send it."""
    letter = next(each for each in mailbox.sent if each.to == f"{name}@example.org")
    visitor = visit(width=390)
    visitor.open(re.search(r"http://\S+", letter.text)[0])
    sign_in(visitor, name)
    visitor.open(re.search(r"http://\S+", letter.text)[0], "fill")
    visitor.page.locator("main textarea").first.fill("Tres ferias en la frontera.")
    visitor.press("Guardar borrador", "kept")
    visitor.open(visitor.page.url.removeprefix(visitor.url))
    assert visitor.page.locator("main textarea").first.input_value() == "Tres ferias en la frontera."
    fill_in(visitor, "3")
    return visitor


def let_others_report(unit, commission):
    """Let four more members send, beside the two of the browser."""
    with unit():
        period = queries.find_period(commission["id"], "2024-T1")
        plan = [
            each.indicator for each in queries.list_plan(commission["id"]) if not each.indicator.is_automatic
        ]
        for name in ANSWERING[2:]:
            make_submission(period, db.session.merge(commission["places"][name]), dict.fromkeys(plan, 2.0))


def return_one(visitor, matrix):
    visitor.open(matrix)
    visitor.press("Sector Defensoría", "submission")
    visitor.fill(reason="Falta la evidencia de las ferias.")
    visitor.press("Devolver para corregir")


def read_matrix(visitor, matrix):
    """Read who stands how, on a desk and on a phone, and take away what the page shows."""
    states = [each.inner_text() for each in visitor.page.locator(".matrix tbody .badge").all()]
    assert {state: states.count(state) for state in states} == {"Completo": 15, "Devuelto": 3, "Atrasado": 21}
    visitor.press("Completos", "sorted")
    visitor.open(f"{matrix}?state=late&sort=-institution", "late")
    assert rows(visitor).count() == 7
    with visitor.page.expect_download() as taken:
        visitor.page.get_by_role("link", name="CSV").click()
    with taken.value.path().open(encoding="utf-8-sig") as file:
        found = list(csv.reader(file))
    assert [row[0] for row in found[1:]] == visitor.page.locator("main tbody th a").all_inner_texts()
    assert found[1][1:4] == ["Atrasado"] * 3
    visitor.open(f"{matrix}/figures", "figures")
    assert visitor.says("5 de 13")
    visitor.page.set_viewport_size({"width": 390, "height": 860})
    visitor.open(matrix, "matrix on a phone")
    visitor.open(f"{matrix}/figures", "figures on a phone")


def test_a_commission_reports_its_quarter(visit, commission, unit, mailbox, run_jobs):
    secretary = visit(width=1440)
    secretary.open("/account/sign-in")
    sign_in(secretary, "secretaria")
    compare_days(secretary, f"/programmes/{commission['id']}/commission")
    matrix = bring_plan_and_open(secretary, commission).removeprefix(secretary.url)
    run_jobs()
    report_on_a_phone(visit, mailbox, "comercio").check()
    defence = report_on_a_phone(visit, mailbox, "defensoria")
    let_others_report(unit, commission)
    return_one(secretary, matrix)
    defence.open("/progress/", "mine")
    defence.press("Llenar")
    assert defence.says("Falta la evidencia de las ferias.")
    secretary.press("Recordar a quienes faltan", "remind")
    secretary.press("Enviar recordatorio")
    run_jobs()
    reminded = [each.to for each in mailbox.sent if "falta enviarlo" in each.subject]
    assert len(reminded) == 8
    assert "comercio@example.org" not in reminded
    read_matrix(secretary, matrix)
    defence.check()
    secretary.check()
