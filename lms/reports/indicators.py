"""The registry of indicators: what each figure counts, in words, so that nobody has to ask twice.

The reports of every slice and plugin bring the definitions of their columns; the page «Cómo se cuenta» lists them all.
"""

from collections.abc import Iterable

from lms.core.i18n import _l
from lms.plugins.reports import Indicator, Report

PEOPLE = _l("Personas")
NOT_COUNTED = _l(
    "No cuentan quienes facilitan o administran la cohorte, quienes ya revisaban o administraban el programa al "
    "inscribirse, las inscripciones retiradas ni los registros que se fusionaron con otro."
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
    footnote=_l("Solo para años, trimestres y meses enteros; no se calcula para otros meses."),
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
    excluded=_l("Las instituciones con la cifra protegida no cuentan en el numerador y se dicen aparte."),
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
ATTENDED = Indicator(
    key="attended",
    label=_l("Asistieron"),
    definition=_l("De las inscritas, las que estuvieron al menos en una sesión de su cohorte."),
    numerator=_l("Personas inscritas con presencia, entera o parcial, en una sesión o más."),
    denominator=ENROLLED_WORDS,
    excluded=NOT_COUNTED,
    unit=PEOPLE,
    footnote=_l("Se ve en el registro de asistencia de cada cohorte."),
)
GAIN = Indicator(
    key="gain",
    label=_l("Lo aprendido, antes y después"),
    definition=_l(
        "Cuánto cambió la calificación de las mismas personas entre la evaluación inicial y la final."
    ),
    numerator=_l("Suma de las diferencias de quienes respondieron las dos evaluaciones."),
    denominator=_l("Personas que respondieron las dos."),
    excluded=_l("Quienes respondieron solo una: se dice cuántas son y en qué se distinguen."),
    unit=_l("Puntos de la escala"),
    footnote=_l(
        "Está en la página del programa y de cada cohorte, con el número de personas y la deserción."
    ),
)
SATISFACTION = Indicator(
    key="satisfaction",
    label=_l("Satisfacción"),
    definition=_l("Respuestas a la encuesta del grupo, cuando el curso tiene una."),
    numerator=_l("Respuestas de cada opción."),
    denominator=_l("Personas que respondieron la encuesta."),
    excluded=_l("Grupos de menos de cinco respuestas: no se muestran."),
    unit=_l("Respuestas"),
    footnote=_l("Está en la página de cada cohorte."),
)
PROGRESS = (ENROLLED, COMPLETED, SHARE, CHANGE)
FUNNEL = (ENROLLED, STARTED, HALFWAY, COMPLETED, CERTIFIED, HOURS, DAYS)
ELSEWHERE = (COVERAGE, NEVER_STARTED, AT_RISK, ATTENDED, GAIN, SATISFACTION)
"""Figures of other pages, defined here so that there is one list."""


def list_indicators(reports: Iterable[Report]) -> list[Indicator]:
    """Return every indicator of these reports and of our other pages, each once, in their order."""
    found = {each.key: each for each in (*FUNNEL, SHARE, CHANGE)}
    for report in reports:
        for each in report.indicators:
            found.setdefault(each.key, each)
    found.update({each.key: each for each in ELSEWHERE})
    return list(found.values())
