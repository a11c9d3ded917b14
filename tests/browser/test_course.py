"""The course in a real browser: cold links, every control, every step, phone and desktop."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lessons.course import COURSE
from lessons.kit.lesson import Lesson, prose, slug
from lessons.words import num, vector
from tests.app import move_all, open_page
from tests.browser.conftest import course
from tests.browser.drive import ALTS, CHART, OTHER, alts, choose_data, click_pin, opened, plotting_area, settled


def loss_at(*w: float) -> float:
    """The article's loss, from its points as printed: examples 1 and 2."""
    points = zip((1, 2, 3, 4), (2, 4, 5, 4), strict=True) if len(w) == 1 else zip((1, 2, 3), (2, 4, 6), strict=True)
    return float(np.mean([(y - sum(w) * x) ** 2 for x, y in points]))


def test_the_cover_of_a_server_just_started_opens(page: Page, tmp_path: Path) -> None:
    with course(tmp_path / "log") as address:
        opened(page, address)
        expect(page.locator("h1")).to_contain_text("Where the bowl comes from")
        said = re.compile(re.escape(vector((0.7, 2.0))))
        expect(page.locator(CHART).first).to_have_attribute("aria-label", said)
        expect(page.get_by_test_id("stSidebar").get_by_role("link")).to_have_count(len(COURSE) + 2)


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_a_deep_link_to_a_server_just_started_opens_its_page_with_its_control_there(
    page: Page, tmp_path: Path, lesson: Lesson
) -> None:
    app = open_page(lesson.name)
    move_all(app)
    control = app.slider[0]
    value = float(control.value)  # type: ignore[arg-type]
    with course(tmp_path / "log") as address:
        opened(page, f"{address}/{lesson.name}?{control.key}={value:.6g}")
        expect(page.locator("h1")).to_contain_text(lesson.title)
        expect(page.get_by_role("slider", name=control.label).first).to_have_value(f"{value:.6g}")
        said = re.compile(re.escape(num(value)))
        expect(page.locator(CHART).first).to_have_attribute("aria-label", said)
        expect(page.get_by_test_id("stSidebar").get_by_role("link")).to_have_count(len(COURSE) + 2)


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_a_learner_walks_the_lesson_and_moves_every_control(page: Page, base_url: str, lesson: Lesson) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    opened(page, f"{base_url}/{lesson.name}")
    for number, step in enumerate(lesson.steps):
        expect(page.get_by_role("heading", name=prose(step)[0])).to_be_visible()
        settled(page)
        expect(page.locator(".katex-error")).to_have_count(0)
        for slider in page.get_by_role("slider").all():
            link, told = page.url, alts(page)
            # Off the current value and on again, so that the next step starts where the lesson does.
            slider.press("ArrowRight")
            page.wait_for_function(OTHER, arg=told)
            expect(page).not_to_have_url(link)
            slider.press("ArrowLeft")
            page.wait_for_function(f"told => {ALTS} === told", arg=told)
            expect(page).to_have_url(link)
        if number + 1 < len(lesson.steps):
            page.get_by_role("button", name="Next").click()
            expect(page).to_have_url(re.compile(f"step={slug(lesson.steps[number + 1])}"))
            page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop === 0")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert not complaints


