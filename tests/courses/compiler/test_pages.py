"""What readers see of a lesson."""

import re

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_course
from lms.courses.compiler.course import HtmlPart, QuestionPart, SectorPart
from lms.plugins.blocks import Block, BlockContext, MarkdownBlock, by_name, icon

QUESTION = "::: pregunta\n¿Sí?\n(x) Sí.\n    > Así es.\n( ) No.\n    > No.\n:::\n"
GLOSSARY = {"glosario.md": "## Canalizar\nAcompañar.\nTambién: canalización\n\n## Enlace\nQuien recibe.\n"}


def html_of(lesson):
    return "".join(part.html for part in lesson.parts if isinstance(part, HtmlPart))


def test_only_the_first_use_of_a_term_is_a_link(lesson_of):
    lesson = lesson_of("## [[Canalizar]]\n\nUno [[canalización]], dos [[canalizar]].\n", GLOSSARY)

    assert html_of(lesson).count('href="#g-canalizar"') == 1
    assert '<a class="term" href="#g-canalizar" id="t-canalizar">canalización</a>' in html_of(lesson)
    assert [term.term for term in lesson.terms] == ["Canalizar"]


def test_terms_are_found_without_accents_and_capitals(lesson_of):
    assert [term.slug for term in lesson_of("[[CANALIZACION]]", GLOSSARY).terms] == ["canalizar"]


def test_terms_inside_questions_are_words(lesson_of):
    lesson = lesson_of(QUESTION.replace("¿Sí?", "¿[[Canalizar]]?"), GLOSSARY)

    assert lesson.parts[0].question.stem_html == "¿Canalizar?"
    assert lesson.terms == ()


def test_consecutive_sector_blocks_are_one_fork(lesson_of):
    lesson = lesson_of(
        "Uno.\n\n::: sector salud A\nDos.\n:::\n\n::: sector justicia,seguridad B\nTres.\n:::\n\nCuatro.\n\n"
        "::: sector salud C\nCinco.\n:::\n"
    )

    assert [type(part) for part in lesson.parts] == [HtmlPart, SectorPart, HtmlPart, SectorPart]
    assert [(b.sectors, b.title) for b in lesson.parts[1].branches] == [
        (("health",), "A"),
        (("justice", "security"), "B"),
    ]


def test_the_key_of_a_question_is_in_no_html(lesson_of):
    lesson = lesson_of(f"Uno.\n\n{QUESTION}\nDos.\n")

    assert [type(part) for part in lesson.parts] == [HtmlPart, QuestionPart, HtmlPart]
    assert "Así es" not in html_of(lesson)


def test_words_count_one_branch_of_each_fork(lesson_of):
    lesson = lesson_of(
        "Uno dos.\n\n::: sector salud\nTres cuatro cinco.\n:::\n\n::: sector justicia\nSeis.\n:::\n"
    )

    assert lesson.words == 5


def test_notes_and_references_cross_blocks(lesson_of):
    lesson = lesson_of(
        "Uno [web].\n\n::: clave\nDos.[^1]\n\n[web]: https://example.org\n:::\n\n::: info\n[^1]: La nota.\n:::\n"
    )

    assert 'href="https://example.org"' in lesson.parts[0].html
    assert "La nota." in lesson.parts[-1].html
    assert 'href="#fn:1"' in html_of(lesson)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("::: clave Uno\nDos.\n:::\n\n## Tres\n", "22"),
        ("## Uno\n\n::: clave Dos\nTres.\n\n## Cuatro\n:::\n", "234"),
        ("## Uno\n\n::: info\n## Dos\n:::\n\n## Tres\n", "232"),
    ],
)
def test_no_heading_skips_a_level(text, levels, lesson_of):
    assert "".join(re.findall(r"<h(\d)", html_of(lesson_of(text)))) == levels


def test_headings_have_distinct_ids_that_the_page_does_not_use(lesson_of):
    lesson = lesson_of("## Qué es\n\n## Qué es\n\n## Glossary\n\n## Otro {#mi-lugar}\n\n## ¿?\n")

    assert [heading.id for heading in lesson.headings] == [
        "que-es",
        "que-es-2",
        "glossary-2",
        "mi-lugar",
        "titulo",
    ]


def test_links_to_other_lessons_become_addresses_of_units(compile_with):
    head = "---\ntitulo: Otra\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
    course = compile_with({"01-marco/02-otra-mas.md": f"{head}[atrás](01-tema.md)\n"}).course

    assert course.modules[0].units[1].parts[0].html == '<p><a href="../marco/tema">atrás</a></p>'


def test_external_links_reveal_nothing(lesson_of):
    assert 'rel="noopener noreferrer"' in html_of(lesson_of("[uno](https://example.org)"))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="x">',
        "<a href='javascript:x'>x</a>",
        "x\n{: style=color:red }",
    ],
)
def test_raw_html_and_styles_are_taken_out(text, lesson_of):
    html = html_of(lesson_of(f"Uno.\n\n{text}\n"))

    assert not re.search(r"<script|<img|onerror|javascript|style", html)


@pytest.mark.parametrize(
    "text", ["1. Uno", "- Uno", "# Uno", "> Uno", "[a]: Uno", "[^1]: Uno", "+ Uno", "* Uno"]
)
def test_titles_and_options_keep_what_looks_like_markdown(text, lesson_of):
    lesson = lesson_of(f"::: clave {text}\nDos.\n:::\n\n{QUESTION.replace('No.', text, 1)}")

    assert "Uno" in lesson.parts[0].html
    assert "<li>" not in lesson.parts[0].html
    assert lesson.parts[1].question.options[1].html.replace("&gt;", ">") == text


