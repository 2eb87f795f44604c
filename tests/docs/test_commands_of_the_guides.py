"""The commands that the authors' guides write exist, with the arguments and the options that they write."""

import re
import shlex
from pathlib import Path

import click
import pytest

from lms.courses.cli import course

GUIDES = sorted((Path(__file__).resolve().parents[2] / "docs/authoring").glob("*.md"))
FENCED = re.compile(r"^(`{3,})(?:sh|text)\n(.*?)^\1$", re.DOTALL | re.MULTILINE)
WRITTEN = [
    (guide.name, line)
    for guide in GUIDES
    for _fence, text in FENCED.findall(guide.read_text(encoding="utf-8"))
    for line in text.splitlines()
    if line.startswith("lms ")
]
# What stands in the guide that the program writes is tried with its explanations.
TREES = [
    (guide.name, text)
    for guide in GUIDES
    for _fence, text in FENCED.findall(guide.read_text(encoding="utf-8"))
    if guide.name not in {"revisor.md", "disenos-de-constancias.md"} and not text.startswith("lms ")
]


def test_every_example_in_plain_text_is_of_a_kind_that_is_tried():
    assert len(WRITTEN) >= 10
    assert all(re.match(r"[\w/-]+/\n  curso\.yaml", text) for _guide, text in TREES), TREES


@pytest.mark.parametrize(("guide", "line"), WRITTEN, ids=[line.split("  ")[0] for _guide, line in WRITTEN])
def test_a_command_is_one_that_the_program_knows(guide, line):
    program, group, name, *words = shlex.split(re.split(r" {2,}", line)[0], comments=True)

    assert (program, group) == ("lms", "course")
    command = course.commands[name]
    # The paths are examples and lead nowhere: words are matched with the command, and their values are not looked at.
    _values, left, _order = command.make_parser(click.Context(command)).parse_args(words)
    assert left == []
