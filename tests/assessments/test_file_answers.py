"""A file as an answer: checked by what it is, kept until handing in, and served to nobody else."""

import io
import zipfile
from types import SimpleNamespace

import pytest

from lms.assessments.attempts.models import AnswerFile
from lms.assessments.attempts.privacy import ATTEMPTS
from lms.assessments.exchange.asked import Losses
from lms.assessments.exchange.compiled import asked_of
from lms.assessments.question_types.file import FileAnswer
from lms.core.actors import Role, ScopeKind
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.file_formats import format_of, safe_name
from lms.courses.compiler.course import Question
from lms.testing.contracts.questions import QuestionTypeContract
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.assessments import quizzes_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.files import JPG, PDF, PNG
from lms.testing.factories.learning import make_cohort, make_enrolment

QUIZ = """\
---
tipo: cuestionario
titulo: Mapa de la ruta
minutos: 5
intentos: 2
---

::: pregunta {id=mapa tipo=archivo formatos="pdf png docx" limite=1}
Dibuje la ruta de su lugar.
:::

::: pregunta {id=mapa-dos}
¿Cuándo llama?

(x) Con su acuerdo.
    > La decisión es suya.
( ) Sin preguntar.
    > Se pregunta antes.
:::
"""


CONFIG = {
    "id": "p1",
    "stem_html": "Entregue su mapa.",
    "options": [],
    "explanation_html": "<p>Primero se escucha.</p>",
    "partial": False,
    "details": {"rubric": None, "formats": ["pdf"], "megabytes": 3},
}


class TestFileAnswer(QuestionTypeContract):
    question_type = FileAnswer()
    config = CONFIG
    right = ("0192e4a0-0000-7000-8000-000000000001",)
    answers = (["../../etc/passwd"], ["0192e4a0-0000-7000-8000-000000000002"])


def packed(*names, first=b""):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, first if name == "mimetype" else b"x")
    return content.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (JPG, "jpg"),
        (packed(*WORD), "docx"),
        (packed("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.text"), "odt"),
        (packed(*WORD, "word/vbaProject.bin"), None),
        (packed("mimetype", "content.xml", first=b"application/epub+zip"), None),
        (packed("a.txt"), None),
        (PDF[:-6], None),
        (b"<html><script>alert(1)</script>%PDF-1.7 %%EOF", None),
        (b"PK\x03\x04 no more", None),
        (b"", None),
    ],
)
def test_a_format_is_what_the_bytes_say(content, kind):
    assert format_of(content) == kind


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Mapa de mi ruta.PDF", "Mapa de mi ruta.pdf"),
        (r"C:\casos\..\mapa.docx", "mapa.pdf"),
        ("../../mapa.pdf.exe", "mapa.pdf.exe.pdf"),
        ("ruta\u202efdp.exe\r\nX: 1", "rutafdp.exeX 1.pdf"),
        ("", "pdf.pdf"),
        ("x" * 300, "x" * 80 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_do_harm(sent, kept):
    assert safe_name(sent, "pdf") == kept


@pytest.fixture
def study(unit, client_for):
    """Somebody at a question that a file answers."""
    with unit():
        person, other = make_person(), make_person()
        release = make_release(files={"02-ruta/comprobacion.md": QUIZ})
        cohort = make_cohort(release=release)
        enrolment = make_enrolment(person=person, cohort=cohort)
        make_enrolment(person=other, cohort=cohort)
        quiz = quizzes_of(enrolment)[-1]
    browser = client_for(person)
    started = browser.post(f"/assessments/enrolments/{enrolment.id}/quizzes/{quiz.id}/attempts").location
    base = started.partition("/questions")[0]
    return SimpleNamespace(
        person=person, other=other, cohort=cohort, release=release, browser=browser, base=base,
        page=f"{base}/questions/1",
        address=f"{base}/questions/1/file",
    )  # fmt: skip


def hand_over(study, content, name="mapa.pdf", go="stay", status=303):
    return study.browser.post(study.address, {"file": (io.BytesIO(content), name), "go": go}, status=status)


def kept_bytes():
    return sorted(current_storage().files.values())


def test_a_file_is_kept_shown_replaced_and_taken_back(study, unit, run_jobs):
    asked = study.browser.get(study.page)
    assert (
        asked.select("form[enctype='multipart/form-data'] input[type=file]")[0]["accept"] == ".pdf,.docx,.png"
    )
    assert "datos personales de víctimas" in asked.text
    assert "hasta 1 MB" in asked.text
    page = study.browser.follow(hand_over(study, PDF))
    assert "mapa.pdf" in page.text
    assert "Guardado" in page.select("#saved")[0].get_text()
    with unit():
        before = kept_bytes()
    got = study.browser.get(study.address)
    assert got.response.data == PDF
    assert got.response.headers["Content-Disposition"] == "attachment; filename=mapa.pdf"
    assert got.response.headers["X-Content-Type-Options"] == "nosniff"
    hand_over(study, PNG, "foto.jpeg", go="next")
    got = study.browser.get(study.address)
    assert (got.response.data, got.response.mimetype) == (PNG, "image/png")
    run_jobs()
    with unit():
        assert len(kept_bytes()) == len(before)
    study.browser.post(study.address, {"go": "remove"})
    study.browser.get(study.address, status=404)
    run_jobs()
    with unit():
        assert len(kept_bytes()) == len(before) - 1


def test_nothing_else_that_a_form_sends_touches_the_file(study, unit):
    hand_over(study, PDF)
    study.browser.post(study.address, {"go": "next"})
    study.browser.post(study.page, {"answer": "", "go": "next"})
    study.browser.post(f"{study.page}/answer", {"answer": str(study.person.id)}, status=200)
    assert study.browser.get(study.address).response.data == PDF
    sheet = study.browser.raw.get(f"{study.base}/sheet").get_data(as_text=True)
    assert 'type="file"' not in sheet
    assert 'data-number="2"' in sheet


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<html><script>alert(1)</script></html>", "mapa.pdf", "contenido"),
        (JPG, "mapa.pdf", "contenido"),
        (PDF + b" " * 1_000_000, "mapa.pdf", "pesa más"),
        (b"", "mapa.pdf", "vacío"),
    ],
)
def test_what_is_not_asked_for_is_refused_beside_the_field_and_what_was_kept_stays(
    study, content, name, said
):
    hand_over(study, PDF)
    assert said in hand_over(study, content, name, status=422).errors()
    assert study.browser.get(study.address).response.data == PDF


