"""The directory by dates: former names and places of institutions, and the days between which they existed.

Revision: 0044, after 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "former_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_former_name_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_name")),
        sa.UniqueConstraint("institution_id", "ends_on", name=op.f("uq_former_name_institution_id_ends_on")),
    )
    op.create_table(
        "former_parent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_former_parent_institution_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["institution.id"], name=op.f("fk_former_parent_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_parent")),
        sa.UniqueConstraint(
            "institution_id", "ends_on", name=op.f("uq_former_parent_institution_id_ends_on")
        ),
    )
    with op.batch_alter_table("former_parent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_parent_parent_id"), ["parent_id"], unique=False)
    with op.batch_alter_table("institution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opened_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("closed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table("institution", schema=None) as batch_op:
        batch_op.drop_column("closed_on")
        batch_op.drop_column("opened_on")
    with op.batch_alter_table("former_parent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_parent_parent_id"))
    op.drop_table("former_parent")
    op.drop_table("former_name")
