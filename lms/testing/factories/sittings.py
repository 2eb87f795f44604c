"""Sessions of commissions, for tests."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db
from lms.core.ids import new_id
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.institutions.sessions import deciding, letters, queries, service
from lms.institutions.sessions.models import AccordPaper, Sitting
from lms.institutions.sessions.rules import Modality, PresenceKind, ProposalState, SittingKind, Vote
from lms.institutions.sessions.values import OutcomeValues, SittingValues, TaskValues


def make_sitting(programme: Programme, *, day: date | None = None) -> Sitting:
    """Convene an ordinary session for today, or another day, with one point."""
    held_on = day or now().date()
    values = SittingValues(
        kind=SittingKind.ORDINARY,
        number=queries.next_number(programme.id, SittingKind.ORDINARY, held_on.year),
        day=held_on,
        starts_at=datetime.combine(held_on, time(10), tzinfo=ZoneInfo(programme.timezone)),
        modality=Modality.IN_PERSON,
        place="Sala de la Secretaría",
    )
    sitting = service.convene(programme, values, actor=SYSTEM, now=now())
    service.add_item(sitting, "Lista de asistencia", "", actor=SYSTEM, now=now())
    return sitting


def hold_sitting(sitting: Sitting) -> None:
    """Note the titular of every seat as present and open the session."""
    seats = {each.seat.membership_id: PresenceKind.TITULAR for each in queries.list_attending(sitting)}
    service.note_presences(sitting, seats, actor=SYSTEM, now=now())
    service.begin(sitting, today=now().date(), actor=SYSTEM, now=now())


def sitting_places(programme: Programme, institution: Institution) -> dict[str, object]:
    """Hold a session at which an institution has a seat, to approved minutes; return values for addresses."""
    sitting = make_sitting(programme)
    letters.send_convocation(sitting, programme, to_all=False, actor=SYSTEM, now=now())
    hold_sitting(sitting)
    proposal = deciding.propose(sitting, "Aprobar el plan", actor=SYSTEM, now=now())
    task = TaskValues(text="Publicar el plan", institution_id=institution.id, due_on=now().date())
    accord = deciding.add_task(sitting, proposal, task)
    outcome = OutcomeValues(state=ProposalState.APPROVED, vote=Vote(in_favour=1))
    deciding.note_outcome(sitting, proposal, outcome, actor=SYSTEM, now=now())
    paper = AccordPaper(
        id=new_id(), accord_id=accord.id, source="coverage", key="2026", folio=f"{programme.code}-A01",
        title="Cobertura por institución", made_at=now(),
        table={"columns": ["Institución"], "rows": [["Una"]], "notes": []},
    )  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    service.approve(sitting, programme, actor=SYSTEM, now=now())
    service.keep_pdf(sitting.id, b"%PDF-1.7")
    return {
        "sitting_id": sitting.id,
        "agenda_item_id": queries.list_agenda(sitting.id)[0].id,
        "proposal_id": proposal.id,
        "accord_id": accord.id,
        "accord_paper_id": paper.id,
        "sitting_letter_id": queries.list_letters(sitting.id)[0].row.id,
    }
