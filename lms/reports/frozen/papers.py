"""Issued reports as documents that follow what a commission agreed, cited by their folio."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import url_for
from sqlalchemy import select

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.i18n import _, _l
from lms.plugins.sittings import OfferedPaper, SittingPapers, TakenPaper
from lms.reports.frozen import queries
from lms.reports.frozen.models import QuarterlyReport, ReportVersion, VersionState
from lms.reports.frozen.permissions import FrozenPermission
from lms.reports.frozen.rules import Quarter
from lms.reports.frozen.words import quarter_words


class QuarterlyReports(SittingPapers):
    """Versions of quarterly reports that were issued: they never change, so nothing of them is copied."""

    name = "quarterly-report"
    label = _l("Informe trimestral")

    def offered(
        self,
        programme_id: UUID,
        now: datetime,  # noqa: ARG002 - what was issued stays
    ) -> Sequence[OfferedPaper]:
        """Return the issued versions of a programme, the newest quarter first."""
        rows = db.session.scalars(
            select(ReportVersion)
            .join(QuarterlyReport, QuarterlyReport.id == ReportVersion.report_id)
            .where(QuarterlyReport.programme_id == programme_id, ReportVersion.state == VersionState.ISSUED)
            .order_by(QuarterlyReport.period.desc(), ReportVersion.number.desc())
        ).all()
        return [OfferedPaper(key=str(row.id), title=f"{row.report.folio}, {_title(row)}") for row in rows]

    def take(self, programme_id: UUID, key: str, now: datetime) -> TakenPaper | None:
        """Return a version by its folio."""
        if key not in {each.key for each in self.offered(programme_id, now)}:
            return None
        version = db.session.get_one(ReportVersion, UUID(key))
        return TakenPaper(
            title=str(_("Informe trimestral, %(title)s", title=_title(version))),
            made_at=version.cut_off,
            folio=version.report.folio or "",
        )

    def address(self, key: str, actor: Actor) -> str:
        """Return the page of the version, for whoever may open it."""
        mine = queries.visible_to(actor, FrozenPermission.READ).where(ReportVersion.id == UUID(key))
        found = db.session.scalar(mine)
        return url_for("quarterly.page", report_version_id=found.id) if found else ""


def _title(version: ReportVersion) -> str:
    quarter = Quarter.named(version.report.period)
    words = quarter_words(quarter) if quarter else version.report.period
    return (
        words
        if version.number == 1
        else str(_("%(quarter)s, versión %(number)s", quarter=words, number=version.number))
    )
