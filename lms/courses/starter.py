"""The first files of a new course and new pages for one: text that passes the checker, to be written over. Pure."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Final

COURSE: Final = """\
titulo: {title}
resumen: >-
  Diga en una o dos frases para quién es el curso y qué sabrá hacer quien lo termine.
idioma: es
horas: 1
jurisdiccion: [general]
aviso: >-
  Este curso habla de violencia, sin imágenes ni relatos crudos.
  Puede detenerse cuando lo necesite y continuar después desde el mismo lugar.
aprobacion:
  cuestionarios: 0.8
  asistencia: 0.8
modulos:
  - carpeta: 01-inicio
    titulo: Inicio
    horas: 1
    objetivo: Saber qué se aprende en este curso y cómo se estudia.
"""
MODULE: Final = """\
- carpeta: {folder}
  titulo: {title}
  horas: 1
  objetivo: Diga en una frase qué sabrá hacer quien termine este módulo.
"""
_MODULES: Final = re.compile(r"^(?:modulos|modules):[ \t]*\n((?:(?:[ \t]+|- ).*\n?|\n)+)", re.MULTILINE)
"""The list of modules, one below the other, up to the next key of the course."""
_ITEM: Final = re.compile(r"^[ ]*(?=- )", re.MULTILINE)
SOURCES: Final = """\
PAL:
  titulo: Protocolo de Palermo para prevenir, reprimir y sancionar la trata de personas, artículo 3
  direccion: https://www.ohchr.org/es/instruments-mechanisms/instruments/protocol-prevent-suppress-and-punish-trafficking-persons
  consultado: {today}
"""
GLOSSARY: Final = """\
## Canalizar

Acompañar a la persona, con su acuerdo, hasta el servicio que puede ayudarla.
"""
LESSON: Final = """\
---
titulo: {title}
minutos: 2
objetivo: Decir con palabras propias de qué trata esta lección.
revisado: {today}
fuentes: [PAL]
---

## Lo que va a aprender

Escriba aquí el texto de la lección. Use frases cortas y hable de «usted».

Una palabra del glosario se escribe entre corchetes dobles, como [[canalizar]].

::: clave Su tarea en este paso
Diga en una frase lo que la persona hará distinto al terminar.
:::

## Compruebe

::: pregunta {{id={name}-repaso}}
¿Qué se hace primero?

( ) Interrogar a la persona.
    > Interrogar la pone en riesgo y no corresponde a este momento.
(x) Escuchar a la persona.
    > Escuchar sin presionar abre el espacio para que pida ayuda.

Explicación: primero se escucha y se busca un lugar seguro.
:::
"""
QUIZ: Final = """\
---
tipo: cuestionario
titulo: {title}
minutos: 5
intentos: 3
---
"""
_QUESTIONS: Final = """
::: pregunta {{id={name}-uno fuente=PAL nivel=A}}
Una persona pide ayuda y no está sola. ¿Qué conviene hacer?

( ) Preguntarle delante de quien la acompaña.
    > Quien acompaña puede ejercer el control.
(x) Buscar un momento a solas.
    > La privacidad protege a la persona y le permite hablar.
:::

::: pregunta {{id={name}-dos nivel=R}}
La canalización termina al entregar un número de teléfono.

( ) Verdadero
    > Falta confirmar que otro servicio recibió a la persona.
(x) Falso
    > Termina cuando el servicio que sigue confirma que la recibió.
:::
"""
BANK: Final = """\
---
tipo: banco
titulo: {title}
---
"""
SIMULATION: Final = """\
---
tipo: simulacion
titulo: {title}
minutos: 3
objetivo: Decidir cómo se habla a solas con una persona que llega acompañada.
revisado: {today}
fuentes: [PAL]
---

Diga quién es usted en este caso ficticio y dónde trabaja. Usted atiende una ventanilla y hay fila.

::: escena llegada Llega una persona acompañada
Otra persona contesta por ella y guarda sus documentos. Ella mira al suelo.

