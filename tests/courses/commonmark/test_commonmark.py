"""Every example of the CommonMark specification is shown as it says, or the author is warned."""

import json
from pathlib import Path

import pytest

from lms.courses.compiler.comments import blank_comments
from lms.courses.compiler.markdown_events import events_of

EXAMPLES = json.loads(Path(__file__).with_name("spec.json").read_text(encoding="utf-8"))
SECOND_OPINION = {f"R22{digit}" for digit in range(10)}
# Our own double brackets, and the tags that are taken out, have rules of their own.
WARNINGS = SECOND_OPINION | {"R213", "R407"}


def test_the_examples_are_whole():
    assert [example["example"] for example in EXAMPLES] == list(range(1, 653))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["example"]))
def test_no_example_differs_in_silence(example, problems_of, compiled):
    shown = compiled(blank_comments(example["markdown"]))
    found = problems_of(example["markdown"])
    codes = {problem.code for problem in found}

    if shown == events_of(example["html"]):
        assert not codes & SECOND_OPINION, found
    else:
        assert codes & WARNINGS, found
