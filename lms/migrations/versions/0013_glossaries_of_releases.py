"""glossaries of releases.

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep the terms of each release by language; earlier releases show the terms that their pages link."""
    op.create_table(
        "released_glossary",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("terms", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_released_glossary_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_glossary")),
        sa.UniqueConstraint("release_id", "language", name=op.f("uq_released_glossary_release_id_language")),
    )


def downgrade() -> None:
    """Forget the glossaries; lessons still hold the terms that they link."""
    op.drop_table("released_glossary")
