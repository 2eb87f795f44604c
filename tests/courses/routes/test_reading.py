"""Routes as authors write them: what is read, what is refused, and which one serves a reader."""

import json
from dataclasses import replace
from datetime import date

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.contact_uses import check_contacts
from lms.courses.compiler.course import LivePart
from lms.courses.compiler.explanations.page import COURSE, HEAD, LESSON
from lms.courses.compiler.referral import choose_route
from lms.courses.compiler.route_codec import route_from_json, route_to_json
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.routes.card import card_of
from lms.plugins.blocks import Reader, by_name
from lms.testing.factories.routes import ROUTE

TODAY = date(2026, 11, 20)
PATH = "rutas/quintana-roo.yaml"
SOUND = """\
titulo: Ruta de Quintana Roo
lugar: mx-roo
perfil: adulta
vigente-desde: 2026-01-01
verificador: Secretaría técnica
pasos:
  - id: riesgo
    titulo: Valorar el riesgo
    que-hacer: Mire si hay peligro ahora.
    responsable: Quien detecta
    si-no-es-seguro: Aléjese y llame a emergencias.
    contacto: mx-911
    fundamento:
      - {fuente: PAL, articulo: "artículo 3, inciso a"}
  - id: aviso
    titulo: Avisar
    responsable: La fiscalía
    sector: [justicia, seguridad]
    plazo: De inmediato
    documento: Aviso
    verificar: si
"""


def tree_of(files):
    whole = {
        "curso.yaml": COURSE,
        "fuentes.yaml": "PAL:\n  titulo: Protocolo\n  direccion: https://example.org/pal\n  consultado: 2026-11-01\n",
        LESSON: f"{HEAD}Un texto breve.\n",
        **files,
    }
    return SourceTree(
        files={path: SourceFile(path=path, content=text.encode()) for path, text in whole.items()}
    )


def compiled(files, **options):
    return compile_tree(tree_of(files), "curso", by_name(BUILT_IN_BLOCKS), **options)


def found(files, **options):
    """Return the problems; that a step waits for a signature is told in tests of signatures."""
    diagnostics = compiled(files, **options).diagnostics
    return [(each.code, each.path, each.line) for each in diagnostics if each.code != "R604"]


def test_a_route_is_read_whole():
    (route,) = compiled({PATH: SOUND}).attempt.routes
    assert (route.key, route.place, route.profile) == ("quintana-roo", "MX-ROO", "adult")
    assert (route.valid_from, route.valid_until, route.verified_on) == (date(2026, 1, 1), None, None)
    first, second = route.steps
    assert first.basis[0].article == "artículo 3, inciso a"
    assert first.basis[0].url == "https://example.org/pal"
    assert second.sectors == ("justice", "security")
    assert (first.is_to_verify, second.is_to_verify, route.is_to_verify) == (False, True, True)
    assert route.contacts == ("mx-911",)


def test_english_keys_say_the_same():
    english = {
        "titulo": "title", "lugar": "place", "perfil": "profile", "vigente-desde": "valid-from", "adulta": "adult",
        "verificador": "verifier", "pasos": "steps", "que-hacer": "action", "responsable": "responsible",
        "si-no-es-seguro": "if-unsafe", "contacto": "contact", "fundamento": "basis", "fuente": "source",
        "articulo": "article", "plazo": "deadline", "documento": "document", "verificar: si": "verify: yes",
    }  # fmt: skip
    text = SOUND
    for spanish, word in english.items():
        text = text.replace(spanish, word)
    assert compiled({"routes/quintana-roo.yaml": text}).course.routes == compiled({PATH: SOUND}).course.routes


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("lugar: mx-roo", "lugar: mx-rro", "R340", 2),
        ("perfil: adulta", "perfil: adultas", "R113", 3),
        ("vigente-desde: 2026-01-01", "vigente-desde: ayer", "R113", 4),
        ("vigente-desde: 2026-01-01", "vigente-desde: 2026-01-01\nvigente-hasta: 2025-01-01", "R375", 4),
        ("    responsable: La fiscalía\n", "", "R112", 15),
        ("fuente: PAL", "fuente: PALERMO", "R408", 14),
        ("[justicia, seguridad]", "[justicias]", "R215", 18),
        ("id: aviso", "id: riesgo", "R371", 15),
        ("id: aviso", "id: El Aviso", "R371", 15),
        ("    verificar: si\n", "", "R378", 15),
        ("    si-no-es-seguro: Aléjese y llame a emergencias.\n", "", "R374", 7),
        ("plazo:", "plaso:", "R111", 19),
        ("verificar: si", "verificar: tal vez", "R113", 21),
    ],
)
def test_each_problem_stands_at_its_line(before, after, code, line):
    assert before in SOUND
    assert (code, PATH, line) in found({PATH: SOUND.replace(before, after)})


