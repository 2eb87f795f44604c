"""The page of hooks: exact signatures, who implements them, and the classes that they return."""

import ast
import inspect
from types import ModuleType

import pluggy
from flask import Flask

from lms.plugins import blocks, certificates, criteria, home, questions, reports, scopes, slices
from lms.plugins import hooks as specs
from tools.reference.markdown import codes, page, section
from tools.reference.source import contracts, summary

CONTRACTS: tuple[ModuleType, ...] = (slices, blocks, questions, criteria, reports, scopes, home, certificates)
"""The modules that hold what hooks return, in the order of the page."""


def page_of(app: Flask) -> str:
    """Return the page of hooks."""
    manager: pluggy.PluginManager = app.extensions["lms_plugins"]
    introduction = (
        f"A plugin is a module with `API_VERSION = {specs.API_VERSION}` and functions marked `@hookimpl` from "
        "`lms.plugins.hooks`. Its package offers it as an entry point in the group `lms.plugins`, and the "
        "setting `LMS_PLUGINS` lets it in. Hooks return declarations and are called once, at start; the "
        "slices of the product come in by the same door."
    )
    names = [name for name, thing in vars(specs).items() if hasattr(thing, "lms_spec")]
    parts = [_hook(name, manager) for name in names]
    return page("Hooks", introduction, *parts, *(_module(module) for module in CONTRACTS))


def _hook(name: str, manager: pluggy.PluginManager) -> str:
    function = getattr(specs, name)
    tree = ast.parse(inspect.getsource(function)).body[0]
    header = ast.unparse(tree).splitlines()[1]
    users = sorted(each.plugin_name for each in getattr(manager.hook, name).get_hookimpls())
    used = f"Implemented by {codes(users)}." if users else ""
    return section(name, f"```python\n{header}\n```", summary(function), used)


def _module(module: ModuleType) -> str:
    shown = [f"```python\n{ast.unparse(node)}\n```" for node in contracts(module)]
    return section(module.__name__, summary(module), *shown)
