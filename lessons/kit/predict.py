"""Predict, then reveal: nothing of the answer is drawn or said before the learner asks for it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import streamlit as st

from lessons.kit.words import num

FINGER = 0.05
"""How far off a finger may be, as a part of the reach of the weights on the picture. Enough for a tap on a phone."""

Slips = Sequence[tuple[bool, str]]
"""Recognised wrong answers: whether it is this one, and what to say to it. The last one always holds."""


def revealed(*question: Hashable) -> bool:
    """Whether the learner has asked for the answer to `question`, with the button to do so, or to predict again.

    One question is open at a time: another question, other data or another λ starts hidden.
    """

    def turn(to: tuple[Hashable, ...] | None) -> None:
        st.session_state["revealed"] = to

    if st.session_state.get("revealed") == question:
        st.button("Predict again", icon=":material/replay:", on_click=turn, args=(None,))
        return True
    st.button("Reveal", icon=":material/visibility:", on_click=turn, args=(question,))
    return False


def verdict(excess: float, allowed: float, slips: Slips) -> None:
    """The score of a pin and a reply to it.

    `excess` is how much more the pin pays than the bottom. Up to `allowed`, what a pin a finger's width off would pay,
    it counts as right.
    """
    score = f"Your pin pays **{num(max(0.0, excess))}** more than the bottom: that is its excess loss."
    reply(score, excess <= allowed, f"A finger’s width beside the bottom costs up to {num(allowed)}.", slips)


def reply(score: str, right: bool, praise: str, slips: Slips) -> None:
    """The score, and `praise` to a right answer or, to a wrong one, the first of `slips` that holds."""
    if right:
        st.success(f"{score} Right. {praise}", icon=":material/check:")
    else:
        st.info(f"{score} {next(said for holds, said in slips if holds)}", icon=":material/lightbulb:")
