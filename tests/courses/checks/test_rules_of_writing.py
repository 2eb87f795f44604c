"""The rules of writing where one example of each kind does not say enough."""

from datetime import date

import pytest

from lms.courses.compiler.checks.kept import Names, check_kept_names
from lms.courses.compiler.checks.readability import perspicuity, syllables_of
from lms.courses.compiler.checks.sentences import Sentence, sentences
from lms.courses.compiler.checks.weight import page_weight
from lms.courses.compiler.checks.written import read
from lms.courses.compiler.explanations.page import COURSE, HEAD, LESSON, SVG


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("sol", 1), ("casa", 2), ("ruta", 2), ("ley", 1), ("muy", 1), ("y", 1), ("que", 1), ("guía", 2)),
        *(("día", 2), ("país", 2), ("ciudad", 2), ("causa", 2), ("leer", 2), ("construir", 2), ("aéreo", 4)),
        *(
            ("pingüino", 3),
            ("averiguación", 5),
            ("responsabilidades", 7),
            ("Uruguay", 3),
            ("NNA", 1),
            ("2026", 1),
        ),
    ],
)
def test_syllables(word, count):
    assert syllables_of(word) == count


def test_perspicuity_follows_the_published_formula():
    found = [Sentence(line=1, text="La casa es mía. "), Sentence(line=1, text="Sí.")]

    assert perspicuity(found) == pytest.approx(206.835 - 62.3 * 7 / 5 - 5 / 2)
    assert perspicuity([]) == 100


def test_the_hardest_sentence_is_named(found_in):
    hard = "La interdisciplinariedad institucional contribuye significativamente a responsabilidades diferenciadas.\n"
    easy = (
        "La institucionalidad administrativa determina procedimientos organizacionales especializados. " * 16
    )

    assert ("R505", 10) in found_in(f"{easy}\n\n{hard}")


def test_readability_is_for_spanish(compiled):
    text = "The institutionalization of administrative responsibilities characterizes organizations. " * 20
    english = COURSE.replace("titulo", "title").replace("resumen", "summary").replace("horas", "hours")
    english = "language: en\n" + english.replace("modulos", "modules").replace("carpeta", "folder")

    found = compiled({LESSON: HEAD + text, "curso.yaml": english}).diagnostics
    assert "R505" not in {each.code for each in found}


def test_sentences_begin_at_their_lines():
    found = list(
        sentences([(1, "Uno dos."), (2, "Tres"), (3, "cuatro. Cinco."), (4, ""), (5, "## No"), (6, "- Seis")])
    )

    assert [(sentence.line, len(sentence.words)) for sentence in found] == [(1, 2), (2, 2), (3, 1), (6, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Su CURP es GOML900101MDFRRN09.\n",
        "DNI 45678912.\n",
        "Cédula de identidad núm. 1712345678.\n",
        "Escriba a ana.lopez@correo.mx.\n",
        "Vivía en la Av. Benito Juárez núm. 45.\n",
        "En la calle 5 de Mayo 12.\n",
        "Viajaba en un auto con placas UVW-123-A.\n",
        "Nació el 3 de mayo de 2001.\n",
        "Fecha de nacimiento: 03/05/2001.\n",
        "Carpeta de investigación FGE/2024/0123.\n",
        "Estaba en 18.5036, -88.3055.\n",
        "Estaba en 18° 30' norte.\n",
    ],
)
def test_what_leads_to_a_person_is_told(text, found_in):
    assert ("R506", 8) in found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Guarda su documento, su DNI o su cédula.\n",
        "El documento 4 tiene 12 hojas.\n",
        "Escriba a enlace@example.org.\n",
        "Salió a la calle 3 veces.\n",
        "En la calle y en la avenida hay señales.\n",
        "Calle 2 minutos y escuche.\n",
        "El 3 de mayo de 2001 se publicó la norma.\n",
        "La carpeta de investigación es del Ministerio Público.\n",
        "Una casa pasó de 12.5 a 18.3 puntos.\n",
        "La placa del consultorio dice Salud.\n",
        "Ley Nacional de 2001.\n",
    ],
)
def test_what_leads_to_nobody_is_left_alone(text, found_in):
    assert "R506" not in {code for code, _ in found_in(text)}


def test_an_invented_case_may_have_a_street_but_no_document(found_in):
    assert found_in("::: ficticio Un caso\nVive en la calle Morelos 123.\n:::\n") == []
    assert ("R506", 9) in found_in("::: ficticio Un caso\nSu DNI es 45678912.\n:::\n")


