"""Which Chromium drives the browser stories, how it is started, and what to say when there is none."""

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

VARIABLE = "CHROMIUM"
"""Environment variable with the path of the browser, when it is not on the PATH."""

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

MISSING = (
    "no hay Chromium en este equipo. Instálelo (en Debian o Ubuntu: apt install chromium; o ejecute .ci/run),"
    " o indique su ruta en la variable CHROMIUM"
)

DRIVER_BROKEN = (
    "el controlador de Playwright no arranca en este equipo. Suele faltar una biblioteca (en Debian o Ubuntu:"
    " apt install libatomic1; o ejecute .ci/run)"
)

ARGUMENTS = (
    "--no-sandbox",  # root has no sandbox, and only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",  # containers give 64 MB of shared memory
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # the same letter shapes on every machine
)


class LaunchOptions(TypedDict):
    """Arguments of Playwright's ``chromium.launch``."""

    executable_path: str
    args: list[str]
    headless: bool


@dataclass(frozen=True)
class Chromium:
    """A browser that was found on this machine."""

    executable: Path

    def launch_options(self) -> LaunchOptions:
        """Return what to pass to Playwright: ``playwright.chromium.launch(**found.launch_options())``."""
        return {"executable_path": str(self.executable), "args": list(ARGUMENTS), "headless": True}


def find_chromium() -> Chromium | None:
    """Return the browser named in the environment or the first on the PATH; None when there is none."""
    for command in (os.environ.get(VARIABLE, ""), *COMMANDS):
        if command and (found := shutil.which(command)):
            return Chromium(Path(found))
    return None


def why_no_browser() -> str:
    """Return what keeps the browser stories from being played here, or nothing when they can be."""
    if find_chromium() is None:
        return MISSING
    return "" if _driver_starts() else DRIVER_BROKEN


def _driver_starts() -> bool:
    # Playwright brings its own Node, which needs a library that a minimal system does not have.
    package = importlib.util.find_spec("playwright")
    if package is None or package.origin is None:
        return False
    node = Path(package.origin).parent / "driver" / "node"
    return subprocess.run([node, "--version"], check=False, capture_output=True).returncode == 0
