"""From an id and an actor to a long file that they sent, or nothing."""

from uuid import UUID

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.institutions.intake.models import IntakeRun


def access_run(actor: Actor, run_id: UUID) -> IntakeRun:
    """Return a long file of whoever sent it; for everybody else there is none."""
    run = db.session.get(IntakeRun, run_id)
    if run is None or run.person_id != actor.person_id:
        raise NotFound
    return run
