"""Courses as git bundles: the last state of a branch, read by git itself in a folder that is thrown away."""

import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

from lms.authoring.exchange.errors import ArchiveRefused, GitMissing
from lms.authoring.exchange.paths import checked_path, refuse_twins, without_root
from lms.authoring.exchange.zips import MAX_ARCHIVE, MAX_FILE, MAX_UNPACKED
from lms.core.i18n import _l
from lms.courses.compiler.source import MAX_FILES

SIGNATURES = (b"# v2 git bundle\n", b"# v3 git bundle\n")
_SECONDS = 30
_MEMORY = 1_000_000_000
_REGULAR = frozenset({"100644", "100755"})


def read_bundle(content: bytes) -> tuple[str, dict[str, bytes]]:
    """Return the folder name, which may be empty, and the files of the bundle's HEAD or only branch.

    Raises ArchiveRefused, and GitMissing on a machine without git; nothing is left behind.
    """
    if shutil.which("git") is None:
        raise GitMissing
    if len(content) > MAX_ARCHIVE or not content.startswith(SIGNATURES):
        raise ArchiveRefused(_unreadable())
    with tempfile.TemporaryDirectory(prefix="ruta-bundle-") as folder:
        place = Path(folder)
        (place / "course.bundle").write_bytes(content)
        return without_root(_files(_Repository(place)))


class _Repository:
    """A bare repository without hooks, settings or network."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._folder = str(place / "repository")
        self.run("init", "--quiet", "--bare", self._folder)
        bundle = str(place / "course.bundle")
        self._git("fetch", "--quiet", "--no-tags", bundle, "+refs/*:refs/bundle/*", "+HEAD:refs/course")

    def _git(self, *arguments: str) -> bytes:
        return self.run("--git-dir", self._folder, *arguments)

    def run(self, *arguments: str) -> bytes:
        """Return what git answers, or refuse the bundle."""
        command = ["git", "-c", "protocol.allow=never", "-c", "protocol.file.allow=always"]
        command += ["-c", "fetch.fsckObjects=true", "-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0"]
        # Keep the pack as it came: small ones would be blown up into loose files.
        command += ["-c", "fetch.unpackLimit=1", "-c", "core.bigFileThreshold=16m"]
        environment = {
            "PATH": os.defpath,
            "HOME": str(self._place),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C.UTF-8",
        }
        process = subprocess.Popen(
            [*command, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=environment,
            cwd=self._place,
        )
        _limit(process.pid)
        try:
            answer, _ = process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.communicate()
            raise ArchiveRefused(_unreadable()) from error
        if process.returncode:
            raise ArchiveRefused(_unreadable())
        return answer

    def tree(self) -> bytes:
        """Return mode, kind, hash, size and path of every file, ended by zeros."""
        return self._git("ls-tree", "-r", "-l", "-z", "--full-tree", "refs/course")

    def blob(self, digest: str) -> bytes:
        """Return the bytes of a file."""
        return self._git("cat-file", "blob", digest)


def _files(repository: _Repository) -> dict[str, bytes]:
    entries = [entry for entry in repository.tree().split(b"\0") if entry]
    if len(entries) > MAX_FILES:
        raise ArchiveRefused(_l("El archivo trae más de %(limit)s archivos.", limit=MAX_FILES))
    wanted: dict[str, str] = {}
    total = 0
    for entry in entries:
        facts, _, name = entry.partition(b"\t")
        mode, _kind, digest, size = facts.decode().split()
        path = checked_path(_text(name))
        if path is None:
            continue
        if mode not in _REGULAR:
            raise ArchiveRefused(
                _l("«%(name)s» es un enlace a otro lugar. Ponga el archivo mismo.", name=path)
            )
        total += int(size)
        if int(size) > MAX_FILE or total > MAX_UNPACKED:
            raise ArchiveRefused(
                _l("Lo que trae el archivo ocupa demasiado al abrirlo. Quite lo que no usa.")
            )
        wanted[path] = digest
    refuse_twins(wanted)
    return {path: repository.blob(digest) for path, digest in wanted.items()}


def _text(name: bytes) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError as error:
        shown = name.decode("ascii", "backslashreplace")
        raise ArchiveRefused(
            _l("El nombre «%(name)s» no está en UTF-8. Quítele las tildes y envíe otra vez.", name=shown)
        ) from error


def _limit(pid: int) -> None:
    """Bound what git may spend on a stranger's file, where the system can: memory, and bytes of one file."""
    if hasattr(resource, "prlimit"):
        resource.prlimit(pid, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (MAX_UNPACKED, MAX_UNPACKED))


def _unreadable() -> str:
    return str(_l("No se puede leer el paquete de git. Créelo con «git bundle create curso.bundle HEAD»."))
