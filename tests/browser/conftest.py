"""A real server and a real browser. `page` is pytest-playwright's, opened on this suite's Chromium."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.app import ROOT
from tests.browser.get import installed


@contextmanager
def serving(log: Path, port: int | None = None) -> Iterator[str]:
    """The course on `port` or a free one, as the README starts it; its address. What it prints goes to `log`."""
    if port is None:
        with socket.socket() as free:
            free.bind(("localhost", 0))
            port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "Home.py", "--server.port", str(port)]
    with log.open("w") as out, subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT) as server:
        try:
            for _ in range(300):
                try:
                    urlopen(f"http://localhost:{port}/_stcore/health", timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                pytest.fail(f"The server did not start: {log.read_text()}")
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for the tests that need no fresh one."""
    with serving(tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium from the machine where there is one; software WebGL, so that 3-D draws without a graphics card."""
    found = {"executable_path": installed()} if installed() else {}
    flags = ["--no-sandbox", "--disable-background-networking", "--enable-unsafe-swiftshader"]
    return browser_type_launch_args | found | {"args": flags}