def test_an_unclosed_code_fence_does_not_swallow_the_blocks(lesson_of):
    lesson = lesson_of("Uno.\n\n```\ncódigo\n\n::: clave\nDos.\n:::\n\nTres.\n")

    assert all(word in html_of(lesson) for word in ("código", "Dos.", "Tres."))
    assert "callout" in html_of(lesson)


def test_a_text_that_breaks_out_of_its_place_is_converted_alone(lesson_of):
    lesson = lesson_of(
        "Uno.\n\n::: clave\n: Dos\n:::\n\n::: info\nTres.\n:::\n\nCuatro.[^1]\n\n[^1]: Cinco.\n"
    )

    html = html_of(lesson)
    assert html.count('class="callout"') == 2
    assert all(word in html for word in ("Uno.", "Dos", "Tres.", "Cuatro.", "Cinco."))


def test_steps_keep_the_numbers_inside_their_sentences(lesson_of):
    lesson = lesson_of("::: pasos\n1. **Día 30. Verificar.** Llame.\n2. Lea el artículo 75. Pregunte.\n:::\n")

    html = html_of(lesson)
    assert "Día 30. Verificar." in html
    assert "artículo 75. Pregunte." in html


def test_steps_keep_what_stands_inside_and_around_them(lesson_of):
    lesson = lesson_of(
        "::: pasos Título\nAntes.\n\n1. Uno [[canalizar]].\n\n    - Dos.\n2. Tres\ncuatro.\n\nDespués.\n:::\n",
        GLOSSARY,
    )

    html = re.sub(r"\s*\n\s*", " ", html_of(lesson))
    assert html.startswith(
        '<h2 class="steps__title">Título</h2><p>Antes.</p><ol class="steps"><li><p>Uno <a class="term"'
    )
    assert html.endswith("<ul> <li>Dos.</li> </ul></li><li><p>Tres cuatro.</p></li></ol><p>Después.</p>")


def test_icons_of_the_page_are_named(lesson_of):
    assert lesson_of("::: norma\nUno.\n:::\n").icons == ("scale",)


def test_every_block_answers_to_its_english_name(write_course):
    names = {block.names[-1] for block in BUILT_IN_BLOCKS}

    assert names == {
        *(
            "key",
            "caution",
            "law",
            "local",
            "info",
            "success",
            "say",
            "steps",
            "reveal",
            "case",
            "sector",
            "place",
            "video",
            "audio",
            "download",
            "term",
            "question",
            "scene",
            "ending",
            "closing",
            "contact",
            "route",
            "simulation",
        )
    }


def test_an_english_course_has_english_labels(compile_with):
    yaml = "title: C\nsummary: S.\nlanguage: en\nhours: 1\nmodules:\n  - folder: 01-marco\n    title: M\n    hours: 1\n"
    head = "---\ntitle: One\nminutes: 1\nobjective: Read.\nreviewed: 2026-11-21\nsources: [PAL]\n---\n"
    body = "::: say\n- One.\n+ Two.\n:::\n\n::: case Three\nFour.\n:::\n"
    course = compile_with({"curso.yaml": yaml, "01-marco/01-tema.md": head + body}).course
    html = course.modules[0].units[0].parts[0].html

    assert all(label in html for label in ("Say", "Avoid", "Fictional case for training purposes"))


class Broken(MarkdownBlock):
    """A guest that fails."""

    names = ("roto",)

    def html(self, block: Block, context: BlockContext) -> str:
        raise RuntimeError(block.name)


class Loud(MarkdownBlock):
    """A guest that writes what it must not."""

    names = ("fuerte",)

    def html(self, block: Block, context: BlockContext) -> str:
        body = context.render(block.body)
        return f'<div onclick="x" style="y" class="loud">{icon("check")}{body}<script>z</script></div>'


class Careless(Loud):
    """A guest whose check fails."""

    names = ("descuidado",)

    def check(self, block: Block, context: BlockContext):
        raise KeyError(block.name)


def with_guest(write_course, guest, text):
    head = "---\ntitulo: Una\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
    folder = write_course({"01-marco/01-tema.md": head + text})
    return compile_course(folder, by_name((*BUILT_IN_BLOCKS, guest)))


def test_the_text_of_a_block_that_fails_is_shown_plainly(write_course):
    compilation = with_guest(write_course, Broken(), "::: roto\nUno **dos**.\n:::\n")

    html = compilation.course.modules[0].units[0].parts[0].html
    assert 'class="callout" data-kind="info"' in html
    assert "<p>Uno <strong>dos</strong>.</p>" in html


def test_a_guest_passes_the_same_door(write_course):
    compilation = with_guest(write_course, Loud(), "::: fuerte\nUno.\n:::\n")

    assert compilation.course.modules[0].units[0].parts[0].html == (
        '<div class="loud"><svg class="icon" aria-hidden="true"><use href="#i-check"></use></svg><p>Uno.</p></div>'
    )


def test_a_check_that_fails_is_a_diagnostic(write_course):
    compilation = with_guest(write_course, Careless(), "::: descuidado\nUno.\n:::\n")

    assert [(found.code, found.line) for found in compilation.diagnostics] == [("R217", 8)]


def test_two_blocks_cannot_share_a_name():
    with pytest.raises(ValueError, match="'roto'"):
        by_name((Broken(), Broken()))


def test_an_icon_is_only_a_name():
    with pytest.raises(ValueError, match="icon"):
        icon('x"><script>')


def test_tables_of_one_page_have_different_names_and_empty_corners_head_nothing(lesson_of):
    html = html_of(
        lesson_of("| | Uno |\n| --- | --- |\n| a | b |\n\nOtra:\n\n| | Uno |\n| --- | --- |\n| c | d |\n")
    )
    assert 'aria-label="Tabla: Uno"' in html
    assert 'aria-label="Tabla: Uno (2)"' in html
    assert "<th></th>" not in html
