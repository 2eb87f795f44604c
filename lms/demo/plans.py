"""Plans for their work that participants of the demonstration wrote, and what those who lead them said."""

from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert

from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.plans.models import Plan, PlanState
from lms.core.db import db
from lms.core.ids import new_id
from lms.courses.models import Unit
from lms.courses.queries import quiz_of

TEXTS: Final = (
    (
        "Poner en la recepción una hoja con los pasos del primer contacto y un lugar acordado para hablar a solas.",
        "Recepción, que avisa; trabajo social, que recibe. Si falta trabajo social, lo hace la jefatura de turno.",
        "Día 30: el lugar acordado. Día 60: la hoja en los dos turnos. Día 90: un ensayo con la Procuraduría.",
        "La llave del cubículo 2 de 8 a 20 horas. Si no se puede, usaremos la oficina de archivo una hora al día.",
        "La hoja firmada por las dos jefaturas y la fecha del ensayo en la minuta. Se guarda en la carpeta de turno.",
        "Comprobar los cinco teléfonos, yo, día 15, lista. Leer los acuerdos de cuidado, jefatura, día 40, minuta.",
    ),
    (
        "Comprobar cada mes los contactos de la ruta de nuestro municipio y anotar el día en que contestaron.",
        "Mi puesto llama; la secretaría del área anota. Suple la persona de archivo.",
        "Día 30: primera lista. Día 60: lista corregida con horarios. Día 90: la usan los tres turnos.",
        "Media hora de teléfono al mes. Si no hay línea, mandaré un correo y anotaré quién responde.",
        "La lista con fecha en la pared. Cualquiera puede ver cuándo se llamó por última vez.",
        "Pedir el turno nocturno de la línea, yo, día 20, correo. Ensayar un aviso, mi equipo, día 70, hoja de ensayo.",
    ),
    (
        "Cambiar la primera pregunta de nuestro formato para que nadie tenga que contar su historia dos veces.",
        "El área que atiende ventanilla y quien revisa formatos. Suple la coordinación del área.",
        "Día 30: formato propuesto. Día 60: prueba en una ventanilla. Día 90: formato aprobado.",
        "Una firma de la dirección para la prueba. Sin ella, lo usaré solo en mi ventanilla.",
        "El formato nuevo con su número de versión. No lleva nombres ni relatos.",
        "Guardar los formatos bajo llave, archivo, día 10, acta. Revisar quién los lee, dirección, día 45, lista.",
    ),
    (
        "Acordar con seguridad pública cómo se acompaña a una persona hasta el refugio sin patrulla rotulada.",
        "Mi área y el mando de turno. Suple el segundo mando.",
        "Día 30: reunión. Día 60: acuerdo escrito de una página. Día 90: ensayo sin personas usuarias.",
        "Que la jefatura convoque la reunión. Si no, la pediré por la Comisión en su sesión.",
        "El acuerdo de una página y la lista de quienes ensayaron, por puesto.",
        "Tener ropa y agua, trabajo social, día 25, inventario. Preguntar por intérpretes, yo, día 40, directorio.",
    ),
)
"""One plan in a row, its texts in the order of the questions."""
COMMENTS: Final = (
    "De acuerdo. Empiece por el lugar a solas; yo hablo con la otra jefatura.",
    "Aprobado. Lo vemos en la junta del primer lunes.",
    "Bien. Cuide que la lista no salga del área.",
    "",
)
RETURNED: Final = (
    "El día 90 no cabe con el personal que hay. Deje los dos primeros pasos y vuelva a enviarlo.",
    "Falta decir quién suple. Nombre un puesto, no un área.",
)
STANDING: Final = {PlanState.APPROVED: 9, PlanState.SENT: 6, PlanState.CHANGES: 3, PlanState.DRAFT: 3}
"""Where the plans of a running cohort stand, and how often."""
_REMINDED_AFTER: Final = timedelta(days=7)


def write_plan(
    enrolment_id: UUID, unit: Unit, at: datetime, chance: Random, *, running_now: datetime | None
) -> bool:
    """Write one plan; say whether it is approved. In a cohort that is over it is; `running_now` says it goes on."""
    drawn = chance.choices(list(STANDING), list(STANDING.values()))[0]
    state = drawn if running_now else PlanState.APPROVED
    attempt = _attempt(enrolment_id, unit, state, at)
    db.session.execute(insert(Attempt), [attempt])
    db.session.execute(insert(Answer), _answers(attempt, state, chance))
    if state is not PlanState.DRAFT:
        db.session.execute(insert(Plan), [_sending(attempt["id"], state, at, chance, running_now or at)])
    return state is PlanState.APPROVED


def _attempt(enrolment_id: UUID, unit: Unit, state: PlanState, at: datetime) -> dict[str, Any]:
    questions = [question.id for question in quiz_of(unit).questions]
    is_judged = state in {PlanState.APPROVED, PlanState.CHANGES}
    is_approved = state is PlanState.APPROVED
    return {
        "id": new_id(),
        "enrolment_id": enrolment_id,
        "unit_id": unit.id,
        "number": 1,
        "seed": 1,
        "question_ids": questions,
        "pass_mark": Fraction(1),
        "started_at": at - timedelta(minutes=50),
        "submitted_at": None if state is PlanState.DRAFT else at,
        "earned": Fraction(len(questions) * is_approved) if is_judged else None,
        "possible": len(questions),
        "is_passed": is_approved if is_judged else None,
    }


def _answers(attempt: dict[str, Any], state: PlanState, chance: Random) -> list[dict[str, Any]]:
    texts = chance.choice(TEXTS)
    written = texts[:3] if state is PlanState.DRAFT else texts
    earned = {PlanState.APPROVED: Fraction(1), PlanState.CHANGES: Fraction(0)}.get(state)
    return [
        {
            "id": new_id(),
            "attempt_id": attempt["id"],
            "question_id": question_id,
            "chosen": [text],
            "saved_at": attempt["started_at"] + timedelta(minutes=6 * number),
            "earned": earned,
        }
        for number, (question_id, text) in enumerate(zip(attempt["question_ids"], written, strict=False), 1)
    ]


def _sending(
    attempt_id: UUID, state: PlanState, at: datetime, chance: Random, now: datetime
) -> dict[str, Any]:
    """Return the row of a plan that was sent: the address is kept only while an answer may come."""
    number = chance.randrange(1, 40)
    is_waiting = state is PlanState.SENT
    is_reminded = is_waiting and now - at >= _REMINDED_AFTER
    said = COMMENTS if state is PlanState.APPROVED else RETURNED
    return {
        "id": new_id(),
        "attempt_id": attempt_id,
        "superior_name": f"Jefatura {number:02}",
        "superior_post": "Jefatura de área",
        "superior_email": f"jefatura.{number:02}@example.org" if is_waiting else "",
        "state": state,
        "sent_at": at,
        "mailed_at": at + _REMINDED_AFTER if is_reminded else at,
        "letters": 2 if is_reminded else 1,
        "decided_at": None if is_waiting else min(at + timedelta(hours=chance.randrange(5, 90)), now),
        "decided_by": None,
        "comment": "" if is_waiting else chance.choice(said),
    }
