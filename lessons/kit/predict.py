"""Predict, then reveal: nothing of the answer is drawn or said before the learner asks for it.

A question knows its answer and its misconceptions as places in the picture. `judge` compares a pin with them: numbers
in, a verdict in words out. It draws nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import dist, hypot
from typing import Any

import streamlit as st

from engine.records import Array, Curve, Fit, Kind, Minimum
from lessons.figures import curves
from lessons.kit import link, session
from lessons.kit.controls import asked, choice, say_astray, slider
from lessons.kit.progress import add, progress
from lessons.kit.stage import nearest, show, takeaway
from lessons.words import num

FINGER = 0.05
"""A finger's width, as a part of the reach of the weights on the picture. Enough for a tap on a phone."""

STEPS = 120
"""A curve's picture runs from a fifth of the reach on the other side of zero to the reach: so many slider steps."""

TODAY = "where the minimum is today"
AT_ZERO = "On these data the minimum is at zero: there is nothing to double, divide or shrink."


@dataclass(frozen=True)
class Prediction:
    """One of the questions between which a learner may choose. `name` is its name in the link (?ask=double), `label`
    its name on the screen; `play` asks it, and `script` is what one may take along once the answer is revealed, as
    one_weight/predict."""

    name: str
    label: str
    play: Callable[..., None]
    script: str


@dataclass(frozen=True)
class Slip:
    """A misconception: it puts the minimum at `at`, or anywhere from there straight to `to`. `name` is that place in
    words, `reply` what to say to a pin there."""

    name: str
    at: tuple[float, ...]
    reply: str
    to: tuple[float, ...] = ()

    def away(self, w: Iterable[float]) -> float:
        """The distance of `w` from that place."""
        w, along = tuple(w), [end - start for end, start in zip(self.to or self.at, self.at, strict=True)]
        length = sum(part * part for part in along)
        towards = sum((x - start) * part for x, start, part in zip(w, self.at, along, strict=True))
        share = min(1.0, max(0.0, towards / length)) if length else 0.0
        return dist(w, [start + share * part for start, part in zip(self.at, along, strict=True)])


