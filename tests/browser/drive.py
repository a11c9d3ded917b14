"""Driving the course in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, FloatRect, Page, expect, sync_playwright

from tests.get import chromium_path

# Patient, because a slow machine is not a wrong page.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The suite's Chromium, outside of pytest."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--enable-unsafe-swiftshader"]
        yield playwright.chromium.launch(executable_path=chromium_path(), args=flags)


Press = Callable[[float, float], None]
"""A click or a tap at a place of the screen."""

CHART = "[data-testid=stPlotlyChart]"


def opened(page: Page, link: str) -> None:
    """Go to `link` and wait until its charts, the questions of a check, or the field for own data are there."""
    page.set_default_timeout(PATIENCE)
    page.goto(link)
    expect(page.locator("h1, h2").first).to_be_visible()
    # Not the chart that loads the charts library for the first visitor of a server.
    drawn = f"{CHART}:not([aria-label*='on their way']) .main-svg"
    expect(page.locator(f"{drawn}, [data-testid=stForm], .st-key-pasted").first).to_be_visible()
    settled(page)


def settled(page: Page) -> None:
    """Wait until the server has answered, nothing of the page or the charts before is left, and the browser has loaded
    what draws each control."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("[data-stale=true], .before, [data-testid=stSkeleton]")).to_have_count(0)


def choose_data(page: Page, title: str) -> None:
    """Choose a data set by its name on the screen, and close the list."""
    page.get_by_role("button", name=re.compile("^Data: ")).click()
    page.get_by_role("radio", name=title, exact=True).click()
    page.keyboard.press("Escape")


OTHER = """told => {
    const now = [...document.querySelectorAll('[data-testid=stPlotlyChart]')].map(chart => chart.ariaLabel)
    return now.join(' | ') !== told && now.length === told.split(' | ').length && now.every(Boolean)
}"""
"""Whether the same charts say something else: not while one of them is away to be drawn again."""

ALTS = f"[...document.querySelectorAll('{CHART}')].map(chart => chart.ariaLabel).join(' | ')"


def alts(page: Page) -> str:
    """What the charts say to those who cannot see them."""
    return str(page.evaluate(ALTS))


def plotting_area(page: Page, chart: int = 0) -> FloatRect:
    """Where the axes of a chart are on the screen."""
    area = page.locator(CHART).nth(chart).locator(".nsewdrag").first
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box
    return box


def click_pin(
    page: Page, box: FloatRect, across: float, up: float, keys: tuple[str, str], press: Press | None = None
) -> tuple[float, float]:
    """Click on a map of ±5, or `press` it otherwise, and wait until the link has the pin there; the pin as the link has
    it.

    A click is exact to the nearest step of the sliders, which are 0.05 apart, and to the pixel.
    """
    (press or page.mouse.click)(box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"])
    page.wait_for_function(
        """([keys, places]) => keys.every((key, i) =>
            Math.abs(new URLSearchParams(location.search).get(key) - places[i]) <= 0.045)""",
        arg=[keys, (10 * across - 5, 10 * up - 5)],
    )
    link = parse_qs(urlsplit(page.url).query)
    return float(link[keys[0]][0]), float(link[keys[1]][0])


PALE = """() => {
    const part = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    const light = colour => {
        const [r, g, b] = colour.match(/[0-9.]+/g).map(value => part(value / 255))
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    }
    const ground = light(getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor)
    const said = [...document.querySelectorAll('.js-plotly-plot .main-svg text')].filter(text => text.checkVisibility())
    const pale = text => {
        const ink = light(getComputedStyle(text).fill)
        return Math.max(ink, ground) / Math.min(ink, ground) < 4.5
    }
    return [said.length, [...new Set(said.filter(pale).map(text => `pale in a chart: ${text.textContent}`))]]
}"""
"""How much the charts say, and what of it in a colour too near to the page's: axe does not read pictures."""
