"""A course written to do harm, shown by a real browser: nothing in it runs, and nothing is asked of anybody else."""

from pathlib import Path

import pytest

from lms.core.actors import SYSTEM, Role
from lms.core.clock import now
from lms.courses import service
from lms.testing.factories.accounts import PASSWORD, give_role, make_person

COURSE = Path(__file__).parents[1] / "courses" / "hostile" / "curso-hostil"
HARM = """
() => {
  const found = [];
  const addresses = ['href', 'src', 'action', 'formaction', 'data', 'xlink:href', 'srcset', 'poster', 'ping'];
  for (const one of document.querySelectorAll('body, body *')) {
    for (const {name, value} of one.attributes) {
      if (/^on/i.test(name)) found.push(`${one.tagName} ${name}`);
      if (name === 'style' || name === 'srcdoc') found.push(`${one.tagName} ${name}`);
      if (!addresses.includes(name)) continue;
      const url = new URL(value, document.baseURI);
      const isLink = one.tagName === 'A' && ['https:', 'http:', 'mailto:'].includes(url.protocol);
      if (!isLink && url.origin !== location.origin) found.push(`${one.tagName} ${name}=${value}`);
    }
  }
  for (const one of document.querySelectorAll('iframe, object, embed, base, meta[http-equiv], style, math')) {
    found.push(one.outerHTML);
  }
  for (const one of document.scripts) if (!one.src.startsWith(location.origin)) found.push(one.outerHTML);
  return found;
}
"""
TOUCH = """
() => {
  document.addEventListener('click', event => event.target.closest('a[href^="http"]') && event.preventDefault());
  document.addEventListener('submit', event => event.preventDefault(), true);
  for (const one of document.querySelectorAll('main *')) {
    for (const kind of ['mouseover', 'mouseenter', 'focus', 'blur', 'error', 'load', 'toggle', 'begin', 'input']) {
      one.dispatchEvent(new Event(kind));
    }
    if (one.tagName === 'SUMMARY') one.click();
  }
}
"""


@pytest.fixture
def hostile_pages(unit, live_server):
    """Keep what could be made of the course, errors and all, and return the addresses of its pages and its reader."""
    with unit():
        compilation = service.check(COURSE)
        course = service._new_course(compilation.attempt, now())
        release = service._keep(course, compilation.attempt, actor=SYSTEM, now=now())
        reader = make_person(password=PASSWORD)
        give_role(reader, Role.TRAINER)
        reader_email = reader.email
        asset = compilation.attempt.assets[0]
        units = [one.slug for one in compilation.attempt.modules[0].units]
        address = f"/courses/releases/{release.id}/preview/paginas"
    return reader_email, [
        *(f"{address}/{slug}" for slug in units),
        f"/courses/releases/{release.id}",
        "/courses/",
        "/courses/curso-hostil",
        f"/courses/assets/{asset.sha256}/buena.svg",
    ]


@pytest.mark.parametrize("bypasses_policy", [False, True], ids=["with-policy", "without-policy"])
def test_nothing_of_a_hostile_course_runs(browser, live_server, hostile_pages, bypasses_policy):
    email, pages = hostile_pages
    context = browser.new_context(bypass_csp=bypasses_policy, locale="es-MX")
    page = context.new_page()
    faults = []
    page.on("dialog", lambda dialog: (faults.append(f"dialog {page.url}"), dialog.dismiss()))
    page.on("pageerror", lambda error: faults.append(f"script {page.url}: {error}"))
    page.on(
        "console",
        lambda said: is_fault(said) and faults.append(f"console {page.url}: {said.text}"),
    )
    context.on("page", lambda _opened: faults.append(f"window {page.url}"))
    context.on(
        "request", lambda asked: is_own(asked.url, live_server) or faults.append(f"request {asked.url}")
    )
    page.goto(f"{live_server.url}/account/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Entrar").click()
    for path in pages:
        answer = page.goto(f"{live_server.url}{path}")
        assert answer.status == 200, path
        faults += [f"{path}: {found}" for found in page.evaluate(HARM)]
        page.evaluate(TOUCH)
        page.wait_for_timeout(100)
        if page.evaluate("() => window.__pwned !== undefined"):
            faults.append(f"{path}: ran")
        assert page.url == f"{live_server.url}{path}"
    context.close()

    assert faults == []


def is_own(url: str, server) -> bool:
    return url.startswith((f"{server.url}/", "data:image/"))


def is_fault(said) -> bool:
    """Whether a console message tells of a script or of something that the policy had to refuse."""
    return said.type == "error" and "Failed to load resource" not in said.text
