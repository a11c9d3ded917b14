"""The page around a lesson: menu, outline, one step at a time, Back and Next."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from engine import cached
from lessons.course import COURSE
from lessons.kit import link, session, stage
from lessons.kit.controls import asked, brings_data, choice, known, presenting, say_astray, strangers
from lessons.kit.lesson import Lesson, Step, prose, slug
from lessons.kit.progress import progress
from lessons.shell.access import charts_as_tables
from lessons.shell.connection import stay_connected
from lessons.shell.data import choose_dataset, offered
from lessons.shell.glossary import glossary
from lessons.shell.javascript import bring_javascript
from lessons.shell.present import enlarge, speaker_notes, start, stop, turn_notes
from lessons.shell.selectors import STREAMLIT
from lessons.shell.share import share
from lessons.shell.take_apart import behind_it
from lessons.shell.your_data import your_data
from lessons.shell.your_progress import remember

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

COVER = "Home.py"
PLAN = "pages/teach.py"
TITLE = "Where the bowl comes from"
OUTLINE = partial(st.selectbox, label_visibility="collapsed", filter_mode=None, width=260)
"""One line until it is opened."""
LOG = logging.getLogger(__name__)


def door(lesson: Lesson) -> str:
    """The page that opens `lesson`, as Streamlit names pages."""
    return str(Path("pages", f"{lesson.name}.py"))


def frame(title: str) -> None:
    """The browser tab and the menu: the same for the cover and every lesson. Must come first on a page.

    A sidebar with nothing in it is not there, which is what presenting wants.
    """
    st.set_page_config(
        page_title=f"{title} · {TITLE}",
        page_icon=":material/stacked_line_chart:",
        layout="wide",
        # Pixels: the menu is short, and the pictures want the width.
        initial_sidebar_state="collapsed" if presenting() else 220,
    )
    # On another page, a control's range says nothing about its range before.
    if st.session_state.get(session.PAGE) != title:
        st.session_state.update({session.PAGE: title, session.RANGES: {}})
    if presenting():
        return
    with st.sidebar:
        st.page_link(COVER, label="Cover", icon=":material/home:")
        for lesson in COURSE:
            st.page_link(door(lesson), label=f"{lesson.title}{standing(lesson)}", icon=lesson.icon)
        st.page_link(PLAN, label="For teachers", icon=":material/co_present:")


def standing(lesson: Lesson) -> str:
    """How far this visitor is in `lesson`, behind its title in the menu; nothing before the first step."""
    if lesson.name in progress().lessons:
        return " · done"
    seen = sum(f"{lesson.name}/{slug(step)}" in progress().steps for step in lesson.steps)
    return f" · {seen} of {len(lesson.steps)}" if seen else ""


def left_off() -> tuple[Lesson, Step] | None:
    """The step this visitor saw last, if it still exists."""
    steps = {f"{lesson.name}/{slug(step)}": (lesson, step) for lesson in COURSE for step in lesson.steps}
    return steps.get(progress().last)


def open_lesson(lesson: Lesson) -> None:
    """Render `lesson` at the step its link names, the first where it names none."""
    steps = {slug(step): step for step in lesson.steps}
    names = list(steps)
    wanted = st.query_params.get(link.STEP)
    here = wanted if wanted in steps else names[0]
    # Before the menu, which counts the steps seen.
    progress().last = f"{lesson.name}/{here}"
    progress().steps.add(progress().last)
    st.session_state[session.CONTROLS] = {}
    frame(lesson.title)
    ways = st.bottom.container(key="ways", horizontal=True, horizontal_alignment="distribute")
    if presenting():
        enlarge()
        with ways:
            choose_dataset(lesson)
    sharing = not presenting() and bar(lesson, steps)
    say_astray(link.DATA, offered(lesson))
    if asked(link.LOCK) | asked(link.HIDE):
        st.caption("The link locks or hides controls. Without `lock` and `hide` in the address, all are free.")
    unknown, place, panel = st.empty(), st.container(), st.container()
    if not brings_data():
        st.session_state[session.CHOICE] = True
    with panel:
        # Nothing else is shown as the visitor's own where there is nothing of theirs.
        ready = not brings_data() or your_data(lesson.weights)
    with place:
        if ready:
            # A fragment of its own: moving a control reruns the step, not the page around it.
            st.fragment(guarded(lesson, steps[here], unknown))()
        else:
            heading, text = prose(steps[here])
            st.header(heading, anchor=False)
            st.markdown(text)
    with ways:
        sharing = back_and_next(lesson, names, names.index(here)) or sharing
    # Only now are the controls of the step known, which can be locked and hidden there.
    if sharing:
        share()
    to_the_top(here)
    bring_javascript()
    stay_connected()
    remember()


def bar(lesson: Lesson, steps: Mapping[str, Step]) -> bool:
    """What stands over a lesson: its title, its steps, the data, and the ways to share, present and look a word up.
    Returns whether the link is asked for."""
    outline = {name: f"{i} · {prose(step)[0]}" for i, (name, step) in enumerate(steps.items(), 1)}
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        st.title(f"{lesson.title}: {lesson.claim.lower()}", anchor=False)
        choice(lesson.name, link.STEP, "Steps of this lesson", outline, OUTLINE)
        choose_dataset(lesson)
        sharing = share_button()
        st.button("Present", icon=":material/present_to_all:", type="tertiary", on_click=start)
        glossary_button()
    say_astray(link.STEP, outline)
    return sharing


def guarded(lesson: Lesson, step: Step, unknown: DeltaGenerator) -> Step:
    """`step`, which can tell what it drew and asked for from what others did, and whose failure is its own: the page
    around it goes on, the learner reads one sentence and finds a way, and the log has the rest.

    Only when it is drawn are all its controls known, and with them what in the link is none: `unknown` is where to say
    so."""

    @wraps(step)
    def run() -> None:
        cached.asked()
        try:
            with stage.set_stage(*prose(step)) as notes:
                with notes:
                    speaker_notes(lesson.notes.get(step))
                step()
            behind_it()
        except Exception:
            LOG.exception("The step “%s” of the lesson “%s” stopped.", slug(step), lesson.name)
            st.error(
                "This step stopped: something in it went wrong. It is noted in the server’s log, and your progress is "
                "kept. Open the step as it begins, choose other data, or go on.",
                icon=":material/error:",
            )
            # A new session, in a tab of its own: this one may hold what made the step stop.
            begins = link.to(lesson.name, slug(step))
            st.link_button("Open this step as it begins", begins, icon=":material/open_in_new:")
        else:
            say_strangers(unknown)
        charts_as_tables(slug(step))
        stage.clear()

    return run


def say_strangers(place: DeltaGenerator) -> None:
    """Say at `place` what the link locks or hides that is no control."""
    said = [strangers(verb, asked(what) - known()) for what, verb in ((link.LOCK, "locks"), (link.HIDE, "hides"))]
    if any(said):
        place.caption(" ".join(said))
    else:
        place.empty()


def share_button() -> bool:
    """The way to the link. Returns whether it was pressed."""
    return st.button("Share this view", icon=":material/share:", type="tertiary")


def glossary_button() -> None:
    """The way to the words."""
    if st.button("Glossary", icon=":material/menu_book:", type="tertiary"):
        glossary()


def to_the_top(step: str) -> None:
    """Scroll up when `step` is new. Streamlit keeps the scroll position, and Next stands at the foot of the page.

    The script runs when its text changes, so not when a control or the data set does. It holds no visitor's text.
    """
    top = f"document.querySelector('{STREAMLIT['main'].text}').scrollTo(0, 0)"
    st.html(f"<script>/* {step} */ {top}</script>", unsafe_allow_javascript=True)


def back_and_next(lesson: Lesson, names: list[str], at: int) -> bool:
    """The way on: to the neighbouring steps, and from the last step to the next lesson; and for who presents, what else
    there is. Returns whether the link is asked for."""
    sharing = False

    def go(name: str) -> None:
        st.query_params[link.STEP] = name

    # PageUp and PageDown are what clickers send. Reading alone, they scroll.
    keys = ("PageUp", "PageDown") if presenting() else (None, None)
    kept = {link.PRESENT: link.ON} if presenting() else None
    if at > 0:
        st.button("Back", icon=":material/arrow_back:", on_click=go, args=(names[at - 1],), shortcut=keys[0])
    else:
        st.page_link(COVER, label="Cover", icon=":material/home:")
    if presenting():
        st.button(f"Stop presenting · {at + 1} of {len(names)}", type="tertiary", on_click=stop)
        st.button("Notes", icon=":material/speaker_notes:", type="tertiary", on_click=turn_notes, shortcut="N")
        sharing = share_button()
        glossary_button()
    if at + 1 < len(names):
        st.button("Next", icon=":material/arrow_forward:", on_click=go, args=(names[at + 1],), shortcut=keys[1])
    elif lesson != COURSE[-1]:
        following = COURSE[COURSE.index(lesson) + 1]
        label = f"Next lesson: {following.title}"
        st.page_link(door(following), label=label, icon=":material/arrow_forward:", query_params=kept)
    else:
        st.page_link(COVER, label="End of the course: back to the cover", icon=":material/home:")
    return sharing
