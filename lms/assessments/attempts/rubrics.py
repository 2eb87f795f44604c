"""What a rubric makes of the levels that a person chose. Pure."""

from collections.abc import Mapping
from fractions import Fraction

from lms.plugins.questions import Config


def share(config: Config, levels: Mapping[str, int]) -> Fraction | None:
    """Return the share of the rubric's points that these levels earn, by key of the criterion, from 0.

    None where the question has no rubric, or a criterion lacks its level: then nobody has judged all of it.
    """
    rubric = config["details"].get("rubric")
    if not rubric:
        return None
    points = rubric["points"]
    chosen = [levels.get(criterion["key"], -1) for criterion in rubric["criteria"]]
    if not all(0 <= level < len(points) for level in chosen):
        return None
    return Fraction(sum(points[level] for level in chosen), points[-1] * len(chosen))
