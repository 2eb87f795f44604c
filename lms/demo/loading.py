"""Loads the demonstration into an empty installation, through the same services that the pages use."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from lms.accounts import service as accounts
from lms.accounts.models import Person
from lms.certificates.credentials import service as credentials
from lms.certificates.credentials.did import did_of
from lms.contacts.loading import bring_in, judge
from lms.core import clock
from lms.core.actors import SYSTEM, Actor, Assignment, Role, ScopeKind
from lms.core.context import MAILER, SETTINGS, current_settings
from lms.core.db import db, unit_of_work
from lms.core.jobs.worker import drain
from lms.core.mail import MemoryMailer
from lms.courses import service as courses
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.models import Release, Unit
from lms.demo.accounts import ACCOUNTS, PASSWORD
from lms.demo.agreements import write_agreements
from lms.demo.calls import NextEdition, open_next_edition
from lms.demo.cohorts import FINISHED, RUNNING, Plan, add_meetings, at_nine
from lms.demo.documents import write_rules
from lms.demo.follow_ups import write_follow_ups
from lms.demo.history import Pace, Span, draw_pace, write_attendance, write_progress
from lms.demo.hurrying import hurry_through
from lms.demo.network import Network, Sent, build_network
from lms.demo.places import POSTS
from lms.demo.progress import write_quarters
from lms.demo.reporting import write_reports
from lms.demo.sessions import write_sittings
from lms.demo.territories import fill_territories
from lms.demo.trying import write_trial
from lms.demo.workshop import COURSE as WORKSHOP
from lms.demo.workshop import Markers, write_workshop
from lms.institutions.directory import service as directory
from lms.institutions.programmes.models import Programme
from lms.learning import service as learning
from lms.learning.models import Cohort
from lms.learning.queries import get_enrolment

COURSE = "ruta-deteccion-canalizacion"
SEED = 20260730
"""The demonstration is the same wherever it is loaded, but for its dates, which end today."""


@dataclass
class Loading:
    """What one loading knows as it goes."""

    now: datetime
    chance: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  # invented people, no secret
    serial: int = 0
    visitors: set[str] = field(default_factory=set)


def is_loaded() -> bool:
    """Say whether anything is in the installation already."""
    return bool(db.session.scalar(select(func.count()).select_from(Person)))


def load(app: Flask) -> None:
    """Load everything: institutions, course, people, a finished and a running cohort, certificates.

    Invitations of the past are not sent again: mail goes to memory while this runs.
    """
    mailer, app.extensions[MAILER] = app.extensions[MAILER], MemoryMailer()
    # On the installation's clock, whose days begin hours after those of UTC: everything is dated from today.
    loading = Loading(now=clock.now().astimezone(app.extensions[SETTINGS].zone))
    begin = loading.now - timedelta(days=365)
    try:
        with clock.travel_to(begin):
            with app.app_context(), unit_of_work():
                network, release = _lay_ground(begin)
            drain(app)
        for plan in (FINISHED, RUNNING):
            _play(app, loading, plan, network, release)
        _play_what_followed(app, loading, network)
        _open_next(app, loading, network, release)
        _report(app, loading, network)
    finally:
        app.extensions[MAILER] = mailer


def _play_what_followed(app: Flask, loading: Loading, network: Network) -> None:
    """Play what some who completed the first cohort did later: a survey, a measure, a workshop that people grade."""
    with app.app_context(), unit_of_work():
        folder = current_settings().content_dir / "demo" / WORKSHOP
        release = courses.release(folder, actor=SYSTEM, now=loading.now - timedelta(days=90))
        graduates = db.session.scalars(select(Cohort).order_by(Cohort.starts_on).limit(1)).one()
        running = db.session.scalars(select(Cohort).where(Cohort.name == RUNNING.name)).one()
        hurry_through(running)
        write_trial(network, running, now=loading.now)
        markers = Markers(trainer=_staff(Role.TRAINER), coordinator=_staff(Role.ADMINISTRATOR))
        write_follow_ups(network.programme, graduates, loading.chance, now=loading.now)
        write_workshop(release, network.programme, graduates, markers, now=loading.now)
        write_agreements(network, now=loading.now)
        write_sittings(network, now=loading.now)
        write_quarters(network, now=loading.now)
    drain(app)


def _open_next(app: Flask, loading: Loading, network: Network, release: Release) -> None:
    """Open the call of the next edition, for which institutions nominate these days."""
    with app.app_context(), unit_of_work():
        coordinator, number = _staff(Role.ADMINISTRATOR), loading.serial + 1
        open_next_edition(NextEdition(network, release, coordinator, number), loading.now)
    drain(app)


def _report(app: Flask, loading: Loading, network: Network) -> None:
    """Tell of it all, when everything that is told has happened."""
    with app.app_context(), unit_of_work():
        write_reports(network.programme, _staff(Role.ADMINISTRATOR), now=loading.now)
    drain(app)


def _staff(role: Role) -> Actor:
    email = next(account.email for account in ACCOUNTS if account.role is role)
    return Actor(person_id=db.session.scalars(select(Person.id).where(Person.email == email)).one())


def _lay_ground(begin: datetime) -> tuple[Network, Release]:
    fill_territories(begin)
    network = build_network(begin)
    write_rules(network.programme, now=begin)
    _fill_directory(begin)
    folder = current_settings().content_dir / "courses" / COURSE
    release = courses.release(folder, actor=SYSTEM, now=begin)
    _add_staff(network, begin)
    credentials.new_key(did_of(current_settings().host), actor=SYSTEM, now=begin)
    return network, release


def _fill_directory(now: datetime) -> None:
    """Load the directory of contacts before the course that names them."""
    file = current_settings().content_dir / "reference" / "directorio.yaml"
    bring_in(judge(file.read_bytes(), today=now.date()), today=now.date(), actor=SYSTEM, now=now)


def _add_staff(network: Network, now: datetime) -> None:
    scopes = {
        Role.TRAINER: (ScopeKind.PROGRAMME, network.programme.id),
        Role.REVIEWER: (ScopeKind.PROGRAMME, network.programme.id),
        Role.FOCAL_POINT: (ScopeKind.INSTITUTION, network.bodies["Secretaría de Salud"].id),
        Role.ADMINISTRATOR: (ScopeKind.EVERYWHERE, None),
    }
    for account in ACCOUNTS:
        if account.role is None:
            continue
        person = _person(account.label, "", account.email, now)
        accounts.set_password(person, PASSWORD, now=now)
        kind, scope_id = scopes[account.role]
        accounts.give_role(person, Assignment(account.role, kind, scope_id), actor=SYSTEM, now=now)
        place = network.bodies[
            "Secretaría de Salud" if account.role is Role.FOCAL_POINT else "Secretaría de Gobierno"
        ]
        directory.affiliate(person, place, post=account.label, starts_on=now.date(), actor=SYSTEM, now=now)


def _person(given_names: str, surname: str, email: str, now: datetime) -> Person:
    return accounts.register_person(
        given_names=given_names, first_surname=surname, second_surname="", email=email, actor=SYSTEM, now=now
    )


def _play(app: Flask, loading: Loading, plan: Plan, network: Network, release: Release) -> None:
    """Play one cohort: enrolments, progress, sessions, then completions in the order of their days."""
    starts_on = loading.now.date() - timedelta(days=plan.began_days_ago)
    enrolled_at = at_nine(starts_on - timedelta(days=6), network.programme)
    with clock.travel_to(enrolled_at):
        with app.app_context(), unit_of_work():
            cohort = _cohort(plan, network.programme, release, starts_on, enrolled_at)
            last_steps = _enrol_all(loading, plan, network, cohort, enrolled_at)
        drain(app)
    _complete(app, last_steps)


def _cohort(plan: Plan, programme: Programme, release: Release, starts_on: date, now: datetime) -> Cohort:
    return learning.create_cohort(
        programme=programme,
        release=release,
        name=plan.name,
        modality=plan.modality,
        venue=plan.venue,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=plan.days),
        capacity=None,
        actor=SYSTEM,
        now=now,
    )


def _enrol_all(
    loading: Loading, plan: Plan, network: Network, cohort: Cohort, now: datetime
) -> dict[UUID, datetime]:
    """Write a cohort's people with their history; return when each enrolment did its last step."""
    meetings = add_meetings(cohort, plan, network.programme, today=loading.now)
    held = [meeting.ends_at for meeting in meetings if meeting.ends_at < loading.now]
    units = _units_of(cohort)
    start = at_nine(cohort.starts_on, network.programme)
    latest = min(start + timedelta(days=plan.days - 2), loading.now - timedelta(hours=20))
    last_steps = {}
    for sent in network.senders(plan.index):
        person, pace = _participant(loading, plan, sent, now)
        enrolment = learning.enrol(cohort, person, sector=sent.sector, actor=SYSTEM, now=now)
        end = start + (latest - start) * loading.chance.uniform(0.55, 1.0)
        span = Span(start, end, None if plan.is_over else loading.now)
        write_progress(enrolment, units, pace, span, loading.chance)
        write_attendance(enrolment, meetings, pace, loading.now, loading.chance)
        last_steps[enrolment.id] = max([span.moment(pace.share), *held[: len(meetings) - 1]])
    return last_steps


