"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, String
from sqlalchemy.types import TypeDecorator

Json = dict[str, Any]


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant. Stored in UTC; SQLite returns naive values, which are UTC by construction."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  # the base class passes it
    ) -> datetime | None:
        """Refuse a naive datetime: nobody knows which instant it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "UTCDateTime takes aware datetimes only"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  # the base class passes it
    ) -> datetime | None:
        """Return the instant, always aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Few different ones are read over and over: what the questions of a quiz may earn.
_fraction = lru_cache(maxsize=4096)(Fraction)


class ExactFraction(TypeDecorator[Fraction]):
    """A fraction kept exactly, as the text "27/2": what decides about passing is never rounded."""

    impl = String(60)
    cache_ok = True

    def process_bind_param(
        self,
        value: Fraction | None,
        dialect: Dialect,  # noqa: ARG002  # the base class passes it
    ) -> str | None:
        """Write the fraction in lowest terms."""
        return None if value is None else str(value)

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002  # the base class passes it
    ) -> Fraction | None:
        """Read the fraction back."""
        return None if value is None else _fraction(value)


def text_enum(kind: type[StrEnum]) -> Enum:
    """Store an enum as text: a native PostgreSQL enum cannot lose a value in one migration."""
    return Enum(
        kind, native_enum=False, length=40, values_callable=lambda members: [m.value for m in members]
    )


JsonValue = JSON(none_as_null=True)
"""A JSON column; None is SQL NULL."""
