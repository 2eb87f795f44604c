"""R34, R35 and R36: places, languages, shared modules and media."""

from lms.courses.compiler.codes import Code
from lms.courses.compiler.explanations.page import (
    COURSE,
    HEAD,
    LESSON,
    QUESTION,
    Example,
    Explanation,
    file,
    folder,
    lesson,
)
from lms.courses.compiler.sections import short_hash

_VARIANT = f"variantes/mx/{LESSON}"
_ENGLISH = f"idiomas/en/{LESSON}"
_GENERAL = "No se toma en cuenta si hubo un medio."
_BASE = f"{HEAD}::: lugar general {{id=consentimiento}}\n{_GENERAL}\n:::\n"
_SOUND = f"::: lugar mx {{id=consentimiento de={short_hash(_GENERAL)}}}\nNo excusa en ningún caso.\n:::\n"
_TEXT = "Un texto breve."
_ASKS = QUESTION.replace(" {id=uno}", "")
_QUESTION = "::: question\nYes?\n\n(x) Yes.\n( ) No.\n:::\n"


def _variant(text: str, *, path: str = _VARIANT, base: str = _BASE) -> Example:
    return Example(shown=text, files={LESSON: base, path: text})


def _translation(
    named: str, body: str, *, base: str = _TEXT, path: str = _ENGLISH, extra: str = ""
) -> Example:
    text = f"---\ntitle: A lesson\nobjective: Read.\n{named}{extra}---\n{body}\n"
    return Example(shown=text, files={LESSON: f"{HEAD}{base}\n", path: text})


_NAMED = f"translates: [{short_hash(_TEXT)}]\n"
_ENGLISH_SOUND = _translation(_NAMED, "A short text.")
_MODULE = COURSE.replace("  - carpeta: 01-marco\n    titulo: Marco\n", "  - incluye: {}\n")
_ENGLISH_VARIANT = f"idiomas/en/{_VARIANT}"
_PLACED = (
    f"---\ntraduce: [{short_hash(f'consentimiento {chr(10) * 2}No excusa en ningún caso.')}]\n---\n"
    "::: place mx {id=consentimiento}\nIt is never an excuse.\n:::\n"
)
_GENERAL_BLOCK = f"::: lugar general {{id=consentimiento}}\n{_GENERAL}"
_ENGLISH_LESSON = (
    f"---\ntitle: A lesson\nobjective: Read.\ntranslates: [{short_hash(_GENERAL_BLOCK)}]\n---\n"
    "::: place general {id=consentimiento}\nIt is not taken into account.\n:::\n"
)

