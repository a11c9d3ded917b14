"""Every page at every look: one screen, nothing cut off or too small to touch, every chart drawn, nothing that axe
calls serious.

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
from tests.app import offered
from tests.browser.drive import CHART, PALE, opened, settled

Context = Callable[..., BrowserContext]

LAPTOP, PHONE = (1366, 720), (390, 664)
"""What browsers leave of a common laptop and a common phone, in pixels."""
LOOKS: list[tuple[tuple[int, int], Literal["light", "dark"]]] = [
    (LAPTOP, "light"),
    (LAPTOP, "dark"),
    (PHONE, "dark"),
    (PHONE, "light"),
]
"""From each to the next one thing changes, as with somebody who turns a phone or the light out."""

RULES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
"""What axe looks at: only colours change with the scheme."""


def walked(page: Page, address: str, lesson: Lesson, query: str = "") -> Iterator[str]:
    """The names of a lesson's steps, each when it is on the screen."""
    opened(page, f"{address}/{lesson.name}{query}")
    for step in lesson.steps:
        heading, _ = prose(step)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        settled(page)
        yield heading
        if step != lesson.steps[-1]:
            page.get_by_role("button", name="Next").click()


STAGE = """() => {
    const seen = where => [...document.querySelectorAll(where)].filter(each => each.checkVisibility())
    const boxes = (name, where) => seen(where).map((each, i) => [`${name} ${i + 1}`, each.getBoundingClientRect()])
    const foot = document.querySelector('[data-testid=stBottom]').getBoundingClientRect().top
    const stage = [
        ...boxes('control', '.st-key-stage [data-testid=stSlider]'),
        ...boxes('picture', '.st-key-pictures .stPlotlyChart'),
        ...boxes('takeaway', '.st-key-takeaway'),
    ]
    const out = stage.filter(([, box]) => box.top < 0 || box.bottom > foot + 1 || box.right > innerWidth)
    const over = stage.flatMap(([one, a], i) => stage.slice(i + 1).filter(([, b]) =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
    ).map(([other]) => `${one} lies on ${other}`))
    const high = Math.max(0, ...boxes('picture', '.st-key-pictures .stPlotlyChart').map(([, box]) => box.height))
    const faults = [...out.map(([name, box]) => `${name} ends at ${Math.round(box.bottom)}`), ...over]
    return [stage.map(([name]) => name), faults, high / innerHeight]
}"""
"""The parts of the stage, what of them is out of sight or lies on another, and the pictures' part of the height."""


def one_screen(page: Page) -> float:
    """Controls, pictures and the takeaway are in sight, and so is the way on. The pictures' part of the height."""
    parts, faults, high = page.evaluate(STAGE)
    assert page.locator(".st-key-pictures, .stForm").count(), "neither a stage nor a check"
    if page.locator(".stForm").count() == 0:
        assert {"picture 1", "takeaway 1"} <= set(parts)
    assert not faults
    expect(page.get_by_test_id("stBottom").locator("button, a").last).to_be_in_viewport(ratio=1)
    return float(high)


HELD = """control => {
    const main = document.querySelector('[data-testid=stMain]')
    const place = document.querySelector('.st-key-pictures')
    // The second time with the picture where it stays.
    for (const _ of [1, 2]) main.scrollBy(0, control.getBoundingClientRect().top - place.getBoundingClientRect().bottom)
    const foot = document.querySelector('[data-testid=stBottom]').getBoundingClientRect().top
    const picture = place.querySelector('.stPlotlyChart').getBoundingClientRect()
    const line = document.querySelector('.st-key-takeaway p').getBoundingClientRect()
    const under = control.getBoundingClientRect()
    return [
        Math.min(picture.bottom, under.top, foot) - Math.max(picture.top, 0),
        foot - line.top - parseFloat(getComputedStyle(document.body).lineHeight),
    ]
}"""
"""With a control right under the picture: how much of that is in sight, and how far the takeaway's first line is above
the foot of the screen."""


def held_in_a_hand(page: Page) -> None:
    """On a phone, whichever control is used, 240 pixels of the picture and the takeaway's first line are in sight."""
    for control in page.locator(".st-key-stage [data-testid=stSlider]").all():
        picture, line = control.evaluate(HELD)
        assert picture >= 240
        assert line >= 0


def drawn_and_nothing_cut_off(page: Page) -> None:
    """Every chart is drawn, and neither it nor the page is wider than its place."""
    # Charts follow a new width a moment later.
    page.wait_for_function(
        "(main => main.scrollWidth <= main.clientWidth)(document.querySelector('[data-testid=stMain]'))"
    )
    for chart in page.locator(CHART).all():
        expect(chart.locator(".main-svg").first).to_be_visible()
        assert chart.evaluate("element => element.scrollWidth <= element.clientWidth")
        # But for a second picture on a phone, which is a swipe away.
        aside = "element.closest('.st-key-pictures .stHorizontalBlock')?.matches(':has(.stColumn + .stColumn)')"
        assert chart.evaluate(
            f"element => element.getBoundingClientRect().right <= innerWidth || innerWidth <= 640 && {aside}"
        )


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
        for size, scheme in LOOKS:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.emulate_media(color_scheme=scheme)
            settled(page)
            drawn_and_nothing_cut_off(page)
            if size == LAPTOP:
                one_screen(page)
                found[heading, scheme] = violations(page, scheme)
            else:
                held_in_a_hand(page)
        page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    assert len(found) == 2 * len(lesson.steps)
    assert not {at: said for at, said in found.items() if said}


@pytest.mark.parametrize(
    ("lesson", "kind"),
    [(lesson, kind) for lesson in COURSE for kind in offered(lesson.weights)[1:]],
    ids=lambda each: getattr(each, "name", each),
)
def test_every_step_is_one_screen_on_every_data_set(page: Page, base_url: str, lesson: Lesson, kind: str) -> None:
    for size in (LAPTOP, (1440, 900)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for _ in walked(page, base_url, lesson, f"?data={kind}"):
            one_screen(page)


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_to_a_room_the_picture_is_most_of_the_screen_and_the_words_are_readable_from_the_back(
    page: Page, base_url: str, lesson: Lesson
) -> None:
    for width, height in ((1280, 720), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        for _ in walked(page, base_url, lesson, "?present=true"):
            if page.locator(".st-key-pictures .stPlotlyChart").count():
                assert one_screen(page) >= 0.6
                size = page.locator(".st-key-takeaway p").evaluate(
                    "said => parseFloat(getComputedStyle(said).fontSize)"
                )
                assert size >= (24 if width == 1920 else 20)


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
    page = new_context(viewport={"width": 360, "height": 640}, has_touch=True).new_page()
    small = {}
    for heading in walked(page, base_url, lesson):
        drawn_and_nothing_cut_off(page)
        held_in_a_hand(page)
        small[heading] = page.evaluate(SMALL)
    assert not {heading: found for heading, found in small.items() if found}
