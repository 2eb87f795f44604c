"""Every rule, with an example that breaks it and one that keeps it."""

import json
from dataclasses import dataclass, field

import pytest

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Diagnostic, Severity, as_github, as_json, as_text

LESSON = "01-marco/01-tema.md"
QUIZ = "01-marco/comprobacion.md"
HEAD = "---\ntitulo: Una lección\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
QUIZ_HEAD = "---\ntipo: cuestionario\ntitulo: Comprobación\nminutos: 5\nintentos: 3\n---\n"
COURSE = (
    "titulo: Curso\nresumen: De prueba.\nhoras: 1\nmodulos:\n"
    "  - carpeta: 01-marco\n    titulo: Marco\n    horas: 1\n"
)
GOOD_QUESTION = "::: pregunta {id=uno}\n¿Sí?\n\n(x) Sí.\n    > Así es.\n( ) No.\n    > Lea de nuevo.\n:::\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'
LONG = " ".join(["palabra"] * 41)


@dataclass(frozen=True)
class Example:
    """A change to a sound course that breaks a rule, where it is seen, and a change that does not."""

    code: Code
    bad: dict
    place: str
    says: str
    good: dict = field(default_factory=dict)


def lesson(code, bad, line, says, good="Un texto breve.\n"):
    """An example in the body of a lesson; the body starts at line 8."""
    return Example(code, {LESSON: HEAD + bad}, f"{LESSON}:{line}", says, {LESSON: HEAD + good})


def quiz(code, bad, line, says, good=GOOD_QUESTION):
    """An example in the body of a quiz; the body starts at line 7."""
    return Example(code, {QUIZ: QUIZ_HEAD + bad}, f"{QUIZ}:{line}", says, {QUIZ: QUIZ_HEAD + good})


def course(code, bad, line, says):
    """An example in curso.yaml."""
    return Example(code, {"curso.yaml": bad}, f"curso.yaml:{line}", says)


