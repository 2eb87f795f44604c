"""What focal points are told of a call: that it closes and places are left, and how it ended."""

from collections.abc import Iterator

from lms.attendance.notices.calls import CallPart
from lms.attendance.notices.rules import NoticeKind
from lms.core.i18n import _, current_language, n_
from lms.learning.nominations.history import Outcome
from lms.learning.nominations.queries import QuotaRow
from lms.learning.nominations.rules import NominationState
from lms.web.formats import date_time
from lms.web.links import absolute_url


def say_call(kind: NoticeKind, part: CallPart) -> tuple[str, str]:
    """Return the subject and the body of a notice about a call."""
    return _closing(part) if kind is NoticeKind.CALL_CLOSING else _results(part)


def _closing(part: CallPart) -> tuple[str, str]:
    found = part.found
    return _("La convocatoria está por cerrar: %(course)s", course=found.course), _(
        "La convocatoria para «%(course)s» (%(cohort)s) cierra el %(deadline)s.\n\n%(places)s\n\n"
        "Proponer personas:\n%(address)s",
        course=found.course, cohort=found.cohort.name, deadline=_deadline(part),
        places="\n".join(_place_left(row) for row in part.with_places), address=_address(part),
    )  # fmt: skip


def _place_left(row: QuotaRow) -> str:
    left = n_("queda %(num)s lugar", "quedan %(num)s lugares", row.quota.free)
    if row.is_silent:
        return str(_("· %(name)s: %(left)s y todavía no propone a nadie", name=row.institution, left=left))
    return str(_("· %(name)s: %(left)s", name=row.institution, left=left))


def _results(part: CallPart) -> tuple[str, str]:
    found = part.found
    return _("Cómo quedó la convocatoria: %(course)s", course=found.course), _(
        "La convocatoria para «%(course)s» (%(cohort)s) cerró el %(deadline)s. Así están las personas que su "
        "institución propuso:\n\n%(groups)s\n\nVer el detalle:\n%(address)s",
        course=found.course, cohort=found.cohort.name, deadline=_deadline(part),
        groups="\n\n".join(_groups(part)), address=_address(part),
    )  # fmt: skip


def _groups(part: CallPart) -> Iterator[str]:
    titles = (
        (_("Tienen un lugar"), {NominationState.ACCEPTED}),
        (_("En lista de espera, en este orden"), {NominationState.WAITING}),
        (_("Por decidir"), {NominationState.PROPOSED, NominationState.LATE}),
        (_("No aceptadas"), {NominationState.DECLINED}),
        (_("Retiradas"), {NominationState.WITHDRAWN}),
    )
    for title, states in titles:
        if rows := [each for each in part.outcomes if each.state in states]:
            yield "\n".join([f"{title} ({len(rows)}):", *(_line(each) for each in rows)])
    if left := sum(row.quota.free for row in part.with_places):
        yield str(n_("Quedó %(num)s lugar sin usar.", "Quedaron %(num)s lugares sin usar.", left))


def _line(each: Outcome) -> str:
    if each.reason:
        return str(_("· %(name)s. Motivo: %(reason)s", name=each.name, reason=each.reason))
    return f"· {each.name}"


def _deadline(part: CallPart) -> str:
    moment, zone = part.found.call.closes_at, part.found.zone
    return date_time(moment, language=current_language(), timezone=zone)


def _address(part: CallPart) -> str:
    return absolute_url("nominations.call_page", call_id=part.found.id)
