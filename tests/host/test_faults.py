"""What goes wrong on a host: the learner reads one sentence and finds a way on, and the log has the rest."""

from __future__ import annotations

import re
import resource
import signal
from collections.abc import Callable

import pytest
import streamlit as st
from playwright.sync_api import BrowserContext, Locator, Page, WebSocketRoute, expect
from streamlit.testing.v1 import AppTest

from engine import data
from lessons.course import COURSE
from lessons.words import num, vector
from tests.app import ROOT, text
from tests.browser.drive import CHART, choose_data, click_pin, opened, plotting_area, settled
from tests.browser.test_course import loss_at
from tests.browser.test_your_data import PASTED, brought
from tests.client import learner, run
from tests.host.test_attacks import says
from tests.serve import free_port, serving

BROKEN = """
from engine import loss
def broken(*_):
    raise RuntimeError("forced by a test")
loss.slopes = broken
"""


def test_an_error_inside_a_step_is_one_sentence_and_a_way_on_and_its_traceback_is_in_the_log(page: Page) -> None:
    with serving(before=BROKEN) as server:
        page.goto(f"{server.url}/one_weight?step=the-slope&w=2")
        expect(page.get_by_role("alert")).to_contain_text("This step stopped")
        settled(page)
        for told in ("forced by a test", "RuntimeError", "Traceback"):
            expect(page.get_by_text(told)).to_have_count(0)
        # The rest of the page lives: the way to the step's beginning, and on.
        with page.expect_popup() as afresh:
            page.get_by_role("link", name="Open this step as it begins").click()
        expect(afresh.value).to_have_url(f"{server.url}/one_weight?step=the-slope")
        expect(afresh.value.get_by_role("slider", name="Weight w")).to_have_value("0.5")
        page.get_by_role("button", name="Back").click()
        expect(page.get_by_role("heading", name="Where the bowl comes from", exact=True)).to_be_visible()
        expect(page.locator("[data-testid=stPlotlyChart] .main-svg").first).to_be_visible()
        log = server.log.read_text()
        assert "The step “the-slope” of the lesson “one_weight” stopped." in log
        assert "RuntimeError: forced by a test" in log


def test_data_that_leave_the_range_of_numbers_stop_the_step_and_not_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = data.load

    def diverging(*args: object) -> object:
        found = whole(*args)  # type: ignore[arg-type]
        object.__setattr__(found, "X", found.X * 1e300)
        return found

    # What other tests have computed is still kept, and what this one computes is wrong.
    st.cache_data.clear()
    monkeypatch.setattr(data, "load", diverging)
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=30).switch_page(str(ROOT / "pages/one_weight.py"))
    app.run()
    assert [error.value.partition(":")[0] for error in app.error] == ["This step stopped"]
    assert not app.exception
    assert "1e+50" not in text(app)
    st.cache_data.clear()


def press(control: Locator, key: str) -> None:
    """Press a key on a control as soon as it is not barred for want of a server."""
    expect(control).to_be_enabled()
    control.press(key)


def slide(page: Page) -> None:
    press(page.get_by_role("slider", name="Weight w"), "ArrowRight")
    expect(page.get_by_text(f"At w = 0.55 the squares average {num(loss_at(0.55))}.")).to_be_visible()


def slide_on(page: Page) -> None:
    expect(page.get_by_role("slider", name="Weight w₁")).to_have_value("-0.95")
    press(page.get_by_role("slider", name="Weight w₁"), "ArrowRight")
    expect(page.get_by_text(f"Your pin (−0.9, 2) has loss {num(loss_at(-0.9, 2))}")).to_be_visible()


def reveal(page: Page) -> None:
    page.get_by_role("button", name="Reveal").click()
    expect(page.get_by_text("Your pin pays")).to_be_visible()


def answer(page: Page) -> None:
    press(page.get_by_role("spinbutton").first, "Enter")
    expect(page.get_by_text("1 of 4 right so far.")).to_be_visible()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Read the rings")).to_be_visible()


def unfold(page: Page) -> None:
    page.get_by_text("The charts as tables").click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()


