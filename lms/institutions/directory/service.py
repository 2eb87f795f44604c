"""What can be done with institutions and affiliations; the only writer of their tables."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.calendar import today
from lms.core.db import db
from lms.core.events import publish
from lms.core.folding import fold
from lms.core.ids import new_id
from lms.institutions.directory import queries, rules
from lms.institutions.directory.errors import (
    CodeTaken,
    EndsBeforeStart,
    GroupHasPeople,
    InstitutionClosed,
    InstitutionExists,
)
from lms.institutions.directory.messages import (
    AffiliationCorrected,
    AffiliationEnded,
    InstitutionActivated,
    InstitutionChanged,
    InstitutionCreated,
    InstitutionDeactivated,
    InstitutionMoved,
    InstitutionRenamed,
    PersonAffiliated,
)
from lms.institutions.directory.models import Affiliation, FormerName, FormerParent, Institution
from lms.institutions.directory.rules import NO_DETAILS, AffiliationStep, Details, Post
from lms.institutions.territories.models import Territory
from lms.institutions.territories.queries import find_by_text


def create_institution(
    *,
    name: str,
    short_name: str = "",
    sector: str | None,
    territory: str = "",
    details: Details = NO_DETAILS,
    parent: Institution | None,
    actor: Actor,
    now: datetime,
) -> Institution:
    """Add an institution below a body, or as a root; when no territory is given, its text says which one.

    Raises InstitutionExists, InstitutionClosed, TooDeep, CodeTaken.
    """
    _check_place(name, parent)
    _check_code(details.code, None)
    institution_id = new_id()
    institution = Institution(
        id=institution_id,
        name=name,
        short_name=short_name,
        sector=sector or None,
        code=details.code,
        is_group=bool(details.is_group),
        territory=territory or details.located_as,
        territory_id=_territory_id(territory, details),
        opened_on=details.opened_on,
        parent_id=parent.id if parent else None,
        path=rules.path_of(institution_id, parent.path if parent else ""),
    )
    institution.place_key = rules.place_key(name, institution.parent_id)
    institution.search_text = fold(f"{name} {short_name} {institution.territory}")[:500]
    db.session.add(institution)
    db.session.flush()
    publish(InstitutionCreated(at=now, actor=actor, subject_id=institution.id, name=name))
    return institution


def change_institution(
    institution: Institution,
    *,
    name: str,
    short_name: str,
    sector: str | None,
    territory: str,
    details: Details = NO_DETAILS,
    actor: Actor,
    now: datetime,
) -> None:
    """Correct an institution's data, and its first day and code if they are given.

    When no territory is given, a text that is written otherwise now says which one it is.
    Raises InstitutionExists, CodeTaken, GroupHasPeople.
    """
    other = queries.find_sibling(name, institution.parent_id)
    if other and other.id != institution.id:
        raise InstitutionExists
    _check_code(details.code, institution)
    if details.is_group and not institution.is_group and queries.has_people(institution.id, today()):
        raise GroupHasPeople
    stays = details.territory_id is None and territory == institution.territory and institution.territory_id
    values = {
        "name": name,
        "short_name": short_name,
        "sector": sector or None,
        "code": details.code or institution.code,
        "is_group": institution.is_group if details.is_group is None else details.is_group,
        "territory": territory or details.located_as,
        "territory_id": stays or _territory_id(territory, details),
        "opened_on": details.opened_on or institution.opened_on,
    }
    changed = tuple(field for field, value in values.items() if getattr(institution, field) != value)
    for field in changed:
        setattr(institution, field, values[field])
    index_institution(institution)
    db.session.flush()
    if changed:
        publish(InstitutionChanged(at=now, actor=actor, subject_id=institution.id, fields=changed))


def locate_institutions() -> int:
    """Place every institution whose text means a territory that is known by now; return how many there were."""
    unplaced = select(Institution).where(Institution.territory_id.is_(None), Institution.territory != "")
    known: dict[str, Territory | None] = {}
    placed = 0
    for institution in db.session.scalars(unplaced).all():
        text = institution.territory
        if text not in known:
            known[text] = find_by_text(text)
        found = known[text]
        if found:
            institution.territory_id = found.id
            placed += 1
    return placed


def rename_institution(
    institution: Institution, *, name: str, short_name: str, starts_on: date, actor: Actor, now: datetime
) -> None:
    """Give an institution another name from a day on; facts of before keep the former one. The same changes nothing.

    Raises InstitutionExists, ChangeInFuture, ChangeBeforeAnother.
    """
    if (name, short_name) == (institution.name, institution.short_name):
        return
    other = queries.find_sibling(name, institution.parent_id)
    if other and other.id != institution.id:
        raise InstitutionExists
    earlier = queries.list_former_names([institution.id])[institution.id]
    rules.check_change(starts_on, today=today(), earlier=earlier, opened_on=institution.opened_on)
    db.session.add(
        FormerName(
            institution_id=institution.id,
            name=institution.name,
            short_name=institution.short_name,
            ends_on=starts_on - timedelta(days=1),
        )
    )
    institution.name, institution.short_name = name, short_name
    db.session.flush()
    index_institution(institution)
    db.session.flush()
    event = InstitutionRenamed(at=now, actor=actor, subject_id=institution.id, name=name, starts_on=starts_on)
    publish(event)


def move_institution(
    institution: Institution,
    parent: Institution | None,
    *,
    since: date | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Hang an institution with everything below it from another body; the same body changes nothing.

    With a day, the former body stays for what was before; without one, it had been written wrong.
    Raises MoveRefused, TooDeep, InstitutionExists, InstitutionClosed, ChangeInFuture, ChangeBeforeAnother.
    """
    if institution.parent_id == (parent.id if parent else None):
        return
    new_parent_path = parent.path if parent else ""
    rules.check_move(institution.path, new_parent_path)
    _check_place(institution.name, parent)
    if since:
        _keep_parent(institution, since)
    old, new = institution.path, rules.path_of(institution.id, new_parent_path)
    below = db.session.scalars(select(Institution).where(queries.subtree_condition([institution.id]))).all()
    paths = {unit.id: rules.moved_path(unit.path, old=old, new=new) for unit in below}
    for unit in below:
        unit.path = paths[unit.id]
    institution.parent_id = parent.id if parent else None
    index_institution(institution)
    db.session.flush()
    publish(InstitutionMoved(at=now, actor=actor, subject_id=institution.id, parent_id=institution.parent_id))


