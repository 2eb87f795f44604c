"""The criterion that hours contribute: as many as the programme's policy asks for, over everything planned."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from lms.attendance.hours import words
from lms.attendance.hours.queries import asked_of, hours_of
from lms.attendance.hours.rules import Outlook
from lms.core.clock import now
from lms.core.i18n import _l
from lms.plugins.criteria import CompletionCriterion, State, Verdict
from lms.web.links import path_to


class CreditedHours(CompletionCriterion):
    """The person has the hours that the programme's policy asks for; None where it asks for none."""

    name = "credited-hours"

    def judge(self, enrolment_ids: Sequence[UUID]) -> Mapping[UUID, Verdict | None]:
        """Return the verdict on each enrolment: in one query where nobody asks for hours, else in nine or ten."""
        asked = asked_of(enrolment_ids)
        found = hours_of(asked, now()) if asked else {}
        return {key: _verdict(each.outlook) if each.outlook else None for key, each in found.items()}


def _verdict(outlook: Outlook) -> Verdict:
    return Verdict(
        criterion=CreditedHours.name,
        state=outlook.state,
        title=_l("Horas de formación"),
        detail=words.standing_of_own(outlook),
        action="" if outlook.state is State.MET else path_to("hours.own"),
    )
