"""What people are told about their place in a cohort, apart from sending it."""

from datetime import UTC

from lms.accounts.models import Person
from lms.core.i18n import _, current_language, speaking
from lms.core.mail import Message
from lms.courses.queries import get_release
from lms.learning.models import Cohort, Enrolment
from lms.web.formats import medium_date
from lms.web.links import absolute_url


def say_place(cohort: Cohort, person: Person) -> str:
    """Return the sentence that tells a person of their place, in their language."""
    with speaking(person.language):
        first, last = (
            medium_date(day, language=current_language(), timezone=UTC)
            for day in (cohort.starts_on, cohort.ends_on)
        )
        text: str = _(
            "Tiene un lugar en el curso «%(course)s», del %(first)s al %(last)s.",
            course=get_release(cohort.release_id).title, first=first, last=last,
        )  # fmt: skip
    return text


def enrolled(enrolment: Enrolment, person: Person, cohort: Cohort) -> Message:
    """Return the letter for whoever has an account already, with the link to the course."""
    with speaking(person.language):
        text = _(
            "Buen día, %(name)s:\n\n%(reason)s\n\nPuede empezar aquí:\n%(address)s\n",
            name=person.given_names, reason=say_place(cohort, person),
            address=absolute_url("learning.course", enrolment_id=enrolment.id),
        )  # fmt: skip
        subject = _("Su inscripción: %(course)s", course=get_release(cohort.release_id).title)
    key = f"enrolled-{enrolment.id}-{enrolment.enrolled_at:%Y%m%d%H%M%S}"
    return Message(to=person.email or "", subject=subject, text=text, key=key)
