"""By keyboard, by ear, with colours that differ for all eyes, and still where one asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from lessons.words import vector
from tests.browser.conftest import course
from tests.browser.drive import CHART, PALE, click_pin, opened, plotting_area, settled

Context = Callable[..., BrowserContext]


def test_no_chart_of_a_new_server_is_pale_for_its_first_visitor_even_for_a_moment(
    tmp_path: Path, new_context: Context
) -> None:
    page = new_context(color_scheme="light").new_page()
    # Whatever is pale in any picture that the screen shows.
    page.add_init_script(f"""{{
        window.pale = new Set()
        const look = () => {{
            if (document.querySelector('[data-testid=stApp] .js-plotly-plot')) ({PALE})()[1].forEach(pale.add, pale)
            requestAnimationFrame(look)
        }}
        look()
    }}""")
    with course(tmp_path / "log") as address:
        opened(page, address)
        assert page.evaluate("[...pale]") == []


def test_frames_are_played_and_scrubbed_by_keyboard(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/one_weight?step=every-guess")
    rail = page.locator(".slider-group")
    expect(rail).to_have_attribute("aria-valuetext", "w = 0.5, loss 6.875")
    rail.focus()
    page.keyboard.press("ArrowRight")
    expect(rail).to_have_attribute("aria-valuetext", "w = 0.6, loss 5.65")
    page.keyboard.press("Home")
    expect(rail).to_have_attribute("aria-valuetext", re.compile("w = -5, loss 305"))
    # Every step of the way, from the end on.
    for w in ("-4.9", "-4.8", "-4.7"):
        page.keyboard.press("ArrowRight")
        expect(rail).to_have_attribute("aria-valuetext", re.compile(f"w = {w}, "))
    page.keyboard.press("Home")
    page.get_by_role("button", name="▶ Play").press("Enter")
    expect(page.locator(".slider-label").last).not_to_have_text(re.compile("w = -5, "))


def test_by_touch_the_pin_is_put_and_the_picture_is_played(base_url: str, new_context: Context) -> None:
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    opened(page, f"{base_url}/two_weights?step=read-the-rings&data=line")
    w = click_pin(page, plotting_area(page), 0.7, 0.3, ("w1", "w2"), page.touchscreen.tap)
    expect(page.locator(CHART).first).to_have_attribute("aria-label", re.compile(re.escape(f"Your pin {vector(w)}")))
    opened(page, f"{base_url}/one_weight?step=every-guess")
    rail = page.locator(".slider-group")
    expect(rail).to_have_attribute("aria-valuetext", "w = 0.5, loss 6.875")
    page.get_by_role("button", name="▶ Play").tap()
    expect(rail).not_to_have_attribute("aria-valuetext", "w = 0.5, loss 6.875")


def test_nothing_plays_where_less_motion_is_asked_for(base_url: str, new_context: Context) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    opened(page, f"{base_url}/one_weight?step=every-guess")
    expect(page.locator(".updatemenu-button").first).to_be_hidden()
    expect(page.locator(".slider-group")).to_be_visible()


def test_what_a_step_comes_to_is_read_out_when_it_changes(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/one_weight")
    said = page.get_by_role("status").filter(has_text="squares average")
    expect(said).to_contain_text("6.875")
    page.get_by_role("slider", name="Weight w").press("ArrowRight")
    # The same element: a new one would be read as a whole page is, or not at all.
    expect(said).to_contain_text("6.244")


def test_each_chart_is_there_as_a_table(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/two_weights?step=read-the-rings")
    page.get_by_text("The charts as tables").click()
    expect(page.get_by_text("Map: 10000 rows").first).to_be_visible()
    settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_the_glossary_opens_on_any_step_and_keeps_the_place(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/l2?step=phantom-points&lam=1")
    page.get_by_role("button", name="Glossary").click()
    expect(page.get_by_role("dialog")).to_contain_text("Ridge path")
    page.get_by_role("tab", name="Colours and shapes").click()
    expect(page.get_by_role("dialog")).to_contain_text("a golden star")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Phantom points")).to_be_visible()
    assert "lam=1" in page.url
