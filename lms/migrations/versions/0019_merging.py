"""two records of one person, provisional people, large files.

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

from lms.accounts import rules

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEYS = ("name_key", "email_key", "national_id", "merged_into_id")
person = sa.table(
    "person",
    *(
        sa.column(name)
        for name in ("id", "given_names", "first_surname", "second_surname", "email", "name_key", "email_key")
    ),
)


def upgrade() -> None:
    """Give people what they are compared by, and keep merges, pairs that are two people and large files."""
    op.add_column("person", sa.Column("national_id", sa.String(length=40), nullable=True))
    op.add_column("person", sa.Column("name_key", sa.String(length=400), server_default="", nullable=False))
    op.add_column("person", sa.Column("email_key", sa.String(length=254), server_default="", nullable=False))
    op.add_column(
        "person", sa.Column("is_provisional", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("person", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    for key in KEYS:
        op.create_index(op.f(f"ix_person_{key}"), "person", [key], unique=False)
    op.add_column("enrolment", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    _fill_keys()
    op.create_table(
        "person_address",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_address_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_person_address")),
    )
    op.create_index(op.f("ix_person_address_person_id"), "person_address", ["person_id"], unique=False)
    _create_merges()
    _create_files()


def downgrade() -> None:
    """Forget all of it; records that became one stay one."""
    for table in ("intake_batch", "intake_run", "distinct_people", "person_merge_change", "person_merge",
                  "person_address"):  # fmt: skip
        op.drop_table(table)
    op.drop_column("enrolment", "merged_into_id")
    for key in KEYS:
        op.drop_index(op.f(f"ix_person_{key}"), table_name="person")
    for name in (*KEYS, "is_provisional"):
        op.drop_column("person", name)


def _fill_keys() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(person)).all()
    values = [
        {
            "key": row.id,
            "name": rules.name_key(rules.full_name(row.given_names, row.first_surname, row.second_surname)),
            "email": rules.email_key(row.email),
        }
        for row in rows
    ]
    if values:
        statement = sa.update(person).where(person.c.id == sa.bindparam("key"))
        connection.execute(
            statement.values(name_key=sa.bindparam("name"), email_key=sa.bindparam("email")), values
        )


def _create_merges() -> None:
    op.create_table(
        "person_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("gone_id", sa.Uuid(), nullable=False),
        sa.Column("gone_name", sa.String(length=400), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Uuid(), nullable=True),
        sa.Column("tally", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("watched", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("census", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_person_merge_{name}"))
            for name in ("kept_id", "gone_id", "merged_by_id", "undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    for name in ("kept_id", "gone_id", "merged_at"):
        op.create_index(op.f(f"ix_person_merge_{name}"), "person_merge", [name], unique=False)
    op.create_table(
        "person_merge_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merge_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=80), nullable=False),
        sa.Column("row_key", sa.String(length=260), nullable=False),
        sa.Column("column_name", sa.String(length=80), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["person_merge.id"], name=op.f("fk_person_merge_change_merge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge_change")),
        sa.UniqueConstraint("merge_id", "position", name=op.f("uq_person_merge_change_merge_id_position")),
    )
    op.create_table(
        "distinct_people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [name], ["person.id"], name=op.f(f"fk_distinct_people_{name}"), ondelete="CASCADE"
            )
            for name in ("first_id", "second_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_distinct_people_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinct_people")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_distinct_people_first_id_second_id")),
    )
    op.create_index(op.f("ix_distinct_people_second_id"), "distinct_people", ["second_id"], unique=False)


def _create_files() -> None:
    op.create_table(
        "intake_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=80), nullable=False),
        sa.Column("file_format", sa.String(length=4), nullable=False),
        sa.Column("header", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("invites", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("adds_possible", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_intake_run_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_run")),
    )
    for name in ("person_id", "created_at"):
        op.create_index(op.f(f"ix_intake_run_{name}"), "intake_run", [name], unique=False)
    op.create_table(
        "intake_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rows", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("verdicts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("saved", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["intake_run.id"], name=op.f("fk_intake_batch_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_batch")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_intake_batch_run_id_number")),
    )
