"""The list of everybody's enrolments as a file: memory does not grow with it, and a job says how far it is."""

import tracemalloc
from itertools import cycle, islice

import pytest

from bench import census
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.reports.tallies import exporting, queries

SHORT, LONG = 2_000, 50_000
MOST = 3
"""Times the memory of the short file: rows that were held would be 25 times as many."""


def peak_of(write):
    """Return the most bytes that were held while writing."""
    tracemalloc.start()
    try:
        write()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_long_file_takes_no_more_memory_than_a_short_one(unit, tmp_path, monkeypatch, ending):
    read, said = queries.stream_enrolments, []

    def write(rows):
        monkeypatch.setattr(
            queries, "stream_enrolments", lambda *one, **day: islice(cycle(read(*one, **day)), rows)
        )
        path = tmp_path / f"list.{ending}"
        return exporting.export(
            programme, path, actor=SYSTEM, now=now(), progress=lambda *step: said.append(step)
        )

    with unit():
        programme = census.make_country(500, cohorts=3, seed=5)
        assert write(SHORT) == SHORT
        total = queries.count_enrolments(programme.id)
        assert said == [(0, total), (exporting.STEP, total)]
        assert peak_of(lambda: write(LONG)) < MOST * peak_of(lambda: write(SHORT))
