"""A class on one server: all open the link in the same second, then each moves a control every few seconds."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from lessons.words import num
from tests.bench.measure import Row, row
from tests.client import learner
from tests.serve import Server, serving

X, Y = np.array([1.0, 2, 3, 4]), np.array([2.0, 4, 5, 4])
UNFIXED = ("--runner.postScriptGC=true", "--runner.fastReruns=true", "--server.fileWatcherType=auto")
"""Streamlit's own settings, in place of the repository's."""
PLAIN = "import gc, sys; gc.freeze = lambda: None; sys.modules['uvloop'] = None"
"""What else Streamlit is like by itself: nothing is taken out of its collections, and it runs on asyncio's own loop."""


@dataclass
class Lesson:
    """What a class met with: seconds until each page opened and until each control answered, and server CPU a rerun."""

    opened: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    cpu: float = 0.0
    memory: float = 0.0


async def attend(server: Server, seed: int, reruns: int, think: float, lesson: Lesson) -> None:
    """One learner: opens lesson 1 within the first second and tries weights, checking the loss that comes back."""
    draw = random.Random(seed)
    await asyncio.sleep(draw.random())
    start = time.perf_counter()
    async with learner(server.address, "one_weight") as one:
        lesson.opened.append(time.perf_counter() - start)
        for _ in range(reruns):
            await asyncio.sleep(think * (0.5 + draw.random()))
            w = draw.randint(-100, 100) / 20
            start = time.perf_counter()
            await one.move("w", w)
            lesson.answered.append(time.perf_counter() - start)
            assert f"average {num(float(np.mean((Y - w * X) ** 2)))}." in one.alts[0], (w, one.alts)


async def teach(server: Server, learners: int, reruns: int, think: float) -> Lesson:
    """A class of so many learners, with so many reruns each."""
    lesson = Lesson()
    # The first visitor waits for the imports; the teacher opens the link before class.
    async with learner(server.address, "one_weight"):
        pass
    before = server.cpu
    async with asyncio.TaskGroup() as group:
        for seed in range(learners):
            group.create_task(attend(server, seed, reruns, think, lesson))
    lesson.cpu = (server.cpu - before) / (learners * reruns)
    lesson.memory = server.memory
    return lesson


def rows() -> Iterator[Row]:
    """A class of 30 with the repository's settings against Streamlit's own; classes of 100; a long day, for the memory.

    A class of 100 without the settings is not measured: it never catches up.
    """
    found = []
    for settings, before in (((), ""), (UNFIXED, PLAIN)):
        with serving(*settings, before=before) as server:
            found.append(asyncio.run(teach(server, 30, 6, 3.0)))
    ours, theirs = found
    waits = [1000 * float(np.quantile(lesson.answered, 0.95)) for lesson in found]
    yield row(
        "server CPU a rerun, 30 learners thinking 3 s",
        "the same app without the server fixes",
        np.array([theirs.cpu / ours.cpu]),
        least=3,
        details=f"p95 of a rerun {waits[0]:.0f} ms against {waits[1]:.0f} ms",
    )
    for think in (5.0, 3.0):
        with serving() as server:
            lesson = asyncio.run(teach(server, 100, 6, think))
        opened = float(np.quantile(lesson.opened, 0.95))
        yield row(
            f"p95 of a rerun, 100 learners thinking {think:g} s",
            "half a second",
            np.array([float(np.quantile(lesson.answered, 0.95)) / 0.5]),
            most=1,
            details=f"all open in the same second; p95 of opening {opened:.1f} s",
        )
    with serving() as server:
        early = asyncio.run(teach(server, 100, 10, 0.5)).memory
        late = early
        for _ in range(9):
            late = asyncio.run(teach(server, 100, 10, 0.5)).memory
    said = f"{early:.0f} MB after 1,000 interactions, {late:.0f} MB after 10,000; to stay under 500"
    yield row("memory after 10,000 interactions", "after 1,000", np.array([late / early]), most=1.05, details=said)
