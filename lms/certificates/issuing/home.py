"""What certificates add to the home page of whoever studies."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lms.certificates.issuing.queries import list_held
from lms.certificates.issuing.words import KINDS
from lms.core.actors import Actor
from lms.core.context import current_settings
from lms.plugins.home import HomePanel

SHOWN = 3


class LatestCertificates(HomePanel):
    """The latest certificates, each a link to its page."""

    name = "certificates"
    order = 20
    region = "aside"
    template = "certificates/_home_panel.html"

    def context(self, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
        """Return the latest valid certificates, in one query; None when there are none."""
        if actor.person_id is None:
            return None
        held = list_held(actor.person_id, limit=SHOWN, only_valid=True)
        if not held:
            return None
        documents = [(each, each.document) for each in held]
        return {"held": documents, "KINDS": KINDS, "today": now.astimezone(current_settings().zone).date()}
