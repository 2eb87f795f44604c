"""Whole programmes with one thing of every kind in them, for tests that ask who reaches what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from lms.accounts.links import INVITATION, RESET, sign_link
from lms.accounts.models import Person, RoleAssignment
from lms.accounts.queries import list_sessions
from lms.accounts.service import open_session
from lms.assessments.attempts.extra_time import give_extra_time
from lms.assessments.attempts.models import Attempt
from lms.assessments.attempts.timing import Allowance
from lms.assessments.plans.links import sign_link as sign_plan
from lms.assessments.transfers.held import hold_file
from lms.attendance.calendars.links import sign_feed
from lms.attendance.calendars.service import change_address
from lms.attendance.codes import code_at
from lms.attendance.excuses.rules import Grounds, Plea
from lms.attendance.excuses.service import ask as ask_excuse
from lms.attendance.hours.service import close as close_hours
from lms.attendance.notices.links import sign_stop
from lms.attendance.notices.service import refuse as refuse_notices
from lms.attendance.rules import Mark, Method
from lms.attendance.service import create_meeting, mark
from lms.authoring import queries as drafts
from lms.authoring import service as authoring
from lms.authoring.exchange.carried import carry_draft, carry_release
from lms.authoring.exchange.service import keep_booklet, order_booklet
from lms.authoring.models import Draft, Part
from lms.core.actors import SYSTEM, Actor, Role, ScopeKind
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.ids import new_id
from lms.core.jobs.models import Job, JobState
from lms.core.tabular import read_csv
from lms.core.workbooks import Form
from lms.courses.models import Release, ReleaseAsset, UnitKind
from lms.courses.queries import get_course, list_outline
from lms.institutions.directory.models import Institution
from lms.institutions.intake.runs import start_run
from lms.institutions.intake.uploads import keep_upload
from lms.institutions.merging.rules import Login, Side
from lms.institutions.merging.service import Pair, merge_people
from lms.institutions.programmes.models import Membership, MembershipKind, Programme
from lms.institutions.programmes.service import add_member, set_signatories
from lms.learning.models import Cohort, Enrolment
from lms.testing.factories.accounts import give_role
from lms.testing.factories.agreements import make_agreement, make_parts
from lms.testing.factories.assessments import make_attempt, make_seen_pattern, quizzes_of
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.authoring import LESSON, ask_review, course_files, open_draft_of
from lms.testing.factories.calls import call_places
from lms.testing.factories.certificates import certificate_places, issue_to, make_completion
from lms.testing.factories.commission import make_holder
from lms.testing.factories.contacts import make_contact, sign_contact
from lms.testing.factories.courses import make_release
from lms.testing.factories.credentials import make_badge_key
from lms.testing.factories.donors import donor_places
from lms.testing.factories.files import FILE_PATH, FILE_QUIZ, PDF, make_handed_in_file
from lms.testing.factories.follow_ups import make_survey_link
from lms.testing.factories.grading import (
    ESSAY,
    ESSAY_PATH,
    make_graded_history,
    make_phrase,
    make_waiting_answer,
)
from lms.testing.factories.institutions import (
    make_focal_point,
    make_institution,
    make_member,
)
from lms.testing.factories.kiosks import make_kiosk, make_walk_in
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.lists import make_enrolment_list
from lms.testing.factories.nominations import make_call, make_nomination, make_track_request
from lms.testing.factories.notices import make_letter, make_notice
from lms.testing.factories.papers import make_sheet
from lms.testing.factories.plans import PLAN, PLAN_PATH, make_sent_plan
from lms.testing.factories.progress import progress_places
from lms.testing.factories.quarterly import report_places
from lms.testing.factories.rooms import room_places
from lms.testing.factories.routes import make_route
from lms.testing.factories.simulations import make_run
from lms.testing.factories.sittings import sitting_places
from lms.testing.factories.spans import make_span
from lms.testing.factories.targets import make_training_target

Places = Mapping[str, str]
"""Values for the parameters of addresses, by parameter name."""
PEOPLE_FILE = (
    "nombres;primer apellido;correo;institución\nParticipante;Nueva;nueva@example.org;Ninguna\n".encode()
)
FILES = {PLAN_PATH: PLAN, ESSAY_PATH: ESSAY, FILE_PATH: FILE_QUIZ}
"""What the course of a world has besides."""
INSTITUTIONS_FILE = b"nombre\nUna oficina nueva\n"


@dataclass(frozen=True, kw_only=True)
class World:
    """A programme with an institution, a cohort, and one person per role who reaches exactly this programme."""

    people: Mapping[Role, Person]
    """The trainee is enrolled, holds a certificate and has an attempt and a run of a simulation open."""
    programme: Programme
    institution: Institution
    release: Release
    cohort: Cohort
    enrolment: Enrolment
    places: Places


def make_world(slug: str) -> World:
    """Build a programme with everything in it; the slug names its course and must differ between worlds."""
    release = make_release(slug=slug, title=f"Curso {slug}", has_simulation=True, files=FILES)
    cohort = make_cohort(release=release)
    programme, institution = db.session.get_one(Programme, cohort.programme_id), make_institution()
    membership = _make_membership(programme, institution)
    set_signatories(programme, [("Firma de prueba", "Secretaría técnica")], actor=SYSTEM, now=now())
    people = _make_people(programme, institution)
    enrolment = make_enrolment(cohort, people[Role.TRAINEE])
    held = make_contact(key=f"mx-{slug}-firmado", to_verify="El número")
    sign_contact(held, people[Role.ADMINISTRATOR])
    places = {
        "programme_id": programme.id,
        "membership_id": membership.id,
        "institution_id": institution.id,
        "release_id": release.id,
        "slug": slug,
        "cohort_id": cohort.id,
        "job_id": _make_job(),
        "contact_id": make_contact(key=f"mx-{slug}").id,
        "key": make_route(release).key,
        **_course_places(release),
        **_picture_places(release),
        **_draft_places(release, people),
        **_own_places(enrolment, people[Role.TRAINEE], people[Role.ADMINISTRATOR]),
        **_grading_places(enrolment, people[Role.TRAINER]),
        **_cohort_places(cohort, enrolment, people[Role.FOCAL_POINT]),
        **_role_places(people[Role.FOCAL_POINT], programme),
        **_institution_places(programme, institution),
        **_file_places(people[Role.ADMINISTRATOR], programme),
    }
    return World(
        people=people,
        programme=programme,
        institution=institution,
        release=release,
        cohort=cohort,
        enrolment=enrolment,
        places={name: str(value) for name, value in places.items()},
    )


def _make_membership(programme: Programme, institution: Institution) -> Membership:
    kind, day = MembershipKind.MEMBER, programme.starts_on
    return add_member(programme, institution, kind=kind, starts_on=day, actor=SYSTEM, now=now())


def _make_people(programme: Programme, institution: Institution) -> dict[Role, Person]:
    people = {
        Role.TRAINEE: make_member(institution),
        Role.FOCAL_POINT: make_focal_point(institution),
    }
    for role in (Role.TRAINER, Role.REVIEWER, Role.ADMINISTRATOR):
        people[role] = make_member(institution)
        give_role(people[role], role, ScopeKind.PROGRAMME, programme.id)
    return people


def _course_places(release: Release) -> dict[str, object]:
    module = list_outline(release.id)[0]
    lesson, quiz = module.units
    question_id = f"{module.slug}-repaso"
    return {
        "module_slug": module.slug,
        "unit_slug": lesson.slug,
        "unit_id": lesson.id,
        "quiz_id": quiz.id,
        **_case_places(release),
        "question_id": question_id,
        "course_id": release.course_id,
        "asked_id": f"{module.slug}-uno",
    }


def _case_places(release: Release) -> dict[str, object]:
    module = list_outline(release.id)[-1]
    case = next(unit for unit in module.units if unit.kind is UnitKind.SIMULATION)
    return {"simulation_module": module.slug, "simulation_slug": case.slug, "simulation_id": case.id}


def _picture_places(release: Release) -> dict[str, object]:
    digest = current_storage().put(f"<svg xmlns='http://www.w3.org/2000/svg' id='{release.id}'/>".encode())
    db.session.add(
        ReleaseAsset(release_id=release.id, sha256=digest, name="ruta.svg", media_type="image/svg+xml")
    )
    return {"sha256": digest, "name": "ruta.svg"}


def _make_booklets(draft: Draft, release: Release) -> None:
    """Keep a booklet of the draft and one of the release, as the job would have drawn them."""
    for carried in (carry_draft(draft), carry_release(get_course(release.course_id), release)):
        order_booklet(carried, now=now())
        keep_booklet(carried.stamp, b"%PDF-1.7")


def _draft_places(release: Release, people: Mapping[Role, Person]) -> dict[str, object]:
    """Open a draft of the course, under review, with a picture and a page that waits for a signature."""
    draft = open_draft_of(release, people[Role.TRAINER], people[Role.ADMINISTRATOR])
    for role in (Role.REVIEWER, Role.ADMINISTRATOR):
        authoring.invite(draft, people[role], Part.REVIEWER, actor=SYSTEM, now=now())
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' id='{draft.id}'/>".encode()
    path = authoring.add_picture(draft, "croquis.svg", picture, actor=SYSTEM, now=now())
    waiting = course_files()[LESSON].replace(b"minutos: 1\n", b"minutos: 1\nverificar: la norma\n")
    authoring.write_files(draft, {LESSON: waiting}, actor=SYSTEM, now=now())
    review = ask_review(draft)
    revision = drafts.find_last_revision(draft.id, LESSON)
    _make_booklets(draft, release)
    return {
        "draft_id": draft.id,
        "questions_token": hold_file(
            draft, "¿Se exige cruzar una frontera? {F}".encode(), name="p.txt", now=now()
        ),
        "review_id": review.id,
        "revision_id": revision.id if revision else "",
        "place_id": drafts.list_people(draft.id)[0][0].id,
        "path": LESSON,
        "kind": "page",
        "item": LESSON,
        "draft_sha256": drafts.files_of(draft.id)[path],
        "draft_picture": path.rpartition("/")[2],
    }


def _own_places(enrolment: Enrolment, person: Person, administrator: Person) -> dict[str, object]:
    attempt = make_attempt(enrolment)
    make_seen_pattern(enrolment, attempt)
    run = make_run(enrolment, "a")
    plan, wanted = (
        make_sent_plan(enrolment),
        next(each for each in quizzes_of(enrolment) if each.quiz.is_plan),
    )
    completion = make_completion(enrolment)
    make_badge_key()
    certificate = issue_to(enrolment)
    open_session(person, stay=False, device="", now=now())
    change_address(person.id, actor=SYSTEM, now=now())
    refuse_notices(person, actor=SYSTEM, now=now())
    return {
        "person_id": person.id,
        "enrolment_id": enrolment.id,
        "attempt_id": attempt.id,
        "run_id": run.id,
        "plan_id": plan.id,
        "plan_unit": wanted.id,
        "plan_link": sign_plan(plan),
        "survey_link": make_survey_link(completion),
        "certificate_id": certificate.id,
        **certificate_places(certificate, administrator),
        "code": certificate.code,
        "calendar_token": sign_feed(person.id),
        "stop_token": sign_stop(person.id),
        "session_id": list_sessions(person.id, now())[0].id,
        "invitation": sign_link(person, INVITATION),
        "reset": sign_link(person, RESET),
    }


def _grading_places(enrolment: Enrolment, trainer: Person) -> dict[str, object]:
    answer = make_waiting_answer(enrolment)
    make_graded_history(answer)
    longer = Allowance(percent=150, minutes=0)
    give_extra_time(enrolment, longer, "Usa lector de pantalla.", actor=SYSTEM, now=now())
    essay = db.session.get_one(Attempt, answer.attempt_id).unit_id
    file = make_handed_in_file(enrolment)
    return {
        "answer_id": answer.id,
        "essay_unit": essay,
        "phrase_id": make_phrase(trainer).id,
        "file_answer_id": file.id,
        "file_attempt_id": file.attempt_id,
    }


def _meeting_places(cohort: Cohort, enrolment: Enrolment) -> dict[str, object]:
    meeting = create_meeting(
        cohort,
        series_id=new_id(),
        actor=SYSTEM,
        now=now(),
        title="Sesión de prueba",
        starts_at=now(),
        ends_at=now() + timedelta(hours=2),
        venue="Sala de prueba",
        facilitator="",
        opens_minutes_before=30,
        late_after_minutes=15,
        is_mandatory=False,
    )
    mark(meeting, enrolment, mark=Mark.PRESENT, method=Method.ROLL_CALL, actor=SYSTEM, now=now())
    missed = make_meeting(cohort)
    plea = Plea(grounds=Grounds.SERVICE, text="Turno de guardia.", paper=PDF)
    excuse = ask_excuse(missed, enrolment, plea, actor=SYSTEM, now=now())
    close_hours(enrolment.id, actor=SYSTEM, now=now())
    return {
        "meeting_id": meeting.id,
        "meeting_code": code_at(meeting.secret, meeting.id, now()),
        "excuse_id": excuse.id,
        "notice_id": make_notice(enrolment).id,
        "letter_id": make_letter(enrolment),
        "missed_id": missed.id,
        "kiosk_id": make_kiosk(missed).id,
        **room_places(cohort, missed, enrolment),
        "walk_in_id": make_walk_in(missed).id,
        "sheet_id": make_sheet(meeting).id,
        "scanned_id": make_sheet(missed, has_scan=True).id,
        **call_places(missed),
    }


def _cohort_places(cohort: Cohort, enrolment: Enrolment, focal_point: Person) -> dict[str, object]:
    return {**_meeting_places(cohort, enrolment), **_nomination_places(cohort, enrolment, focal_point)}


def _nomination_places(cohort: Cohort, enrolment: Enrolment, focal_point: Person) -> dict[str, object]:
    institution = db.session.get_one(Institution, enrolment.institution_id)
    call = make_call(cohort, {institution: 3})
    sent_by = Actor(person_id=focal_point.id)
    return {
        "call_id": call.id,
        "nominees_token": keep_upload(
            PEOPLE_FILE, name="archivo.csv", kind=f"nominees.{call.id}", actor=sent_by, now=now()
        ),
        "nomination_id": make_nomination(call, institution).id,
        "track_request_id": make_track_request(enrolment).id,
    }


def _role_places(person: Person, programme: Programme) -> dict[str, object]:
    held = db.session.scalars(select(RoleAssignment).where(RoleAssignment.person_id == person.id)).one()
    return {
        **report_places(programme, person),
        **donor_places(programme),
        "holder_id": person.id,
        "role_id": held.id,
        "role": Role.TRAINER.value,
    }


def _institution_places(programme: Programme, institution: Institution) -> dict[str, object]:
    agreement = make_parts(make_agreement(programme), institution)
    return {
        **_merging_places(institution),
        **agreement,
        **progress_places(programme, institution),
        "seat_holder_id": make_holder(programme, institution, person=make_member(institution)).id,
        **sitting_places(programme, institution),
        "target_id": make_training_target(programme, institution).id,
        "span_name": make_span(programme),
    }


def _merging_places(institution: Institution) -> dict[str, object]:
    """Make one record of two, and leave another that may be somebody's."""
    kept, gone, other = (make_member(institution) for _ in range(3))
    login = Login(address=Side.KEPT, password=Side.KEPT)
    merge = merge_people(Pair(kept, gone), login, actor=SYSTEM, now=now())
    return {"merge_id": merge.id, "other_id": other.id}


def _file_places(person: Person, programme: Programme) -> dict[str, object]:
    """Keep a file in the dry run of each import, as the administrator sent it."""
    actor, files = Actor(person_id=person.id), {"institutions": INSTITUTIONS_FILE}
    long_file = start_run(read_csv(PEOPLE_FILE), name="largo.csv", form=Form.CSV, actor=actor, now=now())
    return {
        "long_file_id": long_file.id,
        "list_id": make_enrolment_list(programme, person).id,
        **{
            f"{kind}_token": keep_upload(
                files.get(kind, PEOPLE_FILE), name="archivo.csv", kind=kind, actor=actor, now=now()
            )
            for kind in ("people", "institutions", "enrolments")
        },
    }


def _make_job() -> UUID:
    job = Job(
        id=new_id(), code="web.send-mail", payload={}, state=JobState.DEAD, created_at=now(), run_at=now()
    )
    db.session.add(job)
    db.session.flush()
    return job.id
