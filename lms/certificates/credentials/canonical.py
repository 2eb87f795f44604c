"""The one text that a credential has, whatever the order of its JSON: canonical N-Quads, as RDFC-1.0 orders them.

A processor of JSON-LD reads the contexts and sorts any graph, in some 40 ms for each badge. Our documents are few
kinds of tree and use the terms of ``terms.py``, so this walks them in a fraction of a millisecond; whatever it could
get wrong, a term it does not know or two nodes that nothing tells apart, it refuses.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from lms.certificates.credentials.terms import NAMED, TERMS, TYPES, Kind, Term

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\"})

Document = Mapping[str, Any]
Meaning = TypeVar("Meaning")


class NotCanonical(ValueError):
    """The document uses something that this module cannot put in order."""


class Quad(NamedTuple):
    """One statement, each part as N-Quads write it; nodes without a name are _:0, _:1…."""

    subject: str
    predicate: str
    object: str

    def line(self, names: Mapping[str, str]) -> str:
        """Return the statement with its nameless nodes called by these names."""
        return f"{self._as(self.subject, names)} {self.predicate} {self._as(self.object, names)} .\n"

    @staticmethod
    def _as(part: str, names: Mapping[str, str]) -> str:
        return names.get(part, part)


def canonical(document: Document) -> str:
    """Return the canonical N-Quads of a document without its proof; raises NotCanonical."""
    quads = list(_Walk().node(document))
    names = _names(quads)
    return "".join(sorted({quad.line(names) for quad in quads}))


def _names(quads: Sequence[Quad]) -> dict[str, str]:
    """Return the canonical name of each nameless node: in the order of the hashes of what is said of it."""
    nameless = {part for quad in quads for part in (quad.subject, quad.object) if part.startswith("_:")}
    hashes = {_hash(node, quads, nameless): node for node in nameless}
    if len(hashes) < len(nameless):
        raise NotCanonical("Two nodes without a name say the same.")
    return {hashes[key]: f"_:c14n{number}" for number, key in enumerate(sorted(hashes))}


def _hash(node: str, quads: Sequence[Quad], nameless: set[str]) -> str:
    names = {each: "_:a" if each == node else "_:z" for each in nameless}
    lines = sorted(quad.line(names) for quad in quads if node in (quad.subject, quad.object))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


class _Walk:
    """Turns a tree of objects into statements, giving provisional names to nodes without one."""

    def __init__(self) -> None:
        self._count = 0

    def node(self, content: Document) -> Iterator[Quad]:
        yield from self._about(self._name(content), content)

    def _name(self, content: Document) -> str:
        if "id" in content:
            return f"<{content['id']}>"
        self._count += 1
        return f"_:{self._count - 1}"

    def _about(self, subject: str, content: Document) -> Iterator[Quad]:
        for key, value in content.items():
            if key in ("@context", "id"):
                continue
            values = value if isinstance(value, list | tuple) else [value]
            if key == "type":
                yield from (Quad(subject, RDF_TYPE, f"<{_known(TYPES, each)}>") for each in values)
            else:
                for each in values:
                    yield from self._statement(subject, _known(TERMS, key), each)

    def _statement(self, subject: str, term: Term, value: Any) -> Iterator[Quad]:
        predicate = f"<{term.iri}>"
        if term.kind is Kind.TEXT:
            yield Quad(subject, predicate, _literal(value, term.datatype))
        elif isinstance(value, str):
            yield Quad(subject, predicate, f"<{NAMED.get(value, value)}>")
        else:
            name = self._name(value)
            yield Quad(subject, predicate, name)
            yield from self._about(name, value)


def _known(meanings: Mapping[str, Meaning], name: str) -> Meaning:
    try:
        return meanings[name]
    except KeyError:
        raise NotCanonical(f"«{name}» is not in the vocabulary.") from None


def _literal(value: object, datatype: str) -> str:
    if isinstance(value, bool):
        value = "true" if value else "false"
    if not isinstance(value, str):
        raise NotCanonical(f"{value!r} is not text.")
    if any(unicodedata.category(sign) == "Cc" for sign in value):
        # How a tabulator is written changed between versions of the standard, so programs disagree about it.
        raise NotCanonical(f"{value!r} has a control character.")
    return f'"{value.translate(ESCAPES)}"' + (f"^^<{datatype}>" if datatype else "")
