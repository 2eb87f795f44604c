"""What upper slices add to the pages of learning: panels on a trainee's home, tabs on a cohort's page."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from lms.core.actors import Actor, Permission
from lms.core.text import Text


class HomePanel(ABC):
    """A section of the home page of whoever studies, such as the next session or the latest certificates."""

    name: ClassVar[str]
    order: ClassVar[int] = 50
    region: ClassVar[Literal["main", "aside", "staff"]] = "main"
    """The wide column or the narrow one, which follows on a phone; or above the cohorts of whoever runs them."""
    template: ClassVar[str]
    """Draws one ``<section>`` with a heading of level 2; it sees the page's variables and those of ``context``."""

    @abstractmethod
    def context(self, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
        """Return the template's variables, in a constant number of queries; None leaves the panel out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortTab:
    """A page about one cohort, reached from the cohort's own page."""

    name: str
    label: Text
    endpoint: str
    """Takes ``cohort_id``."""
    permission: Permission
    """Who sees the tab; the page itself decides about the cohort."""
    group: Literal["people", "assessments", "attendance", "certificates"] = "people"
    """Among which pages it stands: the cohort shows its groups, and the pages of the one that is open."""
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseAction:
    """Something that can be done with a release of a course, offered on its page."""

    name: str
    label: Text
    icon: str
    endpoint: str
    """Takes ``release_id``."""
    permission: Permission
    """Who sees it; the page itself decides about the release."""
    order: int = 50
