"""Whole folders in, their HTML and their diagnostics out. To accept a change: LMS_ACCEPT_GOLDEN=1 pytest …"""

import json
import os
from pathlib import Path

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.codec import question_to_json
from lms.courses.compiler.compile import compile_course
from lms.courses.compiler.course import HtmlPart, Lesson, PlaceBranch, QuestionPart
from lms.courses.compiler.diagnostics import as_text
from lms.plugins.blocks import by_name

CASES = sorted(path.name for path in (Path(__file__).parents[1] / "golden").iterdir() if path.is_dir())


def shown(part):
    if isinstance(part, HtmlPart):
        return part.html
    if isinstance(part, QuestionPart):
        return shown_question(part.question)
    return "\n".join(
        f"<!-- {','.join(readers(branch))}: {branch.title} -->\n" + "\n".join(map(shown, branch.parts))
        for branch in part.branches
    )


def readers(branch):
    return branch.places if isinstance(branch, PlaceBranch) else branch.sectors


def shown_question(question):
    return f"<!-- question {json.dumps(question_to_json(question), ensure_ascii=False, indent=1)} -->"


def shown_unit(module, unit):
    if isinstance(unit, Lesson):
        facts = (
            f"{unit.minutes} min, {unit.words} words, {unit.intensity}, {unit.jurisdiction}; "
            f"headings {[f'{h.id}: {h.text}' for h in unit.headings]}; terms {[t.slug for t in unit.terms]}; "
            f"sources {[s.key for s in unit.sources]}; icons {list(unit.icons)}"
        )
        body = "\n".join(map(shown, unit.parts))
    else:
        facts = f"{unit.minutes} min, {unit.attempts} attempts, pass {unit.pass_mark}, shuffle {unit.shuffle}"
        body = "\n".join((unit.intro_html, *map(shown_question, unit.questions)))
    return f"<!-- {module.slug}/{unit.slug}: {unit.title}; {facts} -->\n{body}\n"


def shown_course(course):
    if course is None:
        return ""
    terms = "".join(f"<dt>{e.term} {list(e.aliases)}</dt><dd>{e.html}</dd>\n" for e in course.glossary)
    pages = [shown_unit(module, unit) for module in course.modules for unit in module.units]
    modules = {module.slug: module for module in course.modules}
    pages += [
        f"<!-- {each.language} -->\n" + shown_unit(modules[each.module_slug], each.unit)
        for each in course.translations
    ]
    return "\n".join(pages) + terms


def accepts(path, actual):
    if os.environ.get("LMS_ACCEPT_GOLDEN"):
        path.write_text(actual, encoding="utf-8")
    return path.read_text(encoding="utf-8") == actual


@pytest.mark.parametrize("case", CASES)
def test_the_folder_compiles_to_what_was_accepted(case, golden):
    compilation = compile_course(golden / case / "source", by_name(BUILT_IN_BLOCKS))

    assert accepts(golden / case / "expected.txt", as_text(compilation.diagnostics))
    assert accepts(golden / case / "expected.html", shown_course(compilation.course))