- [Preguntarle ahí mismo si está bien](#silencio) {{seguridad=-2 critico="La pregunta la puso en riesgo."}}
  > Quien la acompaña contesta: «Está cansada».
  >
  > Por qué: nadie habla con libertad delante de quien la controla.
- [Pedir a quien la acompaña que espere afuera](#a-solas) {{seguridad=+2 trato=+1}}
  > Es la regla de la oficina para todas las personas. Sale sin discutir.
  >
  > Por qué: una regla igual para todas no despierta sospechas.
:::

::: escena silencio Quien la acompaña quiere irse
Recoge los papeles y dice que volverán otro día.

- [Ofrecer un trámite breve que se hace a solas](#a-solas) {{seguridad=+1 trato=+1}}
  > Acepta esperar unos minutos.
  >
  > Por qué: todavía hay tiempo de hablar sin testigos.
- [Dejar que se vayan](#sin-apoyo) {{ruta=-2}}
  > Se van sin que nadie le dijera dónde encontrar apoyo.
  >
  > Por qué: una puerta abierta no cuesta nada y puede servir después.
:::

::: escena a-solas Ya puede hablar
La persona pregunta quién va a saber lo que cuente.

- [Decirle quién lo sabrá y preguntarle qué desea](#con-apoyo) {{trato=+2 ruta=+1 confidencialidad=+2}}
  > Le pide que llame con ella al servicio de apoyo.
  >
  > Por qué: la decisión es suya.
- [Avisar de su caso en el grupo de mensajes de la oficina](#sin-apoyo) {{confidencialidad=-2}}
  > Al día siguiente lo sabe media oficina. La persona no vuelve.
  >
  > Por qué: solo debe saberlo quien va a ayudarla.
:::

::: final con-apoyo Llegó al servicio con su acuerdo
Alguien con nombre la espera en el servicio de apoyo.
:::

::: final sin-apoyo Se fue sin apoyo
Todavía puede avisar a quien coordina la ruta en su institución.
:::

::: cierre
Primero la seguridad, después las preguntas. La decisión es de la persona.
:::
"""

INSTRUCTIONS: Final = (
    "Diga en una o dos frases para quién es el curso",
    "Escriba aquí el texto de la lección.",
    "Decir con palabras propias de qué trata esta lección.",
    "Diga en una frase lo que la persona hará distinto al terminar.",
    "Diga en una frase qué sabrá hacer quien termine este módulo.",
    "Diga quién es usted en este caso ficticio",
)
"""Sentences of the texts above that speak to the author, so no learner should read them."""


def new_course(title: str, *, today: date) -> Mapping[str, bytes]:
    """Return the files of a new course by path: one module with a lesson and a quiz."""
    texts = {
        "curso.yaml": COURSE.format(title=quoted(title)),
        "fuentes.yaml": SOURCES.format(today=today.isoformat()),
        "glosario.md": GLOSSARY,
        "01-inicio/01-bienvenida.md": new_lesson("Bienvenida", "bienvenida", today=today),
        "01-inicio/comprobacion.md": new_quiz("Comprobación de inicio", "inicio"),
    }
    return {path: text.encode() for path, text in texts.items()}


def with_module(manifest: str, folder: str, title: str) -> str | None:
    """Return a curso.yaml that names one more module at the end of its list; None when it writes the list otherwise.

    Every line of the text stays as it is.
    """
    found = _MODULES.search(manifest)
    item = _ITEM.search(found[1]) if found else None
    if found is None or item is None:
        return None
    at = found.start(1) + len(found[1].rstrip())
    lines = MODULE.format(folder=folder, title=quoted(title)).splitlines()
    return manifest[:at] + "".join(f"\n{item[0]}{line}" for line in lines) + (manifest[at:] or "\n")


def new_lesson(title: str, name: str, *, today: date) -> str:
    """Return the text of a new lesson; ``name`` makes the ids of its questions and is unique in the course."""
    return LESSON.format(title=quoted(title), name=name, today=today.isoformat())


def new_quiz(title: str, name: str) -> str:
    """Return the text of a new quiz; ``name`` makes the ids of its questions and is unique in the course."""
    return (QUIZ + _QUESTIONS).format(title=quoted(title), name=name)


def new_bank(title: str, name: str) -> str:
    """Return the text of a new question bank; ``name`` makes the ids of its questions, unique in the course."""
    return (BANK + _QUESTIONS).format(title=quoted(title), name=name)


def new_simulation(title: str, *, today: date) -> str:
    """Return the text of a new simulation: a case of three scenes that anybody can write over."""
    return SIMULATION.format(title=quoted(title), today=today.isoformat())


def has_instructions(content: bytes) -> bool:
    """Say whether a file still tells its author what to write."""
    return any(sentence.encode() in content for sentence in INSTRUCTIONS)


def quoted(text: str) -> str:
    """Return a text as YAML reads it back, whatever it holds."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
