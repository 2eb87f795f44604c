"""badge keys.

Revision: 0037, after 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep keys of badges, their places in the lists of what is revoked, and certificates that signed files."""
    op.create_table(
        "badge_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("did", sa.String(length=255), nullable=False),
        sa.Column("public", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_key")),
        sa.UniqueConstraint("public", name=op.f("uq_badge_key_public")),
    )
    op.create_index(
        "uq_badge_key_standing",
        "badge_key",
        ["did"],
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "badge_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_place")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_badge_place_code_version")),
        sa.UniqueConstraint("list_number", "position", name=op.f("uq_badge_place_list_number_position")),
    )
    op.create_table(
        "signing_certificate",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("serial", sa.String(length=50), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pem", sa.Text(), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_signing_certificate")),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("signing_certificate")
    op.drop_table("badge_place")
    op.drop_index("uq_badge_key_standing", table_name="badge_key")
    op.drop_table("badge_key")
