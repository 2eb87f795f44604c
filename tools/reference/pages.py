"""The reference pages: what people who run, extend or review the product look up."""

import dataclasses
import inspect
from collections.abc import Callable, Mapping

from flask import Flask

from lms.core.actors import Permission, Role
from lms.core.events import BASE_FIELDS, Event
from lms.core.jobs.orders import Order, Schedule
from lms.core.policy import Policy, policy_of
from lms.core.settings import PREFIX, Settings
from tools.reference import commands, declared, hooks
from tools.reference.markdown import code, codes, page, section, table
from tools.reference.source import attribute_docs, summary

INTERNAL_SETTINGS = {"testing"}


def settings(_app: Flask) -> str:
    """Return the page of environment variables."""
    meanings = attribute_docs(Settings)
    rows = [
        (code(PREFIX + item.name.upper()), _type_of(item), _default_of(item), meanings.get(item.name, ""))
        for item in dataclasses.fields(Settings)
        if item.name not in INTERNAL_SETTINGS
    ]
    introduction = (
        "The environment is read once, when a process starts; every problem is listed at once and nothing "
        "starts. A variable with this prefix that is not in the table is a problem too."
    )
    return page("Settings", introduction, table(("Variable", "Type", "Default", "Meaning"), rows))


def permissions(app: Flask) -> str:
    """Return the page of permissions with the roles that carry them."""
    parts = []
    for part in declared.slices(app):
        kind = part.permissions
        meanings = attribute_docs(kind) if kind else {}
        rows = [
            (code(each.value), meanings.get(each.name, ""), ", ".join(_roles_with(part.grants, each)))
            for each in sorted(kind or ())
        ]
        parts.append(section(part.name, table(("Permission", "What it allows", "Roles"), rows)))
    introduction = (
        "A role carries permissions and is given for a scope: everywhere, a programme, an institution with "
        "everything below it, or a cohort. Everybody who signs in is a trainee of their own records."
    )
    return page("Permissions", introduction, *parts)


def events(app: Flask) -> str:
    """Return the page of events: what the audit trail can say."""
    parts = [
        section(
            name, table(("Code", "Event", "What it says", "Values"), [_event_row(kind) for kind in kinds])
        )
        for name, kinds in declared.events(app).items()
    ]
    introduction = "Publishing an event writes the audit entry and calls the subscribers, in one transaction."
    return page("Events", introduction, *parts)


def jobs(app: Flask) -> str:
    """Return the page of job orders and schedules."""
    header = ("Code", "Order", "Label", "Values", "Attempts", "Lease", "Kept")
    parts = [
        section(name, table(header, [_order_row(kind) for kind in kinds]))
        for name, kinds in declared.order_kinds(app).items()
    ]
    schedules: tuple[Schedule, ...] = tuple(app.extensions["lms_jobs"].schedules)
    rows = sorted((code(each.order.code), _interval(each.every_seconds)) for each in schedules)
    introduction = (
        "An order is a row written in the transaction that asks for it. *Attempts*: failures after which it "
        "is dead. *Lease*: seconds without a sign of life after which another worker takes it. *Kept*: days "
        "that the finished row stays."
    )
    return page("Jobs", introduction, *parts, section("Schedules", table(("Order", "Every"), rows)))


def routes(app: Flask) -> str:
    """Return the page of addresses with who may ask for each."""
    by_blueprint: dict[str, list[tuple[str, str, str, str]]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        asks = _asks(policy_of(app.view_functions[rule.endpoint]))
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        blueprint = rule.endpoint.rpartition(".")[0] or "core"
        by_blueprint.setdefault(blueprint, []).append((methods, code(rule.rule), code(rule.endpoint), asks))
    header = ("Methods", "Path", "Endpoint", "Who may ask")
    parts = [section(name, table(header, rows)) for name, rows in sorted(by_blueprint.items())]
    introduction = "An endpoint without a policy stops the application from starting."
    return page("Routes", introduction, *parts)


def personal_data(app: Flask) -> str:
    """Return the page of personal data: what is kept about people, why and how long."""
    rows = [
        (code(each.name), codes(each.tables), str(each.purpose), str(each.retention))
        for part in declared.slices(app)
        for each in part.personal_data
    ]
    introduction = (
        "Each table that points at a person is declared by its slice, with functions that export and erase "
        "what it keeps about one person."
    )
    return page("Personal data", introduction, table(("Name", "Tables", "Purpose", "Kept"), rows))


PAGES: Mapping[str, Callable[[Flask], str]] = {
    "commands": commands.page_of,
    "events": events,
    "hooks": hooks.page_of,
    "jobs": jobs,
    "permissions": permissions,
    "personal-data": personal_data,
    "routes": routes,
    "settings": settings,
}
"""Every page by the name of its file."""


def _type_of(item: "dataclasses.Field[object]") -> str:
    names = {"tuple[str, ...]": "list", "Secret": "secret", "bool": "0 or 1", "int": "number"}
    written = item.type if isinstance(item.type, str) else inspect.formatannotation(item.type)
    short = written.rpartition(".")[2]
    return names.get(short, names.get(written, {"Path": "path", "str": "text"}.get(short, short)))


def _default_of(item: "dataclasses.Field[object]") -> str:
    value = item.default
    if value is dataclasses.MISSING or value in {"", ()}:
        return ""
    return code(int(value) if isinstance(value, bool) else value)


def _roles_with(grants: Mapping[Role, frozenset[Permission]], permission: Permission) -> list[str]:
    return [str(role) for role in Role if permission in grants.get(role, ())]


def _event_row(kind: type[Event]) -> tuple[str, str, str, str]:
    values = [item.name for item in dataclasses.fields(kind) if item.name not in BASE_FIELDS]
    return code(kind.code), f"{code(kind.__name__)}: {summary(kind)}", str(kind.sentence), codes(values)


def _order_row(kind: type[Order]) -> tuple[str, ...]:
    values = codes(item.name for item in dataclasses.fields(kind))
    name = f"{code(kind.__name__)}: {summary(kind)}"
    numbers = str(kind.max_attempts), f"{kind.lease_seconds} s", _count(kind.keep_days, "day")
    return code(kind.code), name, str(kind.label), values, *numbers


def _interval(seconds: int) -> str:
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds % size == 0:
            count = seconds // size
            return name if count == 1 else _count(count, name)
    return _count(seconds, "second")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _asks(policy: Policy | None) -> str:
    if policy is None:
        return ""
    if policy.permission:
        return code(policy.permission)
    return f"everybody: {policy.reason}" if policy.is_public else policy.reason
