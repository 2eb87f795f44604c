"""The slice declaration: what a feature adds to the application."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import click
from flask import Blueprint, Flask

from lms.core.actors import Permission, Role
from lms.core.auth import Identify
from lms.core.events import Event, Subscriber
from lms.core.jobs.orders import Handlers, Schedule
from lms.core.privacy import PersonalData
from lms.core.storage import KeptFiles
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """A destination in the header of one audience; at most four per audience are shown there."""

    label: Text
    endpoint: str
    icon: str
    permission: Permission | None
    """Who may go there; None for a public page."""
    audience: Role | None
    """Whose header it stands in; None for the header of strangers."""
    needs_everything: bool = False
    """Shown only where the permission reaches the whole installation, not one programme or institution."""
    order: int = 50
    on_phone_bar: bool = False
    """Shown in the bar at the bottom of a phone; for trainees only."""
    phone_label: Text | None = None
    """What the bar calls it; null takes the label."""
    menu_label: Text | None = None
    """What the account menu calls it, beside a header with the same word; null takes the label."""


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Everything a feature adds. All fields but the name are optional."""

    name: str
    blueprints: tuple[Blueprint, ...] = ()
    permissions: type[Permission] | None = None
    grants: Mapping[Role, frozenset[Permission]] = field(default_factory=dict)
    """Which of the slice's permissions each role carries."""
    nav: tuple[NavItem, ...] = ()
    commands: tuple[click.Command, ...] = ()
    events: tuple[type[Event], ...] = ()
    """Every event the slice publishes: they are documented and have a sentence."""
    subscribers: Mapping[type[Event], tuple[Subscriber, ...]] = field(default_factory=dict)
    jobs: Handlers = field(default_factory=dict)
    schedules: tuple[Schedule, ...] = ()
    personal_data: tuple[PersonalData, ...] = ()
    kept_files: tuple[KeptFiles, ...] = ()
    """How its rows name what it keeps in the storage: a file that no slice names is erased after a day."""
    on_serving: tuple[Callable[[Flask], None], ...] = ()
    """Called once in each process that serves pages, when its application is whole: not for commands, jobs or tests."""
    identify: Identify | None = None
    """Answers who a session key belongs to; exactly one slice has it."""
