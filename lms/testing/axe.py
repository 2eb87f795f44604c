"""What a strict reviewer finds on a page in a real browser: axe, both colour schemes, overflow, small targets."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""Every rule of WCAG 2.2 level AA, and what axe advises beyond it."""
SCRIPT = Axe().axe_script
SMALLEST_TARGET = 24
"""CSS pixels: WCAG 2.2, 2.5.8. Links inside a sentence are free of it there too."""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """smallest => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .map(element => {
        const label = element.matches('input') && element.id && document.querySelector(`label[for="${element.id}"]`);
        const wrap = element.matches('input') && element.closest('label');
        const boxes = [element, wrap, label].filter(Boolean).map(one => one.getBoundingClientRect());
        return {element, boxes};
    })
    .filter(({element, boxes}) => {
        const box = boxes[0], style = getComputedStyle(element);
        const isShown = element.checkVisibility({visibilityProperty: true, opacityProperty: true})
            && box.width > 1 && box.height > 1 && box.right > 0 && box.bottom > 0;
        const isInSentence = element.matches('a') && style.display === 'inline';
        return isShown && !isInSentence && boxes.every(one => Math.min(one.width, one.height) < smallest - 0.5);
    })
    .map(({element, boxes}) => `${element.outerHTML.slice(0, 120)} ${boxes[0].width}x${boxes[0].height}`)"""


def review_page(page: Page) -> list[str]:
    """Return every fault of the page as it stands, in light and in dark; an empty list for a good page."""
    faults = [*review_layout(page), *find_violations(page)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    faults += [f"dark: {fault}" for fault in find_violations(page, rules=["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return faults


def review_layout(page: Page) -> list[str]:
    """Return what sticks out sideways and which targets are too small; works without the page's own scripts."""
    overflow = page.evaluate(OVERFLOW)
    small: list[str] = page.evaluate(SMALL_TARGETS, SMALLEST_TARGET)
    return [
        *([f"{overflow} px wider than the screen"] if overflow > 0 else []),
        *(f"small target {s}" for s in small),
    ]


def find_violations(page: Page, *, rules: list[str] | None = None) -> list[str]:
    """Return what axe objects to, one sentence per element; by default on all of ``TAGS``."""
    found = _run(page, "rule", rules) if rules else _run(page, "tag", list(TAGS))
    return [
        f"{rule}: {node['html'][:160]} ({_reason(node)})"
        for rule, node in found
        if rule != "target-size" or _stays_small(page, node)
    ]


def _run(page: Page, kind: Literal["rule", "tag"], values: list[str]) -> list[tuple[str, dict[str, Any]]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    options = {"runOnly": {"type": kind, "values": values}, "resultTypes": ["violations"]}
    violations = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [(one["id"], node) for one in violations for node in one["nodes"]]


def _stays_small(page: Page, node: dict[str, Any]) -> bool:
    """Look again with the target in the middle: what lay under the bar at the foot of a phone is scrolled free."""
    target = node["target"]
    page.evaluate("selector => document.querySelector(selector).scrollIntoView({block: 'center'})", target[0])
    again = [other["target"] for _rule, other in _run(page, "rule", ["target-size"])]
    page.evaluate("scrollTo(0, 0)")
    return target in again


def _reason(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return checks[0]["message"] if checks else ""
