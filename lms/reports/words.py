"""What periods are called."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from lms.core.i18n import _, _l, current_language
from lms.core.text import Text
from lms.reports.tallies.rules import EVER, SPAN, bounds_of
from lms.web.formats import month

UTC = ZoneInfo("UTC")
QUARTERS: tuple[Text, ...] = (
    _l("primer trimestre"), _l("segundo trimestre"), _l("tercer trimestre"), _l("cuarto trimestre"),
)  # fmt: skip


def period_words(period: str) -> str:
    """Return a period as people say it: all time, a year, a quarter, a month, or from one month to another."""
    return _words(period, current_language())


def period_title(period: str) -> str:
    """Return the same where nothing stands before it: in a list of choices, in the head of a column."""
    words = period_words(period)
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=2048)
def _words(period: str, language: str) -> str:
    """Return the same in the language that is spoken now: a page lists a hundred periods to choose from."""
    bounds = bounds_of(period)
    if period == EVER or bounds is None:
        return str(_("Desde el comienzo"))
    if len(period) == 4:
        return period
    if "Q" in period:
        quarter = str(QUARTERS[int(period[-1]) - 1])
        return str(_("%(quarter)s de %(year)s", quarter=quarter, year=period[:4]))
    first, last = (month(day, language=language, timezone=UTC) for day in bounds)
    return str(_("%(first)s a %(last)s", first=first, last=last)) if SPAN in period else first
