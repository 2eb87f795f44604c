"""Releasing: numbered, hashed, immutable editions of a course folder."""

import pytest
from sqlalchemy import select

from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses import queries, service
from lms.courses.errors import CourseInvalid
from lms.courses.models import ReleaseAsset, UnitKind
from lms.testing.factories.courses import make_release, release_flagship, write_course


def codes():
    return list(db.session.scalars(select(AuditEntry.code)))


def test_a_folder_becomes_release_one(unit):
    with unit():
        release = make_release(title="Mi curso")
        assert (release.number, release.title, release.hours) == (1, "Mi curso", 4)
        assert release.sectors == ["health", "education"]
        assert release.jurisdictions == ["general", "MX"]
        assert "courses.released" in codes()


def test_the_same_content_is_the_same_release(unit):
    with unit():
        assert make_release().id == make_release().id
        assert codes().count("courses.released") == 1


def test_other_content_is_the_next_release_of_the_same_course(unit):
    with unit():
        first, second = make_release(), make_release(title="Otro título")
        assert first.course_id == second.course_id
        assert [release.number for release in queries.list_releases(first.course_id)] == [2, 1]
        assert queries.get_course(first.course_id).title == "Otro título"
        assert first.title == "Curso de prueba"


def test_a_course_of_one_sector_speaks_to_that_sector(unit):
    with unit():
        release = make_release(sector="salud")
        assert (release.sector, release.sectors) == ("health", ["health"])


def test_a_folder_with_errors_is_refused_with_all_of_them(unit, tmp_path):
    folder = write_course(tmp_path / "curso-malo")
    for lesson in folder.glob("*/01-leccion.md"):
        lesson.write_text(lesson.read_text().replace("[[canalizar]]", "[[nadie]]"))
    with unit(), pytest.raises(CourseInvalid) as refusal:
        service.release(folder, actor=SYSTEM, now=now())
    assert "2 errores" in str(refusal.value)
    assert {found.path for found in refusal.value.diagnostics} == {
        "01-senales/01-leccion.md",
        "02-ruta/01-leccion.md",
    }


def test_the_outline_is_the_route_in_two_queries_and_then_in_none(unit, count_queries):
    with unit():
        release_id = make_release().id
    with unit(), count_queries() as statements:
        outline = queries.list_outline(release_id)
        assert len(statements) <= 2
        queries.list_outline(release_id)
        assert len(statements) <= 2
    assert [module.slug for module in outline] == ["senales", "ruta"]
    units = [unit for module in outline for unit in module.units]
    assert [unit.position for unit in units] == [1, 2, 3, 4]
    assert [unit.kind for unit in units] == [UnitKind.LESSON, UnitKind.QUIZ] * 2


def test_a_unit_is_found_with_its_body_in_one_query(unit, count_queries):
    with unit():
        release_id = make_release().id
    with unit(), count_queries() as statements:
        found = queries.find_unit(release_id, "senales", "leccion")
        lesson = queries.lesson_of(found)
        assert len(statements) == 1
    assert lesson.title == "Lección de Señales"


def test_lessons_and_quizzes_are_not_taken_for_each_other(unit):
    with unit():
        release_id = make_release().id
        lesson = queries.find_unit(release_id, "senales", "leccion")
        quiz = queries.find_unit(release_id, "senales", "comprobacion")
        assert len(queries.quiz_of(quiz).questions) == 3
        with pytest.raises(NotFound):
            queries.quiz_of(lesson)
        with pytest.raises(NotFound):
            queries.lesson_of(quiz)


def test_a_withdrawn_release_gives_way_to_the_one_before(unit):
    with unit():
        first, second = make_release(), make_release(title="Otro título")
        service.withdraw(second, actor=SYSTEM, now=now())
        service.withdraw(second, actor=SYSTEM, now=now())
        assert queries.find_latest_release(first.course_id).id == first.id
        assert [card.title for card in queries.list_courses_public()] == ["Curso de prueba"]
        assert codes().count("courses.release-withdrawn") == 1
        service.reinstate(second, actor=SYSTEM, now=now())
        assert queries.find_latest_release(first.course_id).id == second.id


def test_a_course_without_a_release_to_take_is_not_offered(unit):
    with unit():
        service.withdraw(make_release(), actor=SYSTEM, now=now())
        assert queries.list_courses_public() == []


def test_the_catalogue_is_one_query(unit, count_queries):
    with unit():
        for number in range(3):
            make_release(slug=f"curso-{number}", title=f"Curso {number}")
    with unit(), count_queries() as statements:
        cards = queries.list_courses_public()
        assert len(statements) == 1
    assert [(card.title, card.module_count) for card in cards] == [(f"Curso {n}", 2) for n in range(3)]


def test_the_flagship_is_released_with_its_pictures(unit):
    with unit():
        release = release_flagship()
        outline = queries.list_outline(release.id)
        assert [module.position for module in outline] == list(range(10))
        assert release.hours == 40
        assert set(release.sectors) >= {"security", "justice", "health", "education", "protection"}
        for asset in db.session.scalars(select(ReleaseAsset)):
            assert current_storage().get(asset.sha256)
