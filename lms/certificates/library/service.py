"""What can be done with uploaded designs; the only writer of their table."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from lms.certificates.designs.folder import DesignRefused
from lms.certificates.designs.package import unpack_design
from lms.certificates.library import queries
from lms.certificates.library.errors import DesignInUse, DesignNameTaken, DesignUnfit, VersionNotNew
from lms.certificates.library.messages import DesignDiscarded, DesignPublished, DesignUploaded
from lms.certificates.library.models import CertificateDesign
from lms.certificates.library.shelf import is_built_in
from lms.core.actors import Actor
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.events import publish as tell
from lms.core.ids import new_id


def upload(content: bytes, *, name: str, actor: Actor, now: datetime) -> CertificateDesign:
    """Check a ZIP and keep it as a version that nobody draws with yet.

    Raises DesignNameTaken, DesignUnfit with everything that is wrong, and VersionNotNew.
    """
    if is_built_in(name):
        raise DesignNameTaken
    with TemporaryDirectory() as folder:
        try:
            design = unpack_design(content, name=name, into=Path(folder))
        except DesignRefused as refusal:
            raise DesignUnfit(refusal.problems) from refusal
    if design.metadata.version <= queries.last_version(name):
        raise VersionNotNew
    row = CertificateDesign(
        id=new_id(), name=name, version=design.metadata.version, title=design.metadata.title[:250],
        digest=design.digest, file_digest=current_storage().put(content), file_size=len(content),
        uploaded_at=now, uploaded_by=actor.person_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    tell(
        DesignUploaded(
            at=now, actor=actor, subject_id=row.id, name=row.name, version=row.version, digest=row.digest
        )
    )
    return row


def publish(row: CertificateDesign, *, actor: Actor, now: datetime) -> None:
    """Let documents be drawn with a version; programmes that chose its name follow it. Again changes nothing."""
    if row.published_at is not None:
        return
    row.published_at = now
    tell(
        DesignPublished(
            at=now, actor=actor, subject_id=row.id, name=row.name, version=row.version, digest=row.digest
        )
    )


def discard(row: CertificateDesign, *, actor: Actor, now: datetime) -> None:
    """Remove a version that was never published; raises DesignInUse for one that was."""
    if row.published_at is not None:
        raise DesignInUse
    db.session.delete(row)
    tell(DesignDiscarded(at=now, actor=actor, subject_id=row.id, name=row.name, version=row.version))
