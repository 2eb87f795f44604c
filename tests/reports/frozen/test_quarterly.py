"""Quarterly reports: what was approved is what is printed, and it never changes again."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.db import db
from lms.institutions.programmes.models import MembershipKind
from lms.institutions.programmes.queries import get_programme
from lms.institutions.programmes.service import add_member, set_signatories
from lms.reports.frozen.models import QuarterlyReport, ReportVersion, VersionState
from lms.reports.frozen.reporting import add_recipient, set_schedule
from lms.reports.frozen.rules import Quarter
from lms.reports.frozen.service import prepare_due
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

PLACES = (
    ("Secretaría de Salud", "health", 12, 9),
    ("Fiscalía General", "justice", 10, 6),
    ("Sistema DIF", "protection", 9, 5),
    ("Casa pequeña", "protection", 3, 2),
    ("Secretaría de Turismo", "tourism", 0, 0),
)


@pytest.fixture
def world(unit):
    """A programme with people of four institutions this quarter, who signs, who reviews, who was sent a report."""
    with unit():
        cohort = make_cohort()
        programme = get_programme(cohort.programme_id)
        for name, sector, enrolled, completed in PLACES:
            place = make_institution(name, sector=sector)
            add_member(
                programme,
                place,
                kind=MembershipKind.MEMBER,
                starts_on=cohort.starts_on,
                actor=SYSTEM,
                now=TODAY,
            )
            for number in range(enrolled):
                enrolment = make_enrolment(cohort, institution=place, sector=sector)
                if number < completed:
                    make_completion(enrolment)
        set_signatories(programme, [("Firma de prueba", "Secretaría técnica")], actor=SYSTEM, now=now())
        reviewer = make_person(given_names="Comisión")
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, programme.id)
        focal = make_focal_point(place)
    return {"cohort": cohort, "programme": programme, "reviewer": reviewer, "focal": focal, "place": place}


def order(browser, world, period="2026-Q4"):
    """Prepare a report and return the address of its draft."""
    path = f"/reports/quarterly/programmes/{world['programme'].id}/new"
    assert "Vista previa" in browser.get(f"{path}?period={period}").text
    return browser.post(path, {"period": period}).location


def issue(browser, world, run_jobs, **kwargs):
    """Prepare, approve and make a report; return its address."""
    address = order(browser, world, **kwargs)
    browser.post(f"{address}/approve")
    run_jobs()
    return address


def files(browser, address):
    answers = {
        form: browser.post(f"{address}/files/{form}", status=200).response
        for form in ("pdf", "xlsx", "zip", "json")
    }
    assert {answer.status_code for answer in answers.values()} == {200}
    return {form: answer.data for form, answer in answers.items()}


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_what_was_approved_is_in_every_file_and_stays_to_the_last_byte(client_for, world, run_jobs, unit):
    browser = client_for(world["reviewer"])
    address = order(browser, world)
    browser.post(
        f"{address}/words", {"introduction": "Para la sesión ordinaria.", "remarks": "Falta Turismo."}
    )
    browser.post(f"{address}/approve")
    assert "Se están haciendo" in browser.get(address).text
    run_jobs()
    page, found = browser.get(address), files(browser, address)
    data = json.loads(found["json"])
    folio = data["folio"]
    assert folio.endswith("-INF-2026-001")
    assert folio in page.text
    printed = text_of(found["pdf"])
    for words in (folio, "Para la sesión ordinaria.", "Falta Turismo.", "Secretaría técnica", "Casa pequeña"):
        assert words in printed
    assert data["findings"][0] in page.text
    assert "El PDF no lleva firma electrónica." in page.text
    assert b"/ByteRange" not in found["pdf"]
    with unit():  # facts change afterwards; the report does not
        make_enrolment(world["cohort"], institution=world["place"], sector="tourism")
    assert files(browser, address) == found


def test_screen_and_every_file_say_the_same_cells(client_for, world, run_jobs):
    browser = client_for(world["reviewer"])
    address = issue(browser, world, run_jobs)
    found = files(browser, address)
    data = json.loads(found["json"])
    main = next(table for table in data["tables"] if table["name"] == "completion-by-institution")
    with zipfile.ZipFile(io.BytesIO(found["zip"])) as pack:
        name = next(each for each in pack.namelist() if "avance-por-institucion.csv" in each)
        lines = list(csv.reader(io.StringIO(pack.read(name).decode("utf-8-sig"))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(found["xlsx"]))
    sheet = next(each for each in book.sheet_names if each.endswith("Avance por institución"))
    grid = book.get_sheet_by_name(sheet).to_python()
    words = {"small": "<5", "protects": "protegido"}
    expected = [
        [words[cell["hidden"]] if isinstance(cell, dict) else cell for cell in row] for row in main["rows"]
    ]
    assert [["" if cell is None else str(cell) for cell in row] for row in expected] == lines[1:-1]
    assert [[cell if cell is not None else "" for cell in row] for row in expected] == grid[1:-1]
    rows = [
        row for row in browser.get(address).select("table.table--progress tbody tr")
        if row.th.get_text(strip=True) in {each[0] for each in expected}
    ]  # fmt: skip
    assert [row.th.get_text(strip=True) for row in rows[: len(expected)]] == [row[0] for row in expected]
    assert "Definiciones" in book.sheet_names


def test_no_small_cell_is_kept_anywhere(client_for, world, unit):
    order(client_for(world["reviewer"]), world)
    with unit():
        data = db.session.scalars(select(ReportVersion)).one().data
    main = next(table for table in data["tables"] if table["name"] == "completion-by-institution")
    small = next(row for row in main["rows"] if row[0] == "Casa pequeña")
    assert small[2:4] == [{"hidden": "small"}] * 2
    counts = [
        cell
        for table in data["tables"]
        for column, *cells in zip(table["columns"], *table["rows"], strict=True)
        if column["kind"] == "count"
        for cell in cells
        if isinstance(cell, int)
    ]
    assert counts
    assert not [count for count in counts if 0 < count < 5]


def test_a_correction_is_a_version_that_says_what_changed_and_why(client_for, world, run_jobs, unit):
    browser = client_for(world["reviewer"])
    first = issue(browser, world, run_jobs)
    before = files(browser, first)
    with unit():
        for _number in range(6):
            make_enrolment(world["cohort"], institution=world["place"], sector="tourism")
    browser.post(f"{first}/correct", status=422)
    second = browser.post(f"{first}/correct", {"reason": "Turismo envió su lista tarde."}).location
    browser.post(f"{second}/approve")
    run_jobs()
    data = json.loads(files(browser, second)["json"])
    assert (data["version"], data["folio"]) == (2, json.loads(before["json"])["folio"])
    changed = {(each["row"], each["column"]): (each["before"], each["after"]) for each in data["differences"]}
    assert changed[("Secretaría de Turismo · Turismo y transporte", "Inscritas")] == (0, 6)
    assert "Turismo envió su lista tarde." in text_of(files(browser, second)["pdf"])
    old = browser.get(first)
    assert "Esta versión fue corregida" in old.text
    assert files(browser, first) == before
    log = browser.get("/reports/exports").text
    assert f"Se descargó el informe {data['folio']} (versión 2) en pdf" in log
    assert world["reviewer"].name in log
    browser.post(f"{first}/correct", {"reason": "Otra vez."})
    with unit():
        assert len(db.session.scalars(select(ReportVersion)).all()) == 2


def test_an_approved_report_takes_no_other_word_and_folios_have_no_gap(client_for, world, run_jobs, unit):
    browser = client_for(world["reviewer"])
    thrown = order(browser, world, period="2026-Q3")
    browser.post(f"{thrown}/discard")
    address = issue(browser, world, run_jobs)
    before = files(browser, address)
    for deed in ("words", "figures", "approve", "discard"):
        browser.post(f"{address}/{deed}", {"introduction": "Otra cosa."})
    run_jobs()
    assert files(browser, address) == before
    issue(browser, world, run_jobs, period="2026-Q3")
    with unit():
        folios = db.session.scalars(select(QuarterlyReport.folio).order_by(QuarterlyReport.folio)).all()
    assert [folio.rpartition("-")[2] for folio in folios] == ["001", "002"]


def test_a_focal_point_reads_only_what_was_sent_to_them(client_for, world, run_jobs, unit, mailbox):
    browser, focal = client_for(world["reviewer"]), client_for(world["focal"])
    address = issue(browser, world, run_jobs)
    assert focal.raw.get(address).status_code == 404
    assert "Todavía no hay informes" in focal.get("/reports/quarterly/").text
    settings = f"/reports/quarterly/programmes/{world['programme'].id}"
    for each in (world["focal"].email, "cooperacion@example.org"):
        browser.post(f"{settings}/recipients", {"address": each})
    browser.post(f"{address}/send")
    run_jobs()
    assert focal.get("/reports/quarterly/").select(f"a[href='{address}']")
    assert focal.get(address).select("form[action$='/files/pdf']")
    assert focal.raw.post(f"{address}/send").status_code in {400, 403, 404}
    letters = [each for each in mailbox.sent if each.attached_name]
    assert {each.to for each in letters} == {world["focal"].email, "cooperacion@example.org"}
    assert all(each.file == files(browser, address)["pdf"] for each in letters)
    browser.post(f"{address}/send")  # nobody lacks it
    run_jobs()
    assert len([each for each in mailbox.sent if each.attached_name]) == 2
    again = browser.get(address).select("form[action*='/deliveries/']")[0]["action"]
    browser.post(again)
    run_jobs()
    assert len([each for each in mailbox.sent if each.attached_name]) == 3


def test_a_link_opens_one_report_until_its_recipient_is_taken_out(
    client_for, client, world, run_jobs, mailbox
):
    browser = client_for(world["reviewer"])
    settings = f"/reports/quarterly/programmes/{world['programme'].id}"
    browser.post(f"{settings}/recipients", {"address": "cooperacion@example.org"})
    address = order(browser, world)
    browser.post(f"{address}/approve", {"sends_itself": "y"})
    run_jobs()
    run_jobs()
    letter = next(each for each in mailbox.sent if each.to == "cooperacion@example.org")
    link = next(word for word in letter.text.split() if "/quarterly/" in word)
    link = link[link.index("/quarterly/") :]
    assert "Casa pequeña" in client.get(link).text
    assert client.post(f"{link}/pdf", status=200).response.data == files(browser, address)["pdf"]
    assert client.raw.get(f"{link}x").status_code == 404
    remove = browser.get(f"{settings}/settings").select("form[action$='/remove']")[0]["action"]
    browser.post(remove)
    assert client.raw.get(link).status_code == 404


def test_public_figures_are_off_until_an_administrator_turns_them_on(
    client_for, client, world, run_jobs, unit, monkeypatch
):
    browser, programme = client_for(world["reviewer"]), world["programme"]
    address, public = issue(browser, world, run_jobs), f"/open-data/{world['programme'].code}"
    with unit():
        administrator = make_administrator()
    assert client.raw.get(public).status_code == 404
    setting = f"/reports/quarterly/programmes/{programme.id}/open-data"
    assert browser.raw.post(setting, data={"csrf_token": browser.csrf_token()}).status_code == 403
    client_for(administrator).post(setting, {"is_open": "y", "licence": "Cite la fuente."})
    page = client.get(public)
    assert "Cite la fuente." in page.text
    assert client.raw.get(f"{public}/figures.json").data == files(browser, address)["json"]
    name = next(
        link["href"]
        for link in page.select("a[href$='.csv']")
        if "avance-por-institucion.csv" in link["href"]
    )
    assert "Casa pequeña,Trabajo social y protección,<5,<5" in client.raw.get(name).data.decode("utf-8-sig")
    with monkeypatch.context() as patched:  # what was issued is drawn once, however often strangers ask
        patched.setattr("lms.reports.frozen.showing.shown", None)
        assert client.get(public).text == page.text
    draft = order(browser, world, period="2026-Q3")
    assert "2026-INF" not in client.get(public).text or draft not in client.get(public).text


@pytest.mark.parametrize("sends_itself", [False, True])
def test_a_scheduled_report_waits_for_approval_or_goes_by_itself(
    world, unit, run_jobs, mailbox, at, sends_itself
):
    with unit():
        programme = get_programme(world["programme"].id)
        set_schedule(programme, days_after=10, sends_itself=sends_itself, actor=SYSTEM, now=now())
        add_recipient(programme, "aprueba@example.org", is_approver=True, actor=SYSTEM, now=now())
    january = TODAY.replace(year=2027, month=1, day=9)
    for day, count in ((january, 0), (january + timedelta(days=1), 1), (january + timedelta(days=2), 0)):
        with at(day), unit():
            assert len(prepare_due(now=now())) == count
            assert now().date() >= date(2027, 1, 9)
    with at(january + timedelta(days=2)):
        run_jobs()
        run_jobs()
    with unit():
        version = db.session.scalars(select(ReportVersion)).one()
        state, period, has_pdf = version.state, version.report.period, "pdf" in version.files
        if has_pdf:
            assert current_storage().get(version.files["pdf"]["sha256"]).startswith(b"%PDF")
    assert (state, period) == (VersionState.ISSUED if sends_itself else VersionState.DRAFT, "2026-Q4")
    subjects = [each.subject for each in mailbox.sent if each.to == "aprueba@example.org"]
    assert len(subjects) == 1
    assert subjects[0].startswith("Informe" if sends_itself else "Por aprobar")


def test_a_quarter_is_over_when_its_last_day_is_over_where_the_installation_stands(client_for, unit, at):
    with unit():
        administrator, programme_id = make_administrator(), make_cohort().programme_id
    for hour, offered in ((3, "2026-Q3"), (6, "2026-Q4")):
        with at(datetime(2027, 1, 1, hour, tzinfo=UTC)):  # in Cancún the day begins five hours later
            page = client_for(administrator).get(f"/reports/quarterly/programmes/{programme_id}/new")
            assert page.select("option[selected]")[0]["value"] == offered


def test_quarters_follow_one_another():
    quarter = Quarter.named("2026-Q4")
    assert (quarter.first, quarter.last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert quarter.next.previous == quarter == Quarter.of(date(2026, 12, 31))
    assert Quarter.named("2026-Q5") is None
