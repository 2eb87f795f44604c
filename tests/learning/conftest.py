"""Learning by itself: what upper slices add to completion and to the pages is their own tests' matter."""

import pytest

from lms.core.context import REGISTRIES
from lms.core.registry import Registry
from lms.learning.criteria import UnitsFinished

KINDS = ("completion_criteria", "home_panels", "cohort_tabs")


@pytest.fixture
def contribute(app, monkeypatch):
    """Return ``contribute(kind, *items)``: for this test, these are all the contributions of the kind."""

    def put(kind, *items):
        monkeypatch.setitem(app.extensions[REGISTRIES], kind, Registry(kind, items))

    return put


@pytest.fixture(autouse=True)
def only_learning(contribute):
    """Leave only what learning itself contributes."""
    for kind in KINDS:
        contribute(kind)
    contribute("completion_criteria", UnitsFinished())
