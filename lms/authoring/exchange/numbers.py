"""Telephone numbers that travel with a lesson: what the directory said on the day of the export, and that day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import escape

from lms.core.i18n import _
from lms.courses.blocks.route_words import on_day
from lms.courses.compiler.course import FlatPart, HtmlPart, Lesson, LivePart, Part, PlacePart, SectorPart
from lms.courses.serving import live_html
from lms.plugins.blocks import Reader


def with_directory(lesson: Lesson, day: date, language: str) -> Lesson:
    """Return the lesson with its live parts as the installation answers them on a day; the rest stay frozen."""
    answers = iter(live_html(lesson, Reader(today=day, language=language)))
    note = _(
        "Datos del directorio al %(day)s. Confirme antes de usar: un número puede cambiar.",
        day=on_day(day, language),
    )
    dated = f'<p class="text-sm"><strong>{escape(note)}</strong></p>'
    return replace(lesson, parts=tuple(_part(part, answers, dated) for part in lesson.parts))


def _part(part: Part, answers: Iterator[str], dated: str) -> Part:
    """Return a part with what was answered; the answers come in reading order, branches one after another."""
    if isinstance(part, SectorPart):
        own = (replace(each, parts=_flat(each.parts, answers, dated)) for each in part.branches)
        return replace(part, branches=tuple(own))
    if isinstance(part, PlacePart):
        local = (replace(each, parts=_flat(each.parts, answers, dated)) for each in part.branches)
        return replace(part, branches=tuple(local))
    return _flat((part,), answers, dated)[0]


def _flat(parts: tuple[FlatPart, ...], answers: Iterator[str], dated: str) -> tuple[FlatPart, ...]:
    return tuple(
        _served(part, next(answers), dated) if isinstance(part, LivePart) else part for part in parts
    )


def _served(part: LivePart, html: str, dated: str) -> FlatPart:
    return HtmlPart(html=f"{html}{dated}") if html else part
