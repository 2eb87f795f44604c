"""A course made for measuring: as many lessons as asked, each with every kind of markup that a real one has."""

import random
from collections.abc import Iterator
from pathlib import Path

LESSONS = 200
WORDS = 1_500
PER_MODULE = 20
_TERMS = 40
_SOURCES = 30
_SECTION_WORDS = 380
_SENTENCES = (
    "La persona decide qué cuenta, a quién y en qué momento.",
    "Una señal sola **no prueba nada**; varias juntas piden valorar el riesgo con calma.",
    "El artículo 4 pide un lugar *privado*, con tiempo y sin nadie que vigile la conversación.",
    "Anote lo que vio y lo que oyó, no lo que supone.",
    "En México, la Ley General distingue el acto, el medio y el fin (artículo 10).",
    "Si alguien más responde por ella, busque la forma de hablar a solas.",
    "Guarde la ficha bajo llave y comparta solo lo necesario con quien la recibe.",
    "Explique con palabras sencillas para qué sirve cada dato que pide.",
    "El consentimiento de una niña o de un niño no cambia la definición.",
    "Preguntar por curiosidad hace daño y no ayuda a proteger a nadie.",
    "La ruta dice quién responde, en qué plazo y con qué documento.",
    "Acuerde con ella una palabra que signifique «ahora no puedo hablar».",
    "Hay que revisar la orden de `servicio` antes de llamar a otra institución.",
    "Quien acompaña también necesita apoyo, descanso y alguien con quien hablar.",
    "No prometa lo que otra institución tiene que decidir.",
    "El miedo, el silencio o el enojo pueden ser respuestas normales ante el peligro.",
    "Ofrezca agua, un asiento y la posibilidad de detenerse cuando quiera.",
    "Una entrevista repetida obliga a vivir de nuevo lo ocurrido.",
    "Confirme por escrito que la institución recibió a la persona.",
    "Use una persona intérprete que no conozca a la familia ni a quien acompaña.",
)
_ITEMS = (
    "Responde con frases cortas que parecen aprendidas.",
    "Otra persona guarda **sus documentos** y su teléfono.",
    "No sabe decir en qué lugar vive o trabaja.",
    "Trabaja muchas horas y recibe poco o ningún pago.",
    "Mira a quien la acompaña antes de responder.",
    "Tiene lesiones que nadie ha atendido.",
    "Debe un dinero que crece cada semana.",
)
_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80"><path d="M0 40h240"/></svg>\n'


def write_course(folder: Path, *, lessons: int = LESSONS, words: int = WORDS) -> list[Path]:
    """Write a course without mistakes and return its lessons, each of at least so many words."""
    files = dict(_files(lessons, words))
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return [folder / name for name in files if name.count("/") and name.endswith(".md")]


def _files(lessons: int, words: int) -> Iterator[tuple[str, str]]:
    modules = [range(first, min(first + PER_MODULE, lessons)) for first in range(0, lessons, PER_MODULE)]
    yield "curso.yaml", _manifest(len(modules))
    yield "fuentes.yaml", "".join(_source(number) for number in range(_SOURCES))
    yield "glosario.md", "".join(_term(number) for number in range(_TERMS))
    yield "imagenes/ruta.svg", _DRAWING
    for number, module in enumerate(modules, 1):
        for lesson in module:
            yield (
                f"{number:02}-modulo-{number}/{_name(lesson)}",
                _lesson(lesson, words, is_last=lesson == module[-1]),
            )


def _name(lesson: int) -> str:
    return f"{lesson % PER_MODULE + 1:02}-tema-{lesson + 1}.md"


def _manifest(modules: int) -> str:
    entries = "".join(
        f"  - carpeta: {number:02}-modulo-{number}\n    titulo: Módulo {number}\n    horas: 2\n"
        for number in range(1, modules + 1)
    )
    return f"titulo: Curso de medida\nresumen: Para medir.\nhoras: {2 * modules}\nmodulos:\n{entries}"


def _source(number: int) -> str:
    return (
        f'F-{number}:\n  titulo: "Documento {number}: guía de actuación"\n'
        f"  direccion: https://example.org/documentos/{number}\n  consultado: 2026-11-21\n"
        "  nota: Se consultó la versión publicada.\n"
    )


