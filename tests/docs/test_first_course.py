"""The first course of the authors' guide compiles when it is written as the guide says."""

import re
from datetime import date
from pathlib import Path

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.starter import new_course, new_lesson, new_quiz, new_simulation
from lms.plugins.blocks import by_name

GUIDE = (Path(__file__).resolve().parents[2] / "docs/authoring/README.md").read_text(encoding="utf-8")
TODAY = date(2026, 11, 20)


def example(language):
    return re.search(rf"^```{language}\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)[1]


def compiled(files):
    tree = SourceTree(files={path: SourceFile(path=path, content=content) for path, content in files.items()})
    return compile_tree(tree, "mi-curso", by_name(BUILT_IN_BLOCKS))


def test_the_course_of_the_guide_compiles_and_lacks_only_what_the_guide_says():
    files = dict(new_course("Un curso", today=TODAY))
    files["curso.yaml"] += example("yaml").encode()
    (problem,) = (found for found in compiled(files).diagnostics if found.severity == "error")
    assert "no tiene lecciones" in problem.message
    lesson = new_lesson("Un momento a solas", "momento", today=TODAY)
    files |= {
        "02-conversar/01-momento-a-solas.md": lesson.replace(
            "## Compruebe", example("markdown") + "\n## Compruebe"
        ).encode(),
        "02-conversar/02-caso.md": new_simulation("Un caso", today=TODAY).encode(),
        "02-conversar/comprobacion.md": new_quiz("Comprobación", "conversar").encode(),
    }
    compilation = compiled(files)
    assert [found for found in compilation.diagnostics if found.severity == "error"] == []
    assert [len(module.units) for module in compilation.course.modules] == [2, 3]