PAGES = (
    Explanation(
        code=Code.UNKNOWN_PLACE,
        title="El lugar no existe",
        why="Nadie leería lo que se escribió para él.",
        cure="Use un código de país, como mx, o de su primera división, como mx-roo.",
        bad=lesson("::: lugar mex\nNo excusa.\n:::\n"),
        good=lesson("::: lugar mx\nNo excusa.\n:::\n"),
    ),
    Explanation(
        code=Code.NO_BASE_PAGE,
        title="El archivo no corresponde a ninguna página",
        why="Las variantes y las traducciones se unen a una página por su ruta.",
        cure="Dele la misma ruta que tiene la original.",
        bad=_variant(_SOUND, path="variantes/mx/01-marco/01-tena.md"),
        good=_variant(_SOUND),
    ),
    Explanation(
        code=Code.UNKNOWN_FORK,
        title="La lección no tiene ese apartado",
        why="No se sabe dónde poner lo que dice la variante.",
        cure="Use la {id=…} de un bloque «lugar» de la lección.",
        bad=_variant(_SOUND.replace("id=consentimiento", "id=consentimento")),
        good=_variant(_SOUND),
    ),
    Explanation(
        code=Code.WRONG_PLACE,
        title="El bloque es de otro lugar que su carpeta",
        why="Quien busque la variante de un país no la encontraría.",
        cure="Empiece el bloque con el código de la carpeta, o mueva el archivo.",
        bad=_variant(_SOUND.replace("lugar mx", "lugar pe")),
        good=_variant(_SOUND),
    ),
    Explanation(
        code=Code.REPEATED_PLACE,
        title="Un lugar tiene dos apartados",
        why="No se sabría cuál rige.",
        cure="Deje uno.",
        bad=lesson("::: lugar mx\nUno.\n:::\n\n::: lugar mx\nDos.\n:::\n"),
        good=lesson("::: lugar mx\nUno.\n:::\n\n::: lugar pe\nDos.\n:::\n"),
    ),
    Explanation(
        code=Code.STALE_VARIANT,
        title="El texto general cambió después de la variante",
        why="La norma del lugar podría contradecir lo que ahora dice la lección.",
        cure="Relea las dos y escriba la huella que da el mensaje.",
        bad=_variant(_SOUND, base=_BASE.replace("un medio", "engaño")),
        good=_variant(_SOUND),
    ),
    Explanation(
        code=Code.LOOSE_IN_VARIANT,
        title="Hay texto suelto en la variante",
        why="Una variante solo agrega apartados; lo demás no se vería.",
        cure="Páselo a un bloque «lugar» o a la lección.",
        bad=_variant(f"Suelto.\n\n{_SOUND}"),
        good=_variant(_SOUND),
    ),
    Explanation(
        code=Code.UNKNOWN_LANGUAGE,
        title="El idioma no se conoce",
        why="Nadie podría elegirlo.",
        cure="Use el código que propone el mensaje.",
        bad=_translation(_NAMED, "A short text.", path=f"idiomas/xx/{LESSON}"),
        good=_ENGLISH_SOUND,
    ),
    Explanation(
        code=Code.SECTIONS_DO_NOT_MATCH,
        title="La traducción no tiene las mismas secciones",
        why="No se sabría qué parte traduce a cuál.",
        cure="Empiece cada sección con el mismo título o bloque que la original.",
        bad=_translation(_NAMED, "A short text.\n\n## More\n\nAnother."),
        good=_ENGLISH_SOUND,
    ),
    Explanation(
        code=Code.STALE_TRANSLATION,
        title="La original cambió después de la traducción",
        why="Quien lea la traducción aprendería algo viejo.",
        cure="Revise la sección y ponga al día «traduce».",
        bad=_translation(_NAMED, "A short text.", base="Un texto nuevo."),
        good=_ENGLISH_SOUND,
    ),
    Explanation(
        code=Code.MISSING_SECTION,
        title="Falta traducir una sección",
        why="En su lugar se lee la original.",
        cure="Tradúzcala donde dice el mensaje.",
        bad=_translation(_NAMED, "A short text.", base=f"{_TEXT}\n\n## Otra parte\n\nMás texto."),
        good=_ENGLISH_SOUND,
    ),
    Explanation(
        code=Code.TRANSLATED_KEYS,
        title="La pregunta traducida no coincide con la original",
        why="La misma respuesta sería correcta en un idioma y no en otro.",
        cure="Deje las mismas opciones correctas, en el mismo orden.",
        bad=Example(
            shown=_QUESTION.replace("(x)", "( )", 1).replace("( ) No", "(x) No"),
            files={
                LESSON: f"{HEAD}{_ASKS}",
                _ENGLISH: "---\ntitle: A lesson\nobjective: Read.\n---\n"
                + _QUESTION.replace("(x)", "( )", 1).replace("( ) No", "(x) No"),
            },
        ),
        good=_ENGLISH_SOUND,
    ),
    Explanation(
        code=Code.NOT_VALIDATED,
        title="La traducción espera a quien la revise",
        why="En una lengua originaria solo se publica lo que revisó alguien que la habla.",
        cure="Agregue «validado-por» con el cargo o la institución, o quite «borrador».",
        bad=_translation(_NAMED, "A short text.", extra="borrador: si\n"),
        good=_ENGLISH_SOUND,
    ),
    Explanation(
        code=Code.IDLE_TRANSLATION,
        title="La variante traducida espera a su lección",
        why="Quien lee en ese idioma recibe la lección original, con su propia variante.",
        cure="Traduzca la lección a la que pertenece.",
        bad=Example(shown=_PLACED, files={LESSON: _BASE, _VARIANT: _SOUND, _ENGLISH_VARIANT: _PLACED}),
        good=Example(
            shown=_ENGLISH_LESSON,
            files={
                LESSON: _BASE,
                _VARIANT: _SOUND,
                _ENGLISH_VARIANT: _PLACED,
                _ENGLISH: _ENGLISH_LESSON,
            },
        ),
    ),
    Explanation(
        code=Code.BAD_INCLUDE,
        title="No se entiende qué módulo se incluye",
        why="Un módulo compartido se toma de una versión exacta de otro curso.",
        cure="Escriba «incluye: curso@versión/módulo», sin «carpeta».",
        bad=file("curso.yaml", _MODULE.format("tronco-comun")),
        good=file("curso.yaml", COURSE),
    ),
    Explanation(
        code=Code.NO_INCLUDED_MODULE,
        title="El módulo incluido no está publicado",
        why="Solo se incluye lo que ya es una versión publicada.",
        cure="Publique primero ese curso, o corrija el nombre o el número.",
        bad=file("curso.yaml", _MODULE.format("tronco-comun@3/01-marco")),
        good=file("curso.yaml", COURSE),
    ),
    Explanation(
        code=Code.INCLUDED_LINK,
        title="El módulo incluido enlaza una página que no está aquí",
        why="El enlace no tendría adónde llevar; se deja solo su texto.",
        cure="Incluya también ese módulo, o acéptelo con una razón.",
        bad=folder("El módulo incluido lleva a «marco/definicion», que este curso no tiene."),
        good=folder("Todas las páginas enlazadas están en el curso."),
    ),
    Explanation(
        code=Code.NO_TRANSCRIPT,
        title="El audio o el video no tiene transcripción",
        why="Quien no oye, quien no tiene datos o quien está en una sala de espera también aprende.",
        cure="Escriba la transcripción dentro del bloque.",
        bad=folder("Un bloque de video sin texto dentro."),
        good=folder("El mismo bloque con todo lo que se dice y lo que se ve."),
    ),
    Explanation(
        code=Code.BAD_MEDIA,
        title="El archivo de audio o video no se admite",
        why="Se abriría en pocos teléfonos, o en ninguno.",
        cure="Expórtelo de nuevo en un formato de los que nombra el mensaje.",
        bad=folder("Un bloque de video con un archivo .avi."),
        good=folder("El mismo video en .mp4 o .webm."),
    ),
)
