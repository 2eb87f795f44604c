"""House rules for every text file, and for templates what the content security policy refuses."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.check_finding import Finding

# The brackets keep this file from breaking its own rule.
UNFINISHED = re.compile(
    r"\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|(?i:próximament[e]|lorem ipsu[m]|coming soo[n])"
)
HOSTS = {
    "org": ("pypi", "pythonhosted", "anaconda", "npmjs", "rubygems", "packagist", "maven"),
    "com": ("npmjs", "yarnpkg"),
    "io": ("crates",),
}
REGISTRIES = re.compile(
    "|".join(rf"(?i:\b(?:{'|'.join(names)})\.{suffix}\b)" for suffix, names in HOSTS.items())
)

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"<(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>")
STYLE_ATTRIBUTE = re.compile(r"(?:^|\s)style\s*=", re.IGNORECASE)
HANDLER = re.compile(r"(?:^|\s)(on[a-z]+)\s*=", re.IGNORECASE)
SCRIPT_SOURCE = re.compile(r"(?:^|\s)src\s*=", re.IGNORECASE)
SCRIPT_DATA = re.compile(r"(?:^|\s)type\s*=\s*[\"']application/(?:ld\+)?json[\"']", re.IGNORECASE)
SCRIPT_ADDRESS = re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE)


def check(path: PurePosixPath, source: str) -> Iterator[Finding]:
    """Yield the rules that one text file breaks."""
    if "vendor" not in path.parts:
        yield from unfinished(path, source)
        yield from registries(path, source)
    if is_page_template(path):
        yield from inline_code(path, source)


def is_page_template(path: PurePosixPath) -> bool:
    """Answer whether a browser shows it; e-mails and PDF documents have no content security policy."""
    if path.suffix not in {".html", ".svg"} or path.parts[0] != "lms":
        return False
    return "templates" in path.parts and not {"email", "emails", "pdf"} & set(path.parts)


def unfinished(path: PurePosixPath, source: str) -> Iterator[Finding]:
    """What is published is finished; what is left to do is an issue."""
    for number, line in enumerate(source.splitlines(), start=1):
        if found := UNFINISHED.search(line):
            message = (
                f"“{found.group()}” marks unfinished work: finish it or open an issue, and say nothing here."
            )
            yield Finding(path, number, "unfinished", message)


def registries(path: PurePosixPath, source: str) -> Iterator[Finding]:
    """An installation behind a mirror must not be pointed elsewhere by our files."""
    for number, line in enumerate(source.splitlines(), start=1):
        if found := REGISTRIES.search(line):
            message = f"“{found.group()}” is a package registry: name the package, not its source."
            yield Finding(path, number, "registry", message)


def inline_code(path: PurePosixPath, source: str) -> Iterator[Finding]:
    """The content security policy refuses code and styles that are written in the page."""
    page = JINJA.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), source)
    for tag in TAG.finditer(page):
        line = page.count("\n", 0, tag.start()) + 1
        for message in refused(tag["name"].lower(), tag["attributes"]):
            yield Finding(path, line, "inline-code", message)


def refused(name: str, attributes: str) -> Iterator[str]:
    """Yield what the policy would refuse in one tag, and what to write instead."""
    if STYLE_ATTRIBUTE.search(attributes):
        yield "no style= attribute: use a class, or a data attribute that the style sheet reads."
    if name == "style":
        yield "no <style> element: put the rules in lms/web/styles."
    if handler := HANDLER.search(attributes):
        yield f"no {handler[1]}= attribute: listen for the event in a module of lms/web/static/js."
    if name == "script" and not SCRIPT_SOURCE.search(attributes) and not SCRIPT_DATA.search(attributes):
        yield "no inline script: move it to a module of lms/web/static/js and load it with src."
    if SCRIPT_ADDRESS.search(attributes):
        yield "no javascript: address: use a button and a module of lms/web/static/js."
