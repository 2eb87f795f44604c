"""The dependency contracts of setup.cfg, applied to small trees that keep and that break them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools import check_all

KEPT = {
    "lms/app.py": "from lms.attendance import plugin\n",
    "lms/core/errors.py": "",
    "lms/core/db.py": "import sqlalchemy\n",
    "lms/core/jobs/engine.py": "",
    "lms/web/pages.py": "import flask\nfrom lms.core.jobs import engine\n",
    "lms/accounts/models.py": "from lms.core import db\n",
    "lms/courses/compiler/parse.py": "",
    "lms/courses/queries.py": "from lms.courses.compiler import parse\n",
    "lms/learning/models.py": "from lms.accounts import models\n",
    "lms/attendance/rules.py": "from lms.core import errors\n",
    "lms/attendance/models.py": "from lms.attendance import rules\nfrom lms.learning import models\n",
    "lms/attendance/service.py": "from lms.attendance import models, rules\n",
    "lms/attendance/access.py": "from lms.attendance import models\n",
    "lms/attendance/views.py": "import flask\nfrom lms.attendance import access, service\n",
    "lms/attendance/plugin.py": "from lms.attendance import views\n",
    "lms/assessments/attempts/service.py": "",
    **{
        f"lms/assessments/{name}/__init__.py": ""
        for name in (
            "analysis",
            "bank",
            "exchange",
            "follow_up",
            "gain",
            "grading",
            "plans",
            "question_types",
            "simulations",
            "surveys",
            "transfers",
        )
    },
    **{
        f"lms/certificates/{name}/rules.py": ""
        for name in ("badges", "credentials", "designs", "holdings", "issuing", "verification")
    },
    "lms/migrations/env.py": "from lms.core import db\n",
}

BROKEN = [
    (
        "lms/learning/progress.py",
        "from lms.attendance import models",
        "lms.learning.progress -> lms.attendance",
    ),
    ("lms/core/kinds.py", "from lms.accounts import models", "lms.core.kinds -> lms.accounts"),
    (
        "lms/assessments/marks.py",
        "from lms.attendance import models",
        "lms.assessments.marks -> lms.attendance",
    ),
    (
        "lms/attendance/service.py",
        "from lms.attendance import access",
        "attendance.service -> lms.attendance.access",
    ),
    (
        "lms/attendance/models.py",
        "from lms.attendance import service",
        "attendance.models -> lms.attendance.service",
    ),
    ("lms/accounts/rules.py", "import sqlalchemy", "lms.accounts.rules -> sqlalchemy"),
    ("lms/attendance/rules.py", "from lms.core import db", "lms.core.db -> sqlalchemy"),
    ("lms/courses/compiler/checks/pages.py", "from lms.web import pages", "lms.web.pages -> flask"),
    (
        "lms/certificates/issuing/page.py",
        "from lms.attendance import views",
        "lms.certificates.issuing.page -> lms.attendance.views",
    ),
    ("lms/forum/models.py", "", "lms.forum"),
]


def lint(root, files):
    for name, source in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
        for folder in path.relative_to(root).parents:
            if folder != Path():
                (root / folder / "__init__.py").touch()
    setup = (check_all.ROOT / "setup.cfg").read_text(encoding="utf-8")
    (root / "setup.cfg").write_text(setup, encoding="utf-8")
    command = [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"]
    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return ended.returncode, "".join(ended.stdout.split())


def test_a_tree_that_calls_down_is_kept(tmp_path):
    status, said = lint(tmp_path, KEPT)
    assert status == 0, said


@pytest.mark.parametrize(("path", "source", "shown"), BROKEN)
def test_each_kind_of_shortcut_is_refused(tmp_path, path, source, shown):
    files = KEPT | {path: KEPT.get(path, "") + source + "\n"}
    status, said = lint(tmp_path, files)
    assert status == 1
    assert shown.replace(" ", "") in said.replace("(l.1)", "")