def _units_of(cohort: Cohort) -> list[Unit]:
    """Return what everybody goes through; a measure months later is on nobody's route."""
    units = db.session.scalars(
        select(Unit).where(Unit.release_id == cohort.release_id).order_by(Unit.position)
    )
    return [unit for unit in units if unit.body.get("moment") != Moment.FOLLOW_UP]


def _participant(loading: Loading, plan: Plan, sent: Sent, now: datetime) -> tuple[Person, Pace]:
    """Register one participant; the first of the visitor's place is the account that a visitor tries."""
    loading.serial += 1
    pace = draw_pace(loading.chance, sent.diligence, is_over=plan.is_over)
    is_visitor = sent.place.name == plan.visitor_place and plan.visitor not in loading.visitors
    email = plan.visitor if is_visitor else f"participante.{loading.serial:03}@example.org"
    person = _person("Participante", f"{loading.serial:03}", email, now)
    if is_visitor:
        loading.visitors.add(plan.visitor)
        pace = plan.visitor_pace
        accounts.set_password(person, PASSWORD, now=now)
    post = loading.chance.choice(POSTS[sent.sector])
    directory.affiliate(
        person, sent.place, post=post, sector=sent.sector, starts_on=now.date(), actor=SYSTEM, now=now
    )
    return person, pace


def _complete(app: Flask, last_steps: dict[UUID, datetime]) -> None:
    """Let each completion happen on its day, with its certificate, in order: folios follow the calendar."""
    for enrolment_id, moment in sorted(last_steps.items(), key=lambda item: (item[1], item[0])):
        with clock.travel_to(moment + timedelta(minutes=5)), app.app_context(), unit_of_work():
            enrolment = get_enrolment(enrolment_id)
            if enrolment.started_at:
                learning.review_completion(enrolment, actor=SYSTEM, now=clock.now())
    with clock.travel_to(max(last_steps.values()) + timedelta(hours=12)):  # every last step is 20 hours ago
        drain(app)
