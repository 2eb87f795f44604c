"""Variants by place: files that add branches to the forks of a lesson, so that one course serves several laws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lms.core.places import find_place
from lms.courses.compiler.checks.pages import check_page
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import GlossaryEntry, HtmlPart, Lesson, PlaceBranch, PlacePart
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.front_matter import Page
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.outline import PageKind, PlannedUnit
from lms.courses.compiler.parts import PartPlanner, html_of, words_read
from lms.courses.compiler.places import unknown_place
from lms.courses.compiler.question_builder import PlannedQuestion, QuestionBuilder
from lms.courses.compiler.sections import Blocks, Section, fork_hashes, kind_of, place_block
from lms.courses.compiler.site import Site
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.splitter import Fenced, Node, Prose, split
from lms.courses.compiler.stand_ins import ids_in, keep_apart, stand_in, with_parts
from lms.courses.compiler.yaml_nodes import YamlNode
from lms.plugins.blocks import Block, BranchAxis

FOLDERS = ("variantes", "overlays")
NO_HEAD = YamlNode(line=1, value={})
"""The front matter of a variant, which has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A file with what a place adds to a page."""

    place: str
    """Code of the place, as in MX-ROO."""
    path: str
    base: str
    """Path of the page."""


Variants = Mapping[str, Sequence[Variant]]
"""By the path of the page that they add to."""


def plan_variants(tree: SourceTree, units: Mapping[str, PlannedUnit], findings: Findings) -> Variants:
    """Return the files of variants by the page they belong to; `units` has every page of the course by its path."""
    found: dict[str, list[Variant]] = {}
    for path in sorted(tree.files):
        if not path.startswith(tuple(f"{folder}/" for folder in FOLDERS)) or not path.endswith(".md"):
            continue
        variant = _variant(path, units, findings)
        if variant is not None:
            found.setdefault(variant.base, []).append(variant)
    return found


def _variant(path: str, units: Mapping[str, PlannedUnit], findings: Findings) -> Variant | None:
    _, _, rest = path.partition("/")
    folder, _, base = rest.partition("/")
    place = find_place(folder)
    if place is None:
        findings.error(Code.UNKNOWN_PLACE, path, 1, unknown_place(folder))
        return None
    if base not in units or units[base].kind is not PageKind.LESSON:
        lessons = [known for known, unit in units.items() if unit.kind is PageKind.LESSON]
        message = f"«{base}» no es una lección del curso.{did_you_mean(base, lessons)}"
        findings.error(Code.NO_BASE_PAGE, path, 1, message)
        return None
    return Variant(place=place, path=path, base=base)


class VariantCompiler:
    """Adds to lessons what their variants say."""

    def __init__(self, site: Site, glossary: Mapping[str, GlossaryEntry], findings: Findings) -> None:
        """Compile within a site; problems go to the findings."""
        self._site = site
        self._glossary = glossary
        self._findings = findings

    def widen(
        self, unit: PlannedUnit, lesson: Lesson, variants: Sequence[Variant]
    ) -> tuple[Lesson, list[tuple[str, PlannedQuestion]]]:
        """Return the lesson with the branches of its variants, and the questions in them with their files."""
        nodes = split(unit.page.body, unit.page.path, Findings(), first_line=unit.page.body_line)
        hashes = fork_hashes(nodes, self._site.blocks, unit.page.path)
        questions: list[tuple[str, PlannedQuestion]] = []
        for variant in variants:
            lesson, asked = self._add(lesson, variant, unit, hashes)
            questions += [(variant.path, question) for question in asked]
        return lesson, questions

    def _add(
        self, lesson: Lesson, variant: Variant, unit: PlannedUnit, hashes: Mapping[str, str]
    ) -> tuple[Lesson, list[PlannedQuestion]]:
        text = self._site.tree.text(variant.path, self._findings)
        if text is None:
            return lesson, []
        nodes = split(text, variant.path, self._findings)
        sound = [node for node in nodes if self._is_sound(node, variant, hashes)]
        site = stand_in(self._site, variant.path, variant.base)
        manuscript = Manuscript(site, variant.path, text, 1)
        manuscript.linked.update((term.slug, None) for term in lesson.terms)
        slug = f"{unit.place.unit_slug}-{variant.place.lower()}"
        planner = PartPlanner(
            manuscript, QuestionBuilder(manuscript, self._findings, in_quiz=False, slug=slug)
        )
        planner.plan(sound, self._findings)
        manuscript.convert(self._findings)
        parts = planner.finished()
        site.join_ids()
        page = Page(path=variant.path, front=NO_HEAD, body=text, body_line=1)
        check_page(page, site, self._findings)
        taken = ids_in(html_of(lesson.parts))
        renamed = keep_apart(parts, taken, variant.place.lower())
        forks = [part for part in renamed if isinstance(part, PlacePart)]
        notes = tuple(part for part in renamed if isinstance(part, HtmlPart))
        lesson = self._merged(lesson, with_notes(forks, notes), variant)
        terms = tuple(self._glossary[slug] for slug in manuscript.linked if slug in self._glossary)
        widened = with_parts(lesson, lesson.parts, words_read(lesson.parts))
        return replace(widened, terms=terms), planner.questions

    def _is_sound(self, node: Node, variant: Variant, hashes: Mapping[str, str]) -> bool:
        blocks, path = self._site.blocks, variant.path
        is_in_place = check_in_place(node, variant.place, path, blocks, self._findings)
        if not is_in_place or not isinstance(node, Fenced):
            return False
        return self._is_for_a_fork(place_block(node, blocks, path), variant, hashes)

    def _is_for_a_fork(self, block: Block, variant: Variant, hashes: Mapping[str, str]) -> bool:
        fork = block.attributes.get("id", "")
        if fork not in hashes:
            message = (
                f"La lección no tiene un bloque «lugar» con {{id={fork or '…'}}}.{did_you_mean(fork, hashes)}"
            )
            self._findings.error(Code.UNKNOWN_FORK, variant.path, block.line, message)
            return False
        written = block.attributes.get("from", "")
        if written != hashes[fork]:
            seen = f"cambió desde que se escribió esto ({written})" if written else "puede cambiar"
            message = f"El texto general {seen}: revíselo y escriba {{id={fork} de={hashes[fork]}}}."
            self._findings.warning(Code.STALE_VARIANT, variant.path, block.line, message)
        return True

    def _merged(self, lesson: Lesson, forks: Sequence[PlacePart], variant: Variant) -> Lesson:
        parts = list(lesson.parts)
        for fork in forks:
            at = next(i for i, part in enumerate(parts) if isinstance(part, PlacePart) and part.id == fork.id)
            base = parts[at]
            if isinstance(base, PlacePart):
                parts[at] = replace(base, branches=(*base.branches, *self._new(base, fork.branches, variant)))
        return replace(lesson, parts=tuple(parts))

    def _new(
        self, base: PlacePart, branches: Sequence[PlaceBranch], variant: Variant
    ) -> tuple[PlaceBranch, ...]:
        known = {code for branch in base.branches for code in branch.places}
        if variant.place not in known:
            return tuple(branches)
        message = f"La lección ya tiene un apartado de «{variant.place.lower()}» en «{base.id}»: deje uno de los dos."
        self._findings.error(Code.REPEATED_PLACE, variant.path, 1, message)
        return ()


def check_in_place(node: Node, place: str, path: str, blocks: Blocks, findings: Findings) -> bool:
    """Say whether a piece of a variant is a branch for its place; report it otherwise."""
    kind = kind_of(node, blocks) if isinstance(node, Fenced) else None
    if isinstance(node, Prose) or kind is None or kind.axis is not BranchAxis.PLACE:
        line = node.line + (len(node.text) - len(node.text.lstrip("\n")) if isinstance(node, Prose) else 0)
        message = "Aquí solo van bloques «::: lugar … {id=…}»: lo demás se escribe en la lección."
        findings.error(Code.LOOSE_IN_VARIANT, path, line, message)
        return False
    if find_place(place_block(node, blocks, path).argument) == place:
        return True
    message = f"La carpeta es de «{place.lower()}»: empiece con «::: lugar {place.lower()}»."
    findings.error(Code.WRONG_PLACE, path, node.line, message)
    return False


def variant_sections(nodes: Sequence[Node], blocks: Blocks, path: str) -> list[Section]:
    """Return the branches of a variant, each with the hash of what it says."""
    found = []
    for node in nodes:
        if isinstance(node, Fenced):
            block = place_block(node, blocks, path)
            said = f"{block.attributes.get('id', '')} {block.title}\n\n{block.body}"
            found.append(Section(line=node.line, nodes=[node], said=said))
    return found


def with_notes(forks: Sequence[PlacePart], notes: tuple[HtmlPart, ...]) -> list[PlacePart]:
    """Return the forks of a variant with its footnotes at the end of the last one."""
    if not forks or not notes:
        return list(forks)
    last = forks[-1].branches[-1]
    branch = replace(last, parts=(*last.parts, *notes))
    return [*forks[:-1], replace(forks[-1], branches=(*forks[-1].branches[:-1], branch))]
