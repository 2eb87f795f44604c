"""Reading questions of other systems: ten thousand in GIFT, from bytes to the text of a bank."""

import time
from collections.abc import Iterator

from bench.rows import Row
from lms.assessments.exchange.gift_reader import read_gift

MANY = 10_000
BUDGET = 3.0
"""Seconds of processor for all of them."""
ROUNDS = 3
PLAIN = "¿Qué hace si la persona: a = b, dice «no» y mira a su acompañante?"
MARKED = f"[html]<p>{PLAIN} Lea <b>despacio</b>.</p>"
"""Every fourth stem is HTML, as an export of Moodle mixes them."""
QUESTION = """// [id:pregunta-{n}] [tag:nivel:A]
::Pregunta {n}\\: la respuesta = una::{stem}{{
=Escucharla a solas#Así empieza la ruta.
~%-50%Llamar a su jefe#La pondría en riesgo.
~Grabar la conversación \\{{sin permiso\\}}#Grabar la pone en riesgo.
~Nada#Quedarse quieto no la protege.
####La privacidad protege.
}}
"""


def measure() -> Iterator[Row]:
    """Give the seconds of processor of reading many questions, against the budget."""
    content = "\n".join(QUESTION.format(n=n, stem=PLAIN if n % 4 else MARKED) for n in range(MANY)).encode()
    seconds = min(_read(content) for _ in range(ROUNDS))
    yield Row(name="gift.bytes", value=len(content), unit="bytes")
    yield Row(
        name="gift.read", value=seconds, unit="s CPU", ratio=seconds / BUDGET, floor="presupuesto de 3 s"
    )


def _read(content: bytes) -> float:
    start = time.process_time()
    found = len(read_gift(content).items)
    if found != MANY:
        message = f"{found} questions of {MANY} came in"
        raise RuntimeError(message)
    return time.process_time() - start