@pytest.mark.parametrize("text", ["", "- uno\n", "titulo: [", "pasos: uno\n", "42", "pasos:\n  - uno\n"])
def test_nothing_makes_the_compiler_raise(text):
    codes = {code for code, path, _line in found({PATH: text}) if path == PATH}
    assert codes
    assert "R217" not in {code for code, _path, _line in found({PATH: text})}


def test_a_name_that_is_no_address_is_refused():
    assert ("R121", "rutas/Quintana Roo.yaml", 1) in found({"rutas/Quintana Roo.yaml": SOUND})


def test_a_route_that_expired_is_a_warning_on_that_day_only():
    text = f"vigente-hasta: 2026-11-19\n{SOUND}"
    assert [code for code, _p, _l in found({PATH: text}, today=TODAY)] == ["R373"]
    assert found({PATH: text}, today=date(2026, 11, 19)) == []
    assert found({PATH: text}) == []


def test_two_routes_of_a_place_and_a_profile_may_not_hold_at_once():
    other = "rutas/segunda.yaml"
    assert [(code, path) for code, path, _line in found({PATH: SOUND, other: SOUND})] == [("R372", other)]
    for apart in (("mx-roo", "mx-yuc"), ("adulta", "nna")):
        assert found({PATH: SOUND, other: SOUND.replace(*apart)}) == []
    until = f"vigente-hasta: 2026-12-31\n{SOUND}"
    assert found({PATH: until, other: SOUND.replace("2026-01-01", "2027-01-01")}) == []


def test_a_route_survives_its_storage():
    (route,) = compiled({PATH: SOUND}).course.routes
    assert route_from_json(json.loads(json.dumps(route_to_json(route)))) == route
    ended = replace(route, valid_until=TODAY, verified_on=TODAY)
    assert route_from_json(route_to_json(ended)) == ended


def make(key, place="general", profile="any", start=date(2026, 1, 1), end=None):
    return replace(ROUTE, key=key, place=place, profile=profile, valid_from=start, valid_until=end)


CHILD, COUNTRY = make("nna", "MX-ROO", "child"), make("mx", "MX")
STATE, BASE = make("roo", "MX-ROO"), make("general")
OLD = make("roo-2025", "MX-ROO", start=date(2025, 1, 1), end=date(2025, 12, 31))


@pytest.mark.parametrize(
    ("places", "profile", "expected"),
    [
        (("MX-ROO", "MX"), "any", "roo"),
        (("MX-YUC", "MX"), "any", "mx"),
        (("PE",), "any", "general"),
        ((), "any", "general"),
        (("MX-ROO", "MX"), "child", "nna"),
        (("MX-YUC", "MX"), "child", "mx"),
        (("MX-ROO", "MX"), "adult", "roo"),
    ],
)
def test_the_narrowest_valid_route_of_the_profile_serves(places, profile, expected):
    routes = [OLD, BASE, COUNTRY, STATE, CHILD]
    assert choose_route(routes, places=places, profile=profile, today=TODAY).key == expected


def test_an_old_route_is_better_than_none_and_any_is_better_than_a_blank():
    places = ("MX-ROO", "MX")
    assert choose_route([OLD], places=places, profile="any", today=TODAY).key == "roo-2025"
    assert choose_route([OLD, COUNTRY], places=places, profile="any", today=TODAY).key == "mx"
    assert choose_route([CHILD], places=("PE",), profile="adult", today=TODAY).key == "nna"
    assert choose_route([], places=places, profile="any", today=TODAY) is None


