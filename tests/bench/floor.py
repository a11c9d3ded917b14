"""The floor: what a lesson's step sent for each value of a control, recorded, and sent again with nothing computed."""

import os
import pickle
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.proto.Delta_pb2 import Delta

# As wide as a lesson's page: Plotly draws some charts twice at one width and once at another.
st.set_page_config(layout="wide", initial_sidebar_state=220)
st.sidebar.write("Floor")
made: dict[str, Any] = pickle.loads(Path(os.environ["FLOOR"]).read_bytes())


@st.fragment
def step() -> None:
    """The control itself, and around it the recorded elements, each where it was."""
    value = st.session_state.get("moved", made["default"])
    deltas = made["deltas"][min(made["deltas"], key=lambda each: abs(each - value))]
    root = min((path for path, _ in deltas), key=len)[:-1]
    places = {root: st.container()}
    for path, recorded in deltas:
        delta, place = Delta.FromString(recorded), places.get(path[:-1])
        if place is None:
            continue
        if delta.WhichOneof("type") == "add_block":
            places[path] = place._block(delta.add_block)
            continue
        kind = delta.new_element.WhichOneof("type")
        if kind == "slider" and delta.new_element.slider.label == made["label"]:
            lo, hi, default, size = made["range"]
            place.slider(made["label"], lo, hi, default, size, key="moved", bind="query-params")
        elif kind:
            place._enqueue(kind, getattr(delta.new_element, kind))


st.title("Floor")
step()
