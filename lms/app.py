"""Composition root: names the built-in slices in order and builds the application from their declarations."""

import gc
from types import ModuleType
from typing import Any

import pluggy
from flask import Flask

import lms
from lms.accounts import plugin as accounts
from lms.assessments.analysis import plugin as analysis
from lms.assessments.attempts import plugin as attempts
from lms.assessments.bank import plugin as bank
from lms.assessments.follow_up import plugin as follow_up
from lms.assessments.gain import plugin as gain
from lms.assessments.grading import plugin as grading
from lms.assessments.plans import plugin as plans
from lms.assessments.question_types import plugin as question_types
from lms.assessments.simulations import plugin as simulations
from lms.assessments.surveys import plugin as surveys
from lms.assessments.transfers import plugin as transfers
from lms.attendance import plugin as attendance
from lms.attendance.calendars import plugin as calendars
from lms.attendance.excuses import plugin as excuses
from lms.attendance.hours import plugin as hours
from lms.attendance.kiosk import plugin as kiosk
from lms.attendance.meeting_reports import plugin as meeting_reports
from lms.attendance.notices import plugin as notices
from lms.attendance.offline import plugin as offline
from lms.attendance.paper import plugin as paper
from lms.attendance.rooms import plugin as rooms
from lms.attendance.series import plugin as series
from lms.authoring import plugin as authoring
from lms.authoring.exchange import plugin as exchange
from lms.certificates.badges import plugin as badges
from lms.certificates.holdings import plugin as holdings
from lms.certificates.issuing import plugin as issuing
from lms.certificates.library import plugin as library
from lms.certificates.verification import plugin as verification
from lms.contacts import plugin as contacts
from lms.core.actors import Permission, Role
from lms.core.auth import init_auth
from lms.core.context import KEPT_FILES, REGISTRIES, ROLE_GRANTS
from lms.core.events import EventBus
from lms.core.factory import bare_app
from lms.core.jobs.engine import init_jobs
from lms.core.plugin_manager import PluginRefused, build_manager, collect
from lms.core.policy import check_policies
from lms.core.registry import Registry
from lms.core.settings import Settings
from lms.courses import plugin as courses
from lms.courses.routes import plugin as routes
from lms.institutions.agreements import plugin as agreements
from lms.institutions.commission import plugin as commission
from lms.institutions.directory import plugin as directory
from lms.institutions.intake import plugin as intake
from lms.institutions.merging import plugin as merging
from lms.institutions.people import plugin as people
from lms.institutions.programmes import plugin as programmes
from lms.institutions.sessions import plugin as sittings
from lms.institutions.succession import plugin as succession
from lms.institutions.targets import plugin as targets
from lms.institutions.territories import plugin as territories
from lms.learning import plugin as learning
from lms.learning.nominations import plugin as nominations
from lms.learning.tracks import plugin as tracks
from lms.operations import plugin as operations
from lms.plugins import hooks
from lms.plugins.slices import Slice
from lms.reports import plugin as reports
from lms.reports.donors import plugin as donors
from lms.reports.frozen import plugin as frozen
from lms.reports.lists import plugin as lists
from lms.reports.progress import plugin as progress
from lms.reports.spans import plugin as spans
from lms.reports.tallies import plugin as tallies
from lms.web import plugin as web

BUILT_IN: tuple[ModuleType, ...] = (
    web, accounts, operations,
    territories, directory, people, intake, merging, programmes, commission, sittings, agreements, targets,
    succession,
    contacts, courses, routes,
    authoring, exchange, learning, nominations, tracks,
    question_types, attempts, simulations, analysis, bank, transfers, plans, grading, gain, follow_up, surveys,
    attendance,
    calendars, excuses, series, notices,
    rooms, kiosk, paper, hours,
    meeting_reports, offline,
    library, issuing, holdings, verification, badges, tallies, reports, donors, lists, frozen,
    progress, spans,
)  # fmt: skip
"""The slices that come with the product. They enter by the same door as a stranger's."""

REGISTRY_HOOKS = (
    "markdown_blocks", "question_types", "completion_criteria", "reports", "scope_providers",
    "home_panels", "cohort_tabs", "release_actions", "institution_panels", "institution_ties", "person_merges",
    "attendance_methods", "register_columns", "commitment_counters", "certificate_designs", "sitting_papers",
)  # fmt: skip


def create_app(settings: Settings, built_in: tuple[ModuleType, ...] = BUILT_IN) -> Flask:
    """Return the application, or raise with a sentence: a bad plugin, a taken name, an endpoint without policy."""
    app = bare_app(settings, lms)
    manager = build_manager(
        hooks, built_in, settings.plugins, safe_mode=settings.safe_mode, api_version=hooks.API_VERSION
    )
    if settings.trace_plugins:
        manager.trace.root.setwriter(print)
        manager.enable_tracing()
    slices: list[Slice] = collect(manager, "register_slice")
    app.extensions["lms_plugins"] = manager
    app.extensions["lms_slices"] = tuple(slices)
    app.extensions[REGISTRIES] = _registries(manager)
    app.extensions[ROLE_GRANTS] = _role_grants(slices)
    app.extensions[KEPT_FILES] = tuple(kept for part in slices for kept in part.kept_files)
    app.extensions["lms_events"] = EventBus(part.subscribers for part in slices)
    init_auth(app, _identify(slices))
    init_jobs(
        app,
        handlers=[part.jobs for part in slices],
        schedules=[schedule for part in slices for schedule in part.schedules],
        jobs_url=settings.jobs_url,
        data_dir=settings.data_dir,
    )
    for part in slices:
        for blueprint in part.blueprints:
            app.register_blueprint(blueprint)
    check_policies(app)
    return app


def _registries(manager: pluggy.PluginManager) -> dict[str, Registry[Any]]:
    return {kind: Registry(kind, collect(manager, f"register_{kind}")) for kind in REGISTRY_HOOKS}


def _role_grants(slices: list[Slice]) -> dict[Role, frozenset[Permission]]:
    grants: dict[Role, set[Permission]] = {role: set() for role in Role}
    for part in slices:
        for role, permissions in part.grants.items():
            grants[role] |= permissions
    return {role: frozenset(permissions) for role, permissions in grants.items()}


def _identify(slices: list[Slice]) -> Any:
    found = [part.identify for part in slices if part.identify]
    if len(found) != 1:
        message = f"Exactly one slice must say who a session belongs to; {len(found)} do."
        raise PluginRefused(message)
    return found[0]


def from_env() -> Flask:
    """Return the application that the environment's ``LMS_*`` variables describe."""
    return create_app(Settings.from_env())


def served_from_env() -> Flask:
    """Return the same for a process that serves it until it ends.

    What was made until now stays: the garbage collector passes over it from here on. It is some 400,000 objects, and
    each full collection that visits them holds up somebody's page, by 0.2 s on a busy machine.
    """
    app = from_env()
    for part in app.extensions["lms_slices"]:
        for begin in part.on_serving:
            begin(app)
    gc.collect()
    gc.freeze()
    return app
