"""A visitor's own data in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lessons.course import COURSE
from lessons.kit.lesson import Lesson, prose
from lessons.words import vector
from tests.browser.drive import CHART, choose_data, opened, settled

PASTED = "area\trooms\tprice\n50\t2\t210\n80\t3\t330\n65\t2\t250\n120\t5\t470\n95\t3\t400"


def brought(page: Page, pasted: str) -> None:
    """Paste own data where the page asks for them."""
    page.get_by_label("Cells copied from a spreadsheet").fill(pasted)
    page.get_by_role("button", name="Use these").click()
    settled(page)


def test_own_data_pasted_uploaded_and_edited_and_no_other_visitor_sees_them(
    page: Page, base_url: str, new_context: Callable[[], BrowserContext]
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, f"{base_url}/two_weights?step=read-the-rings")
    choose_data(page, "Yours")
    brought(page, PASTED)
    X = np.array([[50, 2], [80, 3], [65, 2], [120, 5], [95, 3]])
    y = np.array([210, 330, 250, 470, 400])
    expect(page.get_by_text(f"The minimum is at {vector(np.linalg.lstsq(X, y)[0])}")).to_be_visible()
    settled(page)

    # The link of one visitor, opened by another, brings none of the points.
    other = new_context().new_page()
    opened(other, page.url)
    expect(other.get_by_text("A link carries nobody’s data.")).to_be_visible()
    expect(other.get_by_text("area")).to_have_count(0)

    page.get_by_role("tab", name="Choose a file").click()
    hostile = "<img src=http://evil.example/x>,=cmd,y\n1,0,3\n2,1,<script src=//evil.example></script>\n2,1,5\n3,5,4"
    page.locator("input[type=file]").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": hostile.encode()}
    )
    expect(page.get_by_text("3 points, ŷ = w₁ · img src http //evil example/x + w₂ · cmd")).to_be_visible()
    expect(page.get_by_text("Line 3 is left out")).to_be_visible()
    settled(page)

    page.get_by_role("tab", name="Edit the points").click()
    page.get_by_role("button", name="Start from these").click()
    expect(page.get_by_text("4 points, ŷ = w₁ · x + w₂ · 1")).to_be_visible()
    settled(page)
    grid = page.locator(".stTabs [data-testid=stDataFrame] canvas").first
    grid.evaluate("grid => grid.scrollIntoView({ block: 'center' })")
    # The first cell of x: under the header, right of the marks of the rows. It was 1.
    grid.dblclick(position={"x": 120, "y": 52}, force=True)
    cell = page.locator("#portal input, #portal textarea").first
    cell.fill("7")
    expect(cell).to_have_value("7")
    cell.press("Enter")
    w = np.linalg.lstsq([[7, 1], [2, 1], [3, 1], [4, 1]], np.array([2, 4, 5, 4]))[0]
    expect(page.get_by_text(f"The minimum is at {vector(w)}")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert asked
    assert not [url for url in asked if "evil" in url]


@pytest.mark.parametrize("viewport", [(1366, 720), (390, 664)])
def test_what_could_be_two_numbers_is_asked_where_it_was_pasted(
    new_context: Callable[..., BrowserContext], base_url: str, viewport: tuple[int, int]
) -> None:
    page = new_context(viewport={"width": viewport[0], "height": viewport[1]}).new_page()
    opened(page, f"{base_url}/one_weight?data=own")
    brought(page, "price\tsize\n900\t1\n950\t2\n1,200\t3\n1,400\t5")
    likely, other = page.get_by_text("1200: the comma sets thousands apart"), page.get_by_text("1.2: the comma is the")
    expect(page.get_by_text("In “price”, “1,200” could be two numbers.")).to_be_in_viewport()
    expect(likely).to_be_in_viewport()
    expect(other).to_be_in_viewport()
    # Until then nothing is read.
    expect(page.get_by_text("points, ŷ = w · ")).to_have_count(0)
    page.get_by_role("button", name="Read them so").click()
    x, y = np.array([900, 950, 1200, 1400]), np.array([1, 2, 3, 5])
    expect(page.get_by_text(f"The minimum is at {vector([x @ y / (x @ x)])}")).to_be_visible()
    # The step comes above what was pasted, and moves it.
    expect(page.locator(f"{CHART} .main-svg").first).to_be_visible()
    settled(page)
    page.get_by_text("How the numbers are read").click()
    other.click()
    x = np.array([900, 950, 1.2, 1.4])
    expect(page.get_by_text(f"The minimum is at {vector([x @ y / (x @ x)])}")).to_be_visible()


def test_a_cell_without_a_number_is_empty_in_the_editor_and_can_be_filled(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/one_weight?data=own")
    brought(page, "a\ty\n1\t5\nn/a\t7\n3\t2\n4\t9")
    expect(page.get_by_text("3 points, ŷ = w · a")).to_be_visible()
    expect(page.get_by_text("Line 3 is left out: “n/a” in column “a” is not a number.")).to_be_visible()
    settled(page)
    page.get_by_role("tab", name="Edit the points").click()
    grid = page.locator(".stTabs [data-testid=stDataFrame] canvas").first
    grid.evaluate("grid => grid.scrollIntoView({ block: 'center' })")
    grid.dblclick(position={"x": 120, "y": 87}, force=True)
    cell = page.locator("#portal input, #portal textarea").first
    expect(cell).to_have_value("")
    cell.fill("2")
    cell.press("Enter")
    w = float(np.array([1, 2, 3, 4]) @ [5, 7, 2, 9] / 30)
    expect(page.get_by_text(f"The minimum is at {vector([w])}")).to_be_visible()
    expect(page.get_by_text("is left out")).to_have_count(0)


def test_a_large_file_is_refused_in_a_sentence_and_the_data_stay(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/one_weight?data=own")
    page.get_by_role("tab", name="Choose a file").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "huge.csv", "mimeType": "text/csv", "buffer": b"1,2\n" * 2_000_000}
    )
    expect(page.get_by_text(re.compile("must be 1.0MB or smaller|exceed", re.IGNORECASE))).to_be_visible()
    expect(page.get_by_text("There are no data of yours here.")).to_be_visible()


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_every_formula_and_chart_stands_on_own_data_of_extreme_size(page: Page, base_url: str, lesson: Lesson) -> None:
    opened(page, f"{base_url}/{lesson.name}?data=own")
    brought(page, "a,b,y\n1e9,1e-9,-1e9\n2e8,-3e-9,1e-9\n5e8,2e-9,1\n-4e8,5e-9,7")
    expect(page.get_by_text("4 points, ŷ")).to_be_visible()
    for step in lesson.steps:
        expect(page.get_by_role("heading", name=prose(step)[0])).to_be_visible()
        settled(page)
        expect(page.locator(".katex-error")).to_have_count(0)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        if step != lesson.steps[-1]:
            page.get_by_role("button", name="Next").click()
