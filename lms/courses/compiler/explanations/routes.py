"""R37: referral routes and contacts."""

from datetime import date

from lms.courses.compiler.codes import Code
from lms.courses.compiler.explanations.page import HEAD, LESSON, Example, Explanation, folder

_PATH = "rutas/mexico.yaml"
_STEP = (
    "  - id: aviso\n    titulo: Avisar\n    que-hacer: Llame a su enlace.\n    responsable: Quien detecta\n"
    "    si-no-es-seguro: Salga y pida apoyo.\n    fundamento: [{fuente: PAL, articulo: '3'}]\n"
)
_ROUTE = (
    "titulo: Ruta de México\nlugar: mx\nvigente-desde: 2026-01-01\nverificador: Enlace estatal\n"
    f"verificado: 2026-11-01\npasos:\n{_STEP}"
)
_SHOWS = f"{HEAD}Siga la ruta.\n\n::: ruta Su ruta\n:::\n"
_TODAY = date(2026, 11, 21)


def _route(text: str, *, page: str = _SHOWS, today: date | None = None, shown: str = "") -> Example:
    return Example(shown=shown or text, files={_PATH: text, LESSON: page}, today=today)


_GOOD = _route(_ROUTE)
PAGES = (
    Explanation(
        code=Code.ROUTE_WITHOUT_STEPS,
        title="La ruta no tiene pasos",
        why="Una ruta sin pasos no dice qué hacer.",
        cure="Escriba al menos el primero, en «pasos».",
        bad=_route(_ROUTE.replace(f"pasos:\n{_STEP}", "pasos: []\n")),
        good=_GOOD,
    ),
    Explanation(
        code=Code.BAD_STEP_ID,
        title="El id de un paso no sirve o está repetido",
        why="Lecciones y simulaciones llaman al paso por su id.",
        cure="Use minúsculas sin tilde, cifras y guiones, y uno para cada paso.",
        bad=_route(_ROUTE.replace("id: aviso", "id: Primer Aviso")),
        good=_GOOD,
    ),
    Explanation(
        code=Code.ROUTES_OVERLAP,
        title="Dos rutas rigen a la vez",
        why="No se sabría cuál seguir.",
        cure="Cierre una con «vigente-hasta».",
        bad=Example(
            shown="rutas/mexico.yaml y rutas/otra.yaml, las dos para mx y sin fecha de término",
            files={_PATH: _ROUTE, "rutas/otra.yaml": _ROUTE, LESSON: _SHOWS},
        ),
        good=_GOOD,
    ),
    Explanation(
        code=Code.ROUTE_EXPIRED,
        title="La ruta venció",
        why="Quien la siga llegaría a una puerta que quizá ya no existe.",
        cure="Confirme la vigente con quien la verifica.",
        bad=_route(_ROUTE.replace("verificador", "vigente-hasta: 2026-10-31\nverificador"), today=_TODAY),
        good=_route(_ROUTE, today=_TODAY),
    ),
    Explanation(
        code=Code.NO_UNSAFE_BRANCH,
        title="Falta qué hacer si no es seguro",
        why="Nadie debe seguir una ruta que lo pone en riesgo.",
        cure="Agregue «si-no-es-seguro» al primer paso.",
        bad=_route(_ROUTE.replace("    si-no-es-seguro: Salga y pida apoyo.\n", "")),
        good=_GOOD,
    ),
    Explanation(
        code=Code.BAD_ROUTE_DATES,
        title="La ruta termina antes de empezar",
        why="No regiría ningún día.",
        cure="Corrija «vigente-desde» o «vigente-hasta».",
        bad=_route(_ROUTE.replace("verificador", "vigente-hasta: 2025-01-01\nverificador")),
        good=_GOOD,
    ),
    Explanation(
        code=Code.UNKNOWN_ROUTE_STEP,
        title="Ninguna ruta tiene ese paso",
        why="El bloque no tendría qué mostrar.",
        cure="Use el id de un paso; el mensaje propone el más parecido.",
        bad=_route(
            _ROUTE,
            page=_SHOWS.replace("Su ruta", "Su ruta {paso=avisos}"),
            shown="::: ruta Su ruta {paso=avisos}\n:::\n",
        ),
        good=_route(
            _ROUTE,
            page=_SHOWS.replace("Su ruta", "Su ruta {paso=aviso}"),
            shown="::: ruta Su ruta {paso=aviso}\n:::\n",
        ),
    ),
    Explanation(
        code=Code.NO_ROUTES,
        title="El curso no tiene rutas",
        why="El bloque «ruta» lee la carpeta «rutas».",
        cure="Agregue una ruta, o quite el bloque.",
        bad=Example(shown="::: ruta Su ruta\n:::\n", files={LESSON: _SHOWS}),
        good=_GOOD,
    ),
    Explanation(
        code=Code.STEP_WITHOUT_BASIS,
        title="El paso no cita su fundamento",
        why="Quien actúa necesita saber qué norma lo respalda.",
        cure="Agregue «fundamento», o «verificar: si» hasta tenerlo.",
        bad=_route(_ROUTE.replace("    fundamento: [{fuente: PAL, articulo: '3'}]\n", "")),
        good=_GOOD,
    ),
    Explanation(
        code=Code.UNKNOWN_CONTACT,
        title="El directorio no tiene ese contacto",
        why="Quien lo necesite no vería ningún número.",
        cure="Corrija la clave o agregue el contacto al directorio.",
        bad=folder("Un bloque «::: contacto mx-991» cuando el directorio tiene mx-911."),
        good=folder("Un bloque «::: contacto mx-911»."),
    ),
)
