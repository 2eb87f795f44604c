"""What upper slices add to the page of an institution: panels such as how far its people have come."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from lms.core.actors import Actor


class InstitutionPanel(ABC):
    """A section of an institution's page, between its heading and its people."""

    name: ClassVar[str]
    order: ClassVar[int] = 50
    template: ClassVar[str]
    """Draws one ``<section>`` with a heading of level 2; it sees the variables of ``context`` as ``panel``."""

    @abstractmethod
    def context(self, institution_id: UUID, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
        """Return the template's variables, in a constant number of queries; None leaves the panel out."""
