"""Plugins: who may come in, in which order, and what they contribute. Hooks are called once, at start."""

from collections.abc import Iterable, Sequence
from importlib.metadata import entry_points
from types import ModuleType
from typing import Any

import pluggy

from lms.core.db import Base

PROJECT = "lms"
GROUP = "lms.plugins"


class PluginRefused(RuntimeError):
    """A plugin may not come in; the sentence says why."""


def build_manager(
    specs: ModuleType,
    built_in: Iterable[ModuleType],
    allowed: Sequence[str],
    *,
    safe_mode: bool,
    api_version: int,
) -> pluggy.PluginManager:
    """Return the manager of one application: built-ins in order, then the allowed guests.

    Installed is not enabled: a guest comes in only when its entry-point name is in the allow-list.
    Raises PluginRefused on a missing guest, another API version, a table that could be taken for ours or an
    unknown hook name.
    """
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(specs)
    for module in built_in:
        manager.register(module, module.__name__)
    for name, guest in _guests([] if safe_mode else allowed):
        wanted = getattr(guest, "API_VERSION", None)
        if wanted != api_version:
            message = f"{name}: escrito para la interfaz {wanted}; esta instalación habla la {api_version}."
            raise PluginRefused(message)
        check_tables(name, _tables_of(guest))
        manager.register(guest, name)
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise PluginRefused(str(error)) from error
    return manager


def _guests(allowed: Sequence[str]) -> list[tuple[str, Any]]:
    found = {point.name: point for point in entry_points(group=GROUP)}
    missing = [name for name in allowed if name not in found]
    if missing:
        message = f"Complementos permitidos que no están instalados: {', '.join(missing)}."
        raise PluginRefused(message)
    return [(name, found[name].load()) for name in allowed]


def _tables_of(guest: Any) -> list[str]:
    package = guest.__name__.partition(".")[0]
    kinds = [mapper.class_ for mapper in Base.registry.mappers]
    return [kind.__tablename__ for kind in kinds if kind.__module__.partition(".")[0] == package]


def collect(manager: pluggy.PluginManager, hook: str) -> list[Any]:
    """Call a hook and return every contribution, in the order the plugins came in."""
    answers = getattr(manager.hook, hook)()
    flat: list[Any] = []
    for answer in reversed(answers):  # pluggy answers last-registered first
        flat.extend(answer if isinstance(answer, list | tuple) else [answer])
    return flat


def check_tables(name: str, tables: Iterable[str]) -> None:
    """Refuse a guest whose tables could be taken for ours: they start with ``plugin_<name>_``."""
    prefix = f"plugin_{name.replace('-', '_')}_"
    bad = [table for table in tables if not table.startswith(prefix)]
    if bad:
        message = f"{name}: las tablas {', '.join(bad)} deben empezar con {prefix}"
        raise PluginRefused(message)
