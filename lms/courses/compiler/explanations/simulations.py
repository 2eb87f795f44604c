"""R32 and R33: simulations."""

from lms.courses.compiler.codes import Code
from lms.courses.compiler.explanations.page import Example, Explanation
from lms.courses.compiler.sections import short_hash

_PAGE = "01-marco/02-caso.md"
_HEAD = (
    "---\ntipo: simulacion\ntitulo: Un caso\nminutos: 1\nobjetivo: Decidir.\nrevisado: 2026-11-21\n"
    "fuentes: [PAL]\n---\n"
)
_ALL = "{seguridad=+1 trato=+1 ruta=+1 confidencialidad=+1}"
_TELLS = "  > Algo pasa.\n  >\n  > Por qué: así cuida.\n"
_LISTEN = f"- [Escuchar a solas](#salida) {_ALL}\n{_TELLS}"
_WAIT = f"- [Esperar](#salida) {{seguridad=-1}}\n{_TELLS}"
_END = "\n::: final salida El balance\nUn balance breve.\n:::\n"


def _scene(name: str, *choices: str, attributes: str = "") -> str:
    return f"::: escena {name} La llegada{attributes}\nLlega una persona.\n\n{''.join(choices)}:::\n"


_SOUND = _scene("llegada", _LISTEN, _WAIT)
_ENDING = _SOUND + _END
_TWO = _scene("llegada", _LISTEN.replace("#salida", "#espera"), _WAIT)


def _case(body: str) -> Example:
    return Example(shown=body, files={_PAGE: _HEAD + body})


def _habit(order: tuple[str, str]) -> str:
    """Return three scenes in a row with their choices in an order."""
    names, ends = ("uno", "dos", "tres"), ("dos", "tres", "salida")
    scenes = (
        _scene(name, *(choice.replace("#salida", f"#{end}") for choice in order))
        for name, end in zip(names, ends, strict=True)
    )
    return "\n".join(scenes)


_MIXED = "\n".join(
    (
        _scene("uno", _LISTEN.replace("#salida", "#dos"), _WAIT.replace("#salida", "#dos")),
        _scene("dos", _WAIT.replace("#salida", "#tres"), _LISTEN.replace("#salida", "#tres")),
        _scene(
            "tres", _LISTEN.replace("a solas", ""), _WAIT.replace("Esperar", "Esperar a que pase el turno")
        ),
    )
)
_MANY = tuple(_WAIT.replace("Esperar", f"Esperar {word}") for word in ("un poco", "más", "mucho", "hoy"))
_TANGLED = "".join(
    _scene(
        f"paso-{number}", *(_LISTEN.replace("#salida", f"#paso-{(number + step) % 12}") for step in (1, 2))
    )
    for number in range(12)
)
_ENGLISH = """\
::: scene llegada Someone arrives
A person arrives.

- [Listen in private](#salida)
  > Something happens.
  >
  > Why: that is how one cares.
- [Wait](#salida)
  > Something happens.
  >
  > Why: that is how one cares.
:::

::: ending salida In the end
A brief account.
:::
"""


def _translated(body: str) -> Example:
    head = "---\ntitle: A case\nobjective: Decide.\n"
    pieces = (text.strip().removeprefix("::: ").removesuffix(":::") for text in (_SOUND, _END))
    hashes = ", ".join(short_hash(text) for text in pieces)
    return Example(
        shown=body,
        files={_PAGE: _HEAD + _ENDING, f"idiomas/en/{_PAGE}": f"{head}translates: [{hashes}]\n---\n{body}"},
    )


