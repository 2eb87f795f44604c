"""Dress the elements that Markdown yields as our pages want them: ids, links, pictures, tables."""

import re
import xml.etree.ElementTree as ET
from collections import Counter

from lms.courses.compiler import pictures
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Heading
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.site import Anchor, Site, Target
from lms.courses.compiler.slugs import slugify
from lms.courses.compiler.terms import plain_terms

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PAGE_LEVEL, _NESTED_LEVEL, _LAST_LEVEL = 2, 4, 6
_STASHED = re.compile("\x02[^\x03]*\x03")
_CELLS = frozenset({"th", "td"})
_NO_ID = "no id"
_LABEL_CELLS = 3
_TABLE = {"es": "Tabla", "en": "Table"}
# Ids that the page around the lesson uses.
_TAKEN = frozenset({"content", "map", "glossary", "on-page", "sources", "self-check", "main", "menu"})


class Dresser:
    """Dresses one page and remembers what it saw."""

    def __init__(self, site: Site, path: str, lines: list[str], first_line: int) -> None:
        """Work on the page at a path; its body has these lines, from this line of the file."""
        self._site = site
        self._path = path
        self._lines = lines
        self._first_line = first_line
        self.start_again()

    def start_again(self) -> None:
        """Forget what was seen, for a second conversion of the same page."""
        self.findings = Findings()
        self.headings: list[Heading] = []
        self.anchors: list[Anchor] = []
        self.ids: set[str] = set()
        self._own_anchors: list[tuple[str, int]] = []
        self._seen: dict[str, int] = {}

    def prepare(self, element: ET.Element, *, is_nested: bool) -> None:
        """Number the headings of a top-level element: blocks own the levels above the fourth."""
        if element.tag == "p":
            return
        for part in element.iter():
            if part.tag in _HEADINGS:
                self._heading(part, is_nested=is_nested)

    def dress(self, root: ET.Element) -> None:
        """Dress the whole page, then check the links to its own anchors."""
        seen: set[str] = set()
        for part in root.iter():
            tag = part.tag
            seen.add(tag)
            if tag == "a":
                self._link(part)
            elif tag == "img":
                self._image(part)
            elif tag in _CELLS:
                _align(part)
        if "img" in seen:
            _wrap_pictures(root)
        if "table" in seen:
            _wrap_tables(root, _TABLE.get(self._site.language, _TABLE["es"]))
        self._keep_ids_apart(root)

    def _keep_ids_apart(self, root: ET.Element) -> None:
        """Leave each id at one place; headings already have theirs."""
        seen: set[str] = set()
        for part in root.iter():
            found = part.get("id", _NO_ID)
            if found is _NO_ID:
                continue
            if (found in seen or found in _TAKEN) and part.tag not in _HEADINGS:
                part.attrib.pop("id")
            else:
                seen.add(found)
        self.ids.update(filter(None, seen))

    def broken_anchors(self) -> None:
        """Report the links to places of this page that do not exist."""
        for anchor, line in self._own_anchors:
            if anchor not in self.ids:
                message = f"En esta página no hay un título «#{anchor}»: corrija el enlace."
                self.findings.error(Code.BROKEN_ANCHOR, self._path, line, message)

    def _heading(self, element: ET.Element, *, is_nested: bool) -> None:
        level = max(int(element.tag[1]), _PAGE_LEVEL)
        if is_nested:
            level = min(max(level + 1, _NESTED_LEVEL), _LAST_LEVEL)
        element.tag = f"h{level}"
        _plain_within(element)
        text = _STASHED.sub("", "".join(element.itertext())).strip()
        element.set("id", self._free_id(slugify(element.get("id", "")) or slugify(text) or "titulo"))
        if level == _PAGE_LEVEL:
            self.headings.append(Heading(id=element.get("id", ""), text=text))

    def _free_id(self, wanted: str) -> str:
        found, number = wanted, 1
        while found in self.ids or found in _TAKEN:
            number += 1
            found = f"{wanted}-{number}"
        self.ids.add(found)
        return found

    def _link(self, element: ET.Element) -> None:
        _plain_within(element)
        address = element.get("href", "")
        if "footnote-ref" in element.get("class", "") or "footnote-backref" in element.get("class", ""):
            return
        line = self._line_of(address)
        target = self._site.link(self._path, address)
        if target.problem is not None:
            self.findings.error(target.problem[0], self._path, line, target.problem[1])
            element.attrib.pop("href", None)
            return
        element.set("href", target.url)
        if target.is_external:
            element.set("rel", "noopener noreferrer")
        self._remember(target, line)

    def _remember(self, target: Target, line: int) -> None:
        if not target.anchor:
            return
        if target.page == self._path:
            self._own_anchors.append((target.anchor, line))
        elif target.page:
            self.anchors.append(Anchor(path=self._path, line=line, page=target.page, anchor=target.anchor))

    def _image(self, element: ET.Element) -> None:
        address = element.get("src", "")
        line = self._line_of(address)
        for name in ("alt", "title"):
            if element.get(name):
                element.set(name, plain_terms(element.get(name, "")))
        if not element.get("alt", "").strip():
            message = (
                f"La imagen «{address}» no tiene texto alternativo: describa entre corchetes lo que enseña."
            )
            self.findings.error(Code.NO_ALT, self._path, line, message)
        target, asset = self._site.image(self._path, address)
        if target.problem is not None:
            self.findings.error(target.problem[0], self._path, line, target.problem[1])
            element.attrib.pop("src", None)
            return
        element.set("src", target.url)
        element.set("loading", "lazy")
        size = pictures.size(asset.content, asset.media_type) if asset else None
        if size is not None:
            element.set("width", str(size[0]))
            element.set("height", str(size[1]))

    def _line_of(self, needle: str) -> int:
        """Return the line of the next place where an address is written."""
        if not needle:
            return self._first_line
        from_index = self._seen.get(needle, 0)
        for index in range(from_index, len(self._lines)):
            if needle in self._lines[index]:
                self._seen[needle] = index + 1
                return self._first_line + index
        return self._line_of_first(needle)

    def _line_of_first(self, needle: str) -> int:
        found = (index for index, line in enumerate(self._lines) if needle in line)
        return self._first_line + next(found, 0)


