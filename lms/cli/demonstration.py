"""``lms demo``: loads the demonstration programme, once."""

import click
from flask import Flask

from lms.app import from_env
from lms.core import migrations
from lms.core.context import current_settings
from lms.core.db import db
from lms.demo.accounts import ACCOUNTS, PASSWORD
from lms.demo.loading import is_loaded, load


@click.command(
    help="Cargar la demostración: una comisión, sus instituciones, dos cohortes y un año de historia."
)
def demo() -> None:
    """Load the demonstration into this installation."""
    app = from_env()
    with app.app_context():
        migrations.upgrade(db.engine)
    click.echo(
        "Demostración cargada." if load_demo(app) else "La demostración ya estaba cargada; no se cambió nada."
    )


def load_demo(app: Flask) -> bool:
    """Load the demonstration unless it, or anything else, is there; say whether it was loaded."""
    with app.app_context():
        if is_loaded():
            return False
    click.echo("Preparando la demostración…")
    load(app)
    return True


def welcome(*, demo: bool) -> str:
    """Return what the terminal shows once everything runs."""
    lines = ["", f"Ruta atiende en {current_settings().public_url}", ""]
    if demo:
        lines += [f"Cuentas de la demostración (contraseña: {PASSWORD})"]
        lines += [f"  {account.label:28} {account.email}" for account in ACCOUNTS]
    return "\n".join([*lines, "", "Ctrl-C cierra todo."])
