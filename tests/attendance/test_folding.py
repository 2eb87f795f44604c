"""What follows from everything observed about a person at a meeting, whatever the order it came in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.attendance.folding import Seen, Terms, fold
from lms.attendance.rules import Kind, Mark

NINE = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
TERMS = Terms(
    starts_at=NINE,
    ends_at=NINE + timedelta(hours=4),
    late_from=NINE + timedelta(minutes=15),
    minimum_share=Fraction(3, 4),
)
HOUR = 3600
VERDICTS = {"P": Mark.PRESENT, "L": Mark.LATE, "Q": Mark.LEFT_EARLY, "E": Mark.EXCUSED, "A": Mark.ABSENT}


def history(text: str) -> list[Seen]:
    """Return observations as written: ``+5`` came five minutes after nine, ``-60`` left, ``A10`` a verdict.

    A letter after an apostrophe ties an entry to its own exit: ``+0'a -60'a``.
    """
    return [_seen(number, *word.partition("'")[::2]) for number, word in enumerate(text.split(), start=1)]


def _seen(number: int, word: str, stay: str) -> Seen:
    kind = {"+": Kind.ENTRY, "-": Kind.EXIT}.get(word[0], Kind.VERDICT)
    at = NINE + timedelta(minutes=float(word[1:]))
    return Seen(id=number, kind=kind, happened_at=at, stay=stay, role=VERDICTS.get(word[0]))


@pytest.mark.parametrize(
    ("text", "mark", "seconds"),
    [
        # Coming without leaving lasts to the end, from the entry, never from before the start.
        ("+-20", Mark.PRESENT, 4 * HOUR),
        ("+0", Mark.PRESENT, 4 * HOUR),
        ("+10", Mark.PRESENT, 4 * HOUR - 600),
        ("+15", Mark.LATE, 4 * HOUR - 900),
        ("+240", Mark.LATE, 0),
        ("+241", Mark.ABSENT, 0),
        # Three quarters of the time is enough; one second less is leaving early.
        ("+0 -180", Mark.PRESENT, 3 * HOUR),
        ("+0 -179.99", Mark.LEFT_EARLY, 3 * HOUR - 1),
        ("+30 -240", Mark.LATE, 3 * HOUR + 1800),
        ("+-20 --5", Mark.ABSENT, 0),
        # Lunch does not count, coming back does; what overlaps counts once.
        ("+0 -120 +180", Mark.PRESENT, 3 * HOUR),
        ("+0 +5 -200", Mark.PRESENT, 200 * 60),
        ("+0'a -120'a +60'b -240'b", Mark.PRESENT, 4 * HOUR),
        ("+0'a -60'a +120'b -130'b", Mark.LEFT_EARLY, 70 * 60),
        ("+0'a -0'a", Mark.ABSENT, 0),
        # A stay that was taken back does not make somebody punctual who came later.
        ("+0'a -200'a -0'a +20'b -240'b", Mark.LATE, 220 * 60),
        # A person's word decides over doors and calls; the latest one over earlier ones.
        ("+0 A200", Mark.ABSENT, 0),
        ("+0 -60 P200", Mark.PRESENT, 4 * HOUR),
        ("P5 -120", Mark.PRESENT, 2 * HOUR),
        ("L20", Mark.LATE, 4 * HOUR - 900),
        ("+40 L200", Mark.LATE, 200 * 60),
        ("Q120", Mark.LEFT_EARLY, 2 * HOUR),
        ("Q300", Mark.LEFT_EARLY, 3 * HOUR),
        ("A10 P20 E30", Mark.EXCUSED, 0),
        # Noted as away before they came: they were late, or the absence was not used.
        ("A10 +30", Mark.LATE, 210 * 60),
        ("E-60 +5", Mark.PRESENT, 4 * HOUR - 300),
        # Corrected to absent after they came: a further code undoes nothing.
        ("+5 A10 +30", Mark.ABSENT, 0),
        ("P5 +30", Mark.PRESENT, 4 * HOUR),
    ],
)
def test_what_follows_from_what_was_seen(text, mark, seconds):
    folded = fold(history(text), TERMS)
    assert folded is not None
    assert (folded.mark, folded.seconds) == (mark, seconds)


def test_leaving_alone_says_nothing():
    assert fold(history("-60"), TERMS) is None
    assert fold([], TERMS) is None


WORDS = st.lists(
    st.builds(
        lambda kind, minutes, stay: f"{kind}{minutes}{stay}",
        st.sampled_from(["+", "-", *VERDICTS]),
        st.integers(-60, 300),
        st.sampled_from(["", "", "'a", "'b"]),
    ),
    max_size=9,
).map(" ".join)


@given(words=WORDS, data=st.data())
def test_order_and_repetition_change_nothing_and_nobody_is_there_longer_than_the_meeting(words, data):
    seen = history(words)
    expected = fold(seen, TERMS)
    mixed = data.draw(st.permutations([*seen, *(replace(each) for each in seen[::2])]))
    assert fold(mixed, TERMS) == expected
    assert expected is None or 0 <= expected.seconds <= 4 * HOUR
