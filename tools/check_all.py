"""Run everything that `make test` promises, say how long each part took, and end with what failed."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lms.testing import chromium, postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
# The tests of a file stay in one process: they share what is costly to prepare, a browser or the demonstration.
PYTEST = (PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadfile")

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
CLOSING = re.compile(r"\b(?:\d+ \w+|no tests ran)\b.* in [\d.]+s\b")
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed)\b")


class Outcome(StrEnum):
    """How a step ended, as the summary prints it."""

    GOOD = "bien"
    BAD = "FALLA"
    SKIPPED = "omitido"


@dataclass(frozen=True)
class Step:
    """One part of `make test`."""

    name: str
    """What ONLY= calls it."""
    title: str
    command: tuple[str | Path, ...]
    reason_to_skip: str = ""


@dataclass(frozen=True)
class Result:
    """What became of a step."""

    step: Step
    outcome: Outcome
    seconds: float
    closing_line: str = ""
    """The line with which pytest ended, if the step was pytest."""


def all_steps() -> list[Step]:
    """Return the steps in the order in which they find mistakes fastest."""
    no_browser = chromium.why_no_browser()
    return [
        Step("format", "Formato", (BIN / "ruff", "format", "--check", ".")),
        Step("lint", "Análisis estático", (BIN / "ruff", "check", ".")),
        Step("source", "Reglas propias", (PYTHON, "-m", "tools.check_source")),
        Step("contracts", "Contratos de dependencias", (BIN / "lint-imports", "--no-logo")),
        Step("types", "Tipos", (BIN / "mypy",)),
        *generated_files(),
        Step("sqlite", "Pruebas en SQLite", (*PYTEST, "-m", "not browser", "--database", "sqlite")),
        Step(
            "postgresql", "Pruebas en PostgreSQL", (*PYTEST, "-m", "not browser", "--database", "postgresql")
        ),
        browser_step("sqlite", "SQLite", no_browser),
        browser_step("postgresql", "PostgreSQL", no_browser),
    ]


def browser_step(database: str, title: str, no_browser: str) -> Step:
    """Return the step that plays the browser stories on one database."""
    # Few and long: they are spread one by one, though both processes then prepare a demonstration of their own.
    command = (PYTHON, "-m", "pytest", "-n", "2", "--dist", "load", "-m", "browser", "--database", database)
    return Step(f"browser-{database}", f"Historias de navegador en {title}", command, no_browser)


def generated_files() -> Iterable[Step]:
    """Yield a step for each generator that can say whether what it generates is fresh."""
    for name, title in (("assets", "Estilos e iconos generados"), ("docs", "Documentación generada")):
        if (ROOT / "tools" / f"build_{name}.py").exists():
            yield Step(name, title, (PYTHON, "-m", f"tools.build_{name}", "--check"))


def run(step: Step) -> Result:
    """Run a step, showing what it prints as it prints it."""
    print(f"\n── {step.title} ({step.name}) " + "─" * max(4, 70 - len(step.title + step.name)), flush=True)
    if step.reason_to_skip:
        print(f"Se omite: {step.reason_to_skip}.", flush=True)
        return Result(step, Outcome.SKIPPED, 0)
    started = time.monotonic()
    closing = ""
    with subprocess.Popen(
        step.command,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if CLOSING.search(plain := COLOURS.sub("", line).strip()):
                closing = plain
    outcome = Outcome.BAD if process.returncode else Outcome.GOOD
    result = Result(step, outcome, time.monotonic() - started, closing)
    print(f"── {outcome} en {result.seconds:.1f} s", flush=True)
    return result


def environment() -> dict[str, str]:
    """Return our environment without the settings of an installation, which would change what is tested."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("LMS_") or name == postgres.SERVER_VARIABLE
    }
    if sys.stdout.isatty():
        kept |= {"FORCE_COLOR": "1", "MYPY_FORCE_COLOR": "1"}
    return kept


def summary(results: Sequence[Result]) -> str:
    """Return the table of results, the closing lines of pytest, and what failed."""
    lines = ["", "── Resumen " + "─" * 64]
    lines += [f"  {each.outcome:<8}{each.step.title:<42}{each.seconds:7.1f} s" for each in results]
    lines += ["", *(f"{each.step.title}: {each.closing_line}" for each in results if each.closing_line)]
    lines += [
        f"{each.step.title}: {each.step.reason_to_skip}." for each in results if each.step.reason_to_skip
    ]
    seconds = sum(each.seconds for each in results)
    lines.append(f"Pruebas en total: {totals(results)} en {seconds:.0f} s.")
    failed = [each.step.name for each in results if each.outcome is Outcome.BAD]
    if failed:
        lines.append(
            f'Fallaron {len(failed)} de {len(results)}. Para repetirlas: make test ONLY="{" ".join(failed)}"'
        )
    else:
        lines.append("Todo está bien.")
    return "\n".join(lines)


def totals(results: Iterable[Result]) -> str:
    """Return the counts of every pytest run added up, such as ``812 passed, 3 skipped``."""
    counts: dict[str, int] = {}
    for each in results:
        for number, word in COUNT.findall(each.closing_line):
            key = word.replace("errors", "error")
            counts[key] = counts.get(key, 0) + int(number)
    return ", ".join(f"{number} {word}" for word, number in counts.items()) or "ninguna"


def chosen(steps: Sequence[Step], names: Sequence[str]) -> list[Step]:
    """Return the steps with these names, or all; an unknown name stops with the list of names."""
    known = [step.name for step in steps]
    if unknown := [name for name in names if name not in known]:
        raise SystemExit(f"No existe {', '.join(unknown)}. Los pasos son: {', '.join(known)}.")
    return [step for step in steps if not names or step.name in names]


def main(names: Sequence[str]) -> int:
    """Run the named steps, or all of them, and return 1 if any failed."""
    try:
        results = [run(step) for step in chosen(all_steps(), names)]
    except KeyboardInterrupt:
        print("\nInterrumpido.", file=sys.stderr)
        return 130
    print(summary(results), flush=True)
    return int(any(each.outcome is Outcome.BAD for each in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
