"""Question banks in another language, for the quizzes that draw from them."""

from lms.courses.compiler.alignment import align
from lms.courses.compiler.banks import Bank, name_of
from lms.courses.compiler.checks.pages import check_page
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Question
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import read_page
from lms.courses.compiler.outline import PageKind, PlannedUnit
from lms.courses.compiler.sections import sections
from lms.courses.compiler.site import Site, UnitPlace
from lms.courses.compiler.splitter import Node, Prose, split
from lms.courses.compiler.stand_ins import questions_in, stand_in
from lms.courses.compiler.translated_glossaries import Words
from lms.courses.compiler.translation_heads import BANK_KEYS, TranslatedFile, open_translation
from lms.courses.compiler.two_texts import BothTexts, TwoTexts


def translate_bank(
    site: Site, bank: Bank, file: TranslatedFile, words: Words, findings: Findings
) -> dict[str, Question]:
    """Return the questions of a bank in the language of a file, by id; those without a translation are marked."""
    opened = open_translation(site.tree, file, BANK_KEYS, findings)
    text = site.tree.text(file.base, Findings())
    base_page = read_page(text, file.base, Findings()) if text is not None else None
    if opened is None or base_page is None:
        return {}
    page, record = opened
    nodes = split(page.body, file.path, findings, first_line=page.body_line)
    _check_loose(nodes, file.path, findings)
    own = sections(nodes, site.blocks)
    base = sections(split(base_page.body, file.base, Findings(), first_line=base_page.body_line), site.blocks)
    steps = align(own, base, record, findings)
    place = UnitPlace(module_slug="", unit_slug=name_of(file.base))
    planned = PlannedUnit(page=base_page, place=place, kind=PageKind.QUIZ)
    around = stand_in(site, file.path, file.base, file.language, words.index)
    both = BothTexts(own=own, base=base, page=page, planned=planned)
    known = {question.id: question for question in bank.questions}
    texts = TwoTexts(both, around, site, known, in_quiz=True)
    texts.convert(steps, findings)
    around.join_ids()
    check_page(page, around, findings)
    return questions_in(tuple(texts.compose(steps, findings)))


def _check_loose(nodes: list[Node], path: str, findings: Findings) -> None:
    for node in nodes:
        if isinstance(node, Prose):
            line = node.line + len(node.text) - len(node.text.lstrip("\n"))
            message = "En un banco solo van preguntas: pase este texto a los cuestionarios que lo usan."
            findings.error(Code.TEXT_IN_QUIZ, path, line, message)
