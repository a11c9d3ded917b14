"""Presenting: the same steps at a projector's size, with nothing around them. Whether one does is in the link."""

from __future__ import annotations

import streamlit as st

BIGGER = 1.25
"""How much larger type and charts are for the back of a room."""


def presenting() -> bool:
    """Whether the link asks for the projected view."""
    return st.query_params.get("present") == "true"


def start() -> None:
    """Ask for the projected view in the link."""
    st.query_params["present"] = "true"


def stop() -> None:
    """Take that out of the link again."""
    del st.query_params["present"]


def enlarge() -> None:
    """Set the page in large type. Streamlit's theme has one size for all visitors, so this takes a line of style."""
    st.html(f"<style>html:root {{ font-size: {100 * BIGGER:.0f}% !important; }}</style>")
