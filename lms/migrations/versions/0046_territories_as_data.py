"""Territories as data, and in which of them an institution is.

No row is placed here: the catalogue is empty until its file is brought in, and that places the institutions.

Revision: 0046, after 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "territory",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "country",
                "region",
                "municipality",
                "locality",
                name="territorykind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("other_names", sa.String(length=300), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("iso_code", sa.String(length=6), nullable=True),
        sa.Column("national_code", sa.String(length=20), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("place_key", sa.String(length=64), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("source_on", sa.Date(), nullable=True),
        sa.Column("search_text", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["territory.id"], name=op.f("fk_territory_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory")),
        sa.UniqueConstraint("country", "national_code", name=op.f("uq_territory_country_national_code")),
        sa.UniqueConstraint("iso_code", name=op.f("uq_territory_iso_code")),
        sa.UniqueConstraint("path", name=op.f("uq_territory_path")),
        sa.UniqueConstraint("place_key", name=op.f("uq_territory_place_key")),
    )
    with op.batch_alter_table("territory", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_territory_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_territory_search_text"), ["search_text"], unique=False)

    with op.batch_alter_table("institution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("territory_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("is_group", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index(batch_op.f("ix_institution_territory_id"), ["territory_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_institution_code"), ["code"])
        batch_op.create_foreign_key(
            batch_op.f("fk_institution_territory_id"), "territory", ["territory_id"], ["id"]
        )


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table("institution", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_institution_territory_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_institution_code"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_institution_territory_id"))
        batch_op.drop_column("is_group")
        batch_op.drop_column("territory_id")
        batch_op.drop_column("code")

    with op.batch_alter_table("territory", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_territory_search_text"))
        batch_op.drop_index(batch_op.f("ix_territory_parent_id"))

    op.drop_table("territory")
