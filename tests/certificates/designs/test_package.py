import io
import stat
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lms.certificates.designs.folder import DesignRefused, digest_of
from lms.certificates.designs.package import MOST_FILES, unpack_design
from lms.certificates.designs.preview import draw_preview

DESIGNS = Path(__file__).parents[3] / "certificates"


def files_of(name):
    folder = DESIGNS / name
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def packed(files):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return output.getvalue()


def problems_of(content, tmp_path, name="nuevo"):
    with pytest.raises(DesignRefused) as refused:
        unpack_design(content, name=name, into=tmp_path)
    assert not (tmp_path / name).exists()
    return " ".join(refused.value.problems)


@pytest.mark.parametrize("above", ["", "Diseño de la Comisión (2)/"])
def test_a_packed_design_is_the_design(tmp_path, above):
    files = {above + path: content for path, content in files_of("vertical").items()}

    design = unpack_design(
        packed(files | {"__MACOSX/._x": b"", f"{above}.DS_Store": b""}), name="nuevo", into=tmp_path
    )

    assert design.digest == digest_of(DESIGNS / "vertical")
    assert draw_preview(design, "kichwa", made_at=datetime(2026, 1, 1, tzinfo=UTC)).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "name",
    ["../fuera.txt", "/etc/x.txt", "a/../../b.txt", "C:\\x.txt", "a\\b.txt", ".htaccess", "x/ñ.txt", "a/b/c/d/e.txt",
     "macro.svg", "x.py", "x.zip", "fonts/RUTA-sans-400.ttf"],
)  # fmt: skip
def test_a_file_that_leads_out_or_does_not_belong_is_named(tmp_path, name):
    problems = problems_of(packed(files_of("vertical") | {name: b"x"}), tmp_path)

    assert name in problems or name.replace("\\", "/") in problems


def test_links_and_locked_files_are_refused(tmp_path):
    link = zipfile.ZipInfo("enlace.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert "enlace.txt" in problems_of(packed({link: b"/etc/passwd"}), tmp_path)


def test_a_bomb_is_stopped_by_what_comes_out_of_it(tmp_path):
    # Four megabytes that pack into four kilobytes; the sizes in the directory are made to lie.
    content = packed(files_of("vertical") | {"theme.css": b" " * 4_000_000, "logo.png": b"\0" * 4_900_000})
    lying = content.replace((4_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert "theme.css» pesa demasiado" in problems_of(content, tmp_path)
    assert problems_of(lying, tmp_path)


def test_too_many_files_a_broken_zip_and_a_wrong_name_are_refused(tmp_path):
    many = packed({f"n{number}.txt": b"" for number in range(MOST_FILES + 1)})

    assert "más de 60" in problems_of(many, tmp_path)
    assert "no se puede leer" in problems_of(b"PK\x03\x04 nothing", tmp_path)
    with pytest.raises(DesignRefused):
        unpack_design(packed(files_of("vertical")), name="../x", into=tmp_path)


def test_what_is_inside_is_checked_as_any_design(tmp_path):
    files = files_of("vertical")
    files["logo.png"] = b"\x89PNG\r\n\x1a\n not a picture"
    files["fonts/ruta-sans-400.ttf"] = files["fonts/ruta-sans-400.ttf"][:3000]

    problems = problems_of(packed(files), tmp_path)

    assert "logo.png" in problems
    assert "ruta-sans-400.ttf" in problems
