"""Institutions merge and divide from a day on: people go on, the past stays, and the way back is exact."""

import random
import threading
from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now, travel_to
from lms.core.db import db, do_postponed, savepoint, unit_of_work
from lms.core.errors import DomainError
from lms.institutions.directory import changes
from lms.institutions.directory import service as directory
from lms.institutions.directory.as_of import list_tree_on
from lms.institutions.directory.models import Affiliation, FormerName, FormerParent, Institution
from lms.institutions.directory.queries import find_affiliation, list_affiliations
from lms.institutions.directory.rules import Details
from lms.institutions.programmes.queries import get_programme
from lms.institutions.succession.errors import UndoRefused
from lms.institutions.succession.rules import Division
from lms.institutions.succession.service import succeed, undo
from lms.reports.tallies import queries as tallies
from lms.reports.tallies import service as keeping
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.commission import make_seat
from lms.testing.factories.institutions import (
    affiliate_person,
    make_focal_point,
    make_institution,
    make_member,
)
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.nominations import make_call
from lms.testing.pytest_plugin import TODAY

SINCE = date(2026, 11, 9)
BEFORE = SINCE - timedelta(days=1)
WHO = {"actor": SYSTEM, "now": TODAY}


@pytest.fixture
def two(unit):
    """Return two bodies; the first has a unit, somebody in each, a seat and places in a call."""
    with unit():
        women, family = make_institution("Instituto de la Mujer"), make_institution("Sistema DIF")
        shelter = make_institution("Albergue", parent=women)
        cohort = make_cohort()
        make_seat(get_programme(cohort.programme_id), women, starts_on=date(2026, 1, 1))
        focal_point = make_focal_point(women)
        make_call(cohort, {women: 3})
        return {
            "women": women.id, "family": family.id, "shelter": shelter.id, "cohort": cohort.id,
            "worker": make_member(women).id, "keeper": make_member(shelter).id, "focal_point": focal_point.id,
        }  # fmt: skip


@pytest.fixture
def admin(client_for, unit):
    with unit():
        person = make_administrator()
    return client_for(person)


def body(institution_id):
    return db.session.get_one(Institution, institution_id)


def place(person_id, day):
    return find_affiliation(person_id, day).institution_id


def asked(two, **more):
    return {"starts_on": str(SINCE), "heir": str(two["family"]), "second": "", "third": "", **more}


def path(two, action="/succeed", of="women"):
    return f"/institutions/{two[of]}{action}"


def test_a_merger_is_shown_before_it_is_done_and_undone_to_the_letter(admin, two, unit):
    query = "&".join(f"{name}={value}" for name, value in asked(two).items())
    shown = admin.get(f"{path(two)}?{query}").text
    for told in (
        "2 adscripciones pasan",
        "Albergue",
        "Su asiento en",
        "Sus lugares en la convocatoria",
        "encargo de enlace",
    ):
        assert told in shown, told
    with unit():
        assert body(two["women"]).is_active
        before = everything()
    admin.post(path(two), asked(two))
    with unit():
        assert (place(two["worker"], BEFORE), place(two["worker"], SINCE)) == (two["women"], two["family"])
        assert place(two["keeper"], SINCE) == two["shelter"]
        women = body(two["women"])
        assert (women.is_active, women.closed_on, body(two["shelter"]).parent_id) == (
            False,
            SINCE,
            two["family"],
        )
    for day, names in (
        (BEFORE, {"Albergue", "Instituto de la Mujer", "Sistema DIF"}),
        (SINCE, {"Albergue", "Sistema DIF"}),
    ):
        listed = {each.get_text() for each in admin.get(f"/institutions/?on={day}").select("tbody th a")}
        assert names - listed == set()
        assert ("Instituto de la Mujer" in listed) == (day == BEFORE)
    assert "es parte de: Sistema DIF" in admin.get(path(two, "")).text
    assert "recibió a Instituto de la Mujer" in admin.get(path(two, "", "family")).text
    admin.get(path(two, "/succeed/undo"))
    admin.post(path(two, "/succeed/undo"))
    with unit():
        assert everything() == before
    admin.post(path(two, "/succeed/undo"), status=404)


def everything():
    """Return what a merger changes, as plain values."""
    db.session.expire_all()
    tables = (Institution, Affiliation, FormerParent, FormerName)
    return {
        each.__tablename__: sorted(
            tuple(map(repr, row)) for row in db.session.execute(select(each.__table__))
        )
        for each in tables
    }


