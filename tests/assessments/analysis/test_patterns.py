"""What deserves a look in the attempts at a quiz: what is listed, what never is, and how seldom chance alone is."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lms.assessments.analysis.coincidences import coincidences, tail
from lms.assessments.analysis.paces import hurries
from lms.assessments.analysis.patterns import find_patterns
from lms.assessments.analysis.replies import RATE, Reply, Sitting
from lms.assessments.analysis.runs import long_runs

START = datetime(2026, 11, 20, 15, tzinfo=UTC)
WORDS = dict.fromkeys([f"p{number:02}" for number in range(40)], 60)
"""Six seconds at the rate at which nobody reads."""


def reply(number, key, at, shown="abcd"):
    return Reply(
        question=f"p{number:02}",
        chosen=(key,),
        is_right=key == "a",
        at=at,
        shown=tuple(shown),
        right=("a",),
        is_single=True,
    )


def sitting(person, replies, start=START):
    return Sitting(
        enrolment_id=UUID(int=person),
        started_at=start,
        submitted_at=max(each.at for each in replies),
        replies=tuple(replies),
    )


def honest(chance, people=25, questions=24, facility=0.45):
    """Return people who answer alone: different in what they know, tempted by the same options."""
    tempting = [[chance.random() + 0.2 for _option in "bcd"] for _question in range(questions)]
    found = []
    for person in range(people):
        known, moment, replies = facility + chance.gauss(0, 0.15), START, []
        for number in range(questions):
            moment += timedelta(seconds=chance.uniform(8, 90))
            wrong = chance.choices("bcd", tempting[number])[0]
            shown = chance.sample("abcd", 4)
            replies.append(reply(number, "a" if chance.random() < known else wrong, moment, shown))
        found.append(sitting(person, replies))
    return found


def paced(*gaps):
    """Return an attempt whose answers came so many seconds one after the other."""
    moments = [START + timedelta(seconds=sum(gaps[: number + 1])) for number in range(len(gaps))]
    return sitting(1, [reply(number, "a", at) for number, at in enumerate(moments)])


@pytest.mark.parametrize(
    ("gaps", "quick"),
    [
        ((2,) * 6, 6),
        ((5.9,) * 5, 5),
        ((2,) * 4, None),  # too short to say anything
        ((6,) * 6, None),  # exactly the time to read
        ((2, 2, 2, 9, 9, 9), None),  # half of them, and no more
        ((2, 2, 2, 2, 600, 2), None),  # had the time, whatever became of it
        ((600, 1, 1, 1, 1, 1), None),  # went through all answers again at the end
        ((30, 0, 0, 0, 0, 0, 0), 6),  # all at once after half a minute: forty-two seconds of reading
    ],
)
def test_an_attempt_is_listed_when_nobody_could_have_read_it(gaps, quick):
    found = hurries([paced(*gaps)], WORDS)
    assert [each.quick for each in found] == ([] if quick is None else [quick])


@given(st.lists(st.floats(0, 1), max_size=20), st.integers(0, 20))
def test_the_chance_of_so_many_or_more(chances, least):
    exact = np.ones(1)
    for chance in chances:
        exact = np.convolve(exact, [1 - chance, chance])
    assert tail(chances, least) == pytest.approx(exact[least:].sum() if least else 1, abs=1e-12)
    assert tail([0.3] * 20, least) == pytest.approx(stats.binom.sf(least - 1, 20, 0.3))


def test_two_people_with_the_same_errors_are_listed_and_skipping_the_same_lesson_is_no_sign():
    people = honest(random.Random(7))  # noqa: S311 - people invented for a test
    assert coincidences(people)[1] == []
    twin = replace(people[0], enrolment_id=UUID(int=99), submitted_at=START + timedelta(hours=9))
    compared, (found,) = coincidences([*people, twin])
    assert found.enrolment_ids == (UUID(int=0), UUID(int=99))
    assert set(found.questions) <= {each.question for each in twin.replies if not each.is_right}
    assert found.expected < len(found.questions) == found.shared
    assert 0 < compared <= 26 * 25 / 2
    chance = random.Random(8)  # noqa: S311 - people invented for a test
    for number in (0, 1):  # both miss the last sixteen questions, each in their own way
        replies = people[number].replies[:8] + tuple(
            replace(each, chosen=(chance.choice("bcd"),), is_right=False)
            for each in people[number].replies[8:]
        )
        people[number] = replace(people[number], replies=replies)
    assert coincidences(people)[1] == []


def test_a_run_is_listed_unless_whoever_knows_the_answers_has_it_too():
    people = honest(random.Random(3))  # noqa: S311 - people invented for a test
    assert long_runs(people) == []
    first = [
        replace(each, chosen=each.shown[:1], is_right=each.shown[0] == "a") for each in people[4].replies
    ]
    people[4] = replace(people[4], replies=tuple(first))
    (found,) = long_runs(people)
    assert (found.enrolment_id, found.place, found.length, found.answered) == (UUID(int=4), 1, 24, 24)
    # The key always stands first and the options are not shuffled: whoever knows everything has the longest run.
    same = [
        replace(each, replies=tuple(replace(one, shown=tuple("abcd")) for one in each.replies))
        for each in people
    ]
    knows = replace(
        same[0], replies=tuple(replace(one, chosen=("a",), is_right=True) for one in same[0].replies)
    )
    assert UUID(int=0) not in {run.enrolment_id for run in long_runs([knows, *same[1:]])}


def test_few_people_are_not_compared():
    people = honest(random.Random(5), people=8)  # noqa: S311 - people invented for a test
    found = find_patterns([*people, replace(people[0], enrolment_id=UUID(int=99))], WORDS)
    assert (found.sittings, found.compared, found.lined, found.count) == (9, 0, 0, 0)


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_the_order_of_people_changes_nothing(seed):
    chance = random.Random(seed)  # noqa: S311 - people invented for a test
    people = honest(chance, people=12)
    people += [
        replace(people[0], enrolment_id=UUID(int=99)),
        replace(paced(*(1,) * 12), enrolment_id=UUID(int=98)),
    ]
    found = find_patterns(people, WORDS)
    chance.shuffle(people)
    assert find_patterns(people, WORDS) == found
    assert found.hurries


def test_people_who_work_alone_are_listed_no_more_often_than_is_said():
    chance, quizzes = random.Random(20261122), 80  # noqa: S311 - people invented for a test
    found = [
        find_patterns(honest(chance, facility=chance.uniform(0.2, 0.8)), WORDS) for _quiz in range(quizzes)
    ]
    assert all(each.compared and each.lined == 25 for each in found[:3])
    most = stats.binom.ppf(0.999, quizzes, RATE)
    assert sum(bool(each.coincidences) for each in found) <= most
    assert sum(bool(each.runs) for each in found) <= most
    assert not any(each.hurries for each in found)
