"""Read the directory's file and bring it in: a verdict for every row first, then the rows that are sound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import yaml

from lms.contacts import queries, rules, service
from lms.contacts.errors import ContactInvalid, DirectoryUnreadable
from lms.contacts.models import Contact
from lms.contacts.rules import ContactValues, Kind
from lms.core.actors import Actor
from lms.core.i18n import _
from lms.core.places import find_place, nearest_place
from lms.web.sectors import find_sector

MOST_BYTES: Final = 1_000_000
_TEXTS: Final = MappingProxyType(
    {
        "clave": "key",
        "nombre": "name",
        "numero": "number",
        "horario": "hours",
        "direccion": "address",
        "sitio": "url",
        "fuente": "source",
        "nota": "note",
    }
)
_KINDS: Final = MappingProxyType(
    {"linea": Kind.HOTLINE, "unidad": Kind.UNIT, "institucion": Kind.INSTITUTION}
)
_OTHERS: Final = frozenset(
    {"territorio", "tipo", "sectores", "emergencia", "verificado", "verifico", "verificar"}
)


class Verdict(StrEnum):
    """What would become of a row."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One contact of the file, read."""

    number: int
    """Place in the list, from one."""
    key: str
    verdict: Verdict
    words: str
    """What would change, or why it cannot."""
    values: ContactValues | None = None
    verified_on: date | None = None
    verified_by: str = ""
    held: str = ""
    """What a named person has to verify before anybody reads the contact; empty when people will read it."""


def judge(content: bytes, *, today: date) -> list[Row]:
    """Return a verdict for every row of the file, writing nothing; raises DirectoryUnreadable."""
    raw = _read(content)
    rows = [_parse(number, each, today) for number, each in enumerate(raw, start=1)]
    known = queries.list_by_key([row.key for row in rows])
    seen: set[str] = set()
    judged = []
    for row in rows:
        is_repeated = row.values is not None and row.key in seen
        seen.add(row.key)
        judged.append(_repeated(row) if is_repeated else _compared(row, known.get(row.key)))
    return judged


def bring_in(rows: Sequence[Row], *, today: date, actor: Actor, now: datetime) -> None:
    """Write every row whose verdict is to add or to change; confirmations newer than the file's stay."""
    for row in rows:
        if row.values is None or row.verdict not in {Verdict.ADD, Verdict.CHANGE}:
            continue
        contact = queries.find_by_key(row.key)
        if contact is None:
            contact = service.add_contact(row.values, actor=actor, now=now)
        else:
            service.change_contact(contact, row.values, actor=actor, now=now)
        if row.verified_on and _is_news(row, contact):
            service.verify_contact(
                contact,
                verified_on=row.verified_on,
                verified_by=row.verified_by,
                today=today,
                actor=actor,
                now=now,
            )


