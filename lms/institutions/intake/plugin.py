"""Taking in files joins the application."""

from lms.core.jobs.models import Job
from lms.core.storage import KeptFiles
from lms.core.sweeping import hashes_in
from lms.institutions.intake.cli import territories
from lms.institutions.intake.jobs import forget_run, forget_upload, judge_batch, save_batch
from lms.institutions.intake.merges import PERSON_ROWS
from lms.institutions.intake.messages import (
    ForgetRun,
    ForgetUpload,
    InstitutionsImported,
    JudgeBatch,
    PeopleImported,
    SaveBatch,
)
from lms.institutions.intake.privacy import FILES
from lms.institutions.intake.views import files, runs
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the pages that take files; permissions are those of the directory."""
    return Slice(
        name="intake",
        blueprints=(files.bp, runs.bp),
        commands=(territories,),
        events=(PeopleImported, InstitutionsImported),
        jobs={
            ForgetUpload: forget_upload,
            JudgeBatch: judge_batch,
            SaveBatch: save_batch,
            ForgetRun: forget_run,
        },
        personal_data=(FILES,),
        kept_files=(
            KeptFiles(
                name="intake.uploads", named=hashes_in(Job.payload, where=Job.code == ForgetUpload.code)
            ),
        ),
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how files on their way in follow."""
    return PERSON_ROWS
