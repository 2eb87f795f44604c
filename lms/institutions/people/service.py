"""What can be done with people, by whoever administers them. Accounts and the directory write the rows."""

from dataclasses import dataclass
from datetime import date, datetime

from lms.accounts import service as accounts
from lms.accounts.models import Person, RoleAssignment
from lms.accounts.queries import find_person_by_email
from lms.core.actors import Actor, Assignment
from lms.core.context import current_settings
from lms.core.i18n import _
from lms.institutions.directory import queries as directory_queries
from lms.institutions.directory import service as directory
from lms.institutions.directory.models import Institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.rules import Post
from lms.institutions.people import queries, rules
from lms.institutions.people.errors import (
    BelongsElsewhere,
    EmailOfAnother,
    FieldClosed,
    OwnRoleKept,
    PersonKnown,
    RoleOutOfReach,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonValues:
    """A person as an office writes them; a person without e-mail is handed their access in person."""

    given_names: str
    first_surname: str
    second_surname: str = ""
    email: str = ""
    national_id: str = ""
    is_test: bool | None = None
    """Whether the record only tries things out; None where nobody said so."""

    @property
    def name(self) -> str:
        """Return the full name."""
        return " ".join(part for part in (self.given_names, self.first_surname, self.second_surname) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Where, as what and since when a person works."""

    institution: Institution
    post: str = ""
    sector: str | None = None
    """The person's own sector; None takes the institution's."""
    starts_on: date


def register_at(values: PersonValues, work: Work, *, actor: Actor, now: datetime) -> tuple[Person, bool]:
    """Register a person where they work; return them and whether the account is new.

    A known address is the same person, who may come from elsewhere.
    Raises EmailOfAnother, BelongsElsewhere, PersonKnown, InstitutionClosed, AffiliationOverlaps.
    """
    known = find_person_by_email(values.email) if values.email else None
    if known and not rules.same_name(known.name, values.name):
        raise EmailOfAnother
    if known:
        check_reach(known, actor=actor)
    elif not values.email and queries.find_namesake(values.name, work.institution.id):
        raise PersonKnown
    person = known or accounts.register_person(
        given_names=values.given_names,
        first_surname=values.first_surname,
        second_surname=values.second_surname,
        email=values.email or None,
        national_id=values.national_id,
        actor=actor,
        now=now,
    )
    affiliate(person, work, actor=actor, now=now)
    return person, known is None


def add_new(values: PersonValues, work: Work, *, actor: Actor, now: datetime) -> Person:
    """Register somebody who is known to be new, where they work; written with the next flush, many at a time."""
    data = accounts.PersonData(
        values.given_names,
        values.first_surname,
        values.second_surname,
        values.email or None,
        values.national_id,
        bool(values.is_test),
    )
    person = accounts.add_person(data, actor=actor, now=now)
    post = Post(
        institution_id=work.institution.id,
        post=work.post,
        sector=work.sector or None,
        starts_on=work.starts_on,
    )
    directory.begin_affiliation(person, post, actor=actor, now=now)
    return person


def create_provisional(
    name: str, institution: Institution, *, email: str = "", actor: Actor, now: datetime
) -> Person:
    """Write somebody down who stands at a door, with name and institution only, and return them.

    They are flagged until somebody completes the data or finds the record with which they are to be merged, so
    nothing is compared here: a person who is known under the same name becomes a pair in the list of possible
    duplicates. With an address that is known, that person is returned. Raises InstitutionClosed.
    """
    known = find_person_by_email(email) if email else None
    if known:
        return known
    given_names, first_surname, second_surname = rules.parts_of_name(name)
    person = accounts.register_person(
        given_names=given_names,
        first_surname=first_surname,
        second_surname=second_surname,
        email=email or None,
        is_provisional=True,
        actor=actor,
        now=now,
    )
    day = now.astimezone(current_settings().zone).date()
    affiliate(person, Work(institution=institution, starts_on=day), actor=actor, now=now)
    return person


def affiliate(person: Person, work: Work, *, actor: Actor, now: datetime) -> None:
    """Say where a person works; raises InstitutionClosed, AffiliationOverlaps."""
    directory.affiliate(
        person,
        work.institution,
        post=work.post,
        sector=work.sector,
        starts_on=work.starts_on,
        actor=actor,
        now=now,
    )


def check_reach(person: Person, *, actor: Actor) -> None:
    """Refuse to take a person away from an institution that the actor does not administer.

    Raises BelongsElsewhere. Whoever works nowhere now may be registered by any institution.
    """
    latest = directory_queries.find_latest_affiliation(person.id)
    if latest is None or latest.ends_on is not None:
        return
    if not directory_queries.is_visible(actor, DirectoryPermission.MANAGE_PEOPLE, latest.institution_id):
        raise BelongsElsewhere


def open_fields(person: Person, actor: Actor) -> frozenset[str]:
    """Return which data of a person the actor may change."""
    is_everywhere = actor.reach(DirectoryPermission.MANAGE_PEOPLE).everywhere
    return rules.open_fields(
        is_everywhere=is_everywhere,
        holds_roles=not is_everywhere and queries.holds_roles(person.id),
        has_accepted=person.has_accepted,
    )


def change_data(person: Person, *, values: dict[str, str | bool | None], actor: Actor, now: datetime) -> None:
    """Correct a person's data; raises FieldClosed, EmailTaken."""
    if not set(values) <= open_fields(person, actor):
        raise FieldClosed
    if person.is_provisional:
        values = {**values, "is_provisional": False}
    accounts.change_person(person, values=values, actor=actor, now=now)


def invite(person: Person, *, now: datetime) -> None:
    """Send the link for the first password, at most once a day."""
    reason = _(
        "Su institución le dio una cuenta en Ruta, el programa de formación contra la trata de personas."
    )
    accounts.invite(person, reason=reason, now=now)


def give_role(person: Person, assignment: Assignment, *, actor: Actor, now: datetime) -> None:
    """Give a role in a place; giving it again changes nothing. Raises RoleOutOfReach."""
    if not rules.can_hold(assignment.role, assignment.kind) or not queries.may_decide(actor, assignment):
        raise RoleOutOfReach
    accounts.give_role(person, assignment, actor=actor, now=now)


def take_role(person: Person, held: RoleAssignment, *, actor: Actor, now: datetime) -> None:
    """Take a role away; raises RoleOutOfReach, OwnRoleKept."""
    assignment = Assignment(held.role, held.kind, held.scope_id)
    if person.id == actor.person_id:
        raise OwnRoleKept
    if not queries.may_decide(actor, assignment):
        raise RoleOutOfReach
    accounts.take_role(person, assignment, actor=actor, now=now)
