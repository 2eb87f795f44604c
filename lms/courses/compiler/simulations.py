"""Compile a simulation: its scenes, what can be chosen in each, and where the story can end."""

import re
from dataclasses import dataclass
from types import MappingProxyType

from lms.courses.compiler.block_reader import BlockReader
from lms.courses.compiler.checks.dates import check_review
from lms.courses.compiler.checks.pages import check_page
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import (
    Axis,
    Bounds,
    Choice,
    Ending,
    GlossaryEntry,
    Part,
    Scene,
    Simulation,
)
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import Page
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.outline import PlannedUnit
from lms.courses.compiler.parts import PartPlanner, html_of
from lms.courses.compiler.question_builder import PlannedQuestion, QuestionBuilder
from lms.courses.compiler.questions import KEYS
from lms.courses.compiler.records import Record
from lms.courses.compiler.simulation_checks import DraftEnding, Plan, check_simulation
from lms.courses.compiler.simulation_graph import bounds
from lms.courses.compiler.simulation_minutes import check_minutes
from lms.courses.compiler.simulation_reader import AXES, DraftScene, paragraphs, read_scene
from lms.courses.compiler.site import Site
from lms.courses.compiler.sources import cited_sources
from lms.courses.compiler.splitter import Fenced, Node, Prose, split
from lms.courses.compiler.terms import written_terms
from lms.plugins.blocks import Block, BlockRole

SCENE, ENDING, CLOSING = "escena", "final", "cierre"
_KEYS = MappingProxyType(
    {
        name: spanish
        for spanish, english in (
            ("tipo", "type"),
            ("titulo", "title"),
            ("minutos", "minutes"),
            ("objetivo", "objective"),
            ("revisado", "reviewed"),
            ("revisar-antes", "review-by"),
            ("fuentes", "sources"),
            ("jurisdiccion", "jurisdiction"),
            ("intensidad", "intensity"),
            ("aprobar", "pass"),
            ("aprobar-en", "pass-on"),
        )
        for name in (spanish, english)
    }
)
_INTENSITIES = MappingProxyType(
    {"baja": "low", "media": "medium", "alta": "high", "low": "low", "medium": "medium", "high": "high"}
)
_ICON = re.compile(r'href="#i-([a-z0-9-]+)"')
_MAX_MINUTES = 600
_NOTHING = Bounds(best={}, worst={}, best_total=0, worst_total=0, best_path=())


