"""Reads about keys, places and certificates that signed."""

from collections.abc import Sequence

from sqlalchemy import select

from lms.certificates.credentials.models import BadgeKey, BadgePlace, SigningCertificate
from lms.core.db import db


def find_signing_key(did: str) -> BadgeKey | None:
    """Return the key that signs for an issuer now."""
    return db.session.scalar(select(BadgeKey).where(BadgeKey.did == did, BadgeKey.retired_at.is_(None)))


def find_key(public: str) -> BadgeKey | None:
    """Return the key with this public half, or with the only one that begins so."""
    found = db.session.scalars(
        select(BadgeKey).where(BadgeKey.public.startswith(public, autoescape=True)).limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def find_key_named(method: str) -> BadgeKey | None:
    """Return the key that a badge names: the issuer's identifier and the public half."""
    did, _hash, public = method.partition("#")
    return db.session.scalar(select(BadgeKey).where(BadgeKey.did == did, BadgeKey.public == public))


def list_keys(did: str | None = None) -> Sequence[BadgeKey]:
    """Return every key of an issuer, or of all that this installation was, newest first."""
    statement = select(BadgeKey).order_by(BadgeKey.created_at.desc(), BadgeKey.public)
    return db.session.scalars(statement if did is None else statement.where(BadgeKey.did == did)).all()


def list_published(did: str) -> list[str]:
    """Return the public halves that an issuer answers for: the one that signs and those that signed before."""
    return [key.public for key in list_keys(did) if key.withdrawn_at is None]


def find_place(code: str, version: int) -> BadgePlace | None:
    """Return the place of a version of a document."""
    return db.session.scalar(select(BadgePlace).where(BadgePlace.code == code, BadgePlace.version == version))


def taken(list_number: int, positions: Sequence[int]) -> frozenset[int]:
    """Return which of these positions of a list belong to somebody."""
    return frozenset(
        db.session.scalars(
            select(BadgePlace.position).where(
                BadgePlace.list_number == list_number, BadgePlace.position.in_(positions)
            )
        )
    )


def last_list() -> int:
    """Return the number of the list that is being filled, 1 when none was begun."""
    newest = select(BadgePlace.list_number).order_by(BadgePlace.list_number.desc()).limit(1)
    return db.session.scalar(newest) or 1


def list_signing_certificates() -> Sequence[SigningCertificate]:
    """Return every certificate that signed a file, the latest first."""
    return db.session.scalars(
        select(SigningCertificate).order_by(SigningCertificate.first_used_at.desc())
    ).all()
