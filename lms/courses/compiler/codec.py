"""Compiled lessons and quizzes as plain JSON values, and back: what a release stores."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeAlias, TypeVar

from lms.courses.compiler.course import (
    Branch,
    FlatPart,
    GlossaryEntry,
    Heading,
    HtmlPart,
    Lesson,
    LivePart,
    Option,
    Part,
    PlaceBranch,
    PlacePart,
    Question,
    QuestionPart,
    Quiz,
    SectorPart,
    SourceEntry,
)
from lms.courses.compiler.covers import PlaceTerms, TranslatedOutline
from lms.courses.compiler.quiz_codec import tags_from_json, tags_to_json, terms_from_json, terms_to_json

# A release is written and read only here, so its JSON has the shape that these functions give it.
Json: TypeAlias = Any
JsonObject: TypeAlias = dict[str, Json]
_Item = TypeVar("_Item")


class InLanguage(Protocol):
    """Something that may be written in another language than its page."""

    @property
    def language(self) -> str:
        """Return the code of its language; empty when it is that of the page."""


def lesson_to_json(lesson: Lesson) -> JsonObject:
    """Return the lesson as a JSON object."""
    return {
        "slug": lesson.slug,
        "title": lesson.title,
        "minutes": lesson.minutes,
        "objective": lesson.objective,
        "reviewed_on": lesson.reviewed_on.isoformat(),
        "intensity": lesson.intensity,
        "jurisdiction": lesson.jurisdiction,
        "parts": parts_to_json(lesson.parts),
        "headings": [_heading_to_json(heading) for heading in lesson.headings],
        "terms": [term_to_json(term) for term in lesson.terms],
        "sources": [source_to_json(source) for source in lesson.sources],
        "icons": list(lesson.icons),
        "words": lesson.words,
    }


def lesson_from_json(value: Mapping[str, Json]) -> Lesson:
    """Return the lesson that `lesson_to_json` wrote."""
    return Lesson(
        slug=value["slug"],
        title=value["title"],
        minutes=value["minutes"],
        objective=value["objective"],
        reviewed_on=date.fromisoformat(value["reviewed_on"]),
        intensity=value["intensity"],
        jurisdiction=value["jurisdiction"],
        parts=parts_from_json(value["parts"]),
        headings=tuple(_heading_from_json(item) for item in value["headings"]),
        terms=_each(value["terms"], term_from_json),
        sources=_each(value["sources"], source_from_json),
        icons=tuple(value["icons"]),
        words=value["words"],
    )


def quiz_to_json(quiz: Quiz) -> JsonObject:
    """Return the quiz, keys included, as a JSON object."""
    return {
        "slug": quiz.slug,
        "title": quiz.title,
        "minutes": quiz.minutes,
        "attempts": quiz.attempts,
        "pass_mark": quiz.pass_mark,
        "shuffle": quiz.shuffle,
        "intro_html": quiz.intro_html,
        "questions": [question_to_json(question) for question in quiz.questions],
        **terms_to_json(quiz),
        **language_to_json(quiz),
    }


def quiz_from_json(value: Mapping[str, Json]) -> Quiz:
    """Return the quiz that `quiz_to_json` wrote."""
    return Quiz(
        slug=value["slug"],
        title=value["title"],
        minutes=value["minutes"],
        attempts=value["attempts"],
        pass_mark=value["pass_mark"],
        shuffle=value["shuffle"],
        intro_html=value["intro_html"],
        questions=_each(value["questions"], question_from_json),
        language=value.get("language", ""),
        **terms_from_json(value),
    )


def outline_to_json(outline: TranslatedOutline) -> JsonObject:
    """Return the cover in another language as a JSON object."""
    modules = {
        slug: {"title": module.title, "objective": module.objective}
        for slug, module in outline.modules.items()
    }
    return {
        "title": outline.title,
        "summary": outline.summary,
        "notice": outline.notice,
        "modules": modules,
    }


def place_to_json(terms: PlaceTerms) -> JsonObject:
    """Return what a place sets otherwise as a JSON object."""
    return {"title": terms.title, "notice": terms.notice, "pass_mark": terms.pass_mark}


def parts_to_json(parts: Iterable[Part]) -> list[JsonObject]:
    """Return the parts of a lesson as JSON objects, each with its kind."""
    return [_part_to_json(part) for part in parts]


def parts_from_json(values: Iterable[Mapping[str, Json]]) -> tuple[Part, ...]:
    """Return the parts that `parts_to_json` wrote; raise ValueError for a kind that does not exist."""
    return tuple(_part_from_json(value) for value in values)


def question_to_json(question: Question) -> JsonObject:
    """Return the question, key included, as a JSON object."""
    return {
        "id": question.id,
        "type": question.type,
        "stem_html": question.stem_html,
        "options": [_option_to_json(option) for option in question.options],
        "explanation_html": question.explanation_html,
        "source": question.source,
        "level": question.level,
        "sector": question.sector,
        "country": question.country,
        "partial": question.partial,
        **tags_to_json(question),
        **({"details": dict(question.details)} if question.details else {}),
    }


def question_from_json(value: Mapping[str, Json]) -> Question:
    """Return the question that `question_to_json` wrote."""
    return Question(
        id=value["id"],
        type=value["type"],
        stem_html=value["stem_html"],
        options=_each(value["options"], _option_from_json),
        explanation_html=value["explanation_html"],
        source=value["source"],
        level=value["level"],
        sector=value["sector"],
        country=value["country"],
        partial=value["partial"],
        details=value.get("details", {}),
        **tags_from_json(value),
    )


def term_to_json(term: GlossaryEntry) -> JsonObject:
    """Return a glossary entry as a JSON object."""
    value = {"slug": term.slug, "term": term.term, "html": term.html, "aliases": list(term.aliases)}
    return value | language_to_json(term)


def term_from_json(value: Mapping[str, Json]) -> GlossaryEntry:
    """Return the glossary entry that `term_to_json` wrote."""
    return GlossaryEntry(
        slug=value["slug"],
        term=value["term"],
        html=value["html"],
        aliases=tuple(value["aliases"]),
        language=value.get("language", ""),
    )


def source_to_json(source: SourceEntry) -> JsonObject:
    """Return a source as a JSON object."""
    return {
        "key": source.key,
        "title": source.title,
        "url": source.url,
        "checked_on": source.checked_on.isoformat(),
        "note": source.note,
    }


def source_from_json(value: Mapping[str, Json]) -> SourceEntry:
    """Return the source that `source_to_json` wrote."""
    return SourceEntry(
        key=value["key"],
        title=value["title"],
        url=value["url"],
        checked_on=date.fromisoformat(value["checked_on"]),
        note=value["note"],
    )


def _part_to_json(part: Part) -> JsonObject:
    match part:
        case HtmlPart():
            return {"kind": "html", "html": part.html}
        case QuestionPart():
            return {"kind": "question", "question": question_to_json(part.question)}
        case LivePart():
            return {"kind": "live", "block": part.block, "data": dict(part.data), "html": part.html}
        case SectorPart():
            return {"kind": "sector", "branches": [_branch_to_json(branch) for branch in part.branches]}
        case PlacePart():
            branches = [_place_branch_to_json(branch) for branch in part.branches]
            return {"kind": "place", "id": part.id, "branches": branches}


def _part_from_json(value: Mapping[str, Json]) -> Part:
    match value["kind"]:
        case "sector":
            return SectorPart(branches=_each(value["branches"], _branch_from_json))
        case "place":
            return PlacePart(id=value["id"], branches=_each(value["branches"], _place_branch_from_json))
        case _:
            return _flat_from_json(value)


def _flat_from_json(value: Mapping[str, Json]) -> FlatPart:
    if value["kind"] == "html":
        return HtmlPart(html=value["html"])
    if value["kind"] == "question":
        return QuestionPart(question=question_from_json(value["question"]))
    if value["kind"] == "live":
        return LivePart(block=value["block"], data=value["data"], html=value["html"])
    raise ValueError(f"not a part of a lesson: {value['kind']!r}")


def _branch_to_json(branch: Branch) -> JsonObject:
    return {
        "sectors": list(branch.sectors),
        "title": branch.title,
        "parts": [_part_to_json(part) for part in branch.parts],
        **language_to_json(branch),
    }


def _branch_from_json(value: Mapping[str, Json]) -> Branch:
    return Branch(
        sectors=tuple(value["sectors"]),
        title=value["title"],
        parts=_each(value["parts"], _flat_from_json),
        language=value.get("language", ""),
    )


def _place_branch_to_json(branch: PlaceBranch) -> JsonObject:
    return {
        "places": list(branch.places),
        "title": branch.title,
        "parts": [_part_to_json(part) for part in branch.parts],
        **language_to_json(branch),
    }


def language_to_json(text: InLanguage) -> JsonObject:
    """Return the language of something as JSON; nothing when it is that of the page."""
    return {"language": text.language} if text.language else {}


def _place_branch_from_json(value: Mapping[str, Json]) -> PlaceBranch:
    return PlaceBranch(
        places=tuple(value["places"]),
        title=value["title"],
        parts=_each(value["parts"], _flat_from_json),
        language=value.get("language", ""),
    )


def _heading_to_json(heading: Heading) -> JsonObject:
    return {"id": heading.id, "text": heading.text} | language_to_json(heading)


def _heading_from_json(value: Mapping[str, Json]) -> Heading:
    return Heading(id=value["id"], text=value["text"], language=value.get("language", ""))


def _option_to_json(option: Option) -> JsonObject:
    return {
        "key": option.key,
        "html": option.html,
        "is_right": option.is_right,
        "feedback_html": option.feedback_html,
    }


def _option_from_json(value: Mapping[str, Json]) -> Option:
    return Option(
        key=value["key"],
        html=value["html"],
        is_right=value["is_right"],
        feedback_html=value["feedback_html"],
    )


def _each(
    values: Sequence[Mapping[str, Json]], read: Callable[[Mapping[str, Json]], _Item]
) -> tuple[_Item, ...]:
    return tuple(read(value) for value in values)
