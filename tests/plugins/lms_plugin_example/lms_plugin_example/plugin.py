"""The door of the plugin: what it adds to an installation."""

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.plugins.blocks import MarkdownBlock
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import NavItem, Slice
from lms_plugin_example.blocks import Pause
from lms_plugin_example.permissions import PausePermission
from lms_plugin_example.views import bp

API_VERSION = 1
"""The version of the plugin interface that this was written for."""


@hookimpl
def register_slice() -> Slice:
    """Declare the page, its permission, who carries it, and where it is found."""
    return Slice(
        name="example",
        blueprints=(bp,),
        permissions=PausePermission,
        grants={Role.TRAINEE: frozenset({PausePermission.READ})},
        nav=(
            NavItem(
                label=_l("Pausas"),
                endpoint="example.pauses",
                icon="clock",
                permission=PausePermission.READ,
                audience=Role.TRAINEE,
                order=90,
            ),
        ),
    )


@hookimpl
def register_markdown_blocks() -> list[MarkdownBlock]:
    """Let authors write ``::: pausa``."""
    return [Pause()]
