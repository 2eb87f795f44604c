"""The command that writes pages in one form."""

import pytest
from click.testing import CliRunner

from lms.courses.rewriting import format_course

UNTIDY = "---\ntitulo:  Una\n---\nUno.   \n##  Dos\n"
TIDY = "---\ntitulo: Una\n---\n\nUno.\n\n## Dos\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "01-marco").mkdir()
    (tmp_path / "01-marco" / "01-una.md").write_text(UNTIDY, encoding="utf-8")
    (tmp_path / "01-marco" / "02-otra.md").write_text(TIDY, encoding="utf-8")
    (tmp_path / "nota.txt").write_text("  nada  ", encoding="utf-8")
    return tmp_path


def run(*words):
    return CliRunner().invoke(format_course, [str(word) for word in words])


def test_pages_are_written_in_one_form_and_the_rest_is_left_alone(folder):
    answer = run(folder)

    assert answer.exit_code == 0
    assert (folder / "01-marco" / "01-una.md").read_text(encoding="utf-8") == TIDY
    assert (folder / "nota.txt").read_text(encoding="utf-8") == "  nada  "
    assert "01-una.md: escrita de nuevo" in answer.output
    assert "2 páginas, 1 escritas de nuevo." in answer.output
    assert "2 páginas, 0 escritas de nuevo." in run(folder).output


def test_a_check_writes_nothing(folder):
    answer = run(folder, "--check")

    assert answer.exit_code == 1
    assert (folder / "01-marco" / "01-una.md").read_text(encoding="utf-8") == UNTIDY
    assert "01-una.md: cambiaría" in answer.output
    assert run(folder / "01-marco" / "02-otra.md", "--check").exit_code == 0


def test_one_page_can_be_written(folder):
    assert run(folder / "01-marco" / "01-una.md").exit_code == 0
    assert (folder / "01-marco" / "01-una.md").read_text(encoding="utf-8") == TIDY


def test_what_is_no_text_is_left_and_told(folder):
    page = folder / "01-marco" / "03-mala.md"
    page.write_bytes(b"---\n\xf1\n")

    answer = run(folder)

    assert answer.exit_code == 0
    assert page.read_bytes() == b"---\n\xf1\n"
    assert "03-mala.md: no está en UTF-8" in answer.output


def test_a_path_that_does_not_exist_is_refused(tmp_path):
    assert run(tmp_path / "nada").exit_code == 2
