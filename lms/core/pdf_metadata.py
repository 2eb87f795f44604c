"""What a PDF says of itself: the fields that readers show, and the same as XMP, with the promise of an archive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SPACES = {"dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/"}
_ARCHIVE_SPACES = {"pdfaid": "http://www.aiim.org/pdfa/ns/id/"}
_EXTENSION_SPACES = {
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# The packet identifier and the byte order mark are those of the XMP specification.
_OPEN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
_CLOSE = '</x:xmpmeta>\n<?xpacket end="w"?>'


class XmpProperty(NamedTuple):
    """One text that the file carries besides the usual ones; an archive wants each described where it stands."""

    namespace: str
    """Ends in / or #."""
    prefix: str
    name: str
    description: str
    """In English, as the standard's own descriptions."""
    value: str


@dataclass(frozen=True, kw_only=True)
class PdfMetadata:
    """What the file says of itself: title, language tag (BCP 47), author, subject, when it was made."""

    title: str
    language: str
    author: str = ""
    subject: str = ""
    created_at: datetime | None = None
    is_archive: bool = False
    """Whether the file declares that it is a PDF/A-2b."""
    properties: tuple[XmpProperty, ...] = ()


def docinfo(metadata: PdfMetadata) -> dict[str, str]:
    """Return the entries of the document information dictionary, for readers that know no XMP."""
    made = (
        metadata.created_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'") if metadata.created_at else ""
    )
    entries = {
        "/Title": metadata.title,
        "/Author": metadata.author,
        "/Subject": metadata.subject,
        "/CreationDate": made,
        "/ModDate": made,
    }
    return {name: value for name, value in entries.items() if value}


def xmp_packet(metadata: PdfMetadata) -> bytes:
    """Return the metadata stream: ISO 16684-1, with the identification and the extension schemas of ISO 19005-2.

    The standard lets namespaces and extension schemas stand anywhere; some validators read from top to bottom and look
    for namespaces on the description only, so schemas come first, in a description of their own.
    """
    spaces = _SPACES | (_ARCHIVE_SPACES if metadata.is_archive else {})
    spaces |= {each.prefix: each.namespace for each in metadata.properties}
    schemas = _description(_EXTENSION_SPACES, _schemas(metadata.properties)) if metadata.properties else ""
    body = f"{schemas}{_description(spaces, _said(metadata))}"
    return f'{_OPEN}<rdf:RDF xmlns:rdf="{_RDF}">{body}</rdf:RDF>{_CLOSE}'.encode()


def _said(metadata: PdfMetadata) -> str:
    made = (
        metadata.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00") if metadata.created_at else ""
    )
    parts = [
        f"<dc:title><rdf:Alt>{_alternative(metadata.title)}</rdf:Alt></dc:title>",
        f"<dc:language><rdf:Bag>{_item(metadata.language)}</rdf:Bag></dc:language>",
        f"<dc:creator><rdf:Seq>{_item(metadata.author)}</rdf:Seq></dc:creator>" if metadata.author else "",
        f"<dc:description><rdf:Alt>{_alternative(metadata.subject)}</rdf:Alt></dc:description>"
        if metadata.subject
        else "",
        f"<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>" if made else "",
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
        if metadata.is_archive
        else "",
        *map(_value, metadata.properties),
    ]
    return "".join(parts)


def _description(spaces: Mapping[str, str], content: str) -> str:
    declared = "".join(f" xmlns:{prefix}={quoteattr(address)}" for prefix, address in spaces.items())
    return f'<rdf:Description rdf:about=""{declared}>{content}</rdf:Description>'


def _item(text: str) -> str:
    return f"<rdf:li>{escape(text)}</rdf:li>"


def _alternative(text: str) -> str:
    return f'<rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'


def _value(each: XmpProperty) -> str:
    tag = f"{each.prefix}:{each.name}"
    return f"<{tag}>{escape(each.value)}</{tag}>"


def _schemas(properties: tuple[XmpProperty, ...]) -> str:
    return f"<pdfaExtension:schemas><rdf:Bag>{''.join(map(_schema, properties))}</rdf:Bag></pdfaExtension:schemas>"


def _schema(each: XmpProperty) -> str:
    described = (
        f"<pdfaProperty:name>{each.name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{escape(each.description)}</pdfaProperty:description>"
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaSchema:schema>{escape(each.description)}</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{escape(each.namespace)}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{each.prefix}</pdfaSchema:prefix>"
        f'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">{described}</rdf:li></rdf:Seq>'
        "</pdfaSchema:property></rdf:li>"
    )