PAGES = (
    Explanation(
        code=Code.UNKNOWN_TARGET,
        title="Una opción lleva a una escena que no existe",
        why="Quien la elija se quedaría sin historia.",
        cure="Escriba el nombre corto de una escena o de un final, con «#».",
        bad=_case(_ENDING.replace("(#salida)", "(#salidas)", 1)),
        good=_case(_ENDING),
    ),
    Explanation(
        code=Code.UNREACHABLE_SCENE,
        title="Ninguna opción lleva a la escena",
        why="Nadie la leería nunca.",
        cure="Enlácela desde otra, o quítela.",
        bad=_case(_SOUND + "\n" + _scene("espera", _LISTEN, _WAIT) + _END),
        good=_case(_TWO + "\n" + _scene("espera", _WAIT, _LISTEN) + _END),
    ),
    Explanation(
        code=Code.DEAD_END,
        title="De la escena no se sale",
        why="La historia se cortaría sin balance.",
        cure="Agregue opciones, o conviértala en un final.",
        bad=_case(_TWO + "\n" + _scene("espera") + _END),
        good=_case(_TWO + "\n" + _scene("espera", _WAIT, _LISTEN) + _END),
    ),
    Explanation(
        code=Code.NO_WAY_OUT,
        title="Se da vueltas sin llegar a un final",
        why="Quien entre ahí no podría terminar.",
        cure="Agregue una opción que salga hacia un final.",
        bad=_case(
            _TWO
            + "\n"
            + _scene("espera", _LISTEN.replace("#salida", "#espera"), _WAIT.replace("#salida", "#espera"))
            + _END
        ),
        good=_case(_TWO + "\n" + _scene("espera", _WAIT, _LISTEN) + _END),
    ),
    Explanation(
        code=Code.UNSCORED_AXIS,
        title="Un eje no se valora en ninguna opción",
        why="El resultado no diría nada de seguridad, trato, ruta o confidencialidad.",
        cure="Valore ese eje en alguna opción, o permita el aviso con su razón.",
        bad=_case(_ENDING.replace(" confidencialidad=+1", "")),
        good=_case(_ENDING),
    ),
    Explanation(
        code=Code.FLAT_SCORES,
        title="Todas las opciones valen lo mismo",
        why="Si da igual qué se elija, no se aprende a decidir.",
        cure="Dé más puntos a la opción que cuida más.",
        bad=_case(_scene("llegada", _LISTEN, _LISTEN.replace("Escuchar", "Hablar")) + _END),
        good=_case(_ENDING),
    ),
    Explanation(
        code=Code.GIVEN_AWAY,
        title="Una costumbre delata la mejor opción",
        why="Si siempre es la primera o la más larga, se acierta sin pensar.",
        cure="Cambie el orden o iguale el largo en algunas escenas.",
        bad=_case(_habit((_LISTEN, _WAIT)) + _END),
        good=_case(_MIXED + _END),
    ),
    Explanation(
        code=Code.NO_CONSEQUENCE,
        title="Falta qué pasa después de la opción",
        why="La consecuencia es la mitad de la lección.",
        cure="Agregue debajo una línea con sangría que empiece con «> ».",
        bad=_case(_ENDING.replace("  > Algo pasa.\n  >\n", "", 1)),
        good=_case(_ENDING),
    ),
    Explanation(
        code=Code.NO_ENDING,
        title="El caso no termina nunca",
        why="Sin final no hay balance.",
        cure="Agregue al menos un bloque «::: final nombre Título».",
        bad=_case(_SOUND.replace("#salida", "#llegada")),
        good=_case(_ENDING),
    ),
    Explanation(
        code=Code.SEVERAL_STARTS,
        title="Dos escenas son la primera",
        why="No se sabría por cuál empezar.",
        cure="Deje {inicio=si} en una.",
        bad=_case(
            _scene("llegada", _LISTEN.replace("#salida", "#espera"), _WAIT, attributes=" {inicio=si}")
            + "\n"
            + _scene("espera", _WAIT, _LISTEN, attributes=" {inicio=si}")
            + _END
        ),
        good=_case(_ENDING),
    ),
    Explanation(
        code=Code.TOO_FEW_CHOICES,
        title="La escena tiene una sola opción",
        why="Con una no hay qué decidir.",
        cure="Agregue otra, o una la escena con la anterior.",
        bad=_case(_scene("llegada", _LISTEN) + _END),
        good=_case(_ENDING),
    ),
    Explanation(
        code=Code.TOO_MANY_CHOICES,
        title="La escena tiene demasiadas opciones",
        why="Más de cuatro no se comparan en un teléfono.",
        cure="Deje las que enseñan algo distinto.",
        bad=_case(_scene("llegada", _LISTEN, *_MANY) + _END),
        good=_case(_ENDING),
    ),
    Explanation(
        code=Code.NO_REASON,
        title="Falta la explicación de la opción",
        why="Quien elige necesita saber por qué cuida o por qué pone en riesgo.",
        cure="Agregue debajo una línea «> Por qué: …».",
        bad=_case(_ENDING.replace("  >\n  > Por qué: así cuida.\n", "", 1)),
        good=_case(_ENDING),
    ),
    Explanation(
        code=Code.DUPLICATE_SCENE,
        title="Dos escenas se llaman igual",
        why="Una opción no sabría a cuál llevar.",
        cure="Escriba otro nombre corto.",
        bad=_case(_SOUND + "\n" + _SOUND + _END),
        good=_case(_ENDING),
    ),
    Explanation(
        code=Code.BAD_CHOICE,
        title="No se entienden las llaves de la opción",
        why="Los puntos que no se leen no cuentan.",
        cure="Escriba ejes con puntos de -2 a +2, como {seguridad=+2 ruta=-1}.",
        bad=_case(_ENDING.replace("seguridad=-1", "seguridad=-5")),
        good=_case(_ENDING),
    ),
    Explanation(
        code=Code.NO_SCENES,
        title="No hay escenas",
        why="Una simulación es una historia con decisiones.",
        cure="Agregue bloques «::: escena nombre Título».",
        bad=_case("Una introducción.\n"),
        good=_case(f"Una introducción.\n\n{_ENDING}"),
    ),
    Explanation(
        code=Code.TANGLED_LOOP,
        title="Demasiadas opciones dan vueltas",
        why="No se podría calcular el mejor resultado, ni seguir la historia.",
        cure="Deje menos regresos a escenas anteriores.",
        bad=Example(
            shown="Doce escenas que llevan unas a otras y vuelven a empezar.",
            files={_PAGE: _HEAD + _TANGLED + _END},
        ),
        good=_case(_ENDING),
    ),
    Explanation(
        code=Code.TEXT_BETWEEN_SCENES,
        title="Hay texto fuera de las escenas",
        why="Nadie lo vería.",
        cure="Páselo al principio o dentro de una escena.",
        bad=_case(f"{_ENDING}\nUn texto suelto.\n"),
        good=_case(f"Un texto al principio.\n\n{_ENDING}"),
    ),
    Explanation(
        code=Code.TRANSLATED_CASE,
        title="El caso traducido decide otra cosa que el original",
        why="La misma decisión llevaría a otra escena, o valdría otros puntos, según el idioma.",
        cure="Deje las mismas escenas y opciones, en el mismo orden y con los mismos destinos; los puntos sobran.",
        bad=_translated(_ENGLISH.replace("[Wait](#salida)", "[Wait](#llegada)")),
        good=_translated(_ENGLISH),
    ),
)
