"""How many due dates a second one process computes: the mix of a district, with and without stretches that are not counted."""

import random
import time
from datetime import date, timedelta

from yichuang.calendars.formats import builtin_calendar
from yichuang.deadlines.rules import Excluded, due_date

COMPUTATIONS = 100_000
BATCH = 100


def questions() -> list[tuple[date, int, str, tuple[Excluded, ...]]]:
    """The same every time: usual limits, one in five in natural days, one in twenty with an expert review."""
    chance = random.Random(20230418)  # noqa: S311 - a reproducible choice, not a secret
    asked = []
    for number in range(COMPUTATIONS):
        start = date(2022, 1, 4) + timedelta(days=chance.randrange(1700))
        paused = start + timedelta(days=3)
        review = (Excluded(paused, paused + timedelta(days=14), "专家评审"),) if number % 20 == 0 else ()
        asked.append(
            (
                start,
                chance.choice((1, 3, 5, 10, 20, 30, 45, 60, 200)),
                "natural" if number % 5 == 0 else "working",
                review,
            )
        )
    return asked


def run() -> dict[str, object]:
    calendar = builtin_calendar()
    asked = questions()
    due_date(asked[0][0], 1, "working", calendar)  # The first computation of a process compiles the tables.
    took = []
    for first in range(0, COMPUTATIONS, BATCH):
        begin = time.perf_counter()
        for start, limit, unit, excluded in asked[first : first + BATCH]:
            due_date(start, limit, unit, calendar, excluded=excluded)
        took.append((time.perf_counter() - begin) * 1000 / BATCH)
    took.sort()
    return {
        "name": "due_computations",
        "value": round(1000 * len(took) / sum(took)),
        "unit": "computations/s",
        "p50_ms": round(took[len(took) // 2], 4),
        "p99_ms": round(took[int(len(took) * 0.99)], 4),
        "ratio": None,
    }
