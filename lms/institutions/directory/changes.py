"""Changes of institutions that come together with others, and the way back from dated ones."""

from datetime import date, datetime, timedelta
from uuid import UUID

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.institutions.directory import queries, service
from lms.institutions.directory.errors import InstitutionExists, NothingToUndo
from lms.institutions.directory.messages import AffiliationCorrected, RenameUndone
from lms.institutions.directory.models import Affiliation, Institution
from lms.institutions.directory.rules import Post


def undo_rename(institution: Institution, *, actor: Actor, now: datetime) -> None:
    """Give an institution its former name back as if it had never changed; raises NothingToUndo, InstitutionExists."""
    former = queries.list_former_names([institution.id])[institution.id]
    if not former:
        raise NothingToUndo
    latest = former[0]
    other = queries.find_sibling(latest.name, institution.parent_id)
    if other and other.id != institution.id:
        raise InstitutionExists
    institution.name, institution.short_name = latest.name, latest.short_name
    db.session.delete(latest)
    db.session.flush()
    service.index_institution(institution)
    db.session.flush()
    publish(RenameUndone(at=now, actor=actor, subject_id=institution.id, name=institution.name))


def undo_move(institution: Institution, *, actor: Actor, now: datetime) -> None:
    """Hang an institution from its former body as if it had never moved; raises NothingToUndo and refusals of moves."""
    former = queries.list_former_parents([institution.id])[institution.id]
    if not former:
        raise NothingToUndo
    latest = former[0]
    parent = queries.get_institution(latest.parent_id) if latest.parent_id else None
    db.session.delete(latest)
    db.session.flush()
    service.move_institution(institution, parent, actor=actor, now=now)


def transfer(
    affiliation: Affiliation, institution: Institution, *, since: date, actor: Actor, now: datetime
) -> Affiliation | None:
    """Let somebody's post go on at another institution from a day; return the affiliation that goes on there.

    One that began on that day or later is put there as a whole, and nothing new begins.
    """
    if affiliation.starts_on >= since:
        affiliation.institution_id = institution.id
        _corrected(affiliation, actor, now)
        return None
    wanted = Post(
        institution_id=institution.id,
        post=affiliation.post,
        sector=affiliation.sector,
        starts_on=since,
        ends_on=affiliation.ends_on,
    )
    service.end_affiliation(affiliation, ends_on=since - timedelta(days=1), actor=actor, now=now)
    person = db.session.get_one(Person, affiliation.person_id)
    begun = service.begin_affiliation(person, wanted, actor=actor, now=now)
    db.session.flush()
    return begun


def take_back(
    affiliation: Affiliation,
    begun: Affiliation | None,
    *,
    institution_id: UUID,
    ends_on: date | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Undo a ``transfer``: the post is at its institution again, until the day that it had before."""
    if begun is not None:
        db.session.delete(begun)
        db.session.flush()
    affiliation.institution_id, affiliation.ends_on = institution_id, ends_on
    _corrected(affiliation, actor, now)


def _corrected(affiliation: Affiliation, actor: Actor, now: datetime) -> None:
    db.session.flush()
    publish(
        AffiliationCorrected(
            at=now,
            actor=actor,
            subject_id=affiliation.person_id,
            institution_id=affiliation.institution_id,
        )
    )
