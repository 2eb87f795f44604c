"""referral routes.

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "release_route",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("card_sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("card_inputs", sa.String(length=64), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_route_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_route")),
        sa.UniqueConstraint("release_id", "key", name=op.f("uq_release_route_release_id_key")),
    )
    with op.batch_alter_table("release_route", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_route_release_id"), ["release_id"], unique=False)


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("release_route")
