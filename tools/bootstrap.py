"""Make .venv ready for `make run` or `make test`; a second call finds it ready and costs nothing.

Standard library only, and written so that Python 3.6 can read it: an old Python must be able to say
that it is too old. Messages are for the person at the terminal, in Spanish.
"""

import configparser
import contextlib
import errno
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MINIMUM = (3, 11)
CANDIDATES = ("python3", "python3.13", "python3.12", "python3.11", "python")
EXTRAS = {"run": [], "test": ["dev"]}

# Answers the version, the interpreter behind a virtual environment, and whether it can make one with pip.
PROBE = (
    "import importlib.util, json, sys; print(json.dumps([list(sys.version_info[:3]),"
    " getattr(sys, '_base_executable', None) or sys.executable,"
    " importlib.util.find_spec('ensurepip') is not None]))"
)

TOO_OLD = (
    "Hace falta Python 3.11 o posterior y aquí solo hay {found}. Instálelo (en Debian o Ubuntu:"
    " apt install python3.11 python3.11-venv) y repita la orden."
)
NO_VENV_MODULE = (
    "Este Python no puede crear entornos virtuales. En Debian o Ubuntu: apt install python3-venv;"
    " después repita la orden."
)
NOT_OURS = (
    "La carpeta .venv existe y no es un entorno de Python hecho aquí. Muévala o bórrela y repita la orden."
)
READ_ONLY = "No se puede escribir en {path} ({reason}). Copie el proyecto a una carpeta donde pueda escribir."
NO_SPACE = "No queda espacio en el disco para instalar en {path}. Libere unos 500 MB y repita la orden."
NO_NETWORK = (
    "No se pudo descargar una dependencia: no hay conexión con el repositorio de paquetes. Revise la red"
    " o el proxy y repita la orden (detalle: {log})."
)
PIP_FAILED = "No se pudieron instalar las dependencias: {reason} (detalle: {log})."
VENV_FAILED = "No se pudo crear .venv: {reason}"
WAITING = "Otra orden está preparando .venv; espero a que termine."

REASONS = {
    errno.EROFS: "el disco es de solo lectura",
    errno.EACCES: "falta permiso de escritura",
    errno.EPERM: "falta permiso de escritura",
}
NETWORK_SIGNS = (
    "NewConnectionError",
    "Failed to establish a new connection",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "Network is unreachable",
    "No route to host",
)


class Stop(Exception):
    """The environment cannot be made; the message says why and what to do."""


