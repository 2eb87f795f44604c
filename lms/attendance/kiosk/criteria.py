"""Nobody completes a course while the staff does not know who they are."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from lms.attendance.kiosk.queries import pending_among
from lms.core.i18n import _l
from lms.plugins.criteria import CompletionCriterion, State, Verdict


class ConfirmedPerson(CompletionCriterion):
    """Whoever was written down on no list was confirmed by the staff; it is asked of nobody else."""

    name = "confirmed-person"

    def judge(self, enrolment_ids: Sequence[UUID]) -> Mapping[UUID, Verdict | None]:
        """Return the verdict on those who wait, in one query; None for everybody else."""
        waiting = pending_among(enrolment_ids)
        return {key: _WAITING if key in waiting else None for key in enrolment_ids}


_WAITING = Verdict(
    criterion=ConfirmedPerson.name,
    state=State.NOT_YET,
    title=_l("Confirmación de sus datos"),
    detail=_l("Se registró sin estar en la lista; falta que quien la lleva confirme quién es."),
)
