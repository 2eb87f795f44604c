"""What can be done with territories; the only writer of their table."""

from lms.core.db import db
from lms.core.ids import new_id
from lms.institutions.territories import rules
from lms.institutions.territories.models import Territory, joined
from lms.institutions.territories.rules import TerritoryValues


def add_territory(values: TerritoryValues, parent: Territory | None) -> Territory:
    """Add a territory in another one; without one it is a country, whose ISO code the values hold."""
    territory_id = new_id()
    territory = Territory(
        id=territory_id,
        country=parent.country if parent else (values.iso_code or ""),
        parent_id=parent.id if parent else None,
        path=rules.path_of(territory_id, parent.path if parent else ""),
    )
    _write(territory, values)
    db.session.add(territory)
    return territory


def change_territory(territory: Territory, values: TerritoryValues) -> None:
    """Write what a newer file says of a territory; where it lies does not change."""
    _write(territory, values)


def _write(territory: Territory, values: TerritoryValues) -> None:
    territory.kind, territory.name = values.kind, values.name
    territory.other_names = joined(values.aliases)
    territory.iso_code, territory.national_code = values.iso_code, values.national_code
    territory.starts_on, territory.ends_on = values.starts_on, values.ends_on
    territory.source, territory.source_on = values.source, values.source_on
    territory.place_key = rules.place_key(values, territory.parent_id)
    territory.search_text = rules.words_of(values)
