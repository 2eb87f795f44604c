"""What a benchmark measured: rows against a floor, shown as a table and kept as JSON with the machine."""

import json
import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("flask", "sqlalchemy", "granian", "jinja2", "markdown", "nh3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measurement."""

    name: str
    """What was measured, ``thing.measure``."""
    value: float
    unit: str
    ratio: float | None = None
    """The value divided by that of the floor; None for a floor itself or what has none."""
    floor: str = ""
    """Name of the row, or of the budget, that the ratio compares with."""


def against(name: str, value: float, unit: str, floor: Row) -> Row:
    """Return a row with its ratio to another of the same unit."""
    return Row(name=name, value=value, unit=unit, ratio=value / floor.value, floor=floor.name)


def machine() -> dict[str, str | int]:
    """Return what the figures depend on: processor, system, interpreter, libraries."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in LIBRARIES},
    }


def show(title: str, rows: Sequence[Row]) -> str:
    """Return a table for people."""
    cells = [("medida", "valor", "unidad", "veces el suelo", "suelo"), *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    lines = [
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {unit:<{widths[2]}}  {ratio:>{widths[3]}}  {floor}".rstrip()
        for name, value, unit, ratio, floor in cells
    ]
    rule = "─" * (sum(widths) + 8)
    return "\n".join([title, rule, lines[0], rule, *lines[1:]])


def keep(folder: Path, name: str, rows: Sequence[Row], moment: datetime | None = None) -> Path:
    """Write ``NAME.json`` with the rows, the machine and the moment; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    taken_at = (moment or datetime.now(UTC)).isoformat(timespec="seconds")
    answer = {
        "benchmark": name,
        "taken_at": taken_at,
        "machine": machine(),
        "rows": [asdict(row) for row in rows],
    }
    path.write_text(json.dumps(answer, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return row.name, _number(row.value), row.unit, ratio, row.floor


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ") if value >= 100 or value == int(value) else f"{value:.2f}"


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    if sys.platform == "linux" and listing.is_file():
        for line in listing.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return " ".join(line.partition(":")[2].split())
    return platform.processor() or platform.machine()
