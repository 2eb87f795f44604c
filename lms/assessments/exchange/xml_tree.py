"""XML of strangers: no entities, no document types, no network, and a part that is broken costs only itself."""

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from lms.assessments.exchange.asked import Losses
from lms.assessments.exchange.received import MAX_BYTES
from lms.core.i18n import _l

Element = Any
"""An element of lxml, which has no types."""
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CDATA: Final = re.compile(rb"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse_xml(content: bytes, losses: Losses) -> Element | None:
    """Return the root of a document, None and a note when there is none; what was broken is noted too."""
    if len(content) > MAX_BYTES:
        losses.note("", _l("El archivo pesa más de %(limit)s MB: divídalo.", limit=MAX_BYTES // 1_000_000), 0)
        return None
    plain = content.replace(b"\0", b"") if b"\0" in content else content
    if _DOCTYPE.search(_CDATA.sub(b"", plain)):
        losses.note(
            "", _l("El archivo define entidades o un tipo de documento: no se abre, por seguridad."), 0
        )
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=True, strip_cdata=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        root = None
    if root is None:
        losses.note("", _l("El archivo no es XML que se pueda leer."), 0)
        return None
    for error in list(parser.error_log)[:5]:
        losses.note(
            error.message, _l("El XML está mal escrito aquí: lo que no se entendió no entra."), error.line
        )
    return root


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace, in one form for QTI 2 and QTI 3; empty for no element."""
    if not isinstance(element.tag, str):
        return ""
    return _local(element.tag).removeprefix("qti-").replace("-", "").lower()


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its name without hyphens or capitals."""
    for key, value in element.attrib.items():
        if _local(key).replace("-", "").lower() == name:
            return str(value)
    return ""


def all_of(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements with these names inside another, or all of them, in order."""
    return (
        each
        for each in element.iter(etree.Element)
        if each is not element and (not names or name_of(each) in names)
    )


def first_of(element: Element, *names: str) -> Element | None:
    """Return the first element with one of these names inside another."""
    return next(all_of(element, *names), None)


def children_of(element: Element, name: str) -> list[Element]:
    """Return the children of an element that have a name."""
    return [each for each in element if name_of(each) == name]


def text_in(element: Element | None) -> str:
    """Return all the text inside an element."""
    return "" if element is None else "".join(element.itertext())


def inner_markup(element: Element | None) -> str:
    """Return what stands inside an element as HTML."""
    if element is None:
        return ""
    pieces = [_escaped(element.text or "")]
    pieces += (etree.tostring(each, encoding="unicode", method="xml", with_tail=True) for each in element)
    return re.sub(r"""\sxmlns(?::\w+)?=(?:"[^"]*"|'[^']*')""", "", "".join(pieces))


def fit(text: str) -> str:
    """Return a text that XML can hold."""
    return _FORBIDDEN.sub("", text)


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
