"""A lesson with the law of a place, another language, a recording and a document, in a real browser."""

from types import SimpleNamespace

import pytest

from lms.accounts.queries import get_person
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.courses import service
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.institutions.programmes.queries import get_programme
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.learning import make_cohort, make_enrolment

LESSON = """\
---
titulo: El consentimiento
minutos: 1
objetivo: Decidir con la norma de su lugar.
revisado: 2026-11-21
fuentes: [PAL]
---
## Lo común

Lo leen todas las personas.

::: lugar general {id=ley}
No se toma en cuenta si hubo un medio.
:::

::: lugar mx-roo En Quintana Roo
Pregunte por el protocolo del estado.
:::

::: lugar ec
Pida el texto vigente.
:::

## Para oír y llevar

::: audio ../medios/saludo.mp3 El saludo
«Buenos días. Aquí puede hablar con calma».
:::

::: descarga ../medios/ficha.pdf La ficha
:::

::: norma El Protocolo {fuente=PAL articulo=3}
Nombra tres elementos.
:::
"""
FILES = {
    "curso.yaml": (
        "titulo: Curso de lugares\nresumen: De prueba.\nhoras: 1\nmodulos:\n"
        "  - carpeta: 01-marco\n    titulo: Marco\n    horas: 1\n"
    ),
    "fuentes.yaml": "PAL:\n  titulo: Protocolo de Palermo\n  consultado: 2026-11-01\n",
    "01-marco/01-tema.md": LESSON,
    "medios/saludo.mp3": "ID3" + "x" * 300_000,
    "medios/ficha.pdf": "%PDF-1.7\n",
    "idiomas/pt/01-marco/01-tema.md": (
        "---\ntitulo: O consentimento\n---\n## O comum\n\nTodos leem.\n\n::: place general {id=ley}\nGeral.\n:::\n\n"
        "## Ouvir e levar\n\n::: audio ../medios/saludo.mp3 A saudação\n«Bom dia».\n:::\n\n"
        "::: download ../medios/ficha.pdf A ficha\n:::\n\n::: law O Protocolo {fuente=PAL}\nTrês elementos.\n:::\n"
    ),
}


@pytest.fixture
def case(unit):
    with unit():
        files = {path: SourceFile(path=path, content=text.encode()) for path, text in FILES.items()}
        release = service.release_tree(SourceTree(files=files), "lugares", actor=SYSTEM, now=now())
        cohort = make_cohort(release=release)
        programme = get_programme(cohort.programme_id)
        programme.country, programme.territory = "MX", "Quintana Roo"
        enrolment = make_enrolment(cohort)
        return SimpleNamespace(
            learner=get_person(enrolment.person_id),
            trainer=make_administrator(),
            lesson=f"/learning/{enrolment.id}/marco/tema",
            preview=f"/courses/releases/{release.id}/preview/marco/tema",
        )


@pytest.fixture
def enter(visit, client_for, live_server):
    """Return ``enter(person, width)``: a visitor who is signed in."""

    def entered(person, width):
        visitor = visit(width=width)
        cookie = client_for(person).raw.get_cookie("ruta").value
        visitor.page.context.add_cookies([{"name": "ruta", "value": cookie, "url": live_server.url}])
        return visitor

    return entered


@pytest.mark.parametrize("width", [390, 1280])
def test_a_trainee_reads_the_law_of_their_place_and_opens_the_others(enter, case, width):
    visitor = enter(case.learner, width)
    asked = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.open(case.lesson)
    assert visitor.says("Pregunte por el protocolo del estado.")
    assert not visitor.says("Pida el texto vigente.")
    visitor.page.get_by_text("Ver otros lugares").click()
    assert visitor.says("Pida el texto vigente.")
    visitor.page.get_by_text("Transcripción").click()
    assert visitor.says("Aquí puede hablar con calma")
    visitor.review()
    assert not [url for url in asked if url.endswith((".mp3", ".pdf"))], "nothing is fetched unasked"
    visitor.press("Português")
    assert visitor.title == "O consentimento"
    assert visitor.page.locator("h1").get_attribute("lang") == "pt"
    visitor.check()


def test_a_trainer_reads_as_another_place_does(enter, case):
    visitor = enter(case.trainer, 1280)
    visitor.open(case.preview)
    assert visitor.says("No se toma en cuenta si hubo un medio.")
    visitor.page.get_by_label("Leer como en").select_option("EC")
    visitor.press("Ver")
    assert visitor.says("Pida el texto vigente.")
    visitor.check()
