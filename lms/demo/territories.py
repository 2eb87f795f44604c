"""The catalogue of territories that the product ships."""

from datetime import datetime

from lms.core.actors import SYSTEM
from lms.core.context import current_settings
from lms.core.workbooks import read_table
from lms.institutions.intake.service import save_territories
from lms.institutions.intake.territories import plan_territories


def fill_territories(now: datetime) -> None:
    """Load the catalogue before the institutions that are in its territories."""
    file = current_settings().content_dir / "reference" / "territorios.csv"
    save_territories(plan_territories(read_table(file.read_bytes())), actor=SYSTEM, now=now)
