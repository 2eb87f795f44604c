"""The card in a lesson that leads to a case."""

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_course
from lms.courses.compiler.parts import html_of
from lms.plugins.blocks import by_name
from lms.testing.factories.courses import write_course

CARD = "\n::: simulacion {page} La ventanilla\nUn caso breve.\n:::\n"


@pytest.fixture
def compiled(tmp_path):
    """Return a function that compiles the small course with a card in its last lesson."""
    folder = write_course(tmp_path / "curso", has_simulation=True)

    def compile_(card):
        lesson = min(folder.glob("02-*/01-leccion.md"))
        lesson.write_text(lesson.read_text(encoding="utf-8") + card, encoding="utf-8")
        return compile_course(folder, by_name(BUILT_IN_BLOCKS))

    return compile_, folder


def test_the_card_names_the_case_and_leads_to_its_page(compiled):
    compile_, folder = compiled
    page = next(
        path for path in folder.glob("02-*/*.md") if "tipo: simulacion" in path.read_text(encoding="utf-8")
    )
    course = compile_(CARD.format(page=page.name)).course
    lesson = course.modules[-1].units[0]
    html = html_of(lesson.parts)
    assert "La ventanilla</h3>" in html
    assert "Un caso breve." in html
    case = next(unit for unit in course.modules[-1].units if unit.title == "Caso de prueba")
    assert f'href="../{course.modules[-1].slug}/{case.slug}"' in html
    assert "Ir al caso práctico</a>" in html


@pytest.mark.parametrize(
    ("card", "code"),
    [(CARD.format(page="99-nada.md"), "R404"), ("\n::: simulacion\nSin página.\n:::\n", "R205")],
)
def test_a_card_that_leads_nowhere_is_an_error_at_its_line(compiled, card, code):
    compile_, _folder = compiled
    assert code in {found.code for found in compile_(card).diagnostics}
