"""R6: what waits for the signature of a named person."""

from lms.courses.compiler.codes import Code
from lms.courses.compiler.explanations.page import Example, Explanation, file, folder, front

_FRONT = "titulo: Una lección\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n"
_MARKED = f"{_FRONT}verificar: la redacción vigente del artículo\n"
_OLD = "- pagina: 01-marco/01-tema.md\n  huella: 0123456789abcdef\n  por: Área jurídica\n  dia: 2026-11-20\n"


def _signed(text: str, signatures: str) -> Example:
    page = front(text)
    files = {**page.files, "firmas.yaml": signatures}
    return Example(shown=f"{page.shown}\nfirmas.yaml:\n{signatures}", files=files)


_ROUTE = (
    "titulo: Ruta de México\nlugar: mx\nvigente-desde: 2026-01-01\nverificador: Enlace estatal\npasos:\n"
    "  - id: aviso\n    titulo: Avisar\n    responsable: Quien detecta\n    si-no-es-seguro: Salga y pida apoyo.\n"
    "    fundamento: {fuente: PAL}\n"
)
PAGES = (
    Explanation(
        code=Code.HELD_BACK,
        title="No se publica hasta que alguien firme",
        why=(
            "Lo marcado con «verificar» puede estar equivocado: alguien con nombre responde por ello. De una variante "
            "o una traducción marcada se lee mientras tanto el original."
        ),
        cure="Pida la firma en «Firmas pendientes», o quite la marca si ya no hace falta.",
        bad=front(_MARKED),
        good=front(_FRONT),
    ),
    Explanation(
        code=Code.VOID_SIGNATURE,
        title="El texto cambió después de la firma",
        why="La firma vale para el texto exacto que se leyó.",
        cure="Pida otra firma.",
        bad=_signed(_MARKED, _OLD),
        good=front(_FRONT),
    ),
    Explanation(
        code=Code.IDLE_SIGNATURE,
        title="La firma ya no hace falta",
        why="Lo que firmó ya no pide verificación.",
        cure="Quite la firma de «firmas.yaml».",
        bad=_signed(_FRONT, _OLD),
        good=front(_FRONT),
    ),
    Explanation(
        code=Code.STEP_HELD_BACK,
        title="El paso sale sin sus datos hasta que alguien firme",
        why=(
            "Un plazo o una autoridad equivocados llevan a una persona a la puerta que no es. La ruta conserva "
            "el paso, su título y qué hacer si no es seguro; lo demás espera."
        ),
        cure="Pida la firma en «Firmas pendientes», o quite «verificar» si la autoridad del lugar ya lo confirmó.",
        bad=file("rutas/mexico.yaml", f"{_ROUTE}    verificar: si\n"),
        good=file("rutas/mexico.yaml", _ROUTE),
    ),
    Explanation(
        code=Code.CONTACT_HELD,
        title="El contacto espera una firma en el directorio",
        why=(
            "Un número o una unidad por verificar puede exponer a quien llama. Mientras tanto se lee «por confirmar» "
            "con el número de emergencias de su lugar, en pantalla, en papel y en la tarjeta."
        ),
        cure="Pida la firma en el directorio de contactos, o nombre otro contacto.",
        bad=folder("Un bloque «::: contacto mx-linea» cuando «mx-linea» espera una firma en el directorio."),
        good=folder("El mismo bloque, cuando alguien ya firmó el contacto."),
    ),
)
