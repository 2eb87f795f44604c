"""Saving what a file says, once somebody has looked at the verdicts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.directory import service as directory
from lms.institutions.directory.models import Institution
from lms.institutions.intake.institutions import InstitutionPlan
from lms.institutions.intake.messages import InstitutionsImported, PeopleImported
from lms.institutions.intake.people import PersonPlan
from lms.institutions.intake.rules import Outcome, Tally, Wishes, tally
from lms.institutions.intake.territories import TerritoryPlan
from lms.institutions.people import service as people
from lms.institutions.territories import service as territories
from lms.institutions.territories.messages import TerritoriesImported
from lms.institutions.territories.models import Territory


def save_people(plans: Sequence[PersonPlan], wishes: Wishes, *, actor: Actor, now: datetime) -> Tally:
    """Save the rows that add or change people, and invite those who are new; return what was done.

    Rows with errors are left out, and rows that may be somebody who is known unless they are asked for: those
    are counted as added when they are. Saving the same file again finds everything known and writes nothing.
    """
    added = {Outcome.ADD, Outcome.POSSIBLE} if wishes.adds_possible else {Outcome.ADD}
    new = [
        people.add_new(plan.values, plan.work, actor=actor, now=now)
        for plan in plans
        if plan.verdict.outcome in added and plan.values and plan.work
    ]
    db.session.flush()
    for plan in plans:
        if plan.person:
            _change_person(plan, plan.person, actor=actor, now=now)
    for person in new if wishes.invites else ():
        people.invite(person, now=now)
    counts = dict(tally(plan.verdict for plan in plans).counts)
    if wishes.adds_possible:
        counts[Outcome.ADD] = counts.get(Outcome.ADD, 0) + counts.pop(Outcome.POSSIBLE, 0)
    done = Tally(counts)
    if done.to_save:
        publish(
            PeopleImported(
                at=now,
                actor=actor,
                subject_id=_subject(actor),
                added=done[Outcome.ADD],
                changed=done[Outcome.CHANGE],
            )
        )
    return done


def _change_person(plan: PersonPlan, person: Person, *, actor: Actor, now: datetime) -> None:
    if plan.changes:
        people.change_data(person, values=dict(plan.changes), actor=actor, now=now)
    if plan.work:
        people.affiliate(person, plan.work, actor=actor, now=now)


def save_institutions(plans: Sequence[InstitutionPlan], *, actor: Actor, now: datetime) -> Tally:
    """Save the rows that add or change institutions, in their order; return what was done."""
    made: dict[int, Institution] = {}
    for plan in plans:
        if plan.verdict.outcome is Outcome.ADD:
            made[plan.verdict.row.line] = _add(plan, made, actor=actor, now=now)
        elif plan.institution and plan.verdict.outcome is Outcome.CHANGE:
            _change(plan.institution, plan, made, actor=actor, now=now)
    done = tally(plan.verdict for plan in plans)
    if done.to_save:
        publish(
            InstitutionsImported(
                at=now,
                actor=actor,
                subject_id=_subject(actor),
                added=done[Outcome.ADD],
                changed=done[Outcome.CHANGE],
            )
        )
    return done


def save_territories(plans: Sequence[TerritoryPlan], *, actor: Actor, now: datetime) -> Tally:
    """Save the rows that add or change territories, in their order, and place the institutions that they explain."""
    made: dict[int, Territory] = {}
    for plan in plans:
        spot, outcome = plan.spot, plan.verdict.outcome
        if spot and outcome is Outcome.ADD:
            parent = (spot.above.territory or made[spot.above.line]) if spot.above else None
            made[spot.line] = territories.add_territory(spot.values, parent)
        elif spot and spot.territory and outcome is Outcome.CHANGE:
            territories.change_territory(spot.territory, spot.values)
    db.session.flush()
    done = tally(plan.verdict for plan in plans)
    if done.to_save:
        linked = directory.locate_institutions()
        publish(
            TerritoriesImported(
                at=now,
                actor=actor,
                subject_id=_subject(actor),
                added=done[Outcome.ADD],
                changed=done[Outcome.CHANGE],
                linked=linked,
            )
        )
    return done


def _add(plan: InstitutionPlan, made: dict[int, Institution], *, actor: Actor, now: datetime) -> Institution:
    return directory.create_institution(
        name=plan.values["name"] or "",
        short_name=plan.values["short_name"] or "",
        sector=plan.values["sector"],
        territory=plan.values["territory"] or "",
        details=plan.details,
        parent=_parent(plan, made),
        actor=actor,
        now=now,
    )


def _parent(plan: InstitutionPlan, made: dict[int, Institution]) -> Institution | None:
    return (plan.parent.institution or made[plan.parent.line]) if plan.parent else None


def _change(
    institution: Institution,
    plan: InstitutionPlan,
    made: dict[int, Institution],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    values = plan.values
    short_name = values.get("short_name") or institution.short_name
    if values.get("name") and plan.changed_on:
        directory.rename_institution(
            institution,
            name=values["name"] or "",
            short_name=short_name,
            starts_on=plan.changed_on,
            actor=actor,
            now=now,
        )
    if plan.moves:
        directory.move_institution(
            institution, _parent(plan, made), since=plan.changed_on, actor=actor, now=now
        )
    directory.change_institution(
        institution,
        name=institution.name,
        short_name=short_name,
        sector=values.get("sector") or institution.sector,
        territory=values.get("territory") or institution.territory,
        details=plan.details,
        actor=actor,
        now=now,
    )


def _subject(actor: Actor) -> UUID:
    """Return what an import happened to: nothing of its own, so the one who did it."""
    return actor.person_id or new_id()
