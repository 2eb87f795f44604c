"""Packages for other learning systems, opened by one that keeps the rules of its standard; the site, from a disk."""

import json
import threading
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from lms.assessments.question_types.arranged import Matching, Ordering
from lms.assessments.question_types.choices import MultipleChoice
from lms.assessments.question_types.cloze import Cloze
from lms.assessments.question_types.written import Numeric, ShortText
from lms.authoring.exchange.cmi5 import export_cmi5
from lms.authoring.exchange.scorm import export_scorm
from lms.authoring.exchange.site import export_site
from lms.core.context import registry
from lms.courses.compiler.codec import question_to_json
from lms.courses.compiler.compile import compile_course
from lms.courses.compiler.course import Quiz
from lms.plugins.blocks import by_name
from lms.testing.axe import review_page
from lms.testing.factories.courses import write_course
from tests.assessments.exchange.conftest import ENVELOPE, bank

MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"

# The part of the SCORM 1.2 run-time environment that a unit may rely on, refusing what the standard refuses.
SYSTEM = """<!doctype html><title>sistema</title><iframe title="unidad" id="unit"></iframe><script>
const data = {"cmi.core.lesson_status": "not attempted"}, calls = [];
let state = "new";
const statuses = ["passed", "completed", "failed", "incomplete", "browsed"];
window.API = {
  LMSInitialize: (x) => { const ok = x === "" && state === "new"; state = "open"; return String(ok); },
  LMSGetValue: (name) => (state === "open" && name in data ? data[name] : ""),
  LMSSetValue: (name, value) => {
    const isStatus = name === "cmi.core.lesson_status", isTime = name === "cmi.core.session_time";
    const isRefused = state !== "open" || typeof value !== "string" || (isStatus && !statuses.includes(value))
      || (isTime && !/^\\d{2,4}:\\d\\d:\\d\\d(\\.\\d{1,2})?$/.test(value));
    if (isRefused) { calls.push("refused " + name); return "false"; }
    data[name] = value; return "true";
  },
  LMSCommit: () => { calls.push("commit"); return "true"; },
  LMSFinish: () => { calls.push("finish"); state = "closed"; return "true"; },
  LMSGetLastError: () => "0", LMSGetErrorString: () => "", LMSGetDiagnostic: () => "",
};
window.told = () => ({ data, calls, state });
window.reopen = () => { state = "new"; };
</script>"""


@pytest.fixture
def course(app, tmp_path):
    with app.app_context():
        found = compile_course(
            write_course(tmp_path / "curso"), by_name(registry("markdown_blocks").values())
        )
        assert found.course is not None
        yield found.course


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "paquete"


