"""Every address × every role × every distance: who gets in with their own things, and nobody with a neighbour's.

A new endpoint fails here until it has a line in ``WHO``; a new parameter, until a world has a value for it.
"""

import re
from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from werkzeug.routing import Rule

from lms.core.actors import Role, ScopeKind
from lms.core.policy import policy_of
from lms.testing.client import ReviewingClient
from lms.testing.factories.accounts import give_role, make_administrator
from lms.testing.factories.certificates import issue_to, make_completion
from lms.testing.factories.institutions import make_focal_point, make_institution, make_member
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.world import Places, make_world

EVERYBODY, SIGNED_IN = "everybody", "signed-in"
WHO = {
    # Who may open the address with the things of their own programme. Roles apart by a space.
    "accounts.accept_invitation": EVERYBODY,
    "accounts.account": SIGNED_IN,
    "accounts.ask_reset": EVERYBODY,
    "accounts.change_preferences": SIGNED_IN,
    "accounts.reset_password": EVERYBODY,
    "accounts.revoke_other_sessions": SIGNED_IN,
    "accounts.revoke_session": "trainee",
    "accounts.sign_in": EVERYBODY,
    "accounts.sign_out": SIGNED_IN,
    "analysis.cohort_page": "trainer reviewer administrator",
    "analysis.quiz_csv": "trainer reviewer administrator",
    "analysis.quiz_page": "trainer reviewer administrator",
    "attempt_files.download": "trainee",
    "attempt_files.hand_over": "trainee",
    "attempts.answer": "trainee",
    "attempts.open_quiz": "trainee",
    "attempts.question": "trainee",
    "attempts.result": "trainee",
    "attempts.review": "trainee",
    "attempts.save_answer": "trainee",
    "attempts.sheet": "trainee",
    "attempts.start": "trainee",
    "attempts.submit": "trainee",
    "attendance.cancel_meeting": "trainer administrator",
    "attendance.edit_meeting": "trainer administrator",
    "attendance.enter": "trainee",
    "attendance.entry": "trainee",
    "attendance.evidence_of": "trainer focal-point reviewer administrator",
    "attendance.leave": "trainee",
    "attendance.meetings": "trainer focal-point reviewer administrator",
    "attendance.my_meetings": SIGNED_IN,
    "attendance.new_meeting": "trainer administrator",
    "attendance.oddities": "trainer administrator",
    "attendance.programme_states": "administrator",
    "attendance.projection": "trainer administrator",
    "attendance.projection_arrivals": "trainer administrator",
    "attendance.register": "trainer focal-point reviewer administrator",
    "attendance.register_csv": "trainer focal-point reviewer administrator",
    "attendance.register_xlsx": "trainer focal-point reviewer administrator",
    "attendance.review_oddity": "trainer administrator",
    "attendance.roll_call": "trainer administrator",
    "attendance.save_roll": "trainer administrator",
    "attendance.scan": EVERYBODY,
    "attendance.states_index": "administrator",
    "attendance.staff_meetings": "trainer focal-point reviewer administrator",
    "attendance.type_code": SIGNED_IN,
    "authoring.answer_check": "trainer reviewer administrator",
    "authoring.approve": "reviewer administrator",
    "authoring.ask_review": "trainer administrator",
    "authoring.asset": "trainer reviewer administrator",
    "authoring.catch_up": "trainer administrator",
    "authoring.check_file": "trainer reviewer administrator",
    "authoring.code_page": "trainer reviewer administrator",
    "authoring.codes": "trainer reviewer administrator",
    "authoring.comment": "trainer reviewer administrator",
    "authoring.delete_file": "trainer administrator",
    "authoring.discard_draft": "trainer administrator",
    "authoring.draft_page": "trainer reviewer administrator",
    "authoring.file_history": "trainer reviewer administrator",
    "authoring.file_page": "trainer reviewer administrator",
    "authoring.index": "trainer reviewer administrator",
    "authoring.move_file": "trainer administrator",
    "authoring.new_draft": "trainer administrator",
    "authoring.new_file": "trainer administrator",
    "authoring.open_release": "trainer administrator",
    "authoring.people": "trainer administrator",
    "authoring.raw_file": "trainer reviewer administrator",
    "authoring.release_draft": "administrator",
    "authoring.remove_person": "trainer administrator",
    "authoring.replace_in_files": "trainer administrator",
    "authoring.restore_revision": "trainer administrator",
    "authoring.review_page": "trainer reviewer administrator",
    "authoring.revision": "trainer reviewer administrator",
    "authoring.save_file": "trainer administrator",
    "authoring.search_files": "trainer reviewer administrator",
    "authoring.send_back": "reviewer administrator",
    "authoring.sign": "reviewer administrator",
    "authoring.signatures": "trainer reviewer administrator",
    "authoring.upload": "trainer administrator",
    "authoring.withdraw_review": "trainer administrator",
    "bank.index": "trainer reviewer administrator",
    "bank.index_file": "trainer reviewer administrator",
    "bank.question_page": "trainer reviewer administrator",
    "calls.accept_many": "trainer administrator",
    "calls.add_members": "trainer administrator",
    "calls.add_quota": "trainer administrator",
    "calls.cohort_page": "trainer reviewer administrator",
    "calls.decide": "trainer administrator",
    "calls.edit_call": "trainer administrator",
    "calls.nomination_page": "trainer reviewer administrator",
    "calls.quotas": "trainer administrator",
    "calls.release": "trainer administrator",
    "calls.save_quotas": "trainer administrator",
    "calls.table_file": "trainer reviewer administrator",
    "certificates.archive": "trainer focal-point reviewer administrator",
    "certificates.certificate": "trainee trainer focal-point reviewer administrator",
    "certificates.download": "trainee trainer focal-point reviewer administrator",
    "certificates.issue": "trainer administrator",
    "certificates.mine": SIGNED_IN,
    "certificates.register": "trainer focal-point reviewer administrator",
    "certificates.revoke": "administrator",
    "certificates.why_not_yet": "trainee trainer focal-point reviewer administrator",
    "cohort_quizzes.cohort_page": "trainer focal-point reviewer administrator",
    "cohort_quizzes.give_extra": "trainer administrator",
    "cohort_quizzes.give_time": "trainer administrator",
    "cohort_gain.cohort_csv": "trainer focal-point reviewer administrator",
    "cohort_gain.cohort_page": "trainer focal-point reviewer administrator",
    "cohort_simulations.cohort_page": "trainer focal-point reviewer administrator",
    "cohort_surveys.cohort_file": "trainer focal-point reviewer administrator",
    "cohort_surveys.cohort_page": "trainer focal-point reviewer administrator",
    "cohorts.cohort_page": "trainer focal-point reviewer administrator",
    "cohorts.edit_cohort": "trainer administrator",
    "cohorts.index": "trainer focal-point reviewer administrator",
    "cohorts.index_file": "trainer focal-point reviewer administrator",
    "cohorts.new_cohort": "trainer administrator",
    "cohorts.roster_file": "trainer focal-point reviewer administrator",
    "contacts.case_now": EVERYBODY,
    "contacts.contact_page": "reviewer administrator",
    "contacts.edit_contact": "administrator",
    "contacts.index": EVERYBODY,
    "contacts.manage": "reviewer administrator",
    "contacts.manage_csv": "reviewer administrator",
    "contacts.new_contact": "administrator",
    "contacts.restore_contact": "administrator",
    "contacts.retire_contact": "administrator",
    "contacts.sign_contact": "reviewer administrator",
    "contacts.verify_contact": "reviewer administrator",
    "courses.answer_check": SIGNED_IN,
    "courses.asset": EVERYBODY,
    "courses.catalogue": EVERYBODY,
    "courses.course": EVERYBODY,
    "courses.landing": EVERYBODY,
    "courses.preview": "trainer administrator",
    "courses.reinstate_release": "administrator",
    "courses.release": "trainer administrator",
    "courses.releases": "trainer administrator",
    "courses.tabletop": "trainer administrator",
    "courses.withdraw_release": "administrator",
    "directory.close_institution": "administrator",
    "directory.edit_institution": "administrator",
    "directory.index": "focal-point reviewer administrator",
    "directory.institution_page": "focal-point reviewer administrator",
    "directory.new_institution": "administrator",
    "directory.reopen_institution": "administrator",
    "enrolments.change_track": "trainer administrator",
    "enrolments.confirm": "administrator",
    "enrolments.dry_run": "administrator",
    "enrolments.enrol": "trainer administrator",
    "enrolments.enrolment_page": "trainer focal-point reviewer administrator",
    "enrolments.error_file": "administrator",
    "enrolments.search": "trainer administrator",
    "enrolments.upload": "trainer administrator",
    "enrolments.withdraw": "trainer administrator",
    # A file in its dry run is reached by whoever sent it: in a world, the administrator.
    "exchange.bring": "trainer administrator",
    "exchange.draft_booklet": "trainer reviewer administrator",
    "exchange.draft_file": "trainer reviewer administrator",
    "exchange.draft_forms": "trainer reviewer administrator",
    "exchange.draft_with_keys": "trainer administrator",
    "exchange.order_draft_booklet": "trainer reviewer administrator",
    "exchange.order_release_booklet": "trainer administrator",
    "exchange.release_booklet": "trainer administrator",
    "exchange.release_file": "trainer administrator",
    "exchange.release_forms": "trainer administrator",
    "exchange.release_with_keys": "trainer administrator",
    "exchange.replace": "trainer administrator",
    "graded_files.download": "trainer administrator",
    "grading.cohort_page": "trainer administrator",
    "grading.forget_phrase": "trainer administrator",
    "grading.grade": "trainer administrator",
    "grading.index": "trainer administrator",
    "grading_files.cohort_file": "trainer administrator",
    "grading_files.index_file": "trainer administrator",
    "grading.paper": "trainer administrator",
    "grading.second_markers": "trainer administrator",
    "intake.errors_institutions": "administrator",
    "intake.errors_people": "administrator",
    "intake.model_institutions": "administrator",
    "intake.model_people": "focal-point administrator",
    "intake.review_institutions": "administrator",
    "intake.review_people": "administrator",
    "intake.upload_institutions": "administrator",
    "intake.upload_people": "focal-point administrator",
    "long_files.confirm": "administrator",
    "long_files.left_out": "administrator",
    "long_files.page": "administrator",
    "long_files.resume": "administrator",
    "follow_up.answer": EVERYBODY,
    "follow_up.answer_page": EVERYBODY,
    "follow_up.stop": EVERYBODY,
    "follow_up.stop_page": EVERYBODY,
    "follow_up_staff.index": "focal-point reviewer administrator",
    "follow_up_staff.set_follow_up": "administrator",
    "follow_up_staff.table_csv": "focal-point reviewer administrator",
    "gain.index": "focal-point reviewer administrator",
    "gain.table_csv": "focal-point reviewer administrator",
    "learning.course": "trainee",
    "learning.finish": "trainee",
    "learning.glossary": "trainee",
    "learning.home": SIGNED_IN,
    "learning.lesson": "trainee",
    "learning.see": "trainee",
    "nominations.ask_exception": "focal-point",
    "nominations.call_page": "focal-point",
    "nominations.choose_successor": "focal-point",
    "nominations.index": "focal-point",
    "nominations.new_person": "focal-point",
    "nominations.nominate": "focal-point",
    "nominations.people": "focal-point",
    "nominations.replace": "focal-point",
    "nominations.table_file": "focal-point",
    "nominations.withdraw": "focal-point",
    "merging.choose_other": "administrator",
    "merging.duplicates": "administrator",
    "merging.merge": "administrator",
    "merging.merge_page": "administrator",
    "merging.merges": "administrator",
    "merging.tell_apart": "administrator",
    "merging.undo": "administrator",
    "operations.audit": "administrator",
    "operations.job_list": "administrator",
    "operations.retry_job": "administrator",
    "moves.confirm_move": "trainer administrator",
    "moves.move": "trainer administrator",
    "people.change_work": "focal-point administrator",
    "people.edit_person": "focal-point administrator",
    "people.end_work": "focal-point administrator",
    "people.index": "focal-point administrator",
    "people.invite": "focal-point administrator",
    "people.new_person": "focal-point administrator",
    "people.person_page": "focal-point administrator",
    "plans.own_plan": "trainee",
    "plans.send": "trainee",
    "plans.send_again": "trainee",
    "plans.write": "trainee",
    "plans_staff.decide": "focal-point",
    "plans_staff.index": "trainer focal-point administrator",
    "plans_staff.index_file": "trainer focal-point administrator",
    "plans_staff.plan_page": "trainer focal-point administrator",
    "plans_superior.decide": EVERYBODY,
    "plans_superior.read": EVERYBODY,
    "programmes.add_member": "administrator",
    "programmes.edit_programme": "administrator",
    "programmes.end_membership": "administrator",
    "programmes.index": "focal-point reviewer administrator",
    "programmes.new_programme": "administrator",
    "programmes.programme_page": "focal-point reviewer administrator",
    "programmes.set_signatories": "administrator",
    "programmes.set_target": "administrator",
    "questions.bring": "trainer administrator",
    "questions.draft_file": "trainer reviewer administrator",
    "questions.leave_draft": "trainer reviewer administrator",
    "questions.leave_release": "trainer administrator",
    "questions.preview": "trainer administrator",
    "questions.release_file": "trainer administrator",
    "questions.take": "trainer administrator",
    "regrades.index": "administrator",
    "regrades.order": "administrator",
    "reports.completion": "focal-point reviewer administrator",
    "reports.completion_csv": "focal-point reviewer administrator",
    "reports.completion_xlsx": "focal-point reviewer administrator",
    "roles.choose_role": "administrator",
    "roles.give_role": "administrator",
    "roles.take_role": "administrator",
    "routes.card": SIGNED_IN,
    "routes.course_routes": SIGNED_IN,
    "routes.index": SIGNED_IN,
    "routes.route_page": SIGNED_IN,
    "simulations.debrief": "trainee",
    "simulations.decide": "trainee",
    "simulations.open_simulation": "trainee",
    "simulations.play": "trainee",
    "simulations.restart": "trainee",
    "simulations.start": "trainee",
    "static": EVERYBODY,
    "tracks.answer": "trainer administrator",
    "tracks.ask": "trainee focal-point",
    "tracks.index": "trainer administrator",
    "tracks.request_page": "trainer administrator",
    "tracks.track_page": "trainee focal-point",
    "verification.record_file": EVERYBODY,
    "verification.search": EVERYBODY,
    "verification.show": EVERYBODY,
    "web.accessibility": EVERYBODY,
    "web.choose_appearance": EVERYBODY,
    "web.choose_language": EVERYBODY,
    "web.health": EVERYBODY,
    "web.help_page": EVERYBODY,
    "web.privacy": EVERYBODY,
}
VALUE_OF = {
    # Which value of a world a parameter takes where its name alone does not say.
    "accounts.accept_invitation": {"token": "invitation"},
    "accounts.reset_password": {"token": "reset"},
    **{f"analysis.{name}": {"unit_id": "quiz_id"} for name in ("quiz_csv", "quiz_page")},
    **{f"attempt_files.{name}": {"attempt_id": "file_attempt_id"} for name in ("download", "hand_over")},
    "attempts.open_quiz": {"unit_id": "quiz_id"},
    "attempts.start": {"unit_id": "quiz_id"},
    "bank.question_page": {"question_id": "asked_id"},
    "calendars.change": SIGNED_IN,
    "calendars.feed": EVERYBODY,
    "calendars.meeting": "trainee",
    "calendars.own": SIGNED_IN,
    "excuses.ask": "trainee",
    "excuses.own": "trainee",
    "excuses.own_paper": "trainee",
    "excuses.withdraw": "trainee",
    "excuses_staff.decide": "trainer administrator",
    "excuses_staff.excuse_page": "trainer administrator",
    "excuses_staff.index": "trainer administrator",
    "excuses_staff.paper": "trainer administrator",
    "cohort_quizzes.give_extra": {"unit_id": "quiz_id"},
    "courses.tabletop": {"module_slug": "simulation_module", "unit_slug": "simulation_slug"},
    "attendance.enter": {"code": "meeting_code"},
    "attendance.leave": {"code": "meeting_code"},
    "attendance.scan": {"code": "meeting_code"},
    "authoring.asset": {"sha256": "draft_sha256", "name": "draft_picture"},
    "enrolments.confirm": {"token": "enrolments_token"},
    "enrolments.dry_run": {"token": "enrolments_token"},
    "enrolments.error_file": {"token": "enrolments_token"},
    "graded_files.download": {"answer_id": "file_answer_id"},
    "grading.second_markers": {"unit_id": "essay_unit"},
    **{
        f"long_files.{name}": {"run_id": "long_file_id"} for name in ("confirm", "left_out", "page", "resume")
    },
    "intake.errors_institutions": {"token": "institutions_token"},
    "intake.errors_people": {"token": "people_token"},
    "intake.review_institutions": {"token": "institutions_token"},
    "intake.review_people": {"token": "people_token"},
    **{
        f"follow_up.{name}": {"token": "survey_link"}
        for name in ("answer", "answer_page", "stop", "stop_page")
    },
    **{f"plans.{name}": {"unit_id": "plan_unit"} for name in ("own_plan", "send", "send_again", "write")},
    **{f"plans_superior.{name}": {"token": "plan_link"} for name in ("decide", "read")},
    **{f"questions.{name}": {"token": "questions_token"} for name in ("preview", "take")},
    "roles.take_role": {"person_id": "holder_id"},
    "simulations.open_simulation": {"unit_id": "simulation_id"},
    "simulations.start": {"unit_id": "simulation_id"},
}
FIXED = {"number": "1", "filename": "css/core.css", "ending": "csv", "form": "scorm", "rule": "R502"}
COMMON = {
    "authoring.code_page": "what a code of the checker means is the same for everybody who writes",
    "authoring.open_release": "courses belong to the installation, not to a programme",
    "bank.question_page": "courses belong to the installation, not to a programme",
    **{
        f"contacts.{name}": "the directory belongs to the countries where programmes work, not to one programme"
        for name in (
            "contact_page",
            "edit_contact",
            "restore_contact",
            "retire_contact",
            "sign_contact",
            "verify_contact",
        )
    },
    "courses.answer_check": "the feedback of a self-check is no secret and keeps nothing",
    "courses.preview": "courses belong to the installation, not to a programme",
    **{
        f"routes.{name}": "a referral route is for whoever may need it"
        for name in ("card", "course_routes", "route_page")
    },
    **{
        f"exchange.{name}": "courses belong to the installation, not to a programme"
        for name in (
            "order_release_booklet",
            "release_booklet",
            "release_file",
            "release_forms",
            "release_with_keys",
        )
    },
    "questions.leave_release": "courses belong to the installation, not to a programme",
    "questions.release_file": "courses belong to the installation, not to a programme",
    "regrades.index": "courses belong to the installation; the preview shows results in reach and no others",
    "regrades.order": "courses belong to the installation; it corrects results in reach and no others",
    "courses.release": "courses belong to the installation, not to a programme",
    "courses.tabletop": "courses belong to the installation, not to a programme",
}
"""Addresses whose things are the same for every programme."""
INSTALLATION_ONLY = {
    "authoring.release_draft",
    "courses.reinstate_release", "courses.withdraw_release",
    "operations.audit", "operations.job_list", "operations.retry_job", "programmes.new_programme",
}  # fmt: skip
"""What an administrator of one programme may not touch: it is about the whole installation."""
REFUSED = {403, 404}
PARAMETER = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")


