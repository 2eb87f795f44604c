"""A whole course in the languages into which it is translated, file by file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from lms.courses.compiler.banks import Banks, name_of
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import GlossaryEntry, Module, Question, Quiz, Translation, Unit
from lms.courses.compiler.sides import Sides
from lms.courses.compiler.site import Site
from lms.courses.compiler.stand_ins import marked_quiz
from lms.courses.compiler.translated_banks import translate_bank
from lms.courses.compiler.translated_glossaries import (
    Entries,
    Words,
    translate_glossary,
    untranslated_words,
)
from lms.courses.compiler.translated_variants import TranslatedVariant
from lms.courses.compiler.translation_heads import TranslatedFile
from lms.courses.compiler.translation_plan import Translatable, TranslationPlan, plan_translations
from lms.courses.compiler.translations import TranslationCompiler

_Value = TypeVar("_Value")
_Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Originals:
    """What a course says in its own language."""

    modules: Sequence[Module]
    entries: Entries
    """Of the glossary."""
    banks: Banks


class CourseTranslator:
    """Translates a course; what did not change since the last time is taken from there."""

    def __init__(self, site: Site, sides: Sides, originals: Originals) -> None:
        """Translate the originals of a site."""
        self._site = site
        self._sides = sides
        self._originals = originals
        variants = {each.path: each for found in sides.variants.values() for each in found}
        known = Translatable(pages=sides.units, variants=variants)
        self._plan: TranslationPlan = plan_translations(
            sides.tree, site.language, known, sides.steps.findings
        )
        self._words = {
            language: self._translated_words(file) for language, file in self._plan.glossaries.items()
        }
        self._fallback = untranslated_words(site, originals.entries)

    @property
    def glossaries(self) -> dict[str, tuple[GlossaryEntry, ...]]:
        """Return the translated glossaries, by language."""
        return {language: tuple(words.entries.values()) for language, words in self._words.items()}

    def translate(self) -> tuple[Translation, ...]:
        """Return the translated units; what is held back or broken is missing."""
        made = {(module.slug, unit.slug): unit for module in self._originals.modules for unit in module.units}
        asked = {language: self._pool(files) for language, files in self._plan.banks.items()}
        found = dict(self._pages(made))
        for language, pool in asked.items():
            for place, unit in made.items():
                if isinstance(unit, Quiz) and any(each in pool for each in unit.pool):
                    quiz = found.get((language, place)) or marked_quiz(unit, self._site.language)
                    found[language, place] = _asking(quiz, pool) if isinstance(quiz, Quiz) else quiz
        self._report_idle_variants(found)
        return tuple(
            Translation(language=language, module_slug=place[0], unit_slug=place[1], unit=unit)
            for (language, place), unit in found.items()
        )

    def _translated_words(self, file: TranslatedFile) -> Words:
        site, entries, here = self._site, self._originals.entries, self._sides.steps.here
        made = self._take(file, [], lambda: translate_glossary(site, entries, file, here))
        return made or untranslated_words(site, entries)

    def _words_in(self, language: str) -> Words:
        return self._words.get(language, self._fallback)

    def _pages(self, made: Mapping[_Place, Unit]) -> Iterator[tuple[tuple[str, _Place], Unit]]:
        for file in self._plan.pages:
            planned = self._sides.units[file.base]
            place = (planned.place.module_slug, planned.place.unit_slug)
            unit = made.get(place)
            found = None if unit is None else self._page(file, unit)
            if found is not None:
                yield (file.language, place), found

    def _page(self, file: TranslatedFile, unit: Unit) -> Unit | None:
        planned, here = self._sides.units[file.base], self._sides.steps.here
        base_variants = self._sides.variants.get(file.base, ())
        own = [
            TranslatedVariant(variant=each, file=self._plan.variants[file.language, each.path])
            for each in base_variants
            if (file.language, each.path) in self._plan.variants
        ]
        paths = [*(each.path for each in base_variants), *(each.file.path for each in own)]
        compiler = TranslationCompiler(self._site, self._words_in(file.language), here)
        return self._take(file, paths, lambda: compiler.compile(file, planned, unit, own))

    def _pool(self, files: Sequence[TranslatedFile]) -> dict[str, Question]:
        found: dict[str, Question] = {}
        for file in files:
            found |= self._bank(file) or {}
        return found

    def _bank(self, file: TranslatedFile) -> dict[str, Question] | None:
        bank, here = self._originals.banks.get(name_of(file.base)), self._sides.steps.here
        if bank is None:
            return None
        words = self._words_in(file.language)
        return self._take(file, [], lambda: translate_bank(self._site, bank, file, words, here))

    def _take(self, file: TranslatedFile, others: Sequence[str], work: Callable[[], _Value]) -> _Value | None:
        """Return what a file comes to: it also depends on the glossary of its language."""
        terms = self._plan.glossaries.get(file.language)
        beside = [terms.path] if terms is not None and terms.path != file.path else []
        return self._sides.take(file.base, [file.path, *others, *beside], work)

    def _report_idle_variants(self, found: Mapping[tuple[str, _Place], Unit]) -> None:
        for (language, variant), file in self._plan.variants.items():
            base = next(
                each.base
                for all_of in self._sides.variants.values()
                for each in all_of
                if each.path == variant
            )
            place = self._sides.units[base].place
            if (language, (place.module_slug, place.unit_slug)) not in found:
                message = f"No se lee todavía: falta traducir «{base}», la lección a la que pertenece."
                self._sides.steps.findings.warning(Code.IDLE_TRANSLATION, file.path, 1, message)


def _asking(quiz: Quiz, pool: Mapping[str, Question]) -> Quiz:
    questions = (
        pool.get(question.id, question) if question.id in quiz.pool else question
        for question in quiz.questions
    )
    return replace(quiz, questions=tuple(questions))
