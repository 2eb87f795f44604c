"""Archives from strangers: courses come in byte for byte, traps are refused with a reason and leave nothing behind."""

import io
import os
import stat
import subprocess
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring.exchange.archives import read_archive
from lms.authoring.exchange.errors import ArchiveRefused, GitMissing
from lms.authoring.exchange.paths import checked_path
from lms.authoring.exchange.zips import read_zip, write_zip

COURSE = {
    "curso.yaml": "titulo: Señales\r\n".encode(),
    "01-marco/01-definición.md": "---\ntitulo: «Qué es»\n---\n".encode(),
    "imagenes/sala.svg": b"<svg/>",
}


def zipped(*entries):
    """Return a zip of (name, content) or (ZipInfo, content) pairs, as hostile as asked."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def with_mode(name, mode):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    return entry


def test_a_course_comes_back_byte_for_byte():
    packed = write_zip("mi-curso", COURSE)
    assert read_archive(packed) == ("mi-curso", COURSE)
    assert write_zip("mi-curso", read_archive(packed)[1]) == packed


def test_a_course_without_a_folder_around_it_comes_in_too():
    assert read_zip(write_zip("", COURSE)) == ("", COURSE)


def test_what_systems_add_on_their_own_is_left_out():
    packed = zipped(
        ("c/curso.yaml", b"titulo: a"),
        ("__MACOSX/c/._curso.yaml", b"x"),
        ("c/.DS_Store", b"x"),
        ("c/.git/config", b"x"),
        ("c/imagenes/Thumbs.db", b"x"),
    )
    assert read_zip(packed) == ("c", {"curso.yaml": b"titulo: a"})


@pytest.mark.parametrize(
    "name",
    [
        "../curso.yaml", "c/../../etc/passwd", "/etc/passwd", "C:/Windows/x", "c\\..\\x", "c/con", "c/aux.md",
        "c/nul.yaml", "c/fin.", "c/espacio ", "c//doble", "c/a\u202ecod.md", "c/a\x07.md", "c/" + "a" * 200,
        "/".join("abcdefghijk"), "c/lpt1.txt", "c/que?.md", "c/a|b.md",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_or_cannot_exist_is_refused(name):
    with pytest.raises(ArchiveRefused):
        checked_path(name)


@given(st.text(max_size=60))
def test_whatever_the_name_a_path_stays_inside(name):
    try:
        path = checked_path(name)
    except ArchiveRefused:
        return
    if path is not None:
        assert ".." not in path.split("/")
        assert os.path.normpath(f"/course/{path}").startswith("/course/")


def test_a_link_is_refused():
    packed = zipped(("c/curso.yaml", b"a"), (with_mode("c/x", stat.S_IFLNK | 0o777), b"/etc/passwd"))
    with pytest.raises(ArchiveRefused, match="enlace"):
        read_zip(packed)


def test_two_names_that_differ_in_capitals_are_refused():
    with pytest.raises(ArchiveRefused, match="mismo archivo"):
        read_zip(zipped(("c/curso.yaml", b"a"), ("c/Lee.md", b"a"), ("c/lee.md", b"b")))


def test_a_bomb_is_refused():
    packed = zipped(("c/curso.yaml", b"a"), ("c/01/x.md", b"0" * 20_000_000))
    with pytest.raises(ArchiveRefused, match="ocupa demasiado"):
        read_zip(packed)


def test_a_bomb_that_lies_about_its_size_is_refused():
    packed = bytearray(zipped(("c/curso.yaml", b"a"), ("c/x.md", os.urandom(100) * 50_000)))
    true_size = (5_000_000).to_bytes(4, "little")
    assert packed.count(true_size) == 2
    with pytest.raises(ArchiveRefused):
        read_zip(bytes(packed.replace(true_size, (10).to_bytes(4, "little"))))


def test_a_hundred_thousand_files_are_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(100_000):
            archive.writestr(zipfile.ZipInfo(f"c/{number}"), b"")
    with pytest.raises(ArchiveRefused, match="más de 3000"):
        read_zip(buffer.getvalue())


def test_a_name_in_another_encoding_is_refused_and_one_in_unmarked_utf8_is_read():
    packed = zipped(("c/curso.yaml", b"a"), ("c/QQQQ.md", b"a"))
    latin = packed.replace(b"QQQQ", "añoá".encode("latin-1"))
    with pytest.raises(ArchiveRefused, match="UTF-8"):
        read_zip(latin)
    assert "añó.md" not in read_zip(packed)[1]
    assert "añ1.md" in read_zip(packed.replace(b"QQQQ", "añ1".encode()))[1]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK", b"PK\x03\x04 nothing", b"# v2 git bundle\n", b"# v2 git bundle\nrubbish", b"\x1f\x8b tar",
        zipped(("otra/lee.md", b"a")), zipped(("a/curso.yaml", b"a"), ("b/curso.yaml", b"a")),
    ],
)  # fmt: skip
def test_what_is_no_course_is_refused(content):
    with pytest.raises(ArchiveRefused):
        read_archive(content)


def test_a_damaged_zip_is_refused_wherever_it_is_cut():
    packed = write_zip("c", COURSE)
    for cut in range(0, len(packed) - 1, 7):
        with pytest.raises(ArchiveRefused):
            read_archive(packed[:cut])


def test_an_encrypted_zip_is_refused():
    packed = bytearray(zipped(("curso.yaml", b"a")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(signature) + offset] |= 1
    with pytest.raises(ArchiveRefused, match="contraseña"):
        read_zip(bytes(packed))


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "source"
    for path, content in COURSE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    git(folder, "init", "--quiet")
    commit(folder)
    return folder


def git(folder, *arguments):
    who = [
        "-c",
        "user.name=Participante 014",
        "-c",
        "user.email=014@example.org",
        "-c",
        "core.autocrlf=false",
    ]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "curso")


def bundle(folder):
    git(folder, "bundle", "create", "../course.bundle", "HEAD")
    return (folder.parent / "course.bundle").read_bytes()


def test_a_git_bundle_comes_in_byte_for_byte(repository):
    assert read_archive(bundle(repository)) == ("", COURSE)


def test_a_bundle_with_a_link_is_refused_and_nothing_stays(repository, monkeypatch, tmp_path):
    (repository / "robo").symlink_to("/etc/passwd")
    commit(repository)
    content = bundle(repository)
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    with pytest.raises(ArchiveRefused, match="enlace"):
        read_archive(content)
    assert list(place.iterdir()) == []


def test_a_bundle_whose_objects_are_damaged_is_refused(repository):
    content = bytearray(bundle(repository))
    content[-40] ^= 0xFF
    with pytest.raises(ArchiveRefused):
        read_archive(bytes(content))


def test_a_bundle_with_a_path_that_escapes_is_refused(repository):
    digest = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"], input=b"x", cwd=repository, check=True, capture_output=True
    ).stdout.strip()
    tree = b"100644 ..\0" + bytes.fromhex(digest.decode())
    name = subprocess.run(
        ["git", "hash-object", "-w", "-t", "tree", "--stdin", "--literally"],
        input=tree, cwd=repository, check=True, capture_output=True,
    ).stdout.decode().strip()  # fmt: skip
    made = subprocess.run(
        ["git", "-c", "user.name=P", "-c", "user.email=p@example.org", "commit-tree", name, "-m", "x"],
        cwd=repository, check=True, capture_output=True,
    ).stdout.decode().strip()  # fmt: skip
    git(repository, "update-ref", "HEAD", made)
    with pytest.raises(ArchiveRefused):
        read_archive(bundle(repository))


def test_without_git_the_cure_is_a_zip(monkeypatch):
    monkeypatch.setenv("PATH", str(Path(__file__).parent))
    with pytest.raises(GitMissing, match="zip"):
        read_archive(b"# v2 git bundle\n")
