"""What upper slices draw on the pages on which people begin."""

from flask import render_template
from markupsafe import Markup

from lms.core.actors import Actor
from lms.core.clock import now
from lms.core.context import registry
from lms.plugins.home import HomePanel


def panels_of(actor: Actor, region: str) -> list[Markup]:
    """Return the drawn panels of one region that have something to show."""
    known: list[HomePanel] = [each for each in registry("home_panels").values() if each.region == region]
    shown = [(panel, panel.context(actor, now())) for panel in sorted(known, key=lambda each: each.order)]
    return [
        Markup(render_template(panel.template, **context))  # noqa: S704 - a template of ours escapes its values
        for panel, context in shown
        if context is not None
    ]
