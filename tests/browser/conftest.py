"""A real server and a real browser. `page` is pytest-playwright's, opened on this suite's Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

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
