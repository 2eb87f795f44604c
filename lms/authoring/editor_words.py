"""What the browser side of the course editor says; the page carries it as data, so that it is translated."""

from types import MappingProxyType

from flask_babel import LazyString

from lms.core.i18n import _l

WORDS = MappingProxyType(
    {
        "label": _l("Texto de {path}"),
        "saving": _l("Guardando…"),
        "unsaved": _l("Cambios sin guardar"),
        "offline": _l("Sin conexión: se guardará al volver"),
        "signed_out": _l(
            "Su sesión terminó. El texto queda guardado en este equipo: entre otra vez y vuelva a esta página."
        ),
        "gone": _l(
            "Este archivo ya no está aquí, o usted ya no puede cambiarlo. El texto queda guardado en este equipo."
        ),
        "check_failed": _l("No se pudo comprobar: se intentará con el próximo cambio"),
        "counted": _l("Errores: {errors}. Avisos: {warnings}."),
        "no_problems": _l("No hay problemas en este archivo."),
        "keyboard": _l("Escape y Tab: salir. F8: problema."),
        "restore_title": _l("Hay texto que no se guardó"),
        "restore_text": _l(
            "Este equipo guarda cambios de este archivo del {date} que no llegaron al servidor."
            " ¿Quiere recuperarlos?"
        ),
        "restore": _l("Recuperarlos"),
        "restore_compare": _l("Ver las diferencias"),
        "restore_drop": _l("Descartarlos"),
        "conflict_title": _l("Este archivo cambió mientras usted escribía"),
        "conflict_text": _l("Lo que usted escribió sigue aquí. Decida qué texto queda."),
        "conflict_compare": _l("Ver las dos"),
        "conflict_mine": _l("Guardar la mía encima"),
        "conflict_theirs": _l("Tomar la otra"),
        "conflict_later": _l("Decidir después"),
        "conflict_state": _l("Sin guardar: hay otra versión en el servidor"),
        "taken": _l("Texto cambiado. Con Ctrl+Z vuelve a lo que usted escribió."),
        "kept": _l("Guardado: queda el texto que usted eligió"),
        "compare_title": _l("Las dos versiones"),
        "compare_text": _l("En cada diferencia elija el texto que queda. Lo demás es igual en las dos."),
        "compare_same": _l("Las dos versiones son iguales."),
        "difference": _l("Diferencia {number} de {total}, línea {line}"),
        "mine": _l("La suya"),
        "theirs": _l("La otra"),
        "both": _l("Las dos, primero la suya"),
        "nothing_here": _l("(aquí no hay texto)"),
        "merge": _l("Usar este texto"),
        "back": _l("Volver"),
        "insert_picture": _l("Insertar imagen"),
        "picture_title": _l("Insertar una imagen"),
        "picture_alt": _l("Texto alternativo"),
        "picture_help": _l("Qué se ve en la imagen, para quien no puede verla."),
        "picture_insert": _l("Insertar"),
        "cancel": _l("Cancelar"),
        "uploading": _l("Subiendo {name}…"),
        "uploaded": _l("Se insertó la imagen {name}"),
        "upload_failed": _l("No se pudo subir {name}"),
        "not_picture": _l("Solo se pueden insertar imágenes: {name} no lo es."),
        "block": _l("bloque"),
        "term": _l("término"),
        "source": _l("fuente"),
    }
)
"""Sentence by name. ``{name}`` stands for what the browser puts there."""

PHRASES = MappingProxyType(
    {
        "Completions": _l("Sugerencias"),
        "Control character": _l("Carácter de control"),
        "Diagnostics": _l("Problemas"),
        "No diagnostics": _l("Sin problemas"),
        "Selection deleted": _l("Selección borrada"),
        "Find": _l("Buscar"),
        "Replace": _l("Reemplazar"),
        "next": _l("siguiente"),
        "previous": _l("anterior"),
        "all": _l("todas"),
        "match case": _l("mayúsculas y minúsculas"),
        "by word": _l("palabra completa"),
        "regexp": _l("expresión regular"),
        "replace": _l("reemplazar"),
        "replace all": _l("reemplazar todas"),
        "close": _l("cerrar"),
        "current match": _l("coincidencia actual"),
        "on line": _l("en la línea"),
        "replaced $ matches": _l("$ reemplazos"),
        "replaced match on line $": _l("reemplazada en la línea $"),
        "Go to line": _l("Ir a la línea"),
        "go": _l("ir"),
    }
)
"""What CodeMirror says, by its own English phrase."""


def editor_words() -> dict[str, str | dict[str, str]]:
    """Return the words in the language of the page, for ``<script type="application/json" data-editor-words>``."""
    return {**_spoken(WORDS), "phrases": _spoken(PHRASES)}


def _spoken(words: MappingProxyType[str, LazyString]) -> dict[str, str]:
    return {name: str(text) for name, text in words.items()}
