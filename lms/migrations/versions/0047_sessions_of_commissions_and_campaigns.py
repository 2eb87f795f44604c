"""Sessions of commissions with their accords and minutes, and campaigns of agreements.

Revision: 0047, after 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "sitting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("ordinary", "extraordinary", name="sittingkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "modality",
            sa.Enum("in-person", "remote", "hybrid", name="modality", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=250), nullable=False),
        sa.Column(
            "state",
            sa.Enum("convened", "held", "approved", name="sittingstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "quorum",
            sa.Enum(
                "more-than-half",
                "half",
                "two-thirds",
                "three-quarters",
                name="quorumrule",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("seats_present", sa.Integer(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("minutes_pdf", sa.String(length=64), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_sitting_number_positive")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_sitting_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint(
            "programme_id", "kind", "year", "number", name=op.f("uq_sitting_programme_id_kind_year_number")
        ),
    )
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sitting_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_sitting_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "sitting_rules",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column(
            "quorum",
            sa.Enum(
                "more-than-half",
                "half",
                "two-thirds",
                "three-quarters",
                name="quorumrule",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_sitting_rules_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_sitting_rules")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_agenda_item_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_sitting_id"), ["sitting_id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "approved",
                "rejected",
                "withdrawn",
                name="proposalstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_proposal_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("sitting_id", "number", name=op.f("uq_proposal_sitting_id_number")),
    )
    op.create_table(
        "sitting_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_note_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_note")),
        sa.UniqueConstraint("sitting_id", "number", name=op.f("uq_sitting_note_sitting_id_number")),
    )
    op.create_table(
        "sitting_presence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("titular", "alternate", "absent", name="presencekind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_sitting_presence_membership_id")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_presence_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_presence")),
        sa.UniqueConstraint(
            "sitting_id", "membership_id", name=op.f("uq_sitting_presence_sitting_id_membership_id")
        ),
    )
    with op.batch_alter_table("sitting_presence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sitting_presence_membership_id"), ["membership_id"], unique=False
        )

    op.create_table(
        "accord",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "pending",
                "under-way",
                "fulfilled",
                "cancelled",
                name="accordstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_accord_institution_id")
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_accord_proposal_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_accord_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accord")),
        sa.UniqueConstraint("sitting_id", "number", name=op.f("uq_accord_sitting_id_number")),
    )
    with op.batch_alter_table("accord", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accord_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_accord_proposal_id"), ["proposal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_accord_state_due_on"), ["state", "due_on"], unique=False)

    op.create_table(
        "sitting_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["holder_id"], ["seat_holder.id"], name=op.f("fk_sitting_letter_holder_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_letter_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_letter")),
    )
    with op.batch_alter_table("sitting_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sitting_letter_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sitting_letter_sitting_id"), ["sitting_id"], unique=False)

    op.create_table(
        "accord_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("accord_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("folio", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("table", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["accord_id"], ["accord.id"], name=op.f("fk_accord_paper_accord_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accord_paper")),
        sa.UniqueConstraint("accord_id", "source", "key", name=op.f("uq_accord_paper_accord_id_source_key")),
    )
    op.create_table(
        "accord_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("accord_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "pending",
                "under-way",
                "fulfilled",
                "cancelled",
                name="accordstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["accord_id"], ["accord.id"], name=op.f("fk_accord_step_accord_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accord_step")),
    )
    with op.batch_alter_table("accord_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accord_step_accord_id"), ["accord_id"], unique=False)

    op.create_table(
        "agreement_campaign",
        sa.Column("duty_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(length=250), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "in-person",
                "radio",
                "television",
                "social",
                "messages",
                "print",
                "street",
                "mixed",
                name="channel",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=250), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reach", sa.Integer(), nullable=True),
        sa.Column("reach_method", sa.String(length=400), nullable=False),
        sa.CheckConstraint("reach IS NULL OR reach >= 0", name=op.f("ck_agreement_campaign_reach_counted")),
        sa.ForeignKeyConstraint(
            ["duty_id"], ["agreement_duty.id"], name=op.f("fk_agreement_campaign_duty_id")
        ),
        sa.PrimaryKeyConstraint("duty_id", name=op.f("pk_agreement_campaign")),
    )
    with op.batch_alter_table("agreement_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("duty_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_agreement_file_duty_id"), ["duty_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_file_duty_id"), "agreement_duty", ["duty_id"], ["id"]
        )


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table("agreement_file", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_agreement_file_duty_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_agreement_file_duty_id"))
        batch_op.drop_column("duty_id")

    op.drop_table("agreement_campaign")
    with op.batch_alter_table("accord_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accord_step_accord_id"))

    op.drop_table("accord_step")
    op.drop_table("accord_paper")
    with op.batch_alter_table("sitting_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sitting_letter_sitting_id"))
        batch_op.drop_index(batch_op.f("ix_sitting_letter_holder_id"))

    op.drop_table("sitting_letter")
    with op.batch_alter_table("accord", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accord_state_due_on"))
        batch_op.drop_index(batch_op.f("ix_accord_proposal_id"))
        batch_op.drop_index(batch_op.f("ix_accord_institution_id"))

    op.drop_table("accord")
    with op.batch_alter_table("sitting_presence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sitting_presence_membership_id"))

    op.drop_table("sitting_presence")
    op.drop_table("sitting_note")
    op.drop_table("proposal")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_item_sitting_id"))

    op.drop_table("agenda_item")
    op.drop_table("sitting_rules")
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sitting_programme_id"))
        batch_op.drop_index(batch_op.f("ix_sitting_day"))

    op.drop_table("sitting")
