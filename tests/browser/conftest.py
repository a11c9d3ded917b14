"""A real server, a real browser, and one tab of it, which each test leaves as it found it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.get import chromium_path
from tests.serve import serving


@contextmanager
def course(log: Path, port: int | None = None) -> Iterator[str]:
    """The course on `port` or a free one; its address. Nothing may go wrong in it, whatever the test does."""
    with serving(log=log, port=port) as server:
        yield server.url
    # A step that does not exist anymore is one whose learner was not answered.
    assert not [line for line in ("Traceback", "does not exist anymore") if line in log.read_text()], log.read_text()


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for the tests that need no fresh one."""
    with course(tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium from the machine where there is one; software WebGL, so that 3-D draws without a graphics card."""
    found = {"executable_path": chromium_path()} if chromium_path() else {}
    flags = ["--no-sandbox", "--disable-background-networking", "--enable-unsafe-swiftshader"]
    return browser_type_launch_args | found | {"args": flags}


@pytest.fixture(scope="session")
def acquainted(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile that has met the course: it keeps the scripts it has loaded, which would take each test longer
    to load than all that it does with them. `new_context` gives one that has met nothing."""
    with browser.new_context() as context:
        yield context


@pytest.fixture(scope="session")
def tab(acquainted: BrowserContext) -> Page:
    """Its tab that stays open: in a new one, opening a page takes twice as long."""
    return acquainted.new_page()


@pytest.fixture
def context(acquainted: BrowserContext, tab: Page) -> Iterator[BrowserContext]:
    """That profile, which afterwards forgets what this test has left in it: cookies, storage, other tabs."""
    yield acquainted
    acquainted.set_offline(False)
    acquainted.clear_cookies()
    for page in acquainted.pages:
        origin = "/".join(page.url.split("/")[:3])
        if origin.startswith("http"):
            page.evaluate("sessionStorage.clear()")
            page.goto("about:blank")
            told = {"origin": origin, "storageTypes": "local_storage"}
            acquainted.new_cdp_session(page).send("Storage.clearDataForOrigin", told)
        if page != tab:
            page.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """The tab, as a test expects a new one. A test that ties something to it for good (`route_web_socket`,
    `add_init_script`) needs one of its own: `context.new_page()`."""
    tab = context.pages[0]
    yield tab
    tab.set_viewport_size({"width": 1280, "height": 720})
    tab.emulate_media(color_scheme="light", reduced_motion="no-preference")
