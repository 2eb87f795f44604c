"""Run by Alembic: migrates the connection that ``lms.cli.database`` hands over."""

from typing import Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from lms.core.db import Base


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leave the queue's own tables alone when it lives in the same database."""
    return not (kind == "table" and (name or "").startswith(("huey_", "plugin_")))


def render_item(kind: str, item: object, _autogen: object) -> str | Literal[False]:
    """Write our column types as the plain ones beneath: a migration must outlive the code."""
    if kind == "type" and isinstance(item, TypeDecorator) and type(item).__module__.startswith("lms."):
        return f"sa.{item.impl_instance!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=include_name,
    render_item=render_item,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
