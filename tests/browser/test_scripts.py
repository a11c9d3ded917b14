"""What our scripts and our style do to the page, duty by duty.

`lessons/shell/selectors.py` names, for all that they know of Streamlit and Plotly, the test here that notices a change.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Download, Locator, Page, WebSocketRoute, expect

from lessons.words import vector
from tests.browser.drive import CHART, OTHER, alts, click_pin, opened, plotting_area, settled

Context = Callable[..., BrowserContext]


def test_frames_are_played_and_scrubbed_by_keyboard(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/one_weight?step=every-guess")
    rail = page.get_by_role("slider", name="Picture")
    expect(rail).to_have_attribute("aria-valuetext", "w = 0.5, loss 6.875")
    rail.focus()
    # Every step of the way, at both ends too, where there is no way on.
    for key, w in (
        ("ArrowRight", "0.6"),
        ("ArrowUp", "0.7"),
        ("ArrowLeft", "0.6"),
        ("ArrowDown", "0.5"),
        ("End", "5"),
        ("ArrowRight", "5"),
        ("ArrowLeft", "4.9"),
        ("ArrowLeft", "4.8"),
        ("Home", "-5"),
        ("ArrowLeft", "-5"),
        ("ArrowRight", "-4.9"),
        ("ArrowRight", "-4.8"),
        ("Home", "-5"),
    ):
        page.keyboard.press(key)
        expect(rail).to_have_attribute("aria-valuetext", re.compile(f"^w = {re.escape(w)}, "))
    expect(rail).to_have_attribute("aria-valuetext", "w = -5, loss 305.3")
    # A key that is none of a slider's is left to the page.
    page.keyboard.press("Tab")
    expect(rail).not_to_be_focused()
    for key in ("Enter", "Space"):
        rail.press("Home")
        expect(rail).to_have_attribute("aria-valuetext", "w = -5, loss 305.3")
        page.get_by_role("button", name="▶ Play").press(key)
        expect(rail).not_to_have_attribute("aria-valuetext", "w = -5, loss 305.3")
        page.get_by_role("button", name="Pause").press(key)


def test_a_playing_chart_says_one_name_and_its_buttons_keep_their_ground(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/one_weight?step=every-guess")
    slider = page.locator(f"{CHART} .slider-group")
    expect(slider.get_by_text(re.compile("^w = ")).filter(visible=True)).to_have_text(["w = 0.5, loss 6.875"])
    play = page.locator(f"{CHART} .updatemenu-button").first
    play.hover()
    painted = play.locator("rect").evaluate_all("all => all.map(each => getComputedStyle(each).fill)")
    assert painted
    assert set(painted) == {"rgba(0, 0, 0, 0)"}


def test_the_covers_bowl_begins_to_play_by_itself(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/")
    # It stands there with all points, and goes back from them.
    for n in (3, 2):
        expect(page.locator(f"{CHART} .slider-label").first).to_have_text(f"the first {n} points")


def test_nothing_plays_where_less_motion_is_asked_for(base_url: str, new_context: Context) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    opened(page, f"{base_url}/one_weight?step=every-guess")
    expect(page.locator(".updatemenu-button").first).to_be_hidden()
    expect(page.locator(".slider-group")).to_be_visible()


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


def test_where_there_is_no_mouse_no_tools_lie_on_what_stands_above_a_table(base_url: str, new_context: Context) -> None:
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    opened(page, f"{base_url}/one_weight")
    page.get_by_text("The charts as tables").tap()
    tools = page.get_by_test_id("stElementToolbar")
    expect(tools).not_to_have_count(0)
    expect(tools.filter(visible=True)).to_have_count(0)


def test_what_a_step_comes_to_is_read_out_when_it_changes(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/one_weight")
    said = page.get_by_role("status").filter(has_text="squares average")
    expect(said).to_contain_text("6.875")
    page.get_by_role("slider", name="Weight w").press("ArrowRight")
    # The same element: a new one would be read as a whole page is, or not at all.
    expect(said).to_contain_text("6.244")


EYE = """() => {
    const spaces = [...document.querySelectorAll('.js-plotly-plot')].map(chart => chart._fullLayout?.scene?._scene)
    const eye = spaces.find(Boolean)?.getCamera().eye
    return eye ? [eye.x, eye.y, eye.z] : null
}"""
"""Where one stands before the page's bowl, once it is there."""