def _plain_within(element: ET.Element) -> None:
    """A term inside a link or a heading is not a link itself."""
    for part in element.iter():
        part.text = plain_terms(part.text) if part.text else part.text
        if part is not element:
            part.tail = plain_terms(part.tail) if part.tail else part.tail


def _align(cell: ET.Element) -> None:
    """Turn the alignment of a column into a class: our pages allow no inline style."""
    side = cell.attrib.pop("align", "")
    if side in {"right", "center"}:
        cell.set("class", "num" if side == "right" else "center")
    if cell.tag == "th":
        cell.set("scope", "col")


def _wrap_pictures(root: ET.Element) -> None:
    """Make a figure of a picture alone in its paragraph; its title becomes the caption."""
    for paragraph in root.iter("p"):
        if len(paragraph) != 1 or paragraph[0].tag != "img" or (paragraph.text or "").strip():
            continue
        image = paragraph[0]
        if (image.tail or "").strip():
            continue
        paragraph.tag = "figure"
        caption = image.attrib.pop("title", "")
        if caption:
            ET.SubElement(paragraph, "figcaption").text = caption


def _wrap_tables(root: ET.Element, word: str) -> None:
    """Put each table in a region that the keyboard can scroll; no two regions of a page have the same name."""
    named: Counter[str] = Counter()
    for parent in [part for part in root.iter() if part.find("table") is not None]:
        if parent.get("class") == "table-wrap":
            continue
        for index, child in enumerate(list(parent)):
            if child.tag == "table":
                parent[index] = _wrapped(child, word, named)


def _wrapped(table: ET.Element, word: str, named: Counter[str]) -> ET.Element:
    _free_corners(table)
    cells = ["".join(cell.itertext()).strip() for cell in table.iter("th")]
    label = ", ".join(plain_terms(_STASHED.sub("", cell)) for cell in cells[:_LABEL_CELLS] if cell)
    name = f"{word}: {label}" if label else word
    named[name] += 1
    table.set("class", "table")
    wrap = ET.Element("div", {"class": "table-wrap", "role": "region", "tabindex": "0"})
    wrap.set("aria-label", name if named[name] == 1 else f"{name} ({named[name]})")
    wrap.tail, table.tail = table.tail, None
    wrap.append(table)
    return wrap


def _free_corners(table: ET.Element) -> None:
    """Make plain cells of the headings without words: they head nothing, and a screen reader would name them."""
    for cell in list(table.iter("th")):
        if not len(cell) and not (cell.text or "").strip():
            cell.tag = "td"
