"""Forks by law and territory: who reads what, and that nobody reads a blank."""

from datetime import date

import pytest

from lms.core.places import PLACES, find_place, nearest_place, place_name, places_of, widen
from lms.courses import rules
from lms.courses.compiler.codec import parts_from_json, parts_to_json
from lms.courses.compiler.course import PlacePart
from lms.plugins.blocks import Reader

TODAY = date(2026, 11, 21)
FORK = """\
## El consentimiento

::: lugar general {id=consentimiento}
No se toma en cuenta si hubo un medio.
:::

::: lugar mx En México
No excusa en ningún caso.
:::

::: jurisdiccion mx-roo,ec-a
La norma local lo repite.
:::
"""


def shown(lesson, *places):
    reader = Reader(today=TODAY, places=places)
    return next(each for each in rules.show_lesson(lesson, reader=reader) if each.kind == "place")


def test_consecutive_places_make_one_fork(lesson_of):
    (fork,) = [part for part in lesson_of(FORK).parts if isinstance(part, PlacePart)]
    assert fork.id == "consentimiento"
    assert [branch.places for branch in fork.branches] == [("general",), ("MX",), ("MX-ROO", "EC-A")]
    assert fork.branches[1].title == "En México"


def test_a_new_id_starts_a_new_fork(lesson_of):
    text = "::: lugar mx {id=uno}\nA.\n:::\n\n::: lugar mx {id=dos}\nB.\n:::\n"
    assert [part.id for part in lesson_of(text).parts] == ["uno", "dos"]


@pytest.mark.parametrize(
    ("places", "open_", "is_own"),
    [
        (("MX-ROO", "MX"), "La norma local", True),
        (("MX-JAL", "MX"), "No excusa", True),
        (("EC-A", "EC"), "La norma local", True),
        (("PE-PUN", "PE"), "No se toma", False),
        ((), "No se toma", False),
    ],
)
def test_the_narrowest_branch_is_open(lesson_of, places, open_, is_own):
    fork = shown(lesson_of(FORK), *places)
    assert open_ in fork.open.parts[0].html
    assert fork.is_own is is_own
    assert len(fork.others) == 2


def test_without_a_branch_for_the_place_all_are_closed_and_none_is_lost(lesson_of):
    fork = shown(lesson_of("::: lugar mx\nUno.\n:::\n\n::: lugar pe\nDos.\n:::\n"), "EC")
    assert fork.open is None
    assert [other.names for other in fork.others] == ["México", "Perú"]
    assert fork.needs_heading


def test_a_fork_by_place_survives_being_stored(lesson_of):
    parts = lesson_of(FORK).parts
    assert parts_from_json(parts_to_json(parts)) == parts


def test_only_the_longest_branch_counts_as_read(lesson_of):
    assert lesson_of("::: lugar mx\nuno dos\n:::\n\n::: lugar pe\nuno dos tres\n:::\n").words == 3


def test_the_places_of_a_lesson_are_listed_countries_first(lesson_of):
    assert rules.places_in(lesson_of(FORK)) == ["MX", "MX-ROO", "EC-A"]


def test_sector_and_place_are_different_forks(lesson_of):
    text = "::: sector salud\nA.\n:::\n\n::: lugar mx\nB.\n:::\n"
    assert [each.kind for each in rules.show_lesson(lesson_of(text), reader=Reader(today=TODAY))] == [
        "sector",
        "place",
    ]


def test_an_unknown_place_is_an_error_with_a_proposal(compiled):
    compilation = compiled({"01-marco/01-tema.md": head("::: lugar mx-rooo\nA.\n:::\n")})
    (problem,) = compilation.diagnostics
    assert (problem.code, problem.line) == ("R340", 8)
    assert "¿Quiso decir «mx-roo»?" in problem.message


def test_a_place_without_a_name_is_an_error(found):
    assert found({"01-marco/01-tema.md": head("::: lugar\nA.\n:::\n")}) == [
        ("R205", "01-marco/01-tema.md", 8)
    ]


def test_a_fork_inside_another_block_is_an_error(found):
    text = ":::: clave\n::: lugar mx\nA.\n:::\n::::\n"
    assert ("R208", "01-marco/01-tema.md", 9) in found({"01-marco/01-tema.md": head(text)})


@pytest.mark.parametrize(
    "text", ["::: lugar mx\nA.\n:::\n\n::: lugar mx\nB.\n:::\n", "::: lugar mx,mx\nA.\n:::\n"]
)
def test_a_place_twice_in_one_fork_is_an_error(found, text):
    assert "R344" in {code for code, _, _ in found({"01-marco/01-tema.md": head(text)})}


def head(text):
    return "---\ntitulo: T\nminutos: 1\nobjetivo: O.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n" + text


@pytest.mark.parametrize(
    ("country", "territory", "codes"),
    [
        ("MX", "Quintana Roo", ("MX-ROO", "MX")),
        ("MX", "Cancún, Quintana Roo", ("MX-ROO", "MX")),
        ("MX", "Baja California Sur", ("MX-BCS", "MX")),
        ("EC", "Distrito Metropolitano de Quito", ("EC-P-QUITO", "EC-P", "EC")),
        ("EC", "Quito, Pichincha", ("EC-P-QUITO", "EC-P", "EC")),
        ("EC", "Cantones Colta y Guamote", ("EC-H", "EC")),
        ("EC", "Cantón Guamote", ("EC-H-GUAMOTE", "EC-H", "EC")),
        ("EC", "cuenca", ("EC-A-CUENCA", "EC-A", "EC")),
        ("PE", "Desaguadero (Puno)", ("PE-PUN-DESAGUADERO", "PE-PUN", "PE")),
        ("PE", "Puno", ("PE-PUN", "PE")),
        ("PE", "", ("PE",)),
        ("CO", "Nariño", ("CO",)),
        ("", "Puno", ()),
    ],
)
def test_the_words_of_a_programme_give_its_codes(country, territory, codes):
    assert places_of(country, territory) == codes


def test_the_table_has_every_first_level_unit():
    counts = {
        country: sum(place.country == country and place.code == place.unit for place in PLACES.values())
        for country in ("MX", "PE", "EC")
    }
    assert counts == {"MX": 32, "PE": 26, "EC": 24}


def test_a_locality_stands_after_its_unit():
    order = list(PLACES)
    localities = [place for place in PLACES.values() if place.unit and place.code != place.unit]
    assert localities
    for place in localities:
        assert order.index(place.country) < order.index(place.unit) < order.index(place.code)
        assert widen(place.code) == (place.code, place.unit, place.country)


def test_a_locality_reads_what_its_unit_says_when_nothing_is_its_own(lesson_of):
    assert "La norma local" in shown(lesson_of(FORK), *widen("EC-A-CUENCA")).open.parts[0].html


def test_places_are_found_widened_and_named():
    assert find_place("Mx-Roo") == "MX-ROO"
    assert find_place("atlantis") is None
    assert widen("ec-p") == ("EC-P", "EC")
    assert widen("general") == ()
    assert nearest_place("chimborasso") == "ec-h"
    assert nearest_place("zzz") == ""
    assert (place_name("PE"), place_name("PE", "en"), place_name("XX")) == ("Perú", "Peru", "XX")