def test_it_is_graded_by_hand_and_nobody_else_gets_it(study, unit, client_for):
    hand_over(study, PDF, "de la persona.pdf")
    client_for(study.other).get(study.address, status=404)
    study.browser.post(f"{study.base}/questions/2", {"answer": "a", "go": "review"})
    result = study.browser.follow(study.browser.post(f"{study.base}/submit"))
    assert result.title.startswith("En revisión")
    assert "de la persona.pdf" in result.text
    hand_over(study, PNG, status=409)
    study.browser.post(study.address, {"go": "remove"}, status=409)
    with unit():
        trainer, stranger = make_person(), make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, study.cohort.id)
        give_role(stranger, Role.TRAINER, ScopeKind.COHORT, make_cohort(release=study.release).id)
    grader = client_for(trainer)
    paper = grader.get(grader.get("/grading/").select("tbody a")[0]["href"])
    link = paper.select("a[download]")[0]["href"]
    assert "de la persona.pdf" not in paper.text  # a name of a file may say whose it is
    got = grader.get(link)
    assert got.response.data == PDF
    assert got.response.headers["Content-Disposition"] == "attachment; filename=mapa.pdf"  # as the question
    client_for(study.other).get(link, status=403)
    client_for(stranger).get(link, status=404)
    grader.post(link.removesuffix("/file"), {"share": "80", "comment": "Claro."})
    assert "Claro." in study.browser.get(f"{study.base}/result").text


def test_a_file_goes_with_the_persons_data(study, unit):
    hand_over(study, PDF)
    with unit():
        (row,) = ATTEMPTS.export(study.person.id)
        assert [each["name"] for each in row["files"]] == ["mapa.pdf"]
        digest = db.session.query(AnswerFile).one().digest
        assert current_storage().get(digest).endswith(PDF)
        ATTEMPTS.erase(study.person.id)
        assert db.session.query(AnswerFile).count() == 0
        with pytest.raises(KeyError):
            current_storage().get(digest)


def test_no_other_format_can_hold_it_and_that_is_said():
    question = Question(
        id="mapa", type="file", stem_html="Entregue.", options=(), explanation_html="", source="", partial=False,
        level="", sector="", country="", details=CONFIG["details"],
    )  # fmt: skip
    losses = Losses()
    assert asked_of(question, losses) is None
    assert [(each.what, "archivo" in str(each.why)) for each in losses.found] == [("mapa", True)]
