"""``lms certificate``: a design is tried before anything is issued with it."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from lms.certificates.issuing.cli import certificate

RUTA = Path(__file__).parents[3] / "certificates" / "ruta"


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(certificate, [str(each) for each in arguments])


def test_a_good_design_is_said_to_be_good(run):
    result = run("check-design", RUTA)
    assert result.exit_code == 0
    assert "sirve para emitir" in result.output


def test_each_fault_of_a_design_is_named(run, tmp_path):
    folder = Path(shutil.copytree(RUTA, tmp_path / "copia"))
    (folder / "theme.css").unlink()
    (folder / "notas.exe").write_bytes(b"MZ")
    result = run("check-design", folder)
    assert result.exit_code == 1
    assert "theme.css" in result.output
    assert "notas.exe" in result.output


def test_a_folder_that_is_not_there_is_a_mistake_of_use(run, tmp_path):
    assert run("check-design", tmp_path / "nada").exit_code == 2


def test_a_preview_is_written(run, tmp_path):
    out = tmp_path / "muestra.pdf"
    result = run("preview", RUTA, "--out", out)
    assert result.exit_code == 0
    assert out.read_bytes().startswith(b"%PDF-")


def test_a_preview_that_cannot_be_written_says_why(run, tmp_path):
    result = run("preview", RUTA, "--out", tmp_path / "nada" / "muestra.pdf")
    assert result.exit_code == 1
    assert "No se puede escribir" in result.output
