"""Simulations in another language: the words are the translator's, where they lead and what they are worth is not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from lms.courses.compiler.alignment import align
from lms.courses.compiler.checks.pages import check_page
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Choice, Ending, GlossaryEntry, Part, Scene, Simulation
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import Page
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.marked_simulations import marked_ending, marked_scene, parts_of
from lms.courses.compiler.outline import PlannedUnit
from lms.courses.compiler.parts import html_of
from lms.courses.compiler.questions import KEYS
from lms.courses.compiler.records import Record
from lms.courses.compiler.simulation_pieces import INTRO, SimulationPiece, simulation_pieces
from lms.courses.compiler.simulation_reader import DraftChoice, DraftScene
from lms.courses.compiler.simulations import CLOSING, ENDING, SCENE, SimulationDraft, check_notes
from lms.courses.compiler.site import Site
from lms.courses.compiler.splitter import split
from lms.courses.compiler.stand_ins import icons_in, in_language, keep_apart, marked_html, stand_in
from lms.courses.compiler.translated_glossaries import Words
from lms.courses.compiler.translation_heads import TranslatedFile

_Node = TypeVar("_Node", Scene, Ending)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """What the translator wrote, and which pieces of the original it says."""

    said: frozenset[tuple[str, str]]
    """Kind and id of each piece that is translated."""
    intro: tuple[Part, ...]
    scenes: Mapping[str, Scene]
    drafts: Mapping[str, DraftScene]
    endings: Mapping[str, Ending]
    closing: tuple[Part, ...]
    ids: frozenset[str]


class SimulationTranslator:
    """Compiles a simulation in another language against the original."""

    def __init__(self, site: Site, words: Words, findings: Findings) -> None:
        """Translate within a site with the terms of the language; problems go to the findings."""
        self._site = site
        self._words = words
        self._findings = findings

    def translate(
        self,
        file: TranslatedFile,
        opened: tuple[Page, Record],
        planned: PlannedUnit,
        simulation: Simulation,
    ) -> Simulation:
        """Return the simulation with the words of a file; what has no translation is marked with its language."""
        page, record = opened
        site = stand_in(self._site, file.path, file.base, file.language, self._words.index)
        nodes = split(page.body, file.path, self._findings, first_line=page.body_line)
        base = split(planned.page.body, file.base, Findings(), first_line=planned.page.body_line)
        pieces = (
            simulation_pieces(nodes, site.blocks, file.path),
            simulation_pieces(base, site.blocks, file.base),
        )
        said = self._said(*pieces, record)
        manuscript = Manuscript(site, file.path, page.body, page.body_line)
        draft = SimulationDraft(manuscript, self._findings, planned.place.unit_slug)
        draft.read(nodes)
        own = self._own(manuscript, draft, page, said)
        site.join_ids()
        check_page(page, site, self._findings)
        made = replace(
            self._composed(simulation, own, file),
            title=record.text("titulo"),
            objective=record.text("objetivo", default="") or simulation.objective,
        )
        told = html_of(tuple(parts_of(made)))
        return replace(made, terms=self._terms(draft.terms, simulation, told), icons=icons_in(told))

    def _own(
        self, manuscript: Manuscript, draft: SimulationDraft, page: Page, said: frozenset[tuple[str, str]]
    ) -> _Own:
        manuscript.convert(self._findings)
        check_notes(manuscript, page, self._findings)
        intro, scenes, endings, closing = draft.finished()
        return _Own(
            said=said,
            intro=intro,
            scenes={scene.id: scene for scene in scenes},
            drafts={scene.id: scene for scene in draft.scenes},
            endings={ending.id: ending for ending in endings},
            closing=closing,
            ids=frozenset(manuscript.dresser.ids),
        )

    def _said(
        self, own: Sequence[SimulationPiece], base: Sequence[SimulationPiece], record: Record
    ) -> frozenset[tuple[str, str]]:
        """Return the kind and id of each piece of the original that has a translation."""
        found = set()
        missing = set()
        for step in align(own, base, record, self._findings):
            original = base[step.base]
            written = None if step.own is None else own[step.own]
            if written is not None and (written.kind, written.id) == (original.kind, original.id):
                found.add((original.kind, original.id))
                continue
            missing.add((original.kind, original.id))
            if written is not None:
                message = f"Aquí va {_named(original)}, como en la original."
                self._findings.error(Code.TRANSLATED_CASE, record.path, written.line, message)
        return frozenset(found - missing)

    def _composed(self, base: Simulation, own: _Own, file: TranslatedFile) -> Simulation:
        return replace(
            base,
            intro=own.intro if (INTRO, "") in own.said else self._marked(base.intro, own),
            scenes=tuple(self._scene(scene, own, file) for scene in base.scenes),
            endings=tuple(self._ending(ending, own) for ending in base.endings),
            closing=own.closing if (CLOSING, "") in own.said else self._marked(base.closing, own),
        )

    def _marked(self, parts: Sequence[Part], own: _Own) -> tuple[Part, ...]:
        language = self._site.language
        return tuple(in_language(part, language) for part in keep_apart(parts, own.ids, language))

    def _apart(self, node: _Node, own: _Own) -> _Node:
        return replace(node, parts=tuple(keep_apart(node.parts, own.ids, self._site.language)))

    def _ending(self, base: Ending, own: _Own) -> Ending:
        ending = own.endings.get(base.id) if (ENDING, base.id) in own.said else None
        if ending is None:
            return marked_ending(self._apart(base, own), self._site.language)
        return replace(base, title=ending.title or base.title, parts=ending.parts)

    def _scene(self, base: Scene, own: _Own, file: TranslatedFile) -> Scene:
        scene = own.scenes.get(base.id) if (SCENE, base.id) in own.said else None
        problems = [] if scene is None else list(_differences(own.drafts[base.id], base))
        for line, message in problems:
            self._findings.error(Code.TRANSLATED_CASE, file.path, line, message)
        if scene is None or problems:
            return marked_scene(self._apart(base, own), self._site.language)
        choices = tuple(
            self._choice(before, after) for before, after in zip(base.choices, scene.choices, strict=True)
        )
        return replace(base, title=scene.title or base.title, parts=scene.parts, choices=choices)

    def _choice(self, base: Choice, own: Choice) -> Choice:
        language = self._site.language
        return replace(
            base,
            html=own.html or marked_html(base.html, language),
            critical=own.critical,
            consequence_html=own.consequence_html or marked_html(base.consequence_html, language),
            reason_html=own.reason_html or marked_html(base.reason_html, language),
        )

    def _terms(self, linked: Mapping[str, None], base: Simulation, told: str) -> tuple[GlossaryEntry, ...]:
        kept = (term.slug for term in base.terms if f'href="#g-{term.slug}"' in told)
        entries = self._words.entries
        return tuple(entries[slug] for slug in dict.fromkeys([*linked, *kept]) if slug in entries)


def _named(piece: SimulationPiece) -> str:
    if piece.kind == INTRO:
        return "el texto que presenta el caso"
    return f"«::: {piece.kind} {piece.id}".rstrip() + "»"


def _differences(own: DraftScene, base: Scene) -> Iterator[tuple[int, str]]:
    """Give where and how a translated scene would decide otherwise than the original."""
    yield from (
        (number, f"«{text[:40]}» no se vería: póngalo antes de las opciones.") for number, text in own.loose
    )
    if len(own.choices) != len(base.choices):
        count = f"La escena «{base.id}» tiene {len(base.choices)} opciones y aquí {len(own.choices)}"
        yield own.line, f"{count}: deje las mismas, en el mismo orden."
        return
    for index, (written, choice) in enumerate(zip(own.choices, base.choices, strict=True)):
        problem = _difference(written, choice, KEYS[index % len(KEYS)].upper())
        if problem:
            yield written.line, problem


def _difference(own: DraftChoice, base: Choice, letter: str) -> str:
    if own.target_id != base.target:
        return f"La opción {letter} lleva a otra escena que en la original: escriba (#{base.target})."
    if own.problems:
        return own.problems[0]
    if own.scores and own.scores != dict(base.scores):
        return f"La opción {letter} da otros puntos que la original: quite las llaves, los puntos son los de ella."
    if base.critical and not own.critical:
        return f'En la original la opción {letter} es un error crítico: dígalo aquí con {{critico="…"}}.'
    if own.critical and not base.critical:
        return f"En la original la opción {letter} no es un error crítico: quite «critico»."
    return ""
