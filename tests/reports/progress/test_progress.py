"""A quarter of a commission: members fill in, the secretariat decides, and the matrix says who stands how."""

import csv
import io
from datetime import date, timedelta

from lms.core.clock import now
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.reports.progress import queries
from lms.reports.progress.messages import RemindLateMembers
from lms.reports.progress.rules import Joining
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.commission import make_seat
from lms.testing.factories.files import PDF
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.progress import make_period, make_submission
from lms.testing.pytest_plugin import TODAY

NAMES = ("Sector Educación", "Sector Salud", "Sector Trabajo")
SINCE = date(2024, 1, 1)


def cells(page, name):
    row = next(row for row in page.select(".matrix tbody tr") if name in row.get_text())
    return [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]


def test_a_draft_keeps_everything_until_it_is_sent_returned_and_sent_again(
    client_for, commission, secretary, mailbox, run_jobs
):
    enlace, path, value = client_for(commission.people[1]), commission.path(1), commission.services.id.hex
    file = {f"file_{value}": (io.BytesIO(PDF), "acta.pdf")}
    draft = commission.written(1, value="1,204", narrative="Dos talleres.", address="drive")
    enlace.post(f"{path}/fill", {**draft, **file})
    page = enlace.get(f"{path}/fill")
    assert page.select(f"#value_{value}")[0]["value"] == "1,204"
    assert "acta.pdf" in page.text
    refused = enlace.post(f"{path}/fill", {**draft, "act": "submit", "revision": "2"}, status=422)
    assert all(word in refused.errors() for word in ("Escriba un número", "Elija cómo va", "https://"))
    assert enlace.raw.get(f"{path}/evidence/{commission.services.id}").data == PDF
    good = {"value": "12", "status": "under-way", "narrative": "Dos talleres."}
    enlace.post(f"{path}/fill", commission.written(1, revision=2, act="submit", **good))
    secretary.post(f"{path}/send-back", {"reason": ""}, status=422)
    secretary.post(f"{path}/send-back", {"reason": "Falta el segundo semestre."})
    run_jobs()
    assert "Falta el segundo semestre." in next(
        letter.text for letter in mailbox.sent if "por corregir" in letter.subject
    )
    page = enlace.get(f"{path}/fill")
    assert "Falta el segundo semestre." in page.text
    again = int(page.select("input[name=revision]")[0]["value"])
    enlace.post(f"{path}/fill", commission.written(1, revision=again, act="submit", **good))
    secretary.post(f"{path}/accept")
    assert enlace.get(f"{path}/fill", status=303).location.endswith(path)
    steps = [
        item.get_text() for item in enlace.get(path).select("section[aria-labelledby=history] li strong")
    ]
    assert steps == [
        "Se aceptó", "Se envió", "Se devolvió", "Se envió", "Se guardó un borrador", "Se guardó un borrador",
        "Se abrió",
    ]  # fmt: skip
    assert "1,204" in enlace.get(f"{path}?step=2").text


def test_nobody_saves_over_what_they_did_not_see(client_for, commission, unit):
    path, value = f"{commission.path(0)}/fill", f"value_{commission.services.id.hex}"
    with unit():
        colleague = make_focal_point(db.session.merge(commission.members[0]))
    first, other = client_for(commission.people[0]), client_for(colleague)
    first.post(path, commission.written(0, value="7"))
    refused = other.post(path, commission.written(0, value="9"), status=422)
    assert "Otra persona guardó cambios" in refused.text
    assert refused.select(f"#{value}")[0]["value"] == "9"
    assert first.get(path).select(f"#{value}")[0]["value"] == "7"
    seen = refused.select("input[name=revision]")[0]["value"]
    other.post(path, commission.written(0, revision=seen, value="9"))
    assert first.get(path).select(f"#{value}")[0]["value"] == "9"


