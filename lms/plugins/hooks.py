"""Every hook a plugin can implement. Each returns declarations and is called once, when the application starts."""

import pluggy

from lms.core.plugin_manager import PROJECT
from lms.plugins.attendance import AttendanceMethod, RegisterColumn
from lms.plugins.blocks import MarkdownBlock
from lms.plugins.certificates import DesignFolder
from lms.plugins.commitments import CommitmentCounter
from lms.plugins.criteria import CompletionCriterion
from lms.plugins.home import CohortTab, HomePanel, ReleaseAction
from lms.plugins.institutions import InstitutionPanel, InstitutionTie
from lms.plugins.people import PersonRows
from lms.plugins.questions import QuestionType
from lms.plugins.reports import Report
from lms.plugins.scopes import ScopeProvider
from lms.plugins.sittings import SittingPapers
from lms.plugins.slices import Slice

API_VERSION = 1

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def register_slice() -> Slice:
    """Return the plugin's pages, permissions, navigation, commands, jobs and subscribers."""
    raise NotImplementedError


@hookspec
def register_markdown_blocks() -> list[MarkdownBlock]:
    """Return blocks that authors can use in lessons as ``::: name``."""
    raise NotImplementedError


@hookspec
def register_question_types() -> list[QuestionType]:
    """Return kinds of question that quizzes can ask."""
    raise NotImplementedError


@hookspec
def register_completion_criteria() -> list[CompletionCriterion]:
    """Return conditions that an enrolment must meet to be complete."""
    raise NotImplementedError


@hookspec
def register_reports() -> list[Report]:
    """Return tables of figures; reports does scope, suppression, screen and files."""
    raise NotImplementedError


@hookspec
def register_scope_providers() -> list[ScopeProvider]:
    """Return the kinds of place for which roles can be given, such as institutions or programmes."""
    raise NotImplementedError


@hookspec
def register_home_panels() -> list[HomePanel]:
    """Return sections of the home page of whoever studies."""
    raise NotImplementedError


@hookspec
def register_cohort_tabs() -> list[CohortTab]:
    """Return pages about one cohort that are reached from the cohort's page."""
    raise NotImplementedError


@hookspec
def register_release_actions() -> list[ReleaseAction]:
    """Return what can be done with a release, offered on the page of it."""
    raise NotImplementedError


@hookspec
def register_institution_panels() -> list[InstitutionPanel]:
    """Return sections for the page of an institution."""
    raise NotImplementedError


@hookspec
def register_institution_ties() -> list[InstitutionTie]:
    """Return what stays with an institution that becomes part of another one."""
    raise NotImplementedError


@hookspec
def register_person_merges() -> list[PersonRows]:
    """Return how the slice's rows about people follow when two records of one person become one."""
    raise NotImplementedError


@hookspec
def register_attendance_methods() -> list[AttendanceMethod]:
    """Return ways to mark who was at a meeting; its pages offer them and the evidence names them."""
    raise NotImplementedError


@hookspec
def register_register_columns() -> list[RegisterColumn]:
    """Return figures in minutes that the register of a cohort shows for each person."""
    raise NotImplementedError


@hookspec
def register_commitment_counters() -> list[CommitmentCounter]:
    """Return what agreements and targets can promise in numbers that fill themselves."""
    raise NotImplementedError


@hookspec
def register_certificate_designs() -> list[DesignFolder]:
    """Return folders with designs of certificates; programmes choose among them."""
    raise NotImplementedError


@hookspec
def register_sitting_papers() -> list[SittingPapers]:
    """Return documents with a folio that accords of a commission's sessions can carry."""
    raise NotImplementedError
