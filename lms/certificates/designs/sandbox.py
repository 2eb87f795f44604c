"""Where templates of designs run: they see plain values, and they cannot go on for ever or fill the memory.

A design comes from an institution, so its template is a stranger's program. The sandbox of Jinja keeps it from
reaching behind its values; this one also counts what it does and how much it writes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from jinja2 import DictLoader, StrictUndefined, TemplateRuntimeError, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

MOST_STEPS: Final = 6000
"""Turns of loops and calls in one page; our designs take some five hundred."""
MOST_SIGNS: Final = 500_000
"""Signs written or put together in one page."""
MOST_IN_A_RANGE: Final = 1000

LARGEST_FACTOR: Final = 10**12

FILTERS: Final = frozenset(
    {
        "abs", "count", "default", "e", "escape", "first", "float", "int", "last", "length", "list", "lower",
        "map", "max", "min", "reject", "rejectattr", "reverse", "round", "select", "selectattr", "string",
        "trim", "unique", "upper",
    }
)  # fmt: skip
"""The filters whose work is bounded by what they are given; the others make much out of little."""
_FORMATS: Final = re.compile(r"%(?:%|[-+ 0#]{0,3}\d{0,2}(?:\.\d{1,2})?[sdfg])")


_NUMBERS: Final = (int, float)


@dataclass
class _Spent:
    steps: int = 0
    signs: int = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TemplateRuntimeError("the template takes too many steps")

    def write(self, signs: int) -> None:
        self.signs += signs
        if self.signs > MOST_SIGNS:
            raise TemplateRuntimeError("the template writes too much")


_spent: ContextVar[_Spent] = ContextVar("spent_by_template")


# No template can write these names of filters.
_EACH, _SIZED, _STEP, _ENTER = "each one", "sized", "one step", "entered"


def _through(node: Any, name: str, *more: object) -> nodes.Filter:
    arguments = [nodes.Const(each) for each in more]
    return nodes.Filter(node, name, arguments, [], None, None, lineno=node.lineno)


class _Counting(NodeTransformer):
    """Puts a counter into loops, macros and inclusions, and in front of every concatenation."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - because the visitor looks for the name of the node
        self.generic_visit(node)
        node.iter = _through(node.iter, _EACH, _text_in(node.body))
        return node

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802 - because the visitor looks for the name of the node
        self.generic_visit(node)
        entered = _through(nodes.Const(_text_in(node.body), lineno=node.lineno), _ENTER)
        node.body.insert(0, nodes.Output([entered], lineno=node.lineno))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - because the visitor looks for the name of the node
        self.generic_visit(node)
        node.nodes = [_through(part, _SIZED) for part in node.nodes]
        return node

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - because the visitor looks for the name of the node
        node.template = _through(node.template, _STEP)
        return node

    def visit_Import(self, node: nodes.Import) -> nodes.Node:  # noqa: N802 - because the visitor looks for the name of the node
        node.template = _through(node.template, _STEP)
        return node

    def visit_FromImport(self, node: nodes.FromImport) -> nodes.Node:  # noqa: N802 - because the visitor looks for the name of the node
        node.template = _through(node.template, _STEP)
        return node


def _text_in(body: list[nodes.Node]) -> int:
    """Return how many signs of its own a part of a template writes."""
    return sum(len(data.data) for node in body for data in node.find_all(nodes.TemplateData))


class DesignSandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with a budget, few filters, no globals but `range` and `namespace`."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def _generate(self, source: nodes.Template, *rest: Any, **more: Any) -> str:
        """Count loops and concatenations; the method is Jinja's place to change what is generated."""
        written: str = super()._generate(_Counting().visit(source), *rest, **more)
        return written

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Texts and numbers have no methods here: several make much out of little."""
        if isinstance(obj, str | bytes | int | float):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call(self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: PYI063 - because Jinja names them so
        """Count the call: a macro that calls itself twice would never end."""
        _spent_or_new().step()
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse what makes much out of little: only numbers are multiplied, texts are added with a count."""
        if isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS):
            if operator == "**" or abs(left) > LARGEST_FACTOR or abs(right) > LARGEST_FACTOR:
                raise SecurityError(f"{operator} is for numbers of a reasonable size")
            return super().call_binop(context, operator, left, right)
        if operator == "%" and isinstance(left, str):
            return _formatted(left, *(right if isinstance(right, tuple) else (right,)))
        if operator == "+":
            return _sized(left) + _sized(right)
        raise SecurityError(f"{operator} is for numbers")


def new_sandbox(sources: Mapping[str, str]) -> DesignSandbox:
    """Return the environment of the templates of one design."""
    return _sandbox(tuple(sorted(sources.items())))


def run_in_budget(run: Callable[[], str]) -> str:
    """Run a template with a budget of its own."""
    token = _spent.set(_Spent())
    try:
        return run()
    finally:
        _spent.reset(token)


# Compiling the template takes longer than filling it in, and a job issues hundreds with one design.
@lru_cache(maxsize=8)
def _sandbox(sources: tuple[tuple[str, str], ...]) -> DesignSandbox:
    environment = DesignSandbox(
        loader=DictLoader(dict(sources)),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_written,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    known = environment.filters
    environment.filters = {name: known[name] for name in FILTERS}
    environment.filters |= {
        "format": _formatted,
        _EACH: _each,
        _SIZED: _counted,
        _STEP: _step,
        _ENTER: _enter,
    }
    environment.globals = {"range": _range, "namespace": environment.globals["namespace"]}
    return environment


def _written(value: object) -> object:
    """Count what an expression writes; numbers and texts are all that a page is made of."""
    if isinstance(value, str):
        _spent_or_new().write(len(value))
    return value


def _spent_or_new() -> _Spent:
    # Constant expressions are worked out while the template is compiled, when nobody counts.
    return _spent.get(None) or _Spent()


@pass_context
def _each(_context: Context, values: Iterable[Any], signs: int) -> Iterator[Any]:
    for value in values:
        _spent_or_new().step()
        _spent_or_new().write(signs)
        yield value


@pass_context
def _enter(_context: Context, signs: int) -> str:
    _spent_or_new().write(signs)
    return ""


@pass_context
def _step(_context: Context, name: Any) -> Any:
    _spent_or_new().step()
    return name


@pass_context
def _counted(_context: Context, value: Any) -> Any:
    return _sized(value)


def _sized(value: Any) -> Any:
    if isinstance(value, str | list | tuple):
        _spent_or_new().write(len(value))
    return value


def _formatted(pattern: str, *values: object) -> str:
    """Fill in a pattern whose widths are of two digits at most."""
    if "%" in _FORMATS.sub("", str(pattern)):
        raise SecurityError("the format is not one of %s, %d, %.1f")
    _spent_or_new().write(len(pattern) + sum(len(str(value)) for value in values))
    return pattern % values


def _range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > MOST_IN_A_RANGE:
        raise SecurityError(f"a range has at most {MOST_IN_A_RANGE} numbers")
    return numbers
