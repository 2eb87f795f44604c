import shutil
import time
from pathlib import Path

import pytest

from lms.certificates.designs.folder import DesignRefused, digest_of, load_design

RUTA = Path(__file__).parents[3] / "certificates" / "ruta"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(RUTA, tmp_path / "copia"))


def problems_of(folder):
    with pytest.raises(DesignRefused) as refused:
        load_design(folder)
    return refused.value.problems


def change(folder, name, old, new):
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def add_to_template(folder, text):
    change(folder, "template.html", "</body>", f"{text}</body>")


def test_the_first_design_is_sound():
    design = load_design(RUTA)

    assert design.name == "ruta"
    assert design.metadata.page == "A4 landscape"
    assert design.metadata.words("es-MX")["folio"] == "Folio"
    assert design.metadata.words("en-US")["folio"] == "Reference"
    assert design.metadata.words("qu")["folio"] == "Folio"


def test_the_digest_changes_with_any_file_or_name(folder):
    before = digest_of(folder)
    assert before == digest_of(RUTA)

    (folder / "nota.txt").write_text("x", encoding="utf-8")
    with_note = digest_of(folder)
    (folder / "nota.txt").rename(folder / "otra.txt")

    assert len({before, with_note, digest_of(folder)}) == 3


@pytest.mark.parametrize("name", ["template.html", "theme.css", "metadata.toml"])
def test_each_part_is_needed(folder, name):
    (folder / name).unlink()

    assert f"Falta el archivo «{name}»." in problems_of(folder)


def test_all_problems_are_told_at_once(folder):
    change(folder, "metadata.toml", 'title = "Ruta, una línea por el curso"', "colour = 3")
    change(folder, "metadata.toml", "goal_right = 283.635", "goal_right = -1")
    add_to_template(folder, '<img src="sello.png"><img src="https://example.org/logo.png">')

    problems = " ".join(problems_of(folder))

    for part in ("falta «title»", "«colour» no es", "«route.goal_right»", "«sello.png»", "example.org"):
        assert part in problems


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", b"<svg/>"),
        ("logo.gif", b"GIF89a"),
        ("logo.png", b"<svg/>"),
        ("logo.jpg", b"\x89PNG\r\n\x1a\n"),
        ("extra.ttf", b"OTTO"),
        ("code.py", b""),
    ],
)
def test_only_text_truetype_png_and_jpeg_are_accepted(folder, name, content):
    (folder / name).write_bytes(content)

    assert any(name in problem for problem in problems_of(folder))


def test_nothing_may_lead_out_of_the_folder(folder, tmp_path):
    (tmp_path / "secreto.txt").write_text("x", encoding="utf-8")
    (folder / "enlace.txt").symlink_to(tmp_path / "secreto.txt")

    assert any("lleva fuera" in problem for problem in problems_of(folder))


@pytest.mark.parametrize("reference", ["/etc/hostname", "../otro/logo.png", "http://127.0.0.1/x.png"])
def test_references_to_the_outside_are_refused(folder, reference):
    change(folder, "theme.css", "body {", f"div {{ background-image: url({reference}) }} body {{")

    assert any("de su propia carpeta" in problem for problem in problems_of(folder))


def test_typefaces_must_come_with_the_design(folder):
    change(folder, "theme.css", "fonts/ruta-sans-540.ttf", "fonts/otra.ttf")

    assert any("«fonts/otra.ttf»" in problem for problem in problems_of(folder))


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ fit.__globals__ }}",
        "{{ route.__init__ }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__}'.format('') }}",
        "{{ modules.append('x') }}",
    ],
)
def test_a_template_cannot_reach_behind_its_values(folder, attack):
    add_to_template(folder, attack)

    assert any(
        "falla con datos de ejemplo" in problem or "No filter" in problem for problem in problems_of(folder)
    )


@pytest.mark.parametrize(
    "attack",
    [
        "{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}",
        "{% for a in range(100000000) %}{% endfor %}",
        "{{ 'x' * 1000000000 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '%s'|format('x').ljust(999999999) }}",
        "{{ [0] * 1000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{% set n = namespace(s='x' ~ folio) %}{% for a in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
        "{% set n = namespace(s='x') %}{% for a in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}",
        "{% set n = namespace(s=['x']) %}{% for a in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}",
        "{% set n = namespace(s='x') %}{% for a in range(60) %}{% set n.s %}{{ n.s }}{{ n.s }}{% endset %}{% endfor %}",
        "{% macro m(d) %}{% if d %}{{ m(d - 1) }}{{ m(d - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ fit('x', 'fonts/ruta-sans-400.ttf', 0, [[10, 1]]) }}",
        "{{ fit(folio, '../../etc/passwd', 10, [[10, 1]]) }}",
        "<script>fetch('https://example.org')</script>",
        "<pdf:include src='x'></pdf:include>",
        "<a href='javascript:x'>x</a>",
        "{{ '<object data=x>' if false else '' }}<object data='x'></object>",
    ],
)
def test_a_template_cannot_go_on_for_ever_nor_bring_commands(folder, attack):
    add_to_template(folder, attack)
    began = time.process_time()

    assert problems_of(folder)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", ["config", "request", "verify_url", "lipsum"])
def test_a_template_names_only_what_exists(folder, name):
    add_to_template(folder, f"{{{{ {name} }}}}")

    assert problems_of(folder)


def test_a_template_shows_what_every_certificate_must(folder):
    change(folder, "template.html", "{{ picture(verify_qr,", "{{ picture(route_picture,")

    assert any("no muestra «verify_qr»" in problem for problem in problems_of(folder))


def test_a_broken_template_is_told_with_its_line(folder):
    add_to_template(folder, "{% if %}")

    assert any("template.html, línea" in problem for problem in problems_of(folder))


def test_a_template_cannot_read_other_folders(folder):
    add_to_template(folder, "{% include '../../metadata.toml' %}")

    assert any("falla con datos de ejemplo" in problem for problem in problems_of(folder))
