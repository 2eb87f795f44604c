"""Blocks that show files, sources and terms: with what they must carry, and nothing that plays on its own."""

import pytest

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.courses import service
from lms.courses.compiler.clean import clean
from lms.courses.compiler.course import HtmlPart
from lms.courses.compiler.media import is_sound, limit, media_type
from lms.courses.compiler.source import SourceFile, SourceTree

LESSON = "01-marco/01-tema.md"
HEAD = "---\ntitulo: T\nminutos: 1\nobjetivo: O.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 3_200_000
FILES = {
    "medios/clip.mp4": MP4,
    "medios/clip.vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nBuenos dias.\n",
    "medios/clip.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 16,
    "medios/voz.mp3": b"ID3" + b"\x00" * 300,
    "medios/ficha.pdf": b"%PDF-1.7\n" + b"x" * 312_000,
}
VIDEO = (
    "::: video ../medios/clip.mp4 Una *escucha* {subtitulos=../medios/clip.vtt portada=../medios/clip.png}\n"
)
BODY = f"{VIDEO}Una persona dice buenos días.\n:::\n"


def html_of(compilation):
    assert compilation.course, compilation.diagnostics
    return "".join(
        part.html for part in compilation.course.modules[0].units[0].parts if isinstance(part, HtmlPart)
    )


def test_a_video_waits_to_be_asked_and_carries_its_transcript(compiled):
    compilation = compiled({LESSON: HEAD + BODY} | FILES)
    html = html_of(compilation)
    assert 'preload="none"' in html
    assert "autoplay" not in html
    assert '<source src="/courses/assets/' in html
    assert 'type="video/mp4"' in html
    assert '<track kind="captions"' in html
    assert 'srclang="es"' in html
    assert 'poster="/courses/assets/' in html
    assert "Una <em>escucha</em>" in html
    assert "(Video, 3,2 MB)" in html
    assert "<summary>Transcripción</summary>" in html
    assert "Una persona dice buenos días." in html
    assert {asset.media_type for asset in compilation.course.assets} == {"video/mp4", "text/vtt", "image/png"}


def test_a_recording_says_its_weight(compiled):
    html = html_of(compiled({LESSON: HEAD + "::: audio ../medios/voz.mp3 Voz\nHola.\n:::\n"} | FILES))
    assert "<audio" in html
    assert "(Audio, 1 KB)" in html


def test_a_download_says_what_it_is(compiled):
    text = "::: descarga ../medios/ficha.pdf Ficha de bolsillo\nPara imprimir.\n:::\n"
    html = html_of(compiled({LESSON: HEAD + text} | FILES))
    assert "Descargar: Ficha de bolsillo (PDF, 312 KB)</a>" in html
    assert "Para imprimir." in html


def test_media_do_not_weigh_on_the_page_and_are_used(compiled):
    codes = {each.code for each in compiled({LESSON: HEAD + BODY} | FILES).diagnostics if each.path == LESSON}
    assert codes == set()
    unused = [each.path for each in compiled({LESSON: HEAD + BODY} | FILES).diagnostics]
    assert unused == ["medios/ficha.pdf", "medios/voz.mp3"]


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (f"{VIDEO}\n:::\n", "R365", "transcripción"),
        ("::: video ../medios/clip.mp4\nHola.\n:::\n", "R205", "título"),
        ("::: video\nHola.\n:::\n", "R205", "archivo"),
        ("::: video ../medios/clap.mp4 T\nHola.\n:::\n", "R366", "¿Quiso decir «../medios/clip.mp4»?"),
        ("::: video ../medios/clip.avi T\nHola.\n:::\n", "R366", "mp4, webm"),
        ("::: video https://example.org/clip.mp4 T\nHola.\n:::\n", "R366", "archivo del curso"),
        ("::: video ../../clip.mp4 T\nHola.\n:::\n", "R366", "archivo del curso"),
        ("::: video ../medios/voz.mp3 T\nHola.\n:::\n", "R366", "mp4, webm"),
        ("::: audio ../medios/voz.mp3 T {subtitulos=../medios/clip.png}\nHola.\n:::\n", "R366", "vtt"),
        ("::: descarga ../medios/clip.mp4 T\n:::\n", "R366", "pdf"),
        ("::: norma {fuente=PALL}\nDice.\n:::\n", "R408", "¿Quiso decir «PAL»?"),
        ("::: norma {articulo=3}\nDice.\n:::\n", "R205", "fuente=CLAVE"),
        ("::: norma\n:::\n", "R207", "vacío"),
        ("::: termino canalisar\n:::\n", "R407", "¿Quiso decir «canalizar»?"),
        ("::: termino\n:::\n", "R205", "término"),
    ],
)
def test_what_is_missing_is_an_error_at_the_block(compiled, text, code, says):
    files = {LESSON: HEAD + text, "glosario.md": "## Canalizar\n\nAcompañar.\n"} | FILES
    found = [each for each in compiled(files).diagnostics if each.severity == "error"]
    assert [(each.code, each.path, each.line) for each in found] == [(code, LESSON, 8)]
    assert says in found[0].message


