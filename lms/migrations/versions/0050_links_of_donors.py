"""Links to the totals of a programme for bodies outside, and lists of enrolments.

Revision: 0050, after 0049
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "donor_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("reader", sa.String(length=160), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_donor_link_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donor_link")),
    )
    with op.batch_alter_table("donor_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_donor_link_programme_id"), ["programme_id"], unique=False)
    op.create_table(
        "enrolment_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_list_person_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_enrolment_list_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_list")),
    )
    with op.batch_alter_table("enrolment_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_list_erase_at"), ["erase_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_list_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_list_programme_id"), ["programme_id"], unique=False)


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table("enrolment_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_list_programme_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_list_person_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_list_erase_at"))
    op.drop_table("enrolment_list")
    with op.batch_alter_table("donor_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_donor_link_programme_id"))
    op.drop_table("donor_link")
