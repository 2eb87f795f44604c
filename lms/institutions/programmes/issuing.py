"""Writes down which authorities issue a programme's certificates, in order, and with which logos."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.programmes.messages import IssuersSet
from lms.institutions.programmes.models import Issuer, Programme
from lms.institutions.programmes.queries import Issuing


def set_issuers(programme: Programme, issuers: Sequence[Issuing], *, actor: Actor, now: datetime) -> None:
    """Set who issues, the programme's own authority first; certificates already issued keep theirs."""
    own, *others = issuers
    programme.issuer_name, programme.issuer_unit, programme.issuer_logo = own.name, own.unit, own.logo
    db.session.execute(delete(Issuer).where(Issuer.programme_id == programme.id))
    for position, each in enumerate(others, start=2):
        db.session.add(
            Issuer(
                id=new_id(), programme_id=programme.id, position=position, name=each.name, unit=each.unit,
                logo=each.logo,
            )
        )  # fmt: skip
    db.session.flush()
    names = tuple(each.name for each in issuers)
    publish(IssuersSet(at=now, actor=actor, subject_id=programme.id, names=names))