def _read(content: bytes) -> list[Any]:
    if len(content) > MOST_BYTES:
        raise DirectoryUnreadable
    try:
        loaded = yaml.safe_load(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise DirectoryUnreadable from error
    if not isinstance(loaded, list):
        raise DirectoryUnreadable
    return loaded


def _parse(number: int, raw: object, today: date) -> Row:
    if not isinstance(raw, dict):
        words = _("Cada contacto es un grupo de pares «clave: valor».")
        return Row(number=number, key="", verdict=Verdict.ERROR, words=words)
    key = _text(raw, "clave")
    try:
        values = _values(raw)
        rules.check_values(values)
        verified_on = _day(raw, today)
    except ContactInvalid as refusal:
        return Row(number=number, key=key, verdict=Verdict.ERROR, words=str(refusal))
    verified_by = _text(raw, "verifico")
    if verified_on and not verified_by:
        words = _("Falta «verifico»: el cargo de quien lo comprobó.")
        return Row(number=number, key=key, verdict=Verdict.ERROR, words=words)
    return Row(
        number=number,
        key=key,
        verdict=Verdict.ADD,
        words="",
        values=values,
        verified_on=verified_on,
        verified_by=verified_by,
        held=values.to_verify,
    )


def _values(raw: Mapping[Any, Any]) -> ContactValues:
    for name in raw:
        if name not in _TEXTS and name not in _OTHERS:
            raise ContactInvalid("key", _("La clave «%(name)s» no existe en el directorio.", name=str(name)))
    texts = {english: _text(raw, spanish) for spanish, english in _TEXTS.items()}
    return ContactValues(
        **texts,
        kind=_kind(raw),
        place=_place(raw),
        sectors=_sectors(raw),
        is_emergency=raw.get("emergencia") is True,
        to_verify=_to_verify(raw),
    )


def _text(raw: Mapping[Any, Any], name: str) -> str:
    value = raw.get(name)
    return "" if value is None else " ".join(str(value).split())


def _to_verify(raw: Mapping[Any, Any]) -> str:
    """Return what has to be verified; `si` marks the contact whole, and no or nothing does not."""
    word = _text(raw, "verificar")
    if raw.get("verificar") is False or word.casefold() in {"", "no"}:
        return ""
    is_plain = raw.get("verificar") is True or word.casefold() in {"si", "sí"}
    return str(_("todo lo que dice, con su institución")) if is_plain else word


def _kind(raw: Mapping[Any, Any]) -> Kind:
    word = _text(raw, "tipo") or "linea"
    if word not in _KINDS:
        raise ContactInvalid("kind", _("El tipo es uno de: %(names)s.", names=", ".join(_KINDS)))
    return _KINDS[word]


def _place(raw: Mapping[Any, Any]) -> str:
    word = _text(raw, "territorio")
    if place := find_place(word):
        return place
    near = nearest_place(word)
    hint = " " + _("¿Quiso decir «%(near)s»?", near=near.upper()) if near else ""
    raise ContactInvalid("place", _("«%(word)s» no es un lugar: use MX o MX-ROO.", word=word) + hint)


def _sectors(raw: Mapping[Any, Any]) -> tuple[str, ...]:
    listed = raw.get("sectores") or []
    names = [str(each) for each in listed] if isinstance(listed, list) else [str(listed)]
    found = {name: find_sector(name) for name in names}
    for name, sector in found.items():
        if sector is None:
            raise ContactInvalid("sectors", _("El sector «%(name)s» no existe.", name=name))
    return tuple(sector.id for sector in found.values() if sector)


def _day(raw: Mapping[Any, Any], today: date) -> date | None:
    value = raw.get("verificado")
    if value is None or value == "":
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ContactInvalid("verified_on", _("«verificado» es una fecha como 2026-11-21."))
    if value > today:
        raise ContactInvalid("verified_on", _("«verificado» no puede ser un día que no ha llegado."))
    return value


def _repeated(row: Row) -> Row:
    words = _("La clave «%(key)s» ya está más arriba en el archivo.", key=row.key)
    return Row(number=row.number, key=row.key, verdict=Verdict.ERROR, words=words)


def _compared(row: Row, contact: Contact | None) -> Row:
    if row.values is None or contact is None:
        return row
    # A file that forgets the mark does not take it away: only a signature does.
    values = replace(row.values, to_verify=row.values.to_verify or contact.to_verify)
    said = rules.changed_fields(contact.values, values)
    is_checked = row.verified_on and _is_news(row, contact)
    changed = (*said, "verified_on") if is_checked else said
    is_held = contact.is_held or (bool(values.to_verify) and bool(said))
    return replace(
        row,
        verdict=Verdict.CHANGE if changed else Verdict.SAME,
        words=", ".join(changed),
        values=values,
        held=values.to_verify if is_held else "",
    )


def _is_news(row: Row, contact: Contact) -> bool:
    """Say whether the file knows of a later check than the table."""
    is_later = contact.verified_on is None or (row.verified_on or date.min) > contact.verified_on
    return is_later and contact.retired_at is None