class Environment:
    """The .venv of one checkout."""

    def __init__(self, root):
        self.root = root
        self.path = os.path.join(root, ".venv")
        self.python = os.path.join(self.path, "bin", "python")
        self.stamp = os.path.join(self.path, "ready.json")
        self.unfinished = os.path.join(self.path, "unfinished")
        self.log = os.path.join(self.path, "install.log")

    def wanted(self):
        """Return the digest of everything that decides what is installed, and where."""
        digest = hashlib.sha256(self.path.encode())
        metadata = configparser.RawConfigParser()
        metadata.read(os.path.join(self.root, "setup.cfg"), encoding="utf-8")
        for section in metadata.sections():
            # The other sections configure tools: changing them installs nothing.
            if section == "metadata" or section.split(".")[0] == "options":
                digest.update(repr((section, metadata.items(section))).encode())
        with open(os.path.join(self.root, "constraints.txt"), "rb") as constraints:
            digest.update(constraints.read())
        return digest.hexdigest()

    def installed(self):
        """Return (digest, extras) of the finished installation, or (None, []) if there is none."""
        try:
            with open(self.stamp, encoding="utf-8") as stamp:
                kept = json.load(stamp)
            return kept["digest"], list(kept["extras"])
        except (OSError, ValueError, KeyError, TypeError):
            return None, []

    def is_ready(self, extras):
        """Answer whether everything asked for is installed and the interpreter is still there."""
        digest, present = self.installed()
        return os.path.exists(self.python) and digest == self.wanted() and set(extras) <= set(present)

    def is_ours(self):
        """Answer whether .venv may be removed: a virtual environment, or an empty folder."""
        if os.path.islink(self.path) or not os.path.isdir(self.path):
            return False
        return os.path.exists(os.path.join(self.path, "pyvenv.cfg")) or not os.listdir(self.path)

    def is_sound(self):
        """Answer whether .venv can be installed into; an interrupted or broken one must be made again."""
        if not os.path.exists(self.python) or os.path.exists(self.unfinished):
            return False
        probed = probe(self.python)
        if probed is None or probed[0] < MINIMUM:
            return False
        return subprocess.call([self.python, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def probe(command):
    """Return (version, base interpreter, has ensurepip) of a Python command, or None if it does not start."""
    try:
        answer = subprocess.check_output([command, "-I", "-c", PROBE], stderr=subprocess.DEVNULL)
        version, base, complete = json.loads(answer.decode())
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None
    return tuple(version), base, complete


def find_python(candidates=CANDIDATES):
    """Return (interpreter, version) of the first candidate that is new enough and complete."""
    found = [answer for answer in map(probe, candidates) if answer]
    recent = [answer for answer in found if answer[0] >= MINIMUM]
    for version, base, complete in recent:
        if complete:
            return base, version
    if recent:
        raise Stop(NO_VENV_MODULE)
    versions = sorted({"Python " + dotted(version) for version, _, _ in found})
    raise Stop(TOO_OLD.format(found=", ".join(versions) or "versiones que no arrancan"))


def dotted(version):
    """Return (3, 11, 2) as 3.11.2."""
    return ".".join(str(part) for part in version)


def say(text):
    """Tell the person what is being done."""
    print(text, flush=True)


def make_venv(environment, candidates=CANDIDATES):
    """Create .venv, replacing a broken one if it is ours."""
    if os.path.lexists(environment.path):
        if not environment.is_ours():
            raise Stop(NOT_OURS)
        say("El entorno .venv quedó a medias o dejó de servir: se rehace.")
    python, version = find_python(candidates)
    if os.path.lexists(environment.path):
        shutil.rmtree(environment.path)
    say("Creando .venv con Python %s…" % dotted(version))
    made = subprocess.run(
        [python, "-m", "venv", environment.path],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if made.returncode:
        explain_venv_failure(environment, made.stdout.decode(errors="replace"))


def explain_venv_failure(environment, output):
    """Stop with the sentence that fits what `python -m venv` printed."""
    if "ensurepip" in output or "No module named" in output:
        # Debian leaves a folder without pip behind: the next call must not take it for a finished one.
        shutil.rmtree(environment.path, ignore_errors=True)
        raise Stop(NO_VENV_MODULE)
    if os.strerror(errno.ENOSPC) in output:
        raise Stop(NO_SPACE.format(path=environment.path))
    if not any(os.strerror(number) in output for number in REASONS):
        raise Stop(VENV_FAILED.format(reason=(output.strip().splitlines() or ["sin explicación"])[-1]))
    raise Stop(READ_ONLY.format(path=environment.root, reason="sin permiso o de solo lectura"))


def explain_disk_failure(environment, error):
    """Stop with the sentence that fits an error of the operating system."""
    if error.errno == errno.ENOSPC:
        raise Stop(NO_SPACE.format(path=environment.path))
    reason = REASONS.get(error.errno, error.strerror or str(error))
    raise Stop(READ_ONLY.format(path=environment.root, reason=reason))


def install(environment, extras):
    """Install the project with its pinned dependencies and stamp .venv as ready."""
    target = "." + ("[%s]" % ",".join(sorted(extras)) if extras else "")
    say("Instalando dependencias; la primera vez tarda de uno a tres minutos…")
    with contextlib.suppress(FileNotFoundError):
        os.remove(environment.stamp)
    with open(environment.unfinished, "w", encoding="utf-8") as mark:
        mark.write("Installing %s\n" % target)
    command = [environment.python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    status = run_pip(environment, [*command, "-c", "constraints.txt", "-e", target])
    if status:
        explain_pip_failure(environment)
    with open(environment.stamp, "w", encoding="utf-8") as stamp:
        json.dump({"digest": environment.wanted(), "extras": sorted(extras)}, stamp)
    os.remove(environment.unfinished)


def run_pip(environment, command):
    """Run pip, keep what it prints in the log, show one moving line, and return its exit status."""
    moving = sys.stdout.isatty()
    packages = 0
    process = subprocess.Popen(
        command,
        cwd=environment.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    with process, open(environment.log, "w", encoding="utf-8") as log:
        for line in process.stdout:
            log.write(line)
            if moving and line.startswith("Collecting "):
                packages += 1
                sys.stdout.write("\r\033[K  %d: %s" % (packages, line.split()[1]))
                sys.stdout.flush()
    if moving:
        sys.stdout.write("\r\033[K")
    return process.returncode


def explain_pip_failure(environment):
    """Stop with the sentence that fits what pip printed."""
    with open(environment.log, encoding="utf-8") as log:
        output = log.read()
    shown = os.path.relpath(environment.log, environment.root)
    if "No space left on device" in output:
        raise Stop(NO_SPACE.format(path=environment.path))
    if any(sign in output for sign in NETWORK_SIGNS):
        raise Stop(NO_NETWORK.format(log=shown))
    errors = [line[len("ERROR: ") :] for line in output.splitlines() if line.startswith("ERROR: ")]
    raise Stop(PIP_FAILED.format(reason=errors[-1] if errors else "pip terminó con un error", log=shown))


@contextlib.contextmanager
def alone(environment):
    """Hold the checkout while .venv changes, so that two commands do not install into it at once."""
    # The lock is taken on a file that is already there: nothing to clean up, and a read-only disk allows it.
    with open(os.path.join(environment.root, "setup.cfg"), "rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say(WAITING)
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def prepare(environment, extras, candidates=CANDIDATES):
    """Make .venv hold at least these extras."""
    if environment.is_ready(extras):
        return
    started = time.time()
    with alone(environment):
        if environment.is_ready(extras):
            return
        try:
            if not environment.is_sound():
                make_venv(environment, candidates)
            # Extras that are already there stay: `make run` after `make test` must not age the tools.
            install(environment, set(extras) | set(environment.installed()[1]))
        except OSError as error:
            explain_disk_failure(environment, error)
    say("Listo en %d s." % (time.time() - started))


def main(arguments):
    """Prepare .venv for the command named in the arguments and return the exit status."""
    if len(arguments) != 1 or arguments[0] not in EXTRAS:
        print("Uso: bootstrap.py run|test", file=sys.stderr)
        return 2
    try:
        prepare(Environment(ROOT), EXTRAS[arguments[0]])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrumpido: la próxima vez se rehace lo que quedó a medias.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
