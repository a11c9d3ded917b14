"""For all eyes and fingers: contrast, charts as tables, the glossary, a small phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import course
from tests.browser.drive import PALE, opened, settled

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
