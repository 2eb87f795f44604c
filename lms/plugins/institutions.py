"""What upper slices add to the page of an institution: panels such as how far its people have come."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from lms.core.actors import Actor
from lms.core.text import Text
from lms.core.types import Json


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
    """What a slice keeps for an institution that becomes part of others: what stays, and what goes on with them."""

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

    def goes_on(
        self,
        institution_id: UUID,  # noqa: ARG002 - whoever overrides it asks
        heirs: Sequence[UUID],  # noqa: ARG002 - as above
        now: datetime,  # noqa: ARG002 - as above
    ) -> list[Text]:
        """Return a sentence for each thing that ``hand_over`` would give to these institutions."""
        return []

    def hand_over(
        self,
        institution_id: UUID,  # noqa: ARG002 - as above
        heirs: Sequence[UUID],  # noqa: ARG002 - as above
        *,
        actor: Actor,  # noqa: ARG002 - as above
        now: datetime,  # noqa: ARG002 - as above
    ) -> Json:
        """Give what goes on to these, what nobody can share to the first; return what ``give_back`` needs."""
        return {}

    def give_back(self, handed: Json, *, actor: Actor, now: datetime) -> None:  # noqa: B027 - most have nothing
        """Give back what ``hand_over`` says that it gave, as far as nobody changed it since."""
