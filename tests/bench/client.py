"""A learner without a browser: speaks Streamlit's own protocol over one WebSocket, and checks the answers it gets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


@dataclass
class Learner:
    """One visitor on one page: `sliders` holds their ids and fragments by their keys; `alts` is what the charts of the
    last answer say, `deltas` all its elements and where they stand, and `received` its bytes."""

    socket: ClientConnection
    page: str
    query: str
    sliders: dict[str, tuple[str, str]] = field(default_factory=dict)
    alts: list[str] = field(default_factory=list)
    deltas: list[tuple[tuple[int, ...], bytes]] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)
    received: int = 0

    async def open(self) -> None:
        """Ask for the page, and wait until it is whole."""
        await self.send(BackMsg())

    async def move(self, key: str, value: float) -> None:
        """Move a slider, and wait until its step has answered."""
        self.values[key] = value
        message = BackMsg()
        message.rerun_script.fragment_id = self.sliders[key][1]
        await self.send(message)

    async def send(self, message: BackMsg) -> None:
        state = message.rerun_script
        state.query_string, state.page_name = self.query, self.page
        for key, value in self.values.items():
            state.widget_states.widgets.add(id=self.sliders[key][0]).double_array_value.data.append(value)
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
        if answer.WhichOneof("type") == "delta":
            self.deltas.append((tuple(answer.metadata.delta_path), answer.delta.SerializeToString()))
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        assert kind != "exception", element.exception.message
        if kind == "slider":
            key = element.slider.id.rpartition("-")[2]
            self.sliders[key] = (element.slider.id, answer.delta.fragment_id)
        elif kind == "plotly_chart":
            self.alts.append(element.plotly_chart.alt)


@asynccontextmanager
async def learner(address: str, page: str = "", query: str = "") -> AsyncIterator[Learner]:
    """A visitor of the server at `address`, as host:port, with the page open."""
    async with connect(f"ws://{address}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
        found = Learner(socket, page, query)
        await found.open()
        yield found
