"""``lms``: the commands of the kit and those that the slices contribute."""

import sys

import click
from sqlalchemy.exc import OperationalError

from lms import __version__
from lms.app import BUILT_IN, from_env
from lms.cli.database import database
from lms.cli.demonstration import demo
from lms.cli.doctor import doctor
from lms.cli.inspection import plugins, routes
from lms.cli.serving import run, serve, worker
from lms.cli.storage import storage
from lms.core.errors import DomainError
from lms.core.plugin_manager import PluginRefused
from lms.core.settings import SettingsInvalid
from lms.plugins.slices import Slice


@click.group(help="Ruta: formación para detectar y canalizar víctimas de trata de personas.")
@click.version_option(__version__, prog_name="lms")
@click.pass_context
def lms(context: click.Context) -> None:
    """Hold the commands together; those of the slices find here how to build the application."""
    context.obj = from_env


for command in (run, serve, worker, demo, doctor, database, storage, plugins, routes):
    lms.add_command(command)
for module in BUILT_IN:
    declared = getattr(module, "register_slice", lambda: Slice(name=""))()
    for contributed in declared.commands:
        lms.add_command(contributed)


def main() -> None:
    """Run a command; a problem that we know is one clear sentence and a failing exit."""
    try:
        lms(prog_name="lms")
    except SettingsInvalid as error:
        sys.exit("La configuración tiene problemas:\n  " + "\n  ".join(error.problems))
    except (PluginRefused, DomainError) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(
            f"No se puede usar la base de datos: {error.orig}. Ejecute «lms doctor» para saber qué hacer."
        )


if __name__ == "__main__":
    main()
