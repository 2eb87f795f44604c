"""``lms questions``: make the bank of questions from the releases that there are."""

from collections.abc import Callable

import click
from flask import Flask
from sqlalchemy import select

from lms.assessments.bank import service
from lms.assessments.bank.measuring import measure_course
from lms.core.db import db, unit_of_work
from lms.courses.models import Course

MakeApp = Callable[[], Flask]


@click.group(name="questions", help="El banco de preguntas.")
def questions() -> None:
    """Hold the commands about the bank."""


@questions.command(
    name="index",
    help="Hacer el banco de preguntas con las versiones publicadas. Repetirlo no cambia nada.",
)
@click.pass_obj
def index(make_app: MakeApp) -> None:
    """Make the bank anew, one course after the other."""
    with make_app().app_context():
        with unit_of_work():
            slugs = list(db.session.scalars(select(Course.slug).order_by(Course.slug)))
        for slug in slugs:
            with unit_of_work():
                course = db.session.scalars(select(Course).where(Course.slug == slug)).one()
                count = service.index_course(course)
                measure_course(course.id)
            click.echo(f"{slug}: {count}")
