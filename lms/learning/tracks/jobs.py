"""The letter about a change of sector."""

from uuid import UUID

from lms.accounts.queries import get_person
from lms.core.clock import now
from lms.core.i18n import _, speaking
from lms.core.jobs.orders import Progress
from lms.core.mail import Message
from lms.core.outbox import post
from lms.learning.queries import get_cohort, get_enrolment
from lms.learning.tracks.messages import TellTrackAnswer
from lms.learning.tracks.queries import get_request
from lms.learning.tracks.rules import TrackState
from lms.web.links import absolute_url


def tell_answer(order: TellTrackAnswer, _progress: Progress) -> None:
    """Write to the person whose sector was asked about."""
    request = get_request(UUID(order.request_id))
    enrolment = get_enrolment(request.enrolment_id)
    person = get_person(enrolment.person_id)
    if not person.email:
        return
    with speaking(person.language):
        is_approved = request.state is TrackState.APPROVED
        said = _("Se aprobó su cambio de sector.") if is_approved else _("No se aprobó su cambio de sector.")
        text = _(
            "Buen día, %(name)s:\n\n%(said)s\n%(note)s\n\nCohorte: %(cohort)s\n%(address)s\n",
            name=person.given_names, said=said, note=request.note,
            cohort=get_cohort(enrolment.cohort_id).name,
            address=absolute_url("tracks.track_page", enrolment_id=enrolment.id),
        )  # fmt: skip
    post(Message(to=person.email, subject=str(said), text=text, key=f"track-{request.id}"), now=now())
