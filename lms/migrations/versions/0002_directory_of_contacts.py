"""directory of contacts.

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("hotline", "unit", "institution", name="kind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("sectors", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("hours", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=250), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_emergency", sa.Boolean(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.String(length=200), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("search_text", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("key", name=op.f("uq_contact_key")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_place_is_emergency"), ["place", "is_emergency"], unique=False
        )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("contact")
