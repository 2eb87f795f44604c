"""Take the YAML between the two `---` lines off the beginning of a page."""

from dataclasses import dataclass, replace

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.yaml_nodes import YamlNode, read_yaml

_VERIFY = ("verificar", "verify")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A Markdown file: its front matter and its text."""

    path: str
    front: YamlNode
    body: str
    body_line: int
    """Line of the file at which the body starts."""
    verify: str = ""
    """What must be verified before the page is shown, as its author says it; empty when nothing."""
    verify_line: int = 1


def read_page(text: str, path: str, findings: Findings) -> Page | None:
    """Return the page, or None and an error when its front matter is missing or broken."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        message = "Falta la cabecera: empiece con «---» y debajo titulo, minutos y lo demás."
        findings.error(Code.NO_FRONT_MATTER, path, 1, message)
        return None
    end = next((index for index, line in enumerate(lines) if index and line.rstrip() == "---"), None)
    if end is None:
        findings.error(Code.NO_FRONT_MATTER, path, 1, "La cabecera no termina: ciérrela con «---».")
        return None
    front = read_yaml("\n".join(lines[1:end]), path, findings, first_line=2)
    if front is None:
        return None
    front, verify, line = _without_verify(front)
    body = "\n".join(lines[end + 1 :])
    return Page(path=path, front=front, body=body, body_line=end + 2, verify=verify, verify_line=line)


def blank_mark(text: str) -> str:
    """Return a text whose head only says that it waits for a signature without that head, line for line."""
    lines = text.split("\n")
    page = read_page(text, "", Findings()) if lines[0].rstrip() == "---" else None
    if page is None or not page.verify or page.front.value:
        return text
    return "\n" * (page.body_line - 1) + page.body


def _without_verify(front: YamlNode) -> tuple[YamlNode, str, int]:
    """Take off what every kind of page may say: that it waits for a signature, and for what."""
    if not isinstance(front.value, dict):
        return front, "", front.line
    found = next((front.value[name] for name in _VERIFY if name in front.value), None)
    if found is None or not isinstance(found.value, str):
        return front, "", front.line
    rest = {name: node for name, node in front.value.items() if name not in _VERIFY}
    return replace(front, value=rest), found.value, found.line
