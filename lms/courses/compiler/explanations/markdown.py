"""R22: Markdown that two programs would read in two ways."""

from lms.courses.compiler.codes import Code
from lms.courses.compiler.explanations.page import Explanation, lesson

_WHY = "El mismo texto se vería de otro modo en el editor, en git o en otro programa: nadie sabría cuál vale."
PAGES = (
    Explanation(
        code=Code.LIST_INDENT,
        title="La sangría de una lista se lee de dos maneras",
        why=_WHY,
        cure="Lo que va dentro de un elemento lleva cuatro espacios por cada nivel.",
        bad=lesson("- Uno\n  - Dos\n  - Tres\n"),
        good=lesson("- Uno\n    - Dos\n    - Tres\n"),
    ),
    Explanation(
        code=Code.NO_BLANK_LINE,
        title="Falta una línea en blanco",
        why=_WHY,
        cure="Deje una línea en blanco entre el párrafo y la lista, el título o la cita.",
        bad=lesson("Lleve consigo:\n- agua\n- su credencial\n"),
        good=lesson("Lleve consigo:\n\n- agua\n- su credencial\n"),
    ),
    Explanation(
        code=Code.LIST_MARK,
        title="La lista cambia de marca",
        why=_WHY,
        cure="Empiece todas las líneas con «- », o con «1. », y separe todas con línea en blanco o ninguna.",
        bad=lesson("- Agua\n* Credencial\n"),
        good=lesson("- Agua\n- Credencial\n"),
    ),
    Explanation(
        code=Code.FENCE,
        title="Un recuadro de código se lee de dos maneras",
        why=_WHY,
        cure="Escriba sus marcas sin sangría, fuera de listas y citas, y ciérrelo.",
        bad=lesson("Texto.\n\n```\nsin cerrar\n"),
        good=lesson("Texto.\n\n```\ncerrado\n```\n"),
    ),
    Explanation(
        code=Code.HEADING_MARK,
        title="Un título se lee de dos maneras",
        why=_WHY,
        cure="Escriba «## Título», con un espacio después de «##» y una línea en blanco antes.",
        bad=lesson("Texto.\n\n##Título\n"),
        good=lesson("Texto.\n\n## Título\n"),
    ),
    Explanation(
        code=Code.EMPHASIS_MARK,
        title="Un énfasis se lee de dos maneras",
        why=_WHY,
        cure="Pegue los asteriscos a las palabras que abarcan, sin cortar ninguna.",
        bad=lesson("Es *muy*bueno y **(claro)**sí.\n"),
        good=lesson("Es *muy* bueno y **claro**.\n"),
    ),
    Explanation(
        code=Code.LINK_MARK,
        title="Un enlace se lee de dos maneras",
        why=_WHY,
        cure="Escriba `[texto](dirección)`, sin espacios ni paréntesis en la dirección.",
        bad=lesson("Escriba a <enlace@example.org>.\n"),
        good=lesson("[Escriba a su enlace](mailto:enlace@example.org).\n"),
    ),
    Explanation(
        code=Code.LITERAL_MARK,
        title="Un signo se lee de dos maneras",
        why=_WHY,
        cure="Quite la barra, el tabulador o las llaves; para mostrar un signo, escríbalo entre acentos graves.",
        bad=lesson("Primera línea\\\nsegunda línea.\n"),
        good=lesson("Primera línea.\n\nSegunda línea.\n"),
    ),
    Explanation(
        code=Code.QUOTE_OR_RULE,
        title="Una cita o una raya se leen de dos maneras",
        why=_WHY,
        cure="Ponga un párrafo entre dos citas, y la raya sola entre dos líneas en blanco.",
        bad=lesson("> «Uno»\n\n> «Dos»\n"),
        good=lesson("> «Uno»\n\nY otra:\n\n> «Dos»\n"),
    ),
    Explanation(
        code=Code.READ_IN_TWO_WAYS,
        title="Algo más se lee de dos maneras",
        why=_WHY,
        cure="Escríbalo más sencillo, al borde, con una línea en blanco antes y otra después.",
        bad=lesson("<!-- nota -->Texto con *énfasis*.\n"),
        good=lesson("<!-- nota -->\n\nTexto con *énfasis*.\n"),
    ),
)
