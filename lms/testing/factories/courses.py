"""Courses, for tests: a small one that compiles in an instant, and the flagship."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.context import current_settings
from lms.courses import service
from lms.courses.models import Release

FLAGSHIP = "ruta-deteccion-canalizacion"
MODULES = (("01-senales", "Señales"), ("02-ruta", "La ruta"))
COURSE = """\
titulo: {title}
resumen: Un curso pequeño para las pruebas.
idioma: es
horas: {hours}
{sector}jurisdiccion: [general, MX]
aviso: Habla de violencia sin relatos crudos.
aprobacion:
  cuestionarios: 0.8
  asistencia: 0.8
modulos:
"""
LESSON = """\
---
titulo: Lección de {name}
minutos: 1
objetivo: Reconocer lo que se dice de {name}.
revisado: 2026-11-01
fuentes: [PAL]
---

## Lo común

Este párrafo lo leen todas las personas que estudian {name}. Habla de [[canalizar]].

{branches}
## Compruebe

::: pregunta {{id={slug}-repaso}}
¿Qué se hace primero?

( ) Interrogar.
    > Interrogar pone en riesgo.
(x) Escuchar.
    > Escuchar abre el espacio.

Explicación: primero se escucha.
:::
"""
BRANCHES = """\
::: sector salud En salud
El texto de salud sobre {name}.
:::

::: sector educacion En educación
El texto de educación sobre {name}.
:::

"""
QUIZ = """\
---
tipo: cuestionario
titulo: Comprobación de {name}
minutos: 5
intentos: 3
---

::: pregunta {{id={slug}-uno fuente=PAL nivel=R}}
¿Cuál es la primera acción?

( ) Denunciar sin preguntar.
    > Se pregunta antes a la persona.
(x) Escuchar a la persona.
    > Así empieza la ruta.
:::

::: pregunta {{id={slug}-dos}}
¿Cuáles protegen a la persona?

[x] Hablar a solas.
    > La privacidad protege.
[x] Preguntar si desea ayuda.
    > La decisión es de la persona.
[ ] Grabar la conversación.
    > Grabar la pone en riesgo.
:::

::: pregunta {{id={slug}-tres}}
La canalización termina al entregar un número de teléfono.

( ) Verdadero
    > Falta confirmar que la recibieron.
(x) Falso
    > Termina cuando alguien la recibió.
:::
"""
SIMULATION = """\
---
tipo: simulacion
titulo: Caso de prueba
minutos: 2
objetivo: Decidir cómo se acompaña a la persona.
revisado: 2026-11-01
fuentes: [PAL]
---

Usted atiende una ventanilla. Para recordar: [la lección](01-leccion.md).

::: escena ventanilla Llega una mujer acompañada
Otra persona contesta por ella y guarda sus documentos. Hay que [[canalizar]] sin ponerla en riesgo.

