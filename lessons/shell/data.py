"""The choice of data on a page, and of what is done to their columns first."""

from __future__ import annotations

import streamlit as st

from engine import cached
from engine.records import OWN, Source
from lessons.kit import link, session
from lessons.kit.controls import PREPARED, choice, slider, switches, whole
from lessons.kit.lesson import Lesson


def choose_dataset(lesson: Lesson) -> None:
    """The control for the data of the page, which steps read with `controls.dataset`. It stands outside the steps, so
    that it reruns the whole page."""
    with st.popover(f"Data: {chosen(lesson)}", icon=":material/database:", type="tertiary"):
        st.session_state[session.DATASET] = settings(lesson)


def chosen(lesson: Lesson) -> str:
    """The data that the link names, and what is done to them, in the words of the page."""
    titles = offered(lesson)
    prepared = st.query_params.get(link.PREP, "").split(",")
    words = [label.lower() for name, (label, _) in PREPARED.items() if name in prepared]
    return ", ".join([titles.get(st.query_params.get(link.DATA, ""), next(iter(titles.values()))), *words])


def offered(lesson: Lesson) -> dict[str, str]:
    """The data for a lesson: name in the link → words on the screen. The first are those that open."""
    return {kind.name: kind.title for kind in cached.kinds(lesson.weights)} | {OWN: "Yours"}


def settings(lesson: Lesson) -> Source:
    """The controls for the data and what is done to them."""
    page = lesson.name
    kinds = {kind.name: kind for kind in cached.kinds(lesson.weights)}
    kind = choice(page, link.DATA, "Data", offered(lesson))
    rho, seed = 0.0, 0
    if kind in kinds and (usual := kinds[kind].rho) is not None:
        with st.container(horizontal=True):
            rho = slider(f"{page}_rho", "Correlation", -1.0, 1.0, usual)
            seed = whole(f"{page}_seed", "Seed", 0, 99, 0)
    # One weight has no place for an intercept.
    ways = {name: words for name, words in PREPARED.items() if name != "intercept" or lesson.weights > 1}
    meanings = " ".join(f"{label}: {does}." for label, does in ways.values())
    prep = switches(
        page,
        link.PREP,
        "Prepare the columns",
        {name: label for name, (label, _) in ways.items()},
        help=f"{meanings} Watch the bowl change its shape.",
    )
    return Source(kind, 1, rho, seed, prep=prep)
