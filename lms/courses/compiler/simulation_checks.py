"""What can be wrong with the graph of a simulation, and with what it teaches by its points."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Axis
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.questions import KEYS
from lms.courses.compiler.simulation_graph import MAX_LOOP, MAX_SCENES, Edge, Graph
from lms.courses.compiler.simulation_reader import DraftChoice, DraftScene, paragraphs
from lms.courses.compiler.slugs import SLUG

FEWEST, MOST = 2, 4
"""Choices of a scene: fewer are no decision, more are too much to weigh on a telephone."""
LONGEST_ID = 60
"""Characters of the short name of a scene or ending: the log of decisions holds no more."""
PATTERN = 3
"""Scenes from which on a habit gives the best choice away."""
_AXIS_WORDS = {
    Axis.SAFETY: "seguridad",
    Axis.CARE: "trato",
    Axis.ROUTE: "ruta",
    Axis.CONFIDENTIALITY: "confidencialidad",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEnding:
    """An ending as written."""

    id: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A simulation as written, before any text is converted."""

    path: str
    line: int
    """Line of the page at which its body starts."""
    scenes: tuple[DraftScene, ...]
    endings: tuple[DraftEnding, ...]

    @property
    def nodes(self) -> tuple[DraftScene | DraftEnding, ...]:
        """Return the scenes and then the endings."""
        return (*self.scenes, *self.endings)

    @property
    def start(self) -> str:
        """Return the id of the scene that is marked as the first, or of the one that stands first."""
        marked = [scene.id for scene in self.scenes if scene.is_start]
        return next(iter([*marked, *(scene.id for scene in self.scenes)]), "")

    @property
    def graph(self) -> Graph:
        """Return the graph; choices that lead nowhere are left out."""
        known = {node.id for node in self.nodes}
        edges = {
            scene.id: tuple(
                Edge(
                    source=scene.id,
                    key=KEYS[index % len(KEYS)],
                    target=choice.target_id,
                    scores=choice.scores,
                )
                for index, choice in enumerate(scene.choices)
                if choice.target_id in known
            )
            for scene in self.scenes
        }
        return Graph(start=self.start, edges=edges, endings=frozenset(e.id for e in self.endings))


def check_simulation(plan: Plan, findings: Findings) -> None:
    """Report everything that is wrong with a simulation."""
    found = _Report(plan, findings)
    _check_names(plan, found)
    for scene in plan.scenes:
        _check_scene(scene, found)
        for choice in scene.choices:
            _check_choice(choice, plan, found)
    _check_ways(plan, found)
    _check_points(plan, found)


class _Report:
    def __init__(self, plan: Plan, findings: Findings) -> None:
        self._path = plan.path
        self._findings = findings

    def error(self, code: Code, line: int, message: str) -> None:
        self._findings.error(code, self._path, line, message)

    def warning(self, code: Code, line: int, message: str) -> None:
        self._findings.warning(code, self._path, line, message)


def _check_names(plan: Plan, found: _Report) -> None:
    seen: dict[str, int] = {}
    for node in plan.nodes:
        if node.id and not (SLUG.fullmatch(node.id) and len(node.id) <= LONGEST_ID):
            message = f"«{node.id[:LONGEST_ID]}» no sirve de nombre corto: use minúsculas sin tilde, cifras y guiones."
            found.error(Code.BAD_HEAD, node.line, message)
        if node.id in seen:
            message = f"«{node.id}» ya nombra lo de la línea {seen[node.id]}: escriba otro."
            found.error(Code.DUPLICATE_SCENE, node.line, message)
        seen.setdefault(node.id, node.line)
    starts = [scene for scene in plan.scenes if scene.is_start]
    for scene in starts[1:]:
        message = f"El caso ya empieza en «{starts[0].id}»: quite {{inicio=si}} de una de las dos."
        found.error(Code.SEVERAL_STARTS, scene.line, message)
    if not plan.scenes:
        found.error(Code.NO_SCENES, plan.line, "No hay escenas: agregue bloques «::: escena nombre Título».")
    elif not plan.endings:
        message = "El caso no termina nunca: agregue al menos un bloque «::: final nombre Título»."
        found.error(Code.NO_ENDING, plan.scenes[-1].line, message)


def _check_scene(scene: DraftScene, found: _Report) -> None:
    count = len(scene.choices)
    for number, text in scene.loose:
        message = (
            f"«{text[:40]}» no es opción ni consecuencia: póngalo antes de las opciones o con sangría y «>»."
        )
        found.error(Code.LOOSE_TEXT, number, message)
    if not count:
        message = (
            f"De «{scene.id}» no se sale: agregue opciones como «- [Lo que hace](#escena)», o hágala final."
        )
        found.error(Code.DEAD_END, scene.line, message)
    elif count < FEWEST:
        message = (
            f"«{scene.id}» tiene una sola opción y no hay qué decidir: agregue otra o únala con la anterior."
        )
        found.error(Code.TOO_FEW_CHOICES, scene.line, message)
    elif count > MOST:
        message = f"«{scene.id}» tiene {count} opciones: deje {MOST} o menos."
        found.warning(Code.TOO_MANY_CHOICES, scene.line, message)


