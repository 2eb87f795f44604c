"""What somebody still has to do to complete a course, in words."""

from collections.abc import Sequence
from uuid import UUID

from lms.learning.queries import outcomes_of
from lms.plugins.criteria import State, Verdict


def missing_of(enrolment_ids: Sequence[UUID]) -> dict[UUID, list[Verdict]]:
    """Return the verdicts on each enrolment that are not met, in the order of the criteria."""
    if not enrolment_ids:
        return {}
    return {
        key: [verdict for verdict in outcome.verdicts if verdict.state is not State.MET]
        for key, outcome in outcomes_of(enrolment_ids).items()
    }
