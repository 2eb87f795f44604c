"""HTML as Markdown, with note of everything that Markdown does not hold. Never raises, whatever the HTML."""

import html
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from lms.assessments.exchange.asked import Losses
from lms.assessments.exchange.markdown_blocks import Blocks
from lms.assessments.exchange.plain import cleaned, escaped, one_line
from lms.assessments.exchange.tags import paragraph, read_tags
from lms.core.i18n import _l
from lms.core.text import Text

Picture = Callable[[str], str]
"""From the address of a picture to the one that the course gives it; empty when the course cannot have it."""

_MARKUP: Final = re.compile(r"<[A-Za-z/!?]|&#?\w+;")
_MARKS: Final = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "var": "*"}
_KEPT: Final = frozenset({"sub", "sup", "q", "small", "del", "ins", "abbr"})
"""Tags that a course may hold as they are."""
_STRUCK: Final = {"s": "del", "strike": "del"}
_BLOCKS: Final = frozenset(
    {
        "p", "div", "section", "article", "center", "header", "footer", "figure", "dt", "dd", "caption",
        "address", "main",
    }
)  # fmt: skip
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT: Final = frozenset(
    {
        "html", "body", "tbody", "thead", "tfoot", "colgroup", "col", "wbr", "span", "head", "bdi",
        "nobr", "label",
    }
)  # fmt: skip
"""Tags whose text says it all."""
_DROPPED: Final = frozenset(
    {
        "script", "style", "title", "template", "noscript", "object", "embed", "iframe", "svg", "math",
        "audio", "video", "canvas", "form", "select", "textarea", "applet",
    }
)  # fmt: skip
_VOID: Final = frozenset(
    {
        "br", "hr", "img", "col", "wbr", "input", "meta", "link", "source", "track", "area", "base",
        "embed", "param",
    }
)  # fmt: skip
_ADDRESS: Final = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>()\\]+", re.IGNORECASE)
_DEEPEST: Final = 60
_SPACES: Final = re.compile(r"[ \t\n\f]+")
_STYLE: Final = re.compile(r"color|font|background")
_LOST_TEXT: Final = _l("Markdown no tiene esta etiqueta: queda su texto.")
_LOST_ALL: Final = _l("Un curso no lleva esta etiqueta: no entra nada de ella.")


def from_html(text: str, losses: Losses, picture: Picture | None = None) -> str:
    """Return the Markdown of some HTML; a picture that cannot come in leaves its description."""
    text = cleaned(text)
    if not _MARKUP.search(text):
        return escaped(_folded(text).strip())
    if (words := paragraph(text)) is not None:
        return escaped(_folded(words).strip())
    reader = _Reader(losses, picture or (lambda _address: ""))
    read_tags(text, reader)
    return reader.result()


def inline_from_html(text: str, losses: Losses, picture: Picture | None = None) -> str:
    """Return the Markdown of some HTML on one line; what needs more than one is noted."""
    markdown = from_html(text, losses, picture)
    if "\n" not in markdown:
        return markdown
    if re.search(r"(?m)^(?:\s*(?:[-*+]|\d+[.)]) |```|\| |> )", markdown):
        losses.note(markdown, _l("Una opción va en una línea: se juntaron sus párrafos o su lista."))
    return one_line(markdown)


def from_moodle(text: str, losses: Losses, picture: Picture | None = None) -> str:
    """Return the Markdown of Moodle's own format: HTML in which each line is one."""
    text = cleaned(text)
    if _MARKUP.search(text):
        return from_html(re.sub(r"\n+", "<br><br>", text.strip()), losses, picture)
    return "\n\n".join(escaped(" ".join(line.split())) for line in text.split("\n") if line.strip())


def from_plain(text: str) -> str:
    """Return the Markdown of plain text."""
    return "\n\n".join(escaped(" ".join(line.split())) for line in cleaned(text).split("\n") if line.strip())


def text_of(markup: str) -> str:
    """Return the words of some HTML."""
    return (
        html.unescape(re.sub(r"<[^>]*>", " ", cleaned(markup))) if _MARKUP.search(markup) else cleaned(markup)
    )


def _folded(text: str) -> str:
    return _SPACES.sub(" ", text)


