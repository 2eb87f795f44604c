"""``python -m bench [NAME…]``: runs the benchmarks, prints a table of each and writes bench/out/NAME.json.

Figures are for comparing on one machine; nothing here fails because something was slow.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from bench import (
    answers,
    certificates,
    checkins,
    compilation,
    issuing,
    pages,
    people,
    quarterly,
    questions,
    regrading,
    reports,
    rosters,
    signing,
)
from bench.rows import Row, keep, machine, show

OUT = Path(__file__).resolve().parent / "out"
BENCHMARKS: Mapping[str, Callable[[], Iterable[Row]]] = {
    "pages": pages.measure,
    "compile": compilation.measure,
    "answers": answers.measure,
    "questions": questions.measure,
    "people": people.measure,
    "regrade": regrading.measure,
    "checkin": checkins.measure,
    "roster": rosters.measure,
    "certificates": certificates.measure,
    "signing": signing.measure,
    "issuing": issuing.measure,
    "reports": reports.measure,
    "quarterly": quarterly.measure,
}


def main(names: Sequence[str]) -> int:
    """Run the named benchmarks, or all of them; an unknown name is answered with the known ones."""
    if unknown := [name for name in names if name not in BENCHMARKS]:
        print(f"No existe {', '.join(unknown)}. Mediciones: {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    print(" · ".join(f"{name} {value}" for name, value in machine().items()))
    for name in names or BENCHMARKS:
        rows = list(BENCHMARKS[name]())
        path = keep(OUT, name, rows)
        print(f"\n{show(name, rows)}\n{path.relative_to(OUT.parent.parent)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
