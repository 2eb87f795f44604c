"""What can be done with courses that come and go; the only writer of booklets."""

from dataclasses import dataclass
from datetime import datetime

from lms.authoring import service as drafts
from lms.authoring.exchange import queries
from lms.authoring.exchange.archives import read_archive
from lms.authoring.exchange.carried import Carried, Form
from lms.authoring.exchange.errors import ArchiveRefused
from lms.authoring.exchange.messages import CourseCarried, MakeBooklet
from lms.authoring.exchange.models import Booklet
from lms.authoring.held_signatures import settle
from lms.authoring.models import Draft
from lms.authoring.queries import files_of as draft_files
from lms.authoring.rules import SIGNATURES
from lms.core.actors import Actor
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.events import publish
from lms.core.i18n import _, _l, n_
from lms.core.jobs.orders import enqueue
from lms.courses.compiler.slugs import SLUG, slugify

MAX_SLUG = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of an archive."""

    draft: Draft
    files: int
    foreign: int
    """How many signatures stayed out: they were given elsewhere."""


def bring_draft(content: bytes, *, slug: str, name: str, actor: Actor, now: datetime) -> Brought:
    """Open a draft with the course of an archive, under this address or that of its folder or file.

    Raises ArchiveRefused, GitMissing, and DraftExists when the course has an open draft.
    """
    folder, files = read_archive(content)
    address = slug or folder or slugify(name.rpartition(".")[0])
    if not SLUG.fullmatch(address) or len(address) > MAX_SLUG:
        raise ArchiveRefused(_l("Escriba la dirección del curso: la de la carpeta no sirve."))
    foreign = settle(address, files.get(SIGNATURES)).dropped
    draft = drafts.create_draft(address, files, actor=actor, now=now)
    return Brought(draft=draft, files=len(files), foreign=foreign)


def replace_draft(draft: Draft, content: bytes, *, name: str, actor: Actor, now: datetime) -> Brought:
    """Make a draft hold exactly the files of an archive, and its own signatures; its history keeps the others.

    Raises ArchiveRefused and GitMissing.
    """
    _folder, files = read_archive(content)
    note = _("Se trajo el archivo %(name)s.", name=name)
    drafts.hold(draft)
    own = drafts.signatures_of(draft_files(draft.id))
    foreign = settle(draft.slug, files.get(SIGNATURES), own).dropped
    drafts.replace_files(draft, files, actor=actor, now=now, note=note)
    return Brought(draft=draft, files=len(files), foreign=foreign)


def foreign_sentence(count: int) -> str:
    """Say that signatures stayed out, and what to do."""
    sentence = n_(
        "Una firma no se trae, porque no se dio en esta instalación: firme de nuevo aquí.",
        "%(num)s firmas no se traen, porque no se dieron en esta instalación: firme de nuevo aquí.",
        count,
    )
    return str(sentence)


def note_keys(carried: Carried, form: Form, *, actor: Actor, now: datetime) -> None:
    """Leave a trace of a package that takes the keys of quizzes along."""
    event = CourseCarried(
        at=now, actor=actor, subject_id=carried.source_id, title=carried.title, form=form.value,
        source_id=carried.source_id,
    )  # fmt: skip
    publish(event)


def order_booklet(carried: Carried, *, now: datetime) -> Booklet:
    """Have the booklet of a course drawn, once for the same files."""
    if known := queries.find_booklet(carried.stamp):
        return known
    booklet = Booklet(stamp=carried.stamp, asked_at=now)
    db.session.add(booklet)
    db.session.flush()
    order = MakeBooklet(stamp=carried.stamp, slug=carried.slug, files=dict(carried.files))
    enqueue(order, now=now, key=f"booklet:{booklet.id}")
    return booklet


def keep_booklet(stamp: str, content: bytes) -> None:
    """Keep the PDF that a job has drawn. Keeping it again changes nothing."""
    booklet = queries.find_booklet(stamp)
    if booklet is not None and booklet.sha256 is None:
        booklet.sha256, booklet.size = current_storage().put(content), len(content)
