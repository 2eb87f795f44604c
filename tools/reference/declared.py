"""What the built-in slices declare, by slice, in the order in which they enter the application."""

from collections.abc import Iterator

from flask import Flask

from lms.core.actors import Permission
from lms.core.events import Event
from lms.core.jobs.messages import EVENTS as JOB_EVENTS
from lms.core.jobs.orders import Order
from lms.core.settings import Settings
from lms.plugins.slices import Slice
from tools.reference.source import attribute_docs


def slices(app: Flask) -> tuple[Slice, ...]:
    """Return the slices of the application."""
    return tuple(app.extensions["lms_slices"])


def events(app: Flask) -> dict[str, tuple[type[Event], ...]]:
    """Return the events by the slice that publishes them, those of the core first."""
    by_slice = {part.name: part.events for part in slices(app)}
    known = {kind for kinds in by_slice.values() for kind in kinds}
    return {"core": tuple(kind for kind in JOB_EVENTS if kind not in known), **by_slice}


def order_kinds(app: Flask) -> dict[str, list[type[Order]]]:
    """Return the job orders by the slice that handles them, those of the core first."""
    by_slice = {part.name: list(part.jobs) for part in slices(app)}
    known = {kind for kinds in by_slice.values() for kind in kinds}
    core = [kind for kind in app.extensions["lms_jobs"].kinds if kind not in known]
    return {"core": core, **by_slice}


def undeclared(app: Flask) -> list[str]:
    """Return a sentence for each event and job order of the product that no slice declares."""
    named = {kind for kinds in events(app).values() for kind in kinds}
    handled = {kind for kinds in order_kinds(app).values() for kind in kinds}
    lost: list[tuple[type, str]] = [(kind, "events=") for kind in _kinds_of(Event) if kind not in named]
    lost += [(kind, "jobs=") for kind in _kinds_of(Order) if kind not in handled]
    return sorted(
        f"{kind.__module__}.{kind.__name__}: declare it in {where} of its slice" for kind, where in lost
    )


def unexplained(app: Flask) -> list[str]:
    """Return a sentence for each setting and permission that does not say what it means."""
    kinds: list[type] = [Settings, *(part.permissions for part in slices(app) if part.permissions)]
    names = {kind: set(attribute_docs(kind)) for kind in kinds}
    wanted = {kind: _attributes(kind) for kind in kinds}
    return [
        f"{kind.__module__}.{kind.__name__}.{name}: say below it what it means"
        for kind in kinds
        for name in wanted[kind]
        if name not in names[kind]
    ]


def _attributes(kind: type) -> list[str]:
    return list(kind.__members__) if issubclass(kind, Permission) else list(kind.__annotations__)


def _kinds_of(base: type) -> Iterator[type]:
    subclasses: list[type] = base.__subclasses__()
    for kind in subclasses:
        package = kind.__module__.split(".")
        if package[0] == "lms" and package[1] != "testing":
            yield kind
        yield from _kinds_of(kind)
