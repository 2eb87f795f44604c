"""Read QTI 2.1, 2.2 and 3.0: items alone or in a package, one interaction each, and texts with several gaps.

The names of QTI 3 are those of QTI 2 with hyphens and «qti-»: both are read as one (IMS QTI 2.2.1 Information Model;
1EdTech QTI 3.0 ASI Information Model).
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import partial
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from lms.assessments.exchange.amounts import number
from lms.assessments.exchange.asked import Answer, Asked, Loss, Losses, Pair, Reading, Unreadable
from lms.assessments.exchange.bank_text import FALSE, TRUE
from lms.assessments.exchange.carried_pictures import Pictures
from lms.assessments.exchange.embedded import accepting_gap, mark, parted, written_gap
from lms.assessments.exchange.finishing import finished
from lms.assessments.exchange.markup import from_html, inline_from_html
from lms.assessments.exchange.plain import one_line
from lms.assessments.exchange.xml_tree import (
    Element,
    all_of,
    attribute,
    children_of,
    first_of,
    inner_markup,
    name_of,
    parse_xml,
    text_in,
)
from lms.core.i18n import _l

_TRUTHS: Final = (("verdadero", "falso"), ("true", "false"), ("v", "f"))
_INLINE: Final = frozenset({"textentryinteraction", "inlinechoiceinteraction"})
_OWN: Final = frozenset({"modalfeedback", "feedbackinline", "feedbackblock", "prompt", "rubricblock"})

Files = Mapping[str, bytes]


def read_items(files: Files) -> Reading:
    """Return the questions of the items among some files, by path."""
    losses = Losses()
    pictures = Pictures(losses)
    found: list[Callable[[], Asked | None]] = []
    early: list[Loss] = []
    for path, content in sorted(files.items()):
        if not path.lower().endswith(".xml") or PurePosixPath(path).name.lower() == "imsmanifest.xml":
            continue
        losses.found = []
        root = parse_xml(content, losses)
        early += losses.found
        if root is not None:
            items = [root] if name_of(root) == "assessmentitem" else list(all_of(root, "assessmentitem"))
            found += (partial(_Item(item, files, path, losses, pictures).asked) for item in items)
    reading = finished(found, losses)
    lost = [*early, *reading.losses]
    if not found:
        lost.append(Loss(line=0, what="", why=_l("El archivo no trae preguntas de QTI.")))
    return Reading(items=reading.items, losses=tuple(lost), pictures=pictures.kept)


class _Item:
    """Reads one item."""

    def __init__(self, root: Element, files: Files, path: str, losses: Losses, pictures: Pictures) -> None:
        self._root, self._files, self._path = root, files, path
        self._losses, self._pictures = losses, pictures

    def asked(self) -> Asked:
        """Return the question; raises Unreadable."""
        self._losses.line = self._root.sourceline or 0
        body = first_of(self._root, "itembody")
        if body is None:
            raise Unreadable(_l("No tiene cuerpo."))
        found = [each for each in all_of(body) if name_of(each).endswith("interaction")]
        if not found:
            raise Unreadable(_l("No pregunta nada."))
        self._note_rest()
        name = attribute(self._root, "identifier") or attribute(self._root, "title")
        ask = partial(Asked, id=name, line=self._root.sourceline or 0, explanation=self._explanation())
        kinds = {name_of(each) for each in found}
        if kinds <= _INLINE and (len(found) > 1 or kinds == {"inlinechoiceinteraction"}):
            return self._gaps(body, found, ask)
        if len(found) > 1:
            raise Unreadable(
                _l("Tiene %(count)s interacciones: aquí una pregunta tiene una.", count=len(found))
            )
        make = _MAKERS.get(name_of(found[0]))
        if make is None:
            raise Unreadable(_l("La interacción «%(kind)s» no existe aquí.", kind=name_of(found[0])[:40]))
        return make(self, found[0], partial(ask, stem=self._stem(body, found[0])))

    def _stem(self, body: Element, interaction: Element) -> str:
        """Return what stands before, in and after the interaction."""
        prompt = first_of(interaction, "prompt")
        kept = deepcopy(body)
        for each in [each for each in kept.iter() if name_of(each).endswith("interaction")]:
            gap = "_____" if name_of(each) == "textentryinteraction" and _has_words(each) else ""
            _drop(each, gap)
        for each in [each for each in kept.iter() if name_of(each) in _OWN]:
            _drop(each, "")
        texts = [self._html(inner_markup(kept)), self._html(inner_markup(prompt))]
        return "\n\n".join(filter(None, texts))

    def _html(self, markup: str, *, inline: bool = False) -> str:
        make = inline_from_html if inline else from_html
        return make(markup, self._losses, self._picture) if markup.strip() else ""

    def _picture(self, address: str) -> str:
        parts: list[str] = []
        for part in (*PurePosixPath(self._path).parent.parts, *PurePosixPath(unquote(address)).parts):
            parts = parts[:-1] if part == ".." else [*parts, part]
        content = self._files.get("/".join(parts))
        return self._pictures.keep(address, content) if content is not None else ""

    def _choice_text(self, element: Element) -> str:
        kept = deepcopy(element)
        for each in [each for each in kept.iter() if name_of(each) in _OWN]:
            _drop(each, "")
        return self._html(inner_markup(kept), inline=True)

    def _feedback(self, element: Element) -> str:
        """Return what is said to an option: inside it, or after the question under its name."""
        inside = first_of(element, "feedbackinline", "feedbackblock")
        if inside is not None:
            return self._html(inner_markup(inside))
        key = attribute(element, "identifier")
        modal = (each for each in all_of(self._root, "modalfeedback") if attribute(each, "identifier") == key)
        return self._html(inner_markup(next(modal, None)))

    def _explanation(self) -> str:
        known = {attribute(each, "identifier") for each in all_of(self._root, "simplechoice")}
        modal = [
            each for each in all_of(self._root, "modalfeedback") if attribute(each, "identifier") not in known
        ]
        return "\n\n".join(filter(None, (self._html(inner_markup(each)) for each in modal)))

    def _declared(self, interaction: Element) -> Element | None:
        name = attribute(interaction, "responseidentifier")
        declared = all_of(self._root, "responsedeclaration")
        return next((each for each in declared if attribute(each, "identifier") == name), None)

    def _right(self, interaction: Element) -> list[str]:
        declared = self._declared(interaction)
        correct = first_of(declared, "correctresponse") if declared is not None else None
        return [text_in(each).strip() for each in all_of(correct, "value")] if correct is not None else []

    def _mapped(self, interaction: Element) -> dict[str, float]:
        """Return what each answer is worth where a mapping says so."""
        declared = self._declared(interaction)
        entries = all_of(declared, "mapentry") if declared is not None else ()
        return {
            attribute(each, "mapkey"): float(number(attribute(each, "mappedvalue")) or 0) for each in entries
        }

    def choice(self, interaction: Element, ask: Callable[..., Asked]) -> Asked:
        right, mapped = self._right(interaction), self._mapped(interaction)
        found = children_of(interaction, "simplechoice")
        answers = tuple(
            Answer(
                text=self._choice_text(each),
                is_right=attribute(each, "identifier") in right,
                feedback=self._feedback(each),
            )
            for each in found
        )
        words = tuple(answer.text.rstrip(".").lower() for answer in answers)
        is_single = attribute(interaction, "maxchoices") in {"1", ""}
        if is_single and words in _TRUTHS:
            named = zip(answers, (TRUE, FALSE), strict=True)
            return ask(
                kind="true-false",
                answers=tuple(
                    Answer(text=word, is_right=each.is_right, feedback=each.feedback) for each, word in named
                ),
            )
        credit = "" if is_single or not mapped else "partes" if min(mapped.values()) < 0 else "acierto"
        return ask(kind="single" if is_single else "multiple", partial=credit, answers=answers)

    def entry(self, interaction: Element, ask: Callable[..., Asked]) -> Asked:
        right = list(
            dict.fromkeys(
                [
                    *self._right(interaction),
                    *(key for key, worth in self._mapped(interaction).items() if worth > 0),
                ]
            )
        )
        declared = self._declared(interaction)
        is_number = declared is not None and attribute(declared, "basetype") in {"integer", "float"}
        if is_number and all(number(each) is not None for each in right):
            return ask(
                kind="numeric",
                answers=tuple(Answer(text=each.replace(",", "."), is_right=True) for each in right),
            )
        return ask(kind="short", answers=tuple(Answer(text=one_line(each), is_right=True) for each in right))

    def essay(self, _interaction: Element, ask: Callable[..., Asked]) -> Asked:
        return ask(kind="essay")

    def matching(self, interaction: Element, ask: Callable[..., Asked]) -> Asked:
        sets = children_of(interaction, "simplematchset")
        if len(sets) != 2:
            raise Unreadable(_l("Las parejas no traen sus dos lados."))
        left, right = (
            {
                attribute(each, "identifier"): self._choice_text(each)
                for each in all_of(side, "simpleassociablechoice")
            }
            for side in sets
        )
        pairs, used = [], set()
        for value in self._right(interaction):
            one, _space, other = value.partition(" ")
            if one in left and other.strip() in right:
                pairs.append(Pair(left=left[one], right=right[other.strip()]))
                used.add(other.strip())
        rest = [Pair(left="", right=text) for key, text in right.items() if key not in used]
        if len(pairs) < len(left):
            self._losses.note(
                " / ".join(left.values()), _l("Algún lado izquierdo no tiene pareja: no entra.")
            )
        return ask(
            kind="matching", partial="acierto" if self._mapped(interaction) else "", pairs=(*pairs, *rest)
        )

    def ordering(self, interaction: Element, ask: Callable[..., Asked]) -> Asked:
        steps = {
            attribute(each, "identifier"): self._choice_text(each)
            for each in children_of(interaction, "simplechoice")
        }
        order = self._right(interaction)
        if sorted(order) != sorted(steps):
            raise Unreadable(_l("No dice el orden de todos sus pasos."))
        return ask(kind="ordering", steps=tuple(steps[key] for key in order))

    def _gaps(self, body: Element, found: list[Element], ask: Callable[..., Asked]) -> Asked:
        gaps = [self._gap(each) for each in found]
        kept = deepcopy(body)
        inside = [each for each in kept.iter() if name_of(each) in _INLINE]
        for index, each in enumerate(inside):
            _drop(each, mark(index))
        made = self._html(inner_markup(kept))
        stem, text = parted(made)
        for index, gap in enumerate(gaps):
            text = text.replace(mark(index), gap, 1)
        credit = "acierto" if any(self._mapped(each) for each in found) else ""
        return ask(kind="cloze", stem=stem, body=text, partial=credit)

    def _gap(self, interaction: Element) -> str:
        right = self._right(interaction)
        if name_of(interaction) == "textentryinteraction":
            return accepting_gap([*right, *self._mapped(interaction)])
        choices = [
            (one_line(text_in(each)), attribute(each, "identifier") in right)
            for each in children_of(interaction, "inlinechoice")
        ]
        return written_gap(choices)

    def _note_rest(self) -> None:
        for each in all_of(
            self._root, "templatedeclaration", "rubricblock", "hottext", "stylesheet", "assessmentstimulusref"
        ):
            self._losses.note(f"<{name_of(each)}>", _l("Esta parte de QTI no existe aquí: no entra."))


def _has_words(element: Element) -> bool:
    """Say whether an interaction stands in the middle of a sentence."""
    parent = element.getparent()
    return (
        parent is not None and bool("".join(parent.itertext()).strip()) and bool((element.tail or "").strip())
    )


def _drop(element: Element, words: str) -> None:
    """Take an element out of its tree and leave some words in its place."""
    parent = element.getparent()
    if parent is None:
        return
    left = f"{words}{element.tail or ''}"
    before = element.getprevious()
    if before is not None:
        before.tail = f"{before.tail or ''}{left}"
    else:
        parent.text = f"{parent.text or ''}{left}"
    parent.remove(element)


_MAKERS: Final[Mapping[str, Callable[[_Item, Element, Callable[..., Asked]], Asked]]] = MappingProxyType(
    {
        "choiceinteraction": _Item.choice,
        "textentryinteraction": _Item.entry,
        "extendedtextinteraction": _Item.essay,
        "matchinteraction": _Item.matching,
        "orderinteraction": _Item.ordering,
    }
)
