"""A page that lost its server says so, and lives again as soon as there is one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import streamlit as st

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")

AWAY = (
    "The server cannot be reached just now. This page tries again by itself, and what you have set stays. If this "
    "lasts for minutes, reload the page."
)


@st.fragment(run_every=timedelta(days=1))
def ask_again() -> None:
    """Nothing. That something on the page runs again by itself, be it once a day, makes the browser ask for the whole
    page, with all that is set in it, whenever it is connected again (Streamlit 1.67). Without it, it asks for a step
    that a new server does not know, and gets no answer."""


def stay_connected() -> None:
    """Once on each page. The sentence is there all the time, and the page's style shows it while the server is away:
    that needs no script."""
    st.html(f'<p class="away" role="status">{AWAY}</p>')
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
    ask_again()
