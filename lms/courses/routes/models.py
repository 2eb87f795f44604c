"""The referral routes of a release."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue
from lms.courses.compiler.referral import Route
from lms.courses.compiler.route_codec import route_from_json


class ReleaseRoute(Base):
    """A route as its release states it, with the card that was last drawn of it."""

    __tablename__ = "release_route"
    __table_args__ = (UniqueConstraint("release_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"), index=True)
    position: Mapped[int]
    """Order within the course, from 1."""
    key: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(40))
    """Code of ``lms.core.places``, or "general"."""
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    body: Mapped[Json] = mapped_column(JsonValue)
    """The whole route: see ``lms.courses.compiler.route_codec``."""
    card_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """Of the PDF in the storage; empty until it is drawn."""
    card_inputs: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """Digest of all that the card says; another one means that the card must be drawn again."""

    @property
    def route(self) -> Route:
        """Return the route."""
        return route_from_json(self.body)
