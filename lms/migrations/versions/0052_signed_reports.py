"""The certificate that signed the PDF of a quarterly report.

Revision: 0052, after 0051
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    with op.batch_alter_table("report_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signed_with", sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f("ix_report_version_signed_with"), ["signed_with"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_report_version_signed_with"), "signing_certificate", ["signed_with"], ["sha256"]
        )


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table("report_version", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_report_version_signed_with"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_report_version_signed_with"))
        batch_op.drop_column("signed_with")
