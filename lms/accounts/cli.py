"""``lms administrator``: the first account of an installation, made where no page can be opened yet."""

from collections.abc import Callable

import click
from flask import Flask

from lms.accounts import links, service
from lms.core.actors import SYSTEM, Assignment, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import unit_of_work
from lms.web.links import absolute_url

MakeApp = Callable[[], Flask]


def _address(_context: click.Context, _option: click.Parameter, value: str) -> str:
    local, _at, domain = value.strip().partition("@")
    if not local or "." not in domain or any(sign.isspace() for sign in value.strip()):
        message = "escriba un correo completo, como nombre@institucion.org"
        raise click.BadParameter(message)
    return value.strip()


@click.command(
    help="Dar una cuenta de administración a un correo y mostrar el enlace con que elige su contraseña."
)
@click.argument("email", metavar="CORREO", callback=_address)
@click.option("--name", default="Administración", show_default=True, help="Nombre de la persona.")
@click.option("--surname", default="", help="Primer apellido.")
@click.pass_obj
def administrator(make_app: MakeApp, email: str, name: str, surname: str) -> None:
    """Let a person administer everything; a person who is known already keeps their name."""
    with make_app().app_context(), unit_of_work():
        person = service.register_person(
            given_names=name, first_surname=surname, second_surname="", email=email, actor=SYSTEM, now=now()
        )
        everything = Assignment(Role.ADMINISTRATOR, ScopeKind.EVERYWHERE)
        service.give_role(person, everything, actor=SYSTEM, now=now())
        token = links.sign_link(person, links.INVITATION)
        click.echo(f"{person.name} administra toda la plataforma.")
        click.echo(f"Para elegir la contraseña: {absolute_url('accounts.accept_invitation', token=token)}")