def test_what_the_platform_counts_is_not_typed_over_and_small_groups_are_hidden(
    client_for, commission, secretary, unit
):
    key = commission.trained.id.hex
    with unit():
        office = make_institution("Hospital", parent=db.session.merge(commission.members[1]))
        cohort = db.session.merge(commission.cohort)
        for place, count in ((office, 7), (db.session.merge(commission.members[2]), 3)):
            for _ in range(count):
                make_completion(make_enrolment(cohort, institution=place))
    salud, trabajo = client_for(commission.people[1]), client_for(commission.people[2])
    good = {"value": "12", "status": "done"}
    for position, client in ((1, salud), (2, trabajo)):
        sent = commission.written(position, act="submit", **good)
        client.post(f"{commission.path(position)}/fill", {**sent, f"value_{key}": "900"})

    def counted(client, position):
        return client.get(commission.path(position)).select(f"section[aria-labelledby=i-{key}] dd")[0].text

    assert [counted(salud, 1), counted(trabajo, 2)] == ["7 personas", "3 personas"]
    assert [counted(secretary, 1), counted(secretary, 2)] == ["× personas", "<5 personas"]
    text = secretary.raw.get(f"{commission.page}/figures.csv?indicator=I-02").data.decode("utf-8-sig")
    assert [row[1] for row in csv.reader(io.StringIO(text))][1:] == ["×", "<5"]
    row = next(
        each for each in secretary.get(f"{commission.page}/figures").select("tbody tr") if "I-02" in each.text
    )
    assert "20 nov 2026" in row.get_text()
    assert row.select("td strong")[0].get_text() in {"10", "×"}
    assert "900" not in row.get_text()


def test_the_matrix_of_any_day_is_the_file_of_that_day(client_for, commission, secretary, unit, at):
    with unit():
        make_submission(commission.period, commission.members[1], {db.session.merge(commission.services): 5})
        make_submission(commission.period, commission.members[2], {})
    secretary.post(f"{commission.path(2)}/send-back", {"reason": "Corrija."})
    page = secretary.get(commission.page)
    assert cells(page, "Sector Salud")[:3] == ["Completo", "Completo", "2 de 2"]
    assert cells(page, "Sector Trabajo")[:2] == ["Devuelto", "Devuelto"]
    assert cells(page, "Sector Educación")[:2] == ["Pendiente", "— No aplica"]
    with at(TODAY + timedelta(days=31)):
        secretary = client_for(commission.secretary)
        asked = f"{commission.page}?state=late&objective=OP1"
        page = secretary.get(asked)
        assert [row.select("th")[0].get_text(" ") for row in page.select(".matrix tbody tr")] == [
            "Sector Educación"
        ]
        assert cells(page, "Sector Educación")[0] == "Atrasado"
        text = secretary.raw.get(asked.replace("?", ".csv?")).data.decode("utf-8-sig")
        (_head, row) = csv.reader(io.StringIO(text))
        assert row[:4] == ["Sector Educación", "Atrasado", "0", "1"]
        order = [
            line.split(",")[0]
            for line in secretary.raw.get(f"{commission.page}.csv?sort=-complete")
            .data.decode()
            .splitlines()[1:]
        ]
        assert order[0] == "Sector Salud"
        before = secretary.get(f"{commission.page}?on={TODAY.date()}")
        assert cells(before, "Sector Educación")[0] == "Pendiente"
    assert "no estaba abierto" in secretary.get(f"{commission.page}?on=2026-01-01").text


def test_values_stand_beside_those_of_the_quarter_before(commission, secretary, unit):
    with unit():
        services = db.session.merge(commission.services)
        earlier = make_period(db.session.merge(commission.programme), name="2026-T3")
        for position, (was, now_) in enumerate(((4, 6), (5, 5.5))):
            make_submission(earlier, commission.members[position], {services: was})
            make_submission(commission.period, commission.members[position], {services: now_})

    def row():
        page = secretary.get(f"{commission.page}/figures")
        return [cell.get_text(" ", strip=True) for cell in page.select("tbody tr")[0].select("td")]

    assert row() == ["30", "11,5", "9", "+2,5", "2 de 3"]
    with unit():
        make_submission(commission.period, commission.members[2], {services: 1})
    assert row() == ["30", "12,5", "9", "—", "3 de 3"]


def test_reminders_are_sent_once_for_each_mark_and_stop_when_it_is_sent(
    client_for, commission, secretary, unit, at, mailbox, run_jobs
):
    def letters():
        run_jobs()
        return sorted(each.to for each in mailbox.sent if "falta enviarlo" in each.subject)

    def day(days):
        with at(commission.period.opened_at + timedelta(days=days)):
            for turn in range(2):
                with unit():
                    enqueue(RemindLateMembers(), now=now(), key=f"{days}-{turn}")
                run_jobs()

    day(1)
    assert letters() == []
    secretary.post(f"{commission.page}/remind")
    secretary.post(f"{commission.page}/remind")
    assert letters() == sorted(each.email for each in commission.people)
    mailbox.sent.clear()
    with unit():
        make_submission(commission.period, commission.members[1], {})
    day(31)
    assert letters() == sorted(commission.people[position].email for position in (0, 2))
    with at(commission.period.opened_at + timedelta(days=31)):
        log = (
            client_for(commission.secretary)
            .get(commission.page)
            .select("section[aria-labelledby=reminders] li")
        )
    assert [sum(word in each.get_text() for each in log) for word in ("programado", "secretaría")] == [2, 3]


