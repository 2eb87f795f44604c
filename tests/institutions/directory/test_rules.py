"""The tree, the sector of a person, and what a new affiliation does to the last one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest

from lms.institutions.directory import rules
from lms.institutions.directory.errors import AffiliationOverlaps, MoveRefused, TooDeep
from lms.institutions.directory.rules import AffiliationStep, Post

HERE, THERE = uuid4(), uuid4()
MARCH = date(2026, 3, 1)


@dataclass(frozen=True)
class Body:
    id: UUID
    parent_id: UUID | None
    name: str


@dataclass(frozen=True)
class Sectored:
    sector: str | None


def post(institution_id=HERE, **values):
    return Post(
        **{"institution_id": institution_id, "post": "", "sector": None, "starts_on": MARCH, **values}
    )


def test_a_path_goes_from_the_root_to_the_institution():
    root = rules.path_of(HERE, "")
    assert rules.ids_on_path(rules.path_of(THERE, root)) == [HERE, THERE]


def test_the_tree_has_a_limit():
    path = ""
    for _ in range(rules.DEEPEST):
        path = rules.path_of(uuid4(), path)
    with pytest.raises(TooDeep):
        rules.path_of(uuid4(), path)
    assert len(path) <= 400


def test_a_unit_moves_with_its_body():
    old, new = f"/{HERE.hex}/", f"/{THERE.hex}/{HERE.hex}/"
    unit = uuid4().hex
    assert rules.moved_path(f"{old}{unit}/", old=old, new=new) == f"{new}{unit}/"


def test_nothing_hangs_from_itself_or_from_its_own_units():
    path = f"/{HERE.hex}/"
    for parent in (path, f"{path}{THERE.hex}/"):
        with pytest.raises(MoveRefused):
            rules.check_move(path, parent)
    rules.check_move(path, f"/{THERE.hex}/")
    rules.check_move(path, "")


def test_the_tree_reads_from_the_root_down_and_siblings_by_name():
    root, b, a, under_b = Body(uuid4(), None, "Zona"), *(Body(uuid4(), None, n) for n in "bÁx")
    b, a = Body(b.id, root.id, "Baja"), Body(a.id, root.id, "Álta")
    under_b = Body(under_b.id, b.id, "Oficina")
    placed = rules.tree_order([under_b, b, root, a])
    assert [(each.node.name, each.depth) for each in placed] == [
        ("Zona", 0), ("Álta", 1), ("Baja", 1), ("Oficina", 2)
    ]  # fmt: skip


def test_a_unit_whose_body_is_not_listed_stands_at_the_margin():
    placed = rules.tree_order([Body(uuid4(), uuid4(), "Oficina")])
    assert placed[0].depth == 0


def test_siblings_of_one_name_share_a_key_however_it_is_written():
    assert rules.place_key("Fiscalía  General", HERE) == rules.place_key("FISCALIA GENERAL", HERE)
    assert rules.place_key("Fiscalía", HERE) != rules.place_key("Fiscalía", THERE)
    assert rules.place_key("Fiscalía", HERE) != rules.place_key("Fiscalía", None)


@pytest.mark.parametrize(
    ("own", "body", "expected"),
    [
        ("health", "justice", "health"),
        (None, "justice", "justice"),
        (None, None, None),
        ("health", None, "health"),
    ],
)
def test_a_person_has_their_own_sector_or_that_of_their_institution(own, body, expected):
    assert rules.sector_of(Sectored(own), Sectored(body)) == expected


def test_nobody_has_a_sector_without_institution():
    assert rules.sector_of(None, None) is None


def test_the_first_affiliation_is_new():
    assert rules.affiliation_step(None, post()) is AffiliationStep.FOLLOW


@pytest.mark.parametrize("starts_on", [date(2025, 1, 1), MARCH, date(2026, 9, 9)])
def test_the_same_place_and_post_changes_nothing_on_any_day(starts_on):
    assert rules.affiliation_step(post(), post(starts_on=starts_on)) is AffiliationStep.KEEP


def test_another_place_later_follows():
    assert rules.affiliation_step(post(), post(THERE, starts_on=date(2026, 3, 2))) is AffiliationStep.FOLLOW


def test_another_place_from_the_same_day_corrects():
    assert rules.affiliation_step(post(), post(THERE)) is AffiliationStep.CORRECT
    assert rules.affiliation_step(post(), post(post="Jefa")) is AffiliationStep.CORRECT


def test_another_place_before_the_open_one_overlaps():
    with pytest.raises(AffiliationOverlaps):
        rules.affiliation_step(post(), post(THERE, starts_on=date(2026, 2, 28)))


def test_a_closed_one_is_followed_from_the_next_day_only():
    closed = post(ends_on=date(2026, 6, 30))
    assert rules.affiliation_step(closed, post(starts_on=date(2026, 7, 1))) is AffiliationStep.FOLLOW
    with pytest.raises(AffiliationOverlaps):
        rules.affiliation_step(closed, post(starts_on=date(2026, 6, 30)))
