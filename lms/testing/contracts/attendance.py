"""What every way to mark attendance promises. Inherit from the class in a test module and say which method."""

import re
from typing import ClassVar

from flask import Flask

from lms.plugins.attendance import AttendanceMethod
from lms.web.glyphs import glyph


class AttendanceMethodContract:
    """Tests of one way to mark; the subclass's name starts with ``Test``."""

    method: ClassVar[AttendanceMethod]

    def test_its_name_can_be_kept_with_every_mark(self) -> None:
        """Marks keep the name for years, so it is short and plain."""
        assert re.fullmatch(r"[a-z][a-z0-9-]{0,39}", self.method.name)

    def test_it_is_said_and_drawn(self) -> None:
        """The evidence says how a mark was made; the button has a picture that exists."""
        assert str(self.method.label)
        assert glyph(self.method.icon)

    def test_a_page_for_the_staff_takes_the_meeting_and_has_a_button(self, built_app: Flask) -> None:
        """The pages of a meeting link there with nothing but the meeting."""
        if not self.method.endpoint:
            return
        assert str(self.method.action)
        (rule,) = [
            rule
            for rule in built_app.url_map.iter_rules()
            if rule.endpoint == self.method.endpoint and "GET" in (rule.methods or ())
        ]
        assert rule.arguments == {"meeting_id"}
