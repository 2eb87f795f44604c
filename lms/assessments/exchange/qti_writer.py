"""Write QTI 2.1 or 3.0: an item for each question, and a manifest; a file for each picture."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from lxml import etree

from lms.assessments.exchange.asked import PARTS, Asked, Losses
from lms.assessments.exchange.embedded import GAP, gap_of
from lms.assessments.exchange.leaving import PICTURE, PictureOf
from lms.assessments.exchange.qti_scoring import EXPLANATION, Rule, has_feedback, rules_of
from lms.assessments.exchange.rendered import html_of, inline_html_of
from lms.assessments.exchange.weights import shares
from lms.assessments.exchange.xml_tree import Element, fit
from lms.core.i18n import _l
from lms.courses.compiler.question_kinds import QuestionKind

NAMESPACES: Final = {
    2: "http://www.imsglobal.org/xsd/imsqti_v2p1",
    3: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
_PACKAGING: Final = {
    2: "http://www.imsglobal.org/xsd/imscp_v1p1",
    3: "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
}
_RESOURCE: Final = {2: "imsqti_item_xmlv2p1", 3: "imsqti_item_xmlv3p0"}
_ATTRIBUTES: Final = frozenset({"href", "src", "alt", "colspan", "rowspan", "scope", "headers", "cite"})
"""Of HTML, those that QTI keeps."""
_MARKED: Final = frozenset({"del", "ins", "s", "u"})
"""Tags that QTI does not have."""
_MARK: Final = "ZQX{}XQZ"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def qti_files(
    questions: Iterable[tuple[Asked, Losses]], pictures: PictureOf, *, version: int
) -> dict[str, bytes]:
    """Return the files of a package by path; each question takes note of what it loses."""
    files: dict[str, bytes] = {}
    items: list[tuple[str, list[str]]] = []
    for asked, losses in questions:
        item = _Item(asked, losses, pictures, version)
        files[f"items/{asked.id}.xml"] = item.written()
        files |= {f"items/{name}": content for name, content in item.files.items()}
        items.append((asked.id, [f"items/{name}" for name in item.files]))
    return {"imsmanifest.xml": _manifest(items, version), **files}


def _manifest(items: list[tuple[str, list[str]]], version: int) -> bytes:
    space = _PACKAGING[version]
    root = etree.Element(f"{{{space}}}manifest", nsmap={None: space}, identifier="preguntas")
    metadata = etree.SubElement(root, f"{{{space}}}metadata")
    etree.SubElement(metadata, f"{{{space}}}schema").text = (
        "QTI Package" if version == 3 else "QTIv2.1 Package"
    )
    etree.SubElement(metadata, f"{{{space}}}schemaversion").text = "1.0.0" if version != 3 else "3.0.0"
    etree.SubElement(root, f"{{{space}}}organizations")
    resources = etree.SubElement(root, f"{{{space}}}resources")
    for name, files in items:
        href = f"items/{name}.xml"
        resource = etree.SubElement(
            resources, f"{{{space}}}resource", identifier=f"r-{name}", type=_RESOURCE[version], href=href
        )
        for each in (href, *files):
            etree.SubElement(resource, f"{{{space}}}file", href=each)
    return _bytes(root)


class _Item:
    """Writes one question."""

    def __init__(self, asked: Asked, losses: Losses, pictures: PictureOf, version: int) -> None:
        self._asked, self._losses, self._pictures, self._version = asked, losses, pictures, version
        self.files: dict[str, bytes] = {}
        self._mapped: list[str] = []
        """Responses with a mapping, in their order."""
        space = NAMESPACES[version]
        self._root = etree.Element(f"{{{space}}}{self._name('assessmentItem')}", nsmap={None: space})
        self._set(self._root, identifier=asked.id, title=asked.id, adaptive="false", timeDependent="false")

    def written(self) -> bytes:
        """Return the XML of the item."""
        self._note()
        body = self._add(self._root, "itemBody")
        _MAKERS[self._asked.kind](self, body)
        self._declare_outcomes(body)
        if rules := rules_of(self._asked, self._mapped):
            processing = self._add(self._root, "responseProcessing")
            for rule in rules:
                self._grow(processing, rule)
        if self._asked.explanation:
            modal = self._set(
                self._add(self._root, "modalFeedback"),
                outcomeIdentifier="FEEDBACK",
                identifier=EXPLANATION,
                showHide="show",
            )
            self._fill(modal, html_of(self._shown(self._asked.explanation)))
        return _bytes(self._root)

    def choice(self, body: Element) -> None:
        """Write options."""
        asked = self._asked
        is_multiple = asked.kind == "multiple"
        right = [letter for letter, answer in zip(_LETTERS, asked.answers, strict=False) if answer.is_right]
        credit = dict(zip(_LETTERS, map(float, shares(asked)), strict=False)) if asked.partial else {}
        self._declare("RESPONSE", right, cardinality="multiple" if is_multiple else "single", mapped=credit)
        self._fill(body, html_of(self._shown(asked.stem)))
        interaction = self._interaction(
            body,
            "choiceInteraction",
            shuffle="false" if asked.kind == "true-false" else "true",
            maxChoices="0" if is_multiple else "1",
        )
        for letter, answer in zip(_LETTERS, asked.answers, strict=False):
            option = self._set(self._add(interaction, "simpleChoice"), identifier=letter)
            self._fill(option, inline_html_of(self._shown(answer.text)))
            if answer.feedback:
                self._say(option, letter, self._shown(answer.feedback))

    def entry(self, body: Element) -> None:
        """Write a field for some words or a number."""
        asked = self._asked
        right = [answer.text for answer in asked.answers if answer.is_right]
        for answer in asked.answers:
            if not answer.is_right or answer.feedback:
                self._losses.note(
                    answer.text,
                    _l("Los errores conocidos y la retroalimentación de cada respuesta no salen en QTI."),
                )
        base = "float" if asked.kind == "numeric" else "string"
        is_mapped = base == "string" or len(right) > 1
        self._declare("RESPONSE", right[:1], base=base, mapped=dict.fromkeys(right, 1.0) if is_mapped else {})
        self._fill(body, html_of(self._shown(asked.stem)))
        self._interaction(self._plain(body, "p"), "textEntryInteraction")

    def essay(self, body: Element) -> None:
        """Write a box for a text."""
        self._declare("RESPONSE", [], base="string")
        self._fill(body, html_of(self._shown(self._asked.stem)))
        self._interaction(body, "extendedTextInteraction")

    def matching(self, body: Element) -> None:
        """Write two sides and what belongs together."""
        pairs = [pair for pair in self._asked.pairs if pair.left]
        rights = list(dict.fromkeys(pair.right for pair in self._asked.pairs))
        values = [f"L{at} R{rights.index(pair.right) + 1}" for at, pair in enumerate(pairs, 1)]
        mapped = dict.fromkeys(values, 1 / len(values)) if self._asked.partial else {}
        self._declare("RESPONSE", values, cardinality="multiple", base="directedPair", mapped=mapped)
        self._fill(body, html_of(self._shown(self._asked.stem)))
        interaction = self._interaction(body, "matchInteraction", shuffle="true", maxAssociations="0")
        for mark, words in (("L", [pair.left for pair in pairs]), ("R", rights)):
            side = self._add(interaction, "simpleMatchSet")
            for at, text in enumerate(words, 1):
                option = self._set(
                    self._add(side, "simpleAssociableChoice"),
                    identifier=f"{mark}{at}",
                    matchMax="1" if mark == "L" else "0",
                )
                self._fill(option, inline_html_of(self._shown(text)))
        for pair in pairs:
            if pair.feedback:
                self._losses.note(pair.feedback, _l("Una pareja no lleva retroalimentación en este formato."))

    def ordering(self, body: Element) -> None:
        """Write steps, which the interaction shuffles."""
        letters = _LETTERS[: len(self._asked.steps)]
        self._declare("RESPONSE", list(letters), cardinality="ordered")
        self._fill(body, html_of(self._shown(self._asked.stem)))
        interaction = self._interaction(body, "orderInteraction", shuffle="true")
        for letter, step in zip(letters, self._asked.steps, strict=True):
            self._fill(
                self._set(self._add(interaction, "simpleChoice"), identifier=letter),
                inline_html_of(self._shown(step)),
            )

    def cloze(self, body: Element) -> None:
        """Write a text whose gaps are interactions of their own."""
        gaps = [gap_of(found[1]) for found in GAP.finditer(self._asked.body)]
        numbers = iter(range(len(gaps)))
        text = GAP.sub(lambda _found: _MARK.format(next(numbers)), self._asked.body)
        self._fill(body, f"{html_of(self._shown(self._asked.stem))}{html_of(self._shown(text))}")
        for at, (is_chosen, texts) in enumerate(gaps):
            self._gap(body, at, texts, is_chosen=is_chosen, count=len(gaps))

    def _gap(
        self, body: Element, at: int, texts: list[tuple[str, bool]], *, is_chosen: bool, count: int
    ) -> None:
        name = f"RESPONSE_{at + 1}"
        right = [
            _LETTERS[place] if is_chosen else text for place, (text, is_right) in enumerate(texts) if is_right
        ]
        worth = 1 / count if self._asked.partial else 1.0
        mapped = dict.fromkeys(right, worth)
        self._declare(
            name, right[:1], base="identifier" if is_chosen else "string", mapped=mapped, before=body
        )
        gap = etree.Element(self._tag("inlineChoiceInteraction" if is_chosen else "textEntryInteraction"))
        self._set(gap, responseIdentifier=name, **({"shuffle": "false"} if is_chosen else {}))
        for letter, (text, _is_right) in zip(_LETTERS, texts if is_chosen else (), strict=False):
            self._set(self._add(gap, "inlineChoice"), identifier=letter).text = fit(text)
        _put(body, _MARK.format(at), gap)

    def _note(self) -> None:
        asked = self._asked
        for words, why in (
            (" ".join(asked.labels.values()), _l("Las etiquetas y el nivel no salen en QTI.")),
            (asked.units, _l("Las unidades no salen en QTI: pídalas en el enunciado.")),
            (asked.tolerance, _l("La tolerancia no sale en QTI: se acepta el número exacto.")),
            (asked.rubric, _l("La rúbrica no sale: este formato no la tiene.")),
            (
                asked.demands or str(asked.typos or ""),
                _l("Lo que se exige o se perdona al escribir no sale en QTI."),
            ),
            (
                asked.stem if asked.partial and asked.kind == "ordering" else "",
                _l("El orden se califica todo o nada."),
            ),
            (
                asked.stem if asked.partial == PARTS and asked.kind in {"matching", "cloze"} else "",
                _l("Un error no resta en este tipo de pregunta de QTI."),
            ),
        ):
            if words:
                self._losses.note(words, why)

    def _shown(self, markdown: str) -> str:
        """Return Markdown whose pictures are files of the package."""
        for found in PICTURE.finditer(markdown) if "![" in markdown else ():
            content = self._pictures(found[2])
            if content is None:
                self._losses.note(found[0], _l("La imagen va por su dirección y no dentro del archivo."))
                continue
            name = f"{self._asked.id}-{PurePosixPath(found[2]).name}"
            self.files[name] = content
            markdown = markdown.replace(found[2], name)
        return markdown

    def _declare(
        self, name: str, right: list[str], *, cardinality: str = "single", base: str = "identifier",
        mapped: Mapping[str, float] | None = None, before: Element | None = None,
    ) -> None:  # fmt: skip
        declared = etree.Element(self._tag("responseDeclaration"))
        self._set(declared, identifier=name, cardinality=cardinality, baseType=base)
        if right:
            correct = self._add(declared, "correctResponse")
            for value in right:
                self._add(correct, "value").text = fit(value)
        if mapped:
            self._mapped.append(name)
            mapping = self._set(
                self._add(declared, "mapping"), lowerBound="0", upperBound="1", defaultValue="0"
            )
            folds = (
                {"caseSensitive": "false"} if base == "string" and "mayus" not in self._asked.demands else {}
            )
            for key, worth in mapped.items():
                entry = self._set(self._add(mapping, "mapEntry"), mapKey=fit(key), **folds)
                self._set(entry, mappedValue=f"{worth:.12g}")
        last = (
            before
            if before is not None
            else next(each for each in self._root if each.tag == self._tag("itemBody"))
        )
        self._root.insert(list(self._root).index(last), declared)

    def _interaction(self, parent: Element, name: str, **attributes: str) -> Element:
        return self._set(self._add(parent, name), responseIdentifier="RESPONSE", **attributes)

    def _fill(self, element: Element, html: str) -> None:
        """Put HTML into an element, as elements of the item's own namespace."""
        parser = etree.HTMLParser(no_network=True)
        found = etree.fromstring(f"<div>{fit(html)}</div>", parser) if html else None
        holder = next(found.iter("div"), None) if found is not None else None
        if holder is None:
            return
        for each in holder.iter(etree.Element):
            if each.tag in _MARKED:
                self._losses.note(
                    "".join(each.itertext()), _l("QTI no marca lo tachado ni lo insertado: queda el texto.")
                )
                each.tag = "span"
            for name in set(each.attrib) - _ATTRIBUTES:
                del each.attrib[name]
            each.tag = f"{{{NAMESPACES[self._version]}}}{each.tag}"
        if holder.text:
            _append(element, holder.text)
        for each in list(holder):
            element.append(each)

    def _say(self, option: Element, letter: str, markdown: str) -> None:
        """Put what is said to an option into it: blocks, where it has more than one paragraph."""
        html = html_of(markdown)
        inline = inline_html_of(markdown)
        said = self._add(option, "feedbackBlock" if html == inline else "feedbackInline")
        self._set(said, outcomeIdentifier="FEEDBACK", identifier=letter, showHide="show")
        self._fill(said, inline)

    def _declare_outcomes(self, body: Element) -> None:
        score = etree.Element(self._tag("outcomeDeclaration"))
        self._set(score, identifier="SCORE", cardinality="single", baseType="float")
        self._add(self._add(score, "defaultValue"), "value").text = "0"
        outcomes = [score]
        if has_feedback(self._asked):
            feedback = etree.Element(self._tag("outcomeDeclaration"))
            outcomes.append(
                self._set(feedback, identifier="FEEDBACK", cardinality="multiple", baseType="identifier")
            )
        at = list(self._root).index(body)
        self._root[at:at] = outcomes

    def _grow(self, parent: Element, rule: Rule) -> None:
        made = self._set(self._add(parent, rule.name), **dict(rule.attributes))
        if rule.text:
            made.text = rule.text
        for each in rule.inside:
            self._grow(made, each)

    def _plain(self, parent: Element, name: str) -> Element:
        return etree.SubElement(parent, f"{{{NAMESPACES[self._version]}}}{name}")

    def _add(self, parent: Element, name: str) -> Element:
        return etree.SubElement(parent, self._tag(name))

    def _tag(self, name: str) -> str:
        return f"{{{NAMESPACES[self._version]}}}{self._name(name)}"

    def _name(self, name: str) -> str:
        """Return a name as the version writes it."""
        return name if self._version == 2 else f"qti-{_hyphened(name)}"

    def _set(self, element: Element, **attributes: str) -> Element:
        for name, value in attributes.items():
            element.set(name if self._version == 2 else _hyphened(name), value)
        return element


def _hyphened(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}{text}"
    else:
        element.text = f"{element.text or ''}{text}"


def _put(body: Element, mark: str, gap: Element) -> None:
    """Put an element in the place of a mark."""
    for each in body.iter(etree.Element):
        if each.text and mark in each.text:
            before, _mark, after = each.text.partition(mark)
            each.text, gap.tail = before, after
            each.insert(0, gap)
            return
        if each is not body and each.tail and mark in each.tail:
            before, _mark, after = each.tail.partition(mark)
            each.tail, gap.tail = before, after
            each.addnext(gap)
            gap.tail = after
            each.tail = before
            return


def _bytes(root: Element) -> bytes:
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=False)
    return made


_MAKERS: Final[Mapping[QuestionKind, Callable[[_Item, Element], None]]] = MappingProxyType(
    {
        "single": _Item.choice, "multiple": _Item.choice, "true-false": _Item.choice, "short": _Item.entry,
        "numeric": _Item.entry, "matching": _Item.matching, "ordering": _Item.ordering, "cloze": _Item.cloze,
        "essay": _Item.essay,
    }
)  # fmt: skip
