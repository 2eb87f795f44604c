"""House rules for Python: transactions, environment, sizes and names."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.check_finding import Finding

MODULE_LINES = 400
TEST_MODULE_LINES = 600
FUNCTION_LINES = 40
POSITIONAL = 5
VAGUE_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"})

TRANSACTIONS = PurePosixPath("lms/core/db.py")
ENVIRONMENT = PurePosixPath("lms/core/settings.py")
TESTING = PurePosixPath("lms/testing")
"""The kit for tests closes its own transactions and reads what the test machine offers."""
MIGRATIONS = PurePosixPath("lms/migrations/versions")
"""Written by Alembic: one statement a table, in one function."""

IGNORE_WITHOUT_REASON = re.compile(r"#\s*type:\s*ignore(?:\[[^\]]*\])?\s*$")
NOQA_WITHOUT_REASON = re.compile(r"#\s*noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?\s*$")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def check(path: PurePosixPath, source: str, tree: ast.Module) -> Iterator[Finding]:
    """Yield the rules that one Python file breaks."""
    yield from vague_name(path)
    if path.is_relative_to(MIGRATIONS):
        return
    yield from long_module(path, source)
    yield from unexplained_silence(path, source)
    if path.parts[0] == "lms":
        yield from long_functions(path, tree)
        yield from many_positional(path, tree)
        if path != TRANSACTIONS and not path.is_relative_to(TESTING):
            yield from transactions(path, tree)
        if path != ENVIRONMENT and not path.is_relative_to(TESTING):
            yield from environment(path, tree)


def vague_name(path: PurePosixPath) -> Iterator[Finding]:
    """A function without a home is a concept without a name."""
    for part in (*path.parts[:-1], path.stem):
        if part in VAGUE_NAMES:
            message = f"“{part}” says nothing: name the file after the concept that it holds."
            yield Finding(path, 1, "vague-name", message)


def long_module(path: PurePosixPath, source: str) -> Iterator[Finding]:
    """A long module holds several nouns."""
    limit = TEST_MODULE_LINES if path.parts[0] == "tests" else MODULE_LINES
    lines = len(source.splitlines())
    if lines > limit:
        message = f"{lines} lines, at most {limit}: split it by noun, or make it a folder of the same name."
        yield Finding(path, limit + 1, "long-module", message)


def unexplained_silence(path: PurePosixPath, source: str) -> Iterator[Finding]:
    """A linter or type checker is silenced only with a reason that the next reader can judge."""
    for number, line in enumerate(source.splitlines(), start=1):
        if IGNORE_WITHOUT_REASON.search(line):
            message = "write the code and the reason: `# type: ignore[code]  # because …`."
            yield Finding(path, number, "unexplained-silence", message)
        elif NOQA_WITHOUT_REASON.search(line):
            message = "write the code and the reason: `# noqa: CODE - because …`."
            yield Finding(path, number, "unexplained-silence", message)


def long_functions(path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    """A long function does several things."""
    for node in functions(tree):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES:
            message = (
                f"{node.name} has {lines} lines, at most {FUNCTION_LINES}: extract its steps and name them."
            )
            yield Finding(path, node.lineno, "long-function", message)


def many_positional(path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    """Nobody remembers the order of six arguments."""
    for node in functions(tree):
        names = [
            each.arg for each in (*node.args.posonlyargs, *node.args.args) if each.arg not in {"self", "cls"}
        ]
        if len(names) > POSITIONAL:
            message = f"{node.name} takes {len(names)} positional arguments: put the values after `*`."
            yield Finding(path, node.lineno, "many-positional", message)


def transactions(path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    """Only the boundary commits, so that any two operations can be one transaction."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="commit" | "rollback" as verb)):
                message = (
                    f".{verb}() belongs to lms/core/db.py: the request, job or command commits;"
                    " raise a refusal to undo, or use savepoint()."
                )
                yield Finding(path, node.lineno, "transaction", message)


def environment(path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    """The environment is read once, where all its problems are listed together."""
    message = "the environment is read in lms/core/settings.py only: add a setting and pass it in."
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="os"), attr="environ" | "environb" | "getenv" | "putenv"):
                yield Finding(path, node.lineno, "environment", message)
            case ast.ImportFrom(module="os", names=names) if any(
                n.name in {"environ", "getenv"} for n in names
            ):
                yield Finding(path, node.lineno, "environment", message)


def functions(tree: ast.Module) -> Iterator[Function]:
    """Yield every function and method of a module."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node