- [Preguntarle ahí mismo, junto a la otra persona, qué le pasa](#silencio) {seguridad=-2 critico="La puso en riesgo."}
  > La acompañante contesta por ella.
  >
  > Por qué: nadie habla con libertad delante de quien la controla.
- [Pedir que la acompañante espere afuera](#a-solas) {seguridad=+2 trato=+1}
  > La mujer se queda sola con usted.
  >
  > Por qué: una regla igual para todas las personas no despierta sospechas.
:::

::: escena silencio Nadie dice nada
La acompañante quiere irse.

- [Proponer un trámite a solas](#a-solas) {seguridad=+1}
  > Acepta y espera afuera.
  >
  > Por qué: todavía hay tiempo de hablar a solas.
- [Dejar que se vayan](#se-fue) {ruta=-2}
  > Se van sin más.
  >
  > Por qué: nadie le dijo dónde encontrar apoyo.
:::

::: escena a-solas Ya puede hablar
La mujer pregunta quién sabrá lo que cuente.

- [Contarlo al grupo de trabajo](#se-fue) {confidencialidad=-2}
  > La noticia llega a quien no debía.
  >
  > Por qué: solo debe saberlo quien va a ayudarla.
- [Decirle quién lo sabrá y preguntarle qué desea](#acuerdo) {trato=+2 ruta=+2 confidencialidad=+1}
  > Le pide que llame con ella.
  >
  > Por qué: la decisión es suya.
:::

::: final acuerdo Se canalizó con su acuerdo
Una persona con nombre la espera.
:::

::: final se-fue Se fue sin apoyo
Todavía puede avisar a quien coordina la ruta.
:::

::: cierre
Primero la seguridad, después las preguntas.
:::
"""
BEST_PATH, WORST_PATH = "bb", "ab"
"""Options of that simulation that lead to its two endings: the best way, and one with a critical error."""
GLOSSARY = """\
## Canalizar

Acompañar a la persona hasta el servicio que puede ayudarla, con su acuerdo.
"""
SOURCES = """\
PAL:
  titulo: Protocolo de Palermo, artículo 3
  direccion: https://www.ohchr.org/es/instruments-mechanisms
  consultado: 2026-11-01
"""


def write_course(
    folder: Path,
    *,
    title: str = "Curso de prueba",
    hours: int = 4,
    sector: str = "",
    has_simulation: bool = False,
) -> Path:
    """Write a course of two modules, each with one lesson and one quiz of three questions; return its folder.

    ``has_simulation`` puts a case between the last lesson and its quiz. Without ``sector`` (a Spanish word such
    as "salud") each lesson forks for health and education.
    """
    folder.mkdir(parents=True, exist_ok=True)
    own = f"sector: {sector}\n" if sector else ""
    lines = [COURSE.format(title=title, hours=hours, sector=own)]
    for module, name in MODULES:
        objective = f"Reconocer lo que se dice de {name}."
        lines.append(
            f"  - carpeta: {module}\n    titulo: {name}\n    horas: {hours / len(MODULES)}\n    objetivo: {objective}\n"
        )
        _write_module(folder / module, name, has_branches=not sector)
    if has_simulation:
        (folder / MODULES[-1][0] / "02-caso.md").write_text(SIMULATION, encoding="utf-8")
    (folder / "curso.yaml").write_text("".join(lines), encoding="utf-8")
    (folder / "glosario.md").write_text(GLOSSARY, encoding="utf-8")
    (folder / "fuentes.yaml").write_text(SOURCES, encoding="utf-8")
    return folder


def make_release(
    *,
    slug: str = "curso-de-prueba",
    title: str = "Curso de prueba",
    hours: int = 4,
    sector: str = "",
    has_simulation: bool = False,
    case_mark: str = "",
    files: Mapping[str, str] | None = None,
) -> Release:
    """Release the small course; another title makes another release of the same slug.

    ``case_mark`` is the fraction that its simulation asks for; ``files`` come on top, by their path.
    """
    with tempfile.TemporaryDirectory() as folder:
        written = write_course(
            Path(folder) / slug, title=title, hours=hours, sector=sector, has_simulation=has_simulation
        )
        if case_mark:
            case = written / MODULES[-1][0] / "02-caso.md"
            case.write_text(
                SIMULATION.replace("minutos: 2", f"minutos: 2\naprobar: {case_mark}"), encoding="utf-8"
            )
        for path, text in (files or {}).items():
            (written / path).parent.mkdir(exist_ok=True)
            (written / path).write_text(text, encoding="utf-8")
        return service.release(written, actor=SYSTEM, now=now())


def release_flagship() -> Release:
    """Release the real course of the product; compiling it takes about a second."""
    folder = current_settings().content_dir / "courses" / FLAGSHIP
    return service.release(folder, actor=SYSTEM, now=now())


def _write_module(folder: Path, name: str, *, has_branches: bool) -> None:
    folder.mkdir(exist_ok=True)
    slug = folder.name.partition("-")[2]
    branches = BRANCHES.format(name=name) if has_branches else ""
    lesson = LESSON.format(name=name, slug=slug, branches=branches)
    (folder / "01-leccion.md").write_text(lesson, encoding="utf-8")
    (folder / "comprobacion.md").write_text(QUIZ.format(name=name, slug=slug), encoding="utf-8")
