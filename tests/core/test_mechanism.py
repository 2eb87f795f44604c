"""The boundary, the policies, the limits and the storage keep their promises."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from lms.accounts.models import Person
from lms.core import limits
from lms.core.actors import ANONYMOUS, Assignment, Permission, Reach, Role, ScopeKind, actor_for
from lms.core.db import db, savepoint, unit_of_work
from lms.core.errors import DomainError, TooManyRequests
from lms.core.events import EventBus
from lms.core.folding import fold, like
from lms.core.ids import READABLE, in_groups, new_id, normalise_code, readable_code
from lms.core.plugin_manager import PluginRefused, check_tables
from lms.core.policy import PolicyMissing, check_policies, public
from lms.core.registry import NameTaken, Registry
from lms.core.storage import LocalStorage
from lms.testing.factories.accounts import make_person
from lms.testing.pytest_plugin import TODAY


class Sample(Permission):
    READ = "sample.read"


def test_an_exception_leaves_nothing_behind(app):
    def refused():
        with app.app_context(), unit_of_work():
            make_person(email="nadie@example.org")
            raise DomainError

    with pytest.raises(DomainError):
        refused()
    with app.app_context(), unit_of_work(read_only=True):
        assert db.session.scalar(select(Person).where(Person.email == "nadie@example.org")) is None


def test_a_refused_savepoint_undoes_itself_and_nothing_else(app):
    def half():
        with savepoint():
            make_person(email="dentro@example.org")
            raise DomainError

    with app.app_context(), unit_of_work():
        make_person(email="fuera@example.org")
        with pytest.raises(DomainError):
            half()
    with app.app_context(), unit_of_work(read_only=True):
        assert set(db.session.scalars(select(Person.email))) == {"fuera@example.org"}


def test_a_safe_method_cannot_write(app):
    def writes():
        with app.app_context(), unit_of_work(read_only=True):
            make_person()

    with pytest.raises((OperationalError, DBAPIError)):
        writes()
    with app.app_context(), unit_of_work():
        make_person()  # the connection writes again afterwards


def test_a_lost_race_is_run_again(app):
    runs = []

    def view():
        runs.append(1)
        if len(runs) == 1:
            raise IntegrityError("insert", {}, Exception("taken"))
        return "there already"

    with app.test_request_context("/preferences/language", method="POST"):
        original = app.view_functions["web.choose_language"]
        app.view_functions["web.choose_language"] = view
        try:
            assert app.dispatch_request() == "there already"
        finally:
            app.view_functions["web.choose_language"] = original
    assert len(runs) == 2


def test_an_endpoint_without_policy_stops_the_start_with_its_name():
    bare = Flask("bare")
    bare.view_functions.clear()
    bare.add_url_rule("/x", "forgotten", lambda: "x")
    with pytest.raises(PolicyMissing, match="forgotten"):
        check_policies(bare)
    bare.view_functions["forgotten"] = public("a test")(lambda: "x")
    check_policies(bare)


def test_reach_is_the_union_of_scopes():
    programme, institution = new_id(), new_id()
    held = [
        Assignment(Role.REVIEWER, ScopeKind.PROGRAMME, programme),
        Assignment(Role.FOCAL_POINT, ScopeKind.INSTITUTION, institution),
    ]
    grants = {role: frozenset({Sample.READ}) for role in (Role.REVIEWER, Role.FOCAL_POINT)}
    reach = actor_for(new_id(), "x", held, grants).reach(Sample.READ)
    assert reach == Reach(programmes=frozenset({programme}), institutions=frozenset({institution}))
    assert not ANONYMOUS.reach(Sample.READ)


def test_a_used_up_limit_refuses_and_a_cleared_one_forgives(app):
    with app.test_request_context(), unit_of_work():
        assert [limits.spend("2/minute", "door", "a") for _ in range(2)] == [1, 0]
        with pytest.raises(TooManyRequests):
            limits.spend("2/minute", "door", "a")
        assert limits.spend("2/minute", "door", "b") == 1
        limits.clear("2/minute", "door", "a")
        assert limits.spend("2/minute", "door", "a") == 1


def test_storage_keeps_bytes_under_their_hash_and_refuses_other_names(tmp_path):
    store = LocalStorage(tmp_path)
    digest = store.put(b"constancia")
    assert store.put(b"constancia") == digest
    assert store.get(digest) == b"constancia"
    for name in ("../../etc/passwd", "0" * 64, ""):
        with pytest.raises(KeyError):
            store.get(name)


def test_what_comes_in_pieces_is_kept_like_the_whole_and_not_at_all_if_one_fails(tmp_path):
    store = LocalStorage(tmp_path)

    def broken():
        yield b"one"
        raise OSError("the disk is full")

    assert store.put_pieces([b"one", b"two"]) == store.put(b"onetwo")
    with store.open(store.put(b"onetwo")) as file:
        assert file.read(3) + file.read() == b"onetwo"
    with pytest.raises(OSError, match="full"):
        store.put_pieces(broken())
    assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 1
    with pytest.raises(KeyError):
        store.open("0" * 64)


def test_search_finds_without_accents_and_takes_wildcards_literally():
    assert fold("  Núñez   ITURRALDE ") == "nunez iturralde"
    assert like("50%_") == "%50\\%\\_%"


def test_codes_are_readable_aloud_and_typed_freely():
    code = readable_code(10)
    assert set(code) <= set(READABLE)
    assert normalise_code(f" {in_groups(code, 4, 4, 2).lower()} ") == code


def test_a_name_contributed_twice_is_refused():
    with pytest.raises(NameTaken, match="twice"):
        Registry("blocks", [SimpleNamespace(name="key"), SimpleNamespace(name="key")])


def test_the_tables_of_a_guest_carry_its_name():
    check_tables("hot-spot", ["plugin_hot_spot_area"])
    with pytest.raises(PluginRefused, match="plugin_hot_spot_"):
        check_tables("hot-spot", ["person"])


def test_without_its_database_a_signed_in_person_gets_one_clear_sentence(app, client_for, unit, monkeypatch):
    with unit():
        person = make_person()
    browser = client_for(person)

    def down(*_args, **_kwargs):
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr(db.session, "connection", down)
    monkeypatch.setattr(db.session, "execute", down)
    response = browser.raw.get("/account/")
    assert response.status_code == 503
    assert "La base de datos no responde" in response.get_data(as_text=True)


def test_an_error_page_does_not_wait_for_a_writer(app, client_for, unit):
    with unit():
        person = make_person()
    browser = client_for(person)
    with app.app_context(), unit_of_work():
        make_person()
        with ThreadPoolExecutor(1) as other:
            assert other.submit(browser.raw.get, "/nada").result(5).status_code == 404


def test_nobody_listens_to_an_empty_bus(app):
    assert list(EventBus().listeners(SimpleNamespace(at=TODAY))) == []
