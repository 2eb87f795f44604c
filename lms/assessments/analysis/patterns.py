"""What in the attempts at a quiz deserves a look; it proves nothing, and nothing follows from it by itself. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from lms.assessments.analysis.coincidences import Coincidence, coincidences
from lms.assessments.analysis.paces import Hurry, can_judge_pace, hurries
from lms.assessments.analysis.replies import ENOUGH_REPLIES, Matter, Sitting
from lms.assessments.analysis.runs import Run, can_judge_runs, long_runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """What was found, with how much there was to look at."""

    sittings: int
    paced: int
    """Attempts with enough answers to speak of their pace."""
    hurries: Sequence[Hurry]
    compared: int
    """Pairs of people with enough errors in common; none below ten people."""
    coincidences: Sequence[Coincidence]
    lined: int
    """Attempts with enough answers to speak of runs; none below ten people."""
    runs: Sequence[Run]

    @property
    def count(self) -> int:
        """Return how many things there are to look at."""
        return len(self.matters)

    @property
    def matters(self) -> list[Matter]:
        """Return what all of it is about, in the order of the page."""
        return [
            *(each.matter for each in self.hurries),
            *(each.matter for each in self.coincidences),
            *(each.matter for each in self.runs),
        ]

    def without(self, matters: Collection[Matter]) -> "Patterns":
        """Return the same with nothing of these matters."""
        return replace(
            self,
            hurries=[each for each in self.hurries if each.matter not in matters],
            coincidences=[each for each in self.coincidences if each.matter not in matters],
            runs=[each for each in self.runs if each.matter not in matters],
        )


def find_patterns(sittings: Sequence[Sitting], words: Mapping[str, int]) -> Patterns:
    """Return what deserves a look in the attempts at a quiz; `words` counts those of each question.

    The order of the attempts changes nothing.
    """
    is_group = len(sittings) >= ENOUGH_REPLIES
    compared, pairs = coincidences(sittings) if is_group else (0, [])
    return Patterns(
        sittings=len(sittings),
        paced=sum(can_judge_pace(sitting) for sitting in sittings),
        hurries=hurries(sittings, words),
        compared=compared,
        coincidences=pairs,
        lined=sum(can_judge_runs(sitting) for sitting in sittings) if is_group else 0,
        runs=long_runs(sittings) if is_group else [],
    )
