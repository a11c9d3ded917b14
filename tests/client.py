"""A learner without a browser: speaks Streamlit's own protocol over one WebSocket, and checks the answers it gets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol


@dataclass
class Learner:
    """One visitor on one page: `controls` holds their ids and fragments by their keys; `alts` is what the charts of the
    last answer say, `deltas` all its elements and where they stand, and `received` its bytes."""

    socket: ClientConnection
    page: str
    query: str
    controls: dict[str, tuple[str, str]] = field(default_factory=dict)
    alts: list[str] = field(default_factory=list)
    deltas: list[tuple[tuple[int, ...], bytes]] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)
    received: int = 0
    session: str = ""

    async def open(self) -> None:
        """Ask for the page, and wait until it is whole."""
        await self.send(BackMsg())

    async def move(self, key: str, value: float) -> None:
        """Move a slider, and wait until its step has answered."""
        self.values[key] = value
        message = BackMsg()
        message.rerun_script.fragment_id = self.controls[key][1]
        await self.send(message)

    async def send(self, message: BackMsg) -> None:
        """Ask for a rerun with what the controls have been moved to, and wait for the whole answer."""
        state = message.rerun_script
        state.query_string, state.page_name = self.query, self.page
        for key, value in self.values.items():
            state.widget_states.widgets.add(id=self.controls[key][0]).double_array_value.data.append(value)
        await self.socket.send(message.SerializeToString())
        self.alts, self.deltas, self.received = [], [], 0
        async for raw in self.socket:
            assert isinstance(raw, bytes)
            self.received += len(raw)
            answer = ForwardMsg.FromString(raw)
            if answer.WhichOneof("type") == "script_finished":
                return
            self.note(answer)

    def note(self, answer: ForwardMsg) -> None:
        """Take note of a slider, of a chart, and of anything that went wrong."""
        if answer.WhichOneof("type") == "new_session":
            self.session = answer.new_session.initialize.session_id
        if answer.WhichOneof("type") == "delta":
            self.deltas.append((tuple(answer.metadata.delta_path), answer.delta.SerializeToString()))
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        assert kind != "exception", element.exception.message
        if kind == "plotly_chart":
            self.alts.append(element.plotly_chart.alt)
        if id_ := getattr(getattr(element, kind or "", None), "id", ""):
            self.controls[id_.rpartition("-")[2]] = (id_, answer.delta.fragment_id)


def run(visit: Coroutine[Any, Any, None]) -> None:
    """Play a visit to its end, in a thread of its own: Playwright keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, visit).result()


def connected(address: str, **headers: str) -> connect:
    """A socket to the server at `address`, as a browser opens it."""
    return connect(
        f"ws://{address}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        additional_headers={name: value for name, value in headers.items() if value},
    )


@asynccontextmanager
async def learner(address: str, page: str = "", query: str = "", cookie: str = "") -> AsyncIterator[Learner]:
    """A visitor of the server at `address`, as host:port, with the page open."""
    async with connected(address, Cookie=cookie) as socket:
        found = Learner(socket, page, query)
        await found.open()
        yield found
