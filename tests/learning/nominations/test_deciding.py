"""What the staff decides: places, the list of those who wait, released places, and two at once on the last one."""

import threading
from datetime import timedelta

from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.core.errors import DomainError
from lms.institutions.merging.rules import Login, Side
from lms.institutions.merging.service import Pair, merge_people
from lms.institutions.programmes.models import MembershipKind
from lms.institutions.programmes.queries import get_programme
from lms.learning import service as learning
from lms.learning.errors import CohortFull
from lms.learning.models import Cohort, Enrolment, EnrolmentState, Modality
from lms.learning.nominations import calls, queries, service
from lms.learning.nominations.models import Nomination, NominationCall, NominationQuota
from lms.learning.nominations.panels import UndecidedNominations
from lms.learning.nominations.privacy import NOMINATIONS
from lms.learning.nominations.rules import NominationState
from lms.learning.queries import count_enrolled
from lms.testing.factories.commission import make_seat
from lms.testing.factories.institutions import make_institution, make_member
from lms.testing.factories.learning import make_enrolment
from lms.testing.factories.nominations import make_nomination

ACCEPTED, WAITING, PROPOSED = NominationState.ACCEPTED, NominationState.WAITING, NominationState.PROPOSED


def nominate_all(unit, place, *institutions):
    """Nominate somebody of each institution, a second apart."""
    with unit():
        call = db.session.get(NominationCall, place.call)
        found = [make_nomination(call, institution) for institution in institutions]
        for number, nomination in enumerate(found):
            nomination.queued_at += timedelta(seconds=number)
        return [nomination.id for nomination in found]


def state_of(unit, nomination_id):
    with unit():
        return db.session.get(Nomination, nomination_id).state


def test_marked_nominations_are_accepted_and_the_letters_go_out(client_for, place, unit, run_jobs, mailbox):
    ids = nominate_all(unit, place, place.health, place.hospital, place.health)
    staff = client_for(place.secretary)
    for _ in range(2):
        staff.post(place.staff_url + "/accept", {"nomination": [str(each) for each in ids]})
    assert [state_of(unit, each) for each in ids] == [ACCEPTED, ACCEPTED, WAITING]
    run_jobs()
    with unit():
        assert count_enrolled(place.cohort) == 2
        invited = {
            db.session.get(Person, db.session.get(Nomination, each).person_id).email for each in ids[:2]
        }
    assert invited < {each.to for each in mailbox.sent}


def test_a_freed_place_goes_to_whoever_waits_longest_and_is_vetted(client_for, place, unit, run_jobs, at):
    first, second, waiting, unseen = nominate_all(
        unit, place, place.health, place.health, place.health, place.hospital
    )
    staff = client_for(place.secretary)
    for each in (first, second):
        staff.post(f"/learning/nominations/{each}", {"verdict": "accept", "reason": ""})
    staff.post(f"/learning/nominations/{waiting}", {"verdict": "wait", "reason": ""})
    with unit():
        nomination = db.session.get(Nomination, first)
        enrolment = db.session.scalars(
            select(Enrolment).where(Enrolment.person_id == nomination.person_id)
        ).one()
    staff.post(f"/learning/enrolments/{enrolment.id}/withdraw")
    run_jobs()
    assert state_of(unit, first) is NominationState.WITHDRAWN
    assert state_of(unit, waiting) is ACCEPTED
    assert state_of(unit, unseen) is WAITING
    client_for(place.focal_point).post(f"/nominations/{second}/withdraw")
    run_jobs()
    assert state_of(unit, unseen) is PROPOSED, "nobody has said yes yet"
    with unit():
        assert count_enrolled(place.cohort) == 1
    page = staff.get(f"/learning/nominations/{waiting}")
    assert "Se aceptó una propuesta." in page.text


def test_unused_places_are_released_to_those_who_wait(client_for, place, unit, run_jobs):
    ids = nominate_all(unit, place, place.health, place.health, place.health)
    staff = client_for(place.secretary)
    url = f"/learning/cohorts/{place.cohort}/quotas/release"
    assert "¿Liberar un lugar sin usar?" in staff.get(url).text
    for _ in range(2):
        staff.post(url)
    run_jobs()
    assert state_of(unit, ids[2]) is PROPOSED
    with unit():
        assert db.session.get(Nomination, ids[2]).from_common
        quotas = {each.institution: each.quota for each in queries.list_quotas(place.call)}
        assert quotas["Secretaría de Turismo"].free == 0
    late_comer = nominate_all(unit, place, place.tourism)[0]
    run_jobs()
    assert state_of(unit, late_comer) is WAITING


