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
    page = lesson.name
    kinds = {kind.name: kind for kind in cached.kinds(lesson.weights)}
    chosen = choice(page, link.DATA, "Data", {name: kind.title for name, kind in kinds.items()} | {OWN: "Yours"})
    rho, seed = 0.0, 0
    if chosen in kinds and (usual := kinds[chosen].rho) is not None:
        with st.container(horizontal=True):
            rho = slider(f"{page}_rho", "Correlation", -1.0, 1.0, usual)
            seed = whole(f"{page}_seed", "Seed", 0, 99, 0)
    # One weight has no place for an intercept.
    offered = {name: words for name, words in PREPARED.items() if name != "intercept" or lesson.weights > 1}
    meanings = " ".join(f"{label}: {does}." for label, does in offered.values())
    prep = switches(
        page,
        link.PREP,
        "Prepare the columns",
        {name: label for name, (label, _) in offered.items()},
        help=f"{meanings} Watch the bowl change its shape.",
    )
    st.session_state[session.DATASET] = Source(chosen, 1, rho, seed, prep=prep)
