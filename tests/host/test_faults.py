"""What goes wrong on a host: the learner reads one sentence and finds a way on, and the log has the rest."""

from __future__ import annotations

import re
import resource
import signal

import pytest
import streamlit as st
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from engine import data
from tests.app import ROOT, text
from tests.browser.drive import opened, settled
from tests.client import learner, run
from tests.host.test_attacks import says
from tests.serve import serving, sessions

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


def test_the_learner_goes_on_where_they_were_when_the_server_is_killed_and_started_again(page: Page) -> None:
    with serving() as server:
        port = int(server.address.rpartition(":")[2])
        opened(page, f"{server.url}/two_weights?step=read-the-rings")
        page.get_by_role("slider", name="Weight w₁").press("ArrowRight")
        expect(page.get_by_text("Your pin (−0.95, 2)")).to_be_visible()
        settled(page)
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
    with serving(port=port) as server:
        # A control that moves before the page has run once is not heard: the new server does not know of it yet.
        while not sessions(server):
            page.wait_for_timeout(100)
        page.wait_for_timeout(1000)
        settled(page)
        expect(page.get_by_text("Your pin (−0.95, 2)")).to_be_visible()
        page.get_by_role("slider", name="Weight w₁").press("ArrowRight")
        expect(page.get_by_text("Your pin (−0.9, 2)")).to_be_visible()
        expect(
            page.get_by_test_id("stSidebar").get_by_role("link", name=re.compile("Two weights · 1 of"))
        ).to_be_visible()


def test_with_a_full_disk_the_lessons_go_on_and_so_do_their_sentences() -> None:
    async def learn(address: str) -> None:
        async with learner(address, "one_weight") as one:
            for w in (-1.0, 2.0):
                await one.move("w", w)
                assert says(one, w)
        async with learner(address, "one_weight", "step=the-slope") as one:
            assert any(b"This step stopped" in delta for _, delta in one.deltas)
        for page in ("two_weights", "l2", "teach", ""):
            async with learner(address, page):
                pass

    with serving(before=BROKEN) as server:
        # From now on no file of the server may grow by a byte, its log included.
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (0, 0))
        told = server.log.read_text()
        run(learn(server.address))
        assert server.healthy()
        assert server.log.read_text() == told
