"""Access without a mouse or without sight: the charts as tables, and the script for keyboard, touch and screen readers.

What the script does stands in `access.js`.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lessons.figures.tables import tables
from lessons.kit import session
from lessons.kit.stage import fold, stage

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def keys() -> None:
    """Put the script on the page, once. With it plays and pins work by keyboard and touch, a chart that is drawn anew
    keeps its camera, and screen readers say a takeaway when it changes."""
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)


def charts_as_tables(step: str) -> None:
    """A fold with the numbers of every chart that the step has drawn, as tables."""
    figures = stage().drawn
    inside = fold("The charts as tables", "table_chart", session.tables(step)) if figures else None
    if inside is None:
        return
    with inside:
        for figure in figures:
            title = figure.layout.title.text
            st.markdown(f"**{title}**")
            for name, columns in tables(figure):
                n = len(next(iter(columns.values())))
                st.caption(f"{name}: {n} {'row' if n == 1 else 'rows'}")
                st.dataframe(columns, hide_index=True, height=180, alt=f"{title}, {name}: {', '.join(columns)}.")