@pytest.mark.parametrize(
    "text",
    [
        "Tres de cada diez personas lo viven.\n",
        "Hubo 1 200 víctimas.\n",
        "Hubo 3 millones de víctimas.\n",
        "El 12,5 por ciento de los casos.\n",
        "Lo dice el artículo 12.\n",
        "::: norma\nNo se sanciona a la víctima.\n:::\n",
    ],
)
def test_figures_and_articles_say_where_they_come_from(text, found_in):
    assert ("R416", 8) in found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Según la OIM, tres de cada diez personas lo viven.\n",
        "Hubo 1 200 víctimas ([informe](https://example.org)).\n",
        "Asista al 80 % de las sesiones.\n",
        "Llegaron 12 personas en 2024.\n",
        "Lo dice la Ley General, artículo 12.\n",
        "La Ley General lo prohíbe.\n\n## Después\n\nLo dice el artículo 12.\n",
        "::: norma Protocolo de Palermo\nNo se sanciona a la víctima.\n:::\n",
        "::: ficticio Un caso\nEn el taller, tres de cada diez personas duermen.\n:::\n",
    ],
)
def test_what_says_where_it_comes_from_is_left_alone(text, found_in):
    assert "R416" not in {code for code, _ in found_in(text)}


@pytest.mark.parametrize(
    "text",
    [
        "## Canalizar\n\nHay que [[canalizar]].\n",
        "No diga «canalizar» antes de [[canalizar]].\n",
        "::: clave Canalizar\nHay que [[canalizar]].\n:::\n",
        "Use los canales. Hay que [[canalizar]].\n",
        "Hay que canalizar.\n",
    ],
)
def test_a_term_is_not_linked_in_titles_and_quotations(text, found_in):
    assert "R414" not in {code for code, _ in found_in(text)}


def test_a_term_inside_a_longer_one_is_not_its_use(found_in):
    glossary = "## Acogida\n\nAlojar.\n\n## Centro de acogida\n\nLugar.\n"
    text = "Busque un centro de acogida. La [[acogida]] es un acto.\n"

    assert [code for code, _ in found_in(text, {"glosario.md": glossary})] == ["R415"]


def test_a_review_date_of_its_own_wins(compiled):
    head = HEAD.replace("revisado: 2026-11-21\n", "revisado: 2026-01-10\nrevisar-antes: 2026-06-30\n")

    def codes(today):
        found = compiled({LESSON: head + "Un texto breve.\n"}, today=today).diagnostics
        return [(each.code, each.line) for each in found]

    assert codes(date(2026, 6, 30)) == []
    assert codes(date(2026, 7, 1)) == [("R417", 6)]
    assert codes(None) == []


def test_a_year_from_the_29th_of_february(compiled):
    head = HEAD.replace("2026-11-21", "2024-02-29")

    assert compiled({LESSON: head + "Un texto.\n"}, today=date(2025, 2, 28)).diagnostics == ()
    assert compiled({LESSON: head + "Un texto.\n"}, today=date(2025, 3, 1)).diagnostics != ()


def test_the_weight_of_a_page_is_its_html_and_its_pictures(compiled):
    picture = SVG.replace("><", "><path d='M0 0h9'/><")
    body = "![Uno](../imagenes/a.svg)\n\nDos.\n"
    course = compiled({LESSON: HEAD + body, "imagenes/a.svg": picture, "imagenes/b.svg": SVG}).course
    lesson = course.modules[0].units[0]

    html = sum(len(part.html.encode()) for part in lesson.parts)
    assert page_weight(lesson, course.assets) == html + len(picture)


def test_names_that_a_release_had_are_missed():
    before = Names(pages=frozenset({"marco/tema", "marco/otra"}), questions=frozenset({"uno"}))
    after = Names(pages=frozenset({"marco/tema", "marco/otras"}), questions=frozenset({"uno", "dos"}))

    found = check_kept_names(before, after)
    assert [each.code for each in found] == ["R125"]
    assert "¿Quiso decir «marco/otras»?" in found[0].message
    assert check_kept_names(after, after) == ()


def test_positions_lead_to_lines_of_the_file():
    written = read(
        "a.md", "uno `dos\n`\n```\ntrata de blancas\n```\n[x](https://example.org/1234567890)\n", 10
    )

    assert "blancas" not in written.text
    assert "1234567890" not in written.text
    assert written.line_at(written.text.index("[x]")) == 15


def test_blocks_around_a_place():
    written = read("a.md", ":::: ficticio Uno\n::: clave\nAquí.\n:::\nAllí.\n::::\nFuera.\n", 1)

    assert written.blocks_around(written.text.index("Aquí")) == ["ficticio", "clave"]
    assert written.blocks_around(written.text.index("Allí")) == ["ficticio"]
    assert written.blocks_around(written.text.index("Fuera")) == []
