"""The glossary of a release: kept when it is made, read by letter, searched by word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from markupsafe import Markup
from sqlalchemy import exists, select

from lms.core.db import db
from lms.core.folding import fold, words
from lms.core.types import Json
from lms.courses.compiler.codec import term_from_json, term_to_json
from lms.courses.compiler.course import Course, GlossaryEntry
from lms.courses.models import Release, ReleasedGlossary, Unit, UnitTranslation


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """The terms of a release as somebody reads them."""

    terms: tuple[GlossaryEntry, ...]
    """By letter, whatever their accents."""
    language: str
    """Of those that do not say their own; that of the release where nobody translated the glossary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The terms that begin with a letter."""

    letter: str
    """A capital without accent, or "#" for whatever begins with none."""
    terms: tuple[GlossaryEntry, ...]

    @property
    def anchor(self) -> str:
        """Return the id under which it stands on the page."""
        return f"letra-{self.letter.casefold() if self.letter.isalpha() else 'otra'}"


def keep_glossaries(release_id: UUID, content: Course) -> None:
    """Keep the glossary of a new release in each of its languages."""
    written = {content.language: content.glossary, **content.glossaries}
    for language, terms in written.items():
        if terms:
            kept = [term_to_json(each) for each in terms]
            db.session.add(ReleasedGlossary(release_id=release_id, language=language, terms=kept))
    db.session.flush()


def has_glossary(release_id: UUID) -> bool:
    """Say whether a release was kept with a glossary."""
    return bool(db.session.scalar(select(exists().where(ReleasedGlossary.release_id == release_id))))


def read_glossary(release: Release, wanted: str) -> Glossary:
    """Return the terms of a release in the language wanted, or else in its own.

    A release from before glossaries were kept has the terms that its pages link.
    """
    rows = db.session.execute(
        select(ReleasedGlossary.language, ReleasedGlossary.terms).where(
            ReleasedGlossary.release_id == release.id,
            ReleasedGlossary.language.in_((wanted, release.language)),
        )
    ).all()
    kept: dict[str, list[Json]] = {row[0]: row[1] for row in rows} or _linked(release, wanted)
    language = wanted if wanted in kept else release.language
    terms = sorted(map(term_from_json, kept.get(language, ())), key=lambda each: fold(each.term))
    return Glossary(terms=tuple(terms), language=language)


def matching(terms: Iterable[GlossaryEntry], text: str) -> tuple[GlossaryEntry, ...]:
    """Return the terms that hold every word of a search, in their name, their other names or their definition."""
    wanted = [fold(word) for word in words(text)]
    return tuple(each for each in terms if all(word in _searched(each) for word in wanted))


def by_letter(terms: Sequence[GlossaryEntry]) -> list[Letter]:
    """Return terms that are already in order under the letters with which they begin."""
    return [Letter(letter=letter, terms=tuple(group)) for letter, group in groupby(terms, key=_first_letter)]


def _first_letter(term: GlossaryEntry) -> str:
    first = fold(term.term)[:1].upper()
    return first if first.isalpha() else "#"


def _searched(term: GlossaryEntry) -> str:
    said = Markup(term.html).striptags()  # noqa: S704 - sanitised, and only its words are kept
    return fold(" ".join((term.term, *term.aliases, said)))


def _linked(release: Release, wanted: str) -> dict[str, list[Json]]:
    units = select(Unit.body).where(Unit.release_id == release.id)
    translated = (
        select(UnitTranslation.body)
        .join(Unit, Unit.id == UnitTranslation.unit_id)
        .where(Unit.release_id == release.id, UnitTranslation.language == wanted)
    )
    found = {
        wanted: _terms_of(db.session.scalars(translated)),
        release.language: _terms_of(db.session.scalars(units)),
    }
    return {language: terms for language, terms in found.items() if terms}


def _terms_of(bodies: Iterable[Json]) -> list[Json]:
    found = {term["slug"]: term for body in bodies for term in body.get("terms", ())}
    return list(found.values())
