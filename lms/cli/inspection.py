"""``lms plugins`` and ``lms routes``: what this installation is made of."""

import click

from lms.app import from_env
from lms.core.policy import policy_of


@click.command(help="Mostrar los complementos, lo que aporta cada uno y sus versiones.")
def plugins() -> None:
    """List plugins with their hooks."""
    app = from_env()
    manager = app.extensions["lms_plugins"]
    for name, plugin in manager.list_name_plugin():
        hooks = sorted(caller.name for caller in manager.get_hookcallers(plugin) or [])
        click.echo(f"{name}: {', '.join(hooks)}")


@click.command(help="Mostrar cada dirección con su permiso.")
def routes() -> None:
    """List routes with their policy."""
    app = from_env()
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        policy = policy_of(app.view_functions[rule.endpoint])
        stated = (policy.permission or policy.reason) if policy else "—"
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        click.echo(f"{methods:9} {rule.rule:70} {rule.endpoint:35} {stated}")
