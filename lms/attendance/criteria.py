"""The criterion that attendance contributes: a share of all planned meetings, and every mandatory one."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from lms.attendance import words
from lms.attendance.register import shares_of
from lms.attendance.shares import Share
from lms.core.clock import now
from lms.core.i18n import _, _l, current_language, n_
from lms.plugins.criteria import CompletionCriterion, State, Verdict
from lms.web import formats
from lms.web.links import path_to


class AttendedShare(CompletionCriterion):
    """The share of planned meetings that the programme asks for was attended, and so was each mandatory one."""

    name = "attended-share"

    def judge(self, enrolment_ids: Sequence[UUID]) -> Mapping[UUID, Verdict | None]:
        """Return the verdict on each enrolment, in three queries; None for a cohort without planned meetings."""
        shares = shares_of(enrolment_ids, now())
        return {key: _verdict(share) if share else None for key, share in shares.items()}


def _verdict(share: Share) -> Verdict:
    return Verdict(
        criterion=AttendedShare.name,
        state=share.state,
        title=_l("Asistencia a las sesiones"),
        detail=" ".join(sentences(share)),
        action="" if share.state is State.MET else path_to("attendance.my_meetings"),
    )


def sentences(share: Share) -> list[str]:
    """Return what was attended, what is asked for, and what is missing, for the person."""
    said = [_attended(share)]
    match share.state:
        case State.NOT_YET:
            said += _left(share)
        case State.CANNOT:
            said += _lost(share)
    return said


def _attended(share: Share) -> str:
    return str(
        _(
            "Asistió a %(attended)s de %(planned)s sesiones (%(share)s); el mínimo es %(needed)s.",
            attended=words.amount(share.attended),
            planned=share.planned,
            share=_percent(share.fraction),
            needed=words.amount(share.needed),
        )
    )


def _left(share: Share) -> list[str]:
    said = []
    if share.missing:
        said.append(
            n_(
                "Le falta %(num)s y todavía puede asistir a %(left)s.",
                "Le faltan %(num)s y todavía puede asistir a %(left)s.",
                share.missing,
                left=share.left,
            )
        )
    said += [_("Falta la sesión obligatoria «%(title)s».", title=title) for title in share.mandatory_left]
    return said


def _lost(share: Share) -> list[str]:
    said = []
    if share.reachable < share.asked:
        most = _percent(share.reachable_fraction)
        said.append(_("Aunque asista a todo lo que queda llegaría a %(most)s.", most=most))
    said += [_("Faltó a la sesión obligatoria «%(title)s».", title=title) for title in share.mandatory_missed]
    said.append(_("La secretaría técnica puede registrar una falta justificada."))
    return said


def _percent(fraction: Fraction) -> str:
    return formats.percent(float(fraction), language=current_language())
