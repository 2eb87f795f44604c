"""From the convocation to minutes that never change: what is told, what is refused, who reads it."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy.orm.attributes import set_committed_value

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.institutions.sessions import deciding
from lms.institutions.sessions.errors import ProposalClosed
from lms.institutions.sessions.queries import find_numbered, list_accords
from lms.institutions.sessions.rules import ProposalState, SittingKind, Vote
from lms.institutions.sessions.values import OutcomeValues, TaskValues
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.commission import make_holder, make_seat
from lms.testing.factories.institutions import make_focal_point, make_institution, make_member
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.quarterly import make_report
from lms.testing.factories.sittings import hold_sitting, make_sitting
from lms.testing.pytest_plugin import TODAY

SYSTEM_DAY = "2026-11-20"
SITTING = {
    "kind": "ordinary", "number": "2", "day": SYSTEM_DAY, "hour": "08:30", "modality": "hybrid", "place": "Sala A",
}  # fmt: skip


@pytest.fixture
def commission(client_for, unit):
    """Three members and a guest; whoever runs their programme, and only that."""
    with unit():
        cohort = make_cohort()
        programme = db.session.get_one(Programme, cohort.programme_id)
        members = [
            make_institution(name) for name in ("Ministerio Alfa", "Ministerio Beta", "Ministerio Gamma")
        ]
        guest = make_institution("Organismo invitado")
        seats = [make_seat(programme, each, starts_on=date(2024, 1, 1)) for each in members]
        invited = make_seat(programme, guest, starts_on=date(2024, 1, 1), kind=MembershipKind.PERMANENT_GUEST)
        make_holder(programme, members[0], person=make_member(members[0]))
        make_holder(programme, members[1])
        secretary = make_person()
        give_role(secretary, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, programme.id)
    return {
        "programme": programme, "members": members, "seats": seats, "guest": invited, "cohort": cohort,
        "client": client_for(secretary), "secretary": secretary,
    }  # fmt: skip


def convene(commission, unit, **values):
    """Convene a session through its page; return its address."""
    sent = {**SITTING, "programme": str(commission["programme"].id), **values}
    commission["client"].post("/commission-sessions/new", sent)
    with unit():
        number = int(sent["number"])
        found = find_numbered(commission["programme"].id, SittingKind.ORDINARY, 2026, number)
        return f"/commission-sessions/{found.id}"


def attend(commission, path, kinds, guest="titular"):
    chosen = dict(zip((f"seat-{seat.id}" for seat in commission["seats"]), kinds, strict=True))
    return commission["client"].post(
        f"{path}/attendance", {**chosen, f"seat-{commission['guest'].id}": guest}
    )


def links(page, words):
    return [link["href"] for link in page.select("main a[href]") if words in link.get_text(" ")]


def test_the_second_ordinary_session_of_the_story(commission, unit, run_jobs, mailbox):
    client = commission["client"]
    path = convene(commission, unit)
    for title in ("Avances por sector", "Día mundial", "Asuntos generales"):
        client.post(f"{path}/agenda/new", {"title": title, "note": ""})
    move = client.get(path).select("form[action$='/move']")[-1]["action"]
    client.post(move, {"direction": "up"})
    page = client.get(path).text
    assert page.index("Asuntos generales") < page.index("Día mundial")
    assert "Segunda Sesión Ordinaria 2026" in page

    client.post(f"{path}/convocation", {})
    run_jobs()
    assert "Segunda Sesión Ordinaria 2026" in mailbox.sent[-1].subject
    assert "1. Avances por sector\n2. Asuntos generales\n3. Día mundial" in mailbox.sent[-1].text
    count = len(mailbox.sent)
    client.post(f"{path}/convocation", {})
    run_jobs()
    assert len(mailbox.sent) == count, "asking twice writes to nobody again"
    page = client.get(path)
    assert "Sin correo" in page.text, "whoever has no account is listed all the same"
    client.post(page.select("form[action$='/again']")[0]["action"], {})
    run_jobs()
    assert len(mailbox.sent) == count + 1


def test_an_approved_proposal_makes_its_tasks_due(commission, unit):
    client = commission["client"]
    path = convene(commission, unit)
    attend(commission, path, ("alternate", "absent", "absent"))
    client.post(f"{path}/begin", {})
    assert "Sin quórum" in client.get(path).text
    assert "Aprobar el acta" not in client.get(path).text, "a guest makes no quorum"
    attend(commission, path, ("alternate", "titular", "absent"))
    client.post(f"{path}/begin", {})
    assert "Al inicio: 2 de 3 asientos" in client.get(path).text

    client.post(f"{path}/proposals/new", {"text": "Conmemorar el 30 de julio"})
    proposal = links(client.get(path), "Agregar una tarea")[0].removesuffix("/tasks/new")
    task = {
        "text": "Preparar la jornada",
        "institution": str(commission["members"][0].id),
        "due_on": "2026-11-19",
    }
    client.post(f"{proposal}/tasks/new", task)
    assert "Preparar la jornada" not in client.get("/commission-sessions/accords").text, "not agreed yet"
    vote = {"state": "approved", "in_favour": "2", "against": "0", "abstained": "1"}
    assert "más votos" in client.post(f"{proposal}/outcome", vote, status=422).errors()
    even = {"state": "approved", "in_favour": "1", "against": "1", "abstained": ""}
    assert "más votos a favor" in client.post(f"{proposal}/outcome", even, status=422).errors()
    client.post(f"{proposal}/outcome", {**vote, "in_favour": "1"})
    page = client.get("/commission-sessions/accords?state=overdue").text
    assert "Preparar la jornada" in page
    assert "Ministerio Alfa" in page
    attend(commission, path, ("absent", "titular", "absent"))
    assert "Presentes: 2 de 3" in client.get(path).text, "votes were counted for both"
    client.post(f"{proposal}/tasks/new", task, status=409)


def attach_papers(client, path, report):
    """Agree on something and attach the coverage of the year and an issued report, each once."""
    client.post(
        f"{path}/accords/new", {"text": "Cerrar las brechas", "institution": "", "due_on": "2026-12-01"}
    )
    accord = links(client.get(path), "Adjuntar")[0]
    client.post(accord, {"paper": "coverage:2026"})
    client.post(accord, {"paper": f"quarterly-report:{report.id}"})
    assert "ya tiene" in client.post(accord, {"paper": f"quarterly-report:{report.id}"}, status=422).errors()
    client.post(accord, {"paper": "coverage:1999"}, status=422)


def check_files(client, path, code):
    """Take the list of what was agreed away, and the table that was kept."""
    sheet = client.raw.get("/commission-sessions/accords.csv?state=fulfilled").data.decode("utf-8-sig")
    assert "Cerrar las brechas" in sheet.splitlines()[1]
    kept = links(client.get(path), f"{code}-2026-O1-A01")[0]
    assert "<5" in client.get(kept).text or "Brecha" in client.get(kept).text
    assert client.raw.get(f"{kept}.csv").data.decode("utf-8-sig").count("\n") == 4


def test_minutes_are_written_once_and_follow_up_goes_on(commission, unit, run_jobs):
    client, programme = commission["client"], commission["programme"]
    with unit():
        for each in commission["members"][:2]:
            for _number in range(5):
                make_completion(make_enrolment(commission["cohort"], institution=each))
        report = make_report(programme)
        sitting = make_sitting(programme)
        hold_sitting(sitting)
    path = f"/commission-sessions/{sitting.id}"
    assert client.raw.get(f"{path}/minutes.pdf").status_code == 404, "there is no paper of a draft"
    attach_papers(client, path, report)

    client.post(f"{path}/proposals/new", {"text": "Una propuesta más"})
    client.post(f"{path}/minutes/approve", {})
    assert "Proyecto de acta" in client.get(f"{path}/minutes").text, "a proposal waits for its result"
    outcome = links(client.get(path), "Registrar la votación")[0]
    client.post(outcome, {"state": "withdrawn"})
    client.post(f"{path}/minutes/approve", {})
    run_jobs()
    text = client.get(f"{path}/minutes").select("main")[0].get_text(" ")
    assert report.report.folio in text
    assert "2 de 3 integrantes tienen al menos 5 personas" in text
    assert "Con brecha: Ministerio Gamma" in text
    pdf = client.raw.get(f"{path}/minutes.pdf").data
    assert pdf.startswith(b"%PDF")
    with unit():
        make_completion(make_enrolment(commission["cohort"], institution=commission["members"][2]))
    assert client.raw.get(f"{path}/minutes.pdf").data == pdf
    client.post(f"{path}/agenda/new", {"title": "Tarde", "note": ""}, status=409)
    client.post(f"{path}/accords/new", {"text": "Tarde", "institution": "", "due_on": ""}, status=409)
    client.post(f"{path}/minutes/notes/new", {"text": "Donde dice Sala A, debe decir Sala B."})
    follow = links(client.get(path), "Dar seguimiento")[0]
    client.post(follow, {"state": "fulfilled", "happened_on": "2026-11-25", "note": "Sesión con Gamma."})
    early = {"state": "pending", "happened_on": "2026-11-24", "note": ""}
    assert "anterior" in client.post(follow, early, status=422).errors()
    after = client.get(f"{path}/minutes").text
    assert "debe decir Sala B" in after
    assert "Sesión con Gamma" not in after, "minutes tell the session and not what came of it"
    assert "Sesión con Gamma" in client.get(path).text
    check_files(client, path, programme.code)


def test_members_of_that_day_read_it_and_neighbours_find_nothing(commission, client_for, unit):
    with unit():
        sitting = make_sitting(commission["programme"], day=date(2026, 11, 12))
        newcomer = make_institution("Tardía")
        make_seat(commission["programme"], newcomer, starts_on=date(2026, 11, 13))
        bodies: list[Institution] = [commission["members"][2], newcomer, make_institution("Ajena")]
        member, late, neighbour = (make_focal_point(each) for each in bodies)
        other = make_person()
        give_role(other, Role.ADMINISTRATOR, ScopeKind.INSTITUTION, commission["members"][2].id)
    path = f"/commission-sessions/{sitting.id}"
    reader = client_for(member)
    page = reader.get(path)
    assert "Lista de asistencia" in page.text
    assert "Convocatoria por correo" not in page.text
    reader.get(f"{path}/minutes")
    for stranger in (late, neighbour):
        client = client_for(stranger)
        for address in (path, f"{path}/minutes", f"{path}/minutes.pdf"):
            assert client.raw.get(address).status_code == 404
        assert "Sesión Ordinaria" not in client.get("/commission-sessions/").text
    for client in (reader, client_for(other)):
        for address in (
            "edit",
            "attendance",
            "agenda/new",
            "minutes/approve",
            "accords/new",
            "proposals/new",
        ):
            assert client.raw.get(f"{path}/{address}").status_code in {403, 404}


def test_a_number_is_given_once_and_a_held_session_keeps_its_day(commission, unit):
    client = commission["client"]
    path = convene(commission, unit)
    sent = {**SITTING, "programme": str(commission["programme"].id)}
    assert "ese número" in client.post("/commission-sessions/new", sent, status=422).errors()
    quorum = f"/commission-sessions/programmes/{commission['programme'].id}/quorum"
    client.post(quorum, {"rule": "two-thirds"})
    attend(commission, path, ("titular", "titular", "absent"))
    client.post(f"{path}/begin", {})
    client.post(quorum, {"rule": "three-quarters"})
    assert "al menos dos tercios" in client.get(path).text, "the rule of its day is printed"
    moved = client.post(f"{path}/edit", {**sent, "day": "2026-11-27"}, status=422)
    assert "ya se celebró" in moved.errors()
    client.post(f"{path}/edit", {**sent, "place": "Sala B"})
    ahead = convene(commission, unit, number="3", day="2026-12-04")
    attend(commission, ahead, ("titular", "titular", "titular"))
    client.post(f"{ahead}/begin", {})
    assert "Convocada" in client.get(ahead).text


def test_an_opening_is_undone_until_something_is_recorded(commission, client_for, unit, at):
    client = commission["client"]
    path = convene(commission, unit)
    attend(commission, path, ("titular", "titular", "absent"))
    client.get(f"{path}/begin/undo", status=303)
    client.post(f"{path}/begin/undo", {})
    assert "Convocada" in client.get(path).text
    client.post(f"{path}/begin", {})
    assert "Deshacer la apertura" in client.get(f"{path}/begin/undo").text
    client.post(f"{path}/begin/undo", {})
    page = client.get(path)
    assert "Convocada" in page.text
    assert "Presentes: 2 de 3" in " ".join(page.text.split())
    assert "Al inicio" not in page.text
    client.post(f"{path}/proposals/new", {"text": "Aprobar el plan"})
    client.post(f"{path}/begin", {})
    outcome = links(client.get(path), "Registrar la votación")[0]
    client.post(outcome, {"state": "rejected", "in_favour": "0", "against": "1", "abstained": "0"})
    client.post(f"{path}/accords/new", {"text": "Revisarlo", "institution": "", "due_on": ""})
    with at(TODAY + timedelta(minutes=9)):
        client = client_for(commission["secretary"])
        attend(commission, path, ("titular", "titular", "alternate"))
        client.post(f"{path}/begin/undo", {})
        stands = "cambios en la asistencia, una propuesta con resultado, un acuerdo"
        assert stands in client.get(path).text
        assert stands in client.get(f"{path}/begin/undo").text
        assert "Al inicio: 2 de 3" in " ".join(client.get(path).text.split())


def test_a_draft_on_paper_says_that_it_is_one_and_whether_it_is_the_latest(
    commission, client_for, unit, run_jobs
):
    client, path = commission["client"], convene(commission, unit)
    for turn in range(20):
        title = f"Punto {turn}: informe de la Dirección General de Coordinación Interinstitucional"
        client.post(f"{path}/agenda/new", {"title": title, "note": "Se tomó nota de lo expuesto. " * 12})
    draft = f"{path}/minutes-draft"
    client.get(f"{draft}.pdf", status=303)
    client.post(draft)
    assert "se está preparando" in client.get(f"{path}/minutes").text
    run_jobs()
    pages = [page.extract_text() for page in PdfReader(BytesIO(client.raw.get(f"{draft}.pdf").data)).pages]
    assert len(pages) > 2
    assert all("BORRADOR" in text and "acta sin aprobar" in text for text in pages)
    assert not any("Firmas" in text or "aprobada el" in text for text in pages)
    assert "anterior a los últimos cambios" not in client.get(f"{path}/minutes").text
    client.post(f"{path}/agenda/new", {"title": "Uno más", "note": ""})
    assert "anterior a los últimos cambios" in client.get(f"{path}/minutes").text
    with unit():
        member = make_focal_point(db.session.merge(commission["members"][0]))
    reader = client_for(member)
    assert "Borrador en PDF" in reader.get(f"{path}/minutes").text
    reader.post(draft, status=403)
    attend(commission, path, ("titular", "titular", "absent"))
    client.post(f"{path}/begin", {})
    client.post(f"{path}/minutes/approve")
    client.get(f"{draft}.pdf", status=303)
    client.post(draft, status=409)


def test_who_waited_for_the_session_sees_the_result_that_was_noted_meanwhile(commission, unit):
    with unit():
        programme = db.session.merge(commission["programme"])
        sitting = make_sitting(programme)
        hold_sitting(sitting)
        proposal = deciding.propose(sitting, "Campaña del 30 de julio", actor=SYSTEM, now=TODAY)
        for text in ("Publicar el plan", "Convocar a las áreas"):
            deciding.add_task(sitting, proposal, TaskValues(text=text))
        approved = OutcomeValues(state=ProposalState.APPROVED, vote=Vote(in_favour=2))
        deciding.note_outcome(sitting, proposal, approved, actor=SYSTEM, now=TODAY)
        before = [each.row.number for each in list_accords(sitting.id)]
        set_committed_value(
            proposal, "state", ProposalState.PENDING
        )  # as it was read before the other one wrote
        deciding.note_outcome(sitting, proposal, approved, actor=SYSTEM, now=TODAY)
        assert [each.row.number for each in list_accords(sitting.id)] == before
        set_committed_value(proposal, "state", ProposalState.PENDING)
        with pytest.raises(ProposalClosed):
            deciding.add_task(sitting, proposal, TaskValues(text="Otra tarea"))
