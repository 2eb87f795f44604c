"""Every rule of our own lint, with what it accepts and what it refuses."""

from pathlib import Path, PurePosixPath

import pytest

from tools import check_source

SERVICE = "lms/learning/service.py"
TEMPLATE = "lms/learning/templates/learning/lesson.html"
SIX = "def enrol(a, b, c, d, e, f):\n    return a\n"
LONG = "def enrol():\n" + "    x = 1\n" * 40

BAD = [
    ("transaction", SERVICE, "def save(session):\n    session.commit()\n"),
    ("transaction", "lms/cli/demo.py", "def undo(session):\n    session.rollback()\n"),
    ("environment", SERVICE, "import os\n\nHOME = os.environ['HOME']\n"),
    ("environment", SERVICE, "import os\n\nHOME = os.getenv('HOME')\n"),
    ("environment", SERVICE, "from os import environ\n"),
    ("vague-name", "lms/learning/utils.py", ""),
    ("vague-name", "lms/common/text.py", ""),
    ("vague-name", "tests/learning/helpers.py", ""),
    ("long-module", SERVICE, "x = 1\n" * 401),
    ("long-module", "tests/learning/test_service.py", "x = 1\n" * 601),
    ("long-function", SERVICE, LONG),
    ("many-positional", SERVICE, SIX),
    ("unexplained-silence", SERVICE, "x = f()  # type: ignore[no-any-return]\n"),
    ("unexplained-silence", SERVICE, "x = f()  # type: " + "ignore\n"),
    ("unexplained-silence", SERVICE, "x = f()  # noqa: S101\n"),
    ("unfinished", "docs/patterns.md", "TO" + "DO: explain"),
    ("unfinished", SERVICE, "# FIX" + "ME later\n"),
    ("unfinished", TEMPLATE, "<p>Próxima" + "mente</p>"),
    ("registry", "docs/install.md", "See https://pypi" + ".org/project/flask"),
    ("registry", "setup.cfg", "index = https://FILES.pythonhosted" + ".org/packages"),
    ("registry", "lms/web/static/js/page.js", "// https://registry.npmjs" + ".org/htmx"),
    ("inline-code", TEMPLATE, '<p style="color: red">Texto</p>'),
    ("inline-code", TEMPLATE, '<p class="a > b"\n   STYLE = "color: red">Texto</p>'),
    ("inline-code", TEMPLATE, "<style>p { color: red }</style>"),
    ("inline-code", TEMPLATE, '<button type="button" onclick="go()">Ir</button>'),
    ("inline-code", TEMPLATE, "<script>go()</script>"),
    ("inline-code", TEMPLATE, '<script type="module">go()</script>'),
    ("inline-code", TEMPLATE, '<a href="javascript:go()">Ir</a>'),
    ("inline-code", TEMPLATE, '<p {{ attributes }} style="{{ css }}">Texto</p>'),
]

GOOD = [
    ("lms/core/db.py", "def close(session):\n    session.commit()\n"),
    ("lms/testing/database.py", "def undo(connection):\n    connection.rollback()\n"),
    ("tests/core/test_db.py", "def test_undo(session):\n    session.rollback()\n"),
    (SERVICE, "def save(session, commit):\n    session.flush()\n    return commit\n"),
    ("lms/core/settings.py", "import os\n\nHOME = os.environ['HOME']\n"),
    ("tools/check_all.py", "import os\n\nHOME = os.environ['HOME']\n"),
    (SERVICE, "def read(environ):\n    return environ['HOME']\n"),
    ("lms/learning/service.py", "x = 1\n" * 400),
    ("tests/learning/test_service.py", "x = 1\n" * 600),
    (SERVICE, "def enrol():\n" + "    x = 1\n" * 39),
    (SERVICE, "def enrol(a, b, c, d, e, *, f, g):\n    return a\n"),
    (SERVICE, "class A:\n    def enrol(self, a, b, c, d, e):\n        return a\n"),
    (SERVICE, "x = f()  # type: ignore[no-any-return]  # Flask-Login has no types\n"),
    (SERVICE, "x = f()  # noqa: S101 - pytest rewrites it\n"),
    ("content/courses/ruta/01.md", "Todo servidor público lo hace; véase todo el módulo."),
    ("lms/web/static/vendor/library.js", "// TO" + "DO of somebody else"),
    (TEMPLATE, '<script type="module" src="/static/js/page.js"></script>'),
    (TEMPLATE, '<script type="application/json" id="data">{{ data }}</script>'),
    (TEMPLATE, '{{ icon("check", style="solid") }}\n<p data-on="once" class="style">online = sí</p>'),
    (TEMPLATE, '<a href="https://example.org/?style=1&onload=2">Ir</a>'),
    ("lms/accounts/templates/email/invitation.html", '<p style="margin: 0">Hola</p>'),
    ("certificates/clasico/template.html", "<style>p { color: red }</style>"),
]


def findings(path, source):
    return list(check_source.check(PurePosixPath(path), source))


@pytest.mark.parametrize(("rule", "path", "source"), BAD)
def test_refuses(rule, path, source):
    assert rule in {finding.rule for finding in findings(path, source)}


@pytest.mark.parametrize(("path", "source"), GOOD)
def test_accepts(path, source):
    assert findings(path, source) == []


def test_a_finding_says_where_and_what_to_do():
    (finding,) = findings(SERVICE, "def save(session):\n    session.commit()\n")
    assert str(finding).startswith("lms/learning/service.py:2: [transaction] ")
    assert "savepoint()" in str(finding)


def test_the_line_of_a_tag_survives_long_expressions():
    (finding,) = findings(TEMPLATE, "{#\n comment\n#}\n<p>\n{{ a\n }}</p>\n<style></style>\n")
    assert finding.line == 7


def test_pictures_are_passed_over(tmp_path):
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\xff\xfe")
    (tmp_path / "notes.md").write_text("FIX" + "ME", encoding="utf-8")
    paths = check_source.tracked_files(tmp_path)
    assert paths == [PurePosixPath("logo.png"), PurePosixPath("notes.md")]
    assert [finding.path.name for finding in check_source.check_tree(tmp_path, paths)] == ["notes.md"]


def test_git_decides_what_is_ours():
    paths = check_source.tracked_files(Path(check_source.ROOT))
    assert PurePosixPath("setup.cfg") in paths
    assert not any(path.parts[0] == ".venv" for path in paths)
