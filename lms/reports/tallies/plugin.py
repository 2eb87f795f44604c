"""Kept figures join the application: every fact that could change one counts its person again."""

from lms.accounts.messages import MarkedAsTest, RoleGiven, RoleTaken, UnmarkedAsTest
from lms.assessments.attempts.messages import AttemptExpired, QuizGraded, QuizSubmitted
from lms.assessments.grading.messages import AttemptRegraded
from lms.attendance.hours.messages import HoursClosed
from lms.attendance.messages import (
    AttendanceCorrected,
    AttendanceRecorded,
    MeetingCalledOff,
    PresenceMeasured,
)
from lms.certificates.issuing.messages import CertificateIssued, CertificateRevoked
from lms.core.events import Event
from lms.core.jobs.orders import Schedule
from lms.institutions.commission.messages import SeatChanged
from lms.institutions.directory import messages as directory
from lms.institutions.directory.messages import (
    AffiliationCorrected,
    AffiliationEnded,
    InstitutionChanged,
    PersonAffiliated,
)
from lms.institutions.merging.messages import MergeUndone, PeopleMerged
from lms.institutions.programmes.messages import (
    MemberAdded,
    MemberLeft,
    ProgrammeChanged,
    ProgrammeCreated,
    TargetSet,
)
from lms.institutions.succession.messages import InstitutionSucceeded, SuccessionUndone
from lms.learning.messages import (
    CohortMoved,
    CourseStarted,
    EnrolmentCompleted,
    EnrolmentMoved,
    EnrolmentWithdrawn,
    PersonEnrolled,
    TrackChanged,
    UnitCredited,
    UnitFinished,
)
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice
from lms.reports.tallies.cli import reports
from lms.reports.tallies.following import (
    begin,
    count_attempt,
    count_both,
    count_cohort,
    count_enrolment,
    count_holder,
    count_institution,
    count_meeting,
    count_named_enrolment,
    count_programme,
    count_subject,
)
from lms.reports.tallies.jobs import (
    count_span,
    follow_posts,
    recount_cohort,
    recount_institution,
    verify_tallies,
)
from lms.reports.tallies.merges import PERSON_ROWS
from lms.reports.tallies.messages import (
    CountSpan,
    EnrolmentsExported,
    FollowPosts,
    RecountCohort,
    RecountInstitution,
    SpanDropped,
    SpanKept,
    TalliesMended,
    VerifyTallies,
)
from lms.reports.tallies.privacy import STANDINGS
from lms.reports.tallies.versions import note_directory

DAILY = 24 * 60 * 60
ABOUT_AN_ENROLMENT = (CourseStarted, UnitFinished, UnitCredited, TrackChanged)
ABOUT_A_PERSON = (
    RoleGiven, RoleTaken, PersonAffiliated, AffiliationCorrected, AffiliationEnded, MarkedAsTest, UnmarkedAsTest,
)  # fmt: skip
NAMING_A_PERSON = (
    PersonEnrolled, EnrolmentMoved, EnrolmentWithdrawn, EnrolmentCompleted, CertificateIssued,
    CertificateRevoked,
)  # fmt: skip
NAMING_AN_ENROLMENT = (
    AttendanceRecorded, AttendanceCorrected, PresenceMeasured, HoursClosed, QuizSubmitted, QuizGraded,
    AttemptExpired,
)  # fmt: skip
ABOUT_THE_DIRECTORY = (
    MemberAdded,
    MemberLeft,
    SeatChanged,
    TargetSet,
    InstitutionSucceeded,
    SuccessionUndone,
    *(
        each for each in vars(directory).values()
        if isinstance(each, type) and issubclass(each, Event) and each not in {Event, *ABOUT_A_PERSON}
    ),
)  # fmt: skip
"""Whatever happens to institutions, the facts that somebody adds tomorrow too."""


@hookimpl
def register_slice() -> Slice:
    """Declare what keeps the figures true."""
    return Slice(
        name="tallies",
        commands=(reports,),
        events=(TalliesMended, EnrolmentsExported, SpanKept, SpanDropped),
        subscribers={
            ProgrammeCreated: (begin,),
            ProgrammeChanged: (count_programme,),
            CohortMoved: (count_cohort,),
            PeopleMerged: (count_both,),
            MergeUndone: (count_both,),
            MeetingCalledOff: (count_meeting,),
            AttemptRegraded: (count_attempt,),
            **dict.fromkeys(ABOUT_AN_ENROLMENT, (count_enrolment,)),
            **dict.fromkeys(ABOUT_A_PERSON, (count_subject,)),
            **dict.fromkeys(NAMING_A_PERSON, (count_holder,)),
            **dict.fromkeys(NAMING_AN_ENROLMENT, (count_named_enrolment,)),
            **dict.fromkeys(ABOUT_THE_DIRECTORY, (note_directory,)),
            InstitutionChanged: (note_directory, count_institution),
        },
        jobs={
            VerifyTallies: verify_tallies,
            RecountCohort: recount_cohort,
            RecountInstitution: recount_institution,
            FollowPosts: follow_posts,
            CountSpan: count_span,
        },
        schedules=(
            Schedule(order=VerifyTallies(), every_seconds=DAILY),
            Schedule(order=FollowPosts(), every_seconds=DAILY),
        ),
        personal_data=(STANDINGS,),
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say that standings stay where they are: both records are counted again."""
    return PERSON_ROWS