def test_the_number_on_the_page_follows_the_weight(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/one_weight")
    expect(page.get_by_text("the squares average 6.875")).to_be_visible()
    weight = page.get_by_role("slider", name="Weight w")
    for w in (0.55, 0.6, 0.65):
        weight.press("ArrowRight")
        expect(page.get_by_text(f"the squares average {num(loss_at(w))}")).to_be_visible()
        assert float(parse_qs(urlsplit(page.url).query)["w"][0]) == pytest.approx(w)


def test_the_number_on_the_page_follows_lambda(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/l2")
    expect(page.get_by_text("1.348684").first).to_be_visible()
    page.get_by_role("slider", name="Penalty weight λ").press("End")
    expect(page.get_by_text("0.5857143").first).to_be_visible()  # 10.25 / (7.5 + 10)


def test_another_data_set_brings_its_own_numbers_ranges_and_names(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/one_weight?step=every-guess")
    choose_data(page, "Tips")
    expect(page.get_by_text("0.1437319").first).to_be_visible()
    weight = page.get_by_role("slider", name="Weight w")
    assert (weight.get_attribute("min"), weight.get_attribute("max")) == ("-0.5", "0.5")
    expect(page.locator(CHART).first.get_by_text("tip (dollars)")).to_be_visible()
    expect(page).to_have_url(re.compile("data=tips"))
    page.go_back()
    expect(page.get_by_text("1.366667").first).to_be_visible()


def test_a_weight_out_of_the_new_datas_range_gives_way_without_an_error(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/one_weight?step=every-guess&w=4")
    expect(page.get_by_text("Your weight w = 4")).to_be_visible()
    choose_data(page, "Tips")
    expect(page.get_by_text("0.1437319").first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert abs(float(page.get_by_role("slider", name="Weight w").input_value())) <= 0.5


def test_a_weight_moved_in_one_step_is_still_there_in_the_next(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/two_weights")
    page.get_by_role("slider", name="Weight w₁").press("ArrowRight")
    said = f"Your pin {vector((-0.95, 2.0))} has loss {num(loss_at(-0.95, 2.0))}"
    expect(page.get_by_text(said)).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Read the rings")).to_be_visible()
    expect(page.get_by_text(said)).to_be_visible()


def test_a_click_on_the_map_puts_the_pin_there_for_every_step(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/two_weights")
    box = plotting_area(page)
    for across, up in ((0.75, 0.25), (0.2, 0.6)):
        w = click_pin(page, box, across, up, ("w1", "w2"))
        expect(page.get_by_text(f"Your pin {vector(w)} has loss {num(loss_at(*w))}")).to_be_visible()
        settled(page)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Read the rings")).to_be_visible()
    expect(page.get_by_text(f"Your pin {vector(w)} has loss {num(loss_at(*w))}")).to_be_visible()


def test_a_click_on_either_twin_moves_the_pin_of_both(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/l2?step=two-landscapes&lam=1")
    for twin, across, up in ((1, 0.7, 0.3), (0, 0.25, 0.6)):
        box = plotting_area(page, twin)
        w = click_pin(page, box, across, up, ("pin1", "pin2"))
        settled(page)
        for chart, price in ((0, 0.0), (1, w[0] ** 2 + w[1] ** 2)):
            said = f"The pin {vector(w)} is at {num(loss_at(*w) + price)}."
            expect(page.locator(CHART).nth(chart)).to_have_attribute("aria-label", re.compile(re.escape(said)))


def test_the_menu_leads_through_the_course_and_back_to_where_a_control_stood(page: Page, base_url: str) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    opened(page, f"{base_url}/")  # left while its bowl still plays
    menu = page.get_by_test_id("stSidebar")
    menu.get_by_role("link", name="One weight").click()
    page.get_by_role("slider", name="Weight w").press("ArrowRight")
    expect(page).to_have_url(re.compile(r"/one_weight\?w=0\.55$"))
    menu.get_by_role("link", name="L2").click()
    expect(page.get_by_role("heading", name="Plain and penalised")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/l2$"))
    menu.get_by_role("link", name="One weight").click()
    expect(page.get_by_text(f"the squares average {num(loss_at(0.55))}")).to_be_visible()
    assert not complaints


def test_residual_squares_are_squares_on_the_screen(page: Page, base_url: str) -> None:
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        opened(page, f"{base_url}/one_weight")
        drawn = page.locator(f"{CHART} path.js-fill").first.get_attribute("d") or ""
        squares = [np.array(re.findall(r"([\d.]+),([\d.]+)", part), dtype=float) for part in drawn.split("M")[1:]]
        assert len(squares) == 4
        for corners in squares:
            across, along = np.ptp(corners, axis=0)
            assert across == pytest.approx(along, abs=0.05)


def weight(name: str) -> float:
    """The weight of a frame, as the scrubber names it: w = 0.5, loss 6.875."""
    said = re.match(r"w = (.*), loss (.*)", name)
    assert said, name
    assert float(said[2]) == pytest.approx(loss_at(float(said[1])), rel=2e-3)
    return float(said[1])


def shown_weight(page: Page) -> float:
    """The weight of the frame on show."""
    return weight(page.locator(f"{CHART} .slider-label").first.text_content() or "")


WATCH = f"""() => {{
    window.named = new Set()
    const look = () => {{
        named.add(document.querySelector('{CHART} .slider-label').textContent)
        requestAnimationFrame(look)
    }}
    look()
}}"""
"""Take down the name of each frame that comes on show, in order. Asking for it from outside could miss one."""


DRAWN = f"document.querySelector('{CHART} .js-plotly-plot').data[7].x[0]"
"""The weight at which the pin of the frame on show is drawn."""


def test_playing_needs_no_server_starts_at_the_control_and_can_be_paused_and_scrubbed(
    page: Page, base_url: str
) -> None:
    messages: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda sent: messages.append(sent)))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda sent: messages.append(sent)))
    opened(page, f"{base_url}/one_weight?step=every-guess&w=2.5")
    expect(page.locator(f"{CHART} .slider-label").first).to_have_text(f"w = 2.5, loss {loss_at(2.5):.4g}")
    page.wait_for_timeout(1000)
    before = len(messages)
    play, pause = (page.locator(f"{CHART} .updatemenu-button").nth(i) for i in (0, 1))
    page.evaluate(WATCH)
    play.click()
    # Up to the end, and down past the start.
    page.wait_for_function("[...named].some(name => name.startsWith('w = 2.3,'))")
    seen = [weight(name) for name in page.evaluate("[...named]")]
    expected = [2.5, *np.linspace(2.6, 5, 25), 2.4, 2.3]
    assert seen[: len(expected)] == pytest.approx(expected)
    pause.click()
    page.wait_for_timeout(1000)
    stopped = shown_weight(page)
    page.wait_for_timeout(300)
    assert -5 < shown_weight(page) == stopped == pytest.approx(page.evaluate(DRAWN))
    rail = page.locator(f"{CHART} .slider-rail-touch-rect").first.bounding_box()
    assert rail
    for part, w in ((0.2, -3.0), (0.9, 4.0), (0.5, 0.0)):
        page.mouse.click(rail["x"] + part * rail["width"], rail["y"] + rail["height"] / 2)
        page.wait_for_function(f"w => Math.abs({DRAWN} - w) < 0.35", arg=w)
        assert shown_weight(page) == pytest.approx(page.evaluate(DRAWN))
    assert len(messages) == before


def test_lambda_plays_along_the_ridge_path_from_where_the_control_stands(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/l2?step=two-landscapes&lam=1")
    said = page.locator(f"{CHART} .slider-label").first
    # The article's curvatures are 18 2/3 and 0; the penalty adds 2 to both.
    expect(said).to_have_text(f"λ = 1: condition number {(56 / 3 + 2) / 2:.4g}")
    page.evaluate(WATCH)
    page.locator(f"{CHART} .updatemenu-button").first.click()
    expect(said).to_have_text("λ = 0: a valley")
    assert any("condition number 1.00" in name for name in page.evaluate("[...named]"))


def test_a_prediction_by_click_then_reveal(page: Page, base_url: str) -> None:
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        opened(page, f"{base_url}/one_weight?step=predict")
        assert num(41 / 15) not in alts(page)
        box = plotting_area(page)
        # The picture runs from −1 to 5. Every y doubles, so the answer is 41/15; the finger is a little beside it.
        page.mouse.click(box["x"] + (41 / 15 + 1) / 6 * box["width"] + 6, box["y"] + 0.4 * box["height"])
        expect(page).to_have_url(re.compile(r"guess=2\.[6-9]"))
        page.get_by_role("button", name="Reveal").click()
        expect(page.get_by_text("Right. Close enough")).to_be_visible()
        expect(page.locator(CHART).first).to_have_attribute("aria-label", re.compile(re.escape(num(41 / 15))))
        page.get_by_role("slider", name="Where will the minimum be?").press("Home")
        expect(page.get_by_text("That is the other way.")).to_be_visible()
        page.get_by_role("button", name="Predict again").click()
        expect(page.locator(CHART).first).not_to_have_attribute("aria-label", re.compile(re.escape(num(41 / 15))))


def test_a_direction_by_click_then_reveal(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/two_weights?step=predict")
    box = plotting_area(page)
    # From the pin (−1, 2) to (1, 4): straight down, across the valley, is 45 degrees.
    page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + 0.1 * box["height"])
    expect(page).to_have_url(re.compile(r"aim=4\d"))
    page.get_by_role("button", name="Reveal").click()
    expect(page.get_by_text("Right. You keep")).to_be_visible()


def test_a_check_answered_by_keyboard_marks_the_lesson_done(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/one_weight?step=check-yourself")
    fields = page.get_by_role("spinbutton")
    for i, wrong, right in ((0, loss_at(1) * 4, loss_at(1)), (1, 0.6, 7.5 * 0.2**2)):
        for value, reply in ((wrong, "Look again at"), (right, f"Right: {num(right)}.")):
            fields.nth(i).fill(str(value))
            fields.nth(i).press("Enter")
            expect(page.get_by_text(reply).first).to_be_visible()
            settled(page)
    true = ("It is never", "Muting a point", "The minimum w* becomes", "The lowest loss stays", "The bowl becomes")
    for claim in true:
        page.get_by_role("checkbox", name=re.compile(re.escape(claim))).press("Space")
    for i in (2, 3):
        page.get_by_role("button", name="Answer", exact=True).nth(i).press("Enter")
        settled(page)
    expect(page.get_by_text("Lesson done.")).to_be_visible()
    expect(page.get_by_test_id("stSidebar").get_by_role("link", name="One weight · done")).to_be_visible()


PLACE = "where-the-bowl-comes-from"
"""The name under which a browser keeps progress."""


def answer_first_check(page: Page, address: str) -> None:
    opened(page, f"{address}/one_weight?step=check-yourself")
    field = page.get_by_role("spinbutton").first
    field.fill(str(loss_at(1)))
    field.press("Enter")
    expect(page.get_by_text("1 of 4 right so far.")).to_be_visible()
    page.wait_for_function(f"(localStorage.getItem('{PLACE}') ?? '').includes('one_weight/0')")


def test_a_check_answered_is_still_answered_after_a_reload_and_after_the_server_starts_again(
    page: Page, tmp_path: Path
) -> None:
    with course(tmp_path / "first") as address:
        answer_first_check(page, address)
        page.reload()
        expect(page.get_by_text("1 of 4 right so far.")).to_be_visible()
        expect(page.get_by_text("You have had this one right.")).to_be_visible()
        port = urlsplit(address).port
    with course(tmp_path / "second", port) as address:
        opened(page, f"{address}/one_weight?step=check-yourself")
        expect(page.get_by_text("1 of 4 right so far.")).to_be_visible()
        page.get_by_test_id("stSidebar").get_by_role("link", name="Cover").click()
        page.get_by_role("link", name=re.compile("Continue where you left off: One weight, check yourself")).click()
        expect(page.get_by_role("heading", name="Check yourself")).to_be_visible()
        expect(page).to_have_url(re.compile("step=check-yourself"))


ODD = ["not json", "[1, 2", '{"steps": 7, "last": ["x"]}', "null", "{" * 10_000]


def test_a_corrupt_or_foreign_value_in_the_browser_is_ignored(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/l2")
    for kept in ODD:
        page.evaluate(f"kept => localStorage.setItem('{PLACE}', kept)", kept)
        page.reload()
        expect(page.get_by_test_id("stSidebar").get_by_role("link", name="L2 · 1 of 7")).to_be_visible()
        page.wait_for_function(f"(localStorage.getItem('{PLACE}') ?? '').includes('l2/plain-and-penalised')")
        expect(page.get_by_test_id("stException")).to_have_count(0)


def test_progress_can_be_saved_restored_elsewhere_and_erased(
    page: Page, base_url: str, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page.emulate_media(reduced_motion="reduce")  # the bowl on the cover takes a slow machine's time for itself
    answer_first_check(page, base_url)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Cover").click()
    page.get_by_text("Your progress").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save a copy").click()
    copy = tmp_path / "progress.json"
    download.value.save_as(copy)
    elsewhere = new_context().new_page()
    elsewhere.emulate_media(reduced_motion="reduce")
    opened(elsewhere, f"{base_url}/")
    elsewhere.get_by_text("Your progress").click()
    expect(elsewhere.get_by_text("0 questions answered right")).to_be_visible()
    elsewhere.locator("input[type=file]").set_input_files(
        {"name": "foreign.json", "mimeType": "application/json", "buffer": b"[1, 2"}
    )
    expect(elsewhere.get_by_text("This is not a copy of somebody’s progress")).to_be_visible()
    elsewhere.locator("input[type=file]").set_input_files(copy)
    expect(elsewhere.get_by_text("1 questions answered right")).to_be_visible()
    elsewhere.wait_for_function(f"(localStorage.getItem('{PLACE}') ?? '').includes('one_weight/0')")
    page.get_by_role("button", name="Erase").click()
    expect(page.get_by_text("0 questions answered right")).to_be_visible()
    page.wait_for_function(f"!localStorage.getItem('{PLACE}').includes('one_weight')")


def test_two_tabs_add_to_each_others_progress_and_erasing_erases_in_both(
    context: BrowserContext, base_url: str
) -> None:
    one, other = context.new_page(), context.new_page()
    one.emulate_media(reduced_motion="reduce")
    opened(one, f"{base_url}/one_weight?step=one-guess")
    opened(other, f"{base_url}/l2?step=two-landscapes")
    one.bring_to_front()
    one.get_by_role("button", name="Next").click()
    # What the other tab has seen is kept, and this one learns of it.
    for seen in ("One weight · 2 of 6", "L2 · 1 of 7"):
        expect(one.get_by_test_id("stSidebar").get_by_role("link", name=seen)).to_be_visible()
    one.get_by_test_id("stSidebar").get_by_role("link", name="Cover").click()
    one.get_by_text("Your progress").click()
    expect(one.get_by_text("3 steps seen")).to_be_visible()
    one.get_by_role("button", name="Erase").click()
    expect(one.get_by_text("0 steps seen")).to_be_visible()
    # Nothing comes back from the other tab but the step that is on its screen, and the next one seen there.
    other.bring_to_front()
    expect(other.get_by_test_id("stSidebar").get_by_role("link", name="One weight", exact=True)).to_be_visible()
    other.get_by_role("button", name="Next").click()
    expect(other.get_by_test_id("stSidebar").get_by_role("link", name="L2 · 2 of 7")).to_be_visible()
    settled(other)
    kept = other.evaluate(f"JSON.parse(localStorage.getItem('{PLACE}'))")
    assert [name.partition("/")[0] for name in kept["steps"]] == ["l2", "l2"]


def test_a_shared_link_opened_elsewhere_shows_the_same_numbers(
    page: Page, base_url: str, new_context: Callable[[], BrowserContext]
) -> None:
    opened(page, f"{base_url}/two_weights?step=read-the-rings")
    choose_data(page, "Slope and intercept")
    expect(page).to_have_url(re.compile("data=line"))
    settled(page)
    click_pin(page, plotting_area(page), 0.7, 0.3, ("w1", "w2"))
    page.get_by_role("radio", name="along w₂").click()
    expect(page).to_have_url(re.compile("camera="))
    settled(page)
    page.get_by_role("button", name="Share this view").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(base_url)).to_have_text(page.url)
    expect(dialog.get_by_role("img", name="QR code").or_(dialog.locator("img"))).to_be_visible()
    link = dialog.get_by_text(base_url).inner_text()
    elsewhere = new_context().new_page()
    opened(elsewhere, link)
    assert alts(elsewhere) == alts(page)
    expect(elsewhere.get_by_role("radio", name="along w₂")).to_be_checked()


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_a_teacher_presents_a_lesson_by_keyboard_alone(page: Page, base_url: str, lesson: Lesson) -> None:
    opened(page, f"{base_url}/{lesson.name}")
    size = "parseFloat(getComputedStyle(document.querySelector('[data-testid=stMarkdown] p')).fontSize)"
    alone = page.evaluate(size)
    page.get_by_role("button", name="Present", exact=True).press("Enter")
    expect(page).to_have_url(re.compile("present=true"))
    expect(page.get_by_test_id("stSidebar").get_by_role("link")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()
    settled(page)
    assert page.evaluate(size) > 1.2 * alone
    for key, steps in (("PageDown", lesson.steps[1:]), ("PageUp", lesson.steps[-2::-1])):
        for step in steps:
            page.keyboard.press(key)
            expect(page.get_by_role("heading", name=prose(step)[0])).to_be_visible()
            expect(page).to_have_url(re.compile(f"step={slug(step)}"))
            settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    ask = page.get_by_text(lesson.notes[lesson.steps[0]].ask)
    expect(ask).to_have_count(0)
    page.keyboard.press("n")
    expect(ask).to_be_visible()
    settled(page)
    page.keyboard.press("n")
    expect(ask).to_have_count(0)
    settled(page)
    page.get_by_role("button", name="Stop presenting").press("Enter")
    expect(page.get_by_test_id("stSidebar").get_by_role("link", name="Cover")).to_be_in_viewport()
    expect(page).not_to_have_url(re.compile("present"))


def test_a_teacher_goes_from_the_plan_to_a_moment_and_on(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/teach")
    page.get_by_role("tab", name="The course in 45 minutes").click()
    page.get_by_role("link", name="Present it").nth(-1).click()
    expect(page.get_by_role("heading", name="Predict", exact=True)).to_be_visible()
    expect(page.get_by_role("radio", name="Which way?")).to_be_checked()
    expect(page.get_by_role("button", name="Reveal")).to_be_visible()
    for part in ("step=predict", "data=line", "ask=way", "present=true"):
        expect(page).to_have_url(re.compile(part))
    settled(page)
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="Check yourself")).to_be_visible()


def test_a_teacher_locks_one_control_and_hides_another(
    page: Page, base_url: str, new_context: Callable[[], BrowserContext]
) -> None:
    opened(page, f"{base_url}/two_weights?w1=2.5&present=true")
    page.get_by_role("button", name="Share this view").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("For teachers").click()
    for at, control in enumerate(("Weight w₁", "Samples along each axis")):
        dialog.get_by_test_id("stButtonGroup").nth(at).get_by_text(control).click()
        settled(page)
    link = dialog.get_by_text(f"{base_url}/two_weights?w1=2.5&lock=w1&hide=grid").inner_text()
    learner = new_context().new_page()
    opened(learner, link)
    expect(learner.get_by_role("slider", name="Weight w₁")).to_be_disabled()
    expect(learner.get_by_role("slider", name="Samples along each axis")).not_to_be_visible()
    expect(learner.get_by_text("The lowest of the 100 × 100")).to_be_visible()
    box = plotting_area(learner)
    learner.mouse.click(box["x"] + 0.2 * box["width"], box["y"] + 0.1 * box["height"])
    expect(learner).to_have_url(re.compile(r"w2="))
    settled(learner)
    assert parse_qs(urlsplit(learner.url).query)["w1"] == ["2.5"]
    expect(learner.get_by_text(re.compile(r"Your pin .2\.5, 4"))).to_be_visible()
    # The step has run again by itself, and what it hides is still out of sight.
    expect(learner.get_by_role("slider", name="Samples along each axis")).not_to_be_visible()


def test_a_link_hides_no_more_than_controls(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/two_weights?step=predict&ask=units&hide=takeaway,aim,step")
    expect(page.locator(".st-key-takeaway")).to_be_visible()
    expect(page.get_by_text("The link hides “aim”, “takeaway”, which are no controls here.")).to_be_visible()
    expect(page.get_by_role("combobox")).not_to_be_visible()
    page.get_by_text("Which way is down?").last.click()
    expect(page.get_by_text("The link hides “takeaway”, which is no control here.")).to_be_visible()
    expect(page.get_by_role("slider", name="Your direction")).not_to_be_visible()
    expect(page.get_by_role("button", name="Reveal")).to_be_visible()


@pytest.mark.parametrize("where", ["", *(lesson.name for lesson in COURSE), "teach"])
def test_every_page_can_be_embedded(page: Page, base_url: str, where: str) -> None:
    page.goto(f"{base_url}/{where}?embed=true")
    expect(page.locator("h1")).to_be_visible()
    settled(page)
    expect(page.locator("[data-testid=stToolbar] button, [data-testid=stMainMenu]")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    if where in {lesson.name for lesson in COURSE}:
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_role("combobox")).to_have_value(re.compile("^2 · "))
        expect(page).to_have_url(re.compile("embed=true"))
        expect(page.locator(f"{CHART} .main-svg").first).to_be_visible()


def test_an_unknown_lesson_opens_the_cover_and_says_so(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/three_weights?step=7")
    expect(page.get_by_text("does not seem to exist")).to_be_visible()
    expect(page.get_by_role("heading", name="Where the bowl comes from")).to_be_visible()
