"""What a stranger types is read kindly; what guesses is slowed down."""

import pytest

from lms.certificates.verification.rules import read_code, read_folio
from lms.certificates.verification.throttle import MOST_CLIENTS, Throttle


@pytest.mark.parametrize(
    "typed",
    [
        "RT7K-4M2Q-9D",
        "rt7k-4m2q-9d",
        "RT7K4M2Q9D",
        " rt7k 4m2q 9d ",
        "RT7K–4M2Q—9D",
        "rt7k\u20114m2q.9d",
        "R T 7 K 4 M 2 Q 9 D",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "RT7K-4M2Q-9D"


@pytest.mark.parametrize(
    "typed", ["", "RT7K", "RT7K-4M2Q-9", "RT7K-4M2Q-90", "OT7K-4M2Q-9D", "RT7K" * 30, "%' --"]
)
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) is None


@pytest.mark.parametrize(
    "typed", ["QROO-2026-000041", "qroo-2026-41", "qroo 2026 000041", "QROO2026000041", "QROO/2026/41"]
)
def test_a_folio_is_read_however_it_is_typed(typed):
    assert read_folio(typed) == "QROO-2026-000041"


def test_an_authority_with_digits_is_read_where_separators_tell_it_apart():
    assert read_folio("p001-2026-000007") == "P001-2026-000007"
    assert read_folio("P0012026000007") is None


@pytest.mark.parametrize(
    "typed", ["", "QROO", "2026-000041", "QROO-26-41", "RT7K-4M2Q-9D", "QROO-2026-" + "1" * 80]
)
def test_what_is_no_folio_is_none(typed):
    assert read_folio(typed) is None


def test_a_client_has_so_many_tries_and_they_come_back_with_time():
    throttle = Throttle(tries=3, per_second=0.5)
    for _ in range(3):
        assert not throttle.is_exhausted("a", 10)
        throttle.note_failure("a", 10)

    assert throttle.is_exhausted("a", 11)
    assert not throttle.is_exhausted("a", 12)
    assert not throttle.is_exhausted("b", 10)


def test_a_client_never_saves_up_more_than_the_bucket_holds():
    throttle = Throttle(tries=2, per_second=1)
    throttle.note_failure("a", 0)
    for _ in range(2):
        throttle.note_failure("a", 1000)

    assert throttle.is_exhausted("a", 1000)


def test_a_clock_that_stands_still_gives_nothing_back():
    throttle = Throttle(tries=1, per_second=1)
    throttle.note_failure("a", 5)

    assert throttle.is_exhausted("a", 4)


def test_memory_does_not_grow_with_the_number_of_clients():
    throttle = Throttle()
    for client in range(MOST_CLIENTS + 10):
        throttle.note_failure(str(client), 0)

    assert len(throttle._buckets) == MOST_CLIENTS