def test_a_full_cohort_accepts_nobody_until_it_grows(client_for, place, unit, run_jobs):
    with unit():
        cohort = db.session.get(Cohort, place.cohort)
        for _ in range(3):
            make_enrolment(cohort)
    (nomination,) = nominate_all(unit, place, place.health)
    staff = client_for(place.secretary)
    verdict = {"verdict": "accept", "reason": ""}
    refused = staff.post(f"/learning/nominations/{nomination}", verdict, status=422)
    assert "ya no tiene lugares" in refused.text
    assert state_of(unit, nomination) is PROPOSED
    staff.post(f"/learning/nominations/{nomination}", {"verdict": "wait", "reason": ""})
    with unit():
        cohort = db.session.get(Cohort, place.cohort)
        learning.change_cohort(
            cohort, name=cohort.name, modality=Modality.BLENDED, venue="", starts_on=cohort.starts_on,
            ends_on=cohort.ends_on, capacity=4, actor=SYSTEM, now=now(),
        )  # fmt: skip
    run_jobs()
    assert state_of(unit, nomination) is ACCEPTED


def test_a_refusal_has_its_reason_and_the_focal_point_reads_it(client_for, place, unit, run_jobs):
    (nomination,) = nominate_all(unit, place, place.health)
    staff = client_for(place.secretary)
    url = f"/learning/nominations/{nomination}"
    staff.post(url, {"verdict": "decline", "reason": " "}, status=422)
    staff.post(url, {"verdict": "decline", "reason": "Ya tomó el curso."})
    assert "Ya tomó el curso." in client_for(place.focal_point).get(place.url).text


def test_places_are_set_added_and_never_below_the_people(client_for, place, unit):
    nominate_all(unit, place, place.health, place.health)
    with unit():
        quota = queries.find_quota(place.call, place.health.id)
        other = queries.find_quota(place.call, place.tourism.id)
    staff, url = client_for(place.secretary), f"/learning/cohorts/{place.cohort}/quotas"
    staff.post(url, {f"places-{quota.id}": "1", f"places-{other.id}": "0"})
    assert "Ya hay más lugares ocupados" in staff.get(url).text
    with unit():
        assert db.session.get(NominationQuota, quota.id).places == 2
        assert queries.find_quota(place.call, place.tourism.id) is None
    assert client_for(place.neighbour).raw.get(place.url).status_code == 404


def test_the_same_places_for_all_are_for_members_and_a_guest_has_what_is_written_for_it(
    client_for, place, unit
):
    with unit():
        programme = get_programme(db.session.get_one(Cohort, place.cohort).programme_id)
        member, guest = make_institution("Secretaría de Gobierno"), make_institution("Organismo Invitado")
        make_seat(programme, member)
        make_seat(programme, guest, kind=MembershipKind.PERMANENT_GUEST)
    staff, url = client_for(place.secretary), f"/learning/cohorts/{place.cohort}/quotas"

    def places():
        with unit():
            return {row.institution: row.quota.places for row in queries.list_quotas(place.call)}

    before = places()
    staff.post(f"{url}/members", {"each": "4"})
    assert places() == before | {"Secretaría de Gobierno": 4}
    staff.post(f"{url}/add", {"institution": str(guest.id), "places": "3"})
    assert places()["Organismo Invitado"] == 3


def test_the_call_is_written_on_the_clocks_of_the_programme(client_for, place, unit):
    staff = client_for(place.secretary)
    form = {
        "opens_day": "2026-11-20", "opens_hour": "08:00", "closes_day": "2026-11-27", "closes_hour": "18:30",
        "substitutes_day": "2026-12-04", "substitutes_hour": "18:00", "instructions": "",
    }  # fmt: skip
    url = f"/learning/cohorts/{place.cohort}/call"
    staff.post(url, {**form, "closes_day": "2026-11-19"}, status=422)
    staff.post(url, form)
    with unit():
        call = db.session.get(NominationCall, place.call)
        assert call.closes_at.isoformat() == "2026-11-27T23:30:00+00:00"
    assert "18:30 (hora de Cancún)" in client_for(place.focal_point).get(place.url).text


def test_focal_points_are_told_once_when_the_call_opens(unit, place, run_jobs, mailbox):
    run_jobs()
    run_jobs()
    told = [each.to for each in mailbox.sent if "Convocatoria abierta" in each.subject]
    assert sorted(told) == sorted([place.focal_point.email, place.neighbour.email])


