"""Issued documents: everything that a version of one says is frozen, and survives what it came from."""

from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.certificates.issuing.document import Document
from lms.certificates.issuing.rules import Kind, Rule, Standing, Validity, standing_of
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import ExactFraction, Json, JsonValue, UTCDateTime, text_enum

STANDS = "revoked_at IS NULL AND renewed_at IS NULL"
LONGEST_NOTE = 300


class RevokeReason(StrEnum):
    """Why a certificate stopped being valid; the public page never says which."""

    ISSUED_BY_MISTAKE = "issued-by-mistake"
    WRONG_DATA = "wrong-data"
    IRREGULARITY = "irregularity"
    HOLDER_REQUEST = "holder-request"


class RectifyReason(StrEnum):
    """What was wrong with the words of a document."""

    NAME = "name"
    """The name of the holder: an accent, a second surname, its order."""
    HOURS = "hours"
    COURSE = "course"
    """The title, the dates or the modules."""
    ISSUER = "issuer"
    """Who issues, who signs or with which design."""


class Frozen:
    """What one version of a document says, and the file that says it."""

    data: Mapped[Json] = mapped_column(JsonValue)
    """What the document says, as plain values: see ``lms.certificates.issuing.document``."""
    design: Mapped[str] = mapped_column(String(60))
    design_version: Mapped[int]
    design_digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 over the design folder that drew it."""
    pdf_sha256: Mapped[str] = mapped_column(String(64), index=True)
    """Hash and storage name of the PDF's bytes."""
    pdf_size: Mapped[int]
    credential: Mapped[str] = mapped_column(Text, default="")
    """The badge that goes with it, as JSON; empty where the installation makes none."""
    version: Mapped[int] = mapped_column(default=1)
    """1 as issued; each correction adds one."""
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by: Mapped[UUID | None]
    """Who corrected it; null for what the product issued by itself."""
    made_because: Mapped[RectifyReason | None] = mapped_column(text_enum(RectifyReason))
    """What was corrected; null in the first version."""

    @property
    def document(self) -> Document:
        """Return what the document says."""
        return Document.from_json(self.data)