@pytest.fixture
def address(folder):
    """Serve the folder at this machine, as any learning system would."""
    folder.mkdir()
    for kept in (_LearningSystem.statements, _LearningSystem.refused, _LearningSystem.documents):
        kept.clear()
    handler = partial(_LearningSystem, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


class _LearningSystem(SimpleHTTPRequestHandler):
    """Files, and what a cmi5 unit needs: a token, its launch data, a store of statements and one of documents.

    It refuses what the reference player of the standard refuses: a statement before the learner's preferences were
    asked for, one that is not in its order, a second verdict in a session, a score without the mark of the launch. Like
    Open edX it takes statements one by one, with their id in the address and a word for their verb.
    """

    statements: ClassVar[list] = []
    refused: ClassVar[list] = []
    documents: ClassVar[dict] = {}
    session: ClassVar[list] = []
    marks: ClassVar[dict] = {"masteryScore": 0.5}

    def do_POST(self):
        type(self).session[:] = []
        self._answer({"auth-token": "dG9rZW4="})

    def do_PUT(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        address = urlsplit(self.path)
        query = parse_qs(address.query)
        if address.path.endswith("/activities/state"):
            self.documents[query["stateId"][0]] = body
        elif problem := self._problem(body, query):
            self.refused.append(problem)
            return self.send_error(401)
        else:
            self.statements.append(body)
            self.session.append(verb_of(body))
        self.send_response(204)
        self.end_headers()
        return None

    def _problem(self, said, query):
        verb, context = verb_of(said), said["context"]
        verdicts = {"passed", "failed"}
        checks = {
            "credentials": self.headers["Authorization"] == "Basic dG9rZW4=",
            "version": self.headers["X-Experience-API-Version"] == "1.0.3",
            "id": query.get("statementId") == [said["id"]],
            "display": bool(said["verb"]["display"]["en"]),
            "preferences": "preferences" in self.session,
            "first": (verb == "initialized") == ("initialized" not in self.session),
            "last": "terminated" not in self.session,
            "once": verb not in self.session and not (verb in verdicts and verdicts & set(self.session)),
            "mark": "score" not in said.get("result", {}) or context["extensions"].get(MASTERY) == 0.5,
        }
        return next((name for name, is_met in checks.items() if not is_met), None)

    def do_GET(self):
        address = urlsplit(self.path)
        if address.path.endswith("/agents/profile"):
            self.session.append("preferences")
            self._answer({"languagePreference": "es", "audioPreference": "off"})
        elif address.path.endswith("/activities/state"):
            self._document(parse_qs(address.query)["stateId"][0])
        else:
            super().do_GET()

    def _document(self, name):
        extension = {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": "s1"}
        launch = {
            "launchMode": "Normal",
            **self.marks,
            "contextTemplate": {"extensions": extension},
            "returnURL": f"http://{self.headers['Host']}/curso.html",
        }
        known = {"LMS.LaunchData": launch, **self.documents}
        if name in known:
            self._answer(known[name])
        else:
            self.send_error(404)

    def _answer(self, value):
        content = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments):
        """Say nothing."""


def verb_of(statement):
    return statement["verb"]["id"].rpartition("/")[2]


def unpack(files, folder):
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def quiz_of(course):
    found = ((m, u) for m in course.modules for u in m.units if isinstance(u, Quiz))
    module, unit = next(found)
    return f"{module.slug}/{unit.slug}.html", unit


def answer(frame, quiz):
    for question in quiz.questions:
        for option in question.options:
            if option.is_right:
                frame.locator(f"input[name='{question.id}'][value='{option.key}']").check()
    frame.get_by_role("button", name="Calificar").click()


def test_scorm_tells_the_system_what_was_read_and_what_was_scored(browser, course, folder, address):
    unpack(export_scorm(course, has_keys=True), folder)
    (folder / "sistema.html").write_text(SYSTEM, encoding="utf-8")
    module = course.modules[0]
    page = browser.new_page()
    page.goto(f"{address}/sistema.html")
    page.evaluate(
        "path => document.getElementById('unit').src = path", f"{module.slug}/{module.units[0].slug}.html"
    )
    page.frame_locator("#unit").get_by_role("button", name="Terminar esta página").click()
    page.evaluate("document.getElementById('unit').src = 'about:blank'")
    page.wait_for_function("told().state === 'closed'")
    told = page.evaluate("told()")
    assert told["data"]["cmi.core.lesson_status"] == "completed"
    assert told["data"]["cmi.core.session_time"]
    assert not [call for call in told["calls"] if call.startswith("refused")]
    path, quiz = quiz_of(course)
    page.goto(f"{address}/sistema.html")
    page.evaluate("path => document.getElementById('unit').src = path", path)
    answer(page.frame_locator("#unit"), quiz)
    page.wait_for_function("told().data['cmi.core.score.raw'] === '100'")
    assert page.evaluate("told().data['cmi.core.lesson_status']") == "passed"
    page.close()


def launched(address, path):
    query = {
        "endpoint": f"{address}/lrs/xapi",
        "fetch": f"{address}/lrs/ticket",
        "actor": json.dumps(
            {"objectType": "Agent", "account": {"homePage": "https://example.org", "name": "014"}}
        ),
        "registration": "8c5b7a1e-2b8d-4d0b-9a55-6b1f1d6b4f11",
        "activityId": "https://example.org/au/1",
    }
    return f"{address}/{path}?{urlencode(query)}"


def wait_for(page, is_met):
    for _ in range(50):
        if is_met():
            return
        page.wait_for_timeout(100)
    raise AssertionError(_LearningSystem.session, _LearningSystem.refused)


def test_cmi5_sends_the_statements_of_a_graded_unit_in_the_order_of_the_standard(
    browser, course, folder, address
):
    unpack(export_cmi5(course, has_keys=True), folder)
    (folder / "curso.html").write_text("<!doctype html><title>curso</title>", encoding="utf-8")
    path, quiz = quiz_of(course)
    page = browser.new_page()
    page.goto(launched(address, path))
    page.get_by_role("button", name="Calificar").click()
    page.get_by_text("Para intentarlo de nuevo, cierre esta página").wait_for()
    wait_for(page, lambda: "failed" in _LearningSystem.session)
    page.get_by_role("button", name="Volver a su sistema").click()
    page.wait_for_url("**/curso.html")
    assert _LearningSystem.session == ["preferences", "initialized", "failed", "terminated"]
    page.goto(launched(address, path))
    answer(page, quiz)
    wait_for(page, lambda: "passed" in _LearningSystem.session)
    page.goto("about:blank")
    wait_for(page, lambda: "terminated" in _LearningSystem.session)
    assert _LearningSystem.session == ["preferences", "initialized", "passed", "terminated"]
    assert not _LearningSystem.refused
    for said in _LearningSystem.statements:
        assert said["object"]["id"] == "https://example.org/au/1"
        assert said["context"]["registration"] == "8c5b7a1e-2b8d-4d0b-9a55-6b1f1d6b4f11"
        assert "https://w3id.org/xapi/cmi5/context/extensions/sessionid" in said["context"]["extensions"]
    assert _LearningSystem.statements[-2]["result"]["score"]["scaled"] == 1
    page.close()


def with_bank(course):
    """Return the course with a quiz whose last two questions are a bank of which each attempt draws one."""
    path, quiz = quiz_of(course)
    pool = tuple(question.id for question in quiz.questions[1:])
    drawing = replace(quiz, pool=pool, drawn=1)
    modules = tuple(
        replace(module, units=tuple(drawing if unit is quiz else unit for unit in module.units))
        for module in course.modules
    )
    return path, replace(course, modules=modules)


def without_mark(course):
    """Return the course with its quiz as one that measures what is known before: it is answered, not passed."""
    path, quiz = quiz_of(course)
    modules = tuple(
        replace(
            module, units=tuple(replace(quiz, pass_mark=0) if unit is quiz else unit for unit in module.units)
        )
        for module in course.modules
    )
    return path, replace(course, modules=modules)


def test_what_has_no_mark_is_completed_by_answering_and_never_called_passed(
    browser, course, folder, address, monkeypatch
):
    monkeypatch.setattr(_LearningSystem, "marks", {})
    path, course = without_mark(course)
    unpack(export_cmi5(course, has_keys=True), folder)
    page = browser.new_page()
    page.goto(launched(address, path))
    page.get_by_role("button", name="Calificar").click()
    page.get_by_text("Resultado: 0 %.", exact=True).wait_for()
    wait_for(page, lambda: "completed" in _LearningSystem.session)
    page.goto("about:blank")
    wait_for(page, lambda: "terminated" in _LearningSystem.session)
    assert _LearningSystem.session == ["preferences", "initialized", "completed", "terminated"]
    assert not _LearningSystem.refused
    page.close()


def test_scorm_hears_that_what_has_no_mark_is_completed(browser, course, folder, address):
    path, course = without_mark(course)
    unpack(export_scorm(course, has_keys=True), folder)
    (folder / "sistema.html").write_text(SYSTEM, encoding="utf-8")
    page = browser.new_page()
    page.goto(f"{address}/sistema.html")
    page.evaluate("path => document.getElementById('unit').src = path", path)
    page.frame_locator("#unit").get_by_role("button", name="Calificar").click()
    page.wait_for_function("told().data['cmi.core.lesson_status'] === 'completed'")
    assert page.evaluate("told().data['cmi.core.score.raw']") == "0"
    page.close()


KINDS = """::: pregunta {id=corta tipo=corta exige=mayusculas erratas=1}
¿Cómo se llama?

(x) Protocolo de Palermo
    > Ese es.
( ) Convenio
    > Es otro.
:::

::: pregunta {id=numero tipo=numero tolerancia=2.5% unidades="horas, h; días, día = 24"}
¿Cuánto?

(x) 72
    > Tres días.
( ) 48
    > Faltan.
:::

::: pregunta {id=parejas tipo=parejas parcial=partes}
Una.

- Captar => acto
    > Sí.
- Engañar => medio
- Explotar => fin
- => delito
:::

::: pregunta {id=orden tipo=orden parcial=acierto}
¿En qué orden?

1. Hablar a solas.
2. Preguntar qué desea.
3. Confirmar.
:::

::: pregunta {id=huecos tipo=huecos exige=tildes erratas=1 parcial=partes}
Complete.

Captar es un {{(x) acto | medio | fin}} y la explotación es el {{propósito = fin}}.
:::

::: pregunta {id=varias parcial=acierto}
¿Cuáles?

[x] A
    > a
[x] B
    > b
[ ] C
    > c
:::

::: pregunta {id=ensayo tipo=ensayo}
Escriba.
:::
"""
ANSWERS = {
    "corta": ["Protocolo de Palermo", "protocolo de palermo", "Protocólo  de Palermo.", "Protocolo de Palremo", "x",
              "Protocolo Palermo", "Convenio", "Conveni", "ProtocolodePalermo"],
    "numero": ["72", "72 h", "3 días", "3 DIAS", "73,8", "73.81", "70.2 horas", "70,19", "-72", "72 km", "7.200",
               "48", "48.1", "2 día",
               "1.000,5", "setenta", "0,072.000", "+72.", "\u221272"],
    "parejas": ["1:a 2:b 3:c", "1:a", "1:b 2:a 3:c", "2:b 3:c", "1:d 2:d 3:d", ""],
    "orden": ["a:1 b:2 c:3", "a:1 b:3 c:2", "b:1 c:1 a:1", "c:1", ""],
    "huecos": ["1:a 2:fin", "1:a 2:propósito", "1:a 2:proposito", "1:a 2:Propositó", "1:b 2:fin", "1:a",
               "2:propósit", "2:fi"],
    "varias": ["a b", "a", "a c", "a b c", "c", ""],
}  # fmt: skip
WRITTEN = ("corta", "numero")
TYPES = {
    "short": ShortText(), "numeric": Numeric(), "matching": Matching(), "ordering": Ordering(), "cloze": Cloze(),
    "multiple": MultipleChoice(),
}  # fmt: skip


def test_a_package_grades_every_kind_as_the_platform_does(browser, course, folder, address):
    questions, errors = bank(ENVELOPE + KINDS)
    assert not errors
    path, quiz = quiz_of(course)
    quiz = replace(quiz, questions=questions)
    modules = tuple(
        replace(module, units=tuple(quiz if unit.slug == quiz.slug else unit for unit in module.units))
        for module in course.modules
    )
    unpack(export_cmi5(replace(course, modules=modules), has_keys=True), folder)
    page = browser.new_page()
    page.goto(launched(address, path))
    page.get_by_role("group").nth(1).wait_for()
    for question in questions:
        for text in ANSWERS.get(question.id, ()):
            values = [text] if question.id in WRITTEN else text.split()
            config = question_to_json(question)
            kind = TYPES[question.type]
            expected = kind.grade(config, kind.clean(config, values)).fraction
            earned = page.evaluate(
                "([id, values]) => rutaGrade(JSON.parse(document.querySelector('[data-keys]').textContent)"
                ".find((key) => key.id === id), values).fraction",
                [question.id, values],
            )
            assert earned == pytest.approx(float(expected), abs=1e-12), (question.id, text)
    assert not review_page(page)
    assert "Esta pregunta se responde en la plataforma." not in page.get_by_role("main").inner_text()
    page.get_by_label("Su respuesta").nth(0).fill("Protocolo de Palermo")
    page.get_by_label("Su respuesta").nth(1).fill("3 días")
    for pair, right in (("Captar", "acto"), ("Engañar", "medio"), ("Explotar", "fin")):
        page.get_by_label(pair).select_option(label=right)
    for place, step in enumerate(("Hablar a solas.", "Preguntar qué desea.", "Confirmar."), 1):
        page.get_by_label(step).select_option(str(place))
    page.get_by_label("Hueco 1").select_option(label="acto")
    page.get_by_label("Hueco 2").fill("propósito")
    page.get_by_role("button", name="Calificar").click()
    page.get_by_text("Resultado: 83 %").wait_for()
    assert page.get_by_text("Correcta.").count() == 5
    assert page.get_by_text("Tres días.").is_visible()
    page.close()


def test_an_attempt_in_a_package_draws_from_the_bank_and_asks_the_same_when_it_is_resumed(
    browser, course, folder, address
):
    path, course = with_bank(course)
    unpack(export_cmi5(course, has_keys=True), folder)
    page = browser.new_page()
    drawn = set()
    for _ in range(12):
        asked = []
        for _visit in range(2):
            page.goto(launched(address, path))
            page.get_by_role("group").nth(1).wait_for()
            asked.append(page.get_by_role("group").evaluate_all("all => all.map((e) => e.dataset.question)"))
            wait_for(page, lambda: _LearningSystem.documents)
        assert asked[0] == asked[1]
        assert len(asked[0]) == 2
        drawn.add(asked[0][1])
        page.get_by_role("button", name="Calificar").click()
        wait_for(page, lambda: "s" not in json.dumps(_LearningSystem.documents["suspendData"]))
        if len(drawn) == 2:
            break
    assert len(drawn) == 2
    page.close()


def test_a_system_with_one_record_for_the_whole_package_hears_of_the_end_only_at_the_end(
    browser, course, folder, address
):
    unpack(export_scorm(course, has_keys=True), folder)
    (folder / "sistema.html").write_text(SYSTEM, encoding="utf-8")
    page = browser.new_page()
    page.goto(f"{address}/sistema.html")
    units = [(module.slug, unit) for module in course.modules for unit in module.units]
    heard = []
    for slug, unit in units:
        page.evaluate(
            "path => { reopen(); document.getElementById('unit').src = path }", f"{slug}/{unit.slug}.html"
        )
        frame = page.frame_locator("#unit")
        frame.get_by_role("heading", level=1, name=unit.title).wait_for()
        if isinstance(unit, Quiz):
            answer(frame, unit)
        else:
            frame.get_by_role("button", name="Terminar esta página").click()
        if (slug, unit) == units[-1]:  # grading takes the browser a moment
            page.wait_for_function("told().data['cmi.core.lesson_status'] === 'passed'")
        heard.append(page.evaluate("told().data['cmi.core.lesson_status']"))
        page.evaluate("document.getElementById('unit').src = 'about:blank'")
        page.wait_for_function("told().state === 'closed'")
    assert heard[1:] == ["incomplete"] * (len(units) - 2) + ["passed"]
    assert page.evaluate("told().data['cmi.core.score.raw']") == "100"
    assert not [call for call in page.evaluate("told().calls") if call.startswith("refused")]
    page.close()


def test_the_site_reads_from_a_disk_without_a_fault(browser, course, folder):
    unpack(export_site(course), folder)
    page = browser.new_page(viewport={"width": 390, "height": 800})
    faults = []
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name=course.modules[0].units[0].title).click()
    page.get_by_text("Ver la respuesta").first.click()
    assert page.get_by_text("Correcta.").first.is_visible()
    assert not faults
    assert not review_page(page)
    page.goto((folder / "index.html").as_uri())
    assert not review_page(page)
    page.close()