def click_the_map(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-connection-state", "CONNECTED")
    pin = click_pin(page, plotting_area(page), 0.7, 0.4, ("w1", "w2"))
    expect(page.get_by_text(f"Your pin {vector(pin)} has loss {num(loss_at(*pin))}")).to_be_visible()


ELSEWHERE = """
from streamlit.runtime import metrics_util
metrics_util._get_machine_id_v3 = lambda: "another machine"
"""
PLANE = "two_weights?step=sample-the-plane"
"""A step with a map to click, and nothing in space, which is dear to draw."""
LOSSES: list[tuple[signal.Signals, str, list[tuple[str, Callable[[Page], None]]]]] = [
    (signal.SIGTERM, "", [("one_weight?step=one-guess", slide), ("one_weight?step=predict", reveal)]),
    (signal.SIGINT, "", [(PLANE, go_on), ("one_weight?step=one-guess", unfold)]),
    (signal.SIGKILL, "", [("one_weight?step=check-yourself", answer), (PLANE, click_the_map)]),
    (signal.SIGKILL, ELSEWHERE, [("one_weight?step=predict", reveal), (f"{PLANE}&w1=-0.95", slide_on)]),
]
"""How the server stops, what the next one is like, and what is moved first on pages where nothing was moved before."""


def test_the_first_control_moved_answers_after_the_server_was_stopped_and_started_again(
    context: BrowserContext,
) -> None:
    port = free_port()
    for stop, before, moves in LOSSES:
        with serving(port=port) as server:
            pages = [context.new_page() for _ in moves]
            for page, (link, _) in zip(pages, moves, strict=True):
                opened(page, f"{server.url}/{link}")
                if "check" in link:
                    page.get_by_role("spinbutton").first.fill(str(loss_at(1)))
            server.process.send_signal(stop)
            server.process.wait()
        with serving(port=port, before=before):
            # At once: a control moves as soon as it can be moved, while the new server still loads its libraries.
            for page, (_, move) in zip(pages, moves, strict=True):
                page.bring_to_front()
                move(page)
                page.close()


def test_a_page_whose_session_was_given_up_says_so_calmly_and_then_answers_the_first_control(
    context: BrowserContext,
) -> None:
    page = context.new_page()
    lines: list[tuple[WebSocketRoute, WebSocketRoute]] = []
    page.route_web_socket(re.compile("/_stcore/stream$"), lambda line: lines.append((line, line.connect_to_server())))
    with serving("--server.disconnectedSessionTTL", "1") as server:
        opened(page, f"{server.url}/one_weight?step=one-guess")
        away = page.get_by_text("The server cannot be reached just now.")
        expect(away).to_be_hidden()
        page.context.set_offline(True)
        for end in lines.pop():
            end.close()
        expect(away).to_be_visible()
        # Streamlit tries a few times before it lays its own word over the page.
        page.wait_for_timeout(4000)
        expect(page.get_by_test_id("stDialog")).to_have_count(0)
        page.context.set_offline(False)
        slide(page)
        expect(away).to_be_hidden()


def test_lost_own_data_are_said_to_be_gone_and_come_back_with_one_press(page: Page) -> None:
    gone, mine = page.get_by_text("Your data are gone from the server."), page.get_by_text("5 points, ŷ = w · area")
    use = page.get_by_role("button", name="Use these")
    with serving() as server:
        port = int(server.address.rpartition(":")[2])
        opened(page, f"{server.url}/one_weight")
        choose_data(page, "Yours")
        # Chosen by hand, they begin with the article's points, to change.
        expect(page.get_by_text("4 points, ŷ = w · x")).to_be_visible()
        brought(page, PASTED)
        expect(mine).to_be_visible()
        settled(page)
        server.process.kill()
        server.process.wait()
    with serving(port=port):
        expect(gone).to_be_visible()
        expect(page.locator(CHART)).to_have_count(0)
        use.click()
        expect(mine).to_be_visible()
        settled(page)
        # A reload ends the session, too.
        page.reload()
        expect(gone).to_be_visible()
        expect(page.get_by_label("Cells copied from a spreadsheet")).to_have_value(re.compile("^area\trooms"))
        expect(page.locator(CHART)).to_have_count(0)
        use.click()
        expect(mine).to_be_visible()


def test_the_learner_goes_on_where_they_were_when_the_server_is_killed_and_started_again(page: Page) -> None:
    with serving() as server:
        port = int(server.address.rpartition(":")[2])
        opened(page, f"{server.url}/{PLANE}")
        page.get_by_role("slider", name="Weight w₁").press("ArrowRight")
        expect(page.get_by_text("Your pin (−0.95, 2)")).to_be_visible()
        page.get_by_role("button", name="Next").click()
        page.get_by_role("button", name="Back").click()
        expect(page.get_by_text("Your pin (−0.95, 2)")).to_be_visible()
        settled(page)
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
    with serving(port=port):
        slide_on(page)
        # What was seen before the server was killed comes back from the browser.
        expect(
            page.get_by_test_id("stSidebar").get_by_role("link", name=re.compile("Two weights · 2 of"))
        ).to_be_visible()


def test_with_a_full_disk_the_lessons_go_on_and_so_do_their_sentences() -> None:
    async def learn(address: str) -> None:
        async with learner(address, "one_weight") as one:
            for w in (-1.0, 2.0):
                await one.move("w", w)
                assert says(one, w)
        async with learner(address, "one_weight", "step=the-slope") as one:
            assert any(b"This step stopped" in delta for _, delta in one.deltas)
        for page in (*(lesson.name for lesson in COURSE[1:]), "teach", ""):
            async with learner(address, page):
                pass

    with serving(before=BROKEN) as server:
        # From now on no file of the server may grow by a byte, its log included.
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (0, 0))
        told = server.log.read_text()
        run(learn(server.address))
        assert server.healthy()
        assert server.log.read_text() == told
