"""Read the body of a scene: its text, then its choices with what comes of each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from lms.courses.compiler.course import Axis
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.splitter import Prose, fenced_code_lines, split
from lms.plugins.blocks import Block

AXES: Mapping[str, Axis] = MappingProxyType(
    {
        name: axis
        for axis, names in (
            (Axis.SAFETY, ("seguridad", "safety")),
            (Axis.CARE, ("trato", "care")),
            (Axis.ROUTE, ("ruta", "route")),
            (Axis.CONFIDENTIALITY, ("confidencialidad", "confidentiality")),
        )
        for name in names
    }
)
"""Each axis by the words that authors write, Spanish first."""
CRITICAL = ("critico", "crítico", "critical")
HIGHEST = 2
# What leads to another site or to a file is a link in a list.
_CHOICE = re.compile(r" {0,3}[-*+][ \t]+\[(.*)\]\((#[^()\s]*|[^()\s./:]*)\)[ \t]*(?:\{([^{}]*)\})?[ \t]*")
_QUOTED = re.compile(r"[ \t]*>[ \t]?(.*)")
_REASON = re.compile(r"\s*\**(?:Por qué|Why)\s*:\**\s*(.*)", re.IGNORECASE)
_PAIR = re.compile(r"""\s*([^\s="']+)=(?:"([^"]*)"|([^\s"]+))""")
_SCORE = re.compile(r"([+\-−–]?)(\d)")


@dataclass(slots=True, kw_only=True)
class DraftChoice:
    """A choice as written."""

    text: str
    target: str
    """As written in the parentheses, with its «#»."""
    line: int
    scores: dict[Axis, int] = field(default_factory=dict)
    critical: str = ""
    problems: list[str] = field(default_factory=list)
    """What cannot be understood in its braces, in words."""
    consequence: list[str] = field(default_factory=list)
    reason: list[str] = field(default_factory=list)

    @property
    def target_id(self) -> str:
        """Return the id of the scene or ending that it leads to."""
        return self.target.removeprefix("#")

    @property
    def total(self) -> int:
        """Return what it is worth over all axes."""
        return sum(self.scores.values())


@dataclass(slots=True, kw_only=True)
class DraftScene:
    """A scene as written, with nothing converted."""

    id: str
    title: str
    line: int
    text: str
    """Markdown before the choices; it begins on the line after the head."""
    is_start: bool = False
    choices: list[DraftChoice] = field(default_factory=list)
    loose: list[tuple[int, str]] = field(default_factory=list)
    """Lines that belong to nothing, with their numbers."""


def read_scene(block: Block, *, is_start: bool) -> DraftScene:
    """Return the parts of a scene; whatever fits nowhere is kept as loose."""
    lines = block.body.split("\n")
    first = _first_choice(block.body)
    scene = DraftScene(
        id=block.argument,
        title=block.title,
        line=block.line,
        text="\n".join(lines[:first]),
        is_start=is_start,
    )
    for number, line in enumerate(lines[first:], block.line + 1 + first):
        found = _CHOICE.fullmatch(line)
        if found is not None:
            scene.choices.append(_choice(found, number))
        elif line.strip():
            _continue(scene, line, number)
    return scene


def _first_choice(body: str) -> int:
    """Return the index of the first choice outside code and other blocks, or of the end."""
    for node in split(body, "", Findings(), first_line=0):
        if isinstance(node, Prose):
            lines = node.text.split("\n")
            code = fenced_code_lines(lines)
            for index, line in enumerate(lines):
                if index not in code and _CHOICE.fullmatch(line):
                    return node.line + index
    return body.count("\n") + 1


def _choice(found: re.Match[str], number: int) -> DraftChoice:
    choice = DraftChoice(text=found[1].strip(), target=found[2], line=number)
    braces, position = (found[3] or "").strip(), 0
    while position < len(braces):
        pair = _PAIR.match(braces, position)
        if pair is None:
            choice.problems.append(f"No se entiende «{braces[position:].strip()}»: escriba {{seguridad=+2}}.")
            break
        position = pair.end()
        _keep_pair(choice, pair[1], pair[2] or pair[3] or "")
    return choice


def _keep_pair(choice: DraftChoice, key: str, value: str) -> None:
    if key in CRITICAL:
        choice.critical = value.strip()
        if not choice.critical:
            choice.problems.append(
                'El error crítico necesita unas palabras: {critico="Qué se puso en riesgo"}.'
            )
        return
    axis, score = AXES.get(key), _SCORE.fullmatch(value)
    if axis is None:
        choice.problems.append(
            f"«{key}» no es un eje: use seguridad, trato, ruta, confidencialidad o critico."
        )
    elif axis in choice.scores:
        choice.problems.append(f"«{key}» está dos veces: deje una.")
    elif score is None or int(score[2]) > HIGHEST:
        choice.problems.append(f"«{key}={value}» no sirve: los puntos van de -{HIGHEST} a +{HIGHEST}.")
    else:
        choice.scores[axis] = int(score[2]) * (1 if score[1] in {"", "+"} else -1)


def _continue(scene: DraftScene, line: str, number: int) -> None:
    choice = scene.choices[-1]
    quoted = _QUOTED.fullmatch(line)
    if line[0] not in " \t":
        scene.loose.append((number, line.strip()))
    elif quoted is not None:
        _quote(choice, quoted[1])
    elif choice.reason or choice.consequence:
        _quote(choice, line.strip())
    else:
        choice.text = f"{choice.text} {line.strip()}"


def _quote(choice: DraftChoice, text: str) -> None:
    reason = _REASON.fullmatch(text)
    if reason is not None and not choice.reason:
        choice.reason.append(reason[1][:1].upper() + reason[1][1:])
    else:
        (choice.reason or choice.consequence).append(text)


def paragraphs(lines: Sequence[str]) -> str:
    """Return quoted lines as Markdown, empty when nothing is said."""
    return "\n".join(lines).strip()
