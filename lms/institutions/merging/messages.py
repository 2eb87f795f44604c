"""What happens to records of one person, and what is done later."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class PeopleMerged(Event):
    """Two records became one; the subject is the one that stands."""

    code = "merging.people-merged"
    sentence = _l("Se fusionaron dos registros de una persona. Celdas que cambiaron de lugar: %(changes)s.")
    merge_id: UUID
    gone_id: UUID
    changes: int


@dataclass(frozen=True, kw_only=True)
class MergeUndone(Event):
    """Two records that had become one are two again."""

    code = "merging.merge-undone"
    sentence = _l("Se deshizo la fusión de dos registros de una persona.")
    merge_id: UUID
    gone_id: UUID


@dataclass(frozen=True, kw_only=True)
class PeopleToldApart(Event):
    """Somebody said that two records which are alike are two people."""

    code = "merging.people-told-apart"
    sentence = _l("Se anotó que dos registros parecidos no son la misma persona.")
    other_id: UUID


@dataclass(frozen=True, kw_only=True)
class ForgetChanges(Order):
    """Forget what stood before merges that can be undone no more."""

    code: ClassVar[str] = "merging.forget-changes"
    label: ClassVar[Text] = _l("Olvidar lo que había antes de fusiones pasadas")
