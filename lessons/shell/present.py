"""“Present”: the same steps in large type, with nothing around them, and the speaker's notes.

The link says whether one presents (?present=true) and sees the notes (?notes=true).
"""

from __future__ import annotations

import streamlit as st

from lessons.kit import link
from lessons.kit.lesson import Note
from lessons.kit.stage import BIGGER


def start() -> None:
    """Begin to present."""
    st.query_params[link.PRESENT] = link.ON


def stop() -> None:
    """Stop presenting, and put the notes away."""
    for name in (link.PRESENT, link.NOTES):
        st.query_params.pop(name, None)


def turn_notes() -> None:
    """Show the speaker's notes, or put them away."""
    if st.query_params.pop(link.NOTES, None) is None:
        st.query_params[link.NOTES] = link.ON


def enlarge() -> None:
    """Set the page in large type, which grows with the screen. Streamlit's theme has one size for all visitors, so this
    takes a line of style."""
    st.html(f"<style>html:root {{ font-size: max({100 * BIGGER:.0f}%, {BIGGER}vw) !important; }}</style>")


def said(note: Note) -> None:
    """What to ask the room, what to expect, and how long it may take."""
    st.markdown(f"**Ask the room.** {note.ask}")
    st.markdown(f"**Expect.** {note.answer}")
    st.markdown(f"**The usual wrong answer.** {note.wrong}")
    st.caption(f"{note.minutes} minutes")


def speaker_notes(note: Note | None) -> None:
    """The notes of a step, where the link asks for them: the projected view does not show them by itself."""
    if note and st.query_params.get(link.NOTES) == link.ON:
        with st.container(border=True):
            said(note)