class Certificate(Frozen, Base):
    """A document of one person under one folio, as its last version says it; earlier ones are ``ReplacedVersion``."""

    __tablename__ = "certificate"
    __table_args__ = (
        Index(None, "enrolment_id"),
        Index(None, "valid_until"),
        # One of each kind stands per enrolment; after a cancellation another may be issued, with its own folio.
        Index(
            "uq_certificate_standing",
            "enrolment_id",
            "kind",
            unique=True,
            sqlite_where=text(STANDS),
            postgresql_where=text(STANDS),
        ),
        # One document renews another; a cancelled renewal leaves room for the next.
        Index(
            "uq_certificate_renews",
            "renews_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[Kind] = mapped_column(text_enum(Kind), default=Kind.CERTIFICADO)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), index=True)
    """The institution of the completion's date; without a completion, that of the enrolment."""
    folio: Mapped[str] = mapped_column(String(40), unique=True)
    """Sequential within authority and year, without gaps, for both kinds together: QROO-2026-000041."""
    code: Mapped[str] = mapped_column(String(12), unique=True)
    """Ten random readable characters in groups, as printed: RT7K-4M2Q-9D; the public address ends with them."""
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    valid_until: Mapped[date | None]
    """The last day on which it is valid, on the programme's clock; null where it does not end."""
    renew_from: Mapped[date | None]
    """From this day on it may be renewed; null where it does not end."""
    renew_until: Mapped[date | None]
    renews_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate.id"))
    """The document that this one renews; null for a first one."""
    renewed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When another took its place; both stay verifiable."""
    is_shared: Mapped[bool] = mapped_column(default=True)
    """Whether strangers see its public page; its holder decides."""
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When it was cancelled; null while it was not."""
    revoke_reason: Mapped[RevokeReason | None] = mapped_column(text_enum(RevokeReason))

    @property
    def is_valid(self) -> bool:
        """Say whether nobody cancelled it; a document past its last day is not cancelled."""
        return self.revoked_at is None

    def standing(self, today: date) -> Standing:
        """Return how it stands on a day of the programme's clock."""
        return standing_of(self.validity, is_revoked=self.revoked_at is not None, today=today)

    @property
    def validity(self) -> Validity:
        """Return until when it is valid and when it may be renewed."""
        return Validity(until=self.valid_until, renew_from=self.renew_from, renew_until=self.renew_until)


class ReplacedVersion(Frozen, Base):
    """A version of a document that a correction replaced; its file keeps its hash, so an old copy can be told."""

    __tablename__ = "replaced_version"
    __table_args__ = (UniqueConstraint("certificate_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"))
    replaced_at: Mapped[datetime] = mapped_column(UTCDateTime)


class FolioCounter(Base):
    """The last folio of an authority and year; its row is locked while certificates are issued."""

    __tablename__ = "folio_counter"

    authority: Mapped[str] = mapped_column(String(12), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class IssuingPolicy(Base):
    """What a programme, or one course of it, asks for a kind of document, how long it is valid and how it looks."""

    __tablename__ = "issuing_policy"
    __table_args__ = (
        UniqueConstraint("programme_id", "course_id", "kind"),
        # A unique constraint lets two rows without a course pass.
        Index(
            "uq_issuing_policy_programme",
            "programme_id",
            "kind",
            unique=True,
            sqlite_where=text("course_id IS NULL"),
            postgresql_where=text("course_id IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    course_id: Mapped[UUID | None] = mapped_column(ForeignKey("course.id"))
    """The course that it is for; null for every course without a row of its own."""
    kind: Mapped[Kind] = mapped_column(text_enum(Kind))
    is_issued: Mapped[bool]
    asks_completion: Mapped[bool]
    asks_quizzes: Mapped[bool]
    attended_share: Mapped[Fraction | None] = mapped_column(ExactFraction)
    """Least part of the planned sessions; null asks for none."""
    asked_seconds: Mapped[int | None]
    """Least credited time; null asks for none."""
    valid_months: Mapped[int | None]
    """Null for documents that do not end."""
    renew_days_before: Mapped[int] = mapped_column(default=60)
    renew_days_after: Mapped[int] = mapped_column(default=180)
    design: Mapped[str] = mapped_column(String(60), default="")
    """Name of the design that draws it; empty takes the product's own."""
    title: Mapped[str] = mapped_column(String(120), default="")
    """What the document is called on paper; empty takes the usual words of its kind."""

    @property
    def rule(self) -> Rule:
        """Return what it asks, as the decision about eligibility reads it."""
        return Rule(
            kind=self.kind,
            is_issued=self.is_issued,
            asks_completion=self.asks_completion,
            asks_quizzes=self.asks_quizzes,
            attended_share=self.attended_share,
            asked_seconds=self.asked_seconds,
        )


class LetterPurpose(StrEnum):
    """What an e-mail about a document told its holder."""

    ISSUED = "issued"
    RECTIFIED = "rectified"
    REVOKED = "revoked"
    EXPIRING = "expiring"


class CertificateLetter(Base):
    """An e-mail about a document: to which address, when, by which job; each occasion once."""

    __tablename__ = "certificate_letter"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"), index=True)
    purpose: Mapped[LetterPurpose] = mapped_column(text_enum(LetterPurpose))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    """Stable identity of the message, so that nobody is told the same twice."""
    address: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_by: Mapped[UUID | None]
    """Who had it sent again; null for what the product sent by itself."""
    job_id: Mapped[UUID]


class Outcome(StrEnum):
    """What became of one person in a bulk run."""

    WAITING = "waiting"
    ISSUED = "issued"
    KNOWN = "known"
    """Somebody else had issued it meanwhile."""
    NOT_ELIGIBLE = "not-eligible"
    FAILED = "failed"
    """The document could not be drawn; the detail says why."""


class IssueRun(Base):
    """A bulk run: one kind of document for people of a cohort, in parts, each in one transaction."""

    __tablename__ = "issue_run"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"), index=True)
    kind: Mapped[Kind] = mapped_column(text_enum(Kind))
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    ordered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ordered_by: Mapped[UUID | None]
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class IssueEntry(Base):
    """One person of a bulk run."""

    __tablename__ = "issue_entry"
    __table_args__ = (UniqueConstraint("run_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("issue_run.id", ondelete="CASCADE"))
    position: Mapped[int]
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), index=True)
    number: Mapped[int]
    """Which document of its kind this is for the enrolment: 2 follows a cancelled one."""
    outcome: Mapped[Outcome] = mapped_column(text_enum(Outcome), default=Outcome.WAITING)
    certificate_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate.id"))
    detail: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")


class CertificateArchive(Base):
    """A large archive of a cohort's documents: made by a job, kept in private for some days."""

    __tablename__ = "certificate_archive"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    """Who asked for it: the archive holds what this person may read."""
    certificate_ids: Mapped[list[str]] = mapped_column(JsonValue)
    """What it holds, by institution and folio."""
    count: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    erase_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    files: Mapped[list[Json]] = mapped_column(JsonValue)
    """Its ZIP files, each as ``{"digest": …, "size": …, "count": …}``; empty until they are made."""
