"""Four replicas behind nginx, with the configuration of deploy/: a class spreads over them, each learner stays with
one, and when one is killed its learners go on elsewhere."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, ExitStack, closing
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, expect
from websockets.exceptions import InvalidStatus

from lessons.words import vector
from tests.app import ROOT
from tests.browser.drive import opened, settled
from tests.browser.test_take_apart import downloaded
from tests.client import connected, learner, run
from tests.get import nginx_path
from tests.host.test_attacks import says
from tests.serve import Server, free_port, serving, sessions

REPLICAS = 4
SECRET = {"STREAMLIT_SERVER_COOKIE_SECRET": "the same for all"}

# In CI, nginx is installed; a machine without it is another matter.
pytestmark = pytest.mark.skipif(not nginx_path() and "CI" not in os.environ, reason="nginx is not installed")


@dataclass
class Host:
    """nginx's address, and the replicas behind it."""

    address: str
    replicas: list[Server]

    @property
    def sessions(self) -> list[int]:
        """How many learners each replica has, by its own count; 0 for one that is gone."""
        return [sessions(replica) for replica in self.replicas]


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """nginx with deploy/nginx.conf; only the addresses are this machine's."""
    folder = tmp_path_factory.mktemp("nginx")
    shutil.copy(ROOT / "deploy" / "nginx.conf", folder)
    # nginx gives up root's rights, and must still find its folder.
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(0o755)
    with ExitStack() as stack:
        # All at once: each takes a while to start.
        replicas = [stack.enter_context(serving(env=SECRET)) for _ in range(REPLICAS)]
        (folder / "replicas.conf").write_text("".join(f"server {each.address};\n" for each in replicas))
        port = free_port()
        (folder / "listen.conf").write_text(f"listen 127.0.0.1:{port};\n")
        nginx = [nginx_path() or "nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
        proxy = stack.enter_context(subprocess.Popen([*nginx, "-g", "daemon off;"]))
        try:
            found = Server(f"127.0.0.1:{port}", proxy, folder / "error.log")
            for _ in range(100):
                if found.healthy():
                    break
                time.sleep(0.1)
            yield Host(found.address, replicas)
        finally:
            proxy.terminate()


def ticket(host: Host) -> str:
    """The cookie that a learner's browser gets with the page."""
    with urlopen(f"http://{host.address}/one_weight") as answer:
        cookies = answer.headers.get_all("Set-Cookie")
    (found,) = [each.partition(";")[0] for each in cookies if each.startswith("replica=")]
    return str(found)


def test_a_class_of_a_hundred_spreads_over_the_replicas(host: Host) -> None:
    spread: list[int] = []

    async def attend(seed: int, everybody: asyncio.Barrier) -> None:
        cookie = await asyncio.to_thread(ticket, host)
        async with learner(host.address, "one_weight", cookie=cookie) as one:
            for move in range(3):
                w = (seed % 20 - 10 + move) / 4
                await one.move("w", w)
                assert says(one, w)
            await everybody.wait()
            if seed == 0:
                spread.extend(await asyncio.to_thread(lambda: host.sessions))
            await everybody.wait()

    async def teach() -> None:
        everybody = asyncio.Barrier(100)
        async with asyncio.TaskGroup() as group:
            for seed in range(100):
                group.create_task(attend(seed, everybody))

    run(teach())
    assert sum(spread) == 100
    # Even would be 25 each. By chance alone, fewer than 8 happens once in many thousand classes.
    assert min(spread) >= 8, spread
    assert max(replica.memory for replica in host.replicas) < 690


async def where(host: Host, cookie: str) -> int:
    """Which replica a learner with this cookie comes to. Nobody else may be there."""
    async with learner(host.address, "one_weight", cookie=cookie):
        (at,) = [i for i, count in enumerate(await asyncio.to_thread(lambda: host.sessions)) if count]
    while any(await asyncio.to_thread(lambda: host.sessions)):
        await asyncio.sleep(0.05)
    return at


@pytest.fixture(scope="module")
def tickets(host: Host) -> dict[int, str]:
    """For each replica, a cookie that leads to it."""
    found: dict[int, str] = {}

    async def ask() -> None:
        # The chance to miss one replica in a hundred draws is that of a coin falling heads forty times.
        for _ in range(100):
            if len(found) < REPLICAS:
                cookie = await asyncio.to_thread(ticket, host)
                found[await where(host, cookie)] = cookie

    run(ask())
    assert len(found) == REPLICAS
    return found


def test_a_learner_stays_with_one_replica(host: Host, tickets: dict[int, str]) -> None:
    async def come_again() -> None:
        for at, cookie in tickets.items():
            assert await where(host, cookie) == at

    run(come_again())


def test_metrics_are_not_public(host: Host) -> None:
    for path in ("/_stcore/metrics", "/_stcore/metrics/", "//_stcore/metrics", "/_stcore/%6detrics"):
        with pytest.raises(OSError, match="HTTP Error 404"):
            urlopen(f"http://{host.address}{path}")


def half_a_request(host: Host) -> socket.socket:
    """A connection on which a request has begun and does not go on."""
    name, port = host.address.split(":")
    line = socket.create_connection((name, int(port)), timeout=20)
    line.send(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    return line


def test_one_address_has_six_hundred_lines_small_bodies_and_no_time_to_waste(host: Host) -> None:
    slow, began = half_a_request(host), time.monotonic()
    refused: list[int] = []

    async def crowd() -> None:
        async with AsyncExitStack() as stack:
            for _ in range(600):
                await stack.enter_async_context(connected(host.address))
            try:
                await stack.enter_async_context(connected(host.address))
            except InvalidStatus as error:
                refused.append(error.response.status_code)

    run(crowd())
    assert refused == [503]
    upload = Request(f"http://{host.address}/_stcore/upload_file/a/b", b"x" * 2_200_000, method="PUT")
    with pytest.raises(HTTPError, match="413"):
        urlopen(upload)
    with closing(slow):
        assert slow.recv(100) == b""
    assert time.monotonic() - began >= 9


def test_uploads_and_downloads_work_at_every_replica(
    host: Host, tickets: dict[int, str], new_context: Callable[[], BrowserContext]
) -> None:
    for at, cookie in tickets.items():
        context = new_context()
        context.add_cookies([{"name": "replica", "value": cookie.partition("=")[2], "url": f"http://{host.address}"}])
        page = context.new_page()
        opened(page, f"http://{host.address}/one_weight?data=own")
        assert [bool(count) for count in host.sessions] == [i == at for i in range(REPLICAS)]
        page.get_by_role("tab", name="Choose a file").click()
        table = f"size,price\n1,{at + 1}\n2,{at + 3}\n3,9"
        page.locator("input[type=file]").set_input_files(
            {"name": "mine.csv", "mimeType": "text/csv", "buffer": table.encode()}
        )
        expect(page.get_by_text("3 points, ŷ = w · size")).to_be_visible()
        page.get_by_text("Take it apart").click()
        expect(page.get_by_role("button", name="Points", exact=True)).to_be_visible()
        settled(page)
        points = np.loadtxt(downloaded(page, "Points").path(), delimiter=",", skiprows=1)
        np.testing.assert_array_equal(points, [[1, at + 1], [2, at + 3], [3, 9]])
        context.close()
        while any(host.sessions):
            time.sleep(0.05)


def test_when_a_replica_is_killed_its_learner_goes_on_with_controls_pin_and_progress_and_nobody_else_moves(
    host: Host, tickets: dict[int, str], context: BrowserContext
) -> None:
    page = context.new_page()
    opened(page, f"http://{host.address}/two_weights")
    page.get_by_role("slider", name="Weight w₁").press("ArrowRight")
    said = f"Your pin {vector((-0.95, 2.0))}"
    expect(page.get_by_text(said)).to_be_visible()
    settled(page)
    (here,) = [i for i, count in enumerate(host.sessions) if count]
    lost = host.replicas[here]
    lost.process.send_signal(signal.SIGKILL)
    lost.process.wait()

    # The browser notices, connects again and asks for the page as it is.
    def landed() -> bool:
        return any(host.sessions)

    for _ in range(300):
        if landed():
            break
        page.wait_for_timeout(100)
    assert landed()
    settled(page)
    expect(page.get_by_text(said)).to_be_visible()
    page.get_by_role("slider", name="Weight w₁").press("ArrowRight")
    expect(page.get_by_text(f"Your pin {vector((-0.9, 2.0))}")).to_be_visible()
    expect(page.get_by_test_id("stSidebar").get_by_role("link", name=re.compile("Two weights · 1 of"))).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Read the rings")).to_be_visible()
    page.close()
    while any(host.sessions):
        time.sleep(0.05)

    async def come_again() -> None:
        for at, cookie in tickets.items():
            assert (await where(host, cookie) == at) == (at != here)

    run(come_again())
