"""R3: questions."""

from lms.courses.compiler.codes import Code
from lms.courses.compiler.explanations.page import (
    HEAD,
    LESSON,
    QUESTION,
    QUIZ,
    QUIZ_HEAD,
    Example,
    Explanation,
    lesson,
    quiz,
)

_SCALE = "::: pregunta {id=uno tipo=escala}\n¿Le sirvió?\n\nEscala: Nada / Poco / Mucho\n:::\n"
_OTHER = QUESTION.replace("uno", "dos")
_BANK = "---\ntipo: banco\ntitulo: Señales\n---\n"


def _with_bank(name: str) -> Example:
    head = QUIZ_HEAD.replace("intentos: 3\n", f"intentos: 3\nbanco: {name}\nextraer: 1\n")
    files = {QUIZ: head, "bancos/senales.md": _BANK + QUESTION + _OTHER}
    return Example(shown=f"{head}\nEn la carpeta bancos está senales.md.\n", files=files)


def _drawing(count: int) -> Example:
    draw = f"banco: senales\nextraer:\n  - {{cuantas: {count}, nivel: A}}\n"
    head = QUIZ_HEAD.replace("intentos: 3\n", f"intentos: 3\n{draw}")
    bank = _BANK + QUESTION.replace("{id=uno}", "{id=uno nivel=A}") + _OTHER
    return Example(
        shown=f"{head}\nEn senales.md hay una de nivel A.\n", files={QUIZ: head, "bancos/senales.md": bank}
    )


def _with_forms(second: str) -> Example:
    head = QUIZ_HEAD.replace("intentos: 3\n", "momento: inicial\nformas: [forma-a, forma-b]\n")
    files = {QUIZ: head, "bancos/forma-a.md": _BANK + QUESTION, "bancos/forma-b.md": _BANK + second}
    return Example(shown=f"{head}\nforma-b.md tiene {second.count('id=')}.\n", files=files)


