"""R22: Markdown that two programs would read in two ways."""

from lms.courses.compiler.codes import Code
from lms.courses.compiler.explanations.page import Explanation, lesson

_WHY = "El mismo texto se vería de otro modo en el editor, en git o en otro programa: nadie sabría cuál vale."
PAGES = (
    Explanation(
        code=Code.LIST_INDENT,
        title="La sangría de una lista se lee de dos maneras",
        why=_WHY,
        cure="Ponga un solo espacio después de la marca y alinee lo de dentro con la primera letra del elemento.",
        bad=lesson("-    Uno\n\n    Sigue uno.\n"),
        good=lesson("- Uno\n\n    Sigue uno.\n"),
    ),
    Explanation(
        code=Code.NO_BLANK_LINE,
        title="Falta una línea en blanco",
        why=_WHY,
        cure="Deje una línea en blanco entre el párrafo y el título.",
        bad=lesson("Antes de entrar, toque.\n##Al entrar\n"),
        good=lesson("Antes de entrar, toque.\n\n## Al entrar\n"),
    ),
    Explanation(
        code=Code.FENCE,
        title="Un recuadro de código se lee de dos maneras",
        why=_WHY,
        cure="Ciérrelo con las mismas marcas con que lo abrió.",
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
        bad=lesson("## Las señales {resumen}\n\nTexto.\n"),
        good=lesson("## Las señales (resumen)\n\nTexto.\n"),
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