class SimulationCompiler:
    """Compiles the simulations of a course."""

    def __init__(self, site: Site, glossary: dict[str, GlossaryEntry], findings: Findings) -> None:
        """Compile within a site; problems go to the findings."""
        self._site = site
        self._glossary = glossary
        self._findings = findings

    def compile(self, unit: PlannedUnit) -> tuple[Simulation, list[PlannedQuestion]]:
        """Return the simulation; it has no questions."""
        page, findings = unit.page, self._findings
        record = Record(page.front, page.path, _KEYS, findings)
        manuscript = Manuscript(self._site, page.path, page.body, page.body_line)
        draft = SimulationDraft(manuscript, findings, unit.place.unit_slug)
        draft.read(split(page.body, page.path, findings, first_line=page.body_line))
        plan = draft.plan(page.body_line)
        check_simulation(plan, findings)
        manuscript.convert(findings)
        check_notes(manuscript, page, findings)
        simulation = self._simulation(unit, record, draft, plan)
        check_page(page, self._site, findings)
        check_review(record, simulation.reviewed_on, self._site.today, findings)
        check_minutes(simulation, page.path, record.line_of("minutos"), findings)
        return simulation, []

    def _simulation(
        self, unit: PlannedUnit, record: Record, draft: "SimulationDraft", plan: Plan
    ) -> Simulation:
        intro, scenes, endings, closing = draft.finished()
        told = html_of(tuple(part for each in (intro, closing) for part in each))
        told += "".join(html_of(scene.parts) for scene in scenes)
        told += "".join(html_of(ending.parts) for ending in endings)
        is_marked = record.node("aprobar") is not None
        return Simulation(
            slug=unit.place.unit_slug,
            title=record.text("titulo"),
            minutes=record.whole("minutos", at_most=_MAX_MINUTES),
            objective=record.text("objetivo"),
            reviewed_on=record.day("revisado"),
            intensity=record.choice("intensidad", _INTENSITIES, default="baja"),
            jurisdiction=record.jurisdictions("jurisdiccion")[0],
            pass_mark=record.number("aprobar", at_most=1) if is_marked else None,
            pass_axis=self._pass_axis(record, plan, is_marked=is_marked),
            intro=intro,
            start=plan.start,
            scenes=scenes,
            endings=endings,
            closing=closing,
            bounds=self._bounds(plan),
            terms=tuple(self._glossary[slug] for slug in draft.terms if slug in self._glossary),
            sources=cited_sources(record, self._site.sources, self._findings),
            icons=tuple(sorted(set(_ICON.findall(told)))),
        )

    def _pass_axis(self, record: Record, plan: Plan, *, is_marked: bool) -> Axis | None:
        if record.node("aprobar-en") is None:
            return None
        if not is_marked:
            message = "Falta «aprobar»: diga qué fracción se pide en ese eje, o quite «aprobar-en»."
            self._findings.error(Code.MISSING_KEY, record.path, record.line_of("aprobar-en"), message)
        name = record.choice("aprobar-en", {word: axis.value for word, axis in AXES.items()}, default="")
        axis = Axis(name) if name in set(Axis) else Axis.SAFETY
        found = bounds(plan.graph)
        if found is not None and found.best.get(axis, 0) <= 0:
            message = "En ese eje no se gana nada: dé puntos a favor en él, o pida otro."
            self._findings.error(Code.BAD_VALUE, record.path, record.line_of("aprobar-en"), message)
        return axis

    def _bounds(self, plan: Plan) -> Bounds:
        found = bounds(plan.graph)
        if found is None:
            return _NOTHING
        if found.best_total <= max(found.worst_total, 0):
            message = "Por el mejor camino no se gana nada: dé puntos a favor a las opciones que cuidan."
            self._findings.error(Code.FLAT_SCORES, plan.path, plan.line, message)
        return found


def check_notes(manuscript: Manuscript, page: Page, findings: Findings) -> None:
    """Report footnotes, once the page is converted."""
    if manuscript.notes():
        message = "Una simulación no lleva notas al pie: nadie las vería. Escriba su texto en la escena."
        findings.error(Code.TEXT_BETWEEN_SCENES, page.path, page.body_line, message)


@dataclass(slots=True)
class _PlannedChoice:
    text: str
    consequence: str
    reason: str


@dataclass(slots=True)
class _Passage:
    """A stretch of text on its way to parts, and the choices after it."""

    planner: PartPlanner
    block: Block | None = None
    scene: DraftScene | None = None
    choices: tuple[_PlannedChoice, ...] = ()