PAGES = (
    Explanation(
        code=Code.NUMBER_OF_KEYS,
        title="No hay el número justo de respuestas correctas",
        why="Con ( ) hay una sola correcta; con [ ], al menos una.",
        cure="Marque con x las que correspondan.",
        bad=lesson(QUESTION.replace("( )", "(x)")),
        good=lesson(QUESTION),
    ),
    Explanation(
        code=Code.NO_FEEDBACK,
        title="Una opción no tiene retroalimentación",
        why="Quien falla aprende de la explicación, no de la cruz.",
        cure="Agregue debajo una línea con sangría que empiece con «> ».",
        bad=quiz(QUESTION.replace("    > Lea de nuevo.\n", "")),
        good=quiz(QUESTION),
    ),
    Explanation(
        code=Code.TOO_FEW_OPTIONS,
        title="Hay menos de dos opciones",
        why="Con una sola no hay nada que decidir.",
        cure="Agregue opciones que alguien podría elegir de buena fe.",
        bad=lesson("::: pregunta\n¿Sí?\n\n(x) Sí.\n:::\n"),
        good=lesson(QUESTION),
    ),
    Explanation(
        code=Code.MIXED_OPTIONS,
        title="Se mezclan ( ) y [ ]",
        why="No se sabe si se elige una o varias.",
        cure="Use ( ) en todas o [ ] en todas.",
        bad=lesson(QUESTION.replace("( )", "[ ]")),
        good=lesson(QUESTION),
    ),
    Explanation(
        code=Code.NO_STEM,
        title="Falta el enunciado",
        why="Las opciones solas no preguntan nada.",
        cure="Escriba la pregunta antes de las opciones.",
        bad=lesson(QUESTION.replace("¿Sí?\n", "")),
        good=lesson(QUESTION),
    ),
    Explanation(
        code=Code.LOOSE_TEXT,
        title="Hay texto suelto entre las opciones",
        why="No se sabe de qué opción es, y no se vería.",
        cure="Páselo al enunciado, a la retroalimentación o a «Explicación:».",
        bad=lesson(QUESTION.replace("\n:::\n", "\nRecuerde la ruta.\n:::\n")),
        good=lesson(QUESTION.replace("\n:::\n", "\n\nExplicación: recuerde la ruta.\n:::\n")),
    ),
    Explanation(
        code=Code.NO_QUESTION_ID,
        title="Falta la identificación de la pregunta",
        why="Las respuestas se guardan con ella; así se puede reordenar sin perderlas.",
        cure="Agregue {id=…} en la primera línea.",
        bad=quiz(QUESTION.replace(" {id=uno}", "")),
        good=quiz(QUESTION),
    ),
    Explanation(
        code=Code.BAD_QUESTION_ID,
        title="La identificación no tiene la forma debida",
        why="Lleva minúsculas sin tilde, cifras y guiones.",
        cure="Escríbala así: m1-frontera.",
        bad=quiz(QUESTION.replace("id=uno", "id=Uno_1")),
        good=quiz(QUESTION.replace("id=uno", "id=m1-frontera")),
    ),
    Explanation(
        code=Code.DUPLICATE_QUESTION_ID,
        title="Dos preguntas tienen la misma identificación",
        why="Las respuestas de una se contarían a la otra.",
        cure="Cambie el id de la más nueva.",
        bad=quiz(QUESTION + QUESTION),
        good=quiz(QUESTION + _OTHER),
    ),
    Explanation(
        code=Code.BAD_QUESTION_ATTRIBUTE,
        title="Un atributo de la pregunta tiene un valor que no se admite",
        why="Nivel es R, A o J; país, un código como MX; parcial, si o no.",
        cure="Escríbalo como dice el mensaje.",
        bad=quiz(QUESTION.replace("uno}", "uno nivel=X}")),
        good=quiz(QUESTION.replace("uno}", "uno nivel=R}")),
    ),
    Explanation(
        code=Code.REPEATED_OPTION,
        title="Dos opciones dicen lo mismo",
        why="No se puede acertar si dos respuestas iguales valen distinto.",
        cure="Cambie o quite una.",
        bad=lesson(QUESTION.replace("( ) No.", "( ) Sí.")),
        good=lesson(QUESTION),
    ),
    Explanation(
        code=Code.NO_QUESTIONS,
        title="El cuestionario no tiene preguntas",
        why="No habría nada que responder.",
        cure="Agregue bloques «::: pregunta {id=…}».",
        bad=quiz("Responda con calma.\n"),
        good=quiz(QUESTION),
    ),
    Explanation(
        code=Code.EMPTY_OPTION,
        title="Una opción está vacía",
        why="No se puede elegir lo que no dice nada.",
        cure="Escríbala o quítela.",
        bad=lesson(QUESTION.replace("( ) No.", "( )")),
        good=lesson(QUESTION),
    ),
    Explanation(
        code=Code.QUESTION_ID_LOST,
        title="Falta una pregunta de la última versión",
        why="Su id es lo que une las respuestas de una versión con las de otra.",
        cure="Devuélvale su id. Si la retira a propósito, siga adelante: es un aviso.",
        bad=Example(
            shown="La última versión tenía {id=uno}; ahora la misma pregunta lleva {id=dos}.",
            files={QUIZ: QUIZ_HEAD + _OTHER},
            before={QUIZ: QUIZ_HEAD + QUESTION},
        ),
        good=Example(
            shown="Cambió el enunciado y conserva {id=uno}.",
            files={QUIZ: QUIZ_HEAD + QUESTION.replace("¿Sí?", "¿Sí o no?")},
            before={QUIZ: QUIZ_HEAD + QUESTION, LESSON: HEAD + "Un texto breve.\n"},
        ),
    ),
    Explanation(
        code=Code.UNKNOWN_BANK,
        title="El banco de preguntas no existe",
        why="No habría de dónde extraer las preguntas.",
        cure="Escriba el nombre de un archivo de la carpeta bancos, sin «.md».",
        bad=_with_bank("señales"),
        good=_with_bank("senales"),
    ),
    Explanation(
        code=Code.UNKNOWN_QUESTION_TYPE,
        title="El tipo de pregunta no existe",
        why="No se sabe cómo se responde.",
        cure="Escriba uno de los tipos de la guía, o quite «tipo» si se responde con opciones.",
        bad=quiz(_SCALE.replace("escala", "escalera")),
        good=quiz(_SCALE),
    ),
    Explanation(
        code=Code.ONLY_IN_QUIZ,
        title="Ese tipo de pregunta solo va en un cuestionario",
        why="Una lección comprueba con opciones, sin guardar lo que se responde.",
        cure="Pase la pregunta a un cuestionario o a una encuesta.",
        bad=lesson(_SCALE),
        good=quiz(_SCALE),
    ),
    Explanation(
        code=Code.BAD_QUESTION_BODY,
        title="A la pregunta le falta lo que pide su tipo",
        why="Sin eso no se puede responder o calificar.",
        cure="Complétela como el ejemplo de su tipo en la guía.",
        bad=quiz(_SCALE.replace("Escala: Nada / Poco / Mucho\n", "")),
        good=quiz(_SCALE),
    ),
    Explanation(
        code=Code.SHORT_DRAW,
        title="El banco no tiene lo que se extrae",
        why="A alguien le harían menos preguntas que a los demás.",
        cure="Agregue preguntas con esas etiquetas, o pida menos.",
        bad=_drawing(2),
        good=_drawing(1),
    ),
    Explanation(
        code=Code.UNEQUAL_FORMS,
        title="Las formas no se pueden comparar",
        why="Lo que se aprende se mide con dos formas del mismo largo.",
        cure="Nombre dos bancos o más, con el mismo número de preguntas publicadas.",
        bad=_with_forms(_OTHER + QUESTION.replace("uno", "tres")),
        good=_with_forms(_OTHER),
    ),
)
