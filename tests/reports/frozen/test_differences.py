"""The table of changes of a correction writes every kind of figure as the rest of the report does."""

import pytest

from lms.core.i18n import speaking
from lms.core.small_cells import Hidden
from lms.reports.frozen.sheets import differences_of
from lms.reports.frozen.snapshot import Difference, Snapshot
from lms.web.formats import MINUS, SPACE, THIN_SPACE


def changed(kind, before, after):
    return Difference(table="Tabla", row="Total", column="Dato", kind=kind, before=before, after=after)


CHANGES = (
    changed("count", 1109, 100),
    changed("percent", 0.9725, 0.97),
    changed("number", 1533.8667, 1399.7167),
    changed("points", 0.256, -0.013),
    changed("count", Hidden.SMALL, None),
)


def snapshot_with(differences):
    texts = dict.fromkeys(
        ("report_id", "programme", "authority", "issuer", "territory", "period", "first", "last", "cut_off"),
        "",
    )
    empty = {"target": 0.8, "findings": (), "tables": (), "definitions": (), "signers": ()}
    return Snapshot(**texts, **empty, differences=differences)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "es",
            [
                [f"1{THIN_SPACE}109", "100"],
                [f"97,3{SPACE}%", f"97,0{SPACE}%"],
                [f"1{THIN_SPACE}533,87", f"1{THIN_SPACE}399,72"],
                ["+25,6 puntos", f"{MINUS}1,3 puntos"],
                ["<5", "—"],
            ],
        ),
        (
            "en",
            [
                ["1,109", "100"], ["97.3%", "97.0%"], ["1,533.87", "1,399.72"], ["+25.6 points", f"{MINUS}1.3 points"],
                ["<5", "—"],
            ],
        ),
    ],
)  # fmt: skip
def test_changes_are_written_in_the_language_of_the_report(app, language, told):
    with app.test_request_context(), speaking(language):
        assert [row[3:] for row in differences_of(snapshot_with(CHANGES)).rows] == told
