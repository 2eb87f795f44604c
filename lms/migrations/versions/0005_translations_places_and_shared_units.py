"""translations, places and shared units.

Revision: 0005, after 0004
"""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "unit_translation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_translation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_translation")),
        sa.UniqueConstraint("unit_id", "language", name=op.f("uq_unit_translation_unit_id_language")),
    )
    empty: dict[str, Any] = {"server_default": sa.text("'{}'"), "nullable": False}
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outlines", sa.JSON(none_as_null=True), **empty))
        batch_op.add_column(sa.Column("places", sa.JSON(none_as_null=True), **empty))
    with op.batch_alter_table("released_module", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origin", sa.String(length=100), server_default="", nullable=False))
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shared_key", sa.String(length=64), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_unit_shared_key"), ["shared_key"], unique=False)
    _name_the_units()


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_shared_key"))
        batch_op.drop_column("shared_key")
    with op.batch_alter_table("released_module", schema=None) as batch_op:
        batch_op.drop_column("origin")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_column("places")
        batch_op.drop_column("outlines")
    op.drop_table("unit_translation")


def _name_the_units() -> None:
    """Give each unit that is already released the key that it would get today, so that what was done counts."""
    course = sa.table("course", sa.column("id", sa.Uuid()), sa.column("slug", sa.String()))
    release = sa.table("release", sa.column("id", sa.Uuid()), sa.column("course_id", sa.Uuid()))
    unit = sa.table(
        "unit",
        sa.column("id", sa.Uuid()),
        sa.column("release_id", sa.Uuid()),
        sa.column("body", sa.JSON()),
        sa.column("shared_key", sa.String()),
    )
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(unit.c.id, course.c.slug, unit.c.body)
        .join(release, release.c.id == unit.c.release_id)
        .join(course, course.c.id == release.c.course_id)
    ).all()
    for unit_id, slug, body in rows:
        content = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        key = hashlib.sha256(f"{slug}\n{content}".encode("utf-8", "surrogatepass")).hexdigest()
        connection.execute(unit.update().where(unit.c.id == unit_id).values(shared_key=key))