def test_a_division_sends_each_person_and_unit_where_it_was_said(admin, two, unit):
    with unit():
        health = make_institution("Secretaría de Salud").id
        nurse = make_member(body(two["women"])).id
        late = make_person().id
        affiliate_person(
            db.session.get_one(Person, late),
            body(two["women"]),
            starts_on=SINCE + timedelta(days=3),
        )
    chosen = {
        f"person-{nurse.hex}": health.hex,
        f"unit-{two['shelter'].hex}": health.hex,
        f"person-{late.hex}": "x",
    }
    admin.post(path(two), asked(two, second=str(health), **chosen))
    with unit():
        assert place(nurse, SINCE) == health
        assert place(two["worker"], SINCE) == two["family"]
        assert body(two["shelter"]).parent_id == health
        assert [each.id for _post, each in list_affiliations(late)] == [two["family"]]
    assert "se dividió entre: Sistema DIF , Secretaría de Salud" in admin.get(path(two, "")).text


def test_what_cannot_be_is_refused_beside_its_field(admin, two, unit):
    with unit():
        closed = make_institution("Otra")
        directory.deactivate_institution(closed, **WHO)
        opened = directory.create_institution(
            name="Recién creada", sector=None, parent=None, details=Details(opened_on=TODAY.date()), **WHO
        )
    unfit = "Elija otra institución, activa"
    for changed, problem in (
        ({"second": str(two["family"])}, unfit),
        ({"tasks": str(opened.id)}, "Elija una de las instituciones que siguen."),
        ({"heir": str(opened.id)}, unfit),
        ({"starts_on": "2026-12-24"}, "una fecha que ya llegó"),
    ):
        assert problem in admin.post(path(two), asked(two, **changed), status=422).text
    for outside in (two["shelter"], closed.id, two["women"]):
        admin.post(path(two), asked(two, heir=str(outside)), status=422)


def test_a_unit_whose_name_is_taken_there_stops_it_and_nothing_is_half_done(admin, two, unit):
    with unit():
        make_institution("ALBERGUE", parent=body(two["family"]))
        before = everything()
    page = admin.post(path(two), asked(two), status=422)
    assert "El área Albergue no puede pasar" in page.text
    with unit():
        assert everything() == before


def test_it_is_not_undone_once_somebody_enrolled_or_moved_on(two, unit):
    with unit():
        division = Division(starts_on=SINCE, heirs=(two["family"],))
        succeed(body(two["women"]), division, [body(two["family"])], **WHO)
        worker = db.session.get_one(Person, two["worker"])
        enrolment = make_enrolment(make_cohort(), worker)
        assert enrolment.institution_id == two["family"]
        with pytest.raises(UndoRefused, match="una inscripción"):
            undo(body(two["women"]), **WHO)
        affiliate_person(worker, make_institution(), starts_on=TODAY.date())
        with pytest.raises(UndoRefused, match="adscripción"):
            undo(body(two["women"]), **WHO)


def test_neighbours_neither_merge_nor_learn_anything(client_for, two, unit):
    with unit():
        other = make_institution("Otra")
        neighbour, own = make_focal_point(other), db.session.get_one(Person, two["focal_point"])
        local = make_person()
        give_role(local, Role.ADMINISTRATOR, ScopeKind.INSTITUTION, two["women"])
    query = f"?starts_on={SINCE}&heir={two['family']}"
    for person in (neighbour, own):
        for action in ("/succeed", f"/succeed{query}", "/succeed/undo", "/rename/undo"):
            client_for(person).get(path(two, action), status=403)
    page = client_for(local).get(path(two) + query, status=422)
    assert "Sistema DIF" not in page.text


def test_as_it_is_today_the_figures_are_the_heirs_and_as_it_was_they_stay(unit):
    with unit():
        gone, heir = make_institution("La que se integra", sector="health"), make_institution("La que sigue")
        cohort = make_cohort()
        programme = get_programme(cohort.programme_id)
        for _ in range(6):
            make_enrolment(cohort, make_member(gone))
        do_postponed()
        assert enrolled(programme) == {("then", gone.id): 6, ("now", gone.id): 6}
        succeed(gone, Division(starts_on=SINCE, heirs=(heir.id,)), [heir], **WHO)
        do_postponed()
        assert enrolled(programme) == {("then", gone.id): 6, ("now", heir.id): 6}
        assert keeping.verify(programme, now=now()) == {}
        undo(gone, **WHO)
        do_postponed()
        assert enrolled(programme) == {("then", gone.id): 6, ("now", gone.id): 6}
        assert keeping.verify(programme, now=now()) == {}


def enrolled(programme):
    found = tallies.tallies_of(programme.id)
    return {
        (key.basis, key.institution_id): measures.enrolled
        for key, measures in found.items()
        if key.period == "all" and not key.month and measures.enrolled
    }


