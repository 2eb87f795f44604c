"""Telephone numbers in packages: as the directory has them on the day of the export, and said to be of that day."""

from datetime import timedelta

import pytest

from lms.authoring.exchange.site import export_site
from lms.core.calendar import today
from lms.core.context import registry
from lms.courses.compiler.compile import compile_course
from lms.plugins.blocks import by_name
from lms.testing.factories.contacts import make_contact, make_emergency
from lms.testing.factories.courses import write_course

LESSON = "01-senales/01-leccion.md"


@pytest.fixture
def course(app, tmp_path):
    folder = write_course(tmp_path / "curso")
    lesson = folder / LESSON
    blocks = "".join(f"\n::: contacto {key} Línea {key}\n:::\n" for key in ("fresca", "dudosa", "ajena"))
    lesson.write_text(lesson.read_text(encoding="utf-8") + blocks, encoding="utf-8")
    with app.app_context():
        found = compile_course(folder, by_name(registry("markdown_blocks").values()))
    assert found.course is not None, found.diagnostics
    return found.course


def lesson_of(course, **options):
    module = course.modules[0]
    return export_site(course, **options)[f"{module.slug}/{module.units[0].slug}.html"].decode()


def test_numbers_travel_with_the_day_and_the_doubtful_ones_say_so(course, unit):
    with unit():
        make_emergency()
        make_contact(key="fresca", number="800 000 0001", verified_on=today() - timedelta(days=3))
        make_contact(key="dudosa", number="800 000 0002")
        day = today()
        page = lesson_of(course, day=day)
    fresh, doubtful, unknown = page.split("<strong>Línea ")[-3:]
    assert "800 000 0001" in fresh
    assert "por confirmar" not in fresh.lower()
    assert "por confirmar" in doubtful.lower()
    assert "911" in doubtful
    assert page.count("Confirme antes de usar") == 2
    assert str(day.year) in fresh
    assert "Confirme antes" not in unknown


def test_without_a_day_no_number_travels(course, unit):
    with unit():
        make_contact(key="fresca", number="800 000 0001", verified_on=today())
        page = lesson_of(course)
    assert "800 000 0001" not in page
    assert "Confirme antes de usar" not in page
