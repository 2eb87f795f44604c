"""Read the head of a block: `name [argument] [title words] [{key=value}]`."""

import re

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.splitter import Fenced
from lms.plugins.blocks import Block, MarkdownBlock

_BRACES = re.compile(r"(?:^|[ \t])\{([^{}]*)\}$")
_PAIR = re.compile(r"""([^\s="']+)=(?:"([^"]*)"|'([^']*)'|(\S+))(?:\s+|$)""")


def read_head(fenced: Fenced, kind: MarkdownBlock | None, path: str, findings: Findings) -> Block:
    """Return the block that a head announces; `kind` is None for a name that nobody knows."""
    head, braces = _take_braces(fenced.head)
    name, _, rest = head.partition(" ")
    argument, title = "", rest.strip()
    if kind is not None and kind.takes_argument:
        argument, _, title = title.partition(" ")
    if kind is not None and "{" in title:
        message = "Las llaves van al final de la línea, como {id=ejemplo}."
        findings.error(Code.BAD_HEAD, path, fenced.line, message)
    return Block(
        name=name,
        argument=argument,
        title=title.strip(),
        attributes=_attributes(braces, kind, fenced, path, findings) if kind else {},
        body=fenced.body,
        line=fenced.line,
    )


def attributes_of(fenced: Fenced) -> dict[str, str]:
    """Return the pairs in the braces of a head as they are written, whatever block it announces."""
    _head, braces = _take_braces(fenced.head)
    return {pair[1]: pair[2] or pair[3] or pair[4] or "" for pair in _PAIR.finditer(braces)}


def _take_braces(head: str) -> tuple[str, str]:
    found = _BRACES.search(head)
    return (head, "") if found is None else (head[: found.start()].rstrip(), found.group(1).strip())


def _attributes(
    braces: str, kind: MarkdownBlock, fenced: Fenced, path: str, findings: Findings
) -> dict[str, str]:
    attributes: dict[str, str] = {}
    position = 0
    while position < len(braces):
        pair = _PAIR.match(braces, position)
        if pair is None:
            message = (
                f"No se entiende «{braces[position:]}»: escriba clave=valor, sin espacios alrededor de «=»."
            )
            findings.error(Code.BAD_HEAD, path, fenced.line, message)
            break
        position = pair.end()
        key = pair.group(1)
        if key not in kind.attribute_names:
            message = (
                f"El atributo «{key}» no existe en este bloque.{did_you_mean(key, kind.attribute_names)}"
            )
            findings.error(Code.UNKNOWN_ATTRIBUTE, path, fenced.line, message)
            continue
        attributes[kind.attribute_names[key]] = pair.group(2) or pair.group(3) or pair.group(4) or ""
    return attributes
