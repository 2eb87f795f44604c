"""E-mails about reviews, written with the change they speak of."""

from collections.abc import Iterable
from datetime import datetime

from lms.accounts.models import Person
from lms.accounts.queries import get_person
from lms.authoring.models import Draft, Review, ReviewState
from lms.core.i18n import _, speaking
from lms.core.mail import Message
from lms.core.outbox import post
from lms.web.links import absolute_url


def tell_requested(review: Review, draft: Draft, people: Iterable[Person], *, now: datetime) -> None:
    """Write to whoever may review a draft that its authors ask for it."""
    page = absolute_url("authoring.review_page", draft_id=draft.id, review_id=review.id)
    for person in people:
        if not person.email:
            continue
        with speaking(person.language):
            text = _(
                "Buen día, %(name)s:\n\nSe pide la revisión del curso «%(title)s» antes de publicarlo.\n\n"
                "Para ver qué cambió, comentar y decidir:\n%(page)s\n",
                name=person.given_names, title=draft.title, page=page,
            )  # fmt: skip
            subject = _("Revisión pedida: %(title)s", title=draft.title)
        key = f"review-requested-{review.id}-{person.id}"
        post(Message(to=person.email, subject=subject, text=text, key=key), now=now)


def tell_decided(review: Review, draft: Draft, *, now: datetime) -> None:
    """Write to whoever asked for a review how it ended, unless they decided it themselves."""
    if review.requested_by_id is None or review.requested_by_id == review.decided_by_id:
        return
    person = get_person(review.requested_by_id)
    if not person.email:
        return
    page = absolute_url("authoring.review_page", draft_id=draft.id, review_id=review.id)
    with speaking(person.language):
        if review.state is ReviewState.APPROVED:
            subject = _("Aprobado: %(title)s", title=draft.title)
            decided = _(
                "Se aprobó el borrador del curso «%(title)s». Ya puede publicarse.", title=draft.title
            )
        else:
            subject = _("Devuelto con notas: %(title)s", title=draft.title)
            decided = _("Se devolvió el borrador del curso «%(title)s» con notas.", title=draft.title)
        text = _(
            "Buen día, %(name)s:\n\n%(decided)s\n\nLa revisión, con sus comentarios:\n%(page)s\n",
            name=person.given_names, decided=decided, page=page,
        )  # fmt: skip
    key = f"review-decided-{review.id}"
    post(Message(to=person.email, subject=subject, text=text, key=key), now=now)