def _check_choice(choice: DraftChoice, plan: Plan, found: _Report) -> None:
    _check_target(choice, plan, found)
    for problem in choice.problems:
        found.error(Code.BAD_CHOICE, choice.line, problem)
    if not choice.text:
        found.error(Code.EMPTY_OPTION, choice.line, "La opción está vacía: escriba qué se hace.")
    if not paragraphs(choice.consequence):
        message = "Falta qué pasa después: agregue debajo una línea con sangría que empiece con «> »."
        found.error(Code.NO_CONSEQUENCE, choice.line, message)
    if not paragraphs(choice.reason):
        message = "Falta la explicación: agregue debajo una línea «> Por qué: …»."
        report = found.error if choice.critical else found.warning
        report(Code.NO_REASON, choice.line, message)


def _check_target(choice: DraftChoice, plan: Plan, found: _Report) -> None:
    known = [node.id for node in plan.nodes]
    if not choice.target.startswith("#"):
        message = f"«{choice.target}» no es una escena: escriba el nombre corto con «#», como (#llegada)."
        found.error(Code.UNKNOWN_TARGET, choice.line, message)
    elif choice.target_id not in known:
        near = did_you_mean(choice.target_id, known)
        found.error(Code.UNKNOWN_TARGET, choice.line, f"No hay escena ni final «{choice.target_id}».{near}")


def _check_ways(plan: Plan, found: _Report) -> None:
    """Every scene is reached, and from every scene the story can end."""
    if len(plan.scenes) > MAX_SCENES:
        message = f"Hay {len(plan.scenes)} escenas y el límite es {MAX_SCENES}: divida el caso en dos."
        found.error(Code.TOO_LARGE, plan.line, message)
        return
    graph = plan.graph
    for node in plan.nodes:
        if node.id not in graph.reached:
            message = f"Ninguna opción lleva a «{node.id}»: enlácela con [Lo que hace](#{node.id}) o quítela."
            found.error(Code.UNREACHABLE_SCENE, node.line, message)
    # A scene without choices, or with one that leads nowhere, already has its own error.
    broken = {scene.id for scene in plan.scenes if len(graph.edges[scene.id]) < max(len(scene.choices), 1)}
    leads_on = Graph(start=graph.start, edges=graph.edges, endings=graph.endings | broken).saved
    for scene in plan.scenes if plan.endings else ():
        if scene.id not in leads_on:
            message = (
                f"Desde «{scene.id}» se da vueltas sin llegar a ningún final: agregue una opción que salga."
            )
            found.error(Code.NO_WAY_OUT, scene.line, message)
    if graph.largest_loop > MAX_LOOP:
        message = f"Más de {MAX_LOOP} opciones dan vueltas entre las mismas escenas: deje menos regresos."
        found.error(Code.TANGLED_LOOP, plan.line, message)


def _check_points(plan: Plan, found: _Report) -> None:
    """The points teach: each axis counts, some choice is better, and no habit tells which."""
    choices = [choice for scene in plan.scenes for choice in scene.choices]
    scored = {axis for choice in choices for axis in choice.scores}
    if not scored:
        if choices:
            message = "Ninguna opción lleva puntos: escriba {seguridad=+2} después de cada una."
            found.error(Code.FLAT_SCORES, plan.line, message)
        return
    for axis in Axis:
        if axis not in scored:
            message = f"Nada se valora en «{_AXIS_WORDS[axis]}»: el resultado no dirá nada de ese eje."
            found.warning(Code.UNSCORED_AXIS, plan.line, message)
    decisions = [scene for scene in plan.scenes if len(scene.choices) >= FEWEST]
    for scene in decisions:
        if len({choice.total for choice in scene.choices}) == 1:
            message = f"En «{scene.id}» todas las opciones valen lo mismo: valore cuál cuida más."
            found.warning(Code.FLAT_SCORES, scene.line, message)
    _check_habits(plan, decisions, found)


def _check_habits(plan: Plan, decisions: Sequence[DraftScene], found: _Report) -> None:
    telling = [scene for scene in decisions if len({choice.total for choice in scene.choices}) > 1]
    if len(telling) < PATTERN:
        return
    if all(_best(scene) is scene.choices[0] for scene in telling):
        message = "La mejor opción siempre es la primera: cambie el orden en algunas escenas."
        found.warning(Code.GIVEN_AWAY, plan.line, message)
    if all(_best(scene) is max(scene.choices, key=lambda choice: len(choice.text)) for scene in telling):
        message = "La mejor opción siempre es la más larga: iguale el largo en algunas escenas."
        found.warning(Code.GIVEN_AWAY, plan.line, message)


def _best(scene: DraftScene) -> DraftChoice:
    return max(scene.choices, key=lambda choice: choice.total)
