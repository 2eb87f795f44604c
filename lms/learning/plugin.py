"""Learning joins the application."""

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.institutions.merging.messages import PeopleMerged
from lms.learning.commitments import CoursesGiven, PeopleTrained
from lms.learning.criteria import UnitsFinished
from lms.learning.jobs import review_cohort, review_person, tell_enrolled, tell_moved
from lms.learning.merges import PERSON_ROWS, review_after_merge
from lms.learning.messages import (
    CohortChanged,
    CohortCreated,
    CohortMoved,
    CourseStarted,
    EnrolmentCompleted,
    EnrolmentMoved,
    EnrolmentWithdrawn,
    PersonEnrolled,
    ReviewCohort,
    ReviewPerson,
    TellEnrolled,
    TellMoved,
    TrackChanged,
    UnitCredited,
    UnitFinished,
)
from lms.learning.permissions import LearningPermission
from lms.learning.privacy import COMPLETIONS, ENROLMENTS, PROGRESS
from lms.learning.scopes import CohortScopes
from lms.learning.ties import Enrolled
from lms.learning.views import cohorts, enrolments, moves, person_moves, trainee
from lms.plugins.commitments import CommitmentCounter
from lms.plugins.criteria import CompletionCriterion
from lms.plugins.hooks import hookimpl
from lms.plugins.institutions import InstitutionTie
from lms.plugins.people import PersonRows
from lms.plugins.scopes import ScopeProvider
from lms.plugins.slices import NavItem, Slice

NAV = (
    NavItem(
        label=_l("Mi aprendizaje"),
        endpoint="learning.home",
        icon="route",
        permission=LearningPermission.STUDY,
        audience=Role.TRAINEE,
        phone_label=_l("Inicio"),
        order=10,
        on_phone_bar=True,
    ),
    NavItem(
        label=_l("Cursos"),
        menu_label=_l("Catálogo de cursos"),
        endpoint="courses.catalogue",
        icon="library",
        permission=LearningPermission.STUDY,
        audience=Role.TRAINEE,
        order=15,
        on_phone_bar=True,
    ),
    *(
        NavItem(
            label=_l("Cohortes"),
            endpoint="cohorts.index",
            icon="users",
            permission=LearningPermission.READ_COHORTS,
            audience=audience,
            order=order,
        )
        for audience, order in (
            (Role.TRAINER, 10),
            (Role.FOCAL_POINT, 20),
            (Role.REVIEWER, 40),
            (Role.ADMINISTRATOR, 20),
        )
    ),
)
READS = frozenset({LearningPermission.READ_COHORTS})
MANAGES = READS | {LearningPermission.MANAGE_COHORTS}


@hookimpl
def register_slice() -> Slice:
    """Declare cohorts, enrolments and the pages on which people study."""
    return Slice(
        name="learning",
        blueprints=(trainee.bp, cohorts.bp, enrolments.bp, moves.bp, person_moves.bp),
        permissions=LearningPermission,
        grants={
            Role.TRAINEE: frozenset({LearningPermission.STUDY}),
            Role.TRAINER: MANAGES,
            Role.FOCAL_POINT: READS,
            Role.REVIEWER: READS,
            Role.ADMINISTRATOR: MANAGES,
        },
        nav=NAV,
        events=(
            CohortCreated, CohortChanged, CohortMoved, PersonEnrolled, EnrolmentMoved, EnrolmentWithdrawn, TrackChanged,
            CourseStarted, UnitFinished, UnitCredited, EnrolmentCompleted,
        ),
        subscribers={PeopleMerged: (review_after_merge,)},
        jobs={
            TellEnrolled: tell_enrolled,
            TellMoved: tell_moved,
            ReviewCohort: review_cohort,
            ReviewPerson: review_person,
        },
        personal_data=(ENROLMENTS, PROGRESS, COMPLETIONS),
    )  # fmt: skip


@hookimpl
def register_completion_criteria() -> list[CompletionCriterion]:
    """Return the condition on lessons."""
    return [UnitsFinished()]


@hookimpl
def register_commitment_counters() -> list[CommitmentCounter]:
    """Return what agreements may count of learning."""
    return [PeopleTrained(), CoursesGiven()]


@hookimpl
def register_scope_providers() -> list[ScopeProvider]:
    """Let roles be given for a cohort."""
    return [CohortScopes()]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how enrolments, progress and completions follow."""
    return PERSON_ROWS


@hookimpl
def register_institution_ties() -> list[InstitutionTie]:
    """Say which enrolments depend on a merger of institutions."""
    return [Enrolled()]