EXAMPLES = (
    Example(Code.NOT_UTF8, {LESSON: b"---\nuno\n\xf1\n"}, f"{LESSON}:3", "UTF-8"),
    Example(Code.TOO_LARGE, {LESSON: HEAD + "a" * 200_001}, f"{LESSON}:1", "límite es 200 kB"),
    lesson(Code.FORBIDDEN_CHARACTER, "Uno\ndos\x0btres\ue000\n", 9, "U+000B"),
    Example(Code.UNUSED_FILE, {"03-otro/01-tema.md": HEAD}, "03-otro/01-tema.md:1", "curso.yaml"),
    Example(
        Code.UNUSED_FILE,
        {"imagenes/a.svg": SVG},
        "imagenes/a.svg:1",
        "Ninguna página",
        {"imagenes/a.svg": SVG, LESSON: HEAD + "![Una línea](../imagenes/a.svg)"},
    ),
    Example(Code.MISSING_FILE, {"curso.yaml": None}, "curso.yaml:1", "Falta curso.yaml"),
    course(Code.BAD_YAML, "titulo: [uno\n", 2, "YAML"),
    course(Code.BAD_YAML, "titulo: uno: dos\n", 1, "entre comillas"),
    course(Code.BAD_YAML, "titulo: &a uno\nresumen: *a\n", 2, "alias"),
    course(Code.UNKNOWN_KEY, "titlo: uno\n" + COURSE, 1, "¿Quiso decir «titulo»?"),
    course(Code.MISSING_KEY, "resumen: uno\n", 1, "Falta «titulo»"),
    course(
        Code.BAD_VALUE,
        COURSE.replace("horas: 1\nmod", "horas: 010,5,1\nmod"),
        3,
        "«horas» debe ser un número",
    ),
    course(Code.BAD_VALUE, "idioma: eses\n" + COURSE, 1, "¿Quiso decir «es»?"),
    Example(Code.BAD_VALUE, {LESSON: HEAD.replace("-21", "-31")}, f"{LESSON}:5", "no es una fecha"),
    Example(Code.BAD_VALUE, {LESSON: "---\ntipo: cuestionaro\n---\n"}, f"{LESSON}:2", "«cuestionario»"),
    Example(
        Code.BAD_VALUE,
        {QUIZ: QUIZ_HEAD.replace("---\nt", "---\nmezclar: a veces\nt", 1) + GOOD_QUESTION},
        f"{QUIZ}:2",
        "opciones",
    ),
    course(Code.DUPLICATE_KEY, "titulo: uno\n" + COURSE, 2, "repetida"),
    course(Code.DUPLICATE_KEY, "title: uno\n" + COURSE, 2, "dos veces"),
    course(Code.EMPTY_MODULE, COURSE.replace("01-marco", "01-marcos"), 5, "¿Quiso decir «01-marco»?"),
    Example(
        Code.BAD_NAME, {"01-marco/02-Qué es.md": HEAD + "Texto."}, "01-marco/02-Qué es.md:1", "01-que-es.md"
    ),
    Example(Code.DUPLICATE_SLUG, {"01-marco/02-tema.md": HEAD + "Texto."}, "01-marco/02-tema.md:1", LESSON),
    course(Code.HOURS_DO_NOT_ADD_UP, COURSE.replace("horas: 1\nmod", "horas: 2\nmod"), 3, "suman 1 horas"),
    Example(
        Code.SEVERAL_QUIZZES,
        {
            QUIZ: QUIZ_HEAD + GOOD_QUESTION,
            "01-marco/otra.md": QUIZ_HEAD + GOOD_QUESTION.replace("uno", "dos"),
        },
        "01-marco/otra.md:1",
        QUIZ,
        {QUIZ: QUIZ_HEAD + GOOD_QUESTION},
    ),
    lesson(
        Code.UNKNOWN_BLOCK,
        "::: claves Uno\nTexto.\n:::\n",
        8,
        "¿Quiso decir «clave»?",
        "::: clave\nTexto.\n:::\n",
    ),
    lesson(Code.UNKNOWN_BLOCK, "\n:::: info\n::: nada\nTexto.\n:::\n::::\n", 10, "«nada» no existe"),
    lesson(
        Code.UNCLOSED_BLOCK, "Uno.\n\n::: clave\nTexto.\n", 10, "agregue «:::»", "::: clave\nTexto.\n:::\n"
    ),
    lesson(Code.STRAY_CLOSE, "Texto.\n:::\n", 9, "no cierra ningún bloque"),
    lesson(
        Code.BAD_NESTING,
        "::: clave\nTexto.\n::: info\nMás.\n:::\n",
        10,
        "línea 8 sigue abierto",
        ":::: clave\nTexto.\n::: info\nMás.\n:::\n::::\n",
    ),
    lesson(Code.BAD_HEAD, "::: pregunta {id: uno}\n", 8, "clave=valor"),
    lesson(
        Code.BAD_HEAD, "::: sector\nTexto.\n:::\n", 8, "Falta el sector", "::: sector salud\nTexto.\n:::\n"
    ),
    lesson(
        Code.BAD_HEAD, "::: revelar\nTexto.\n:::\n", 8, "Falta la pregunta", "::: revelar ¿Sí?\nTexto.\n:::\n"
    ),
    lesson(
        Code.BAD_HEAD, "::: ficticio\nTexto.\n:::\n", 8, "título del caso", "::: ficticio A\nTexto.\n:::\n"
    ),
    lesson(
        Code.UNKNOWN_ATTRIBUTE, GOOD_QUESTION.replace("id=", "idd="), 8, "¿Quiso decir «id»?", GOOD_QUESTION
    ),
    lesson(Code.EMPTY_BLOCK, "::: clave Uno\n\n:::\n", 8, "vacío"),
    lesson(Code.MISPLACED_BLOCK, f":::: info\n{GOOD_QUESTION}::::\n", 9, "no va dentro", GOOD_QUESTION),
    lesson(Code.MISPLACED_BLOCK, ":::: info\n::: sector salud\nTexto.\n:::\n::::\n", 9, "va suelto"),
    lesson(
        Code.MISPLACED_BLOCK,
        ":::: pregunta\n¿Sí?\n(x) Sí.\n( ) No.\n::: info\nUno.\n:::\n::::\n",
        12,
        "no lleva otros bloques",
    ),
    quiz(
        Code.MISPLACED_BLOCK, "::: sector salud\nTexto.\n:::\n" + GOOD_QUESTION, 7, "no se divide por sector"
    ),
    lesson(
        Code.BAD_BLOCK_BODY, "::: diga\n- Uno.\nDos.\n:::\n", 10, "«+ »", "::: diga\n- Uno.\n+ Dos.\n:::\n"
    ),
    lesson(Code.BAD_BLOCK_BODY, "::: diga\n+ Uno.\n:::\n", 8, "ninguna frase"),
    lesson(Code.BAD_BLOCK_BODY, "::: pasos\nUno.\n:::\n", 8, "lista numerada", "::: pasos\n1. Uno.\n:::\n"),
    lesson(
        Code.BAD_BLOCK_BODY,
        "::: pasos\n1. Uno.\n\nDos.\n\n2. Tres.\n:::\n",
        11,
        "corta la lista",
        "::: pasos\nAntes.\n\n1. Uno.\n\n    Dos.\n2. Tres\nsigue.\n\nDespués.\n:::\n",
    ),
    Example(Code.NO_FRONT_MATTER, {LESSON: "Texto.\n"}, f"{LESSON}:1", "Falta la cabecera"),
    Example(Code.NO_FRONT_MATTER, {LESSON: "---\ntitulo: uno\n"}, f"{LESSON}:1", "no termina"),
    lesson(Code.TOP_HEADING, "# Uno\n", 8, "empiece con «##»", "## Uno\n"),
    lesson(Code.SKIPPED_HEADING, "## Uno\n\n#### Dos\n", 10, "use «###»", "## Uno\n\n### Dos\n"),
    lesson(Code.RAW_HTML, "Uno <b>dos</b>.\n", 8, "«<b>» es HTML", "Uno `<b>` y 3 < 4 > 2.\n"),
    lesson(Code.EMPTY_PAGE, "\n", 8, "vacía"),
    lesson(Code.UNKNOWN_SECTOR, "::: sector salud,salut\nTexto.\n:::\n", 8, "¿Quiso decir «salud»?"),
    course(Code.UNKNOWN_SECTOR, "sector: banca\n" + COURSE, 1, "«banca»"),
    quiz(
        Code.TEXT_IN_QUIZ,
        GOOD_QUESTION + "\nTexto.\n",
        16,
        "páselo al principio",
        "Texto.\n\n" + GOOD_QUESTION,
    ),
    Example(
        Code.BAD_GLOSSARY,
        {"glosario.md": "## Canalizar\nUno.\n\n## canalizar\nDos.\n"},
        "glosario.md:4",
        "ya está en la línea 1",
    ),
    Example(Code.BAD_GLOSSARY, {"glosario.md": "## Canalizar\n"}, "glosario.md:1", "no tiene definición"),
    Example(Code.BAD_GLOSSARY, {"glosario.md": "## ¿?\nUno.\n"}, "glosario.md:1", "término está vacío"),
    lesson(Code.TANGLED, "Uno.\n" + "![a" * 30, 9, "corchetes", "![" * 20 + "\n\n" + "![" * 20),
    lesson(Code.TANGLED, "[a](" * 30, 8, "corchetes", "[A](#uno) (b). " * 30 + "\n\n## Uno\n"),
    lesson(Code.TANGLED, "*[A]: b\n" * 201, 208, "corchetes", "*[A]: b\n" * 200 + "\nUno.\n"),
    lesson(
        Code.NUMBER_OF_KEYS, GOOD_QUESTION.replace("( )", "(x)"), 8, "Hay 2 opciones correctas", GOOD_QUESTION
    ),
    lesson(
        Code.NUMBER_OF_KEYS, GOOD_QUESTION.replace("(x)", "( )"), 8, "La pregunta no tiene respuesta correcta"
    ),
    lesson(
        Code.NUMBER_OF_KEYS,
        "::: pregunta\n¿Sí?\n\n[ ] Uno.\n[ ] Dos.\n:::\n",
        8,
        "marque al menos una",
        "::: pregunta\n¿Sí?\n\n[x] Uno.\n[x] Dos.\n:::\n",
    ),
    quiz(Code.NO_FEEDBACK, GOOD_QUESTION.replace("    > Así es.\n", ""), 10, "retroalimentación"),
    lesson(Code.TOO_FEW_OPTIONS, "::: pregunta\n¿Sí?\n\n(x) Uno.\n:::\n", 8, "al menos dos", GOOD_QUESTION),
    lesson(Code.MIXED_OPTIONS, GOOD_QUESTION.replace("( )", "[ ]"), 8, "Mezcla", GOOD_QUESTION),
    lesson(Code.NO_STEM, GOOD_QUESTION.replace("¿Sí?", ""), 8, "enunciado", GOOD_QUESTION),
    lesson(
        Code.LOOSE_TEXT,
        GOOD_QUESTION.replace("\n:::\n", "\nTexto.\n:::\n"),
        15,
        "«Texto.»",
    ),
    quiz(Code.NO_QUESTION_ID, GOOD_QUESTION.replace(" {id=uno}", ""), 7, "agregue {id="),
    quiz(Code.BAD_QUESTION_ID, GOOD_QUESTION.replace("id=uno", "id=Uno_1"), 7, "minúsculas"),
    quiz(Code.DUPLICATE_QUESTION_ID, GOOD_QUESTION + GOOD_QUESTION, 15, f"ya está en {QUIZ}:7"),
    quiz(Code.BAD_QUESTION_ATTRIBUTE, GOOD_QUESTION.replace("uno}", "uno nivel=X}"), 7, "R, A o J"),
    quiz(Code.BAD_QUESTION_ATTRIBUTE, GOOD_QUESTION.replace("uno}", "uno pais=mx}"), 7, "como MX"),
    quiz(
        Code.BAD_QUESTION_ATTRIBUTE,
        GOOD_QUESTION.replace("uno}", "uno parcial=tal-vez}"),
        7,
        "no, partes o acierto",
    ),
    quiz(Code.UNKNOWN_SECTOR, GOOD_QUESTION.replace("uno}", "uno sector=salut}"), 7, "¿Quiso decir «salud»?"),
    quiz(Code.UNKNOWN_SOURCE, GOOD_QUESTION.replace("uno}", "uno fuente=PAS}"), 7, "¿Quiso decir «PAL»?"),
    lesson(Code.REPEATED_OPTION, GOOD_QUESTION.replace("No.\n", "sí\n"), 13, "repite otra", GOOD_QUESTION),
    quiz(Code.NO_QUESTIONS, "Texto.\n", 7, "no tiene preguntas"),
    lesson(
        Code.EMPTY_OPTION, GOOD_QUESTION.replace("( ) No.", "( )"), 13, "opción está vacía", GOOD_QUESTION
    ),
    lesson(Code.NO_ALT, "Uno.\n\n![ ](../imagenes/a.svg)\n", 10, "texto alternativo"),
    Example(
        Code.NO_IMAGE,
        {"imagenes/ruta.svg": SVG, LESSON: HEAD + "![Una](../imagenes/rutas.svg)"},
        f"{LESSON}:8",
        "¿Quiso decir «../imagenes/ruta.svg»?",
    ),
    lesson(Code.FOREIGN_IMAGE, "![Una](https://example.org/a.png)\n", 8, "guárdela"),
    lesson(
        Code.BROKEN_LINK, "Uno.\n[dos](01-temas.md)\n", 9, "¿Quiso decir «01-tema.md»?", "[dos](01-tema.md)\n"
    ),
    lesson(Code.OUTSIDE_LINK, "[dos](../../secreto.md)\n", 8, "sale de la carpeta"),
    lesson(Code.OUTSIDE_LINK, "![dos](../../secreto.png)\n", 8, "sale de la carpeta"),
    lesson(Code.BAD_ADDRESS, "[uno](javascript:alert)\n", 8, "no se admite", "[uno](https://example.org)\n"),
    lesson(Code.BAD_ADDRESS, "[uno](http://[1)\n", 8, "no es válida"),
    Example(
        Code.BAD_ADDRESS,
        {"fuentes.yaml": "PAL:\n  titulo: P\n  direccion: ftp://x\n  consultado: 2026-11-21\n"},
        "fuentes.yaml:3",
        "https://",
    ),
    lesson(Code.UNKNOWN_TERM, "Uno.\n[[canalisar]]\n", 9, "¿Quiso decir «canalizar»?", "[[Canalizar|x]]\n"),
    Example(
        Code.UNKNOWN_SOURCE,
        {LESSON: HEAD.replace("PAL", "PAL, PAS") + "Uno."},
        f"{LESSON}:6",
        "¿Quiso decir «PAL»?",
    ),
    Example(
        Code.NO_SOURCES, {LESSON: HEAD.replace("fuentes: [PAL]\n", "") + "Uno."}, f"{LESSON}:2", "no cita"
    ),
    lesson(Code.LIST_INDENT, "-    Uno\n\n    Dos.\n", 10, "primera letra", "- Uno\n\n    Dos.\n"),
    lesson(Code.NO_BLANK_LINE, "Uno.\n##Dos\n", 9, "línea en blanco", "Uno.\n\n## Dos\n"),
    lesson(Code.FENCE, "Uno.\n\n```\ndos\n", 10, "ciérrelo", "Uno.\n\n```\ndos\n```\n"),
    lesson(Code.HEADING_MARK, "##Uno\n\nDos.\n", 8, "un espacio después", "## Uno\n\nDos.\n"),
    lesson(Code.EMPHASIS_MARK, "Es *muy*bueno y **(eso)**sí.\n", 8, "asteriscos", "Es *muy* bueno.\n"),
    lesson(
        Code.LINK_MARK,
        "Escriba a <a@example.org>.\n",
        8,
        "[texto](dirección)",
        "[Escriba](mailto:a@example.org).\n",
    ),
    lesson(Code.LITERAL_MARK, "## Uno {dos}\n\nTres.\n", 8, "use paréntesis", "## Uno (dos)\n\nTres.\n"),
    lesson(Code.READ_IN_TWO_WAYS, "<!-- nota -->Uno *dos*.\n", 8, "comentario", "<!-- nota -->\n\nUno.\n"),
    lesson(Code.BROKEN_ANCHOR, "## Uno\n\n[dos](#dos)\n", 10, "«#dos»", "## Dos\n\n[dos](#dos)\n"),
    lesson(Code.BROKEN_ANCHOR, "## Uno\n\n[dos](01-tema.md#dos)\n", 10, "«#dos»"),
    Example(
        Code.BROKEN_ANCHOR,
        {"01-marco/02-otra.md": HEAD + "[uno](01-tema.md#dos)\n"},
        "01-marco/02-otra.md:8",
        f"«{LESSON}» no tiene",
        {"01-marco/02-otra.md": HEAD + "[uno](01-tema.md#dos)\n", LESSON: HEAD + "## Dos\n"},
    ),
    Example(
        Code.BAD_IMAGE,
        {"imagenes/a.svg": SVG.replace("></", "><script/></"), LESSON: HEAD + "![Una](../imagenes/a.svg)"},
        f"{LESSON}:8",
        "código activo",
    ),
    lesson(Code.BAD_IMAGE, "![Una](../imagenes/a.gif)\n", 8, "use svg, png o webp"),
    lesson(Code.PHONE_NUMBER, "Uno.\nEscriba al 998 123 4567.\n", 9, "«998 123 4567»"),
    lesson(
        Code.WORD_TO_AVOID,
        "Es trata de blancas.\n",
        8,
        "«trata de personas»",
        "No diga «trata de blancas».\n",
    ),
    lesson(Code.LONG_SENTENCE, f"Uno.\nLa {LONG[8:]}.\n", 9, "41 palabras", f"La {LONG[16:]}. Otra.\n"),
    Example(
        Code.MINUTES,
        {LESSON: HEAD.replace("minutos: 1", "minutos: 9") + "Uno."},
        f"{LESSON}:3",
        "toma unos 1",
        {LESSON: HEAD.replace("minutos: 1", "minutos: 2") + "Uno."},
    ),
)