@pytest.fixture
def worlds(unit):
    with unit():
        return make_world("curso-uno"), make_world("curso-dos")


def parameters(rule: Rule) -> list[str]:
    return PARAMETER.findall(rule.rule)


def fill(rule: Rule, places: Mapping[str, str]) -> str:
    wanted = VALUE_OF.get(rule.endpoint, {})
    return PARAMETER.sub(lambda found: {**places, **FIXED}[wanted.get(found[1], found[1])], rule.rule)


def requests_of(app: Flask, *, public: bool = False) -> Iterator[tuple[Rule, str]]:
    """Yield every address with each method that it answers; public ones only when asked for."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if policy_of(app.view_functions[rule.endpoint]).is_public is public:
            yield from ((rule, method) for method in sorted(rule.methods - {"HEAD", "OPTIONS"}))


def ask(client: ReviewingClient, method: str, path: str) -> int:
    data = {"csrf_token": client.csrf_token()} if method == "POST" else None
    with client.raw.open(path, method=method, data=data) as answer:
        return answer.status_code


def may(role: Role, endpoint: str) -> bool:
    return WHO[endpoint] == SIGNED_IN or role.value in WHO[endpoint].split()


def faults_of(client, app, places: Places, *, within=lambda _rule: True) -> list[str]:
    """Ask for everything that these places name; return what was not refused."""
    return [
        f"{method} {rule.rule}: {status}"
        for rule, method in requests_of(app)
        if parameters(rule) and rule.endpoint not in COMMON and within(rule)
        if (status := ask(client, method, fill(rule, places))) not in REFUSED
    ]


def test_the_table_knows_every_endpoint_and_every_parameter(app, worlds):
    own, _other = worlds
    endpoints = set(app.view_functions)
    assert sorted(endpoints - set(WHO)) == [], "say in WHO who may open it"
    assert sorted(set(WHO) - endpoints) == [], "no such endpoint any more"
    known = {*own.places, *FIXED}
    unknown = {
        f"{rule.endpoint}: {name}"
        for rule in app.url_map.iter_rules()
        for name in parameters(rule)
        if VALUE_OF.get(rule.endpoint, {}).get(name, name) not in known
    }
    assert sorted(unknown) == [], "give the world a value for it (lms/testing/factories/world.py)"


def test_the_table_says_what_the_policies_say(app):
    said = {name for name, who in WHO.items() if who == EVERYBODY}
    stated = {name for name, view in app.view_functions.items() if policy_of(view).is_public}
    assert said == stated


def test_a_stranger_is_asked_to_sign_in(app, client, worlds):
    own, _other = worlds
    faults = []
    for rule, method in requests_of(app):
        data = {"csrf_token": client.csrf_token()} if method == "POST" else None
        answer = client.raw.open(fill(rule, own.places), method=method, data=data)
        if answer.status_code != 303 or "/account/sign-in" not in answer.headers["Location"]:
            faults.append(f"{method} {rule.rule}: {answer.status_code}")
    assert faults == []


def test_a_stranger_opens_what_is_public(app, client, worlds):
    own, _other = worlds
    faults = [
        f"{method} {rule.rule}: {status}"
        for rule, method in requests_of(app, public=True)
        if (status := ask(client, method, fill(rule, own.places))) >= (400 if method == "GET" else 500)
    ]
    assert faults == []


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_opens_its_own_addresses_and_no_others(app, client_for, worlds, role):
    own, _other = worlds
    client = client_for(own.people[role])
    faults = []
    for rule, method in requests_of(app):
        is_open = may(role, rule.endpoint) and rule.endpoint not in INSTALLATION_ONLY
        if is_open and method == "POST":
            continue  # what a form does is tested where the form is
        status = ask(client, method, fill(rule, own.places))
        if (status >= 400) if is_open else (status not in REFUSED):
            faults.append(f"{method} {rule.rule}: {status}")
    assert faults == []


def test_an_administrator_of_everything_opens_both_programmes(app, client_for, unit, worlds):
    with unit():
        administrator = make_administrator()
    client = client_for(administrator)
    own_only = {name for name, who in WHO.items() if who == "trainee"} | {
        name for name in WHO if "token" in VALUE_OF.get(name, {})
    }
    faults = [
        f"{rule.rule}: {status}"
        for world in worlds
        for rule, method in requests_of(app)
        if method == "GET" and "administrator" in WHO[rule.endpoint] and rule.endpoint not in own_only
        if (status := ask(client, method, fill(rule, world.places))) >= 400
    ]
    assert faults == []


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_nobody_reaches_a_neighbour_programme(app, client_for, worlds, role):
    own, other = worlds
    assert faults_of(client_for(own.people[role]), app, other.places) == []


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_nobody_reaches_a_neighbours_thing_by_way_of_their_own(app, client_for, worlds, role):
    own, other = worlds
    client = client_for(own.people[role])
    faults = []
    for rule, method in requests_of(app):
        ids = [name for name in parameters(rule) if name.endswith("_id") and name != "question_id"]
        if len(ids) > 1 and rule.endpoint not in COMMON:
            for name in ids:
                key = VALUE_OF.get(rule.endpoint, {}).get(name, name)
                status = ask(client, method, fill(rule, {**own.places, key: other.places[key]}))
                faults += (
                    [] if status in REFUSED else [f"{method} {rule.rule} with another's {name}: {status}"]
                )
    assert faults == []


def test_a_focal_point_reaches_no_neighbour_institution(app, client_for, unit, worlds):
    own, _other = worlds
    with unit():
        institution = make_institution()
        focal_point = make_focal_point(institution)
        make_enrolment(own.cohort, make_member(institution))
    about_people = {
        "institution_id", "person_id", "holder_id", "enrolment_id", "attempt_id", "run_id", "certificate_id",
        "session_id",
    }  # fmt: skip
    client = client_for(focal_point)
    assert faults_of(client, app, own.places, within=lambda rule: about_people & set(parameters(rule))) == []
    trainee = own.people[Role.TRAINEE]
    for path in (
        f"/learning/cohorts/{own.cohort.id}",
        f"/learning/cohorts/{own.cohort.id}/roster.csv",
        f"/certificates/cohorts/{own.cohort.id}",
        "/people/",
        "/institutions/",
        "/reports/",
        "/reports/completion.csv",
    ):
        text = client.raw.get(path).get_data(as_text=True)
        assert trainee.name not in text, path
        assert own.institution.name not in text, path


def test_a_trainer_of_one_cohort_reaches_no_neighbour_cohort(app, client_for, unit, worlds):
    own, _other = worlds
    with unit():
        trainer = make_member(own.institution)
        theirs = make_cohort(programme=own.programme, release=own.release)
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, theirs.id)
    client = client_for(trainer)
    of_cohorts = {"cohort_id", "enrolment_id", "meeting_id", "attempt_id", "run_id", "certificate_id"}
    assert faults_of(client, app, own.places, within=lambda rule: of_cohorts & set(parameters(rule))) == []
    assert ask(client, "GET", f"/learning/cohorts/{theirs.id}") == 200


def test_a_trainee_reaches_nothing_of_a_fellow_in_the_same_cohort(app, client_for, unit, worlds):
    own, _other = worlds
    with unit():
        fellow = make_member(own.institution)
        enrolment = make_enrolment(own.cohort, fellow)
        make_completion(enrolment)
        issue_to(enrolment)
    client = client_for(fellow)
    of_one = {"enrolment_id", "attempt_id", "run_id", "certificate_id", "session_id", "person_id"}
    assert faults_of(client, app, own.places, within=lambda rule: of_one & set(parameters(rule))) == []


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.FOCAL_POINT, Role.ADMINISTRATOR], ids=str)
@pytest.mark.parametrize("path", ["/reports/", "/reports/completion.csv", "/reports/completion.xlsx"])
def test_a_report_of_a_neighbour_programme_is_not_found(client_for, worlds, role, path):
    own, other = worlds
    client = client_for(own.people[role])
    assert ask(client, "GET", f"{path}?programme={own.programme.id}") == 200
    assert ask(client, "GET", f"{path}?programme={other.programme.id}") == 404


def test_lists_show_nothing_of_a_neighbour_programme(app, client_for, worlds):
    own, other = worlds
    theirs = [
        other.institution.name,
        other.programme.name,
        other.people[Role.TRAINEE].name,
        other.cohort.name,
    ]
    faults = []
    for role in Role:
        client = client_for(own.people[role])
        for rule, method in requests_of(app):
            if method == "GET" and not parameters(rule) and may(role, rule.endpoint):
                with client.raw.get(rule.rule) as answer:
                    text = answer.get_data().decode(errors="ignore")
                faults += [f"{role.value} {rule.rule}: {name}" for name in theirs if name in text]
    assert faults == []
