"""Variants by place in another language: `idiomas/en/variantes/mx/…` says what `variantes/mx/…` does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lms.courses.compiler.alignment import Step, align
from lms.courses.compiler.checks.pages import check_page
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import HtmlPart, Lesson, Part, PlacePart, Question
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import Page
from lms.courses.compiler.outline import PlannedUnit
from lms.courses.compiler.parts import html_of
from lms.courses.compiler.sections import Section, place_block
from lms.courses.compiler.site import Site, UnitPlace
from lms.courses.compiler.splitter import Fenced, Node, split
from lms.courses.compiler.stand_ins import ids_in, keep_apart, questions_in, stand_in
from lms.courses.compiler.translated_glossaries import Words
from lms.courses.compiler.translation_heads import PLAIN_KEYS, TranslatedFile, open_translation
from lms.courses.compiler.two_texts import BothTexts, TwoTexts
from lms.courses.compiler.variants import (
    NO_HEAD,
    Variant,
    check_in_place,
    variant_sections,
    with_notes,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedVariant:
    """A variant, and the file that says it in another language."""

    variant: Variant
    file: TranslatedFile


class VariantTranslator:
    """Gives the branches of variants in the language of a page."""

    def __init__(self, site: Site, words: Words, findings: Findings) -> None:
        """Translate within a site with the terms of the language; problems go to the findings."""
        self._site = site
        self._words = words
        self._findings = findings
        self.linked: dict[str, None] = {}
        """Slugs of the terms that the branches link to, and before them those of the page."""

    def widen(
        self, parts: Sequence[Part], files: Sequence[TranslatedVariant], unit: PlannedUnit, lesson: Lesson
    ) -> list[Part]:
        """Return the parts of a page with the branches of its translated variants; `lesson` is the original."""
        found = list(parts)
        for each in files:
            forks = self._forks(each, unit, questions_in(lesson.parts))
            apart = keep_apart(forks, ids_in(html_of(tuple(found))), each.variant.place.lower())
            for fork in apart:
                if isinstance(fork, PlacePart):
                    found = self._merged(found, fork, each.file)
        return found

    def _forks(
        self, each: TranslatedVariant, unit: PlannedUnit, questions: Mapping[str, Question]
    ) -> list[PlacePart]:
        file, variant, site, findings = each.file, each.variant, self._site, self._findings
        opened = open_translation(site.tree, file, PLAIN_KEYS, findings)
        text = site.tree.text(variant.path, Findings())
        if opened is None or text is None:
            return []
        page, record = opened
        nodes = split(page.body, file.path, findings, first_line=page.body_line)
        own = self._sections(nodes, variant.place, file.path, findings)
        base = self._sections(split(text, variant.path, Findings()), variant.place, variant.path, Findings())
        steps = [self._same_fork(step, own, base, file) for step in align(own, base, record, findings)]
        around = stand_in(site, file.path, variant.base, file.language, self._words.index)
        base_page = Page(path=variant.path, front=NO_HEAD, body=text, body_line=1)
        slug = f"{unit.place.unit_slug}-{variant.place.lower()}"
        place = UnitPlace(module_slug=unit.place.module_slug, unit_slug=slug)
        planned = replace(unit, page=base_page, place=place)
        both = BothTexts(own=own, base=base, page=page, planned=planned)
        base_around = stand_in(site, variant.path, variant.base)
        texts = TwoTexts(both, around, base_around, questions, in_quiz=False)
        texts.know(self.linked)
        texts.convert(steps, findings)
        base_around.join_ids()
        around.join_ids()
        check_page(page, around, findings)
        made = texts.compose(steps, findings)
        self.linked.update(texts.linked)
        notes = tuple(part for part in made if isinstance(part, HtmlPart))
        return with_notes([part for part in made if isinstance(part, PlacePart)], notes)

    def _sections(self, nodes: Sequence[Node], place: str, path: str, findings: Findings) -> list[Section]:
        blocks = self._site.blocks
        sound = [node for node in nodes if check_in_place(node, place, path, blocks, findings)]
        return variant_sections(sound, blocks, path)

    def _same_fork(
        self, step: Step, own: Sequence[Section], base: Sequence[Section], file: TranslatedFile
    ) -> Step:
        """Return the step, or one that reads the original when its translation is for another fork."""
        if step.own is None:
            return step
        wanted, written = self._fork_of(base[step.base], file), self._fork_of(own[step.own], file)
        if written == wanted:
            return step
        message = f"Este apartado es de «{wanted}» en la original: escriba {{id={wanted}}}."
        self._findings.error(Code.UNKNOWN_FORK, file.path, own[step.own].line, message)
        return Step(base=step.base, own=None)

    def _fork_of(self, section: Section, file: TranslatedFile) -> str:
        (node,) = section.nodes
        block = place_block(node, self._site.blocks, file.path) if isinstance(node, Fenced) else None
        return block.attributes.get("id", "") if block else ""

    def _merged(self, parts: Sequence[Part], fork: PlacePart, file: TranslatedFile) -> list[Part]:
        return [
            self._with(part, fork, file) if isinstance(part, PlacePart) and part.id == fork.id else part
            for part in parts
        ]

    def _with(self, base: PlacePart, fork: PlacePart, file: TranslatedFile) -> PlacePart:
        known = {code for branch in base.branches for code in branch.places}
        new = tuple(branch for branch in fork.branches if not known.intersection(branch.places))
        if len(new) < len(fork.branches):
            message = f"La página traducida ya tiene ese apartado en «{fork.id}»: deje uno de los dos."
            self._findings.error(Code.REPEATED_PLACE, file.path, 1, message)
        return replace(base, branches=(*base.branches, *new))