def found_by(compilation, code):
    return [(f"{d.path}:{d.line}", d.message) for d in compilation.diagnostics if d.code == code]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code.name}-{example.says}")
def test_a_broken_rule_is_told_at_its_line(example, compile_with):
    found = found_by(compile_with(example.bad), example.code)

    assert any(place == example.place and example.says in message for place, message in found), found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code.name}-{example.says}")
def test_a_kept_rule_says_nothing(example, compile_with):
    assert compile_with(example.good).diagnostics == ()


def test_every_sentence_says_what_to_do(compile_with):
    messages = {d.message for example in EXAMPLES for d in compile_with(example.bad).diagnostics}

    assert [m for m in messages if not m.rstrip("?»").endswith(".") and "¿Quiso decir" not in m] == []


def test_problems_of_all_files_come_together_and_in_order(compile_with):
    compilation = compile_with(
        {
            LESSON: HEAD + "# Uno\n[[nada]]\n",
            "fuentes.yaml": "PAL:\n  titul: x\n",
            "curso.yaml": "a: b\n" + COURSE,
        }
    )

    assert compilation.course is None
    assert [(d.path, d.line) for d in compilation.diagnostics] == [
        (LESSON, 8),
        (LESSON, 9),
        ("curso.yaml", 1),
        ("fuentes.yaml", 1),
        ("fuentes.yaml", 1),
        ("fuentes.yaml", 2),
    ]


