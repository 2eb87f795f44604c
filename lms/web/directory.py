"""The directory of contacts: numbers live in dated data, never in texts; an old one is shown as unconfirmed."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FRESH_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to call in one territory."""

    territory: str
    name: str
    number: str
    hours: str
    source: str
    verified_on: date | None
    """When somebody last called or checked the source; null when nobody has yet."""
    verified_by: str
    is_emergency: bool
    is_confirmed: bool
    """False when nobody checked the number in the last 90 days: the page says so."""


def read_directory(path: Path, *, today: date) -> list[Contact]:
    """Return the contacts of the file, emergency numbers first; an absent file is an empty directory."""
    rows = _rows(path, path.stat().st_mtime_ns) if path.exists() else []
    contacts = [_contact(row, today) for row in rows]
    return sorted(contacts, key=lambda contact: (contact.territory, not contact.is_emergency, contact.name))


@lru_cache(maxsize=4)
def _rows(path: Path, _changed: int) -> list[dict[str, Any]]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return list(loaded or [])


def _contact(row: dict[str, Any], today: date) -> Contact:
    verified = row.get("verificado")
    return Contact(
        territory=str(row["territorio"]),
        name=str(row["nombre"]),
        number=str(row["numero"]),
        hours=str(row.get("horario", "")),
        source=str(row["fuente"]),
        verified_on=verified,
        verified_by=str(row.get("verifico", "")),
        is_emergency=bool(row.get("emergencia", False)),
        is_confirmed=verified is not None and today - verified <= FRESH_FOR,
    )