def live_parts_of(body, files=None):
    course = compiled({LESSON: HEAD + body, PATH: SOUND, **(files or {})}).course
    return [part for part in course.modules[0].units[0].parts if isinstance(part, LivePart)]


def serve(part, **reader):
    block = by_name(BUILT_IN_BLOCKS)[part.block]
    return block.serve([part.data], Reader(today=TODAY, **reader))[0]


def test_a_route_is_drawn_for_the_place_and_the_sector_of_its_reader():
    (part,) = live_parts_of("::: ruta {perfil=adulta}\n:::\n")
    html = serve(part, places=("MX-ROO", "MX"), sector="justice")
    assert "Ruta de Quintana Roo, para personas adultas." in html
    assert html.count('data-state="current"') == 1
    assert "Su sector" in html
    assert "todavía no hay una ruta" not in html
    assert 'href="/courses/curso/routes/quintana-roo"' in html


def test_a_reader_elsewhere_learns_whose_route_it_is():
    (part,) = live_parts_of("::: ruta\n:::\n")
    assert "De su territorio todavía no hay una ruta: esta es la de Quintana Roo." in serve(
        part, places=("PE",)
    )


def test_one_step_alone_keeps_its_number():
    (part,) = live_parts_of("::: ruta Quién avisa {paso=aviso}\n:::\n")
    html = serve(part)
    assert html.count("<li") == 1
    assert "Paso 2 de 2" in html
    assert "Quién avisa" in html


def test_a_printed_page_has_a_route_too():
    (part,) = live_parts_of("::: ruta\n:::\n", {"rutas/general.yaml": SOUND.replace("mx-roo", "general")})
    assert "Ruta general, para personas adultas." in part.html
    assert "Si no es seguro:" in part.html


def test_a_printed_page_never_holds_a_number_that_may_be_old():
    (part,) = live_parts_of("::: contacto mx-911 Emergencias\n:::\n")
    assert part.data["key"] == "mx-911"
    assert "Consulte el número de hoy" in part.html
    assert 'href="/contacts/#mx-911"' in part.html
    assert serve(part) == ""


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("::: contacto\n:::\n", "R205"),
        ("::: contacto MX911\n:::\n", "R205"),
        ("::: contacto mx-911\nTexto.\n:::\n", "R209"),
        ("::: ruta {perfil=adultas}\n:::\n", "R206"),
        ("::: ruta {paso=avisos}\n:::\n", "R376"),
        ("::: ruta\nTexto.\n:::\n", "R209"),
    ],
)
def test_a_block_that_names_nothing_is_refused(body, code):
    assert code in [each for each, _path, _line in found({LESSON: HEAD + body, PATH: SOUND})]


def test_a_block_in_an_example_of_code_names_nothing():
    assert found({LESSON: f"{HEAD}```text\n::: ruta {{paso=nada}}\n:::\n```\n", PATH: SOUND}) == []


def test_every_contact_that_a_course_names_is_known_with_its_line():
    tree = tree_of({LESSON: f"{HEAD}::: contacto mx-linea Línea\n:::\n", PATH: SOUND})
    uses = compile_tree(tree, "curso", by_name(BUILT_IN_BLOCKS)).contacts
    assert [(use.key, use.path, use.line) for use in uses] == [("mx-linea", LESSON, 8), ("mx-911", PATH, 12)]
    (problem,) = check_contacts(uses, {"mx-911", "mx-linea-trata"})
    assert (problem.code, problem.path, problem.line) == ("R379", LESSON, 8)
    assert "¿Quiso decir «mx-linea-trata»?" in problem.message
    assert check_contacts(uses, set()) == ()


def test_a_card_says_nothing_of_a_contact_that_nobody_knows(app):
    with app.app_context():
        card = card_of(ROUTE, {}, course="Curso", address="https://example.org")
    assert card.emergency is None
    assert card.numbers == ()
    assert [step.title for step in card.steps] == ["Valorar el riesgo", "Avisar"]
