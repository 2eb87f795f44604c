"""Institutions as a tree, and who belonged to which one when."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.institutions.directory.rules import Post


class Institution(Base):
    """A public body, or a unit of one. The tree goes from the state down to the office."""

    __tablename__ = "institution"
    __table_args__ = (Index(None, "search_text"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(250))
    """As the institution writes it; never cut on a page."""
    short_name: Mapped[str] = mapped_column(String(60), default="")
    """For headings of narrow columns; empty when the name is short."""
    sector: Mapped[str | None] = mapped_column(String(20))
    """A key of ``lms.web.sectors.SECTORS``; null for bodies of no single sector, such as a town council."""
    code: Mapped[str | None] = mapped_column(String(40), unique=True)
    """What files call it for good, whatever its name; null when nobody gave it one."""
    territory: Mapped[str] = mapped_column(String(120), default="")
    """Where it works, as somebody typed it."""
    territory_id: Mapped[UUID | None] = mapped_column(ForeignKey("territory.id"), index=True)
    """The territory of the catalogue that the text means; null when it means none, or several."""
    is_group: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A name for several bodies, such as the town councils: those that hang from it on a day are its members."""
    opened_on: Mapped[date | None]
    """First day on which it existed; null when nobody says."""
    closed_on: Mapped[date | None]
    """First day on which it is closed; null while it is open, and where nobody wrote the day down."""
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("institution.id"), index=True)
    """The body above; null for a root."""
    path: Mapped[str] = mapped_column(String(400), unique=True)
    """``/<id>/<id>/``, from the root to the institution itself, in hexadecimal: one condition finds a subtree."""
    place_key: Mapped[str] = mapped_column(String(64), unique=True)
    """Parent and folded name, hashed: two siblings never have the same name."""
    is_active: Mapped[bool] = mapped_column(default=True)
    """False once the institution takes no new people; its history stays."""
    search_text: Mapped[str] = mapped_column(String(500), default="")
    """Names, former ones too, and territory folded for search; kept by the service."""

    @property
    def label(self) -> str:
        """Return the short name where there is one."""
        return self.short_name or self.name


class FormerName(Base):
    """What an institution was called until a day; its row has the present name."""

    __tablename__ = "former_name"
    __table_args__ = (UniqueConstraint("institution_id", "ends_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"))
    name: Mapped[str] = mapped_column(String(250))
    short_name: Mapped[str] = mapped_column(String(60), default="")
    ends_on: Mapped[date]
    """Last day with this name."""


class FormerParent(Base):
    """From which body an institution hung until a day; its row has the present one."""

    __tablename__ = "former_parent"
    __table_args__ = (UniqueConstraint("institution_id", "ends_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("institution.id"), index=True)
    """Null when it was a root."""
    ends_on: Mapped[date]
    """Last day below that body."""


class Affiliation(Base):
    """A person worked at an institution from one day to another. Facts keep the institution of their date."""

    __tablename__ = "affiliation"
    __table_args__ = (
        Index(None, "person_id", "starts_on"),
        # A person works at one place at a time.
        Index(
            "uq_affiliation_open",
            "person_id",
            unique=True,
            sqlite_where=text("ends_on IS NULL"),
            postgresql_where=text("ends_on IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), index=True)
    post: Mapped[str] = mapped_column(String(160), default="")
    sector: Mapped[str | None] = mapped_column(String(20))
    """The person's own sector; null takes the institution's."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """Last day, counted; null while it lasts."""

    @property
    def as_post(self) -> Post:
        """Return the values that the rules weigh."""
        return Post(
            institution_id=self.institution_id,
            post=self.post,
            sector=self.sector,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )
