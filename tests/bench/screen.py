"""A control moved until the new chart is on the screen, in a real browser, against a floor page."""

from __future__ import annotations

import asyncio
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from playwright.sync_api import Browser, Page

from lessons.course import COURSE
from lessons.kit.lesson import Lesson, slug
from tests.app import ROOT, open_page
from tests.bench.measure import Row, row
from tests.browser.drive import chromium, opened, settled
from tests.client import learner
from tests.serve import Server, serving

HOME, FLOOR = ROOT / "Home.py", ROOT / "tests" / "bench" / "floor.py"

HEAVIEST = {"two_weights": "read-the-rings"}
"""The step of a lesson that is measured where it is not the first: the one whose pictures cost most."""

MOVED = """() => new Promise(resolve => {
    const charts = () => [...document.querySelectorAll('[data-testid=stPlotlyChart]')]
    const told = () => charts().map(chart => chart.ariaLabel).join()
    const before = told()
    let start
    addEventListener('keydown', () => { start = performance.now() }, { capture: true, once: true })
    const look = () => {
        const all = charts()
        const there = all.length && all.every(chart => chart.querySelector('.main-svg, canvas'))
        if (start && told() !== before && there && !document.querySelector('[data-stale=true]'))
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)))
        else requestAnimationFrame(look)
    }
    look()
})"""
"""Milliseconds from the key to the frame after the new charts are drawn."""


def measured(lesson: Lesson) -> str:
    """The step of a lesson that is measured, as links name it. What is moved is its first slider."""
    return HEAVIEST.get(lesson.name, slug(lesson.steps[0]))


async def recorded(address: str, lesson: Lesson, times: int) -> dict[str, object]:
    """What a lesson's step sends for its control where it opens, and so many steps to the right."""
    slider = open_page(lesson.name, step=measured(lesson)).slider[0]
    key = str(slider.key)
    start, step = float(slider.value), float(slider.step)  # type: ignore[arg-type]
    deltas = {}
    async with learner(address, lesson.name, f"step={measured(lesson)}") as one:
        for i in range(times + 1):
            value = start + i * step
            await one.move(key, value)
            deltas[value] = one.deltas
    limits = [slider.min, slider.max, start, step]
    return {"label": slider.label, "range": limits, "default": start, "deltas": deltas}


@contextmanager
def recording(made: dict[str, object]) -> Iterator[None]:
    """What was recorded, where servers of the floor page that start inside find it."""
    with TemporaryDirectory() as folder:
        os.environ["FLOOR"] = str(Path(folder, "recorded"))
        Path(os.environ["FLOOR"]).write_bytes(pickle.dumps(made))
        yield


@contextmanager
def floor(made: dict[str, object]) -> Iterator[str]:
    """A server of the floor page for what was recorded; its address."""
    with recording(made), serving(script=FLOOR) as server:
        yield server.url


def moves(page: Page, times: int) -> list[float]:
    """Milliseconds of so many moves of the first slider to the right."""
    took = []
    page.get_by_role("slider").first.focus()
    for _ in range(times):
        page.evaluate(f"() => {{ window.moved = ({MOVED})() }}")
        page.keyboard.press("ArrowRight")
        took.append(float(page.evaluate("window.moved")))
        settled(page)
    return took


class Side:
    """A page that is measured: the milliseconds of its moves and the bytes it received."""

    def __init__(self, page: Page, link: str) -> None:
        """Count what comes over its sockets from now on."""
        self.page, self.link, self.took, self.received = page, link, list[float](), 0
        page.on("websocket", lambda socket: socket.on("framereceived", self.count))

    def count(self, data: str | bytes) -> None:
        """Another message."""
        self.received += len(data)


def rows(times: int = 20) -> Iterator[Row]:
    """Each lesson against its floor, alternately, so that both meet the same machine."""
    with serving() as course:
        made = {lesson.name: asyncio.run(recorded(course.address, lesson, times + 2)) for lesson in COURSE}
        yield from against_the_floor(course, made, times)


def against_the_floor(course: Server, made: dict[str, dict[str, object]], times: int) -> Iterator[Row]:
    """The same, with the recordings there: Playwright and the recorder each want the event loop for themselves."""
    with chromium() as browser:
        for lesson in COURSE:
            with floor(made[lesson.name]) as bare:
                own = f"{course.url}/{lesson.name}?step={measured(lesson)}"
                sides = [Side(browser.new_page(viewport={"width": 1440, "height": 900}), link) for link in (own, bare)]
                for side in sides:
                    opened(side.page, side.link)
                    moves(side.page, 2)
                    side.received = 0
                for _ in range(times):
                    for side in sides:
                        side.took += moves(side.page, 1)
                ours, least = (np.array(side.took) for side in sides)
                yield row(
                    f"{lesson.title}: control moved → new chart",
                    "the floor page",
                    ours / np.median(least),
                    most=1.15,
                    details=f"{np.median(ours):.0f} ms against {np.median(least):.0f} ms",
                )
                kilobytes = [side.received / times / 1000 for side in sides]
                yield row(
                    f"{lesson.title}: bytes for each move",
                    "the floor page",
                    np.array([kilobytes[0] / kilobytes[1]]),
                    most=1.2,
                    details=f"{kilobytes[0]:.1f} kB against {kilobytes[1]:.1f} kB",
                )
                for side in sides:
                    side.page.close()
        yield cold(browser, made[COURSE[0].name])
        yield playing(browser.new_page(viewport={"width": 1440, "height": 900}), course)


def first_chart(browser: Browser, script: Path, query: str) -> float:
    """Seconds from the start of a new server until its first chart is drawn in a browser that knows nothing of it."""
    start = perf_counter()
    with serving(script=script) as server, browser.new_context(viewport={"width": 1440, "height": 900}) as visitor:
        page = visitor.new_page()
        page.goto(f"{server.url}/{query}")
        page.locator("[data-testid=stPlotlyChart][aria-label*=line] .main-svg").first.wait_for()
        return perf_counter() - start


def cold(browser: Browser, made: dict[str, object], rounds: int = 5) -> Row:
    """A new server of the course against one of the floor page, in turn; the first of each is not counted."""
    lesson, floor_page = [], []
    with recording(made):
        for _ in range(rounds + 1):
            lesson.append(first_chart(browser, HOME, f"{COURSE[0].name}?step={measured(COURSE[0])}"))
            floor_page.append(first_chart(browser, FLOOR, ""))
    said = f"{np.median(lesson[1:]):.1f} s against {np.median(floor_page[1:]):.1f} s"
    found = np.array(lesson[1:]) / np.median(floor_page[1:])
    return row("cold server → first chart", "the floor page", found, most=1.25, details=said)


PICTURES = """() => new Promise(resolve => {
    const chart = document.querySelector('.js-plotly-plot')
    let pictures = 0
    chart.on('plotly_animatingframe', () => { pictures += 1 })
    chart.querySelector('.updatemenu-button').dispatchEvent(new MouseEvent('click', { bubbles: true }))
    setTimeout(() => resolve(pictures / 2), 2000)
})"""
"""Pictures a second in the first two seconds after Play is pressed."""


def playing(page: Page, course: Server) -> Row:
    """Frames that play in the browser against the same control moved through the server."""
    opened(page, f"{course.url}/one_weight?step=every-guess")
    through_server = 1000 / np.median(moves(page, 8))
    side = Side(page, f"{course.url}/one_weight?step=every-guess")
    opened(page, side.link)
    side.received = 0
    pictures = float(page.evaluate(PICTURES))
    said = f"{pictures:.0f} pictures a second (to reach: 30) against {through_server:.1f}; {side.received} bytes came"
    return row("playing", "the same through reruns", np.array([pictures / through_server]), least=8, details=said)
