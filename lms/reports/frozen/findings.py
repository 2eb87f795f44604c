"""What the tables of a report say, a sentence each, made from the shown cells alone: no sentence tells a hidden one."""

from collections.abc import Sequence
from itertools import pairwise

from lms.core.i18n import _, current_language, n_
from lms.core.small_cells import SMALLEST
from lms.reports.frozen.snapshot import SnapCell, Snapshot, SnapTable
from lms.reports.rules import finding
from lms.web.formats import thousands, whole_percent

MAIN, SECTORS, FUNNEL = "completion-by-institution", "completion-by-institution-by-sector", "funnel"
FINISHED = "completed-in-the-quarter"
MOST_NAMES = 4


def findings(
    tables: Sequence[SnapTable], *, target: float, before: Snapshot | None = None
) -> tuple[str, ...]:
    """Return the sentences, the most important first; a table that is hidden or empty has none."""
    named = {table.name: table for table in tables}
    found: list[str] = []
    if main := named.get(MAIN):
        found += [
            *_headline(main),
            *_finished(named.get(FINISHED)),
            *_against_target(main, target),
            *_since(main, before),
            *_reached(main),
            *_silent(main),
        ]
    if funnel := named.get(FUNNEL):
        found += _largest_loss(funnel)
    if sectors := named.get(SECTORS):
        found += _ends(sectors)
    return tuple(found)


def _headline(table: SnapTable) -> list[str]:
    if not table.totals:
        return [_("Nadie se inscribió en el trimestre.")]
    enrolled, completed = _total(table, "enrolled"), _total(table, "completed")
    told = finding(completed, enrolled)
    if told is None or not isinstance(enrolled, int) or not isinstance(completed, int) or told[0] == "none":
        return []
    values = {"completed": _number(completed), "enrolled": _number(enrolled)}
    if told[0] == "all":
        return [_("Las %(enrolled)s personas inscritas en el trimestre completaron el curso.", **values)]
    sentence = _(
        "De las %(enrolled)s personas inscritas en el trimestre, %(completed)s completaron el curso: "
        "%(part)s de cada %(whole)s.",
        **values,
        part=told[1],
        whole=told[2],
    )
    return [sentence]


def _finished(table: SnapTable | None) -> list[str]:
    """Tell who completed in the quarter, of those who had enrolled before it too."""
    completed = _total(table, "finished") if table else None
    if not isinstance(completed, int):
        return []
    return [
        _(
            "Personas que completaron el curso en el trimestre, contando a quienes se inscribieron antes: "
            "%(completed)s o más.",
            completed=_number(completed),
        )
    ]


def _against_target(table: SnapTable, target: float) -> list[str]:
    share = _total(table, "share") if table.totals else None
    if not isinstance(share, float | int):
        return []
    words = {"share": whole_percent(share), "target": whole_percent(target)}
    if share >= target:
        return [_("El avance es de %(share)s %% y cumple la meta del programa, %(target)s %%.", **words)]
    return [_("El avance es de %(share)s %%; la meta del programa es %(target)s %%.", **words)]


def _since(table: SnapTable, before: Snapshot | None) -> list[str]:
    earlier = before.table(MAIN) if before else None
    if before is None or earlier is None or not earlier.totals or not table.totals:
        return []
    now, then = _total(table, "share"), _total(earlier, "share")
    if not isinstance(now, float | int) or not isinstance(then, float | int):
        return []
    points = whole_percent(now) - whole_percent(then)
    folio = before.folio
    if points == 0:
        return [_("El avance es el mismo que en el informe del trimestre anterior (%(folio)s).", folio=folio)]
    if points > 0:
        return [
            n_(
                "Es un punto más que en el trimestre anterior (%(folio)s).",
                "Son %(num)s puntos más que en el trimestre anterior (%(folio)s).",
                points,
                folio=folio,
            )
        ]
    return [
        n_(
            "Es un punto menos que en el trimestre anterior (%(folio)s).",
            "Son %(num)s puntos menos que en el trimestre anterior (%(folio)s).",
            -points,
            folio=folio,
        )
    ]


def _reached(table: SnapTable) -> list[str]:
    share, target = table.place("share"), table.place("target")
    pairs = [(row[share], row[target]) for row in table.rows]
    known = [(s, t) for s, t in pairs if isinstance(s, float | int) and isinstance(t, float | int)]
    if len(known) < 2:
        return []
    met = sum(s >= t for s, t in known)
    return [
        _(
            "Cumplen su meta %(met)s de los %(count)s renglones de institución y sector cuya cifra se puede mostrar.",
            met=met,
            count=len(known),
        )
    ]


def _silent(table: SnapTable) -> list[str]:
    """Name who sent nobody: that tells of no person."""
    place = table.place("enrolled")
    names = [str(row[0]) for row in table.rows if row[place] == 0]
    if not names:
        return []
    told = ", ".join(names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return [_("Sin personas inscritas en el trimestre: %(names)s.", names=told)]
    rest = len(names) - MOST_NAMES
    return [
        n_(
            "Sin personas inscritas en el trimestre: %(names)s y una institución más.",
            "Sin personas inscritas en el trimestre: %(names)s y %(num)s instituciones más.",
            rest,
            names=told,
        )
    ]


def _largest_loss(table: SnapTable) -> list[str]:
    """Say between which two shown steps most people stayed; nothing where nowhere five did."""
    shown = [(str(row[0]), row[1]) for row in table.rows]
    steps = [(name, value) for name, value in shown if isinstance(value, int)]
    losses = [(earlier[1] - later[1], earlier[0], later[0]) for earlier, later in pairwise(steps)]
    if not losses or max(losses)[0] < SMALLEST:
        return []
    people, first, second = max(losses)
    return [
        _(
            "Donde más personas se quedan es entre «%(first)s» y «%(second)s»: %(people)s personas.",
            first=first,
            second=second,
            people=people,
        )
    ]


def _ends(table: SnapTable) -> list[str]:
    name, share = table.place("sector"), table.place("share")
    known = [(row[share], str(row[name])) for row in table.rows]
    shares = sorted((value, word) for value, word in known if isinstance(value, float | int))
    if len(shares) < 2 or shares[0][0] == shares[-1][0]:
        return []
    (low, last), (high, first) = shares[0], shares[-1]
    return [
        _(
            "El sector con más avance es %(first)s (%(high)s %%); el que tiene menos, %(last)s (%(low)s %%).",
            first=first,
            high=whole_percent(high),
            last=last,
            low=whole_percent(low),
        )
    ]


def _number(value: int) -> str:
    return thousands(value, language=current_language())


def _total(table: SnapTable, name: str) -> SnapCell:
    return table.totals[table.place(name)]
