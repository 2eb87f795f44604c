"""The criterion that learning itself contributes: every lesson read to its end."""

from collections.abc import Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.core.clock import now
from lms.core.i18n import _, _l
from lms.core.text import Text
from lms.learning.queries import LessonCount, count_lessons
from lms.learning.rules import judge_units
from lms.plugins.criteria import CompletionCriterion, State, Verdict
from lms.web.links import path_to


class UnitsFinished(CompletionCriterion):
    """All lessons of the release are finished. After the cohort's last day what is missing stays missing."""

    name = "units-finished"

    def judge(self, enrolment_ids: Sequence[UUID]) -> Mapping[UUID, Verdict | None]:
        """Return the verdict on each enrolment, in one query; None for a course without lessons."""
        return {key: _verdict(key, count) for key, count in count_lessons(enrolment_ids).items()}


def _verdict(enrolment_id: UUID, count: LessonCount) -> Verdict | None:
    if not count.total:
        return None
    today = now().astimezone(ZoneInfo(count.timezone)).date()
    state = judge_units(finished=count.finished, total=count.total, is_over=count.ends_on < today)
    return Verdict(
        criterion=UnitsFinished.name,
        state=state,
        title=_l("Lecciones terminadas"),
        detail=_detail(state, count),
        action="" if state is State.MET else path_to("learning.course", enrolment_id=enrolment_id),
    )


def _detail(state: State, count: LessonCount) -> Text:
    values = {"finished": count.finished, "total": count.total, "left": count.total - count.finished}
    match state:
        case State.MET:
            text = _("Terminó las %(total)s lecciones.", **values)
        case State.NOT_YET:
            text = _("Lleva %(finished)s de %(total)s; faltan %(left)s.", **values)
        case State.CANNOT:
            text = _(
                "Terminó %(finished)s de %(total)s y el curso ya cerró. Pida una prórroga a quien coordina su cohorte.",
                **values,
            )
    return str(text)
