"""The scene of the page benchmarks: an installation with the demonstration, and who looks at which page."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from uuid import UUID

from flask import Flask, url_for
from sqlalchemy import event

from bench.floors import session_cookie
from lms.accounts import service as accounts
from lms.accounts.models import Person
from lms.accounts.queries import find_person_by_email
from lms.app import create_app
from lms.assessments.attempts import service as attempts
from lms.assessments.attempts.queries import get_quiz
from lms.core import migrations
from lms.core.actors import SYSTEM, Role
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.core.errors import DomainError
from lms.core.settings import Settings
from lms.courses.queries import get_unit
from lms.demo.accounts import ACCOUNTS
from lms.demo.loading import load
from lms.learning.queries import Study, list_my_enrolments, routes_of
from lms.learning.rules import RouteUnit

ROOT = Path(__file__).resolve().parent.parent
SECRET = "medir-con-una-clave-que-no-es-secreta-1234"  # noqa: S105 - of an installation that lives for a minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A page with the cookie of who looks at it."""

    path: str
    cookie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An installation that is ready to be measured."""

    app: Flask
    variables: dict[str, str]
    """The environment with which another process serves the same installation."""
    user_id: str
    """The trainee, for the floor."""
    lesson: Visit
    quiz: Visit
    report: Visit

    def visits(self) -> Iterator[tuple[str, Visit]]:
        """Give each page with its name."""
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, Visit):
                yield item.name, value


def make_scene(folder: Path, *, database_url: str = "") -> Scene:
    """Make an installation in an empty folder, load the demonstration, and sign two people in.

    Its database is a file in the folder unless an address of another one is given.
    """
    variables = {
        "LMS_DATA_DIR": str(folder),
        "LMS_SECRET_KEY": SECRET,
        "LMS_CONTENT_DIR": str(ROOT / "content"),
        "LMS_DESIGNS_DIR": str(ROOT / "certificates"),
        **({"LMS_DATABASE_URL": database_url} if database_url else {}),
    }
    app = create_app(Settings.from_env(variables))
    with app.app_context():
        migrations.upgrade(db.engine)
    load(app)
    with app.test_request_context(), unit_of_work():
        trainee, reviewer = _person(None), _person(Role.REVIEWER)
        study = _study(trainee)
        cookie = _cookie(app, trainee)
        return Scene(
            app=app,
            variables=variables,
            user_id=str(trainee.id),
            lesson=Visit(path=_lesson_path(study), cookie=cookie),
            quiz=Visit(path=_quiz_path(study), cookie=cookie),
            report=Visit(path=url_for("reports.completion"), cookie=_cookie(app, reviewer)),
        )


def count_statements(app: Flask, visit: Visit) -> int:
    """Return how many SQL statements a page asks, transaction control left out."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    client = app.test_client()
    name, _, value = visit.cookie.partition("=")
    client.set_cookie(name, value)
    client.get(visit.path)
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        client.get(visit.path)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def _person(role: Role | None) -> Person:
    email = next(account.email for account in ACCOUNTS if account.role is role)
    found = find_person_by_email(email)
    if found is None:
        message = f"the demonstration has no {email}"
        raise LookupError(message)
    return found


def _cookie(app: Flask, person: Person) -> str:
    key = accounts.open_session(person, stay=False, device="", now=now())
    return session_cookie(app, key)


def _study(person: Person) -> Study:
    return next(study for study in list_my_enrolments(person.id) if study.is_open(now()))


def _units(study: Study) -> list[RouteUnit]:
    return list(routes_of([study])[study.id].units)


def _lesson_path(study: Study) -> str:
    """Return the address of the longest lesson of the course."""
    lessons = [unit for unit in _units(study) if unit.is_lesson]
    longest = max(lessons, key=lambda unit: _length(unit.id))
    return url_for(
        "learning.lesson", enrolment_id=study.id, module_slug=longest.module_slug, unit_slug=longest.slug
    )


def _length(unit_id: UUID) -> int:
    return len(str(get_unit(unit_id).body))


def _quiz_path(study: Study) -> str:
    """Return the address of the first question of an attempt that is open."""
    for unit in (unit for unit in _units(study) if unit.is_quiz):
        try:
            attempt = attempts.start_attempt(study.enrolment, get_quiz(unit.id), actor=SYSTEM, now=now())
        except DomainError:
            continue
        return url_for("attempts.question", attempt_id=attempt.id, number=1)
    message = "no quiz of the demonstration can be taken"
    raise LookupError(message)
