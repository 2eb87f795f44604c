"""Files of reports as jobs: the only place of the running product where they are made."""

from uuid import UUID

from lms.certificates.credentials.service import sign_file
from lms.core.clock import now
from lms.core.context import current_settings, current_storage
from lms.core.i18n import speaking
from lms.core.jobs.orders import Progress
from lms.reports.frozen import queries, service
from lms.reports.frozen.messages import MakeReport, PrepareDueReports
from lms.reports.frozen.press import make_files


def make_report(order: MakeReport, progress: Progress) -> None:
    """Make and sign the files of a version before the first query, so that nobody waits for the database meanwhile.

    A correction and a report that prepares itself come this way too: where signing is configured, none leaves unsigned.
    """
    content = current_storage().get(order.sha256)
    with speaking("es"):
        files = make_files(content, current_settings().designs_dir, progress=progress)
    moment = now()
    pdf = sign_file(files.pop("pdf"), at=moment)
    version = queries.find_version(UUID(order.version_id))
    if version is not None:
        service.keep_files(version, files, pdf=pdf, now=moment)


def prepare_due(_order: PrepareDueReports, _progress: Progress) -> None:
    """Prepare the reports whose day has come."""
    service.prepare_due(now=now())
