"""Pages: requests per second, latency, SQL statements and bytes, against two floors."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from bench import floors
from bench.http import Load, Target, ask_for
from bench.rows import Row, against
from bench.scene import Scene, count_statements, make_scene
from bench.serving import served
from bench.weight import weigh

BUDGET = Row(name="budget", value=100_000, unit="bytes")
"""What a first lesson may weigh on the wire: twenty seconds of a slow telephone line."""


def measure() -> Iterator[Row]:
    """Give the figures of the floors and of our lesson, quiz and report pages, on SQLite with the demonstration."""
    with tempfile.TemporaryDirectory() as folder:
        scene = make_scene(Path(folder))
        yield from _floor("bench.floors:bare", "bare-flask", Target(0, "/"), {})
        signed_in = Target(0, "/", floors.session_cookie(_floor_app(scene), scene.user_id))
        user = list(_floor("bench.floors:with_user", "flask-with-user", signed_in, scene.variables))
        yield from user
        yield from _ours(scene, *user)


def _floor_app(scene: Scene) -> Flask:
    app = Flask("floor")
    app.secret_key = scene.variables["LMS_SECRET_KEY"]
    return app


def _floor(factory: str, name: str, target: Target, variables: dict[str, str]) -> Iterator[Row]:
    with served(factory, variables) as port:
        load = ask_for(Target(port, target.path, target.cookie))
    yield Row(name=f"{name}.requests", value=load.per_second, unit="req/s")
    yield Row(name=f"{name}.p95", value=load.percentile(0.95), unit="ms")


def _ours(scene: Scene, requests: Row, p95: Row) -> Iterator[Row]:
    with served("lms.app:served_from_env", scene.variables) as port:
        for name, visit in scene.visits():
            target = Target(port, visit.path, visit.cookie)
            load: Load = ask_for(target)
            yield against(f"{name}.requests", load.per_second, "req/s", requests)
            yield against(f"{name}.p95", load.percentile(0.95), "ms", p95)
            statements = count_statements(scene.app, visit)
            yield Row(name=f"{name}.statements", value=statements, unit="SQL")
        lesson = weigh(Target(port, scene.lesson.path, scene.lesson.cookie))
    yield against("lesson.cold-wire", lesson.wire, "bytes", BUDGET)
    yield Row(name="lesson.cold-raw", value=lesson.raw, unit="bytes")
    yield Row(name="lesson.cold-files", value=lesson.files, unit="files")
