"""The kinds of file that are taken in: what each is called and how its rows are judged and saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lms.core.actors import Actor
from lms.core.calendar import today
from lms.core.i18n import _l
from lms.core.tabular import MOST_ROWS, Sheet
from lms.core.text import Text
from lms.institutions.intake import institutions, people, service, territories
from lms.institutions.intake.rules import Field, Tally, Verdict, Wishes
from lms.institutions.intake.runs import MOST_LARGE


class Plan(Protocol):
    """What saving one row does."""

    @property
    def verdict(self) -> Verdict:
        """Return what the row comes to."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of file."""

    name: str
    title: Text
    fields: tuple[Field, ...]
    model_file: str
    """Name of the empty file with the columns."""
    home: str
    """Endpoint of the list that the file adds to."""
    home_label: Text
    most_rows: int = MOST_ROWS
    """Rows of the longest file; above ``MOST_ROWS`` it is taken in by parts."""
    plan: Callable[[Sheet, Actor], Sequence[Plan]]
    save: Callable[[Sheet, Actor, datetime, Wishes], Tally]
    """Takes what the person asked for; files of institutions do not ask."""


def _save_people(sheet: Sheet, actor: Actor, now: datetime, wishes: Wishes) -> Tally:
    plans = people.plan_people(sheet, actor=actor, on=today())
    return service.save_people(plans, wishes, actor=actor, now=now)


def _save_institutions(sheet: Sheet, actor: Actor, now: datetime, _wishes: Wishes) -> Tally:
    return service.save_institutions(institutions.plan_institutions(sheet, actor=actor), actor=actor, now=now)


def _save_territories(sheet: Sheet, actor: Actor, now: datetime, _wishes: Wishes) -> Tally:
    return service.save_territories(territories.plan_territories(sheet), actor=actor, now=now)


PEOPLE = Kind(
    name="people",
    most_rows=MOST_LARGE,
    title=_l("Importar personas"),
    fields=people.FIELDS,
    model_file="personas.csv",
    home="people.index",
    home_label=_l("Personas"),
    plan=lambda sheet, actor: people.plan_people(sheet, actor=actor, on=today()),
    save=_save_people,
)
INSTITUTIONS = Kind(
    name="institutions",
    title=_l("Importar instituciones"),
    fields=institutions.FIELDS,
    model_file="instituciones.csv",
    home="directory.index",
    home_label=_l("Instituciones"),
    plan=lambda sheet, actor: institutions.plan_institutions(sheet, actor=actor),
    save=_save_institutions,
)
TERRITORIES = Kind(
    name="territories",
    title=_l("Importar territorios"),
    fields=territories.FIELDS,
    model_file="territorios.csv",
    home="territories.index",
    home_label=_l("Territorios"),
    plan=lambda sheet, _actor: territories.plan_territories(sheet),
    save=_save_territories,
)
