"""Charts as tables, for those who cannot see them, and the script that serves keyboard and ear."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lessons.figures.tables import tables
from lessons.kit import session
from lessons.kit.stage import fold, stage

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def keys() -> None:
    """Once on each page: keys and touch for what plays and takes pins, views that last, and takeaways read out."""
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)


def charts_as_tables(step: str) -> None:
    """The numbers of every chart that the step has drawn, on demand."""
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