class _Reader(HTMLParser):
    """Writes Markdown while it reads; each open list or quotation indents what is inside it."""

    def __init__(self, losses: Losses, picture: Picture) -> None:
        super().__init__(convert_charrefs=True)
        self._losses, self._picture = losses, picture
        self._blocks = Blocks()
        self._line = ""
        self._stack: list[tuple[str, str]] = []
        self._dropped = ""
        self._depth = 0
        self._pre: list[str] | None = None
        self._table: list[list[str]] | None = None
        self._told: set[str] = set()

    def result(self) -> str:
        """Return what was written."""
        self._end_pre()
        self._end_table()
        while self._stack:
            self._end_mark(self._stack[-1][0])
        self._end_block()
        return self._blocks.text()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropped:
            self._depth += tag == self._dropped and tag not in _VOID
            return
        values = {name: value or "" for name, value in attrs}
        if tag in _DROPPED or tag == "input":
            self._tell(tag, _LOST_ALL)
            if tag not in _VOID:
                self._dropped, self._depth = tag, 1
            return
        self._open(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            self._depth -= tag == self._dropped
            if not self._depth:
                self._dropped = ""
            return
        self._close(tag)

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        if self._pre is not None:
            self._pre.append(data)
        elif any(tag == "code" for tag, _mark in self._stack):
            self._line += _folded(data).replace("`", "ˋ")
        else:
            self._write(data)

    def _write(self, data: str) -> None:
        text = _folded(data)
        if not self._line.strip() and not self._stack:
            text = text.lstrip()
        made = escaped(text) if not self._line else escaped(f"x{text}")[1:]
        self._line += made.replace("|", "&#124;") if self._table is not None else made

    def _open(self, tag: str, values: dict[str, str]) -> None:
        begin = _OPENINGS.get(tag)
        if begin is not None:
            begin(self, tag, values)
        elif tag in _BLOCKS:
            self._end_cell_or_block()
        elif tag in _HEADINGS:
            self._tell(tag, _l("Una pregunta no lleva títulos: queda en negritas."))
            self._end_block()
            self.begin_mark("strong", values)
        elif tag not in _SILENT:
            self._tell(tag, _LOST_TEXT)
        if _STYLE.search(values.get("style", "")):
            self._tell(
                f'{tag} style="{values["style"][:30]}"',
                _l("Los colores y las letras son los de la plataforma."),
            )

    def _close(self, tag: str) -> None:
        if tag == "pre":
            self._end_pre()
        elif tag in {"ul", "ol", "blockquote"}:
            self._end_block()
            self._blocks.end_list(tag)
        elif tag in _HEADINGS:
            self._end_mark("strong")
            self._end_block()
        elif tag == "table":
            self._end_table()
        elif tag in {"td", "th"} and self._table is not None:
            self._end_cell()
        elif tag in _BLOCKS or tag in {"li", "dt", "dd", "caption"}:
            self._end_cell_or_block()
        else:
            self._end_mark(tag)

    def begin_mark(self, tag: str, _values: dict[str, str]) -> None:
        mark = "`" if tag == "code" else _MARKS.get(tag) or f"<{_STRUCK.get(tag, tag)}>"
        if any(known == mark for _tag, known in self._stack) or len(self._stack) >= _DEEPEST:
            return
        self._stack.append((tag, mark))
        self._line += f"\0{mark}"

    def begin_list(self, tag: str, _values: dict[str, str]) -> None:
        self._end_block()
        self._blocks.begin_list(tag)

    def begin_rule(self, _tag: str, _values: dict[str, str]) -> None:
        self._end_block()

    def begin_pre(self, _tag: str, _values: dict[str, str]) -> None:
        self._end_block()
        self._pre = []

    def begin_table(self, _tag: str, _values: dict[str, str]) -> None:
        self._end_block()
        self._table = []

    def begin_image(self, _tag: str, values: dict[str, str]) -> None:
        self._line += self._image(values)

    def begin_link(self, _tag: str, values: dict[str, str]) -> None:
        address = values.get("href", "").strip()
        if any(tag == "a" for tag, _mark in self._stack):
            return
        if not _ADDRESS.fullmatch(address):
            if address:
                self._losses.note(
                    address, _l("El enlace no lleva a una dirección de Internet: queda su texto.")
                )
            return
        self._stack.append(("a", f"]({address})"))
        self._line += "\0["

    def _end_mark(self, tag: str) -> None:
        """Close a mark and whatever was left open inside it; around nothing, or only spaces, it says nothing."""
        if all(known != tag for known, _mark in self._stack):
            return
        while self._stack:
            open_tag, mark = self._stack.pop()
            before, _, inside = self._line.rpartition("\0")
            opening = "[" if open_tag == "a" else mark
            words = inside.removeprefix(opening)
            closing = f"</{mark[1:]}" if mark.startswith("<") else mark
            head, tail = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
            core = words.strip()
            self._line = f"{before}{head}{opening}{core}{closing}{tail}" if core else f"{before}{words}"
            if open_tag == tag:
                return

    def begin_line(self, _tag: str, _values: dict[str, str]) -> None:
        if self._table is not None:
            self._line += " "
        elif self._blocks.is_nested:
            self._line = f"{self._line.rstrip()} "
        else:
            self._end_block()

    def _image(self, values: dict[str, str]) -> str:
        source = values.get("src", "").strip()
        alt = one_line(values.get("alt", "")).replace("[", "(").replace("]", ")")
        address = self._picture(unquote(source)) if source else ""
        if not address:
            self._losses.note(
                source or "<img>",
                _l("La imagen no viene con el archivo: queda su descripción. Súbala al borrador."),
            )
            return escaped(f"({alt})") if alt else ""
        if not alt:
            self._losses.note(source, _l("La imagen no dice qué se ve: escríbalo entre los corchetes."))
        return f"![{alt}]({address})"

    def begin_item(self, _tag: str, _values: dict[str, str]) -> None:
        self._end_block()
        self._blocks.begin_item()

    def begin_cell(self, tag: str, _values: dict[str, str]) -> None:
        if self._table is None:
            return
        self._end_cell()
        if tag == "tr":
            self._table.append([])

    def _end_cell(self) -> None:
        while self._stack:
            self._end_mark(self._stack[-1][0])
        words = one_line(self._line)
        self._line = ""
        if self._table is not None and (words or (self._table and self._table[-1] is not None)):
            if not self._table:
                self._table.append([])
            if words:
                self._table[-1].append(words)

    def _end_cell_or_block(self) -> None:
        if self._table is None:
            self._end_block()
        else:
            self._line += " "

    def _end_table(self) -> None:
        if self._table is None:
            return
        self._end_cell()
        rows = [row for row in self._table if row]
        self._table = None
        width = max((len(row) for row in rows), default=0)
        if not width:
            return
        lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * width)
        self._blocks.add("\n".join(lines))

    def _end_pre(self) -> None:
        if self._pre is None:
            return
        code = "".join(self._pre).strip("\n")
        self._pre = None
        if code.strip():
            self._blocks.add("\n".join(f"    {line}".rstrip() for line in code.split("\n")))

    def _end_block(self) -> None:
        """End a paragraph; the marks that are open go on in the next one."""
        if self._pre is not None:
            return
        reopened = [mark for mark in reversed(self._stack) if mark[0] != "a"]
        while self._stack:
            self._end_mark(self._stack[-1][0])
        words = self._line.strip()
        self._line = ""
        if words:
            self._blocks.add(words)
        for tag, mark in reversed(reopened):
            self._stack.append((tag, mark))
            self._line += f"\0{mark}"

    def _tell(self, tag: str, why: Text) -> None:
        if tag not in self._told:
            self._told.add(tag)
            self._losses.note(f"<{tag}>", why)


_OPENINGS: Final[Mapping[str, Callable[[_Reader, str, dict[str, str]], None]]] = MappingProxyType(
    {
        **dict.fromkeys((*_MARKS, "code", *_KEPT, *_STRUCK), _Reader.begin_mark),
        **dict.fromkeys(("ul", "ol", "blockquote"), _Reader.begin_list),
        **dict.fromkeys(("tr", "td", "th"), _Reader.begin_cell),
        "a": _Reader.begin_link,
        "img": _Reader.begin_image,
        "br": _Reader.begin_line,
        "hr": _Reader.begin_rule,
        "pre": _Reader.begin_pre,
        "li": _Reader.begin_item,
        "table": _Reader.begin_table,
    }
)
"""What begins with each tag that has a meaning of its own."""
