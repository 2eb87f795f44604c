import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certificates.designs.stations import MOST_STATIONS, group_modules


def sizes(count):
    return [len(group.titles) for group in group_modules([f"Módulo {n}" for n in range(count)])]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, []),
        (1, [1]),
        (8, [1] * 8),
        (9, [2, 2, 2, 2, 1]),
        (10, [2] * 5),
        (16, [2] * 8),
        (17, [3, 3, 3, 3, 3, 2]),
    ],
)
def test_neighbours_share_a_station_when_there_are_too_many(count, expected):
    assert sizes(count) == expected


@given(st.lists(st.text(min_size=1), max_size=60))
def test_every_module_appears_once_and_in_order(titles):
    groups = group_modules(titles)

    assert [title for group in groups for title in group.titles] == titles
    assert len(groups) <= MOST_STATIONS
    assert [group.first for group in groups] == [1, *[group.last + 1 for group in groups]][: len(groups)]
