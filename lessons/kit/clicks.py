"""Clicks on pictures: one anywhere between the axes moves a control. Streamlit itself reports clicks on marks only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from lessons.kit import link, session
from lessons.kit.controls import asked

Put = Callable[[float, float], Mapping[str, float]]
"""Where a click at (x, y), in the units of the axes, moves controls: key → value."""

LISTENER = st.components.v2.component("clicks", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))


def take_clicks(puts: Mapping[str, Put]) -> None:
    """Let a click on the picture of each key move controls as its `Put` says, but for those that the link locks."""

    def clicked() -> None:
        moved = moves(puts, st.session_state[session.CLICKS]["at"])
        st.session_state.update({key: value for key, value in moved.items() if key not in asked(link.LOCK)})

    if puts:
        LISTENER(key=session.CLICKS, data={"charts": list(puts)}, on_at_change=clicked)


def moves(puts: Mapping[str, Put], told: object) -> Mapping[str, float]:
    """Where a click that the browser has `told` of moves controls. Nowhere if it is no click on one of these pictures:
    anybody can send anything."""
    match told:
        case {"chart": str(chart), "x": int() | float() as x, "y": int() | float() as y} if chart in puts:
            # No number, or one that no axis has: such a whole number may even be too large for a float.
            return puts[chart](x, y) if all(abs(each) < 1e300 for each in (x, y)) else {}
    return {}
