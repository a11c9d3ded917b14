"""Every page at every look: nothing cut off or too small to touch, every chart drawn, nothing that axe calls serious.

Each lesson is opened once and walked with Next: to load a page anew costs more than all that is asked of it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from lessons.course import COURSE
from lessons.kit.lesson import Lesson, prose
from tests.browser.drive import CHART, PALE, opened, settled

Context = Callable[..., BrowserContext]

LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(1440, "light"), (1440, "dark"), (390, "dark"), (390, "light")]
"""From each to the next one thing changes, as with somebody who turns a phone or the light out."""

RULES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
"""What axe looks at: only colours change with the scheme."""


def walked(page: Page, address: str, lesson: Lesson) -> Iterator[str]:
    """The names of a lesson's steps, each when it is on the screen."""
    opened(page, f"{address}/{lesson.name}")
    for step in lesson.steps:
        heading, _ = prose(step)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        settled(page)
        yield heading
        if step != lesson.steps[-1]:
            page.get_by_role("button", name="Next").click()


def drawn_and_nothing_cut_off(page: Page) -> None:
    """Every chart is drawn, and neither it nor the page is wider than its place."""
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
    for chart in page.locator(CHART).all():
        expect(chart.locator(".main-svg").first).to_be_visible()
        assert chart.evaluate("element => element.scrollWidth <= element.clientWidth")
        assert chart.evaluate("element => element.getBoundingClientRect().right <= innerWidth")


def violations(page: Page, scheme: str) -> set[str]:
    """What axe finds serious, and what the charts say in too pale a colour."""
    said, pale = page.evaluate(PALE)
    assert said or not page.locator(CHART).count()
    return {
        f"{each['id']}: {node['html'][:160]}"
        for each in Axe().run(page, options=RULES[scheme]).response["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    } | set(pale)


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_every_step_at_every_look_is_whole_and_axe_finds_nothing_serious(
    page: Page, base_url: str, lesson: Lesson
) -> None:
    found = {}
    for heading in walked(page, base_url, lesson):
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            settled(page)
            drawn_and_nothing_cut_off(page)
            if width == LOOKS[0][0]:
                found[heading, scheme] = violations(page, scheme)
    assert len(found) == 2 * len(lesson.steps)
    assert not {at: said for at, said in found.items() if said}


@pytest.mark.parametrize("link", ["", "teach", f"{COURSE[0].name}?present=true&notes=true"])
def test_axe_finds_nothing_serious_on_what_is_no_step(page: Page, base_url: str, link: str) -> None:
    page.emulate_media(reduced_motion="reduce")  # the bowl on the cover would take the machine's time for itself
    page.goto(f"{base_url}/{link}")
    expect(page.locator(f"{CHART} .main-svg, [role=tablist]").first).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        settled(page)
        assert not violations(page, scheme)


SMALL = """() => [...document.querySelectorAll('[data-testid=stMain] button, [data-testid=stMain] [role=button]')]
    .filter(button => button.checkVisibility({ visibilityProperty: true }))
    .map(button => [button.ariaLabel || button.textContent, button.getBoundingClientRect()])
    .filter(([name, { width, height }]) => Math.min(width, height) < 24 && !name.startsWith('Help for'))
    .map(([name, { width, height }]) => `${name}: ${width} × ${height}`)"""
"""Buttons too small for a finger. Streamlit's question mark beside a label is smaller, and only says more about it."""


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_a_small_phone_needs_no_sideways_scrolling_and_no_thin_finger(
    lesson: Lesson, base_url: str, new_context: Context
) -> None:
    page = new_context(viewport={"width": 360, "height": 740}, has_touch=True).new_page()
    small = {}
    for heading in walked(page, base_url, lesson):
        drawn_and_nothing_cut_off(page)
        small[heading] = page.evaluate(SMALL)
    assert not {heading: found for heading, found in small.items() if found}
