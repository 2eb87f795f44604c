"""The formats that questions come from and go to."""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from lms.assessments.exchange.aiken import read_aiken, write_aiken
from lms.assessments.exchange.asked import Asked, Loss, Losses, Reading, Writing
from lms.assessments.exchange.compiled import asked_of
from lms.assessments.exchange.gift_reader import read_gift
from lms.assessments.exchange.gift_writer import write_gift
from lms.assessments.exchange.leaving import PictureOf, taken
from lms.assessments.exchange.moodle_reader import read_moodle
from lms.assessments.exchange.moodle_writer import write_moodle
from lms.assessments.exchange.qti import ZIP, read_qti, write_qti_2, write_qti_3
from lms.assessments.exchange.table import read_csv, write_csv
from lms.courses.compiler.course import Question


class Format(StrEnum):
    """How questions are written elsewhere."""

    GIFT = "gift"
    AIKEN = "aiken"
    CSV = "csv"
    MOODLE = "moodle"
    QTI_2 = "qti2"
    QTI_3 = "qti3"


READERS: Final = MappingProxyType[Format, Callable[[bytes], Reading]](
    {
        Format.GIFT: read_gift,
        Format.AIKEN: read_aiken,
        Format.CSV: read_csv,
        Format.MOODLE: read_moodle,
        Format.QTI_2: read_qti,
        Format.QTI_3: read_qti,
    }
)
WRITERS: Final = MappingProxyType[Format, Callable[[Iterable[Asked], PictureOf], Writing]](
    {
        Format.GIFT: lambda questions, _pictures: write_gift(questions),
        Format.AIKEN: lambda questions, _pictures: write_aiken(questions),
        Format.CSV: lambda questions, _pictures: write_csv(questions),
        Format.MOODLE: write_moodle,
        Format.QTI_2: write_qti_2,
        Format.QTI_3: write_qti_3,
    }
)
_MOODLE: Final = re.compile(rb"<quiz[\s>]")
_ITEM: Final = re.compile(rb"<(?:\w+:)?(qti-)?assessment-?item[\s>]", re.IGNORECASE)
_AIKEN: Final = re.compile(rb"(?im)^\s*(?:ANSWER|RESPUESTA)\s*:\s*[A-Z]\s*$")
_HEADINGS: Final = re.compile(rb"(?i)[^\n]*\benunciado\b[^\n]*[;,\t]|[^\n]*[;,\t][^\n]*\benunciado\b")


def read(content: bytes, form: Format) -> Reading:
    """Return the questions of a file; never raises."""
    return READERS[form](content)


def write(
    questions: Iterable[Question], form: Format, pictures: PictureOf = lambda _address: None
) -> Writing:
    """Return the file of some questions, with their keys, and everything that it could not take along."""
    losses = Losses()
    lost: list[Loss] = []
    writing = WRITERS[form](list(taken(questions, asked_of, losses, lost)), pictures)
    return Writing(
        content=writing.content,
        ending=writing.ending,
        media_type=writing.media_type,
        losses=(*lost, *writing.losses),
    )


def guessed(content: bytes, name: str) -> Format:
    """Return the format that a file seems to have, from its bytes and its name."""
    if _MOODLE.search(content[:4_000]):
        return Format.MOODLE
    if content.startswith(ZIP):
        return Format.QTI_2
    if item := _ITEM.search(content[:4_000]):
        return Format.QTI_3 if item[1] else Format.QTI_2
    if name.lower().endswith((".csv", ".tsv")) or _HEADINGS.match(content):
        return Format.CSV
    return Format.AIKEN if _AIKEN.search(content) and b"{" not in content else Format.GIFT
