"""Charts as tables, for those who cannot see them. What serves the keyboard and the ear is in `js/`."""

from __future__ import annotations

import streamlit as st

from lessons.figures.tables import tables
from lessons.kit import session
from lessons.kit.stage import fold, stage


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
