"""R4: pictures, links, terms and sources."""

from datetime import date

from lms.courses.compiler.codes import Code
from lms.courses.compiler.explanations.page import (
    IMAGE,
    SVG,
    Explanation,
    front,
    lesson,
)

_FRONT = "titulo: Una lección\nminutos: 1\nobjetivo: Leer.\nrevisado: 2025-11-01\nfuentes: [PAL]\n"
_TODAY = date(2026, 11, 21)
_HEAVY = SVG.replace("></", f"><desc>{'a' * 45_000}</desc></")
_MEDIUM = SVG.replace("></", f"><desc>{'a' * 38_000}</desc></")
_THREE = "".join(f"![Paso {name}](../imagenes/{name}.svg)\n\n" for name in ("uno", "dos", "tres"))
_TERMS = {
    "glosario.md": "## Canalizar\n\nAcompañar a la persona.\n\n## Folio\n\nNúmero único de una constancia.\n"
}
_SOURCE = "PAL:\n  titulo: Protocolo\n  direccion: {}\n  consultado: 2026-11-21\n"
PAGES = (
    Explanation(
        code=Code.NO_ALT,
        title="La imagen no tiene texto alternativo",
        why="Quien no la ve necesita saber qué enseña.",
        cure="Escríbalo entre los corchetes.",
        bad=lesson("![](../imagenes/ruta.svg)\n", {IMAGE: SVG}),
        good=lesson("![La ruta en cinco pasos](../imagenes/ruta.svg)\n", {IMAGE: SVG}),
    ),
    Explanation(
        code=Code.NO_IMAGE,
        title="La imagen no existe",
        why="Se vería un hueco.",
        cure="Corrija la ruta; es relativa a la página. El mensaje propone la más parecida.",
        bad=lesson("![La ruta](../imagenes/rutas.svg)\n", {IMAGE: SVG}),
        good=lesson("![La ruta](../imagenes/ruta.svg)\n", {IMAGE: SVG}),
    ),
    Explanation(
        code=Code.FOREIGN_IMAGE,
        title="La imagen está en otro sitio",
        why="Ese sitio sabría quién lee y cuándo, y puede desaparecer.",
        cure="Guárdela en la carpeta del curso, si tiene permiso para usarla.",
        bad=lesson("![La ruta](https://example.org/ruta.png)\n"),
        good=lesson("![La ruta](../imagenes/ruta.svg)\n", {IMAGE: SVG}),
    ),
    Explanation(
        code=Code.BROKEN_LINK,
        title="El enlace no lleva a ninguna página",
        why="Quien lo siga se encontrará un error.",
        cure="Use la ruta del archivo de la lección.",
        bad=lesson("[el tema](01-temas.md)\n"),
        good=lesson("[el tema](01-tema.md)\n"),
    ),
    Explanation(
        code=Code.OUTSIDE_LINK,
        title="El enlace sale de la carpeta del curso",
        why="Fuera del curso no hay nada que publicar.",
        cure="Copie el archivo dentro.",
        bad=lesson("[el plan](../../plan.md)\n"),
        good=lesson("[el tema](01-tema.md)\n"),
    ),
    Explanation(
        code=Code.BAD_ADDRESS,
        title="La dirección no se admite",
        why="Solo se enlaza a sitios con https://, a correos y a páginas del curso.",
        cure="Escriba la dirección completa.",
        bad=lesson("[la guía](ftp://example.org/guia)\n"),
        good=lesson("[la guía](https://example.org/guia)\n"),
    ),
    Explanation(
        code=Code.UNKNOWN_TERM,
        title="El término no está en el glosario",
        why="El enlace no tendría adónde llevar.",
        cure="Corríjalo o escríbalo en glosario.md.",
        bad=lesson("Hay que [[canalisar]] pronto.\n"),
        good=lesson("Hay que [[canalizar]] pronto.\n"),
    ),
    Explanation(
        code=Code.UNKNOWN_SOURCE,
        title="La fuente no está en fuentes.yaml",
        why="No se mostraría de dónde viene lo que se afirma.",
        cure="Corrija la clave o agregue la fuente.",
        bad=front(_FRONT.replace("PAL", "PALERMO")),
        good=front(_FRONT),
    ),
    Explanation(
        code=Code.NO_SOURCES,
        title="La lección no cita fuentes",
        why="Cada lección dice de dónde viene lo que enseña.",
        cure="Agregue «fuentes: [CLAVE]» con claves de fuentes.yaml.",
        bad=front(_FRONT.replace("fuentes: [PAL]\n", "")),
        good=front(_FRONT),
    ),
    Explanation(
        code=Code.BROKEN_ANCHOR,
        title="El enlace lleva a un título que no existe",
        why="La página se abriría por el principio y quien lee no sabría por qué.",
        cure="Use el título en minúsculas, sin tildes y con guiones.",
        bad=lesson("## Las señales\n\n[vea](#la-senal)\n"),
        good=lesson("## Las señales\n\n[vea](#las-senales)\n"),
    ),
    Explanation(
        code=Code.BAD_IMAGE,
        title="La imagen no se admite o está dañada",
        why="Se usan svg, png y webp, sin programas dentro.",
        cure="Expórtela de nuevo en uno de esos formatos.",
        bad=lesson("![La ruta](../imagenes/ruta.gif)\n"),
        good=lesson("![La ruta](../imagenes/ruta.svg)\n", {IMAGE: SVG}),
    ),
    Explanation(
        code=Code.HEAVY_IMAGE,
        title="La imagen pesa demasiado",
        why="Con poca señal, una imagen de más de 40 KB tarda varios segundos.",
        cure="Reduzca su ancho, guárdela en webp o dibújela en svg.",
        bad=lesson("![La ruta](../imagenes/ruta.svg)\n", {IMAGE: _HEAVY}),
        good=lesson("![La ruta](../imagenes/ruta.svg)\n", {IMAGE: _MEDIUM}),
    ),
    Explanation(
        code=Code.HEAVY_PAGE,
        title="La página pesa demasiado",
        why="Se mide el texto con sus imágenes, la primera vez que alguien la abre: 100 KB como máximo.",
        cure="Reduzca las imágenes o divida la lección en dos.",
        bad=lesson(
            _THREE, {f"imagenes/{name}.svg": _MEDIUM.replace("aaa", name) for name in ("uno", "dos", "tres")}
        ),
        good=lesson(
            _THREE, {f"imagenes/{name}.svg": SVG.replace("10", name) for name in ("uno", "dos", "tres")}
        ),
    ),
    Explanation(
        code=Code.TERM_NOT_LINKED,
        title="El término aparece antes que su enlace",
        why="Quien no lo conoce necesita la explicación la primera vez que lo lee.",
        cure="Pase el enlace a la primera aparición.",
        bad=lesson("Aprenda a canalizar a tiempo.\n\nHay que [[canalizar]] con su acuerdo.\n"),
        good=lesson("Aprenda a [[canalizar]] a tiempo.\n\nHay que canalizar con su acuerdo.\n"),
    ),
    Explanation(
        code=Code.UNUSED_TERM,
        title="Ninguna lección enlaza un término del glosario",
        why="Una definición que nadie encuentra no ayuda, y hay que mantenerla.",
        cure="Enlácelo donde se use, o quítelo.",
        bad=lesson("Hay que [[canalizar]] pronto.\n", _TERMS),
        good=lesson("Hay que [[canalizar]] pronto y anotar el [[folio]].\n", _TERMS),
    ),
    Explanation(
        code=Code.FACT_WITHOUT_SOURCE,
        title="Una cifra o un artículo no dicen de dónde vienen",
        why="Una cifra sin fuente, año y alcance confunde; un artículo sin su ley no se puede comprobar.",
        cure="Nombre quién lo dice en el mismo párrafo, ponga una nota al pie, o quite la cifra.",
        bad=lesson("El 70 % de las víctimas son mujeres.\n"),
        good=lesson("El 70 % de las víctimas son mujeres.[^1]\n\n[^1]: Informe de la institución, 2024.\n"),
    ),
    Explanation(
        code=Code.REVIEW_DUE,
        title="La revisión de la lección venció",
        why="La ley cambia: las fuentes se comprueban cada doce meses, o antes si lo dice «revisar-antes».",
        cure="Compruebe las fuentes, corrija lo que cambió y ponga la fecha en «revisado».",
        bad=front(_FRONT, today=_TODAY),
        good=front(_FRONT.replace("2025-11-01", "2026-11-01"), today=_TODAY),
    ),
)
