"""documents of two kinds.

Revision: 0038, after 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep kinds, versions, validity, renewals, rules, runs, letters, archives, designs and who else issues."""
    op.create_table(
        "certificate_design",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_design")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_certificate_design_name_version")),
    )
    op.create_table(
        "issuer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("unit", sa.String(length=250), nullable=False),
        sa.Column("logo", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_issuer_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuer")),
        sa.UniqueConstraint("programme_id", "position", name=op.f("uq_issuer_programme_id_position")),
    )
    with op.batch_alter_table("issuer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issuer_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "issuing_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("certificado", "constancia", name="kind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("is_issued", sa.Boolean(), nullable=False),
        sa.Column("asks_completion", sa.Boolean(), nullable=False),
        sa.Column("asks_quizzes", sa.Boolean(), nullable=False),
        sa.Column("attended_share", sa.String(length=60), nullable=True),
        sa.Column("asked_seconds", sa.Integer(), nullable=True),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("renew_days_before", sa.Integer(), nullable=False),
        sa.Column("renew_days_after", sa.Integer(), nullable=False),
        sa.Column("design", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_issuing_policy_course_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_issuing_policy_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuing_policy")),
        sa.UniqueConstraint(
            "programme_id", "course_id", "kind", name=op.f("uq_issuing_policy_programme_id_course_id_kind")
        ),
    )
    with op.batch_alter_table("issuing_policy", schema=None) as batch_op:
        batch_op.create_index(
            "uq_issuing_policy_programme",
            ["programme_id", "kind"],
            unique=True,
            sqlite_where=sa.text("course_id IS NULL"),
            postgresql_where=sa.text("course_id IS NULL"),
        )

    op.create_table(
        "certificate_archive",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_ids", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("files", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_certificate_archive_cohort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_certificate_archive_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_archive")),
    )
    with op.batch_alter_table("certificate_archive", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_archive_erase_at"), ["erase_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_archive_person_id"), ["person_id"], unique=False)

    op.create_table(
        "issue_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("certificado", "constancia", name="kind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_by", sa.Uuid(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_issue_run_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_run")),
    )
    with op.batch_alter_table("issue_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issue_run_cohort_id"), ["cohort_id"], unique=False)

    op.create_table(
        "certificate_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "issued",
                "rectified",
                "revoked",
                "expiring",
                name="letterpurpose",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_letter_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_certificate_letter_key")),
    )
    with op.batch_alter_table("certificate_letter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_letter_certificate_id"), ["certificate_id"], unique=False
        )

    op.create_table(
        "issue_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "waiting",
                "issued",
                "known",
                "not-eligible",
                "failed",
                name="outcome",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_issue_entry_certificate_id")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_issue_entry_enrolment_id")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["issue_run.id"], name=op.f("fk_issue_entry_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_entry")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_issue_entry_run_id_position")),
    )
    with op.batch_alter_table("issue_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issue_entry_enrolment_id"), ["enrolment_id"], unique=False)

    op.create_table(
        "replaced_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("design", sa.String(length=60), nullable=False),
        sa.Column("design_version", sa.Integer(), nullable=False),
        sa.Column("design_digest", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_size", sa.Integer(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column(
            "made_because",
            sa.Enum("name", "hours", "course", "issuer", name="rectifyreason", native_enum=False, length=40),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_replaced_version_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replaced_version")),
        sa.UniqueConstraint(
            "certificate_id", "version", name=op.f("uq_replaced_version_certificate_id_version")
        ),
    )
    with op.batch_alter_table("replaced_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_replaced_version_pdf_sha256"), ["pdf_sha256"], unique=False)

    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum("certificado", "constancia", name="kind", native_enum=False, length=40),
                server_default="certificado",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("renew_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("renew_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("renews_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("is_shared", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("credential", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("made_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("made_by", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "made_because",
                sa.Enum(
                    "name", "hours", "course", "issuer", name="rectifyreason", native_enum=False, length=40
                ),
                nullable=True,
            )
        )
        batch_op.drop_index(batch_op.f("uq_certificate_standing"), sqlite_where=sa.text("revoked_at IS NULL"))
        batch_op.create_index(
            "uq_certificate_standing",
            ["enrolment_id", "kind"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL AND renewed_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL AND renewed_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_certificate_valid_until"), ["valid_until"], unique=False)
        batch_op.create_index(
            "uq_certificate_renews",
            ["renews_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_certificate_renews_id"), "certificate", ["renews_id"], ["id"]
        )

    # What was issued before there were versions is the first, made when it was issued.
    op.execute("UPDATE certificate SET made_at = issued_at")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.alter_column("made_at", existing_type=sa.DateTime(timezone=True), nullable=False)

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("issuer_logo", sa.String(length=64), server_default="", nullable=False))


def downgrade() -> None:
    """Forget them; it stops where an enrolment has two standing documents, which the older tables cannot hold."""
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_column("issuer_logo")

    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_certificate_renews_id"), type_="foreignkey")
        batch_op.drop_index(
            "uq_certificate_renews",
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_certificate_valid_until"))
        batch_op.drop_index(
            "uq_certificate_standing",
            sqlite_where=sa.text("revoked_at IS NULL AND renewed_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL AND renewed_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("uq_certificate_standing"),
            ["enrolment_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
        )
        batch_op.drop_column("made_because")
        batch_op.drop_column("made_by")
        batch_op.drop_column("made_at")
        batch_op.drop_column("version")
        batch_op.drop_column("credential")
        batch_op.drop_column("is_shared")
        batch_op.drop_column("renewed_at")
        batch_op.drop_column("renews_id")
        batch_op.drop_column("renew_until")
        batch_op.drop_column("renew_from")
        batch_op.drop_column("valid_until")
        batch_op.drop_column("kind")

    with op.batch_alter_table("replaced_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_replaced_version_pdf_sha256"))

    op.drop_table("replaced_version")
    with op.batch_alter_table("issue_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issue_entry_enrolment_id"))

    op.drop_table("issue_entry")
    with op.batch_alter_table("certificate_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_letter_certificate_id"))

    op.drop_table("certificate_letter")
    with op.batch_alter_table("issue_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issue_run_cohort_id"))

    op.drop_table("issue_run")
    with op.batch_alter_table("certificate_archive", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_archive_person_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_archive_erase_at"))

    op.drop_table("certificate_archive")
    with op.batch_alter_table("issuing_policy", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_issuing_policy_programme",
            sqlite_where=sa.text("course_id IS NULL"),
            postgresql_where=sa.text("course_id IS NULL"),
        )

    op.drop_table("issuing_policy")
    with op.batch_alter_table("issuer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issuer_programme_id"))

    op.drop_table("issuer")
    op.drop_table("certificate_design")
