"""Every link of the documentation leads somewhere."""

import re
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^(`{3,}).*?^\1`*$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\((?P<address>[^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (?P<text>.+)$", re.MULTILINE)


def prose_of(path):
    return CODE.sub("", FENCE.sub("", path.read_text(encoding="utf-8")))


def anchors_of(path):
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    return {anchor(found["text"]) for found in HEADING.finditer(text)}


def anchor(heading):
    kept = "".join(each for each in heading.lower() if unicodedata.category(each)[0] in "LN" or each in " -_")
    return kept.strip().replace(" ", "-")


def faults_of(path):
    for found in LINK.finditer(prose_of(path)):
        address = found["address"]
        if address.startswith(("https://", "http://", "mailto:")):
            continue
        file, _, fragment = address.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists():
            yield f"{address}: no such file"
        elif not target.is_relative_to(ROOT):
            yield f"{address}: outside the project"
        elif fragment and fragment not in anchors_of(target):
            yield f"{address}: no such heading"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_resolve(path):
    assert list(faults_of(path)) == []


def test_every_page_can_be_reached_from_the_readme():
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.is_file():
            continue
        seen.add(page)
        addresses = (found["address"].partition("#")[0] for found in LINK.finditer(prose_of(page)))
        waiting += [(page.parent / each).resolve() for each in addresses if each and "://" not in each]
    assert [str(page.relative_to(ROOT)) for page in PAGES if page not in seen] == []
