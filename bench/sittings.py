"""The scene of the answers benchmark: one quiz of twenty questions, and people who are signed in and enrolled."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, url_for

from bench.floors import session_cookie
from lms.accounts import service as accounts
from lms.app import create_app
from lms.assessments.attempts.queries import QuizUnit
from lms.core import migrations
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.core.settings import Settings
from lms.courses.models import Release
from lms.learning.models import Cohort
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import quizzes_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort, make_enrolment

QUESTIONS = 20
SECRET = "medir-con-una-clave-que-no-es-secreta-1234"  # noqa: S105 - of an installation that lives for a minute
ROOT = Path(__file__).resolve().parent.parent
HEAD = (
    "---\ntipo: cuestionario\ntitulo: Evaluación\nminutos: 20\nintentos: 9\ntiempo: 120\nmezclar: si\n---\n"
)
QUESTION = """
::: pregunta {{id=pregunta-{number}}}
¿Qué conviene hacer primero en el caso {number}?

( ) Interrogar a la persona.
    > Interrogar pone en riesgo.
(x) Escuchar a la persona.
    > Así empieza la ruta.
:::
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Somebody who may take the quiz."""

    intro: str
    start: str
    cookie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sittings:
    """An installation with one quiz and many people."""

    app: Flask
    variables: dict[str, str]
    database: Path
    user_id: str
    """One of the people, for the floor."""
    sittings: list[Sitting]


def make_sittings(folder: Path, people: int) -> Sittings:
    """Make an installation in an empty folder in which so many people may take one quiz."""
    app, variables = installed(folder)
    with app.test_request_context(), unit_of_work():
        cohort = make_cohort(release=quiz_release())
        found = [_sitting(app, cohort) for _ in range(people)]
        user_id, sittings = found[0][0], [sitting for _, sitting in found]
        database = Path(str(db.engine.url.database))
    return Sittings(app=app, variables=variables, database=database, user_id=user_id, sittings=sittings)


def installed(folder: Path, *, database_url: str = "") -> tuple[Flask, dict[str, str]]:
    """Make an empty installation in an empty folder; return it with the variables that a server of it needs.

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
    return app, variables


def quiz_release() -> Release:
    """Make a release whose only page is a quiz of twenty questions."""
    quiz = HEAD + "".join(QUESTION.format(number=number) for number in range(1, QUESTIONS + 1))
    return make_release(files={"01-senales/comprobacion.md": quiz})


def _sitting(app: Flask, cohort: Cohort) -> tuple[str, Sitting]:
    person = make_person()
    enrolment = make_enrolment(person=person, cohort=cohort)
    quiz: QuizUnit = quizzes_of(enrolment)[0]
    key = accounts.open_session(person, stay=False, device="", now=now())
    return str(person.id), Sitting(
        intro=url_for("attempts.open_quiz", enrolment_id=enrolment.id, unit_id=quiz.id),
        start=url_for("attempts.start", enrolment_id=enrolment.id, unit_id=quiz.id),
        cookie=session_cookie(app, key),
    )
