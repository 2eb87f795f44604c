"""Packages for other learning systems, opened by one that keeps the rules of its standard; the site, from a disk."""

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlencode

import pytest

from lms.authoring.exchange.cmi5 import export_cmi5
from lms.authoring.exchange.scorm import export_scorm
from lms.authoring.exchange.site import export_site
from lms.core.context import registry
from lms.courses.compiler.compile import compile_course
from lms.courses.compiler.course import Quiz
from lms.plugins.blocks import by_name
from lms.testing.axe import review_page
from lms.testing.factories.courses import write_course

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
    _LearningSystem.statements.clear()
    handler = partial(_LearningSystem, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


class _LearningSystem(SimpleHTTPRequestHandler):
    """Files, and the three answers that a cmi5 unit needs: a token, its launch data, a store of statements."""

    statements: ClassVar[list] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/lrs/ticket"):
            self._answer({"auth-token": "dG9rZW4="})
        elif (
            self.headers["Authorization"] == "Basic dG9rZW4="
            and self.headers["X-Experience-API-Version"] == "1.0.3"
        ):
            self.statements.append(json.loads(body))
            self._answer([self.statements[-1]["id"]])
        else:
            self.send_error(401)

    def do_GET(self):
        if self.path.startswith("/lrs/xapi/activities/state"):
            extension = {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": "s1"}
            self._answer({"launchMode": "Normal", "contextTemplate": {"extensions": extension}})
        else:
            super().do_GET()

    def _answer(self, value):
        content = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments):
        """Say nothing."""


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


def test_cmi5_sends_the_statements_of_a_graded_unit(browser, course, folder, address):
    unpack(export_cmi5(course, has_keys=True), folder)
    path, quiz = quiz_of(course)
    page = browser.new_page()

    query = {
        "endpoint": f"{address}/lrs/xapi",
        "fetch": f"{address}/lrs/ticket",
        "actor": json.dumps(
            {"objectType": "Agent", "account": {"homePage": "https://example.org", "name": "014"}}
        ),
        "registration": "8c5b7a1e-2b8d-4d0b-9a55-6b1f1d6b4f11",
        "activityId": "https://example.org/au/1",
    }
    page.goto(f"{address}/{path}?{urlencode(query)}")
    page.wait_for_function(
        "performance.getEntriesByName(location.origin + '/lrs/xapi/statements').length > 0"
    )
    answer(page, quiz)
    page.wait_for_timeout(300)
    page.goto("about:blank")
    sent = _LearningSystem.statements
    for _ in range(50):
        if len(sent) == 3:
            break
        page.wait_for_timeout(100)
    assert [statement["verb"]["id"].rpartition("/")[2] for statement in sent] == [
        "initialized",
        "passed",
        "terminated",
    ]
    for statement in sent:
        assert statement["object"]["id"] == query["activityId"]
        assert statement["context"]["registration"] == query["registration"]
        assert "https://w3id.org/xapi/cmi5/context/extensions/sessionid" in statement["context"]["extensions"]
    assert sent[1]["result"]["score"]["scaled"] == 1
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
