"""Who wants to write waits for whoever writes now, in its own process or in another; leaving lets the next one in."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting

import pytest

from lms.core.write_queue import WriteQueue


@pytest.mark.parametrize("process", ["the same", "another"])
@pytest.mark.parametrize("ends", ["leave", "close"])
def test_a_turn_waits_for_the_one_before(tmp_path, process, ends):
    path = str(tmp_path / "queue")
    here = WriteQueue(path)
    there = here if process == "the same" else WriteQueue(path)  # a queue of its own, as another process has
    first, second = here.turn(), there.turn()
    second.leave()
    first.take()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(second.take)
        with pytest.raises(StillWaiting):
            waiting.result(0.1)
        getattr(first, ends)()
        waiting.result(5)
    second.close()
    second.close()
