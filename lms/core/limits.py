"""Rate limits: the ``limits`` library over a table of ours, so that every worker counts together."""

import time
from typing import Any

from flask import current_app
from limits import parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import String, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base, db
from lms.core.errors import TooManyRequests


class RateCount(Base):
    """How often something was tried inside one window of time."""

    __tablename__ = "rate_count"

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    hits: Mapped[int]
    expires_at: Mapped[float]
    """Unix time; the row means nothing afterwards and a daily job deletes it."""


class DatabaseStorage(Storage):
    """Counts inside the caller's transaction: a second connection would wait for our own SQLite lock."""

    STORAGE_SCHEME = ["lms"]  # noqa: RUF012  # the library's own attribute

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return what the library may swallow: nothing."""
        return LookupError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one more and return the new count."""
        insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
        now = time.time()
        statement: Any = insert(RateCount).values(key=key, hits=amount, expires_at=now + expiry)
        fresh = statement.excluded
        is_over = RateCount.expires_at <= now
        statement = statement.on_conflict_do_update(
            index_elements=[RateCount.key],
            set_={
                "hits": case((is_over, amount), else_=RateCount.hits + amount),
                "expires_at": case((is_over, fresh.expires_at), else_=RateCount.expires_at),
            },
        ).returning(RateCount.hits)
        return int(db.session.scalar(statement) or 0)

    def get(self, key: str) -> int:
        """Return the present count, 0 when the window is over."""
        statement = select(RateCount.hits).where(RateCount.key == key, RateCount.expires_at > time.time())
        return db.session.scalar(statement) or 0

    def get_expiry(self, key: str) -> float:
        """Return when the window ends, in Unix time."""
        return db.session.scalar(select(RateCount.expires_at).where(RateCount.key == key)) or time.time()

    def check(self) -> bool:
        """Say whether the storage works."""
        return True

    def reset(self) -> int | None:
        """Forget every count."""
        db.session.execute(delete(RateCount))
        return None

    def clear(self, key: str) -> None:
        """Forget one count."""
        db.session.execute(delete(RateCount).where(RateCount.key == key))


_limiter = FixedWindowRateLimiter(DatabaseStorage())


def spend(rule: str, *key: str) -> int:
    """Count one try under a rule such as ``"10/15minute"`` and return how many are left.

    Raises TooManyRequests once the rule is used up. The count is kept if the caller's view returns a page.
    """
    limit = parse(rule)
    if current_app.config.get("LMS_NO_LIMITS"):
        return limit.amount
    if not _limiter.hit(limit, *key):
        raise TooManyRequests
    return _limiter.get_window_stats(limit, *key).remaining


def tried(rule: str, *key: str) -> int:
    """Return how many tries were counted under a rule, without counting one: reading keeps no other writer waiting.

    For what only counts against whoever fails: ``spend`` one then. Raises TooManyRequests once the rule is used up.
    """
    limit = parse(rule)
    if current_app.config.get("LMS_NO_LIMITS"):
        return 0
    hits = int(_limiter.storage.get(limit.key_for(*key)))
    if hits >= limit.amount:
        raise TooManyRequests
    return hits


def clear(rule: str, *key: str) -> None:
    """Forget the tries under a rule, after the right password."""
    _limiter.clear(parse(rule), *key)
