"""A ledger as plain values, to be kept as it stood. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from lms.attendance.hours.rules import Claim, Ledger, Line, Reason, Source
from lms.core.types import Json


def to_json(ledger: Ledger) -> list[Json]:
    """Return the lines as plain values; the exact stays inside a session are not kept, only their length."""
    return [
        {
            "source": line.claim.source.value,
            "key": line.claim.key,
            "title": line.claim.title,
            "day": line.claim.day.isoformat(),
            "at": line.claim.at.isoformat(),
            "ends_at": line.claim.ends_at.isoformat() if line.claim.ends_at else None,
            "claimed": line.claim.seconds,
            "credit": str(line.claim.credit),
            "is_excused": line.claim.is_excused,
            "state": line.claim.state,
            "seconds": line.seconds,
            "reason": line.reason.value,
        }
        for line in ledger.lines
    ]


def from_json(lines: Iterable[Json]) -> Ledger:
    """Return the ledger of these plain values."""
    return Ledger(lines=tuple(_line(each) for each in lines))


def _line(kept: Json) -> Line:
    claim = Claim(
        source=Source(kept["source"]),
        key=kept["key"],
        title=kept["title"],
        day=date.fromisoformat(kept["day"]),
        at=datetime.fromisoformat(kept["at"]),
        ends_at=datetime.fromisoformat(kept["ends_at"]) if kept["ends_at"] else None,
        seconds=kept["claimed"],
        credit=Fraction(kept["credit"]),
        is_excused=kept["is_excused"],
        state=kept["state"],
    )
    return Line(claim=claim, seconds=kept["seconds"], reason=Reason(kept["reason"]))
