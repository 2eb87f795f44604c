"""``lms db``: the tables of the installation."""

import click
from flask import Flask

from lms.app import from_env
from lms.core import migrations
from lms.core.db import db


def _app() -> Flask:
    return from_env()


@click.group(name="db", help="Crear y actualizar las tablas.")
def database() -> None:
    """Hold the commands about the database."""


@database.command(help="Llevar las tablas a la versión del programa.")
@click.option("--revision", default="head", show_default=True, help="Hasta qué paso.")
def upgrade(revision: str) -> None:
    """Bring the tables up."""
    with _app().app_context():
        migrations.upgrade(db.engine, revision)
        click.echo(f"Tablas al día: paso {migrations.current_revision(db.engine)}.")


@database.command(help="Regresar las tablas a un paso anterior.")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the tables down."""
    with _app().app_context():
        migrations.downgrade(db.engine, revision)
        click.echo(f"Tablas en el paso {migrations.current_revision(db.engine) or 'inicial'}.")


@database.command(help="Comprobar que las tablas y el programa coinciden; sale con 1 si no.")
def check() -> None:
    """Compare models and database."""
    with _app().app_context():
        differences = migrations.drift(db.engine)
    for difference in differences:
        click.echo(str(difference))
    if differences:
        raise SystemExit(1)
    click.echo("Las tablas coinciden con el programa.")


@database.command(help="Escribir un paso nuevo a partir de la diferencia con los modelos.")
@click.argument("message")
def revision(message: str) -> None:
    """Write a migration."""
    with _app().app_context():
        migrations.upgrade(db.engine)
        migrations.write_revision(db.engine, message)
