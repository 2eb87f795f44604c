"""QTI as a file or as a package: a zip is opened with the guards of the course archives, and never written to disk."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from lms.assessments.exchange.asked import Asked, Loss, Losses, Reading, Writing
from lms.assessments.exchange.leaving import PictureOf
from lms.assessments.exchange.qti_reader import read_items
from lms.assessments.exchange.qti_writer import qti_files
from lms.authoring.exchange.errors import ArchiveRefused
from lms.authoring.exchange.zips import unpacked, write_zip

ZIP = b"PK"


def read_qti(content: bytes) -> Reading:
    """Return the questions of an item or of a package."""
    if not content.startswith(ZIP):
        return read_items({"item.xml": content})
    try:
        return read_items(unpacked(content))
    except ArchiveRefused as refusal:
        return Reading(losses=(Loss(line=0, what="", why=refusal.message),))


def _write(questions: Iterable[Asked], pictures: PictureOf, *, version: int) -> Writing:
    lost: list[Loss] = []

    def each_with_losses() -> Iterator[tuple[Asked, Losses]]:
        for asked in questions:
            losses = Losses()
            yield asked, losses
            lost.extend(replace(loss, id=asked.id) for loss in losses.found)

    files = qti_files(each_with_losses(), pictures, version=version)
    return Writing(
        content=write_zip("", files), ending="qti.zip", media_type="application/zip", losses=tuple(lost)
    )


write_qti_2 = partial(_write, version=2)
"""Write a package of QTI 2.1."""
write_qti_3 = partial(_write, version=3)
"""Write a package of QTI 3.0."""
