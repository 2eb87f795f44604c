"""Somebody's hours as a PDF that looks like the page of hours of their documents; drawn at once, without a job."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from pikepdf import Pdf

from lms.attendance.hours.rules import Line
from lms.attendance.hours.words import SOURCES, exact
from lms.certificates.designs.forms import POINTS, SIGNS
from lms.certificates.designs.typesetting import Typesetter
from lms.certificates.holdings.queries import Course, minutes_of
from lms.core.i18n import _, current_language
from lms.core.pdf_finish import finish_pdf
from lms.core.pdf_metadata import PdfMetadata
from lms.core.pdf_reading import Colour
from lms.core.pdf_stamp import Box, Run, Stamp, StampableForm
from lms.core.typefaces import load_typeface
from lms.web.formats import duration, medium_date

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 20.0, 190.0, 62.0, 272.0
STEP: Final = 6.4
"""Height of a row; all measures are in millimetres from the upper left corner, sizes of type in points."""
BEFORE_COURSE, COURSE_HEAD = 7.0, 16.0
LEAST_ROWS: Final = 3
"""A course begins on a page that has room for so many of its rows."""

REGULAR, STRONG = "fonts/ruta-sans-400.ttf", "fonts/ruta-sans-640.ttf"
TEAL: Final[Colour] = (5 / 255, 80 / 255, 97 / 255)
INK: Final[Colour] = (16 / 255, 32 / 255, 31 / 255)
GREY: Final[Colour] = (59 / 255, 76 / 255, 77 / 255)
LIGHT: Final[Colour] = (195 / 255, 211 / 255, 213 / 255)
STEPS: Final = ((9.0, 1), (8.2, 1), (7.4, 2))


class Look(NamedTuple):
    """How a line is written."""

    face: str
    size: float
    colour: Colour


PLAIN, BOLD = Look(REGULAR, 9, GREY), Look(STRONG, 9, INK)
SMALL, KIND, NAME = Look(REGULAR, 8, GREY), Look(REGULAR, 13, TEAL), Look(STRONG, 18, INK)
COURSE, TOTAL = Look(STRONG, 11.5, INK), Look(STRONG, 10, TEAL)


@dataclass(kw_only=True)
class Sheet:
    """One page while it is written."""

    setter: Typesetter
    runs: list[Run] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def write(self, text: str, x: float, baseline: float, look: Look, *, to_right: bool = False) -> None:
        """Write a line from a place, or so that it ends there."""
        face = load_typeface(self.setter.folder / look.face).name
        if to_right:
            x -= self.setter.measure(text, look.face, look.size) / POINTS
        y = (HEIGHT - baseline) * POINTS
        self.runs.append(Run(text=text, x=x * POINTS, y=y, size=look.size, face=face, colour=look.colour))

    def fit(self, text: str, x: float, width: float, baseline: float) -> None:
        """Write a cell as large as it fits; two small lines stand around the middle of their row."""
        fitted = self.setter.fit(text, REGULAR, width * POINTS, STEPS)
        first = baseline - 1.4 * (len(fitted.lines) - 1)
        for number, line in enumerate(fitted.lines):
            self.write(line, x, first + 2.8 * number, PLAIN._replace(size=fitted.size))

    def rule(self, y: float, colour: Colour = LIGHT, height: float = 0.25) -> None:
        """Draw a line across the page under what was written."""
        self.box(LEFT, y, RIGHT - LEFT, height, colour)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a box."""
        bottom = (HEIGHT - y - height) * POINTS
        size = {"width": width * POINTS, "height": height * POINTS}
        self.boxes.append(Box(x=x * POINTS, y=bottom, colour=colour, **size))


