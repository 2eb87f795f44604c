"""What changed between two editions of a course, page by page, and how much it matters to who studies it. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from lms.core.i18n import _l
from lms.core.text import Text
from lms.courses.compiler.codec import quiz_from_json
from lms.courses.wording import WordingChange, compare_wording

Json = Mapping[str, Any]


class ChangeClass(StrEnum):
    """How much a new release changes; each class includes the ones before it."""

    TYPO = "typo"
    """Spelling: nobody who has read the page needs to read it again."""
    CONTENT = "content"
    """What is taught changed; what is asked did not."""
    ASSESSMENT = "assessment"
    """Questions, keys or what it takes to pass changed."""

    @property
    def weight(self) -> int:
        """Return its place from the lightest, 0, to the heaviest."""
        return list(ChangeClass).index(self)


class ChangeKind(StrEnum):
    """What happened to a page."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"
    COURSE = "course"
    """Not a page: what the course says of itself, in curso.yaml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEdition:
    """A page of an edition: where it is published, of what kind it is, and its compiled body."""

    module_slug: str
    slug: str
    kind: str
    """lesson, quiz or simulation."""
    title: str
    body: Json
    """As ``lms.courses.compiler.codec`` writes it."""

    @property
    def place(self) -> str:
        """Return its address inside the course: module/page."""
        return f"{self.module_slug}/{self.slug}"


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A whole course as it is, was, or would be released."""

    pass_mark: float
    attendance_share: float
    about: Json
    """What else the course says of itself: title, summary, hours, notice, names of modules."""
    pages: tuple[PageEdition, ...]
    """In reading order."""

    @cached_property
    def by_place(self) -> dict[str, PageEdition]:
        """Return the pages by their place."""
        return {page.place: page for page in self.pages}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChange:
    """One thing that changed, and the class that it proves."""

    kind: ChangeKind
    place: str
    """module/page; empty for what the course says of itself."""
    title: str
    change_class: ChangeClass
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that changed between two editions."""

    changes: tuple[PageChange, ...]

    @property
    def change_class(self) -> ChangeClass | None:
        """Return the class of the whole: that of its heaviest change; None when nothing changed."""
        found = [change.change_class for change in self.changes]
        return max(found, key=lambda each: each.weight, default=None)

    def against(self, declared: ChangeClass) -> tuple[PageChange, ...]:
        """Return the changes that contradict a declared class, because they weigh more than it."""
        return tuple(each for each in self.changes if each.change_class.weight > declared.weight)

    def of_kind(self, kind: ChangeKind) -> tuple[PageChange, ...]:
        """Return the changes of one kind, in reading order."""
        return tuple(each for each in self.changes if each.kind is kind)


ASKS: Final = frozenset({"quiz", "simulation"})
"""Kinds of page that ask and keep the answers."""
QUIZ_RULES: Final = {
    "attempts": _l("Cambió el número de intentos."),
    "pass_mark": _l("Cambió lo que hace falta para aprobar."),
    "shuffle": _l("Cambió si las preguntas se barajan."),
}
_WAYS: Final = ("moment", "limit_minutes", "wait_hours", "counting", "shuffles_questions")
"""How a quiz is taken, which most quizzes do not say."""
_EXPLAINS: Final = frozenset(
    {"feedback_html", "explanation_html", "source", "level", "module", "objective", "tags"}
)
"""Of a question, what comes after answering or finds it in a bank: it changes what is taught, not what is asked."""
_UNREAD: Final = frozenset({"reviewed_on", "words", "icons", "slug", "checked_on", "level"})
"""What nobody reads as text, or follows from the rest."""


def compare(before: Edition, after: Edition) -> Difference:
    """Return what changed from one edition to another: the course first, then pages in reading order."""
    changes = [*_course_changes(before, after)]
    moved = _moved(before, after)
    for page in after.pages:
        old = before.by_place.get(page.place)
        if old is None:
            changes.append(_added(page))
            continue
        if page.place in moved:
            reason = _l("Está en otro lugar del recorrido.")
            changes.append(_change(ChangeKind.MOVED, page, ChangeClass.CONTENT, reason))
        changes += _page_changes(old, page)
    changes += [_removed(page) for page in before.pages if page.place not in after.by_place]
    return Difference(changes=tuple(changes))


def _course_changes(before: Edition, after: Edition) -> Iterable[PageChange]:
    bar = (before.pass_mark, before.attendance_share) != (after.pass_mark, after.attendance_share)
    if bar:
        yield _about(ChangeClass.ASSESSMENT, _l("Cambió lo que hace falta para aprobar el curso."))
    if before.about != after.about:
        yield _about(ChangeClass.CONTENT, _l("Cambió lo que el curso dice de sí mismo."))


def _about(change_class: ChangeClass, reason: Text) -> PageChange:
    return PageChange(kind=ChangeKind.COURSE, place="", title="", change_class=change_class, reason=reason)


def _added(page: PageEdition) -> PageChange:
    weight = ChangeClass.ASSESSMENT if page.kind in ASKS else ChangeClass.CONTENT
    return _change(ChangeKind.ADDED, page, weight, _l("La página es nueva."))


def _removed(page: PageEdition) -> PageChange:
    weight = ChangeClass.ASSESSMENT if page.kind in ASKS else ChangeClass.CONTENT
    return _change(ChangeKind.REMOVED, page, weight, _l("La página ya no está."))


def _change(kind: ChangeKind, page: PageEdition, change_class: ChangeClass, reason: Text) -> PageChange:
    return PageChange(kind=kind, place=page.place, title=page.title, change_class=change_class, reason=reason)


def _moved(before: Edition, after: Edition) -> set[str]:
    """Return the places whose order among the pages of both editions changed."""
    old = [page.place for page in before.pages if page.place in after.by_place]
    new = [page.place for page in after.pages if page.place in before.by_place]
    return {place for place, other in zip(new, old, strict=True) if place != other}


def _page_changes(old: PageEdition, new: PageEdition) -> Iterable[PageChange]:
    if old.kind != new.kind:
        yield _change(ChangeKind.CHANGED, new, ChangeClass.ASSESSMENT, _l("La página es de otro tipo."))
        return
    found = _KINDS.get(new.kind, _judge_asked)(old.body, new.body)
    if found:
        heaviest = max(found, key=lambda each: each[0].weight)
        yield _change(ChangeKind.CHANGED, new, *heaviest)


Judgement = tuple[ChangeClass, Text]


def _judge_quiz(old: Json, new: Json) -> list[Judgement]:
    found: list[Judgement] = [
        (ChangeClass.ASSESSMENT, reason) for key, reason in QUIZ_RULES.items() if old[key] != new[key]
    ]
    if any(old.get(key) != new.get(key) for key in _WAYS):
        reason = _l("Cambió cómo se responde: tiempo, espera, orden o qué intento cuenta.")
        found.append((ChangeClass.ASSESSMENT, reason))
    asked, asks = _by_id(old["questions"]), _by_id(new["questions"])
    if set(asked) != set(asks):
        found.append((ChangeClass.ASSESSMENT, _l("Hay preguntas de más o de menos.")))
    for name in asked.keys() & asks.keys():
        if _asked(asked[name]) != _asked(asks[name]):
            reason = _l("Cambió lo que pregunta o la clave de «%(name)s».", name=name)
            found.append((ChangeClass.ASSESSMENT, reason))
    if _drawn(old) != _drawn(new):
        found.append((ChangeClass.ASSESSMENT, _l("Cambió lo que se extrae del banco de preguntas.")))
    if list(asked) != list(asks):
        found.append((ChangeClass.CONTENT, _l("Las preguntas van en otro orden.")))
    return found or _judge_text(
        {**old, **_UNDRAWN, "questions": asked}, {**new, **_UNDRAWN, "questions": asks}
    )


_UNDRAWN: Final[Json] = {"pool": [], "drawn": None, "draws": [], "forms": []}


def _drawn(quiz: Json) -> object:
    """Return what each attempt draws and from what; None when it asks every question, from a bank or not."""
    if quiz.get("drawn") is None and not quiz.get("forms"):
        return None
    whole = quiz_from_json(quiz)
    pool = {each.id: whole.lines_of(each) for each in whole.live if each.id in whole.pool}
    return whole.counts, {each: lines for each, lines in pool.items() if lines or whole.forms}, whole.forms


def _by_id(questions: Sequence[Json]) -> dict[str, Json]:
    return {question["id"]: question for question in questions}


def _asked(question: Json) -> Json:
    """Return what of a question decides the answer."""
    rest = {key: value for key, value in question.items() if key not in _EXPLAINS}
    options = [{k: v for k, v in option.items() if k not in _EXPLAINS} for option in question["options"]]
    return {**rest, "options": options}


def _judge_asked(old: Json, new: Json) -> list[Judgement]:
    """Judge a page that asks in its own way: a change beyond its wording changes what is asked."""
    found = _judge_text(old, new)
    shape = _shape(old, _UNREAD) != _shape(new, _UNREAD)
    return [(ChangeClass.ASSESSMENT, _l("Cambió lo que pregunta o lo que vale."))] if shape else found


def _judge_simulation(old: Json, new: Json) -> list[Judgement]:
    """Judge a case: where its choices lead, what they are worth and what they say is what it asks."""
    if _ways(old) != _ways(new):
        return [(ChangeClass.ASSESSMENT, _l("Cambió lo que se decide, adónde lleva o lo que vale."))]
    offered, offers = list(_offered(old)), list(_offered(new))
    if offered != offers and compare_wording(offered, offers) is not WordingChange.SMALL:
        return [(ChangeClass.ASSESSMENT, _l("Cambió lo que dice una opción."))]
    return _judge_text(old, new)


def _ways(body: Json) -> Json:
    """Return the graph of a case with its points."""
    return {
        "start": body["start"],
        "pass_mark": body["pass_mark"],
        "endings": [ending["id"] for ending in body["endings"]],
        "scenes": {
            scene["id"]: [
                (choice["key"], choice["target"], choice["scores"], bool(choice["critical"]))
                for choice in scene["choices"]
            ]
            for scene in body["scenes"]
        },
    }


def _offered(body: Json) -> Iterable[tuple[str, str]]:
    for scene in body["scenes"]:
        for choice in scene["choices"]:
            yield "html", choice["html"]


def _judge_text(old: Json, new: Json) -> list[Judgement]:
    if _shape(old, _UNREAD) != _shape(new, _UNREAD):
        return [(ChangeClass.CONTENT, _l("Hay partes de más o de menos."))]
    change = compare_wording(list(_texts(old)), list(_texts(new)))
    return [_WORDING[change]] if change in _WORDING else _unread(old, new)


def _unread(old: Json, new: Json) -> list[Judgement]:
    return [] if old == new else [(ChangeClass.TYPO, _l("Cambió una fecha o un dato que no se lee."))]


_WORDING: Final[dict[WordingChange, Judgement]] = {
    WordingChange.SMALL: (ChangeClass.TYPO, _l("Cambió la escritura de pocas palabras.")),
    WordingChange.LARGE: (ChangeClass.CONTENT, _l("Cambió más texto que una errata.")),
    WordingChange.NUMBER: (ChangeClass.CONTENT, _l("Cambió un número o una fecha del texto.")),
    WordingChange.SENSE: (ChangeClass.CONTENT, _l("Cambió una palabra que decide el sentido, como «no».")),
    WordingChange.HEADING: (ChangeClass.CONTENT, _l("Cambió un título.")),
    WordingChange.BLOCKS: (ChangeClass.CONTENT, _l("Hay bloques, enlaces o imágenes distintos.")),
}
_KINDS: Final[dict[str, Callable[[Json, Json], list[Judgement]]]] = {
    "lesson": _judge_text,
    "quiz": _judge_quiz,
    "simulation": _judge_simulation,
}


def _shape(value: Any, without: frozenset[str]) -> Any:
    """Return a body with its texts taken out: what remains must be equal for two editions to differ in words only."""
    match value:
        case str():
            return ""
        case Mapping():
            return {key: _shape(item, without) for key, item in value.items() if key not in without}
        case list() | tuple():
            return [_shape(item, without) for item in value]
        case _:
            return value


def _texts(value: Any, key: str = "") -> Iterable[tuple[str, str]]:
    """Yield every text of a body with the key it stands under, in order."""
    match value:
        case str():
            yield key, value
        case Mapping():
            for name, item in value.items():
                if name not in _UNREAD:
                    yield from _texts(item, name)
        case list() | tuple():
            for item in value:
                yield from _texts(item, key)
