"""Read a piece of Markdown as our pages do and as CommonMark says, each reduced to what a reader gets."""

import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from lms.courses.compiler.commonmark import CommonMarkExtension
from lms.courses.compiler.fences import FenceExtension
from lms.courses.compiler.lists import ListExtension
from lms.courses.compiler.markdown_events import Event, events_of, without_comments
from lms.courses.compiler.quick_markdown import QuickMarkdown

_TAG = r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>"
_TAG_PRIORITY = 90
_HTML = "<raw-html></raw-html>"
_own = threading.local()


def as_ours(text: str) -> list[Event]:
    """Return what our pages show of a piece; an empty list when the engine gives up."""
    return events_of(our_html(text))


def our_html(text: str) -> str:
    """Return the HTML that our pages start from; nothing when the engine gives up."""
    engine = _engine()
    try:
        return engine.reset().convert(text)
    except RecursionError:
        return ""


def as_commonmark(text: str) -> list[Event]:
    """Return what CommonMark with tables says of a piece."""
    return events_of(_judge().render(text))


def commonmark_blocks(text: str) -> Iterator[tuple[int, int, list[Event]]]:
    """Give each outer block as CommonMark sees it: its first line, the line after its last, and what it shows."""
    judge = _judge()
    block: list[Token] = []
    for token in judge.parse(text):
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            first, last = block[0].map or (0, 0)
            yield first, last, events_of(judge.renderer.render(block, judge.options, {}))
            block = []


def _judge() -> MarkdownIt:
    if not hasattr(_own, "judge"):
        _own.judge = MarkdownIt("commonmark").enable("table")
        for kind in ("html_block", "html_inline"):
            _own.judge.add_render_rule(kind, _mark_html)
    judge: MarkdownIt = _own.judge
    return judge


def _mark_html(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: object, _env: object
) -> str:
    """Show that HTML stands here, which our pages never have; comments show nothing."""
    return _HTML if without_comments(tokens[index].content).strip() else ""


def _engine() -> Markdown:
    """Return the engine of this thread: it keeps state while it works, and is slow to make."""
    if not hasattr(_own, "engine"):
        _own.engine = QuickMarkdown(
            extensions=[
                TableExtension(use_align_attribute=True),
                AttrListExtension(),
                DefListExtension(),
                FenceExtension(),
                ListExtension(),
                CommonMarkExtension(),
                _TagsTakenOut(),
            ]
        )
    engine: Markdown = _own.engine
    return engine


class _TagsTakenOut(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("automail")
        md.inlinePatterns.register(_TagRemover(_TAG, md), "tags", _TAG_PRIORITY)


class _TagRemover(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - name and wider type are Python-Markdown's
        self, m: re.Match[str], data: str
    ) -> tuple[str | ET.Element, int, int]:
        del data
        return "", m.start(0), m.end(0)
