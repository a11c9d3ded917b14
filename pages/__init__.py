"""The doors: each file opens one page of the course at the address of the same name."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

STYLE = Path(__file__).with_name("style.css")


@contextmanager
def ahead() -> Iterator[None]:
    """Around a page's imports: while the first visitor of a new server waits for PyTorch, the browser already loads
    what draws charts, for a chart that nobody gets to see. Each takes more than a second, and they do not wait for
    each other. The style is first on every page, so that no chart is drawn without it."""
    st.html(STYLE)
    # There for every visitor, so that the page below does not move up on the next run and start anew.
    place = st.empty()
    if "torch" in sys.modules:
        yield
    else:
        place.plotly_chart(
            {"data": [{"type": "scatter"}], "layout": {"height": 10}}, alt="The charts are on their way."
        )
        # The libraries stay for good. Looking for garbage among them takes a fifth of the time they take to load, and
        # would take its share of every collection afterwards.
        gc.disable()
        try:
            yield
        finally:
            gc.freeze()
            gc.enable()
    place.empty()