@dataclass(frozen=True, eq=False)
class Question:
    """Where will the minimum be? `best` is the answer, `hessian` (d, d) the curvature of the loss then, and the picture
    shows weights up to ±`reach`. Where the answer is a valley, each of its minima is right."""

    best: Minimum
    hessian: Array
    reach: float
    slips: tuple[Slip, ...]

    @property
    def finger(self) -> float:
        """A finger's width on this picture."""
        return FINGER * self.reach

    @property
    def allowed(self) -> float:
        """The excess loss a finger's width beside the answer, on average over all directions."""
        return float(self.hessian.trace()) / len(self.hessian) / 2 * self.finger**2

    def gap(self, w: Iterable[float]) -> Array:
        """`w` minus the nearest of the minima, (d,). Numbers that are only rounding are 0."""
        gap: Array = tuple(w) - self.best.w
        gap = gap - self.best.flat.T @ (self.best.flat @ gap)
        return gap * (abs(gap) > 1e-12 * self.reach)

    def away(self, w: Iterable[float]) -> float:
        """The distance of `w` from the nearest of the minima."""
        return hypot(*self.gap(w))

    def excess(self, w: Iterable[float]) -> float:
        """How much more `w` pays than the minimum: ½ gapᵀ H gap, which is exact because the loss is quadratic."""
        gap = self.gap(w)
        return float(gap @ self.hessian @ gap) / 2

    @property
    def blurred(self) -> Slip | None:
        """The first misconception within a finger’s width of the answer, if there is one: then no pin could tell the
        two apart. Of two valleys that cross, the shortest weights are compared."""

        def apart(slip: Slip) -> float:
            return self.away(slip.at) if len(self.best.flat) else slip.away(self.best.w)

        return next((slip for slip in self.slips if apart(slip) < self.finger), None)


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is `right`, its `score` in words, and the `reply` to it."""

    right: bool
    score: str
    reply: str


def judge(question: Question, w: tuple[float, ...], elsewhere: str) -> Verdict:
    """The verdict on a pin at `w`. It is right within a finger's width of the answer, where it pays no more than
    `question.allowed` and no misconception is nearer. A pin at no known place gets the reply `elsewhere`."""
    off, excess = question.away(w), question.excess(w)
    nearest = min(question.slips, key=lambda slip: slip.away(w))
    nearer = nearest.away(w) < off - 1e-9 * question.finger
    right = off <= question.finger and excess <= question.allowed and not nearer
    if right:
        said = f"Close enough: within a finger’s width of the bottom, which is {num(question.finger)} here."
    elif nearer and nearest.away(w) <= question.finger:
        said = nearest.reply
    elif off <= question.finger:
        said = f"Near, but on a steep side, where it pays more than the {num(question.allowed)} that is close enough."
    else:
        said = elsewhere
    return Verdict(right, f"Your pin pays **{num(excess)}** more than the bottom: that is its excess loss.", said)


def ask(page: str, label: str, predictions: Sequence[Prediction], *given: Any) -> None:
    """Let the learner choose one of `predictions`, and play it with what it is `given`, as the pin of all."""
    options = {each.name: each.label for each in predictions}
    chosen = choice(page, "ask", label, options)
    say_astray("ask", options)
    next(each for each in predictions if each.name == chosen).play(*given)


def why_not(question: Question) -> str:
    """Why the question is not asked, in one sentence; empty where it is."""
    if slip := question.blurred:
        return (
            f"The question is not asked on these data: the answer lies within a finger’s width of {slip.name}, and no "
            f"pin could tell the two apart."
        )
    return ""


def not_asked(why: str, instead: Iterable[Kind]) -> None:
    """Say why, and offer a button for each data set on which the question can be asked `instead`. Those drawn with a
    correlation are left out, because it would have to be chosen too; and a link that locks or hides the data gets no
    buttons."""
    takeaway(f"{why} Ask it on other data.")
    if {link.DATA, link.PREP} & (asked(link.LOCK) | asked(link.HIDE)):
        return
    with st.container(horizontal=True):
        for kind in instead:
            if kind.rho is None and st.button(f"Predict on “{kind.title}”", icon=":material/database:"):
                st.query_params[link.DATA] = kind.name
                st.query_params.pop(link.PREP, None)
                st.rerun()


def opened(name: str, *about: Hashable) -> bool:
    """Whether the learner has asked for the answer to the question `name`; `about` is what the answer depends on.

    One question is open at a time: another question, other data or another λ starts hidden.
    """
    return bool(st.session_state.get(session.REVEALED) == (name, *about))


def revealed(name: str, *about: Hashable) -> bool:
    """The button “Reveal”, or “Predict again” once it was pressed. Returns whether the answer is to be shown.

    `name`, such as one_weight/double, is remembered as predicted; `about` is what the answer depends on.
    """

    question = (name, *about)

    def turn(to: tuple[Hashable, ...] | None) -> None:
        st.session_state[session.REVEALED] = to

    if opened(name, *about):
        add(progress().predictions, name)
        st.button("Predict again", icon=":material/replay:", on_click=turn, args=(None,))
        return True
    st.button("Reveal", icon=":material/visibility:", on_click=turn, args=(question,))
    return False


def guess_weight(key: str, reach: float, today: Minimum) -> tuple[float, float, float]:
    """The slider for a guess at one weight: the guess, and the ends of its range, which holds today's minimum and twice
    that. `key` is its name in the link."""
    side = 1.0 if today.w[0] >= 0 else -1.0
    lo, hi = sorted((-0.2 * side * reach, side * reach))
    return slider(key, "Where will the minimum be?", lo, hi, 0.0, steps=STEPS), lo, hi


def show_guess(key: str, guess: float, before: Curve, today: Minimum, after: tuple[Curve, Minimum, Fit] | None) -> None:
    """Today's loss with the learner's guess, which a click moves; with `after`, the answer."""
    lo, hi = before.w[0], before.w[-1]
    show(curves.predicted(before, today, guess, after), put=lambda x, _: {key: nearest(x, lo, hi, STEPS)})


def show_verdict(verdict: Verdict) -> None:
    """Show the score and the reply."""
    if verdict.right:
        st.success(f"{verdict.score} Right. {verdict.reply}", icon=":material/check:")
    else:
        st.info(f"{verdict.score} {verdict.reply}", icon=":material/lightbulb:")