def deactivate_institution(
    institution: Institution, *, since: date | None = None, actor: Actor, now: datetime
) -> None:
    """Close an institution from a day on, or today: it takes no new people; its history stays.

    Asking again changes nothing.
    """
    if institution.is_active:
        institution.is_active, institution.closed_on = False, since or today()
        publish(InstitutionDeactivated(at=now, actor=actor, subject_id=institution.id))


def activate_institution(institution: Institution, *, actor: Actor, now: datetime) -> None:
    """Open a closed institution again; asking again changes nothing."""
    if not institution.is_active:
        institution.is_active, institution.closed_on = True, None
        publish(InstitutionActivated(at=now, actor=actor, subject_id=institution.id))


def affiliate(
    person: Person,
    institution: Institution,
    *,
    post: str = "",
    sector: str | None = None,
    starts_on: date,
    actor: Actor,
    now: datetime,
) -> Affiliation:
    """Say where a person works from a day on; the open affiliation ends the day before.

    The same place and post changes nothing; another one from the very same first day corrects it.
    Raises AffiliationOverlaps, InstitutionClosed, InstitutionIsGroup.
    """
    latest = queries.find_latest_affiliation(person.id)
    wanted = Post(institution_id=institution.id, post=post, sector=sector or None, starts_on=starts_on)
    step = rules.affiliation_step(latest.as_post if latest else None, wanted)
    if latest and step is AffiliationStep.KEEP:
        return latest
    rules.check_takes_people(institution)
    if latest and step is AffiliationStep.CORRECT:
        latest.institution_id, latest.post, latest.sector = institution.id, post, wanted.sector
        publish(
            AffiliationCorrected(at=now, actor=actor, subject_id=person.id, institution_id=institution.id)
        )
        db.session.flush()
        return latest
    if latest and latest.ends_on is None:
        end_affiliation(latest, ends_on=starts_on - timedelta(days=1), actor=actor, now=now)
    affiliation = begin_affiliation(person, wanted, actor=actor, now=now)
    db.session.flush()
    return affiliation


def end_affiliation(affiliation: Affiliation, *, ends_on: date, actor: Actor, now: datetime) -> None:
    """Say on which last day a person worked there; raises EndsBeforeStart. Asking again changes nothing."""
    if ends_on < affiliation.starts_on:
        raise EndsBeforeStart
    if affiliation.ends_on == ends_on:
        return
    affiliation.ends_on = ends_on
    db.session.flush()
    publish(
        AffiliationEnded(
            at=now,
            actor=actor,
            subject_id=affiliation.person_id,
            institution_id=affiliation.institution_id,
            ends_on=ends_on,
        )
    )


def begin_affiliation(person: Person, wanted: Post, *, actor: Actor, now: datetime) -> Affiliation:
    """Say where somebody works who works nowhere else; written with the next flush, many at a time."""
    affiliation = Affiliation(
        id=new_id(),
        person_id=person.id,
        institution_id=wanted.institution_id,
        post=wanted.post,
        sector=wanted.sector,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
    )
    db.session.add(affiliation)
    publish(
        PersonAffiliated(
            at=now,
            actor=actor,
            subject_id=person.id,
            institution_id=wanted.institution_id,
            starts_on=wanted.starts_on,
        )
    )
    return affiliation


def _territory_id(text: str, details: Details) -> UUID | None:
    if details.territory_id:
        return details.territory_id
    found = find_by_text(text)
    return found.id if found else None


def _check_code(code: str | None, institution: Institution | None) -> None:
    other = queries.find_by_code(code) if code else None
    if other and (institution is None or other.id != institution.id):
        raise CodeTaken


def _check_place(name: str, parent: Institution | None) -> None:
    if parent and not parent.is_active:
        raise InstitutionClosed
    if queries.find_sibling(name, parent.id if parent else None):
        raise InstitutionExists


def _keep_parent(institution: Institution, since: date) -> None:
    earlier = queries.list_former_parents([institution.id])[institution.id]
    rules.check_change(since, today=today(), earlier=earlier, opened_on=institution.opened_on)
    ends_on = since - timedelta(days=1)
    former = FormerParent(institution_id=institution.id, parent_id=institution.parent_id, ends_on=ends_on)
    db.session.add(former)


def index_institution(institution: Institution) -> None:
    """Keep what a search and the rule about siblings look at."""
    institution.place_key = rules.place_key(institution.name, institution.parent_id)
    former = queries.list_former_names([institution.id])[institution.id]
    known = f"{institution.name} {institution.short_name} {institution.territory}"
    said = [known, *(f"{each.name} {each.short_name}" for each in former)]
    institution.search_text = fold(" ".join(said))[:500]
