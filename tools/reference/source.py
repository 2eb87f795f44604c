"""What the source says that the running code forgets: the docstrings of attributes, and exact signatures."""

import ast
import inspect
import itertools
import textwrap
from types import ModuleType


def attribute_docs(kind: type) -> dict[str, str]:
    """Return the docstring that stands below each attribute of a class, its base classes included."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.partition(".")[0] == "lms":
            found |= _below(_class_tree(each).body)
    return found


def summary(thing: object) -> str:
    """Return the first paragraph of a docstring as one line; empty when there is none."""
    return " ".join((inspect.getdoc(thing) or "").partition("\n\n")[0].split())


def contracts(module: ModuleType) -> list[ast.ClassDef]:
    """Return the public classes of a module with every function reduced to its signature and docstring."""
    tree = ast.parse(inspect.getsource(module))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    for node in classes:
        node.body = [_signature(child) for child in node.body if not _is_private(child)]
    return classes


def _class_tree(kind: type) -> ast.ClassDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    if not isinstance(tree, ast.ClassDef):
        message = f"{kind} is not written as a class"
        raise TypeError(message)
    return tree


def _below(body: list[ast.stmt]) -> dict[str, str]:
    found = {}
    for statement, following in itertools.pairwise(body):
        text = _text(following)
        if text and (name := _target(statement)):
            found[name] = " ".join(text.split())
    return found


def _target(statement: ast.stmt) -> str:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case _:
            return ""


def _text(statement: ast.stmt) -> str:
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return text
        case _:
            return ""


def _is_private(statement: ast.stmt) -> bool:
    name = statement.name if isinstance(statement, ast.FunctionDef) else _target(statement)
    return name.startswith("_")


def _signature(statement: ast.stmt) -> ast.stmt:
    if isinstance(statement, ast.FunctionDef):
        documented = statement.body[:1] if _text(statement.body[0]) else []
        statement.body = [*documented, ast.Expr(ast.Constant(...))]
    return statement
