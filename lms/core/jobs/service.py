"""What administrators do with jobs."""

from datetime import datetime

from lms.core.actors import Actor
from lms.core.events import publish
from lms.core.jobs.errors import JobNotDead
from lms.core.jobs.messages import JobRetried
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.outbox import send_after_commit


def retry(job: Job, *, actor: Actor, now: datetime) -> None:
    """Put a dead job back in the queue with a full set of attempts; raises JobNotDead for any other."""
    if job.state is not JobState.DEAD:
        raise JobNotDead
    job.state, job.run_at, job.finished_at = JobState.QUEUED, now, None
    send_after_commit(job.id)
    publish(JobRetried(at=now, actor=actor, subject_id=job.id, job_code=job.code))