def test_lines_after_a_comment_keep_their_numbers(compile_with):
    compilation = compile_with({LESSON: HEAD + "Uno.\n\n<!-- [[no]]\n\n::: no\n-->\n[[nada]]\n"})

    assert [(d.code, d.line) for d in compilation.diagnostics] == [(Code.UNKNOWN_TERM, 14)]


def test_warnings_alone_do_not_stop_the_course(compile_with):
    compilation = compile_with({LESSON: HEAD + "Uno <b>dos</b>.\n"})

    assert [d.severity for d in compilation.diagnostics] == [Severity.WARNING]
    assert compilation.course is not None


FOUND = (
    Diagnostic(code="R101", severity=Severity.ERROR, path="a,b.md", line=3, message="Uno: 100 %\ndos."),
    Diagnostic(code="R501", severity=Severity.WARNING, path="c.md", line=1, message="Tres."),
)


def test_diagnostics_as_text():
    assert as_text(FOUND[1:]) == "c.md:1: aviso R501: Tres.\n"


def test_diagnostics_as_json():
    assert json.loads(as_json(FOUND))[1] == {
        "code": "R501",
        "severity": "warning",
        "path": "c.md",
        "line": 1,
        "message": "Tres.",
    }


def test_diagnostics_as_github_annotations_escape_what_would_break_them():
    assert as_github(FOUND, "content/x/").splitlines() == [
        "::error file=content/x/a%2Cb.md,line=3,title=R101::Uno: 100 %25%0Ados.",
        "::warning file=content/x/c.md,line=1,title=R501::Tres.",
    ]
