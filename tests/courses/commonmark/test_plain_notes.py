"""Notes in plain words and tables as people type them need no second opinion: it would agree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.courses.compiler.comparable import comparable
from lms.courses.compiler.plain_markdown import groups, is_plain_prose, reads_alike
from lms.courses.compiler.two_engines import as_commonmark, as_ours

WORDS = st.sampled_from(
    [
        "uno",
        "Ley 12.",
        "**dos**",
        "*tres*",
        "[^b]",
        "`x`",
        "1. a",
        "- b",
        "# c",
        "> d",
        "[e](f.md)",
        ": g",
        "[h]",
        "<i>",
        "*",
        "_",
    ]
)
notes = st.builds(
    lambda number, words: f"[^{number}]: {' '.join(words)}",
    st.sampled_from("abc"),
    st.lists(WORDS, min_size=1, max_size=4),
)
texts = st.lists(notes, min_size=1, max_size=3).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(text=texts)
def test_notes_that_pass_for_plain_are_read_alike(text):
    if all(map(reads_alike, groups(text))):
        piece = comparable(text.split("\n"), {"a", "b", "c"}).text

        assert as_ours(piece) == as_commonmark(piece)


@pytest.mark.parametrize(
    "text",
    [
        "[^1]: Ley General, artículo 10.",
        "[^1]: Ley General.\n[^2]: **Protocolo**, página 3.",
        "| Señal | Plazo |\n|---|--:|\n| Una | 2 h |",
    ],
)
def test_what_is_plain_passes(text):
    assert all(map(reads_alike, groups(text)))
    assert as_ours(text) == as_commonmark(text)


LINES = st.sampled_from(
    [
        "Uno",
        "dos tres.",
        "",
        "4 cosas",
        "- a",
        " b",
        "\u00a0c",
        "d ",
        "# e",
        "*f*",
        "¿g?",
        "a:",
        ": h",
        "~",
        "x | y",
    ]
)


@settings(max_examples=400, deadline=None)
@given(text=st.lists(LINES, max_size=7).map("\n".join).map(lambda text: text.strip("\n")))
def test_what_passes_for_prose_passes_group_by_group(text):
    if is_plain_prose(text):
        assert all(map(reads_alike, groups(text))) or not text
