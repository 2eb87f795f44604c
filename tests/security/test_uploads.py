"""Files that people send: whose they are, how long they are kept, how much they may cost."""

import io
import tracemalloc
from datetime import timedelta

import pytest

from lms.core.tabular import Column, FileUnreadable, Table, read_csv, to_csv
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.institutions import make_institution, make_member
from lms.testing.factories.learning import make_cohort
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def ground(unit):
    with unit():
        return {
            "cohort": make_cohort(),
            "person": make_member(make_institution()),
            "boss": make_administrator(),
            "other": make_administrator(),
        }


@pytest.fixture
def sent(client_for, ground):
    """Return the address of the dry run of a file that the first administrator sent."""
    file = io.BytesIO(f"correo\n{ground['person'].email}\n".encode())
    place = f"/learning/cohorts/{ground['cohort'].id}/import"
    return client_for(ground["boss"]).post(place, {"file": (file, "personas.csv")}).location


def test_a_file_of_enrolments_is_opened_by_whoever_sent_it_only(client_for, ground, sent):
    assert ground["person"].name in client_for(ground["boss"]).get(sent).text
    for path in (sent, f"{sent}/errors.csv"):
        client_for(ground["other"]).get(path, status=404)
    client_for(ground["other"]).post(sent, status=404)


def test_a_file_of_enrolments_is_forgotten_after_some_days(client_for, ground, sent, at, run_jobs):
    with at(TODAY + timedelta(days=8)):
        run_jobs()
        client_for(ground["boss"]).get(sent, status=410)


def test_the_link_of_one_kind_of_file_opens_no_other(client_for, ground, sent):
    token = sent.rpartition("/")[2]
    browser = client_for(ground["boss"])
    browser.get(f"/people/import/{token}", status=404)
    browser.get(f"/institutions/import/{token}", status=404)


@pytest.mark.parametrize(
    "content",
    [
        b"a\n" * 10_000_000,
        b"," * 2_000_000 + b"b\n" + b"x\n" * 1_999,
        b"correo\n" + b"x" * 5_000_000,
        b"correo\n" + b"a@b.org\n" * 2_001,
    ],
    ids=["rows", "columns", "cell", "one-row-more"],
)
def test_no_file_costs_the_server_more_than_a_large_list(content):
    tracemalloc.start()
    try:
        with pytest.raises(FileUnreadable):
            read_csv(content)
        assert tracemalloc.get_traced_memory()[1] < 200 * 1024 * 1024
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("text", ["=1+1", "+52 998", "-1", "@suma", "\t=1", "\r=1"])
def test_a_cell_is_no_formula_on_the_way_out_and_itself_on_the_way_in(text):
    content = to_csv(Table([Column("nombre"), Column("otro")], [[text, "x"]]))
    assert f"'{text}" in content.decode("utf-8-sig")
    (row,) = read_csv(content).rows
    assert row.cells[0] == text.strip() or row.cells[0] == text
