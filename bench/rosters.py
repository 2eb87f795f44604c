"""The register of a large cohort: 1,000 people and 20 meetings, beside a signed-in page of Flask."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from bench import floors
from bench.halls import Roster, make_roster
from bench.http import Target, ask_for
from bench.rows import Row, against
from bench.scene import Visit, count_statements
from bench.serving import served

PEOPLE, MEETINGS = 1000, 20
VIEWS = {
    "page": {},
    "search": {"q": "Participante 014"},
    "risk": {"standing": "cannot", "sort": "-share"},
    "all": {"view": "all"},
}
"""What of the register is asked for, in its address."""


def measure() -> Iterator[Row]:
    """Give statements, requests and milliseconds of a page of the register, of all of it, and of its files."""
    with tempfile.TemporaryDirectory() as folder:
        made = make_roster(Path(folder), people=PEOPLE, meetings=MEETINGS)
        with served("bench.floors:with_user", made.variables) as port:
            cookie = floors.session_cookie(_floor_app(made.variables), made.user_id)
            floor = ask_for(Target(port, "/", cookie))
        usual = Row(name="flask-with-user.median", value=floor.percentile(0.5), unit="ms")
        yield usual
        with served("lms.app:served_from_env", made.variables) as port:
            for name, visit in _visits(made):
                yield Row(name=f"{name}.statements", value=count_statements(made.app, visit), unit="SQL")
                load = ask_for(Target(port, visit.path, visit.cookie), connections=1)
                yield against(f"{name}.median", load.percentile(0.5), "ms", usual)


def _visits(made: Roster) -> Iterator[tuple[str, Visit]]:
    path, cookie = made.register.path, made.register.cookie
    for name, view in VIEWS.items():
        yield name, Visit(path=f"{path}?{urlencode(view)}" if view else path, cookie=cookie)
    for ending in ("csv", "xlsx"):
        yield ending, Visit(path=f"{path}.{ending}", cookie=cookie)


def _floor_app(variables: dict[str, str]) -> Flask:
    app = Flask("floor")
    app.secret_key = variables["LMS_SECRET_KEY"]
    return app
