"""The page of the checker's codes, in Spanish: whoever writes a course reads it."""

from lms.courses.compiler.explanations.page import Explanation
from lms.courses.compiler.explanations.table import EXPLANATIONS, FAMILIES, as_markdown

_INTRODUCTION = """\
# Qué dice el revisor

Esta página se genera del programa con `make docs`: no la edite. Los ejemplos se prueban con el producto.

El revisor lee el curso entero y señala cada problema con su archivo, su línea, su código y qué hacer. Es el mismo en el
panel del editor, en la terminal y en la integración continua:

```text
lms course check RUTA                    un curso, una carpeta de cursos o un solo archivo
lms course check RUTA --format json      para otros programas
lms course check RUTA --format github    como anotaciones de GitHub
lms course check RUTA --strict           también los avisos hacen fallar la orden
lms course check RUTA --since-release    además, lo que tenía la última versión y ya no está
lms course explain R502                  la página de un código
```

Un **error** impide publicar; un **aviso** pide una mirada. La orden sale con 0 si no hay errores, con 1 si los hay y
con 2 si la ruta no se puede leer. Los códigos no cambian de significado.

## Permitir un aviso con una razón

A veces el aviso se equivoca. Escriba la razón donde ocurre, y el aviso calla:

````text
<!-- ruta: permitir R502 porque es el título de una obra de 1910 -->
La novela *Trata de blancas*.
````

La nota vale para su misma línea o, si está sola, para el párrafo o el bloque que sigue. En la cabecera y en los
archivos YAML se escribe después de `#`. Sin razón es un error, si ya no permite nada es un aviso, y un error no se
permite nunca. En inglés: `ruta: allow R502 because …`.
"""


def page_of() -> str:
    """Return the whole page: a heading for each code, by family."""
    parts = [_INTRODUCTION]
    for start, title in FAMILIES.items():
        pages = sorted((page for code, page in EXPLANATIONS.items() if code.startswith(start)), key=_code)
        if pages:
            parts.append(f"## {start}: {title}\n")
            parts += [as_markdown(page) for page in pages]
    return "\n".join(parts)


def _code(page: Explanation) -> str:
    return page.code.value
