"""The criterion that simulations contribute: every simulation of the course finished."""

from collections.abc import Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.assessments.simulations.queries import SimulationCount, count_simulations
from lms.assessments.simulations.rules import judge_simulations
from lms.core.clock import now
from lms.core.i18n import _, _l, n_
from lms.plugins.criteria import CompletionCriterion, Verdict
from lms.web.links import path_to


class SimulationsDone(CompletionCriterion):
    """Every simulation of the release has come to an ending, and to one that passes where its author asks for it."""

    name = "simulations-done"

    def judge(self, enrolment_ids: Sequence[UUID]) -> Mapping[UUID, Verdict | None]:
        """Return the verdict on each enrolment, in one query; None for a course without simulations."""
        return {key: _verdict(key, found) for key, found in count_simulations(enrolment_ids).items()}


def _verdict(enrolment_id: UUID, found: Sequence[SimulationCount]) -> Verdict | None:
    if not found:
        return None
    today = now().astimezone(ZoneInfo(found[0].timezone)).date()
    missing = [each for each in found if not each.is_done]
    is_over = found[0].ends_on < today
    return Verdict(
        criterion=SimulationsDone.name,
        state=judge_simulations(done=len(found) - len(missing), total=len(found), is_over=is_over),
        title=_l("Casos prácticos terminados"),
        detail=_detail(found, missing, is_over=is_over),
        action=path_to("simulations.open_simulation", enrolment_id=enrolment_id, unit_id=missing[0].unit_id)
        if missing
        else "",
    )


def _detail(found: Sequence[SimulationCount], missing: Sequence[SimulationCount], *, is_over: bool) -> str:
    total = len(found)
    if not missing:
        return str(n_("Terminó el caso práctico.", "Terminó los %(num)s casos prácticos.", total))
    done = _("Terminó %(done)s de %(total)s.", done=total - len(missing), total=total)
    if is_over:
        closed = _("El curso ya cerró. Pida una prórroga a quien coordina su cohorte.")
        return f"{done} {closed}"
    titles = ", ".join(_("«%(name)s»", name=each.title) for each in missing)
    rest = _("Falta: %(titles)s.", titles=titles)
    return f"{done} {rest}"
