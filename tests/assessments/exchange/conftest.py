"""A bank compiled on its own, and a sample of every kind of question."""

import os
from datetime import date
from pathlib import Path

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.banks import compile_bank
from lms.courses.compiler.diagnostics import Findings, Severity
from lms.courses.compiler.glossary import TermIndex
from lms.courses.compiler.site import Site
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name

ENVELOPE = '---\ntipo: banco\ntitulo: "Traídas"\n---\n\n'
GIFT_KINDS = """::: pregunta {id=una nivel=A modulo=2 objetivo=mirar etiquetas="frontera documentos"}
¿Qué es: a = b? Lea:

- uno {así}
- *dos* ~ tres # cuatro

(x) Sí, `claro`
    > Porque **sí**.
( ) No \\#1
    > Porque no.
    >
    > Del todo -> siempre.

Explicación: piense -> mire.
:::

::: pregunta {id=dos parcial=partes}
¿Cuáles?

[x] A
    > a
[x] B
    > b
[ ] C
    > c
:::

::: pregunta {id=tres}
Exige cruzar una frontera.

( ) Verdadero
    > No.
(x) Falso
    > Así es.
:::

::: pregunta {id=cuatro tipo=corta}
¿Cómo se llama?

(x) Palermo = 2000
    > Sí.
( ) Kioto
:::

::: pregunta {id=cinco tipo=numero tolerancia=1.5}
¿Cuánto?

(x) 72
    > Sí.
( ) 48
:::

::: pregunta {id=seis tipo=parejas parcial=acierto}
Una.

- Ñandú => ave
- Perro => mamífero
- => pez
:::

::: pregunta {id=siete tipo=ensayo}
Escriba.

Explicación: se califica.
:::
"""
"""What GIFT holds without losing anything."""
EVERY_KIND = (
    ENVELOPE
    + GIFT_KINDS
    + """
::: pregunta {id=ocho}
¿Cuáles, todo o nada?

[x] A
    > a
[ ] B
    > b
:::

::: pregunta {id=nueve tipo=orden parcial=acierto}
¿En qué orden?

1. Hablar a solas.
2. Preguntar qué desea.
3. Confirmar.

Explicación: sin su acuerdo no se llama.
:::

::: pregunta {id=diez tipo=huecos exige=tildes erratas=1}
Complete.

Captar es un {{(x) acto | medio | fin}} y la explotación es el {{fin = propósito}}.
:::

::: pregunta {id=once tipo=numero tolerancia=5% unidades="horas, h; días, día = 24"}
¿Cuánto?

(x) 72
:::

::: pregunta {id=doce tipo=ensayo}
Escriba.

Rúbrica:

| Criterio | 0 | 1 |
| --- | --- | --- |
| A quién llama | No. | Sí. |
:::
"""
)
"""Questions of every kind that can leave."""


def bank(text):
    """Compile the text of a bank: its questions, and the errors that the checker finds in it."""
    findings = Findings()
    tree = SourceTree(files={"bancos/b.md": SourceFile(path="bancos/b.md", content=text.encode())})
    site = Site(
        tree=tree, blocks=by_name(BUILT_IN_BLOCKS), language="es", asset_base="", terms=TermIndex([]),
        sources={}, units={}, today=date(2026, 11, 1),
    )  # fmt: skip
    found = compile_bank(site, "bancos/b.md", findings)
    errors = [each for each in findings.sorted() if each.severity is Severity.ERROR]
    return (found.questions if found else ()), errors


@pytest.fixture
def compile_questions():
    return bank


@pytest.fixture
def golden(request):
    """Compare a text with the file that keeps it; ``GOLDEN=write`` writes the file."""

    def compare(name, text):
        path = Path(__file__).parent / "golden" / name
        if os.environ.get("GOLDEN") == "write":
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
