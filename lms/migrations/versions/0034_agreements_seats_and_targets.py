"""agreements, seats and targets.

Revision: 0034, after 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep agreements with all that belongs to them, who holds seats, and targets of people."""
    op.create_table(
        "agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "recognition",
                "framework",
                "specific",
                "letter-of-intent",
                "local",
                "university",
                "international",
                name="agreementkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.String(length=1000), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("is_without_funds", sa.Boolean(), nullable=False),
        sa.Column("holds_cohorts", sa.Boolean(), nullable=False),
        sa.Column("renews_id", sa.Uuid(), nullable=True),
        sa.Column("search_text", sa.String(length=600), nullable=False),
        sa.Column("was_ended", sa.Boolean(), nullable=False),
        sa.CheckConstraint("months IS NULL OR months > 0", name=op.f("ck_agreement_months_positive")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_agreement_programme_id")),
        sa.ForeignKeyConstraint(["renews_id"], ["agreement.id"], name=op.f("fk_agreement_renews_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("code", name=op.f("uq_agreement_code")),
        sa.UniqueConstraint("renews_id", name=op.f("uq_agreement_renews_id")),
    )
    op.create_index(op.f("ix_agreement_ends_on"), "agreement", ["ends_on"])
    op.create_index(op.f("ix_agreement_programme_id"), "agreement", ["programme_id"])
    op.create_index(op.f("ix_agreement_search_text"), "agreement", ["search_text"])
    op.create_table(
        "agreement_amendment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "extension", "addendum", "termination", name="amendmentkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=True),
        sa.Column("ends_after", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_amendment_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_amendment")),
        sa.UniqueConstraint(
            "agreement_id", "number", name=op.f("uq_agreement_amendment_agreement_id_number")
        ),
    )
    op.create_table(
        "agreement_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_file_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_file")),
    )
    op.create_index(op.f("ix_agreement_file_agreement_id"), "agreement_file", ["agreement_id"])
    op.create_table(
        "agreement_party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "signatory",
                "cooperating",
                "academic",
                "beneficiary",
                "donor",
                "witness",
                name="partyrole",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("place_key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_party_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_agreement_party_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_party")),
        sa.UniqueConstraint(
            "agreement_id", "place_key", name=op.f("uq_agreement_party_agreement_id_place_key")
        ),
    )
    op.create_index(op.f("ix_agreement_party_institution_id"), "agreement_party", ["institution_id"])
    op.create_table(
        "agreement_warning",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_warning_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_warning")),
        sa.UniqueConstraint(
            "agreement_id", "ends_on", "days", name=op.f("uq_agreement_warning_agreement_id_ends_on_days")
        ),
    )
    op.create_table(
        "seat_holder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column(
            "rank",
            sa.Enum("titular", "alternate", name="holderrank", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("resolution", sa.String(length=120), nullable=False),
        sa.Column("resolution_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_seat_holder_membership_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seat_holder_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_holder")),
    )
    op.create_index(
        op.f("ix_seat_holder_membership_id_starts_on"), "seat_holder", ["membership_id", "starts_on"]
    )
    op.create_index(op.f("ix_seat_holder_person_id"), "seat_holder", ["person_id"])
    op.create_index(
        "uq_seat_holder_open",
        "seat_holder",
        ["membership_id", "rank"],
        unique=True,
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.create_table(
        "training_target",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("agreement", "workforce", "session", name="targetsource", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("workforce", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(length=250), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_training_target_people_positive")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_training_target_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_training_target_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_training_target_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_target")),
        sa.UniqueConstraint(
            "programme_id",
            "institution_id",
            "sector",
            "period",
            name=op.f("uq_training_target_programme_id_institution_id_sector_period"),
        ),
    )
    op.create_index(op.f("ix_training_target_agreement_id"), "training_target", ["agreement_id"])
    op.create_index(op.f("ix_training_target_institution_id"), "training_target", ["institution_id"])
    op.create_table(
        "agreement_commitment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("counter", sa.String(length=60), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_commitment_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["agreement_party.id"], name=op.f("fk_agreement_commitment_party_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_commitment")),
        sa.UniqueConstraint(
            "agreement_id",
            "counter",
            "sector",
            "party_id",
            name=op.f("uq_agreement_commitment_agreement_id_counter_sector_party_id"),
        ),
    )
    op.create_index(op.f("ix_agreement_commitment_party_id"), "agreement_commitment", ["party_id"])
    op.create_table(
        "agreement_duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("obligation", "product", name="dutykind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "under-way",
                "consulted",
                "approved",
                "delivered",
                "fulfilled",
                "cancelled",
                name="dutystate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_duty_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["agreement_party.id"], name=op.f("fk_agreement_duty_party_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_duty")),
    )
    op.create_index(
        op.f("ix_agreement_duty_agreement_id_due_on"), "agreement_duty", ["agreement_id", "due_on"]
    )
    op.create_index(op.f("ix_agreement_duty_party_id"), "agreement_duty", ["party_id"])
    op.create_table(
        "agreement_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("duty_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "under-way",
                "consulted",
                "approved",
                "delivered",
                "fulfilled",
                "cancelled",
                name="dutystate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["agreement_duty.id"], name=op.f("fk_agreement_step_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_step")),
    )
    op.create_index(op.f("ix_agreement_step_duty_id"), "agreement_step", ["duty_id"])
    op.add_column(
        "membership", sa.Column("resolution", sa.String(length=120), server_default="", nullable=False)
    )
    op.add_column("membership", sa.Column("resolution_on", sa.Date(), nullable=True))
    op.add_column(
        "membership", sa.Column("resolution_text", sa.String(length=1000), server_default="", nullable=False)
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_column("membership", "resolution_text")
    op.drop_column("membership", "resolution_on")
    op.drop_column("membership", "resolution")
    op.drop_table("agreement_step")
    op.drop_table("agreement_duty")
    op.drop_table("agreement_commitment")
    op.drop_table("training_target")
    op.drop_table("seat_holder")
    op.drop_table("agreement_warning")
    op.drop_table("agreement_party")
    op.drop_table("agreement_file")
    op.drop_table("agreement_amendment")
    op.drop_table("agreement")
