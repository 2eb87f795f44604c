"""The built-in blocks, offered through the same contract as those of plugins."""

from typing import Final

from lms.courses.blocks.callouts import Caution, Info, Key, Law, Local, Success
from lms.courses.blocks.case import Case
from lms.courses.blocks.contact import ContactBlock, FindContacts
from lms.courses.blocks.media import Audio, Download, Video
from lms.courses.blocks.place import PlaceBlock
from lms.courses.blocks.question import QuestionBlock
from lms.courses.blocks.reveal import Reveal
from lms.courses.blocks.route import RouteBlock
from lms.courses.blocks.say import Say
from lms.courses.blocks.scenes import ClosingBlock, EndingBlock, SceneBlock
from lms.courses.blocks.sector import SectorBlock
from lms.courses.blocks.simulation import SimulationBlock
from lms.courses.blocks.steps import Steps
from lms.courses.blocks.term import Term
from lms.plugins.blocks import MarkdownBlock

BUILT_IN_BLOCKS: Final[tuple[MarkdownBlock, ...]] = (
    Key(),
    Caution(),
    Law(),
    Local(),
    Info(),
    Success(),
    Say(),
    Steps(),
    Reveal(),
    Case(),
    SectorBlock(),
    PlaceBlock(),
    Video(),
    Audio(),
    Download(),
    Term(),
    QuestionBlock(),
    SceneBlock(),
    EndingBlock(),
    ClosingBlock(),
    SimulationBlock(),
    ContactBlock(),
    RouteBlock(),
)


def blocks_with(find: FindContacts) -> list[MarkdownBlock]:
    """Return the built-in blocks with a directory of contacts to serve from."""
    live = {block.name: block for block in (ContactBlock(find), RouteBlock(find))}
    return [live.get(block.name, block) for block in BUILT_IN_BLOCKS]