def test_a_plan_comes_from_a_file_whole_or_not_at_all_and_goes_back_as_it_came(commission, secretary, unit):
    path = f"/progress/programmes/{commission.programme.id}/plan"

    def send(text, *, status=303, **more):
        file = (io.BytesIO(text.encode()), "plan.csv")
        return secretary.post(f"{path}/upload", {"file": file, **more}, status=status)

    head = "Objetivo,Clave,Indicador,Unidad,Responsables,Metas,Cómo se juntan\n"
    good = "op3,I-09,Servicios acreditados,servicios,Sector Salud | Sector Trabajo,2026-T4=3|2027-T1=4,Se promedian\n"
    wrong = "OP1,I-10,A,x,Nadie,,\nOP1,I-11,A,x,,ayer,\nOP1,,A,x,,,\nOP1,I-09,A,x,,,\n"
    assert "4 filas por corregir" in send(head + good + wrong, status=422).text
    assert "Por agregar: 1" in send(head + good, status=200, only_look="y").text
    send(head + good)
    with unit():
        found = queries.list_plan(commission.programme.id)[-1]
        assert (found.indicator.objective, found.indicator.joining) == ("OP3", Joining.AVERAGE)
        assert [each.name for each in found.responsible] == ["Sector Salud", "Sector Trabajo"]
        assert found.targets == {"2026-T4": 3, "2027-T1": 4}
    kept = secretary.raw.get(f"{path}.csv").data
    send(kept.decode("utf-8-sig"))
    assert secretary.raw.get(f"{path}.csv").data == kept
    edit = f"{path}/{found.indicator.id}/edit"
    form = {"number": "I-01", "objective": "OP3", "name": "Servicios", "unit": "servicios", "joining": "sum"}
    assert "ya tiene un indicador" in secretary.post(edit, form, status=422).errors()


def test_a_period_asks_the_members_of_its_day(secretary, commission, unit):
    with unit():
        make_seat(
            db.session.merge(commission.programme),
            make_institution("Sector nuevo"),
            starts_on=date(2026, 6, 6),
        )
    path = f"/progress/programmes/{commission.programme.id}/open"

    def asked(name, day):
        page = secretary.post(path, {"name": name, "members_on": day, "due_on": "2026-12-30"})
        return [row.select("th a")[0].get_text() for row in secretary.follow(page).select(".matrix tbody tr")]

    assert asked("2024-T1", "2024-05-12") == [*NAMES]
    assert asked("2026-t2", "2026-06-06") == ["Sector Educación", "Sector nuevo", *NAMES[1:]]
    for wrong in (
        {"name": "2026-T2"},
        {"name": "2026"},
        {"due_on": "2026-01-01"},
        {"members_on": "1990-01-01"},
    ):
        form = {"name": "2026-T3", "members_on": "2026-06-06", "due_on": "2026-12-30", **wrong}
        assert secretary.post(path, form, status=422).errors()


def test_a_neighbour_learns_nothing(app, client_for, commission, unit):
    with unit():
        make_submission(commission.period, commission.members[1], {})
        stranger = make_focal_point(make_institution("Ajena"))
        below = make_focal_point(make_institution("Unidad", parent=db.session.merge(commission.members[1])))
    others = [client_for(each) for each in (commission.people[0], stranger, below)]
    ids = {
        "programme_id": commission.programme.id,
        "period_id": commission.period.id,
        "submission_id": commission.submissions[1].id,
        "indicator_id": commission.services.id,
        "ending": "csv",
    }
    faults = []
    for client in others:
        assert "Sector Salud" not in client.get("/progress/").text
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("progress.") and rule.arguments:
                path = rule.build(ids)[1]
                for method in rule.methods & {"GET", "POST"}:
                    data = {"csrf_token": client.csrf_token()} if method == "POST" else None
                    status = client.raw.open(path, method=method, data=data).status_code
                    faults += [] if status in {403, 404} else [f"{method} {path}: {status}"]
        assert client.raw.get(commission.path(1)).status_code == 404
    assert faults == []


def test_an_installation_without_plan_says_what_to_do(client_for, unit):
    with unit():
        programme_id = make_cohort().programme_id
        admin = make_administrator()
    page = client_for(admin).get(f"/progress/programmes/{programme_id}")
    assert "no tiene indicadores" in page.text
