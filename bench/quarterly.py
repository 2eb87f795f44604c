"""How long the files of a quarterly report of 200 institutions take, as the job makes them."""

import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from bench.rows import Row
from lms.app import create_app
from lms.core.i18n import speaking
from lms.core.settings import Settings
from lms.core.small_cells import Hidden
from lms.reports.frozen.findings import findings
from lms.reports.frozen.press import make_files
from lms.reports.frozen.snapshot import Signer, SnapCell, SnapColumn, Snapshot, SnapTable
from lms.reports.frozen.words import definitions
from lms.web.sectors import SECTORS

INSTITUTIONS = 200
BUDGET_SECONDS = 20


def measure() -> Iterator[Row]:
    """Give the seconds of each file and of all together, against the budget of a job."""
    snapshot = _snapshot()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.from_env({**os.environ, "LMS_DATA_DIR": folder}))
        with app.app_context(), speaking("es"):
            start = perf_counter()
            files = make_files(snapshot.to_json(), Path("certificates"), progress=lambda _done, _total: None)
            seconds = perf_counter() - start
    yield Row(
        name=f"quarterly.{INSTITUTIONS}-institutions",
        value=seconds,
        unit="s",
        ratio=seconds / BUDGET_SECONDS,
        floor=f"budget of {BUDGET_SECONDS} s",
    )
    for form, content in files.items():
        yield Row(name=f"quarterly.{form}.size", value=len(content), unit="bytes")


def _snapshot() -> Snapshot:
    dice = random.Random(7)  # noqa: S311  # figures of a benchmark
    tables = (_funnel(), _months(dice), _institutions(dice))
    return Snapshot(
        report_id="bench", programme="Programa de medida", authority="MED", issuer="Comisión de medida",
        territory="", period="2026-Q4", first="2026-10-01", last="2026-12-31",
        cut_off="2027-01-10T06:00:00-05:00", target=0.8, findings=findings(tables, target=0.8), tables=tables,
        definitions=definitions(), signers=(Signer(name="Participante 014", post="Secretaría técnica"),),
        folio="MED-INF-2027-001",
    )  # fmt: skip


def _funnel() -> SnapTable:
    rows = (("Inscritas", 5120, 1.0), ("Completaron", 3412, 0.6664), ("Con constancia", 3377, 0.6596))
    return SnapTable(
        name="funnel",
        title="De la inscripción a la constancia",
        columns=_columns("text", "count", "percent"),
        rows=rows,
    )


def _months(dice: random.Random) -> SnapTable:
    columns = _columns("sector", *["percent"] * 12)
    rows = tuple((str(each.label), *sorted(dice.random() for _ in range(12))) for each in SECTORS.values())
    return SnapTable(
        name="sectors-by-month", title="Mes a mes", columns=columns, rows=rows, marks=tuple(SECTORS)
    )


def _institutions(dice: random.Random) -> SnapTable:
    names = ("institution", "sector", "enrolled", "completed", "share", "target", "change")
    kinds = ("text", "sector", "count", "count", "percent", "target", "points")
    columns = tuple(
        SnapColumn(name=name, label=name.title(), kind=kind) for name, kind in zip(names, kinds, strict=True)
    )
    rows = tuple(_row(number, dice) for number in range(INSTITUTIONS))
    return SnapTable(
        name="completion-by-institution", title="Avance por institución", columns=columns, rows=rows,
        totals=(None, None, 5120, 3412, 0.6664, None, 0.05),
    )  # fmt: skip


def _row(number: int, dice: random.Random) -> tuple[SnapCell, ...]:
    sector = str(list(SECTORS.values())[number % len(SECTORS)].label)
    name = f"Secretaría de Seguridad Ciudadana, Academia de Formación y Carrera Policial {number}"
    if number % 9 == 0:
        return (name, sector, Hidden.SMALL, Hidden.SMALL, Hidden.PROTECTS, 0.8, Hidden.PROTECTS)
    enrolled = dice.randrange(20, 1200)
    completed = dice.randrange(10, enrolled)
    return (name, sector, enrolled, completed, completed / enrolled, 0.8, 0.02)


def _columns(*kinds: str) -> tuple[SnapColumn, ...]:
    return tuple(
        SnapColumn(name=_name(at, kind), label=f"{at:02d}", kind=kind) for at, kind in enumerate(kinds)
    )


def _name(at: int, kind: str) -> str:
    """Return a name by which the charts find their column."""
    return "share" if kind == "percent" and at == 2 else f"column-{at}"
