"""A server of the course, started as the README starts it, and what it costs."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from tests.app import ROOT

PATIENCE = 60
"""Seconds for a server to start. On a slow machine it takes long; only one that never starts is wrong."""


@dataclass
class Server:
    """A running server: its address as host:port, its process, and where it writes its log."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        """The address for a browser."""
        return f"http://{self.address}"

    @property
    def cpu(self) -> float:
        """Seconds of processor time spent so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> float:
        """Megabytes in use."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
        assert found
        return int(found[1]) / 1024

    def healthy(self) -> bool:
        """Whether it answers that it is well."""
        try:
            with urlopen(f"{self.url}/_stcore/health", timeout=10) as answer:
                return bool(answer.read() == b"ok")
        except OSError:
            return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(
    *settings: str,
    script: Path = ROOT / "Home.py",
    before: str = "",
    port: int | None = None,
    log: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """The course, or another script, on `port` or a free one, with these settings on its command line. The server runs
    the lines `before` first, and writes its log to a file of its own unless it is told where."""
    port = port or free_port()
    start = f"{before}\nfrom streamlit.web.cli import main\nmain(prog_name='streamlit')"
    command = [sys.executable, "-c", start, "run", str(script), "--server.port", str(port), *settings]
    with TemporaryDirectory() as folder:
        log = log or Path(folder, "log")
        with (
            log.open("wb") as out,
            subprocess.Popen(
                command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=os.environ | (env or {})
            ) as process,
        ):
            server = Server(f"localhost:{port}", process, log)
            try:
                wait_until_healthy(server)
                yield server
            finally:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:  # it cannot even say that it stops
                    process.kill()


def wait_until_healthy(server: Server) -> None:
    """Wait for a server that is starting. Raises RuntimeError with its log if it does not."""
    end = time.monotonic() + PATIENCE
    while not server.healthy():
        if server.process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"The server did not start: {server.log.read_text()}")
        time.sleep(0.05)


def sessions(server: Server) -> int:
    """How many learners a server has, by its own count; 0 for one that is gone."""
    try:
        with urlopen(f"{server.url}/_stcore/metrics?families=active_sessions", timeout=10) as answer:
            found = re.search(r"^active_sessions\S* (\d+)", answer.read().decode(), re.MULTILINE)
    except OSError:
        return 0
    assert found
    return int(found[1])
