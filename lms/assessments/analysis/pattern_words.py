"""What each warning means, first how it comes about innocently, then what to do; and the table for a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from lms.assessments.analysis.patterns import Patterns
from lms.assessments.analysis.replies import Rule
from lms.core.i18n import _l
from lms.core.tabular import Cell, Column, Kind, Table
from lms.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a person reads about a rule."""

    title: Text
    innocent: Text
    """Why it usually happens without anything to object to; always read first."""
    advice: Text
    """What to do with it."""
    rule: Text
    """How it is decided, in one paragraph."""
    few: Text
    """What it would take to say anything."""
    nothing: Text


EXPLANATIONS: Final[Mapping[Rule, Explanation]] = {
    Rule.HURRY: Explanation(
        title=_l("Respuestas más rápidas que la lectura"),
        innocent=_l(
            "Suele tener explicaciones sencillas: la persona preparó sus respuestas en papel, ya conocía las preguntas "
            "por otra cohorte, o usa un lector de pantalla a gran velocidad."
        ),
        advice=_l(
            "Pregúntele cómo le resultó la evaluación. Si respondió sin leer, quizá no le vio utilidad o no tuvo "
            "tiempo: ofrézcale otro momento."
        ),
        rule=_l(
            "Se señala un intento con al menos cinco respuestas cuando más de la mitad llegó antes de lo que se tarda "
            "en leer su pregunta a 600 palabras por minuto, el doble de lo que alcanza casi toda persona adulta, y "
            "además el intento entero duró menos que esa lectura."
        ),
        few=_l("Datos insuficientes: ningún intento tiene al menos cinco respuestas."),
        nothing=_l("Nadie respondió más rápido de lo que se puede leer."),
    ),
    Rule.COINCIDENCE: Explanation(
        title=_l("Los mismos errores en dos personas"),
        innocent=_l(
            "Suele tener explicaciones sencillas: estudiaron juntas, aprendieron lo mismo de la misma fuente "
            "equivocada, o hay una pregunta que confunde a las dos de la misma manera."
        ),
        advice=_l(
            "Lea primero las preguntas en las que coinciden: si una opción incorrecta parece correcta, corríjala. "
            "Después puede conversar con cada persona sobre cómo razonó. La coincidencia no dice quién respondió "
            "primero ni por qué."
        ),
        rule=_l(
            "Se comparan solo las preguntas en que las dos personas se equivocaron, al menos ocho. Se señala un par "
            "cuando eligieron la misma opción incorrecta muchas más veces de las que permite el azar. El límite se "
            "divide entre el número de pares: si cada quien responde por su cuenta, aparece un par en menos de una "
            "de cada cien evaluaciones."
        ),
        few=_l(
            "Datos insuficientes: hacen falta al menos diez personas y dos de ellas con ocho errores en las mismas "
            "preguntas."
        ),
        nothing=_l("Ningún par coincide en sus errores más de lo que permite el azar."),
    ),
    Rule.RUN: Explanation(
        title=_l("La misma posición muchas veces seguidas"),
        innocent=_l(
            "Suele tener explicaciones sencillas: cansancio, poco tiempo, una pantalla en la que cuesta ver las demás "
            "opciones, o un lector de pantalla que solo leyó la primera."
        ),
        advice=_l(
            "Pregúntele si pudo leer todas las opciones y en qué aparato respondió. Si fue cansancio, ofrézcale otro "
            "momento."
        ),
        rule=_l(
            "Se miran los intentos con al menos diez preguntas de una sola opción, en el orden en que la persona vio "
            "las opciones. Acertar nunca cuenta como señal. Se señala una racha que, si cada quien responde por su "
            "cuenta, aparece en menos de una de cada cien evaluaciones."
        ),
        few=_l(
            "Datos insuficientes: hacen falta al menos diez personas y un intento con diez preguntas de una sola "
            "opción."
        ),
        nothing=_l("Nadie eligió la misma posición tantas veces seguidas."),
    ),
}
TITLE: Final = _l("Para conversar")
COLUMNS: Final = (
    Column(_l("Qué se observó")),
    Column(_l("Persona")),
    Column(_l("Otra persona")),
    Column(_l("Respuestas"), Kind.WHOLE),
    Column(_l("De cuántas"), Kind.WHOLE),
    Column(_l("Por azar se esperan"), Kind.DECIMAL),
    Column(_l("Segundos usados"), Kind.WHOLE),
    Column(_l("Segundos de lectura"), Kind.WHOLE),
    Column(_l("Minutos entre los dos envíos"), Kind.WHOLE),
    Column(_l("Posición"), Kind.WHOLE),
    Column(_l("Explicaciones sencillas")),
    Column(_l("Qué puede hacer")),
)


def table_of(found: Patterns, names: Mapping[UUID, str]) -> Table:
    """Return the rows of the screen, each with its innocent explanations beside it."""
    return Table(columns=COLUMNS, rows=[*_hurries(found, names), *_pairs(found, names), *_runs(found, names)])


def _hurries(found: Patterns, names: Mapping[UUID, str]) -> Iterator[list[Cell]]:
    for each in found.hurries:
        figures: list[Cell] = [
            each.quick,
            each.answered,
            None,
            round(each.seconds),
            round(each.reading_seconds),
        ]
        yield _row(Rule.HURRY, [names[each.enrolment_id], ""], [*figures, None, None])


def _pairs(found: Patterns, names: Mapping[UUID, str]) -> Iterator[list[Cell]]:
    for each in found.coincidences:
        people: list[Cell] = [names[key] for key in each.enrolment_ids]
        figures: list[Cell] = [len(each.questions), each.shared, round(each.expected, 1), None, None]
        yield _row(Rule.COINCIDENCE, people, [*figures, round(each.minutes_apart), None])


def _runs(found: Patterns, names: Mapping[UUID, str]) -> Iterator[list[Cell]]:
    for each in found.runs:
        figures: list[Cell] = [each.length, each.answered, None, None, None, None, each.place]
        yield _row(Rule.RUN, [names[each.enrolment_id], ""], figures)


def _row(rule: Rule, people: list[Cell], figures: list[Cell]) -> list[Cell]:
    words = EXPLANATIONS[rule]
    return [str(words.title), *people, *figures, str(words.innocent), str(words.advice)]