def test_the_bowl_stays_as_the_learner_turned_it_when_the_pin_moves(page: Page, base_url: str) -> None:
    def eye(near: bool, place: list[float]) -> list[float]:
        """Wait until one stands near `place` or far from it; where that is."""
        apart = (
            f"place => {{ const eye = ({EYE})(); return Math.hypot(...(eye ?? [NaN]).map((v, i) => v - place[i])) }}"
        )
        page.wait_for_function(f"place => ({apart})(place) {'< 1e-6' if near else '> 0.1'}", arg=place)
        found: list[float] = page.evaluate(EYE)
        return found

    opened(page, f"{base_url}/two_weights?step=read-the-rings&data=line")
    corner = eye(True, [1.2, -1.4, 1.25])
    bowl = page.locator(CHART).nth(1)
    bowl.scroll_into_view_if_needed()
    box = bowl.bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.55 * box["height"], steps=6)
    page.mouse.up()
    page.wait_for_timeout(500)  # the last of the turn
    turned = eye(False, corner)
    said = alts(page)
    page.get_by_role("slider", name="Weight w₁").press("ArrowRight")
    page.wait_for_function(OTHER, arg=said)
    eye(True, turned)
    # Another side that is asked for is another view.
    page.get_by_text("above", exact=True).click()
    eye(True, [0, -0.01, 1.9])


BLANK = f"""() => {{
    window.blank = []
    const seen = new Set()
    const place_of = element => {{ const {{ left, top }} = element.getBoundingClientRect(); return [left, top] }}
    const look = () => {{
        for (const place of document.querySelectorAll('{CHART}')) {{
            const drawn = [...place.querySelectorAll('.main-svg')]
            if (place.checkVisibility() && !drawn.some(svg => svg.checkVisibility({{ visibilityProperty: true }})))
                blank.push(place.ariaLabel)
            const old = place.querySelector('.before')
            if (!old || seen.has(old)) continue
            seen.add(old)
            const [at, stands] = [place, old].map(place_of)
            if (Math.hypot(at[0] - stands[0], at[1] - stands[1]) > 2) blank.push(`elsewhere: ${{stands}}, not ${{at}}`)
            for (const canvas of old.querySelectorAll('canvas')) {{
                const {{ data }} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
                if (!data.some(Boolean)) blank.push(`nothing in space: ${{place.ariaLabel}}`)
            }}
        }}
        requestAnimationFrame(look)
    }}
    look()
}}"""
"""Take down each chart that a picture of the screen shows empty, and each chart before that stands in for one badly."""


@pytest.mark.parametrize(
    "step",
    [
        "one_weight?step=one-guess",
        "one_weight?step=every-guess",
        "two_weights?step=read-the-rings&data=line",
        "l2?step=two-landscapes",
    ],
)
def test_no_chart_goes_blank_while_a_control_moves(step: str, page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/{step}")
    page.wait_for_timeout(500)
    page.evaluate(BLANK)
    told = alts(page)
    # Before the answer to the one is drawn, the next is asked for.
    for _ in range(4):
        page.get_by_role("slider").first.press("ArrowRight")
        page.wait_for_timeout(50)
    page.wait_for_function(OTHER, arg=told)
    settled(page)
    assert page.evaluate("blank") == []


def test_the_next_step_begins_at_its_top(page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 664})
    opened(page, f"{base_url}/one_weight")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Every guess, one curve")).to_be_in_viewport()