class Transcript:
    """Writes courses one under the other, on as many pages as they need."""

    def __init__(self, name: str, day: date, setter: Typesetter) -> None:
        self._name, self._day, self._setter = name, day, setter
        self.sheets: list[Sheet] = []
        self._at = 0.0
        self._turn()

    def write(self, courses: Sequence[Course]) -> None:
        """Write every course, and what they add up to."""
        for course in courses:
            self._need(BEFORE_COURSE + COURSE_HEAD + LEAST_ROWS * STEP)
            self._head(course)
            for line in credited(course):
                if self._need(STEP):
                    self._columns()
                self._row(line)
            self._sum(str(_("Total del curso")), course.hours.hours.minutes)
        self._need(3 * STEP)
        self._at += STEP
        self._sum(str(_("Total")), minutes_of(courses))
        for number, sheet in enumerate(self.sheets, start=1):
            page = _("Página %(number)s de %(count)s", number=number, count=len(self.sheets))
            sheet.write(str(page), RIGHT, 284, SMALL, to_right=True)

    def _turn(self) -> None:
        sheet = Sheet(setter=self._setter)
        sheet.box(0, 0, WIDTH, 5, TEAL)
        sheet.write(str(_("Horas acreditadas")), LEFT, 21, KIND)
        fitted = self._setter.fit(self._name, STRONG, (RIGHT - LEFT) * POINTS, ((18, 1), (15, 1), (13, 2)))
        for number, line in enumerate(fitted.lines):
            sheet.write(line, LEFT, 30 + 6 * number, NAME._replace(size=fitted.size))
        day = medium_date(self._day, language=current_language(), timezone=UTC)
        said = _("Como constan el %(day)s. No es una constancia: esas tienen folio y se verifican.", day=day)
        sheet.write(str(said), LEFT, 44, SMALL)
        self.sheets.append(sheet)
        self._at = TOP - BEFORE_COURSE - 4

    def _need(self, height: float) -> bool:
        """Turn the page where so much does not fit, and say so."""
        if self._at + height <= BOTTOM:
            return False
        self._turn()
        return True

    def _head(self, course: Course) -> None:
        self._at += BEFORE_COURSE
        sheet, width = self.sheets[-1], (RIGHT - LEFT) * POINTS
        fitted = self._setter.fit(course.title, STRONG, width, ((COURSE.size, 1), (9, 1)))
        sheet.write(fitted.lines[0], LEFT, self._at, COURSE._replace(size=fitted.size))
        sheet.write(course.hours.cohort.name, LEFT, self._at + 4.6, SMALL)
        self._at += COURSE_HEAD - STEP
        self._columns()

    def _columns(self) -> None:
        sheet, baseline = self.sheets[-1], self._at + 3.4
        sheet.write(str(_("Día")), LEFT, baseline, SMALL)
        sheet.write(str(_("Actividad")), LEFT + 38, baseline, SMALL)
        sheet.write(str(_("Modalidad")), LEFT + 120, baseline, SMALL)
        sheet.write(str(_("Tiempo")), RIGHT, baseline, SMALL, to_right=True)
        self._at += STEP
        sheet.rule(self._at - 0.8, TEAL, 0.4)

    def _row(self, line: Line) -> None:
        sheet, baseline = self.sheets[-1], self._at + 3.6
        day = medium_date(line.claim.day, language=current_language(), timezone=UTC)
        sheet.fit(day, LEFT, 37, baseline)
        sheet.fit(line.claim.title, LEFT + 38, 80, baseline)
        sheet.fit(str(SOURCES[line.claim.source]), LEFT + 120, 30, baseline)
        sheet.write(exact(line.seconds), RIGHT, baseline, BOLD, to_right=True)
        self._at += STEP
        sheet.rule(self._at - 0.8)

    def _sum(self, label: str, minutes: int) -> None:
        self._need(STEP)
        self.sheets[-1].write(label, LEFT, self._at + 4, TOTAL)
        self.sheets[-1].write(duration(minutes), RIGHT, self._at + 4, TOTAL, to_right=True)
        self._at += STEP


def credited(course: Course) -> Iterator[Line]:
    """Yield the lines of a course that are worth something, in the order of time."""
    return (line for line in course.hours.hours.ledger.lines if line.seconds)


def draw_transcript(
    design: Path, name: str, courses: Sequence[Course], *, day: date, made_at: datetime
) -> bytes:
    """Return the PDF/A-2b of somebody's hours as they stand on a day, with the typefaces of a design.

    Its lines add up to the same minutes as every page and file. Raise SignMissing when the typefaces lack a letter.
    """
    transcript = Transcript(name, day, Typesetter(folder=design))
    transcript.write(courses)
    metadata = PdfMetadata(
        title=str(_("Horas acreditadas de %(name)s", name=name)),
        language=current_language(),
        created_at=made_at,
        is_archive=True,
    )
    texts = "".join(run.text for sheet in transcript.sheets for run in sheet.runs)
    form = StampableForm.of(
        _blank(len(transcript.sheets), metadata),
        faces={load_typeface(path).name: path for path in (design / REGULAR, design / STRONG)},
        signs=SIGNS + "".join(sorted(set(texts) - set(SIGNS))),
    )
    return form.fill(
        [Stamp(runs=each.runs, boxes=each.boxes) for each in transcript.sheets], metadata=metadata
    )


def _blank(pages: int, metadata: PdfMetadata) -> bytes:
    with Pdf.new() as pdf:
        for _number in range(pages):
            pdf.add_blank_page(page_size=(WIDTH * POINTS, HEIGHT * POINTS))
        content = BytesIO()
        pdf.save(content)
    return finish_pdf(content.getvalue(), metadata=metadata, faces={}).content
