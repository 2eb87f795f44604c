"""What a page weighs for a browser that has nothing yet: itself and everything it draws with."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from bench.http import PageFailed, Target, fetch

IN_STYLES = re.compile(rb"url\(['\"]?([^)'\"#]+)['\"]?\)")
IN_PAGE = (
    ("link[rel~=stylesheet], link[rel~=preload], link[rel~=icon], link[rel~=manifest]", "href"),
    ("[src]", "src"),
)


@dataclass(frozen=True, slots=True)
class Weight:
    """The bytes of a cold page."""

    wire: int
    """Heads and bodies as they travel, compressed where the server compresses."""
    raw: int
    """Bodies without compression."""
    files: int


def weigh(target: Target) -> Weight:
    """Fetch a page and, once each, its style sheets, scripts, fonts, icons and pictures."""
    page = fetch(target)
    waiting = _references(page.content, target.path)
    answers = {target.path: page}
    while waiting:
        path = waiting.pop()
        if path in answers:
            continue
        answer = fetch(Target(target.port, path, target.cookie))
        if answer.status != 200:
            message = f"{path}: {answer.status}"
            raise PageFailed(message)
        answers[path] = answer
        if answer.headers.get("content-type", "").startswith("text/css"):
            waiting += [urljoin(path, found.decode()) for found in IN_STYLES.findall(answer.content)]
    found = answers.values()
    return Weight(sum(each.wire for each in found), sum(len(each.content) for each in found), len(found))


def _references(html: bytes, path: str) -> list[str]:
    soup = BeautifulSoup(html, "html.parser")
    found = [str(tag[name]) for css, name in IN_PAGE for tag in soup.select(css)]
    return [urljoin(path, each) for each in found if not each.startswith(("data:", "http:", "https:"))]
