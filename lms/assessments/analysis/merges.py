"""What becomes of what was said of patterns when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

_WHY = _l("Dice qué se miró de los intentos de ese registro; los intentos juntos se miran otra vez.")
PERSON_ROWS = [
    PersonRows(
        name=f"analysis.pattern-review.{column}",
        label=_l("Avisos para conversar, ya vistos"),
        table="pattern_review",
        column=column,
        owner="enrolment",
        stays_because=_WHY,
    )
    for column in ("enrolment_id", "other_id")
]