class SimulationDraft:
    """Takes a page apart, and puts its pieces together once they are HTML."""

    def __init__(self, manuscript: Manuscript, findings: Findings, slug: str) -> None:
        """Take apart the page of a manuscript; `slug` is that of the page."""
        self._manuscript = manuscript
        self._findings = findings
        self._builder = QuestionBuilder(manuscript, findings, in_quiz=False, slug=slug)
        self._reader = BlockReader(manuscript)
        self._intro: _Passage | None = None
        self._scenes: list[_Passage] = []
        self._endings: list[_Passage] = []
        self._closing: list[_Passage] = []
        self.terms: dict[str, None] = {}
        """Slugs of the terms that any of its texts links to."""

    def read(self, nodes: list[Node]) -> None:
        """Hand the texts of a page to the manuscript, in reading order."""
        intro: list[Node] = []
        pieces: list[Fenced] = []
        for node in nodes:
            if isinstance(node, Fenced) and self._role(node) is BlockRole.SCENE:
                pieces.append(node)
            elif pieces:
                self._report_between(node)
            else:
                intro.append(node)
        self._intro = self._passage(intro) if intro else None
        for piece in pieces:
            self._piece(piece)

    def plan(self, line: int) -> Plan:
        """Return the simulation as it is checked."""
        endings = (passage.block for passage in self._endings if passage.block)
        return Plan(
            path=self._manuscript.path,
            line=line,
            scenes=self.scenes,
            endings=tuple(DraftEnding(id=block.argument, line=block.line) for block in endings),
        )

    def finished(
        self,
    ) -> tuple[tuple[Part, ...], tuple[Scene, ...], tuple[Ending, ...], tuple[Part, ...]]:
        """Return the introduction, the scenes, the endings and the closing, once the manuscript is converted."""
        intro = self._parts(self._intro, under=1) if self._intro else ()
        scenes = tuple(self._scene(passage, passage.scene) for passage in self._scenes if passage.scene)
        endings = tuple(self._ending(passage, passage.block) for passage in self._endings if passage.block)
        closing = tuple(part for passage in self._closing for part in self._parts(passage))
        return intro, scenes, endings, closing

    @property
    def scenes(self) -> tuple[DraftScene, ...]:
        """Return the scenes as written, in order."""
        return tuple(passage.scene for passage in self._scenes if passage.scene)

    def _role(self, node: Fenced) -> BlockRole:
        kind = self._reader.kind_of(node)
        return BlockRole.CONTENT if kind is None else kind.role

    def _report_between(self, node: Node) -> None:
        skipped = len(node.text) - len(node.text.lstrip("\n")) if isinstance(node, Prose) else 0
        message = "Este texto está fuera de las escenas y no se vería: páselo adentro de una o al principio."
        path = self._manuscript.path
        self._findings.error(Code.TEXT_BETWEEN_SCENES, path, node.line + skipped, message)

    def _piece(self, node: Fenced) -> None:
        kind, block = self._reader.kind_of(node), self._reader.read(node, self._findings)
        if kind is None:
            return
        self._findings.extend(kind.check(block, self._reader.context))
        if kind.name == SCENE:
            self._scenes.append(self._read_scene(block))
            return
        passage = self._passage(self._split(block.body, block.line + 1))
        passage.block = block
        (self._endings if kind.name == ENDING else self._closing).append(passage)

    def _read_scene(self, block: Block) -> _Passage:
        is_start = block.attributes.get("start", "no") in {"si", "sí", "yes"}
        scene = read_scene(block, is_start=is_start)
        passage = self._passage(self._split(scene.text, block.line + 1))
        passage.scene = scene
        passage.choices = tuple(
            _PlannedChoice(
                text=self._manuscript.inline(choice.text),
                consequence=self._paragraphs(choice.consequence),
                reason=self._paragraphs(choice.reason),
            )
            for choice in scene.choices
        )
        return passage

    def _split(self, text: str, line: int) -> list[Node]:
        return split(text, self._manuscript.path, Findings(), first_line=line)

    def _passage(self, nodes: list[Node]) -> _Passage:
        planner = PartPlanner(self._manuscript, self._builder)
        planner.plan(nodes, self._findings)
        for question in planner.questions:
            message = "Una simulación no lleva preguntas: lo que se decide son las opciones de cada escena."
            self._findings.error(Code.MISPLACED_BLOCK, self._manuscript.path, question.line, message)
        return _Passage(planner)

    def _paragraphs(self, lines: list[str]) -> str:
        text = paragraphs(lines)
        return self._manuscript.plain_block(text) if text else ""

    def _parts(self, passage: _Passage, *, under: int = 2) -> tuple[Part, ...]:
        # Each passage is a page of its own, so each links its terms anew.
        self._manuscript.linked.clear()
        parts = passage.planner.finished(has_notes=False, under=under)
        self.terms.update(self._manuscript.linked)
        return parts

    def _scene(self, passage: _Passage, scene: DraftScene) -> Scene:
        html = self._manuscript.html
        return Scene(
            id=scene.id,
            title=written_terms(scene.title),
            parts=self._parts(passage),
            choices=tuple(
                Choice(
                    key=KEYS[index % len(KEYS)],
                    html=html(planned.text, has_terms=False),
                    target=choice.target_id,
                    scores=dict(choice.scores),
                    critical=choice.critical,
                    consequence_html=html(planned.consequence, has_terms=False),
                    reason_html=html(planned.reason, has_terms=False),
                )
                for index, (choice, planned) in enumerate(zip(scene.choices, passage.choices, strict=True))
            ),
        )

    def _ending(self, passage: _Passage, block: Block) -> Ending:
        return Ending(id=block.argument, title=written_terms(block.title), parts=self._parts(passage))
