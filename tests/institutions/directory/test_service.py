"""Institutions and affiliations as the database keeps them."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.core.actors import SYSTEM, Reach
from lms.core.audit import AuditEntry
from lms.core.db import db, savepoint
from lms.institutions.directory import queries, service
from lms.institutions.directory.errors import (
    AffiliationOverlaps,
    EndsBeforeStart,
    InstitutionClosed,
    InstitutionExists,
    MoveRefused,
)
from lms.institutions.directory.models import Affiliation, Institution
from lms.institutions.directory.privacy import AFFILIATIONS
from lms.testing.factories.accounts import make_person
from lms.testing.factories.institutions import (
    affiliate_person,
    make_focal_point,
    make_institution,
    make_member,
)
from lms.testing.pytest_plugin import TODAY

MARCH = date(2026, 3, 1)
WHO = {"actor": SYSTEM, "now": TODAY}


def names(condition):
    return set(db.session.scalars(select(Institution.name).where(condition)))


def open_another(person, institution):
    with savepoint():
        db.session.add(Affiliation(person_id=person.id, institution_id=institution.id, starts_on=MARCH))
        db.session.flush()


def codes():
    return list(db.session.scalars(select(AuditEntry.code).where(AuditEntry.code.like("directory.%"))))


def test_a_subtree_holds_the_institution_and_everything_below(unit):
    with unit():
        a = make_institution("A")
        b = make_institution("B", parent=a)
        make_institution("C", parent=b)
        make_institution("D")
        assert names(queries.subtree_condition([b.id])) == {"B", "C"}
        assert names(queries.subtree_condition([])) == set()


def test_moving_takes_the_whole_subtree(unit):
    with unit():
        a, d = make_institution("A"), make_institution("D")
        b = make_institution("B", parent=a)
        make_institution("C", parent=b)
        service.move_institution(b, d, **WHO)
        assert names(queries.subtree_condition([a.id])) == {"A"}
        assert names(queries.subtree_condition([d.id])) == {"D", "B", "C"}
        assert [each.name for each in queries.list_ancestors(b)] == ["D"]
        service.move_institution(b, None, **WHO)
        assert queries.list_ancestors(b) == []
        assert names(queries.subtree_condition([b.id])) == {"B", "C"}


def test_moving_below_itself_is_refused_and_moving_nowhere_says_nothing(unit):
    with unit():
        a = make_institution("A")
        b = make_institution("B", parent=a)
        with pytest.raises(MoveRefused):
            service.move_institution(a, b, **WHO)
        service.move_institution(b, a, **WHO)
        assert "directory.institution-moved" not in codes()


def test_two_siblings_never_have_the_same_name(unit):
    with unit():
        a = make_institution("A")
        make_institution("Fiscalía", parent=a)
        other = make_institution("Otra", parent=a)
        with pytest.raises(InstitutionExists):
            make_institution("FISCALIA", parent=a)
        with pytest.raises(InstitutionExists):
            service.change_institution(
                other, name="fiscalía", short_name="", sector=None, territory="", **WHO
            )
        assert make_institution("Fiscalía").name == "Fiscalía"


def test_an_institution_may_be_written_better(unit):
    with unit():
        a = make_institution("FISCALIA")
        service.change_institution(a, name="Fiscalía", short_name="", sector="justice", territory="", **WHO)
        service.change_institution(a, name="Fiscalía", short_name="", sector="justice", territory="", **WHO)
        assert (a.name, a.sector) == ("Fiscalía", "justice")
        assert codes().count("directory.institution-changed") == 1


def test_a_closed_institution_takes_nobody_and_keeps_its_people(unit):
    with unit():
        a = make_institution("A")
        person = make_member(a)
        service.deactivate_institution(a, **WHO)
        service.deactivate_institution(a, **WHO)
        affiliate_person(person, a)
        with pytest.raises(InstitutionClosed):
            affiliate_person(make_person(), a)
        with pytest.raises(InstitutionClosed):
            make_institution("B", parent=a)
        service.activate_institution(a, **WHO)
        affiliate_person(make_person(), a)
        assert codes().count("directory.institution-deactivated") == 1


def test_a_new_affiliation_ends_the_open_one_the_day_before(unit):
    with unit():
        a, b, person = make_institution("A"), make_institution("B"), make_person()
        affiliate_person(person, a, starts_on=date(2025, 1, 1))
        affiliate_person(person, b, starts_on=MARCH)
        assert queries.find_affiliation(person.id, date(2026, 2, 28)).institution_id == a.id
        assert queries.find_affiliation(person.id, MARCH).institution_id == b.id
        assert queries.find_affiliation(person.id, date(2024, 12, 31)) is None
        assert [each[1].name for each in queries.list_affiliations(person.id)] == ["B", "A"]


def test_saying_it_again_changes_nothing(unit):
    with unit():
        a, person = make_institution("A"), make_person()
        first = affiliate_person(person, a, starts_on=MARCH)
        assert affiliate_person(person, a, starts_on=date(2026, 5, 5)) is first
        assert codes().count("directory.person-affiliated") == 1


def test_the_same_first_day_corrects(unit):
    with unit():
        a, b, person = make_institution("A"), make_institution("B"), make_person()
        first = affiliate_person(person, a, starts_on=MARCH)
        assert affiliate_person(person, b, starts_on=MARCH, post="Jefa") is first
        assert (first.institution_id, first.post) == (b.id, "Jefa")
        assert "directory.affiliation-corrected" in codes()


def test_two_affiliations_never_overlap(unit):
    with unit():
        a, b, person = make_institution("A"), make_institution("B"), make_person()
        known = affiliate_person(person, a, starts_on=MARCH)
        with pytest.raises(AffiliationOverlaps):
            affiliate_person(person, b, starts_on=date(2026, 1, 1))
        with pytest.raises(EndsBeforeStart):
            service.end_affiliation(known, ends_on=date(2026, 2, 1), **WHO)
        service.end_affiliation(known, ends_on=MARCH, **WHO)
        service.end_affiliation(known, ends_on=MARCH, **WHO)
        assert codes().count("directory.affiliation-ended") == 1


def test_the_database_refuses_a_second_open_affiliation(unit):
    with unit():
        a, person = make_institution("A"), make_person()
        affiliate_person(person, a)
        with pytest.raises(IntegrityError):
            open_another(person, a)


def test_people_are_counted_with_those_below(unit):
    with unit():
        a, d = make_institution("A"), make_institution("D")
        b = make_institution("B", parent=a)
        make_member(a), make_member(b)
        left = make_member(b)
        service.end_affiliation(queries.find_latest_affiliation(left.id), ends_on=date(2026, 1, 1), **WHO)
        assert queries.count_people([a.id, b.id, d.id], MARCH) == {a.id: 2, b.id: 1}


def test_the_nearest_focal_point_answers_for_a_unit(unit):
    with unit():
        a = make_institution("A")
        b = make_institution("B", parent=a)
        c = make_institution("C", parent=b)
        above = make_focal_point(a)
        assert queries.list_focal_points(c) == [above]
        near = make_focal_point(b)
        assert queries.list_focal_points(c) == [near]
        assert queries.list_focal_points(a) == [above]
        assert queries.list_focal_points(make_institution("D")) == []


def test_a_permission_without_reach_opens_nothing(unit):
    with unit():
        make_institution("A")
        assert names(queries.reach_condition(Reach())) == set()
        assert names(queries.reach_condition(Reach(own=True))) == set()
        assert names(queries.reach_condition(Reach(everywhere=True))) == {"A"}


def test_where_a_person_worked_can_be_shown_and_forgotten(unit):
    with unit():
        a, person = make_institution("A"), make_person()
        affiliate_person(person, a, post="Enfermería", starts_on=MARCH)
        (row,) = AFFILIATIONS.export(person.id)
        assert (row["institution"], row["post"], row["from"]) == ("A", "Enfermería", "2026-03-01")
        assert AFFILIATIONS.erase(person.id) == 1
        assert AFFILIATIONS.export(person.id) == []
        assert queries.find_affiliation(person.id, MARCH) is None
