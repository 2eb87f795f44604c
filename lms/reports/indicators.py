"""The registry of indicators: what each figure counts, in words, so that nobody has to ask twice.

The reports of every slice and plugin bring the definitions of their columns; the page «Cómo se cuenta» lists them all.
"""

from collections.abc import Iterable

from lms.core.i18n import _l
from lms.plugins.reports import Indicator, Report

PEOPLE = _l("Personas")
NOT_COUNTED = _l(
    "Las personas de prueba, quienes facilitan o administran la cohorte, quienes ya revisaban o administraban el "
    "programa al inscribirse, las inscripciones retiradas y los registros que se fusionaron con otro."
)
ENROLLED_WORDS = _l("Personas inscritas en el periodo.")
ENROLLED = Indicator(
    key="enrolled",
    label=_l("Inscritas"),
    definition=_l(
        "Personas cuya inscripción empezó en el periodo y no se retiró. Cada persona cuenta una vez, aunque curse "
        "varias cohortes o pertenezca a varias unidades: por el curso que completó o, si no, por el último."
    ),
    numerator=_l("Personas con una inscripción activa que empezó en el periodo."),
    excluded=NOT_COUNTED,
    unit=PEOPLE,
    footnote=_l("«Como fue» las cuenta donde se inscribieron; «como es hoy», donde trabajan ahora."),
)
STARTED = Indicator(
    key="started",
    label=_l("Iniciaron"),
    definition=_l("De las inscritas, las que abrieron al menos una lección."),
    numerator=_l("Personas inscritas con al menos una lección abierta, o con el curso completo."),
    denominator=ENROLLED_WORDS,
    excluded=NOT_COUNTED,
    unit=PEOPLE,
)
HALFWAY = Indicator(
    key="halfway",
    label=_l("Mitad del curso"),
    definition=_l(
        "De las inscritas, las que terminaron al menos la mitad de las unidades de su edición del curso."
    ),
    numerator=_l("Personas inscritas con la mitad de las unidades terminadas, o con el curso completo."),
    denominator=ENROLLED_WORDS,
    excluded=NOT_COUNTED,
    unit=PEOPLE,
)
COMPLETED = Indicator(
    key="completed",
    label=_l("Completaron"),
    definition=_l(
        "De las inscritas, las que cumplieron todos los requisitos del curso a más tardar el último día del periodo."
    ),
    numerator=_l("Personas inscritas cuya fecha de finalización no es posterior al último día del periodo."),
    denominator=ENROLLED_WORDS,
    excluded=NOT_COUNTED,
    unit=PEOPLE,
    footnote=_l("La fecha se escribe una vez y no cambia aunque después cambie el curso."),
)
CERTIFIED = Indicator(
    key="certified",
    label=_l("Con constancia"),
    definition=_l("De las que completaron, las que tienen una constancia de aprobación vigente."),
    numerator=_l("Personas que completaron y tienen una constancia que no se canceló."),
    denominator=ENROLLED_WORDS,
    excluded=NOT_COUNTED,
    unit=PEOPLE,
)
SHARE = Indicator(
    key="share",
    label=_l("Avance"),
    definition=_l("Qué parte de las personas inscritas completó el curso."),
    numerator=_l("Personas que completaron."),
    denominator=ENROLLED_WORDS,
    excluded=NOT_COUNTED,
    unit=_l("Porcentaje"),
    footnote=_l("La meta es la de la institución para el año o, si no tiene, la del programa."),
)
CHANGE = Indicator(
    key="change",
    label=_l("Cambio en el mes"),
    definition=_l("Cuánto creció el avance desde que empezó el mes del último día del periodo."),
    numerator=_l("Personas que completaron en ese mes."),
    denominator=ENROLLED_WORDS,
    excluded=NOT_COUNTED,
    unit=_l("Puntos porcentuales"),
)
HOURS = Indicator(
    key="hours",
    label=_l("Horas de formación"),
    definition=_l("Suma de las horas que vale el curso completo, según el programa, de quienes completaron."),
    numerator=_l("Horas de los cursos completados en el periodo."),
    excluded=NOT_COUNTED,
    unit=_l("Horas"),
)
DAYS = Indicator(
    key="days",
    label=_l("Días para completar"),
    definition=_l("Días que pasaron, en promedio, desde la inscripción hasta completar el curso."),
    numerator=_l("Suma de los días de quienes completaron."),
    denominator=_l("Personas que completaron."),
    excluded=NOT_COUNTED,
    unit=_l("Días"),
    footnote=_l("Quienes aún no completan no cuentan: el promedio crece cuando terminan."),
)
COVERAGE = Indicator(
    key="coverage",
    label=_l("Cobertura"),
    definition=_l("Instituciones integrantes con al menos el número de personas formadas que se pide."),
    numerator=_l("Integrantes cuya cifra de personas que completaron se muestra y llega al mínimo."),
    denominator=_l("Instituciones integrantes el último día del periodo."),
    excluded=_l(
        "Las invitadas permanentes y las personas de prueba. Las instituciones con la cifra protegida no cuentan en el "
        "numerador y se dicen aparte."
    ),
    unit=_l("Instituciones"),
    footnote=_l(
        "Se cuenta desde cinco personas. Otro mínimo se pide en la dirección de la página: minimum=10."
    ),
)
NEVER_STARTED = Indicator(
    key="never-started",
    label=_l("Sin empezar"),
    definition=_l("De las inscritas en una cohorte que ya empezó, las que no abrieron ninguna lección."),
    numerator=_l("Personas inscritas sin ninguna lección abierta."),
    denominator=ENROLLED_WORDS,
    excluded=NOT_COUNTED,
    unit=PEOPLE,
    footnote=_l("Con nombre las ve solo el punto focal de su institución, en «A quién llamar»."),
)
AT_RISK = Indicator(
    key="at-risk",
    label=_l("En riesgo"),
    definition=_l(
        "Quienes empezaron, no llegan a la mitad del curso y a cuya cohorte le quedan 14 días o menos."
    ),
    numerator=_l(
        "Personas que empezaron, con menos de la mitad de las unidades terminadas, a 14 días del cierre."
    ),
    denominator=ENROLLED_WORDS,
    excluded=NOT_COUNTED,
    unit=PEOPLE,
    footnote=_l("Es una regla nuestra para llamar a tiempo, no una predicción."),
)
AS_IT_WAS = _l("Solo «como fue», con lo registrado hasta hoy.")
ATTENDED = Indicator(
    key="attended",
    label=_l("Asistieron"),
    definition=_l("De las inscritas, las que estuvieron al menos en una sesión de su cohorte."),
    numerator=_l("Personas inscritas con presencia, entera o parcial, en una sesión o más."),
    denominator=ENROLLED_WORDS,
    excluded=_l("Las sesiones canceladas, las personas de prueba y quienes no cuentan como inscritas."),
    unit=PEOPLE,
    footnote=AS_IT_WAS,
)
PRESENCE = Indicator(
    key="presence",
    label=_l("Horas en sesiones"),
    definition=_l("Suma del tiempo que las personas estuvieron en las sesiones, dentro de su horario."),
    numerator=_l("Horas de presencia de quienes asistieron."),
    excluded=_l("Lo estudiado por cuenta propia, las faltas justificadas y las personas de prueba."),
    unit=_l("Horas"),
    footnote=_l(
        "Es tiempo presente, también de quienes no completaron; lo que la norma acredita son las horas acreditadas."
    ),
)
CREDITED = Indicator(
    key="credited",
    label=_l("Horas acreditadas"),
    definition=_l(
        "Suma de las horas que la norma del programa acredita a quienes completaron: las de sesiones y las de estudio "
        "propio, con sus topes, como quedaron cerradas al completar el curso."
    ),
    numerator=_l("Horas de cada persona que completó, en minutos enteros: los que dice su constancia."),
    excluded=_l("Las personas de prueba, quienes no completaron y las horas todavía abiertas."),
    unit=_l("Horas"),
    footnote=_l("Una norma posterior no cambia horas que ya se cerraron. Solo «como fue»."),
)
BEFORE = Indicator(
    key="before",
    label=_l("Con evaluación inicial"),
    definition=_l("De las inscritas, las que tienen resultado en la evaluación inicial del curso."),
    numerator=_l("Personas inscritas con la evaluación inicial calificada."),
    denominator=ENROLLED_WORDS,
    excluded=NOT_COUNTED,
    unit=PEOPLE,
    footnote=AS_IT_WAS,
)
BOTH = Indicator(
    key="both",
    label=_l("Con inicial y final"),
    definition=_l("De quienes tienen la evaluación inicial, quienes tienen también la final."),
    numerator=_l("Personas con las dos evaluaciones calificadas; de cada una, el primer intento."),
    denominator=_l("Personas con la evaluación inicial."),
    excluded=NOT_COUNTED,
    unit=PEOPLE,
    footnote=AS_IT_WAS,
)
ATTRITION = Indicator(
    key="attrition",
    label=_l("Sin la final"),
    definition=_l("Qué parte de quienes hicieron la evaluación inicial no tiene la final."),
    numerator=_l("Personas con la evaluación inicial y sin la final."),
    denominator=_l("Personas con la evaluación inicial."),
    excluded=NOT_COUNTED,
    unit=_l("Porcentaje"),
    footnote=_l(
        "Lo aprendido se lee junto a esta cifra: quienes faltan pueden ser quienes menos aprendieron."
    ),
)
GAIN = Indicator(
    key="gain",
    label=_l("Lo aprendido"),
    definition=_l(
        "Cuánto cambió, en promedio, el resultado de las mismas personas entre la evaluación inicial y la final."
    ),
    numerator=_l("Suma de las diferencias de quienes tienen las dos evaluaciones."),
    denominator=_l("Personas con las dos evaluaciones."),
    excluded=_l("Las personas de prueba y quienes respondieron solo una, que se dice cuántas son."),
    unit=_l("Puntos porcentuales del total de aciertos"),
    footnote=_l(
        "El intervalo de confianza y el tamaño del cambio están en «Mejora», por curso y por cohorte."
    ),
)
ANSWERED = Indicator(
    key="answered",
    label=_l("Con encuesta"),
    definition=_l(
        "De las inscritas, las que respondieron alguna pregunta de escala de la encuesta del curso."
    ),
    numerator=_l("Personas inscritas que entregaron la encuesta con una respuesta de escala o más."),
    denominator=ENROLLED_WORDS,
    excluded=_l(
        "Las respuestas fuera de la escala, como «no aplica», la encuesta de seguimiento y las personas de prueba."
    ),
    unit=PEOPLE,
    footnote=AS_IT_WAS,
)
SATISFACTION = Indicator(
    key="satisfaction",
    label=_l("Satisfacción"),
    definition=_l(
        "Promedio de lo que las personas respondieron a las preguntas de escala de la encuesta del curso, desde 0 % "
        "en el punto más bajo de cada escala hasta 100 % en el más alto."
    ),
    numerator=_l("Suma del promedio de cada persona."),
    denominator=_l("Personas que respondieron la encuesta."),
    excluded=_l(
        "Las respuestas fuera de la escala, como «no aplica», la encuesta de seguimiento y las personas de prueba."
    ),
    unit=_l("Porcentaje de la escala"),
    footnote=_l("Cada pregunta, con sus respuestas, está en la página de la encuesta de cada cohorte."),
)
PROGRESS = (ENROLLED, COMPLETED, SHARE, CHANGE)
FUNNEL = (ENROLLED, STARTED, HALFWAY, COMPLETED, CERTIFIED, HOURS, DAYS)
GOAL = Indicator(
    key="goal",
    label=_l("Meta de personas"),
    definition=_l(
        "Personas por formar que se acordaron para una institución, con todo lo que depende de ella, en un periodo."
    ),
    numerator=_l("La cifra acordada, con su fuente: convenio, plantilla o sesión."),
    excluded=_l("Las metas de periodos que no tocan el que se pide."),
    unit=PEOPLE,
    footnote=_l("Cada meta con su fuente está en las metas de personas del programa."),
)
REACHED_PEOPLE = Indicator(
    key="reached",
    label=_l("Personas formadas"),
    definition=_l(
        "Personas inscritas en el periodo de la meta, en esa institución o debajo de ella, que ya completaron el curso."
    ),
    numerator=_l("Personas que completaron, como en el avance por institución."),
    excluded=NOT_COUNTED,
    unit=PEOPLE,
    footnote=_l(
        "Hasta hoy o hasta el fin del periodo de la meta. Vacía donde la institución se cuenta dentro de otra."
    ),
)
REACHED_SHARE = Indicator(
    key="reached-share",
    label=_l("Avance de la meta de personas"),
    definition=_l("Qué parte de la meta de personas se alcanzó; puede pasar de 100 %."),
    numerator=_l("Personas formadas."),
    denominator=_l("Meta de personas."),
    excluded=NOT_COUNTED,
    unit=_l("Porcentaje"),
)
REACHED = (GOAL, REACHED_PEOPLE, REACHED_SHARE)
LEARNING = (ENROLLED, ATTENDED, PRESENCE, CREDITED, BEFORE, BOTH, ATTRITION, GAIN, ANSWERED, SATISFACTION)
ELSEWHERE = (COVERAGE, NEVER_STARTED, AT_RISK)
"""Figures of other pages, defined here so that there is one list."""


def list_indicators(reports: Iterable[Report]) -> list[Indicator]:
    """Return every indicator of these reports and of our other pages, each once, in their order."""
    found = {each.key: each for each in (*FUNNEL, SHARE, CHANGE)}
    for report in reports:
        for each in report.indicators:
            found.setdefault(each.key, each)
    found.update({each.key: each for each in ELSEWHERE})
    return list(found.values())
