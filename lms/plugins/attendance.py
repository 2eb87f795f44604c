"""What a way to mark attendance is to a plugin: a name for the evidence, and the page where the staff starts it."""

from dataclasses import dataclass

from lms.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceMethod:
    """A way to mark. Its pages call the verbs of ``lms.attendance.service`` with its name as ``method``."""

    name: str
    """Kept with every mark, so it never changes; at most 40 lower-case letters, digits and hyphens."""
    label: Text
    """How a mark was made, as the evidence says it: "with the QR code"."""
    icon: str
    endpoint: str = ""
    """Page on which the staff starts it; takes ``meeting_id``. Empty when only those who come use it."""
    action: Text = ""
    """What the button that leads there says: "Show the code"."""
    ends_with_meeting: bool = False
    """Whether it makes no sense once the meeting is over, like a code on a screen."""
    order: int = 50
