"""Signatures over what a course marks to be verified: kept in the course as text, given by a named person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lms.authoring import queries, service
from lms.authoring.compiling import read_tree
from lms.authoring.errors import NothingToSign
from lms.authoring.messages import TextSigned
from lms.authoring.models import Draft
from lms.core.actors import Actor
from lms.core.errors import NotFound
from lms.core.events import publish
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.marks import Mark, find_marks
from lms.courses.compiler.signatures import PATH, Signature, add_signature, is_signed, read_signatures


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that asks to be verified, and how it stands."""

    mark: Mark
    is_signed: bool
    last: Signature | None
    """The newest signature over it, of this text or of an earlier one."""


def list_items(files: Mapping[str, str]) -> list[Item]:
    """Return what the files of a draft mark to be verified: what waits first, then what is signed."""
    tree = read_tree(files)
    signatures = read_signatures(tree, Findings())
    items = [
        Item(
            mark=mark,
            is_signed=is_signed(mark, signatures),
            last=next((s for s in reversed(signatures) if (s.kind, s.item) == (mark.kind, mark.item)), None),
        )
        for mark in find_marks(tree)
    ]
    return sorted(items, key=lambda item: item.is_signed)


def access_item(draft: Draft, kind: str, name: str) -> Item:
    """Return an item of a draft that the actor already holds."""
    found = _find_item(queries.files_of(draft.id), kind, name)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What somebody declares when they sign."""

    fingerprint: str
    """Of the text that they read."""
    post: str
    note: str = ""


def sign(
    draft: Draft, item: Item, said: Signing, *, day: date, actor: Actor, now: datetime
) -> Signature | None:
    """Sign the exact text of an item; signing what this text already carries changes nothing.

    Raises NothingToSign when the text is not the one that was read.
    """
    service.hold(draft)
    files = queries.files_of(draft.id)
    held = _find_item(files, item.mark.kind, item.mark.item)
    if held is None or said.fingerprint != held.mark.fingerprint:
        raise NothingToSign
    if held.is_signed:
        return held.last
    mark = held.mark
    signature = Signature(
        kind=mark.kind, item=mark.item, fingerprint=mark.fingerprint, by=f"{actor.name}, {said.post}",
        day=day, note=said.note,
    )  # fmt: skip
    before = read_tree({PATH: files[PATH]}).files[PATH].content if PATH in files else b""
    service.write_signatures(draft, add_signature(before, signature), actor=actor, now=now)
    publish(
        TextSigned(
            at=now, actor=actor, subject_id=draft.id, title=draft.title, item=mark.item,
            fingerprint=mark.fingerprint,
        )
    )  # fmt: skip
    return signature


def _find_item(files: Mapping[str, str], kind: str, name: str) -> Item | None:
    return next(
        (each for each in list_items(files) if (each.mark.kind, each.mark.item) == (kind, name)), None
    )
