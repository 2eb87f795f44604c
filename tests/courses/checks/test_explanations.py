"""Every code has a page, and both of its examples are true."""

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.checks.kept import check_kept_names, names_of
from lms.courses.compiler.codes import Code
from lms.courses.compiler.compile import compile_course
from lms.courses.compiler.explanations.table import EXPLANATIONS, as_markdown, as_text, find_explanation
from lms.plugins.blocks import by_name

# Only a disk, a plugin that fails, other releases or the directory can show these; they are tested where those are.
SCENES = {
    *(Code.UNREADABLE, Code.LINK_IN_TREE, Code.NOT_CONVERTED, Code.INCLUDED_LINK, Code.UNKNOWN_CONTACT),
    Code.CONTACT_HELD,
    *(Code.NO_TRANSCRIPT, Code.BAD_MEDIA),
}
SHOWN = [page for page in EXPLANATIONS.values() if page.code not in SCENES]


@pytest.fixture
def codes_of(tmp_path, compiled, tree_of):
    def codes(example):
        folder = tmp_path / "curso"
        for path, source in tree_of(example.files).files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(source.content)
        compilation = compile_course(folder, by_name(BUILT_IN_BLOCKS), today=example.today)
        found = list(compilation.diagnostics)
        if example.before:
            found += check_kept_names(names_of(compiled(example.before).course), names_of(compilation.course))
        return {each.code for each in found}

    return codes


def test_every_code_has_a_page():
    assert [code.name for code in Code if code not in EXPLANATIONS] == []
    assert all(page.code is code for code, page in EXPLANATIONS.items())


def test_only_scenes_have_no_files():
    assert {page.code for page in EXPLANATIONS.values() if not page.bad.files} == SCENES


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.code.name)
def test_the_bad_example_gives_the_code(page, codes_of):
    assert page.code.value in codes_of(page.bad)


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.code.name)
def test_the_good_example_gives_nothing(page, codes_of):
    assert codes_of(page.good) == set()


@pytest.mark.parametrize("page", EXPLANATIONS.values(), ids=lambda page: page.code.name)
def test_a_page_says_why_and_how_in_whole_sentences(page):
    for sentence in (page.why, page.cure):
        assert sentence.endswith(".")
    assert not page.title.endswith(".")
    assert page.bad.shown.strip()
    assert page.good.shown.strip()


def test_a_page_is_found_whatever_its_capitals():
    text = as_text(find_explanation(" r502 "))

    assert text.startswith("R502  Una palabra que conviene evitar\n")
    assert "    Es un caso de trata de blancas.\n" in text


def test_an_unknown_code_gets_a_proposal():
    with pytest.raises(LookupError, match=r"«R5022» no existe. ¿Quiso decir «R502»\?"):
        find_explanation("R5022")


def test_a_long_example_is_cut():
    text = as_markdown(find_explanation("R103"))

    assert len(text) < 2000
    assert "### R103\n" in text