class Chronicle:
    """Renamings, moves, mergers and their undoing in any order, beside a plain diary of each day's truth."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # a story, not a secret
        self.bodies = [make_institution(f"Cuerpo {letter}") for letter in "ABCDE"]
        self.people = [make_member(each) for each in self.bodies[:3]]
        self.undoing: list[tuple[str, Institution, date]] = []
        self.diary: dict[date, dict] = {}
        self.serial = 0
        self.done: set[str] = set()

    def truth(self):
        return {each.id: (each.name, each.parent_id, each.is_active) for each in self.bodies}

    def go_on(self, day) -> None:
        act = self.chance.choice([self.rename, self.move, self.move, self.merge, self.take_back])
        try:
            with savepoint():
                act(day)
        except DomainError:
            db.session.expire_all()
        self.diary[day] = self.truth()

    def rename(self, day) -> None:
        each = self.chance.choice(self.bodies)
        self.serial += 1
        directory.rename_institution(
            each, name=f"Nombre {self.serial}", short_name="", starts_on=day, actor=SYSTEM, now=now()
        )
        self.remember("name", each, day)

    def move(self, day) -> None:
        each, above = self.chance.sample([*self.bodies, None], 2)
        if each is None or each.parent_id == (above.id if above else None):
            return
        directory.move_institution(each, above, since=day, actor=SYSTEM, now=now())
        self.remember("place", each, day)

    def merge(self, day) -> None:
        gone, heir = self.chance.sample(self.bodies, 2)
        succeed(gone, Division(starts_on=day, heirs=(heir.id,)), [heir], actor=SYSTEM, now=now())
        self.remember("merger", gone, day)

    def remember(self, kind, each, day) -> None:
        self.undoing.append((kind, each, day))
        self.done.add(kind)

    def take_back(self, _day) -> None:
        """Undo the latest change, so that the diary of its days says what was before it."""
        if not self.undoing:
            return
        kind, each, since = self.undoing[-1]
        undoings = {"name": changes.undo_rename, "place": changes.undo_move, "merger": undo}
        undoings[kind](each, actor=SYSTEM, now=now())
        self.undoing.pop()
        self.done.add(f"{kind} undone")
        earlier = max((day for day in self.diary if day < since), default=None)
        for day in self.diary:
            if day >= since and earlier:
                self.diary[day] = self.diary[earlier]


@pytest.mark.parametrize("seed", range(3))
def test_in_any_order_every_day_has_one_name_and_one_place_and_everybody_one_post(unit, seed):
    with unit():
        story, begun = Chronicle(seed), now()
        story.diary[begun.date() - timedelta(days=1)] = story.truth()
        for step in range(0, 48, 2):
            with travel_to(begun + timedelta(days=step)):
                story.go_on((begun + timedelta(days=step)).date())
        assert {"name", "place", "merger"} <= story.done
        assert any(each.endswith("undone") for each in story.done)
        with travel_to(begun + timedelta(days=50)):
            for day, truth in story.diary.items():
                listed = list_tree_on(select(Institution), day, is_past=True)
                seen = {
                    each.node.id: (each.node.name, each.node.parent_id, each.node.is_active)
                    for each in listed
                }
                assert seen == truth, day
            for person in story.people:
                posts = sorted(
                    (post for post, _place in list_affiliations(person.id)), key=lambda post: post.starts_on
                )
                assert posts[-1].ends_on is None
                for one, following in pairwise(posts):
                    assert following.starts_on == one.ends_on + timedelta(days=1)


def test_a_name_is_taken_back_as_if_it_had_never_changed(admin, two, unit):
    sent = {"name": "Instituto de las Mujeres", "short_name": "", "starts_on": str(SINCE)}
    admin.post(path(two, "/rename"), sent)
    page = admin.get(path(two, ""))
    assert page.select("a[href$='/rename/undo']")
    admin.get(path(two, "/rename/undo"))
    admin.post(path(two, "/rename/undo"))
    page = admin.get(path(two, ""))
    assert page.title == "Instituto de la Mujer"
    assert "Hasta el" not in page.text
    admin.post(path(two, "/rename/undo"), status=409)


def test_two_that_become_part_of_each_other_at_once_do_not_both_end(app, two, unit):
    loaded, outcomes = threading.Barrier(2), []

    def work(gone, kept):
        try:
            with app.app_context(), unit_of_work():
                institution, heir = body(two[gone]), body(two[kept])
                loaded.wait()
                succeed(institution, Division(starts_on=SINCE, heirs=(heir.id,)), [heir], **WHO)
            outcomes.append("done")
        except DomainError:
            outcomes.append("refused")

    pairs = (("women", "family"), ("family", "women"))
    threads = [threading.Thread(target=work, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]
    with unit():
        assert [body(two[name]).is_active for name in ("women", "family")].count(True) == 1
