"""What upper slices give the sessions of a commission: documents with a folio that follow what was agreed."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from lms.core.actors import Actor
from lms.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """A table as it was printed: cells are texts, with everything that protects people done already."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    """Sentences below it: what was counted, and what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPaper:
    """A document that can be attached."""

    key: str
    """By which its source finds it again; at most 120 characters."""
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPaper:
    """A document as it is attached."""

    title: str
    made_at: datetime
    """Instant of its figures."""
    folio: str = ""
    """Empty where the source numbers nothing: then the session gives it one."""
    table: PrintedTable | None = None
    """What is kept with the session; None for what its source keeps itself and never changes."""


class SittingPapers(ABC):
    """A kind of document that accords of a commission can carry."""

    name: ClassVar[str]
    label: ClassVar[Text]
    """Its kind, as choices begin: «Informe trimestral»."""

    @abstractmethod
    def offered(self, programme_id: UUID, now: datetime) -> Sequence[OfferedPaper]:
        """Return what there is to attach for a programme, the newest first, in a constant number of queries."""

    @abstractmethod
    def take(self, programme_id: UUID, key: str, now: datetime) -> TakenPaper | None:
        """Return one of those offered as it stands now; None for anything else."""

    def address(
        self,
        key: str,  # noqa: ARG002 - what has a page of its own says where
        actor: Actor,  # noqa: ARG002 - and to whom it opens
    ) -> str:
        """Return where the actor reads a document that its source keeps; empty where they may not."""
        return ""
