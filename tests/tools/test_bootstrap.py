"""The bootstrap, driven with interpreters that answer like the real ones in every situation."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap

# Answers what the bootstrap asks of a Python: its version, a venv, pip.
PYTHON = """#!/bin/sh
case "$*" in
    *_base_executable*) echo '[{version}, "'"$0"'", {complete}]' ;;
    "-m venv "*) {venv} ;;
    "-c import pip") exit 0 ;;
    "-m pip install"*) echo "$*" >> "{calls}"; {pip} ;;
esac
"""
MAKE_VENV = 'mkdir -p "$3/bin" && echo "home = /usr" > "$3/pyvenv.cfg" && cp "$0" "$3/bin/python"'


class Checkout:
    """A copy of the project, as far as the bootstrap looks at it."""

    def __init__(self, root):
        self.root = root
        self.calls = root / "calls"
        (root / "setup.cfg").write_text("[options]\ninstall_requires =\n    flask\n", encoding="utf-8")
        (root / "constraints.txt").write_text("flask==3.1.3\n", encoding="utf-8")
        self.environment = bootstrap.Environment(str(root))

    def python(self, *, version=(3, 11, 9), complete="true", venv=MAKE_VENV, pip="exit 0", name="python"):
        command = self.root / name
        answers = {
            "version": list(version),
            "complete": complete,
            "venv": venv,
            "pip": pip,
            "calls": self.calls,
        }
        command.write_text(PYTHON.format(**answers), encoding="utf-8")
        command.chmod(0o755)
        return (str(command),)

    def prepare(self, extras=(), **answers):
        bootstrap.prepare(self.environment, list(extras), self.python(**answers))

    def installs(self):
        return self.calls.read_text(encoding="utf-8").splitlines() if self.calls.exists() else []


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def test_makes_the_environment_and_installs_the_pinned_versions(checkout):
    checkout.prepare()
    (call,) = checkout.installs()
    assert call.endswith("-c constraints.txt -e .")
    assert checkout.environment.is_ready([])


def test_a_second_call_does_nothing(checkout):
    checkout.prepare()
    checkout.prepare(version=(2, 7, 0), venv="exit 1", pip="exit 1")
    assert len(checkout.installs()) == 1


def test_tests_need_the_development_tools_too(checkout):
    checkout.prepare()
    checkout.prepare(["dev"])
    assert [call.split()[-1] for call in checkout.installs()] == [".", ".[dev]"]


def test_running_after_testing_keeps_the_tools(checkout):
    checkout.prepare(["dev"])
    checkout.prepare()
    (checkout.root / "constraints.txt").write_text("flask==3.1.4\n", encoding="utf-8")
    checkout.prepare()
    assert [call.split()[-1] for call in checkout.installs()] == [".[dev]", ".[dev]"]


def test_configuring_a_tool_installs_nothing(checkout):
    checkout.prepare()
    with (checkout.root / "setup.cfg").open("a", encoding="utf-8") as setup:
        setup.write("\n[mypy]\nstrict = True\n")
    assert checkout.environment.is_ready([])


def test_a_new_dependency_is_installed(checkout):
    checkout.prepare()
    with (checkout.root / "setup.cfg").open("a", encoding="utf-8") as setup:
        setup.write("    babel\n")
    assert not checkout.environment.is_ready([])


def test_an_environment_of_ours_that_was_made_by_hand_is_completed(checkout):
    checkout.prepare()
    Path(checkout.environment.stamp).unlink()
    (checkout.root / ".venv" / "kept").touch()
    checkout.prepare()
    assert (checkout.root / ".venv" / "kept").exists()


def test_an_interrupted_installation_is_made_again(checkout, capsys):
    with pytest.raises(bootstrap.Stop):
        checkout.prepare(pip="exit 1")
    (checkout.root / ".venv" / "half-written").touch()
    checkout.prepare()
    assert not (checkout.root / ".venv" / "half-written").exists()
    assert checkout.environment.is_ready([])
    assert "quedó a medias" in capsys.readouterr().out


def test_an_environment_whose_python_is_gone_is_made_again(checkout):
    checkout.prepare()
    python = Path(checkout.environment.python)
    python.unlink()
    python.symlink_to(checkout.root / "removed-python")
    assert not checkout.environment.is_ready([])
    checkout.prepare()
    assert checkout.environment.is_ready([])


def test_a_moved_checkout_is_made_again(checkout, tmp_path_factory):
    checkout.prepare()
    moved = tmp_path_factory.mktemp("moved") / "project"
    checkout.root.rename(moved)
    assert not bootstrap.Environment(str(moved)).is_ready([])


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_a_foreign_venv_is_left_alone(checkout, kind):
    venv = checkout.root / ".venv"
    if kind == "folder":
        venv.mkdir()
        (venv / "thesis.odt").touch()
    elif kind == "file":
        venv.touch()
    else:
        venv.symlink_to("/nowhere")
    with pytest.raises(bootstrap.Stop, match=r"Muévala o bórrela"):
        checkout.prepare()
    assert os.path.lexists(venv)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"version": (3, 9, 2)}, "Hace falta Python 3.11 o posterior y aquí solo hay Python 3.9.2"),
        ({"complete": "false"}, "apt install python3-venv"),
        ({"venv": "echo 'ensurepip is not available'; exit 1"}, "apt install python3-venv"),
        ({"venv": "echo 'Error: [Errno 30] Read-only file system'; exit 1"}, "No se puede escribir en"),
        ({"venv": "echo 'No space left on device'; exit 1"}, "No queda espacio"),
        ({"venv": "echo 'Something else'; exit 1"}, "No se pudo crear .venv: Something else"),
        ({"pip": "echo 'NewConnectionError: …'; echo 'ERROR: No match'; exit 1"}, "no hay conexión"),
        ({"pip": "echo 'OSError: [Errno 28] No space left on device'; exit 1"}, "No queda espacio"),
        ({"pip": "echo 'ERROR: Cannot install b'; exit 1"}, "Cannot install b (detalle: .venv/install.log)"),
    ],
)
def test_every_fault_is_one_clear_sentence(checkout, answers, sentence):
    with pytest.raises(bootstrap.Stop) as stop:
        checkout.prepare(**answers)
    assert sentence in str(stop.value)
    assert "\n" not in str(stop.value)


def test_a_disk_that_cannot_be_written_is_said(checkout):
    readonly = OSError(30, "Read-only file system")
    with pytest.raises(bootstrap.Stop, match="el disco es de solo lectura"):
        bootstrap.explain_disk_failure(checkout.environment, readonly)


def test_a_broken_command_is_passed_over(checkout):
    good = checkout.python()
    broken = checkout.root / "shim"
    broken.write_text("#!/bin/sh\necho 'command not found' >&2\nexit 127\n", encoding="utf-8")
    broken.chmod(0o755)
    assert bootstrap.find_python((str(broken), "no-such-python", *good))[1] == (3, 11, 9)


def test_a_python_that_cannot_make_environments_is_passed_over(checkout):
    candidates = checkout.python(complete="false", name="debian") + checkout.python(version=(3, 12, 1))
    assert bootstrap.find_python(candidates) == (str(checkout.root / "python"), (3, 12, 1))


def test_two_commands_do_not_install_at_once(checkout):
    log = checkout.root / "order"
    busy = f'echo start >> "{log}"; sleep 0.3; echo end >> "{log}"'
    checkout.python(pip=busy)
    call = (
        "from tools import bootstrap\n"
        f"bootstrap.prepare(bootstrap.Environment({str(checkout.root)!r}), [],"
        f" ({str(checkout.root / 'python')!r},))"
    )
    both = [subprocess.Popen([sys.executable, "-c", call], cwd=bootstrap.ROOT) for _ in range(2)]
    assert [process.wait(30) for process in both] == [0, 0]
    assert log.read_text(encoding="utf-8").split() == ["start", "end"]


def test_a_ready_environment_is_known_without_starting_anything(checkout, monkeypatch):
    checkout.prepare()
    monkeypatch.setattr(subprocess, "Popen", None)  # what every way to start a program ends in
    assert checkout.environment.is_ready([])


@pytest.mark.parametrize("arguments", [[], ["fly"]])
def test_the_command_names_what_to_prepare(arguments, capsys):
    assert bootstrap.main(arguments) == 2
    assert "run|test" in capsys.readouterr().err


def test_an_old_python_can_read_it():
    source = (Path(bootstrap.ROOT) / "tools" / "bootstrap.py").read_text(encoding="utf-8")
    compile(source, "bootstrap.py", "exec", dont_inherit=True)
    # Syntax and names that Python 3.6 lacks and that ruff's oldest target allows.
    assert "capture_output" not in source
    assert "from __future__ import annotations" not in source
