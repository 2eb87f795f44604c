"""Events: one statement of fact per thing that happened; publishing it is the audit entry."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar
from uuid import UUID

from flask import current_app

from lms.core.actors import Actor
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.core.text import Text
from lms.core.types import Json

Subscriber = Callable[[Any], None]
BASE_FIELDS = {"at", "actor", "subject_id"}


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in the past tense. Subclasses add the values that a reader of the log needs."""

    code: ClassVar[str]
    """Stable name, ``slice.fact``."""
    sentence: ClassVar[Text]
    """What happened, for people; may name fields as ``%(field)s``."""

    at: datetime
    actor: Actor
    subject_id: UUID
    """The thing it happened to."""

    @property
    def values(self) -> Json:
        """Return the event's own fields as plain JSON values."""
        return {
            item.name: _plain(getattr(self, item.name))
            for item in fields(self)
            if item.name not in BASE_FIELDS
        }


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case tuple() | list() | set() | frozenset():
            return [_plain(item) for item in value]
        case _:
            return value


class EventBus:
    """Who wants to know of which kind of event; frozen once the application is built."""

    def __init__(self, subscribers: Iterable[Mapping[type[Event], tuple[Subscriber, ...]]] = ()) -> None:
        """Collect the subscribers of every slice, in the order of the slices."""
        self._by_kind: dict[type[Event], list[Subscriber]] = {}
        for table in subscribers:
            for kind, listeners in table.items():
                self._by_kind.setdefault(kind, []).extend(listeners)

    def listeners(self, event: Event) -> Iterable[Subscriber]:
        """Return who listens to this kind of event."""
        return self._by_kind.get(type(event), ())


def publish(event: Event) -> None:
    """State a fact: write the audit entry and tell the subscribers, all in the caller's transaction.

    Subscribers only write rows or enqueue jobs: nothing leaves the process before the commit.
    """
    db.session.add(
        AuditEntry(
            at=event.at,
            code=event.code,
            actor_id=event.actor.person_id,
            subject_id=event.subject_id,
            data=event.values,
        )
    )
    for listener in current_app.extensions["lms_events"].listeners(event):
        listener(event)
