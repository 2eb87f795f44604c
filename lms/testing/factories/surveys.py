"""A course with surveys and a quiz of its own for months later, for tests."""

from typing import Final

OWN_SURVEY: Final = """\
---
tipo: encuesta
titulo: Qué ha aplicado
minutos: 2
momento: seguimiento
---

::: pregunta {id=aplica-ruta tipo=escala}
¿Qué tan cierta es cada frase?

Escala: Nada / Poco / Mucho / (No lo sé)

- Conozco la ruta local.
- Mi unidad tiene su directorio al día.
:::

::: pregunta {id=aplica-coordinaciones tipo=numero}
¿Cuántas coordinaciones hizo con otra institución?
:::

::: pregunta {id=aplica-barrera}
¿Qué se lo impidió?

[ ] El tiempo.
[ ] El lugar.
:::

::: pregunta {id=aplica-ayuda tipo=corta}
¿Qué le ayudó más?
:::
"""
SUPERIOR_SURVEY: Final = """\
---
tipo: encuesta
titulo: Qué ve en su equipo
minutos: 1
momento: seguimiento
responde: superior
---

::: pregunta {id=equipo-cambio}
¿Cambió algo en la atención de su área?

( ) Sí.
( ) Todavía no.
:::
"""
FINAL_SURVEY: Final = """\
---
tipo: encuesta
titulo: Su opinión
minutos: 2
---

::: pregunta {id=opinion-frases tipo=escala}
¿Qué opina de cada frase?

Escala: Nada / Poco / Mucho / (No aplica)

- El curso sirve.
- Las simulaciones ayudan.
:::

::: pregunta {id=opinion-lugar}
¿Dónde estudió?

( ) En el trabajo.
( ) En casa.
:::

::: pregunta {id=opinion-cambiar tipo=ensayo}
¿Qué cambiaría?
:::
"""
LATER_QUIZ: Final = """\
---
tipo: cuestionario
titulo: Qué queda del curso
minutos: 5
momento: seguimiento
tiempo: 10
---

::: pregunta {id=queda-senal}
¿Una señal basta para acreditar un delito?

(x) No.
    > Así es.
( ) Sí.
    > Una señal justifica activar la ruta.
:::
"""
FILES: Final = {
    "02-ruta/07-que-ha-aplicado.md": OWN_SURVEY,
    "02-ruta/08-que-ve.md": SUPERIOR_SURVEY,
    "02-ruta/09-despues.md": LATER_QUIZ,
    "02-ruta/opinion.md": FINAL_SURVEY,
}
"""By their paths in the small course."""
