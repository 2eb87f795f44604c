"""Law changes: what a lesson says is looked at again within a year."""

from datetime import date

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.records import Record

MONTHS = 12
"""A lesson expires this many months after its sources were checked."""


def check_review(record: Record, reviewed_on: date, today: date | None, findings: Findings) -> None:
    """Somebody has checked the sources of a lesson in time; without a day of today nothing is judged."""
    if today is None or reviewed_on == date.min:
        return
    named = record.node("revisar-antes")
    due = record.day("revisar-antes") if named is not None else a_year_after(reviewed_on)
    if due == date.min or today <= due:
        return
    line = record.line_of("revisar-antes" if named is not None else "revisado")
    message = (
        f"La revisión venció el {due.isoformat()}: compruebe las fuentes, corrija lo que cambió y ponga la fecha "
        "en «revisado»."
    )
    findings.warning(Code.REVIEW_DUE, record.path, line, message)


def a_year_after(day: date) -> date:
    """Return the same day of the next year; the 29th of February gives the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
