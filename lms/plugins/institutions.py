"""What upper slices add to the page of an institution: panels such as how far its people have come."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from lms.core.actors import Actor
from lms.core.text import Text


class InstitutionPanel(ABC):
    """A section of an institution's page, between its heading and its people."""

    name: ClassVar[str]
    order: ClassVar[int] = 50
    template: ClassVar[str]
    """Draws one ``<section>`` with a heading of level 2; it sees the variables of ``context`` as ``panel``."""

    @abstractmethod
    def context(self, institution_id: UUID, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
        """Return the template's variables, in a constant number of queries; None leaves the panel out."""


class InstitutionTie(ABC):
    """What a slice keeps for an institution that does not follow by itself when it becomes part of another one."""

    name: ClassVar[str]

    @abstractmethod
    def told(self, institution_id: UUID, now: datetime) -> list[Text]:
        """Return a sentence for each thing that stays, for whoever decides about the merger."""

    def uses(
        self,
        people: Collection[UUID],  # noqa: ARG002 - whoever overrides it asks
        institutions: Collection[UUID],  # noqa: ARG002 - as above
        since: datetime,  # noqa: ARG002 - as above
    ) -> Text:
        """Return in words what was written since about these people at these institutions; empty when nothing was."""
        return ""
