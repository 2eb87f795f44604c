"""Pages for everybody, in a real browser."""

import pytest

PAGES = ("/", "/courses/", "/help", "/accessibility", "/privacy", "/case-now", "/account/sign-in")


@pytest.mark.parametrize("width", [390, 1440])
def test_public_pages_are_accessible_and_fit(visit, width):
    visitor = visit(width=width)
    for path in PAGES:
        visitor.open(path)
    visitor.check()
