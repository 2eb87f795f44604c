"""What one page costs the processor, apart from whatever else the machine does meanwhile."""

import time
from collections.abc import Callable
from statistics import median

from flask import Flask

from bench.scene import Visit

TIMES = 15
LONG = 2_000
"""Milliseconds from which once is enough."""


def cost(app: Flask, visit: Visit, *, before: Callable[[], None] | None = None, times: int = TIMES) -> float:
    """Return the median of the milliseconds of processor time that a page costs, after it was opened once.

    ``before`` is done each time and not counted. A page that answers anything but 200 raises ValueError.
    """
    client = app.test_client()
    name, _, value = visit.cookie.partition("=")
    client.set_cookie(name, value)
    client.get(visit.path)
    costs: list[float] = []
    while len(costs) < times and not (costs and costs[-1] > LONG):
        if before:
            before()
        began = time.process_time()
        answer = client.get(visit.path)
        costs.append(1000 * (time.process_time() - began))
        if answer.status_code != 200:
            message = f"{visit.path}: {answer.status_code}"
            raise ValueError(message)
    return median(costs)
