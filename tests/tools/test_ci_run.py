"""The entry of continuous integration, run on invented machines that have or lack things."""

import shutil
import subprocess

import pytest

from tools import check_all

PRESENT = ("git", "python3", "pdftoppm", "zbarimg", "qpdf", "openssl", "chromium", "java")


@pytest.fixture
def machine(tmp_path):
    """Return a function that runs .ci/run where only these commands exist, and returns what it did."""
    commands = tmp_path / "bin"
    commands.mkdir()
    for name in ("bash", "dirname", "env"):
        (commands / name).symlink_to(shutil.which(name))
    log = tmp_path / "log"

    def command(name, answer="exit 0"):
        script = commands / name
        script.write_text(f'#!/bin/sh\necho "{name} $*" >> "{log}"\n{answer}\n', encoding="utf-8")
        script.chmod(0o755)

    def run(*present, apt="exit 0", user=0):
        command("id", f"echo {user}")
        command("make", 'echo "CI=$CI"; read answer && echo asked; exit 7')
        for name in present:
            command(name)
        if apt is not None:
            command("apt-get", apt)
        ended = subprocess.run(
            [commands / "bash", check_all.ROOT / ".ci" / "run"],
            env={"PATH": str(commands)},
            capture_output=True,
            text=True,
            check=False,
        )
        return ended, log.read_text(encoding="utf-8").splitlines()

    return run


def test_installs_only_what_is_missing(machine):
    ended, calls = machine("git", "python3", "pdftoppm")
    (install,) = [call for call in calls if call.startswith("apt-get install")]
    assert "zbar-tools qpdf openssl chromium fonts-liberation" in install
    assert "poppler-utils" not in install
    assert calls.index("apt-get update -qq") < calls.index(install)
    assert "make test" in calls
    assert ended.returncode == 7


def test_a_complete_machine_is_left_alone(machine):
    ended, calls = machine(*PRESENT)
    # Three things are looked for in the real system's folders.
    if not {"postgresql", "libatomic1", "libpdfbox2-java"} & set(ended.stdout.split()):
        assert not [call for call in calls if call.startswith("apt-get")]
        assert "completos" in ended.stdout


def test_python_without_venv_gets_it(machine):
    present = [name for name in PRESENT if name != "python3"]
    _, calls = machine(*present)
    assert any("python3 python3-venv" in call for call in calls)


def test_asks_nothing(machine):
    ended, _ = machine(*PRESENT)
    assert "CI=true" in ended.stdout
    assert "asked" not in ended.stdout


@pytest.mark.parametrize("apt", [None, "exit 100"])
def test_goes_on_with_what_there_is(machine, apt):
    ended, calls = machine("git", "python3", apt=apt)
    assert "Sigo con lo que hay" in ended.stdout
    assert "make test" in calls


def test_who_is_not_root_asks_sudo(machine):
    _, calls = machine("git", "python3", "sudo", user=1000)
    assert any(call.startswith("sudo --non-interactive") and "apt-get install" in call for call in calls)
