"""Read a course folder: every file once, within limits, never outside of it."""

import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lms.courses.compiler import media
from lms.courses.compiler.codes import Code
from lms.courses.compiler.comments import blank_comments, report_comments
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.tangles import tangle_in

MAX_TEXT = 200_000
"""Bytes of one Markdown or YAML file; a lesson of an hour has about 70 000."""
MAX_FILES = 3_000
MAX_TOTAL = 300_000_000
_MAX_DEPTH = 8
_TEXT = (".md", ".yaml", ".yml")
# Control characters never belong in a text, and the compiler marks places with private-use ones.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff]")


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """One file of the course folder; what was asked of its bytes once is remembered."""

    path: str
    """Relative to the course folder, with slashes."""
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def _answers(self) -> dict[bytes, bool]:
        return {}

    def holds(self, word: bytes) -> bool:
        """Say whether the bytes hold this word somewhere."""
        found = self._answers.get(word)
        if found is None:
            found = self._answers[word] = word in self.content
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTree:
    """The files of a course folder, by path."""

    files: Mapping[str, SourceFile]

    @property
    def content_hash(self) -> str:
        """A SHA-256 that changes with any path or byte, and with nothing else."""
        total = hashlib.sha256()
        for path in sorted(self.files):
            name = path.encode("utf-8", "surrogateescape")
            total.update(b"%d:%s:%s\n" % (len(name), name, self.files[path].sha256.encode()))
        return total.hexdigest()

    def without(self, paths: Collection[str]) -> "SourceTree":
        """Return the same files but for some."""
        return SourceTree(files={path: file for path, file in self.files.items() if path not in paths})

    def in_folder(self, folder: str) -> list[str]:
        """Return the paths of the files directly inside a folder, sorted."""
        prefix = f"{folder}/"
        return sorted(p for p in self.files if p.startswith(prefix) and "/" not in p[len(prefix) :])

    def text(self, path: str, findings: Findings) -> str | None:
        """Return the text of a file, or None and an error when there is none or it is not UTF-8."""
        found = self.files.get(path)
        if found is None:
            return None
        try:
            text = found.content.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            line = found.content.count(b"\n", 0, problem.start) + 1
            findings.error(Code.NOT_UTF8, path, line, "El archivo no está en UTF-8: guárdelo de nuevo así.")
            return None
        text = _without_forbidden(path, text.replace("\r\n", "\n").replace("\r", "\n"), findings)
        return _markdown(path, text, findings) if path.endswith(".md") else text


def read_tree(folder: Path, findings: Findings) -> SourceTree:
    """Return the files of a folder; whatever cannot be read becomes an error."""
    files: dict[str, SourceFile] = {}
    total = 0
    for path, entry in _walk(folder, "", findings):
        content = _read(path, entry, findings)
        if content is None:
            continue
        total += len(content)
        if len(files) >= MAX_FILES or total > MAX_TOTAL:
            findings.error(
                Code.TOO_LARGE, path, 1, "El curso es demasiado grande: quite los archivos que no usa."
            )
            break
        files[path] = SourceFile(path=path, content=content)
    return SourceTree(files=files)


def _walk(folder: Path, prefix: str, findings: Findings) -> Iterator[tuple[str, Path]]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except (OSError, ValueError):
        findings.error(Code.UNREADABLE, prefix or ".", 1, "No se puede leer la carpeta: revise que exista.")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = printable(f"{prefix}{entry.name}")
        if entry.is_symlink():
            findings.error(Code.LINK_IN_TREE, path, 1, "Es un enlace a otro lugar: copie el archivo aquí.")
        elif entry.is_dir(follow_symlinks=False):
            yield from _enter(Path(entry.path), path, findings)
        else:
            yield path, Path(entry.path)


def _enter(folder: Path, path: str, findings: Findings) -> Iterator[tuple[str, Path]]:
    if path.count("/") >= _MAX_DEPTH:
        findings.error(
            Code.TOO_LARGE, path, 1, "Hay demasiadas carpetas una dentro de otra: súbala de nivel."
        )
        return
    yield from _walk(folder, f"{path}/", findings)


def _read(path: str, entry: Path, findings: Findings) -> bytes | None:
    limit = MAX_TEXT if path.endswith(_TEXT) else media.limit(path)
    try:
        state = entry.stat()
        if not stat.S_ISREG(state.st_mode):
            findings.error(Code.UNREADABLE, path, 1, "No es un archivo: quítelo de la carpeta del curso.")
            return None
        if state.st_size > limit:
            message = (
                f"El archivo pesa {state.st_size // 1000} kB y el límite es {limit // 1000} kB: redúzcalo."
            )
            findings.error(Code.TOO_LARGE, path, 1, message)
            return None
        return entry.read_bytes()
    except OSError:
        findings.error(Code.UNREADABLE, path, 1, "No se puede leer el archivo: revise sus permisos.")
        return None


def printable(path: str) -> str:
    """Return a path that can be printed, whatever bytes the file system holds."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _markdown(path: str, text: str, findings: Findings) -> str | None:
    blanked = blank_comments(text)
    tangle = tangle_in(blanked)
    if tangle is None:
        if blanked != text:
            report_comments(text, blanked, path, findings)
        return blanked
    text = blanked
    line = text.count("\n", 0, tangle) + 1
    findings.error(Code.TANGLED, path, line, "Hay demasiados corchetes abiertos: cierre los enlaces.")
    return None


def _without_forbidden(path: str, text: str, findings: Findings) -> str:
    found = _FORBIDDEN.search(text)
    if found is None:
        return text
    line = text.count("\n", 0, found.start()) + 1
    message = f"Hay un carácter invisible (U+{ord(found.group()):04X}): bórrelo."
    findings.warning(Code.FORBIDDEN_CHARACTER, path, line, message)
    return _FORBIDDEN.sub("", text)
