"""Scopes of roles: a slice says which places of one kind there are, so that roles can be given for them."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Select

from lms.core.actors import Actor, ScopeKind
from lms.core.text import Text


class ScopeProvider(ABC):
    """One kind of place for which a role may be given: its name, its places, and the institutions behind it."""

    kind: ClassVar[ScopeKind]
    label: ClassVar[Text]
    """Name of the kind in the singular, such as "Programa"."""

    @property
    def name(self) -> str:
        """Return the kind: there is one provider of each."""
        return self.kind.value

    @abstractmethod
    def options(self, actor: Actor) -> list[tuple[UUID, str]]:
        """Return the places of this kind in which the actor may give roles, with their names, in order."""

    @abstractmethod
    def name_of(self, scope_id: UUID) -> str:
        """Return how people call this place; empty when it does not exist."""

    def institution_ids(
        self,
        scope_ids: Collection[UUID],  # noqa: ARG002 - by default a place opens no institution
    ) -> Select[Any] | None:
        """Return a select of the ids of the institutions that take part in these places.

        None when a role in such a place opens no institution. The directory adds what lies below each.
        """
        return None
