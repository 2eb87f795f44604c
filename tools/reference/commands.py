"""The page of the `lms` command, read from the commands themselves."""

from collections.abc import Iterator

import click
from flask import Flask

from lms.cli.__main__ import lms
from tools.reference.markdown import code, codes, page, section, table


def page_of(_app: Flask) -> str:
    """Return the page of commands with their arguments and options."""
    introduction = (
        "Every command takes `--help`, exits with 0 when all went well and with another number when not, and "
        "reads its settings from the environment (see [settings](settings.md))."
    )
    return page(
        "Commands", introduction, *(_section(path, command) for path, command in _commands("lms", lms))
    )


def _commands(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _commands(f"{path} {name}", command.commands[name])
    else:
        yield path, command


def _section(path: str, command: click.Command) -> str:
    arguments = [
        item.make_metavar(click.Context(command))
        for item in command.params
        if isinstance(item, click.Argument)
    ]
    options = [item for item in command.params if isinstance(item, click.Option)]
    rows = [
        (code(", ".join((*item.opts, *item.secondary_opts))), _meaning(item), _default(item))
        for item in options
    ]
    usage = code(" ".join([path, *arguments]))
    return section(path, usage, command.help or "", table(("Option", "Meaning", "Default"), rows))


def _meaning(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return f"{option.help or ''} ({codes(option.type.choices)})"
    return option.help or ""


def _default(option: click.Option) -> str:
    value = option.to_info_dict()["default"]
    if option.is_flag:
        return "yes" if value is True else ""
    return code(value) if isinstance(value, str | int | float) and value != "" else ""
