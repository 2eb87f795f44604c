"""Reads about booklets."""

from sqlalchemy import select

from lms.authoring.exchange.models import Booklet
from lms.core.db import db


def find_booklet(stamp: str) -> Booklet | None:
    """Return the booklet made, or being made, of these files."""
    return db.session.scalar(select(Booklet).where(Booklet.stamp == stamp))
