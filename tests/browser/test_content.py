"""A walk through every page of every course of the product on a phone, as the people of each sector would read it.

Each page is opened once, the sectors taking turns; with ``WALK=all`` (``make walk``) each sector opens every page.
What says the same to two sectors is reviewed once; otherwise axe sees one page in three.
"""

import os
import re
from itertools import cycle
from pathlib import Path
from urllib.parse import urldefrag

import pytest

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.courses import service
from lms.courses.queries import list_outline
from lms.testing.axe import review_layout
from lms.testing.factories.accounts import make_person
from lms.testing.factories.learning import make_cohort, make_enrolment

CONTENT = Path(__file__).resolve().parents[2] / "content/courses"
COURSES = sorted(path.parent.name for path in CONTENT.glob("*/curso.yaml"))
SECTORS = ("security", "justice", "health", "education", "protection")
READS_ALL = os.environ.get("WALK") == "all"
SAMPLE = 3
"""One page in so many is given to axe too; ``WALK=all`` gives it every page."""
PASSWORD = "practicar-con-cuidado"
OWN = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|csrf_token\" value=\"[^\"]+")
"""What differs between two people's copies of one page."""
UNFOLD = "document.querySelectorAll('main details').forEach(each => { each.open = true; })"
LINKS = "[...document.querySelectorAll('main a[href]')].map(each => each.href)"
DEAD = """[...document.querySelectorAll('main a[href^="#"]')].map(each => each.getAttribute('href').slice(1))
    .filter(id => id && !document.getElementById(decodeURIComponent(id)))"""


@pytest.fixture
def study(unit):
    """Return ``study(slug)``: where each page of a course is for a person of each sector, by address of e-mail."""

    def enrolled(slug: str) -> dict[str, list[str]]:
        with unit():
            cohort = make_cohort(release=service.release(CONTENT / slug, actor=SYSTEM, now=now()))
            found = {}
            for sector in SECTORS:
                email = f"{sector}@example.org"
                enrolment = make_enrolment(cohort, make_person(email=email, password=PASSWORD), sector=sector)
                outline = list_outline(cohort.release_id)
                found[email] = [
                    f"/learning/{enrolment.id}/{module.slug}/{each.slug}"
                    for module in outline
                    for each in module.units
                ]
            return found

    return enrolled


def pages_of(paths: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return which pages each person reads."""
    if READS_ALL:
        return paths
    turns = dict(zip(range(len(next(iter(paths.values())))), cycle(paths), strict=False))
    return {email: [path for n, path in enumerate(own) if turns[n] == email] for email, own in paths.items()}


def sign_in(visitor, email: str) -> None:
    visitor.page.goto(f"{visitor.url}/account/sign-in")
    visitor.fill(email=email, password=PASSWORD)
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Entrar").click()


def read(visitor, path: str, asked: set[str], known: set[str]) -> list[str]:
    """Open a page, unfold everything on it, review what was not seen yet, and return its links that lead nowhere."""
    visitor.page.goto(f"{visitor.url}{path}")
    said = OWN.sub("", visitor.page.inner_html("main"))
    if said in known:
        return []
    known.add(said)
    visitor.page.evaluate(UNFOLD)
    if READS_ALL or not len(known) % SAMPLE:
        visitor.review()
    else:
        visitor.faults += [f"{path}: {fault}" for fault in review_layout(visitor.page)]
    dead = [f"{path}: #{each}" for each in visitor.page.evaluate(DEAD)]
    inner = {urldefrag(link).url for link in visitor.page.evaluate(LINKS) if link.startswith(visitor.url)}
    for link in sorted(inner - asked):
        asked.add(link)
        status = visitor.page.request.get(link).status
        dead += [f"{path}: {link} {status}"] if status >= 400 else []
    return dead


@pytest.mark.parametrize("slug", COURSES)
def test_every_page_can_be_read_on_a_phone(study, visit, slug):
    dead, known = [], set()
    for email, paths in pages_of(study(slug)).items():
        visitor, asked = visit(width=390), set()
        sign_in(visitor, email)
        for path in paths:
            dead += read(visitor, path, asked, known)
        visitor.check()
    assert dead == []
