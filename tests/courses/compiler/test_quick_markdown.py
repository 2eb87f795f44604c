"""The quick converter answers what Python-Markdown answers, to the letter."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from lms.courses.compiler.commonmark import CommonMarkExtension
from lms.courses.compiler.fences import FenceExtension
from lms.courses.compiler.lists import ListExtension
from lms.courses.compiler.quick_markdown import NEEDS, QuickMarkdown, is_one_paragraph, may_hold_markup
from lms.courses.compiler.terms import mark_terms

EXTENSIONS = ["tables", "footnotes", "attr_list", "def_list", "abbr"]
OURS = (FenceExtension, ListExtension, CommonMarkExtension)
ROOT = Path(__file__).parents[3]
PAGES = sorted((*(ROOT / "content/courses").rglob("*.md"), *(ROOT / "tests/courses/golden").rglob("*.md")))
PIECES = st.sampled_from(
    [
        *(
            "a",
            "b ",
            "ñ",
            "\n",
            "\n\n",
            "\n\n\n",
            "  \n",
            " ",
            "   ",
            "    ",
            "        ",
            "\t",
            "\\",
            "\\*",
            "\\\n",
        ),
        *(
            "# ",
            "## uno #\n",
            "#",
            "===\n",
            "---\n",
            "- - -\n",
            "***\n",
            "___\n",
            "= ",
            "1. ",
            "12. ",
            "- ",
            "2) ",
            "+ ",
            "* ",
        ),
        *(
            "> ",
            ">",
            ": ",
            ":",
            "a\n: b\n",
            "|",
            "a|b\n-|-\nc|d\n",
            "| a |\n|--:|\n",
            "*",
            "**",
            "***",
            "_",
            "__",
            "`",
            "``",
        ),
        *(
            "```\n",
            "~~~ x\n",
            "[a](b)",
            "[a]",
            "[a][b]",
            "[b]: c\n",
            "   [b]: c 'd'\n",
            "![a](b 'c')",
            "![a][b]",
            "[",
            "]",
            "(",
        ),
        *(
            "[^1]",
            "[^1]: nota\n",
            "[^1]:\n    nota\n",
            "*[ab]: c\n",
            "ab",
            "<b>",
            "</b>",
            "<",
            "<https://a.b>",
            "<a@b.c>",
        ),
        *(
            "&amp;",
            "&#38;",
            "&",
            "{#x .y a=b}",
            "{: z}",
            "{",
            "}",
            "!",
            "\x02",
            "\x03",
            "\ue000" + "0\ue001",
            "[[a]]",
            "<!-- a -->",
        ),
    ]
)
texts = st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join)


@pytest.fixture(scope="module")
def both():
    """Return the stock converter and ours, each used again and again."""
    return tuple(
        kind(extensions=[*EXTENSIONS, *(each() for each in OURS)]) for kind in (Markdown, QuickMarkdown)
    )


def answers(both, text):
    return [converter.reset().convert(text) for converter in both]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_page_we_have_converts_alike(page, both):
    stock, ours = answers(both, mark_terms(page.read_text(encoding="utf-8")))

    assert ours == stock


@settings(max_examples=600, deadline=None)
@given(text=texts)
def test_any_text_converts_alike(text, both):
    stock, ours = answers(both, text)

    assert ours == stock


@settings(max_examples=300, deadline=None)
@given(text=texts)
def test_a_text_without_what_a_pattern_needs_never_matches_it(text, both):
    patterns = both[1].inlinePatterns

    for name, need in NEEDS.items():
        if name in patterns and need not in text:
            assert patterns[name].getCompiledRegExp().search(text) is None
    if not may_hold_markup(text):
        assert not any(pattern.getCompiledRegExp().search(text) for pattern in patterns)


def test_prose_is_one_paragraph_and_tries_nothing(both, monkeypatch):
    tried = []
    ours = both[1]
    for processor in [*ours.parser.blockprocessors][1:-1]:
        monkeypatch.setattr(processor, "test", lambda *_: tried.append("block"))
    for pattern in ours.inlinePatterns:
        monkeypatch.setattr(pattern, "getCompiledRegExp", lambda: tried.append("pattern"))

    assert is_one_paragraph("Acompañar a la persona, sin prisa.\nY escuchar.")
    assert ours.reset().convert("Acompañar a la persona, sin prisa.\nY escuchar.") == (
        "<p>Acompañar a la persona, sin prisa.\nY escuchar.</p>"
    )
    assert tried == []
