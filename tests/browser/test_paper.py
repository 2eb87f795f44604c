"""A village without a projector: a sheet is printed, signed with a pen, typed in by its rows, and its picture kept."""

import pytest

from lms.attendance.models import Mark
from lms.attendance.queries import attendances_at
from lms.core.actors import Role, ScopeKind
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.files import PNG
from lms.testing.factories.learning import make_cohort, make_enrolment

PEOPLE, UNSIGNED = 12, (3, 7)


@pytest.fixture
def village(unit):
    """Return the id of a meeting that is on, and its trainer, who has a password."""
    with unit():
        cohort = make_cohort()
        for _ in range(PEOPLE):
            make_enrolment(cohort)
        trainer = make_person(password=PASSWORD)
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        return make_meeting(cohort, title="Ruta de atención", venue="Casa ejidal").id, trainer


def test_from_the_printed_sheet_to_the_list_with_the_picture_beside_it(visit, unit, village):
    meeting, trainer = village
    desk = visit(width=1280)
    desk.open(f"/attendance/meetings/{meeting}/paper", name="sign-in")
    desk.fill(email=trainer.email, password=PASSWORD)
    desk.press("Entrar", name="sheets")
    desk.press("Preparar la hoja para imprimir", name="sheet")
    codes = desk.page.locator(".sheet__rows tbody td:first-child").all_inner_texts()
    assert len(codes) > PEOPLE
    desk.open(f"/attendance/meetings/{meeting}/paper")
    desk.press("Capturar las firmas", name="entry")
    desk.page.fill("main [name=rows]", ", ".join(codes[number - 1] for number in UNSIGNED))
    desk.page.check("main input[name=say][value=unsigned]", force=True)
    desk.press("Marcar en la lista", name="ready")
    assert desk.says(f"{PEOPLE - len(UNSIGNED)} de {PEOPLE}")
    desk.page.keyboard.press("Enter")  # the button to save has the focus
    desk.page.get_by_text(f"Se guardaron {PEOPLE} asistencias").wait_for()

    desk.open(f"/attendance/meetings/{meeting}/paper")
    desk.press("Guardar la imagen firmada", name="scan")
    desk.page.set_input_files(
        "main input[type=file]", {"name": "hoja.png", "mimeType": "image/png", "buffer": PNG}
    )
    desk.press("Guardar la imagen", name="kept")
    assert desk.says("imagen guardada el")
    desk.check()
    with unit():
        marks = [each.mark for each in attendances_at(meeting).values()]
    assert marks.count(Mark.PRESENT) == PEOPLE - len(UNSIGNED)
    assert marks.count(Mark.ABSENT) == len(UNSIGNED)
