"""Territories as a tree, from the country down."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import text_enum
from lms.institutions.territories.rules import BETWEEN, TerritoryKind, TerritoryValues, read_aliases


class Territory(Base):
    """A country, a unit of one, or a place below: data that a file brings, with where it was taken from."""

    __tablename__ = "territory"
    __table_args__ = (UniqueConstraint("country", "national_code"), Index(None, "search_text"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[TerritoryKind] = mapped_column(text_enum(TerritoryKind))
    name: Mapped[str] = mapped_column(String(160))
    other_names: Mapped[str] = mapped_column(String(300), default="")
    """Names that mean exactly the same, with a bar between them."""
    country: Mapped[str] = mapped_column(String(2))
    """ISO 3166-1 alpha-2."""
    iso_code: Mapped[str | None] = mapped_column(String(6), unique=True)
    """ISO 3166-1 alpha-2 of a country, ISO 3166-2 of a unit; null where ISO has none."""
    national_code: Mapped[str | None] = mapped_column(String(20))
    """As the country's statistics office writes it (INEGI, UBIGEO, DPA); null when no source at hand says it."""
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("territory.id"), index=True)
    """What it lies in; null for a country."""
    path: Mapped[str] = mapped_column(String(200), unique=True)
    """``/<id>/<id>/``, from the country down, in hexadecimal: one condition finds all that lies in it."""
    place_key: Mapped[str] = mapped_column(String(64), unique=True)
    starts_on: Mapped[date | None]
    """First day of its existence; null when nobody says."""
    ends_on: Mapped[date | None]
    """Last day; null while it exists."""
    source: Mapped[str] = mapped_column(String(200), default="")
    source_on: Mapped[date | None]
    """Day of the source."""
    search_text: Mapped[str] = mapped_column(String(500), default="")

    @property
    def aliases(self) -> tuple[str, ...]:
        """Return its other names."""
        return read_aliases(self.other_names)

    @property
    def names(self) -> tuple[str, ...]:
        """Return its name and its other names."""
        return (self.name, *self.aliases)

    @property
    def values(self) -> TerritoryValues:
        """Return what is known of it, apart from where it lies."""
        return TerritoryValues(
            kind=TerritoryKind(self.kind), name=self.name, aliases=self.aliases, iso_code=self.iso_code,
            national_code=self.national_code, starts_on=self.starts_on, ends_on=self.ends_on,
            source=self.source, source_on=self.source_on,
        )  # fmt: skip


def joined(aliases: tuple[str, ...]) -> str:
    """Return other names as one column holds them."""
    return f" {BETWEEN} ".join(aliases)
