"""What goes on when a member becomes part of another institution: its unsent progress, and what it answers for.

What was sent stays with who sent it: the matrix tells it under the member's name, as of every day.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.i18n import n_
from lms.core.text import Text
from lms.core.types import Json
from lms.institutions.directory.queries import get_institution
from lms.institutions.succession.queries import find_heir
from lms.plugins.institutions import InstitutionTie
from lms.reports.progress import letters, queries
from lms.reports.progress.messages import ProgressInherited
from lms.reports.progress.models import ProgressResponsible, ProgressSubmission
from lms.reports.progress.rules import OPEN, StepKind
from lms.reports.progress.service import add_step, hold

SUBMISSIONS, INDICATORS = "submissions", "indicators"


class UnsentProgress(InstitutionTie):
    """The forms that it has not sent, and the indicators that name it, in every plan."""

    name = "progress.unsent"

    def told(
        self,
        institution_id: UUID,
        now: datetime,  # noqa: ARG002  # the contract passes it
    ) -> list[Text]:
        """Return how much it sent: that stays with it."""
        sent = queries.count_sent(institution_id)
        if not sent:
            return []
        return [
            n_(
                "El avance trimestral que ya envió se queda con ella.",
                "Los %(num)s avances trimestrales que ya envió se quedan con ella.",
                sent,
            )
        ]

    def goes_on(
        self,
        institution_id: UUID,
        heirs: Sequence[UUID],
        now: datetime,  # noqa: ARG002  # the contract passes it
    ) -> list[Text]:
        """Return which institution fills in what was not sent, and answers for the indicators of the plan."""
        heir = get_institution(heirs[0]).name
        forms = len(queries.list_written_by(institution_id))
        numbers = [each.number for each in queries.list_responsible(institution_id)]
        told: list[Text] = []
        if forms:
            told.append(
                n_(
                    "Un avance trimestral sin enviar lo llenará %(heir)s, a nombre de ella.",
                    "%(num)s avances trimestrales sin enviar los llenará %(heir)s, a nombre de ella.",
                    forms,
                    heir=heir,
                )
            )
        if numbers:
            told.append(
                n_(
                    "Del indicador %(numbers)s del plan responderá %(heir)s, si tiene asiento en la comisión.",
                    "De %(num)s indicadores del plan (%(numbers)s) responderá %(heir)s, si tiene asiento en la "
                    "comisión.",
                    len(numbers),
                    numbers=", ".join(numbers),
                    heir=heir,
                )
            )
        return told

    def hand_over(self, institution_id: UUID, heirs: Sequence[UUID], *, actor: Actor, now: datetime) -> Json:
        """Give both to the first institution: for each form who wrote it before, and where it answered already."""
        heir_id, member = heirs[0], get_institution(institution_id).name
        forms: dict[str, str | None] = {}
        for submission in queries.list_written_by(institution_id):
            hold(submission)
            if submission.state not in OPEN:
                continue
            forms[submission.id.hex] = submission.heir_id.hex if submission.heir_id else None
            _pass(submission, heir_id, StepKind.HANDED_OVER, actor, now)
            for each, people in queries.list_writers([submission]) if submission.is_open else ():
                letters.write_inherited(each, people, member, now=now)
        indicators = {
            each.id.hex: _answer_for(each.id, institution_id, heir_id)
            for each in queries.list_responsible(institution_id)
        }
        if forms or indicators:
            publish(
                ProgressInherited(
                    at=now,
                    actor=actor,
                    subject_id=institution_id,
                    submissions=len(forms),
                    indicators=len(indicators),
                )
            )
        return {
            SUBMISSIONS: forms, INDICATORS: indicators, "from": institution_id.hex, "to": heir_id.hex,
        }  # fmt: skip

    def give_back(self, handed: Json, *, actor: Actor, now: datetime) -> None:
        """Give back the forms with what was written since, sent or not, and each indicator that nobody changed.

        What was opened for the member or returned to it meanwhile went to the heir at once: it is given back too.
        """
        member, heir = UUID(hex=handed["from"]), UUID(hex=handed["to"])
        for key, before in handed[SUBMISSIONS].items():
            submission = db.session.get(ProgressSubmission, UUID(hex=key))
            if submission is None:
                continue
            hold(submission)
            if submission.heir_id == heir:
                _pass(submission, UUID(hex=before) if before else None, StepKind.GIVEN_BACK, actor, now)
        _give_later_forms_back(member, heir, actor, now)
        for key, had_it in handed[INDICATORS].items():
            indicator_id = UUID(hex=key)
            theirs = db.session.get(ProgressResponsible, (indicator_id, heir))
            if theirs is None or db.session.get(ProgressResponsible, (indicator_id, member)) is not None:
                continue
            db.session.add(ProgressResponsible(indicator_id=indicator_id, institution_id=member))
            if not had_it:
                db.session.delete(theirs)
        db.session.flush()


def _pass(
    submission: ProgressSubmission, heir_id: UUID | None, kind: StepKind, actor: Actor, now: datetime
) -> None:
    submission.heir_id = heir_id
    add_step(submission, kind, actor, now)


def _give_later_forms_back(member: UUID, heir: UUID, actor: Actor, now: datetime) -> None:
    """Give to a member again what was opened or returned since the heir writes for it, and for those before it."""
    for submission in queries.list_written_by(heir):
        whose = submission.institution_id
        if whose == heir or (whose != member and find_heir(whose) != member):
            continue
        hold(submission)
        if submission.state in OPEN:
            _pass(submission, None if whose == member else member, StepKind.GIVEN_BACK, actor, now)


def _answer_for(indicator_id: UUID, member_id: UUID, heir_id: UUID) -> bool:
    """Put the heir in the member's place; say whether it answered for the indicator already."""
    had_it = db.session.get(ProgressResponsible, (indicator_id, heir_id)) is not None
    db.session.delete(db.session.get_one(ProgressResponsible, (indicator_id, member_id)))
    if not had_it:
        db.session.add(ProgressResponsible(indicator_id=indicator_id, institution_id=heir_id))
    db.session.flush()
    return had_it
