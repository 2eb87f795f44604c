"""E-mails about enrolments, and who completed a course after it changed."""

from datetime import UTC
from uuid import UUID

from lms.accounts import service as accounts
from lms.accounts.queries import get_person
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.i18n import _, current_language, speaking
from lms.core.jobs.orders import Progress
from lms.core.mail import Message
from lms.core.outbox import post
from lms.courses.queries import get_release
from lms.learning import letters, service
from lms.learning.messages import ReviewCohort, ReviewPerson, TellEnrolled, TellMoved
from lms.learning.models import EnrolmentState
from lms.learning.queries import get_cohort, get_enrolment, list_incomplete, list_my_enrolments
from lms.learning.reviewing import review_many
from lms.web.formats import medium_date
from lms.web.links import absolute_url, path_to


def review_cohort(order: ReviewCohort, progress: Progress) -> None:
    """Write the completion of everybody in a cohort who has all that the course asks now."""
    review_many(list_incomplete(UUID(order.cohort_id)), actor=SYSTEM, now=now(), progress=progress)


def review_person(order: ReviewPerson, _progress: Progress) -> None:
    """Write the completion of every course of a person in which nothing is missing now."""
    for study in list_my_enrolments(UUID(order.person_id)):
        service.review_completion(study.enrolment, actor=SYSTEM, now=now())


def tell_enrolled(order: TellEnrolled, _progress: Progress) -> None:
    """Write to an enrolled person: with the link to the course, or for a first password with an invitation."""
    enrolment = get_enrolment(UUID(order.enrolment_id))
    person = get_person(enrolment.person_id)
    if enrolment.state is not EnrolmentState.ACTIVE or not person.email:
        return
    cohort = get_cohort(enrolment.cohort_id)
    if person.has_accepted:
        post(letters.enrolled(enrolment, person, cohort), now=now())
        return
    path = path_to("learning.course", enrolment_id=enrolment.id)
    accounts.invite(person, reason=letters.say_place(cohort, person), path=path, now=now())


def tell_moved(order: TellMoved, _progress: Progress) -> None:
    """Write to a person in which cohort they study now; not if they were moved on or withdrawn meanwhile."""
    enrolment = get_enrolment(UUID(order.enrolment_id))
    person = get_person(enrolment.person_id)
    is_there = enrolment.state is EnrolmentState.ACTIVE and str(enrolment.cohort_id) == order.cohort_id
    if not is_there or not person.email:
        return
    cohort = get_cohort(enrolment.cohort_id)
    with speaking(person.language):
        first, last = (
            medium_date(day, language=current_language(), timezone=UTC)
            for day in (cohort.starts_on, cohort.ends_on)
        )
        text = _(
            "Buen día, %(name)s:\n\nDesde ahora estudia «%(course)s» con la cohorte %(cohort)s, del %(first)s al "
            "%(last)s. Lo que ya leyó y aprobó se conserva.\n\nPuede seguir aquí:\n%(address)s\n",
            name=person.given_names, course=get_release(cohort.release_id).title, cohort=cohort.name, first=first,
            last=last, address=absolute_url("learning.course", enrolment_id=enrolment.id),
        )  # fmt: skip
        subject = _("Cambió su cohorte: %(cohort)s", cohort=cohort.name)
    key = f"moved-{enrolment.id}-{order.revision}"
    post(Message(to=person.email, subject=subject, text=text, key=key), now=now())
