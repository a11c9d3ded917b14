"""What the page does in the learner's browser besides Streamlit and Plotly: each file in `js/` has one duty.

A duty adds to `duties` the functions it wants called, by the names that `js/loop.js` explains. What it knows of the
insides of Streamlit and Plotly stands in `selectors.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from lessons.shell.selectors import PLOTLY, STREAMLIT

FOLDER = Path(__file__).with_name("js")
DUTIES = "announce", "camera", "clicks", "connection", "keys", "living", "waiting"


def texts() -> str:
    """The list of what belongs to others, for the scripts: STREAMLIT.place, PLOTLY.chart."""
    lists = {"STREAMLIT": STREAMLIT, "PLOTLY": PLOTLY}
    return "".join(
        f"const {owner} = {json.dumps({name: each.text for name, each in known.items()})}\n"
        for owner, known in lists.items()
    )


def read(name: str) -> str:
    """The text of a file of `js/`."""
    return (FOLDER / f"{name}.js").read_text(encoding="utf-8")


def whole() -> str:
    """All of `js/` as one script. A page that comes after the first brings it again, and it does nothing."""
    # In braces, so that two duties may give one name to different things.
    duties = "".join(f"{{\n{read(name)}}}\n" for name in DUTIES)
    return f"if (!window.tended) {{\n{texts()}{read('loop')}{duties}}}"


SCRIPT = whole()


def bring_javascript() -> None:
    """Once on each page."""
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