INK = {
    "keyword": ("rgb(11, 95, 176)", "rgb(109, 184, 245)"),
    "number": ("rgb(11, 110, 99)", "rgb(79, 209, 192)"),
    "boolean": ("rgb(11, 122, 62)", "rgb(95, 217, 138)"),
}
"""Colours that are dark enough on a light page, and light enough on a dark one."""


def test_code_can_be_read(page: Page, base_url: str) -> None:
    opened(page, f"{base_url}/l2")
    page.get_by_text("Take it apart").click()
    code = page.get_by_test_id("stCode")
    page.emulate_media(color_scheme="light")
    for kind, (light, _) in INK.items():
        expect(code.locator(f".{kind}").first).to_have_css("color", light)
    page.emulate_media(color_scheme="dark")
    for kind, (_, dark) in INK.items():
        expect(code.locator(f".{kind}").first).to_have_css("color", dark)


class Line:
    """Between a page and its server: what the page sends, and whether what the server says may come through."""

    def __init__(self, page: Page) -> None:
        self.sent: list[str | bytes] = []
        self.held: list[str | bytes] | None = None
        page.route_web_socket(re.compile("/_stcore/stream$"), self.join)

    def join(self, line: WebSocketRoute) -> None:
        self.line, self.server = line, line.connect_to_server()
        self.line.on_message(self.send)
        self.server.on_message(self.tell)

    def send(self, message: str | bytes) -> None:
        self.sent.append(message)
        self.server.send(message)

    def tell(self, message: str | bytes) -> None:
        if self.held is None:
            self.line.send(message)
        else:
            self.held.append(message)

    def cut(self) -> None:
        """The page has to join again, and the server is silent from now on."""
        self.held = []
        self.line.close()
        self.server.close()

    def go_on(self) -> None:
        """Let through what the server has said meanwhile, and all that it will say."""
        assert self.held is not None
        held, self.held = self.held, None
        for message in held:
            self.line.send(message)


def click(button: Locator) -> None:
    button.click()


def enter(field: Locator) -> None:
    field.press("Enter")


PRESSED: dict[str, tuple[str, Callable[[Page], Locator], Callable[[Locator], None], str]] = {
    "button": (
        "one_weight?step=predict",
        lambda page: page.get_by_role("button", name="Reveal"),
        click,
        "Predict again",
    ),
    "answer": (
        "one_weight?step=check-yourself",
        lambda page: page.get_by_role("button", name="Answer", exact=True).last,
        click,
        "Something true is not ticked yet.",
    ),
    "enter": (
        "one_weight?step=check-yourself",
        lambda page: page.get_by_role("spinbutton").first,
        enter,
        "1 of 4 right so far.",
    ),
    "download": ("l2", lambda page: page.get_by_role("button", name="Points", exact=True), click, ""),
}
"""Where, what is pressed and how, and what then appears."""


@pytest.mark.parametrize("what", PRESSED)
def test_what_is_pressed_before_a_server_has_answered_waits_for_the_answer(
    what: str, context: BrowserContext, base_url: str
) -> None:
    link, find, press, answer = PRESSED[what]
    page = context.new_page()
    line = Line(page)
    files: list[Download] = []
    page.on("download", lambda file: files.append(file))
    opened(page, f"{base_url}/{link}")
    if what == "enter":
        page.get_by_role("spinbutton").first.fill("2.25")  # (1² + 2² + 2² + 0²) / 4
    if what == "download":
        page.get_by_text("Take it apart").click()
    expect(find(page)).to_be_visible()
    # A new session asks for the page once more when the browser has told it what it kept.
    page.wait_for_function("localStorage.getItem('where-the-bowl-comes-from')")
    settled(page)
    line.cut()
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
    page.wait_for_timeout(500)
    sent = len(line.sent)
    press(find(page))
    page.wait_for_timeout(500)
    assert (len(line.sent), files) == (sent, [])
    if answer:
        line.go_on()
        expect(page.get_by_text(answer).first).to_be_visible()
    else:
        with page.expect_download():
            line.go_on()
