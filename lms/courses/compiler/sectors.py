"""The public sectors that a course can speak to."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from lms.plugins.blocks import SectorLabel

_SECTORS = (
    ("health", "salud", "stethoscope", {"es": "Salud", "en": "Health"}),
    ("education", "educacion", "book-open", {"es": "Educación", "en": "Education"}),
    ("justice", "justicia", "scale", {"es": "Justicia", "en": "Justice"}),
    ("security", "seguridad", "shield", {"es": "Seguridad", "en": "Security"}),
    (
        "protection",
        "trabajo-social",
        "house",
        {"es": "Trabajo social y protección", "en": "Social work, protection"},
    ),
    ("migration", "migracion", "globe", {"es": "Migración", "en": "Migration"}),
    ("labour", "trabajo", "hard-hat", {"es": "Trabajo", "en": "Labour"}),
    ("tourism", "turismo", "bus", {"es": "Turismo y transporte", "en": "Tourism and transport"}),
)


@lru_cache
def sectors(language: str) -> Mapping[str, SectorLabel]:
    """Return every sector under its slug and its id, labelled in the language or else in Spanish."""
    found: dict[str, SectorLabel] = {}
    for sector_id, slug, icon, labels in _SECTORS:
        label = SectorLabel(id=sector_id, slug=slug, label=labels.get(language, labels["es"]), icon=icon)
        found[slug] = found[sector_id] = label
    return MappingProxyType(found)


SECTOR_SLUGS = tuple(slug for _, slug, _, _ in _SECTORS)
