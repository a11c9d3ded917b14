"""“Glossary”: the words of the course (from `terms`), and what the colours and shapes of the pictures stand for."""

from __future__ import annotations

import streamlit as st

from lessons.figures import palette
from lessons.kit import link
from lessons.kit.stage import draw
from lessons.shell.terms import TERMS


@st.dialog("Glossary", icon=":material/menu_book:", width="medium")
def glossary() -> None:
    """Every word of the course with its meaning, and what the colours and shapes of the pictures stand for."""
    words, signs = st.tabs(["Words", "Colours and shapes"])
    with words:
        for term in TERMS:
            name = term.name.replace("*", r"\*")
            st.markdown(f"[**{name}**]({link.to(term.lesson, term.step)}) · {term.meaning}")
    with signs:
        st.markdown("What an idea looks like, in every picture:")
        draw(palette.key())
        for idea, sign in palette.SIGNS.items():
            st.markdown(f"**{idea}** · {sign.words}")