def _term(number: int) -> str:
    return (
        f"## Término {_spelled(number)}\nLo que significa en la ruta, dicho con palabras sencillas.\n"
        f"También: términos {_spelled(number)}\n\n"
    )


def _spelled(number: int) -> str:
    return f"{'abcdefghij'[number // 10]}{'klmnopqrst'[number % 10]}"


def _lesson(lesson: int, words: int, *, is_last: bool) -> str:
    chance = random.Random(lesson)  # noqa: S311 - repeatable, not secret
    pieces = [_front(lesson), _opening(lesson, is_last=is_last)]
    notes = f"[^1]: Documento {lesson % _SOURCES}, página {lesson + 1}.\n"
    section = 0
    while (missing := words - len(" ".join((*pieces[1:], notes)).split())) > 0:
        section += 1
        is_room = missing > _SECTION_WORDS
        pieces.append(_section(lesson, section, chance) if is_room else f"{_prose(chance, 2)}\n")
    return "\n".join((*pieces, notes))


def _front(lesson: int) -> str:
    return (
        f"---\ntitulo: Tema {lesson + 1}\nminutos: 8\nobjetivo: Reconocer las señales y actuar según la ruta.\n"
        f"revisado: 2026-11-21\nfuentes: [F-{lesson % _SOURCES}, F-{(lesson + 7) % _SOURCES}]\n"
        "jurisdiccion: general\nintensidad: media\n---"
    )


def _opening(lesson: int, *, is_last: bool) -> str:
    onward = "" if is_last else f" Después siga con [el tema {lesson + 2}]({_name(lesson + 1)}#seccion-1)."
    return (
        f"En este tema se practica con casos.[^1]{onward}\n\n"
        "![Las etapas de la ruta, en una línea](../imagenes/ruta.svg)\n"
    )


def _section(lesson: int, section: int, chance: random.Random) -> str:
    extra = (_table, _branches, _question, _talk)[section % 4]
    term = _spelled((lesson + section) % _TERMS)
    items = "\n".join(f"- {item}" for item in chance.sample(_ITEMS, 4))
    return (
        f"## Sección {section}\n\nEl [[término {term}]] se explica aquí. {_prose(chance, 5)}\n\n{_prose(chance, 6)}\n\n"
        f"{items}\n\n### Qué hacer {section}\n\n{_prose(chance, 4)} Consulte la "
        f"[guía](https://example.org/guia/{section}).\n\n"
        f"::: clave Recuerde\n{_prose(chance, 2)}\n:::\n\n{extra(lesson, section, chance)}\n"
    )


def _prose(chance: random.Random, sentences: int) -> str:
    return " ".join(chance.sample(_SENTENCES, sentences))


def _table(_lesson: int, _section: int, chance: random.Random) -> str:
    rows = "\n".join(
        f"| {item} | Institución {number} | {number} h |" for number, item in enumerate(_ITEMS[:5])
    )
    return f"{_prose(chance, 1)}\n\n| Situación | Quién | Plazo |\n|---|---|--:|\n{rows}\n"


def _branches(_lesson: int, _section: int, chance: random.Random) -> str:
    return "\n".join(
        f"::: sector {sector} En su trabajo\n{_prose(chance, 2)}\n:::\n"
        for sector in ("salud", "justicia", "migracion")
    )


def _question(lesson: int, section: int, chance: random.Random) -> str:
    first, second, third = chance.sample(_ITEMS, 3)
    return (
        f"::: pregunta {{id=t{lesson}-{section} nivel=J}}\n¿Qué conviene hacer primero en este caso?\n\n"
        f"( ) {first}\n    > Es una señal, no una acción.\n(x) Hablar a solas y con calma.\n"
        f"    > Correcto: la privacidad va primero.\n( ) {second}\n    > {third}\n:::\n"
    )


def _talk(_lesson: int, _section: int, chance: random.Random) -> str:
    steps = "\n".join(f"{number}. {_prose(chance, 1)}" for number in range(1, 5))
    return (
        "::: diga\n- «Usted decide qué me cuenta».\n- «Puedo escucharla el tiempo que necesite».\n"
        f"+ «¿Por qué no pidió ayuda antes?».\n:::\n\n::: pasos Después\n{steps}\n:::\n\n"
        f"::: revelar ¿Y si alguien interrumpe?\n{_prose(chance, 2)}\n:::\n"
    )
