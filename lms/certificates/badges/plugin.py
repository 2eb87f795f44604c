"""Open Badges and the signature of files join the application."""

from flask.blueprints import BlueprintSetupState

from lms.certificates.badges import cli
from lms.certificates.badges.jobs import warn_of_signing
from lms.certificates.badges.messages import WarnOfSigning
from lms.certificates.badges.views import bp
from lms.certificates.credentials.identity import identity_of
from lms.certificates.credentials.messages import BadgeKeyMade, BadgeKeyWithdrawn, TimeStampMissed
from lms.core.context import SETTINGS
from lms.core.jobs.orders import Schedule
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice

DAY = 24 * 60 * 60
COMMANDS = (cli.keys,)
"""Their import adds them to the command ``lms certificate``."""


def _open_identity(state: BlueprintSetupState) -> None:
    """Open the certificate that signs files while the application starts, so that a fault shows itself then."""
    identity_of(state.app.extensions[SETTINGS])


bp.record_once(_open_identity)


@hookimpl
def register_slice() -> Slice:
    """Declare the public files, the commands about keys and the warning before the certificate ends."""
    return Slice(
        name="badges",
        blueprints=(bp,),
        events=(BadgeKeyMade, BadgeKeyWithdrawn, TimeStampMissed),
        jobs={WarnOfSigning: warn_of_signing},
        schedules=(Schedule(order=WarnOfSigning(), every_seconds=DAY),),
    )
