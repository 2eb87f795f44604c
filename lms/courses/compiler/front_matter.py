"""Take the YAML between the two `---` lines off the beginning of a page."""

from dataclasses import dataclass

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.yaml_nodes import YamlNode, read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A Markdown file: its front matter and its text."""

    path: str
    front: YamlNode
    body: str
    body_line: int
    """Line of the file at which the body starts."""


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
    return Page(path=path, front=front, body="\n".join(lines[end + 1 :]), body_line=end + 2)
