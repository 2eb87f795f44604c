"""Serve a course folder to its author: pages made anew at each change, and a browser that reloads by itself.

For one person at their own machine: it listens on the loopback address and knows no accounts.
"""

import mimetypes
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from flask import Flask
from werkzeug.wrappers import Request, Response

from lms.authoring.exchange.runtime import script
from lms.authoring.exchange.site import export_site
from lms.core.storage import digest_of
from lms.courses import service
from lms.courses.compiler.course import Course
from lms.plugins.blocks import Diagnostic, Severity

STAMP = "/__stamp"
RELOAD = "reload.js"


@dataclass
class LivePreview:
    """A WSGI application that shows the folder as it is now."""

    app: Flask
    folder: Path
    _stamp: str = ""
    _files: dict[str, bytes] = field(default_factory=dict)

    def __call__(self, environ: dict[str, object], start: object) -> Iterable[bytes]:
        """Answer one request of the author's browser."""
        request = Request(environ)
        answer = (
            Response(self._now(), mimetype="text/plain")
            if request.path == STAMP
            else self._file(request.path)
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer(environ, start)  # type: ignore[arg-type]  # the server hands over a start_response

    def _now(self) -> str:
        """Return what changes whenever a file of the folder does."""
        found = []
        for place in sorted(self.folder.rglob("*")):
            with suppress(OSError):  # an editor replaces files while we look
                state = place.stat()
                found.append(f"{place}:{state.st_mtime_ns}:{state.st_size}")
        return digest_of("\n".join(found).encode())

    def _file(self, path: str) -> Response:
        stamp = self._now()
        if stamp != self._stamp:
            self._files, self._stamp = self._made(), stamp
        name = path.lstrip("/") or "index.html"
        if name == RELOAD:
            return Response(script(RELOAD), mimetype="text/javascript")
        content = self._files.get(name, self._files.get("index.html", b""))
        kind = mimetypes.guess_type(name)[0] or "text/html"
        return Response(content, mimetype=kind if name in self._files else "text/html")

    def _made(self) -> dict[str, bytes]:
        with self.app.app_context():
            compilation = service.check(self.folder)
            course = compilation.course
            files = export_site(course) if course is not None else {}
        panel = _panel(compilation.diagnostics, course)
        if course is None:
            return {"index.html": f"<!doctype html><html lang=es><meta charset=utf-8>{panel}</html>".encode()}
        return {
            path: content.replace(b"</main>", panel.encode() + b"</main>", 1)
            if path.endswith(".html")
            else content
            for path, content in files.items()
        }


def _panel(found: tuple[Diagnostic, ...], course: Course | None) -> str:
    errors = sum(each.severity is Severity.ERROR for each in found)
    rows = "".join(
        f"<li><code>{escape(each.path)}:{each.line}</code> {each.code} {escape(each.message)}</li>"
        for each in found
    )
    title = "El curso no se puede mostrar hasta corregir los errores" if course is None else "Problemas"
    return (
        f"<section><h2>{title}: {errors} errores, {len(found) - errors} avisos</h2><ul>{rows}</ul></section>"
        f'<script src="/{RELOAD}" data-stamp="{STAMP}"></script>'
    )
