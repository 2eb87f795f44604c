"""Whom to call: hotlines, units and institutions, each with its source, its last check and its signature."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.contacts.rules import ContactValues, Kind
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import JsonValue, UTCDateTime, text_enum


class Contact(Base):
    """A number that lessons, routes and pages show by its key; of persons it knows only who signed it."""

    __tablename__ = "contact"
    __table_args__ = (Index(None, "place", "is_emergency"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    """How lessons and routes name it, such as mx-911; it never changes."""
    name: Mapped[str] = mapped_column(String(250))
    kind: Mapped[Kind] = mapped_column(text_enum(Kind))
    place: Mapped[str] = mapped_column(String(40))
    """Code of ``lms.core.places``, as MX, MX-ROO or EC-H-GUAMOTE, or "general"."""
    sectors: Mapped[list[str]] = mapped_column(JsonValue)
    """Ids of the sectors that it serves; empty when it serves everybody."""
    number: Mapped[str] = mapped_column(String(60))
    """As people write it, with its spaces."""
    hours: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(250), default="")
    url: Mapped[str] = mapped_column(String(500), default="")
    source: Mapped[str] = mapped_column(String(500), default="")
    """Where the number was published: an address, or a document in words."""
    note: Mapped[str] = mapped_column(Text, default="")
    is_emergency: Mapped[bool]
    verified_on: Mapped[date | None]
    """When somebody last called or checked the source; null while nobody has."""
    verified_by: Mapped[str] = mapped_column(String(200), default="")
    """The post of whoever checked, never a name."""
    to_verify: Mapped[str] = mapped_column(String(250), default="", server_default="")
    """What a named person has to verify before anybody reads it; empty when nothing."""
    signed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who signed what it says; null while nobody has, and when their account was deleted."""
    signed_post: Mapped[str] = mapped_column(String(200), default="", server_default="")
    signed_on: Mapped[date | None]
    """The day of the signature over what it says now; null while it waits."""
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Nobody is offered the number after this; null while people are."""
    search_text: Mapped[str] = mapped_column(String(500))
    """Folded words in which the list searches."""

    @property
    def is_held(self) -> bool:
        """Say whether it waits for a signature, so that only its keepers read it."""
        return bool(self.to_verify) and self.signed_on is None

    @property
    def values(self) -> ContactValues:
        """Return what it says, without its states."""
        return ContactValues(
            key=self.key,
            name=self.name,
            kind=self.kind,
            place=self.place,
            number=self.number,
            hours=self.hours,
            address=self.address,
            url=self.url,
            source=self.source,
            note=self.note,
            sectors=tuple(self.sectors),
            is_emergency=self.is_emergency,
            to_verify=self.to_verify,
        )
