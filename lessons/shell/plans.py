"""The page “For teachers”: how to present, and the routes of `routes` with what to ask in each step."""

from __future__ import annotations

import streamlit as st

from lessons.course import COURSE
from lessons.kit import link
from lessons.kit.lesson import Lesson, Note, Step, prose, slug
from lessons.shell.connection import stay_connected
from lessons.shell.javascript import bring_javascript
from lessons.shell.page import door, frame
from lessons.shell.present import said
from lessons.shell.routes import ROUTES, Moment
from lessons.shell.your_progress import remember


def found(moment: Moment) -> tuple[Lesson, Step, Note]:
    """The lesson, the step and the notes of a moment."""
    lesson = next(lesson for lesson in COURSE if lesson.name == moment.lesson)
    step = next(step for step in lesson.steps if slug(step) == moment.step)
    return lesson, step, lesson.notes[step]


def open_plan() -> None:
    """Draw the page “For teachers”."""
    frame("For teachers")
    st.title("Teach with it", anchor=False)
    st.markdown(
        """
        Each moment below opens a step as a room sees it: large type, one step a screen, nothing around it.

        - **Turn the steps** with PageDown and PageUp, which is what a clicker sends.
        - **N** shows your notes for the step, and hides them again. Until you ask, the room does not see them.
        - **A prediction waits for you.** The room answers, and nothing is shown before you press Reveal.
        - **Share this view** gives the link and a QR code for the phones in the room. In the same place you can lock or
          hide controls for those who open it.
        - **Your place is in the address.** A bookmark or a reload brings back the step, the data and every setting.
        """
    )
    for tab, route in zip(st.tabs([route.title for route in ROUTES]), ROUTES, strict=True):
        with tab:
            minutes = sum(found(moment)[2].minutes for moment in route.moments)
            st.markdown(
                f"{route.about} The moments take **{minutes} minutes**, which leaves {route.minutes - minutes} "
                f"for questions."
            )
            for moment in route.moments:
                lesson, step, note = found(moment)
                with st.container(border=True):
                    query = {link.STEP: moment.step, **moment.settings, link.PRESENT: link.ON}
                    with st.container(horizontal=True, horizontal_alignment="distribute"):
                        st.subheader(f"{lesson.title}: {prose(step)[0].lower()}", anchor=False, width="content")
                        st.page_link(
                            door(lesson), label="Present it", icon=":material/present_to_all:", query_params=query
                        )
                    said(note)
    bring_javascript()
    stay_connected()
    remember()
