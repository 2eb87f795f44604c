"""Every document that these tests issue is judged as an archive, whatever else its test is about."""

import pytest
from sqlalchemy import select

from lms.certificates.issuing.models import Certificate, ReplacedVersion
from lms.core.context import STORAGE
from lms.core.db import db
from lms.core.storage import digest_of
from lms.testing.archives import archive_faults


@pytest.fixture(scope="session")
def issued_files():
    """Gather the files of the whole run, and judge them at its end: starting a validator takes its time."""
    files = {}
    yield files
    assert archive_faults(files) == {}


@pytest.fixture(autouse=True)
def gathered(request, issued_files):
    """Keep the drawn files of a test for the judges; what is drawn as a few words has no pages to judge."""
    app = request.getfixturevalue("app") if "app" in request.fixturenames else None
    yield
    if app is None:
        return
    with app.app_context():
        names = [*db.session.scalars(select(Certificate.pdf_sha256))]
        names += db.session.scalars(select(ReplacedVersion.pdf_sha256))
    files = app.extensions[STORAGE].files
    for name in names:
        content = files.get(name, b"")
        if content.rstrip().endswith(b"%%EOF"):
            assert digest_of(content) == name
            issued_files[f"{request.node.name}: {name[:12]}"] = content
