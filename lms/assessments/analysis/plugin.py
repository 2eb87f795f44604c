"""The analysis of questions joins the application."""

from lms.assessments.analysis.merges import PERSON_ROWS
from lms.assessments.analysis.messages import PatternPutAside, PatternTakenUp
from lms.assessments.analysis.permissions import AnalysisPermission
from lms.assessments.analysis.privacy import PATTERN_REVIEWS
from lms.assessments.analysis.views import pages, patterns
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.plugins.home import CohortTab
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice

READS = frozenset({AnalysisPermission.READ})
TALKS = READS | {AnalysisPermission.PATTERNS}


@hookimpl
def register_slice() -> Slice:
    """Declare the pages on which questions are judged."""
    return Slice(
        name="analysis",
        blueprints=(pages.bp, patterns.bp),
        permissions=AnalysisPermission,
        events=(PatternPutAside, PatternTakenUp),
        personal_data=(PATTERN_REVIEWS,),
        grants={Role.TRAINER: TALKS, Role.REVIEWER: READS, Role.ADMINISTRATOR: TALKS},
    )


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the page of a cohort's questions."""
    return [
        CohortTab(
            name="questions",
            label=_l("Preguntas"),
            endpoint="analysis.cohort_page",
            permission=AnalysisPermission.READ,
            group="assessments",
            order=22,
        )
    ]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say what becomes of patterns that were put aside."""
    return PERSON_ROWS