@pytest.mark.parametrize(
    ("name", "content", "sound"),
    [
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42", True),
        ("a.m4a", b"\x00\x00\x00\x18ftypM4A ", True),
        ("a.webm", b"\x1aE\xdf\xa3", True),
        ("a.mp3", b"\xff\xfb\x90", True),
        ("a.ogg", b"OggS", True),
        ("a.vtt", "\ufeffWEBVTT\n".encode(), True),
        ("a.pdf", b"%PDF-1.4", True),
        ("a.mp4", b"<html>", False),
        ("a.webm", b"<html>", False),
        ("a.mp3", b"<html>", False),
        ("a.ogg", b"", False),
        ("a.vtt", b"\xff\xfeW", False),
        ("a.vtt", b"<html>", False),
        ("a.pdf", b"%PDF-1.4 /OpenAction << /S /JavaScript >>", False),
        ("a.PNG", b"\x89PNG\r\n\x1a\n", True),
    ],
)
def test_the_first_bytes_must_be_what_the_name_says(name, content, sound):
    assert is_sound(content, media_type(name)) is sound


def test_each_kind_has_its_limit():
    assert media_type("a.exe") is None
    assert limit("a.mp4") > limit("a.mp3") > limit("a.png") == limit("a.unknown") == 3_000_000


def test_the_source_of_a_norm_stands_at_its_place(compiled):
    sources = (
        "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-01\n  direccion: https://example.org/?a=1&b=2\n"
    )
    text = '::: norma La definición {fuente=PAL articulo="3, inciso a"}\nDice qué es.\n:::\n'
    html = html_of(compiled({LESSON: HEAD + text, "fuentes.yaml": sources}))
    assert 'href="https://example.org/?a=1&amp;b=2"' in html
    assert "artículo 3, inciso a (consultada el 1 de noviembre de 2026)." in html
    bare = html_of(compiled({LESSON: HEAD + "::: norma {fuente=PAL}\n:::\n"}))
    assert "Fuente: Protocolo (consultada el 21 de noviembre de 2026)." in bare


def test_a_term_is_defined_where_it_is_taught(compiled):
    text = "::: termino canalizar\nNo es solo informar.\n:::\n\nDespués se puede [[canalizar]].\n"
    compilation = compiled({LESSON: HEAD + text, "glosario.md": "## Canalizar\n\nAcompañar a la persona.\n"})
    html = html_of(compilation)
    assert compilation.diagnostics == ()
    assert "</strong>: Acompañar a la persona." in html
    assert html.count('id="t-canalizar"') == 1
    assert [term.slug for term in compilation.course.modules[0].units[0].terms] == ["canalizar"]


@pytest.mark.parametrize(
    "html",
    [
        '<video autoplay src="https://example.org/x.mp4" onplay="x()"></video>',
        '<audio preload="auto" loop></audio>',
        '<video><source src="x" type="text/html"><track kind="metadata" src="x" onload="x()"></video>',
    ],
)
def test_the_last_door_lets_no_media_act(html):
    cleaned = clean(html)
    for word in ("autoplay", "onplay", "onload", "loop", "auto", "text/html", "metadata", "example.org"):
        assert word not in cleaned


@pytest.fixture
def served(unit):
    """Return the addresses of the files of a released lesson by media type."""
    files = {
        "curso.yaml": (
            "titulo: C\nresumen: R.\nhoras: 1\nmodulos:\n  - carpeta: 01-marco\n    titulo: M\n    horas: 1\n"
        ),
        "fuentes.yaml": "PAL:\n  titulo: P\n  consultado: 2026-11-21\n",
        LESSON: HEAD + BODY + "\n::: descarga ../medios/ficha.pdf Ficha\n:::\n",
    }
    tree = SourceTree(
        files={
            path: SourceFile(path=path, content=text if isinstance(text, bytes) else text.encode())
            for path, text in (files | FILES).items()
            if path != "medios/voz.mp3"
        }
    )
    with unit():
        service.release_tree(tree, "curso-de-medios", actor=SYSTEM, now=now())
    return {
        media_type(path): f"/courses/assets/{file.sha256}/{path.rpartition('/')[2]}"
        for path, file in tree.files.items()
        if media_type(path)
    }


def test_a_player_may_ask_for_a_range(app, served):
    answer = app.test_client().get(served["video/mp4"], headers={"Range": "bytes=4-11"})
    assert answer.status_code == 206
    assert answer.data == b"ftypmp42"
    assert answer.headers["Content-Range"] == f"bytes 4-11/{len(MP4)}"
    assert answer.mimetype == "video/mp4"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_whole_file_says_that_ranges_may_be_asked_for(app, served):
    answer = app.test_client().get(served["text/vtt"])
    assert (answer.status_code, answer.mimetype) == (200, "text/vtt")
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Content-Disposition" not in answer.headers


def test_a_document_is_kept_not_shown(app, served):
    answer = app.test_client().get(served["application/pdf"])
    assert answer.headers["Content-Disposition"] == "attachment; filename=ficha.pdf"


def test_pages_may_play_their_own_media_only(client):
    assert "media-src 'self'" in client.get("/").response.headers["Content-Security-Policy"]
