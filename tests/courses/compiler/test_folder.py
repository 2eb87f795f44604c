"""How a folder is read: what counts, what is refused, what never matters."""

import os
import struct
import subprocess
import sys
import zlib

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.__main__ import main
from lms.courses.compiler.compile import compile_course
from lms.courses.compiler.course import Quiz
from lms.plugins.blocks import by_name

BLOCKS = by_name(BUILT_IN_BLOCKS)
HEAD = "---\ntitulo: Una\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
QUIZ = (
    "---\ntipo: cuestionario\ntitulo: Comprobación\nminutos: 5\nintentos: 3\n---\n"
    "::: pregunta {id=uno}\n¿Sí?\n(x) Sí.\n    > Sí.\n( ) No.\n    > No.\n:::\n"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20.4"></svg>'


def png(width, height):
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def webp(kind, payload):
    return b"RIFF\x00\x00\x00\x00WEBP" + kind + b"\x00\x00\x00\x00" + payload


def test_the_hash_depends_on_paths_and_bytes_only(write_course, tmp_path):
    folder = write_course()
    before = compile_course(folder, BLOCKS).course.content_hash
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    (folder / ".DS_Store").write_bytes(b"noise")
    copy = tmp_path / "otro"
    copy.mkdir()
    for path in sorted(folder.rglob("*.*"), reverse=True):
        target = copy / path.relative_to(folder)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())

    assert compile_course(folder, BLOCKS).course.content_hash == before
    assert compile_course(copy, BLOCKS).course.content_hash == before
    assert len(before) == 64


@pytest.mark.parametrize("path", ["glosario.md", "01-marco/01-tema.md"])
def test_the_hash_changes_with_any_byte(path, write_course):
    folder = write_course()
    before = compile_course(folder, BLOCKS).course.content_hash
    with (folder / path).open("a") as file:
        file.write("\n")

    assert compile_course(folder, BLOCKS).course.content_hash != before


def test_a_folder_that_is_not_there_is_answered(tmp_path):
    compilation = compile_course(tmp_path / "nada", BLOCKS)

    assert compilation.course is None
    assert {found.code for found in compilation.diagnostics} == {"R101", "R107"}


def test_links_of_the_file_system_are_refused(write_course, tmp_path):
    folder = write_course()
    secret = tmp_path / "secreto.md"
    secret.write_text(HEAD + "No debe salir.")
    (folder / "01-marco" / "02-secreto.md").symlink_to(secret)

    compilation = compile_course(folder, BLOCKS)

    assert [(found.code, found.path) for found in compilation.diagnostics] == [
        ("R104", "01-marco/02-secreto.md")
    ]
    assert compilation.course is None


def test_a_pipe_in_the_folder_does_not_hang_it(write_course):
    folder = write_course()
    os.mkfifo(folder / "01-marco" / "02-tubo.md")

    assert "R101" in {found.code for found in compile_course(folder, BLOCKS).diagnostics}


def test_a_name_that_is_not_text_is_answered(write_course):
    folder = write_course()
    (folder / "01-marco").joinpath(os.fsdecode(b"02-\xff.md")).write_text(HEAD + "Uno.")

    compilation = compile_course(folder, BLOCKS)

    assert [found.path for found in compilation.diagnostics] == ["01-marco/02-\\xff.md"]


def test_folders_one_inside_another_have_an_end(write_course):
    folder = write_course()
    (folder / "/".join("abcdefghijkl")).mkdir(parents=True)

    assert [found.code for found in compile_course(folder, BLOCKS).diagnostics] == ["R103"]


def test_windows_files_are_read_like_others(compile_with):
    text = (HEAD + "Uno.\n\n::: clave\nDos.\n:::\n").replace("\n", "\r\n")
    compilation = compile_with({"01-marco/01-tema.md": b"\xef\xbb\xbf" + text.encode()})

    assert compilation.diagnostics == ()


def test_a_quiz_without_a_number_is_the_last_unit_of_its_module_and_others_have_their_place(compile_with):
    others = {"01-marco/00-antes.md": QUIZ.replace("id=", "id=antes-"), "01-marco/02-otra.md": HEAD + "Dos."}
    course = compile_with({"01-marco/comprobacion.md": QUIZ, **others}).course

    assert [unit.slug for unit in course.modules[0].units] == ["antes", "tema", "otra", "comprobacion"]
    assert isinstance(course.modules[0].units[-1], Quiz)
    assert course.modules[0].slug == "marco"


def test_the_pass_mark_of_a_quiz_comes_from_the_course_unless_it_has_its_own(compile_with):
    passing = "aprobacion:\n  cuestionarios: 0,6\n  asistencia: 0.75\n"
    yaml = f"titulo: C\nresumen: R.\nhoras: 1\n{passing}modulos:\n  - {{carpeta: 01-marco, titulo: M, horas: 1}}\n"
    course = compile_with({"curso.yaml": yaml, "01-marco/comprobacion.md": QUIZ}).course

    assert (course.pass_mark, course.attendance_share) == (0.6, 0.75)
    assert course.modules[0].units[1].pass_mark == 0.6


@pytest.mark.parametrize(
    ("name", "content", "size"),
    [
        ("a.png", png(640, 480), ("640", "480")),
        ("a.svg", SVG, ("30", "20")),
        ("a.svg", SVG.replace("viewBox", 'width="5px" height="7" viewBox'), ("5", "7")),
        ("a.webp", webp(b"VP8X", b"\0\0\0\0" + b"\x7f\x02\x00" + b"\xdf\x01\x00"), ("640", "480")),
        ("a.webp", webp(b"VP8L", b"\x2f" + ((479 << 14) | 639).to_bytes(4, "little")), ("640", "480")),
        ("a.webp", webp(b"VP8 ", b"\0" * 6 + struct.pack("<HH", 640, 480)), ("640", "480")),
        ("a.svg", SVG.replace("viewBox", "data-box"), (None, None)),
    ],
)
def test_a_picture_is_served_under_its_hash_at_its_size(name, content, size, compile_with):
    compilation = compile_with(
        {f"imagenes/{name}": content, "01-marco/01-tema.md": f"{HEAD}![Una línea](../imagenes/{name})"},
        asset_base="/a/",
    )
    course = compilation.course
    (asset,) = course.assets
    html = course.modules[0].units[0].parts[0].html

    assert f'src="/a/{asset.sha256}/{name}"' in html
    assert 'loading="lazy"' in html
    for side, value in zip(("width", "height"), size, strict=True):
        assert (f'{side}="{value}"' in html) is (value is not None)
    assert asset.content == (content if isinstance(content, bytes) else content.encode())


def test_only_pictures_that_a_page_uses_are_assets(compile_with):
    assert compile_with({"imagenes/a.svg": SVG}).course.assets == ()


def test_the_command_says_what_is_wrong_and_exits_accordingly(write_course, capsys):
    assert main([str(write_course())]) == 0
    assert capsys.readouterr().out == "0 errores, 0 avisos.\n"

    broken = write_course({"01-marco/01-tema.md": HEAD + "[[nada]]\n"})
    assert main([str(broken)]) == 1
    assert capsys.readouterr().out.startswith("01-marco/01-tema.md:8: error R407: «nada»")

    assert main([str(broken), "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith(f"::error file={broken.as_posix()}/01-marco/01-tema.md,line=8")

    assert main([str(broken / "nada")]) == 2


def test_the_compiler_knows_no_web_and_no_database():
    code = (
        "import sys, lms.courses.compiler.__main__, lms.courses.compiler.codec;"
        "print([n for n in ('flask', 'flask_babel', 'sqlalchemy', 'lms.core.db') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
