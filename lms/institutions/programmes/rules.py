"""What a programme is made of. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Scale(StrEnum):
    """How a programme writes grades; raw fractions are stored, never rounded."""

    TEN = "0-10"
    TWENTY = "0-20"
    PERCENT = "percent"


@dataclass(frozen=True, kw_only=True)
class ProgrammeValues:
    """What a programme is made of; shares are fractions in [0, 1]."""

    code: str
    name: str
    issuer_name: str
    issuer_unit: str
    country: str
    territory: str
    timezone: str
    scale: Scale
    pass_mark: float
    attendance_share: float
    target_share: float
    starts_on: date
    ends_on: date | None = None
