"""``lms certificate keys``: make the key that signs badges, look at all of them, withdraw one."""

from collections.abc import Callable, Sequence

import click
from flask import Flask

from lms.certificates.credentials import queries, service
from lms.certificates.credentials.did import did_of
from lms.certificates.credentials.errors import NoSuchKey
from lms.certificates.credentials.identity import identity_of
from lms.certificates.credentials.models import BadgeKey
from lms.certificates.issuing.cli import certificate
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.db import unit_of_work

MakeApp = Callable[[], Flask]


@certificate.group(name="keys", help="Llaves que firman las insignias Open Badges.")
def keys() -> None:
    """Hold the commands about keys."""


@keys.command(name="new", help="Hacer la llave que firma desde ahora; la anterior queda publicada.")
@click.pass_obj
def new(make_app: MakeApp) -> None:
    """Make a key for the present public address."""
    with make_app().app_context(), unit_of_work():
        did = did_of(current_settings().host)
        key = service.new_key(did, actor=SYSTEM, now=now())
        click.echo(f"{key.public}\nFirma desde ahora las insignias de {did}.")


@keys.command(name="list", help="Mostrar las llaves y con qué certificado se firman los documentos.")
@click.pass_obj
def list_all(make_app: MakeApp) -> None:
    """Print every key, newest first, and the certificate that signs files."""
    with make_app().app_context(), unit_of_work(read_only=True):
        for line in _lines(queries.list_keys()):
            click.echo(line)
        identity = identity_of(current_settings())
    if identity:
        click.echo(f"Documentos: {identity.certificate.subject.rfc4514_string()}")
        click.echo(f"  SHA-256 {identity.sha256}, hasta {identity.ends_at:%Y-%m-%d}")
    else:
        click.echo("Documentos: no se firman (LMS_SIGN_P12 está vacía).")


@keys.command(
    name="withdraw", help="Retirar una llave que otra persona puede conocer: lo que firmó ya no cuenta."
)
@click.argument("public", metavar="LLAVE")
@click.confirmation_option(prompt="Las insignias que firmó esta llave dejarán de verificarse. ¿Continuar?")
@click.pass_obj
def withdraw(make_app: MakeApp, public: str) -> None:
    """Withdraw a key, named by its public half or how it begins."""
    with make_app().app_context(), unit_of_work():
        key = queries.find_key(public)
        if key is None:
            raise NoSuchKey
        service.withdraw_key(key, actor=SYSTEM, now=now())
        click.echo(f"Se retiró {key.public}.")


def _lines(found: Sequence[BadgeKey]) -> list[str]:
    if not found:
        return ["Insignias: no hay llaves y no se emiten. Haga una con «lms certificate keys new»."]
    return [f"{key.public}  {key.did}  {key.created_at:%Y-%m-%d}  {_state(key)}" for key in found]


def _state(key: BadgeKey) -> str:
    if key.withdrawn_at:
        return f"retirada el {key.withdrawn_at:%Y-%m-%d}"
    if key.retired_at:
        return f"firmó hasta {key.retired_at:%Y-%m-%d}; sigue publicada"
    return "firma"
