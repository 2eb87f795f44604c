"""Signatures of contacts.

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what has to be verified of a contact, and who answers for it; those that are there ask for nothing."""
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("to_verify", sa.String(length=250), server_default="", nullable=False))
        batch_op.add_column(sa.Column("signed_by_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column("signed_post", sa.String(length=200), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("signed_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_contact_signed_by_id"), ["signed_by_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_contact_signed_by_id"), "person", ["signed_by_id"], ["id"])


def downgrade() -> None:
    """Forget the marks and the signatures: everything in the directory can be read."""
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_contact_signed_by_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_contact_signed_by_id"))
        batch_op.drop_column("signed_on")
        batch_op.drop_column("signed_post")
        batch_op.drop_column("signed_by_id")
        batch_op.drop_column("to_verify")
