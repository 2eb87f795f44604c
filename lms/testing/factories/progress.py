"""Plans of commissions, reporting periods and what members report, for tests."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from lms.core import private_files
from lms.core.actors import SYSTEM, Actor
from lms.core.clock import now
from lms.core.ids import new_id
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.reports.frozen.rules import Quarter
from lms.reports.progress import queries, service
from lms.reports.progress.models import ProgressIndicator, ProgressSubmission, ReportingPeriod
from lms.reports.progress.plan import IndicatorValues, set_indicator
from lms.reports.progress.rules import Answer, Evidence, Joining, Status, name_of
from lms.testing.factories.files import PDF
from lms.testing.factories.institutions import make_member


def make_indicator(
    programme: Programme,
    *,
    number: str = "I-01",
    objective: str = "OP1",
    joining: Joining = Joining.SUM,
    is_automatic: bool = False,
    responsible: Iterable[Institution] = (),
    targets: Mapping[str, float] | None = None,
) -> ProgressIndicator:
    """Add an indicator to the plan of a programme."""
    values = IndicatorValues(
        number=number,
        objective=objective,
        name=f"Indicador de prueba {number}",
        unit="personas",
        joining=joining,
        is_automatic=is_automatic,
        responsible=tuple(each.id for each in responsible),
        targets=targets or {},
    )
    return set_indicator(programme, values, actor=SYSTEM, now=now())


def make_period(
    programme: Programme, *, name: str = "", members_on: date | None = None, due_on: date | None = None
) -> ReportingPeriod:
    """Open a quarter, that of now, for the members of today, due in thirty days."""
    today = now().date()
    return service.open_period(
        programme,
        name or name_of(Quarter.of(today)),
        members_on=members_on or today,
        due_on=due_on or today + timedelta(days=30),
        actor=SYSTEM,
        now=now(),
    )


def make_submission(
    period: ReportingPeriod, institution: Institution, values: Mapping[ProgressIndicator, float]
) -> ProgressSubmission:
    """Write and send what a member reports."""
    submission = queries.find_submission(period.id, institution.id)
    if submission is None:
        raise LookupError(institution.name)
    answers = {key: Answer(status=Status.UNDER_WAY, narrative="Sin novedad.") for key in submission.answers}
    answers |= {each.id: Answer(value=value, status=Status.UNDER_WAY) for each, value in values.items()}
    service.save(submission, answers, revision=submission.revision, actor=SYSTEM, now=now())
    service.submit(submission, actor=SYSTEM, now=now())
    return submission


def progress_places(programme: Programme, institution: Institution) -> dict[str, object]:
    """Open a quarter in which a member has written a draft with a file; return values for addresses."""
    indicator = make_indicator(programme, responsible=[institution])
    period = make_period(programme)
    submission = queries.find_submission(period.id, institution.id)
    if submission is None:
        raise LookupError(institution.name)
    key = new_id()
    file = Evidence(key=key.hex, digest=private_files.keep(key, PDF), kind="pdf", name="acta.pdf")
    answers = {indicator.id: Answer(value=3, status=Status.UNDER_WAY, evidence=file)}
    writer = make_member(institution)
    actor = Actor(person_id=writer.id, name=writer.name)
    service.save(submission, answers, revision=submission.revision, actor=actor, now=now())
    return {"indicator_id": indicator.id, "period_id": period.id, "submission_id": submission.id}
