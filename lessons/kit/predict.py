"""Predict, then reveal: nothing of the answer is drawn or said before the learner asks for it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import streamlit as st

from engine.records import Curve, Fit, Minimum
from lessons.figures import curves
from lessons.kit.controls import show_and_click, slider, takeaway
from lessons.kit.progress import add, progress
from lessons.kit.words import num

FINGER = 0.05
"""How far off a finger may be, as a part of the reach of the weights on the picture. Enough for a tap on a phone."""

STEPS = 120
"""A curve's picture runs from a fifth of the reach on the other side of zero to the reach: so many slider steps."""

Slips = Sequence[tuple[bool, str]]
"""Recognised wrong answers: whether it is this one, and what to say to it. The last one always holds."""


def revealed(name: str, *about: Hashable) -> bool:
    """Whether the learner has asked for the answer to the question `name` about this, with the button to do so, or to
    predict again. `name` is also what is remembered as predicted: one_weight/double.

    One question is open at a time: another question, other data or another λ starts hidden.
    """

    question = (name, *about)

    def turn(to: tuple[Hashable, ...] | None) -> None:
        st.session_state["revealed"] = to

    if st.session_state.get("revealed") == question:
        add(progress().predictions, name)
        st.button("Predict again", icon=":material/replay:", on_click=turn, args=(None,))
        return True
    st.button("Reveal", icon=":material/visibility:", on_click=turn, args=(question,))
    return False


def guess_weight(key: str, reach: float, today: Minimum) -> tuple[float, float, float]:
    """The slider for a guess at one weight, and the ends of its range, which holds today's minimum and its double."""
    side = 1.0 if today.w[0] >= 0 else -1.0
    lo, hi = sorted((-0.2 * side * reach, side * reach))
    return slider(key, "Where will the minimum be?", lo, hi, 0.0, steps=STEPS), lo, hi


def nothing_to_predict() -> None:
    """Where the minimum is at zero, there is nothing to double, divide or shrink."""
    takeaway(
        "On these data the minimum is at zero: there is nothing to double, divide or shrink. Choose other data above, "
        "and predict there."
    )


def show_guess(key: str, guess: float, before: Curve, today: Minimum, after: tuple[Curve, Minimum, Fit] | None) -> None:
    """Today's loss with the learner's guess, which a click moves; with `after`, the answer."""
    lo, hi = before.w[0], before.w[-1]
    step = (hi - lo) / STEPS
    alt = f"Today’s loss over w from {num(lo)} to {num(hi)}, lowest at {num(today.w[0])}. Your pin is at {num(guess)}."
    if after:
        _, best, fit = after
        alt += f" Then the bottom is at {num(best.w[0])}, and your pin pays {num(fit.total)}."
    show_and_click(
        curves.predicted(before, today, guess, after), alt=alt, put=lambda x, _: {key: round(x / step) * step}
    )


def verdict(excess: float, curvature: float, reach: float, slips: Slips) -> None:
    """The score of a pin and a reply to it.

    `excess` is how much more the pin pays than the bottom. It counts as right up to what a pin a finger's width off
    would pay in the direction of the largest `curvature`.
    """
    allowed = curvature / 2 * (FINGER * reach) ** 2
    score = f"Your pin pays **{num(max(0.0, excess))}** more than the bottom: that is its excess loss."
    reply(
        score, excess <= allowed, f"Close enough: a finger’s width beside the bottom costs up to {num(allowed)}.", slips
    )


def reply(score: str, right: bool, praise: str, slips: Slips) -> None:
    """The score, and `praise` to a right answer or, to a wrong one, the first of `slips` that holds."""
    if right:
        st.success(f"{score} Right. {praise}", icon=":material/check:")
    else:
        st.info(f"{score} {next(said for holds, said in slips if holds)}", icon=":material/lightbulb:")