def race(app, *deeds):
    """Do these things at once, each in its own unit of work; return how each ended."""
    barrier, ends = threading.Barrier(len(deeds)), {}

    def run(number, deed):
        with app.app_context():
            barrier.wait(timeout=10)
            try:
                with unit_of_work():
                    ends[number] = deed()
            except DomainError as refusal:
                ends[number] = type(refusal)

    threads = [threading.Thread(target=run, args=item) for item in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return [ends[number] for number in range(len(deeds))]


def test_two_at_once_on_the_last_place_of_a_quota_one_gets_it(app, unit, place):
    with unit():
        people = [make_member(place.tourism).id for _ in range(2)]

    def ask(person_id):
        found = queries.get_call(place.call)
        person = db.session.get(Person, person_id)
        return service.nominate(found, person, actor=SYSTEM, now=now()).state

    ends = race(app, *(lambda each=each: ask(each) for each in people))
    assert sorted(ends) == sorted([PROPOSED, WAITING])


def test_two_at_once_on_the_last_place_of_a_cohort_one_gets_it(app, unit, place):
    with unit():
        cohort = db.session.get(Cohort, place.cohort)
        for _ in range(2):
            make_enrolment(cohort)
        lone = make_institution("Sola")
        calls.set_quota(db.session.get(NominationCall, place.call), lone, 1, actor=SYSTEM, now=now())
    ids = nominate_all(unit, place, place.health, lone)

    def accept(nomination_id):
        service.accept(db.session.get(Nomination, nomination_id), actor=SYSTEM, now=now())
        return ACCEPTED

    ends = race(app, *(lambda each=each: accept(each) for each in ids))
    assert sorted(ends, key=str) == sorted([ACCEPTED, CohortFull], key=str)
    with unit():
        active = select(func.count()).where(Enrolment.state == EnrolmentState.ACTIVE)
        assert db.session.scalar(active) == 3


def test_after_the_course_nobody_moves_up(unit, place, run_jobs, at):
    ids = nominate_all(unit, place, place.tourism, place.tourism)
    with at(now() + timedelta(days=200)):
        with unit():
            service.withdraw(db.session.get(Nomination, ids[0]), is_staff=True, actor=SYSTEM, now=now())
        run_jobs()
    assert state_of(unit, ids[1]) is WAITING


def test_the_staff_is_told_above_their_cohorts_what_waits(client_for, place, unit, contribute, count_queries):
    contribute("home_panels", UndecidedNominations())
    nominate_all(unit, place, place.health, place.tourism)
    staff = client_for(place.secretary)
    assert "2 propuestas" in staff.get("/learning/cohorts/").text
    assert "Propuestas por decidir" not in client_for(place.focal_point).get("/learning/cohorts/").text
    with count_queries() as few:
        staff.get(place.staff_url)
    nominate_all(unit, place, *[place.health] * 9)
    with count_queries() as many:
        staff.get(place.staff_url)
    assert len(few) == len(many) == 11


def test_two_records_of_one_person_keep_one_nomination(unit, place):
    with unit():
        call = db.session.get(NominationCall, place.call)
        kept, gone = make_member(place.health), make_member(place.health)
        first, second = make_nomination(call, place.health, kept), make_nomination(call, place.health, gone)
        merge_people(Pair(kept, gone), Login(address=Side.KEPT, password=Side.KEPT), actor=SYSTEM, now=now())
    assert [state_of(unit, each.id) for each in (first, second)] == [PROPOSED, NominationState.WITHDRAWN]


def test_a_place_that_a_merge_frees_goes_to_whoever_waits(client_for, place, unit, run_jobs):
    first, second, waiting = nominate_all(unit, place, place.health, place.health, place.health)
    staff = client_for(place.secretary)
    for each in (first, second):
        staff.post(f"/learning/nominations/{each}", {"verdict": "accept", "reason": ""})
    staff.post(f"/learning/nominations/{waiting}", {"verdict": "wait", "reason": ""})
    run_jobs()
    assert state_of(unit, waiting) is WAITING
    with unit():
        kept, gone = (
            db.session.get_one(Person, db.session.get_one(Nomination, each).person_id)
            for each in (first, second)
        )
        merge_people(Pair(kept, gone), Login(address=Side.KEPT, password=Side.KEPT), actor=SYSTEM, now=now())
    run_jobs()
    assert state_of(unit, waiting) is ACCEPTED
    with unit():
        assert count_enrolled(place.cohort) == 2


def test_erasing_a_person_forgets_the_words_and_keeps_the_count(unit, place):
    (nomination,) = nominate_all(unit, place, place.health)
    with unit():
        row = db.session.get(Nomination, nomination)
        service.decline(row, "Ya tomó el curso.", actor=SYSTEM, now=now())
        assert NOMINATIONS.export(row.person_id)[0]["reason"] == "Ya tomó el curso."
        NOMINATIONS.erase(row.person_id)
    with unit():
        row = db.session.get(Nomination, nomination)
        assert (row.reason, row.state) == ("", NominationState.DECLINED)
