"""The commission's page: the same figures on screen and in files, within one's own scope."""

import csv
import io
from decimal import ROUND_HALF_UP, Decimal

import pytest
from python_calamine import CalamineWorkbook

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.institutions.programmes.models import MembershipKind
from lms.institutions.programmes.queries import get_programme
from lms.institutions.programmes.service import add_member, set_target
from lms.reports.tallies.service import build
from lms.reports.tallies.spans import keep_span
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.targets import make_training_target
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def world(unit):
    """A programme with a large, a middling and a small institution, and one that sent nobody."""
    with unit():
        cohort = make_cohort()
        programme = get_programme(cohort.programme_id)
        places = {}
        for name, sector, enrolled, completed in (
            ("Secretaría de Salud", "health", 12, 9),
            ("Fiscalía General", "justice", 10, 6),
            ("Sistema DIF", "protection", 9, 5),
            ("Casa pequeña", "protection", 3, 2),
            ("Secretaría de Turismo", "tourism", 0, 0),
        ):
            place = places[name] = make_institution(name, sector=sector)
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
        reviewer = make_person(given_names="Comisión")
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, programme.id)
    return {"cohort": cohort, "programme": programme, "places": places, "reviewer": reviewer}


def table(page):
    rows = page.select("table.table--progress tbody tr")
    return {
        row.th.get_text(strip=True): [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in rows
    }


def read_file(browser, kind, query=""):
    return browser.post(f"/reports/completion.{kind}{query}", status=200).response


def read_csv(browser, query=""):
    return list(csv.reader(io.StringIO(read_file(browser, "csv", query).get_data().decode("utf-8-sig"))))


def test_the_commission_sees_each_institution_with_its_share_and_target(client_for, world, unit):
    with unit():
        place = world["places"]["Secretaría de Salud"]
        set_target(
            get_programme(world["programme"].id),
            place,
            year=2026,
            share=0.7,
            source="",
            actor=SYSTEM,
            now=TODAY,
        )
    page = client_for(world["reviewer"]).get("/reports/")
    row = table(page)["Secretaría de Salud"]
    assert row[1:3] == ["12", "9"]
    assert "75" in row[4]
    assert "cumple la meta" in row[4]
    assert "70" in row[5]


def test_a_small_institution_is_hidden_on_screen_and_in_both_files(client_for, world):
    browser = client_for(world["reviewer"])
    assert table(browser.get("/reports/"))["Casa pequeña"][1:3] == ["<5", "<5"]
    in_csv = {row[0]: row for row in read_csv(browser)}
    assert in_csv["Casa pequeña"][2:4] == ["<5", "<5"]
    assert in_csv["Casa pequeña"][4] == "protegido"


def test_another_cell_of_its_sector_is_protected_too(client_for, world):
    row = table(client_for(world["reviewer"]).get("/reports/"))["Sistema DIF"]
    assert row[1:3] == ["protegido", "protegido"]


def test_who_sent_nobody_is_a_row_of_zeros(client_for, world):
    assert table(client_for(world["reviewer"]).get("/reports/"))["Secretaría de Turismo"][1:3] == ["0", "0"]


QUERIES = (
    "order=institution",
    "order=-enrolled&sector=protection",
    "period=all&basis=now",
    "group=sector",
    "group=period&sector=health",
    "q=secretaria&territory=Chetumal",
    "group=matrix",
    "period=2026-09_2026-11",
    "period=2026-09_2026-11&group=matrix&basis=now",
)


@pytest.mark.parametrize(
    "report", ["completion-by-institution", "indicators-by-institution", "learning-by-institution"]
)
def test_screen_csv_workbook_and_json_are_equal_to_the_last_digit(client_for, world, report, unit, run_jobs):
    with unit():
        programme = get_programme(world["programme"].id)
        keep_span(programme, "2026-09_2026-11", "Convenio", actor=SYSTEM, now=TODAY)
    run_jobs()
    browser = client_for(world["reviewer"])
    for asked in QUERIES:
        query = f"?report={report}&{asked}"
        lines = read_csv(browser, query)
        book = CalamineWorkbook.from_filelike(io.BytesIO(read_file(browser, "xlsx", query).data))
        data = read_file(browser, "json", query).get_json()
        written = [list(row.values()) for row in (*data["rows"], *([data["total"]] if data["total"] else []))]
        assert lines[0] == [column["label"] for column in data["columns"]]
        sheet = book.get_sheet_by_index(0).to_python()
        for line, cells, row in zip(lines[1:], sheet[1:], written, strict=True):
            expected = [_plain(value) for value in line]
            assert [_plain(value) for value in cells[: len(line)]] == expected
            assert [_plain(value) for value in row] == expected
        screen = browser.get(f"/reports/{query}").select("table.table--progress tbody tr")
        assert [_shown(row) for row in screen] == [_rounded(line, data["columns"]) for line in lines[1:-1]]


def _plain(value):
    try:
        return round(float(value), 4)
    except (TypeError, ValueError):
        return str(value or "")


def _shown(row):
    cells = row.select("th, td:not(.cell-bar)")
    for extra in row.select(".visually-hidden"):
        extra.decompose()
    return [cell.get_text(" ", strip=True).replace("\u202f", "").replace("\xa0", "") for cell in cells]


def _rounded(line, columns):
    """Return what the screen writes for a line of the file."""
    return [_on_screen(value, column["kind"]) for value, column in zip(line, columns, strict=True)]


def _on_screen(value, kind):
    if kind in {"text", "sector"} or not value.lstrip("-").replace(".", "").isdecimal():
        return value or ("Varios" if kind == "sector" else "—")
    number = Decimal(value)
    if kind in {"percent", "part", "target"}:
        return f"{(number * 100).quantize(Decimal(1), ROUND_HALF_UP)}%"
    if kind == "points":
        sign = "+" if number > Decimal("0.004") else ""
        return f"{sign}{round(number * 100)} pts"
    return f"{number:.1f}".replace(".", ",") if kind == "number" else value


def test_targets_stand_beside_what_is_reached_and_tell_no_small_group(client_for, world, unit):
    with unit():
        programme = get_programme(world["programme"].id)
        for name, people, period in (
            ("Secretaría de Salud", 18, "2026-T4"), ("Casa pequeña", 10, "2026"), ("Sistema DIF", 10, "2026-S2"),
            ("Fiscalía General", 6, "2026"), ("Secretaría de Turismo", 6, "2027"),
        ):  # fmt: skip
            make_training_target(programme, world["places"][name], people=people, period=period)
    browser = client_for(world["reviewer"])
    query = "?report=targets-reached&order=institution"
    lines = {row[0]: row[3:] for row in read_csv(browser, query)[1:]}
    assert lines == {
        "Casa pequeña": ["10", "<5", "protegido"],
        "Fiscalía General": ["6", "6", "1.0"],
        "Secretaría de Salud": ["18", "9", "0.5"],
        "Sistema DIF": ["10", "protegido", "protegido"],
    }
    page = browser.get(f"/reports/{query}")
    screen = {row.th.get_text(strip=True): row for row in page.select("table.table--progress tbody tr")}
    assert list(screen) == list(lines)
    assert "50" in screen["Secretaría de Salud"].get_text()
    assert "cumple la meta" in screen["Fiscalía General"].get_text()
    assert [list(row.values())[3:] for row in read_file(browser, "json", query).get_json()["rows"]][1] == [
        6,
        6,
        1.0,
    ]


def test_kept_figures_and_facts_make_the_same_page(client_for, world, unit):
    browser = client_for(world["reviewer"])
    queries = ("?period=all", "?period=2026", "?period=2026-Q4&group=sector", "?period=2026-11")
    before = [read_csv(browser, query) for query in queries]
    with unit():
        build(get_programme(world["programme"].id), now=TODAY)
    assert [read_csv(browser, query) for query in queries] == before


def test_filters_and_order_hold_in_the_file_as_on_the_screen(client_for, world):
    browser = client_for(world["reviewer"])
    query = "?sector=health&order=-enrolled"
    assert list(table(browser.get(f"/reports/{query}"))) == [row[0] for row in read_csv(browser, query)[1:-1]]


def test_a_period_without_enrolments_says_so(client_for, world):
    page = client_for(world["reviewer"]).get("/reports/?period=2024")
    assert "Todavía no hay personas inscritas" in page.text


def test_filters_that_cut_a_protected_group_hide_its_total(client_for, world):
    browser = client_for(world["reviewer"])
    assert read_csv(browser, "?sector=protection")[-1][2] == "12"
    assert read_csv(browser, "?q=casa")[1:] == [
        ["Casa pequeña", "Trabajo social y protección", "<5", "<5", "protegido", "0.8", "protegido"],
        ["Total", "", "<5", "<5", "protegido", "0.8", "protegido"],
    ]
    assert read_csv(browser, "?q=sistema+dif")[-1][2] == "protegido"


def test_a_guest_has_no_seat_that_could_be_covered_and_owes_nobody(client_for, world, unit):
    with unit():
        guest, kind = make_institution("Organismo invitado"), MembershipKind.PERMANENT_GUEST
        programme, day = get_programme(world["programme"].id), world["cohort"].starts_on
        add_member(programme, guest, kind=kind, starts_on=day, actor=SYSTEM, now=TODAY)
    page = client_for(world["reviewer"]).get("/reports/")
    assert "de 5 instituciones" in page.select("#coverage")[0].get_text(" ", strip=True)
    assert "Secretaría de Turismo" in table(page)
    assert guest.name not in table(page)


def test_coverage_counts_seats_and_names_guests_apart(client_for, world, unit):
    with unit():
        guest = make_institution("Organización Internacional", sector=None)
        add_member(
            get_programme(world["programme"].id), guest, kind=MembershipKind.PERMANENT_GUEST,
            starts_on=world["cohort"].starts_on, actor=SYSTEM, now=TODAY,
        )  # fmt: skip
        for _ in range(6):
            make_completion(make_enrolment(world["cohort"], institution=guest))
    said = client_for(world["reviewer"]).get("/reports/").select("#coverage")[0].get_text(" ", strip=True)
    assert "2 de 5 instituciones" in said
    assert said.endswith("Aparte, como invitadas permanentes: Organización Internacional.")


def test_coverage_counts_no_institution_whose_figure_is_protected(client_for, world):
    browser = client_for(world["reviewer"])
    assert "2 de 5 instituciones tienen al menos 6 personas" in browser.get("/reports/?minimum=6").text
    shown = browser.get("/reports/?minimum=1").select("#coverage")[0].get_text(" ", strip=True)
    assert "al menos 5 personas" in shown
    assert "Las cifras de 2 instituciones están protegidas" in shown


def test_who_takes_figures_away_is_written_down(client_for, world, unit):
    with unit():
        enlace = make_focal_point(world["places"]["Secretaría de Salud"])
    browser = client_for(world["reviewer"])
    read_csv(browser, "?period=2026-Q4&sector=health")
    page = browser.get("/reports/exports")
    assert "«Avance por institución» en csv: cuarto trimestre de 2026, Salud. Filas: 1." in page.text
    assert world["reviewer"].name in page.text
    client_for(enlace).get("/reports/exports", status=403)


def test_every_counted_column_has_its_definition(client_for, world):
    page = client_for(world["reviewer"]).get("/reports/definitions")
    for key in ("enrolled", "share", "hours", "coverage", "at-risk", "gain"):
        assert page.select(f"section#{key} h2")


def test_a_focal_point_sees_only_their_own_subtree(client_for, world, unit):
    with unit():
        enlace = make_focal_point(world["places"]["Secretaría de Salud"])
    browser = client_for(enlace)
    assert list(table(browser.get("/reports/"))) == ["Secretaría de Salud"]
    assert [row[0] for row in read_csv(browser)[1:-1]] == ["Secretaría de Salud"]


def test_a_neighbour_programme_does_not_exist(client_for, world, unit):
    with unit():
        other = make_cohort()
    client_for(world["reviewer"]).get(f"/reports/?programme={other.programme_id}", status=404)


def test_a_new_installation_says_where_to_begin(client_for, unit):
    with unit():
        administrator = make_administrator()
    browser = client_for(administrator)
    assert browser.get("/reports/").select('main a[href="/programmes/new"]')
    browser.post("/reports/completion.csv", status=404)


def test_trainees_and_trainers_read_no_figures(client_for, world, unit):
    with unit():
        trainee = make_person()
    client_for(trainee).get("/reports/", status=403)


def test_a_person_in_two_cohorts_counts_once(client_for, world, unit):
    with unit():
        place = world["places"]["Fiscalía General"]
        second = make_cohort(programme=get_programme(world["programme"].id))
        person = make_person()
        for cohort in (world["cohort"], second):
            make_enrolment(cohort, person, institution=place, sector="justice")
    assert table(client_for(world["reviewer"]).get("/reports/"))["Fiscalía General"][1] == "11"


def test_the_page_costs_few_queries(client_for, world, count_queries):
    browser = client_for(world["reviewer"])
    with count_queries() as statements:
        browser.get("/reports/")
    assert len(statements) <= 13, statements


def test_that_a_few_completed_this_month_is_hidden_in_the_quarter_although_not_in_the_year(
    at, client_for, unit
):
    with at(TODAY.replace(month=3)), unit():
        cohort, place = make_cohort(), make_institution("Juzgado", sector="justice")
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, cohort.programme_id)
        early = [make_enrolment(cohort, institution=place, sector="justice") for _ in range(20)]
    with at(TODAY.replace(month=10)), unit():
        late = [make_enrolment(cohort, institution=place, sector="justice") for _ in range(20)]
        for enrolment in late[:6]:
            make_completion(enrolment)
    with unit():
        for enrolment in (*early[:10], *late[6:8]):
            make_completion(enrolment)
    browser = client_for(reviewer)
    year, quarter = (
        table(browser.get(f"/reports/?period={period}"))["Juzgado"] for period in ("2026", "2026-Q4")
    )
    assert (year[2], year[-1]) == ("18", "+30 pts")
    assert (quarter[2], quarter[-1]) == ("8", "protegido")
