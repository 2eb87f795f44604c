"""Reading questions of other systems: ten thousand in GIFT, from bytes to the text of a bank."""

import time
from collections.abc import Iterator
from typing import Final

from bench.rows import Row
from lms.assessments.exchange.gift_reader import read_gift

MANY: Final = 10_000
BUDGET: Final = 3.0
"""Seconds of processor for all of them."""
ROUNDS: Final = 3
PLAIN: Final = "¿Qué hace si la persona: a = b, dice «no» y mira a su acompañante?"
MARKED: Final = f"[html]<p>{PLAIN} Lea <b>despacio</b>.</p>"
"""Every fourth stem of the even file is HTML, as an export of Moodle mixes them."""
EVEN: Final = """// [id:pregunta-{n}] [tag:nivel:A]
::Pregunta {n}\\: la respuesta = una::{stem}{{
=Escucharla a solas#Así empieza la ruta.
~%-50%Llamar a su jefe#La pondría en riesgo.
~Grabar la conversación \\{{sin permiso\\}}#Grabar la pone en riesgo.
~Nada#Quedarse quieto no la protege.
####La privacidad protege.
}}
"""
MIXED: Final = (
    EVEN.replace("{stem}", PLAIN),
    # HTML in every text, a picture that is elsewhere, a list, a table and a link.
    """// question: {n}  name: Señales {n}
// [id:senales-{n}] [tag:sector:salud] [tag:modulo:3]
::Señales {n}::[html]<p dir\\="ltr" style\\="text-align\\: left;">Mire la imagen y la tabla&nbsp;{n}\\:</p>
<p><img src\\="@@PLUGINFILE@@/consulta.png" alt\\="Una consulta" width\\="400" /></p>
<table><tbody><tr><th>Señal</th><th>Peso</th></tr><tr><td>Miedo</td><td>2</td></tr></tbody></table>
<ul><li>La acompaña <strong>siempre</strong> alguien.</li><li>No tiene sus <em>documentos</em>.</li></ul>
<p>Vea <a href\\="https\\://example.org/guia?a\\=1">la guía</a>.</p>{{
=<p>Hablar con ella <b>a solas</b></p>#<p>Así se abre un espacio <em>seguro</em>.</p>
~<p>Preguntar delante de quien la acompaña</p>#<p>Quien la controla <u>escucha</u>.</p>
~<p>Esperar a la próxima visita</p>#<p>Quizá no haya otra.</p>
####<p>Lo dice el <strong>protocolo</strong>&nbsp;vigente.</p>
}}
""",
    # Several answers with weights that give and take, in Markdown.
    """::Varias {n}::[markdown]Marque **todas** las señales de *control* de la persona {n}\\:{{
~%33.33333%No tiene sus documentos#Quitarlos es una forma de control.
~%33.33333%Contesta otra persona por ella#Así se le quita la palabra.
~%33.33333%Debe dinero a quien la emplea#La deuda ata.
~%-100%Llegó en autobús#Por sí solo no dice nada.
~%-50%Habla otra lengua#Pida intérprete\\: no es señal.
}}
""",
    # Mathematics as Moodle writes it, which escapes nearly every sign.
    """::Cálculo {n}::[moodle]Si la tasa es $$t\\=\\\\frac\\{{{n}\\}}\\{{100\\}}$$
y la base \\\\(b_\\{{0\\}}\\=2^\\{{3\\}}\\\\),
¿cuánto es $$t \\\\cdot b$$?{{
#{n}:0.5#Bien calculado. =%50%{n}..{n}#Casi.
}}
""",
    """// [tag:pais:MX]
::Número {n}::¿Cuántas horas pasaron en el caso {n}?{{#=72:2#Es el plazo. =%50%70..80#Cerca del plazo.}}
""",
    """::Corta {n}::¿A qué línea se llama en el caso {n}? {{
=Línea Nacional#Esa es. =%80%la línea#Falta el nombre. =linea nacional}}
""",
    """::Parejas {n}::Una cada medio \\#{n} con su ejemplo.{{
=Captación -> Una oferta de trabajo \\=engañosa
=Traslado -> Un viaje que paga otra persona
=Acogida -> Un cuarto cerrado \\~ con llave
= -> Un contrato registrado
####Los tres son medios, y basta uno.
}}
""",
    """::Verdad {n}::
[html]<p>El consentimiento de una persona menor de edad <b>no</b> cuenta\\: caso {n}.</p>{{
TRUE#<p>Nunca cuenta.</p>#<p>Así es\\: la ley lo dice.</p>
####Artículo 3.}}
""",
    """::Hueco {n}::Ante un riesgo inmediato se llama al {{
=911#Siempre. ~066#Ya no existe. ~01 800#Es otra línea.}} y se espera con la persona {n}.
""",
    """::Ensayo {n}::[html]<p>Cuente qué haría en el caso {n}\\:</p><ol><li>primero,</li>
<li>después.</li></ol>{{####Lea el protocolo.}}
""",
    # A blank line inside, Windows' quotation marks, accents and letters of other alphabets.
    """$CATEGORY: $course$/top/Módulo {m}/Señales

::Renglones {n}::“¿Dónde duerme?” — pregunta {n} · Где вы спите? · 你在哪里睡觉{{

=A solas y sin prisa…

~Con la puerta abierta

}}
""",
    # Code, signs of Markdown and of HTML that are only text, and a question whose weight is no number.
    """::Signos {n}::[plain]¿Qué significa * _dato_ `x < y && y > {n}` # 1\\: en la ficha?{{
=Un *dato* sin confirmar\\nque se revisa#\\#1\\: se confirma.
~%mucho%Un error [sic]#No\\: es una marca.
~1. Una lista
}}
""",
)
"""A question of each kind that a file of Moodle may hold, with feedback, pictures, mathematics, escapes and faults."""


def measure() -> Iterator[Row]:
    """Give the seconds of processor of reading many questions, alike and of every kind, against the budget."""
    even = "\n".join(EVEN.format(n=n, stem=PLAIN if n % 4 else MARKED) for n in range(MANY))
    mixed = "\n".join(MIXED[n % len(MIXED)].format(n=n, m=n % 9) for n in range(MANY))
    for name, text in (("gift.even", even), ("gift.mixed", mixed)):
        content = text.encode()
        seconds = min(_read(content) for _ in range(ROUNDS))
        yield Row(name=f"{name}.bytes", value=len(content), unit="bytes")
        yield Row(
            name=f"{name}.read",
            value=seconds,
            unit="s CPU",
            ratio=seconds / BUDGET,
            floor="presupuesto de 3 s",
        )


def _read(content: bytes) -> float:
    start = time.process_time()
    found = len(read_gift(content).items)
    if found != MANY:
        message = f"{found} questions of {MANY} came in"
        raise RuntimeError(message)
    return time.process_time() - start
