"""The check at the end of a lesson: its questions as records, which lessons fill in, and how they are asked.

Every answer gets a reply, and one may try as often as one likes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from engine.records import Source
from lessons.kit import link, session
from lessons.kit.lesson import Step, prose, slug
from lessons.kit.progress import add, progress
from lessons.words import num

TOLERANCE = 0.01
"""How far off a number may be, as a part of the right one."""


@dataclass(frozen=True)
class Claim:
    """A sentence to be judged, and whether it is `true`. `reply` is what to say about it: of a false one, to those who
    ticked it, the misconception by name; of a true one, once all are right, the reason."""

    text: str
    true: bool
    reply: str


@dataclass(frozen=True)
class Claims:
    """A question with claims to tick: right is who ticks all true ones and no false one. `step` is where to look
    again."""

    question: str
    step: Step
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Number:
    """A question for a number: right is `answer`, to TOLERANCE. `slips` are well-known wrong answers, each with the
    reply to it. `step` is where to look again. Numbers up to `zero` in size are rounding, and count as 0."""

    question: str
    step: Step
    answer: float
    slips: tuple[tuple[float, str], ...]
    zero: float = 0.0

    def near(self, given: float, value: float) -> bool:
        """Whether `given` is no farther from `value` than TOLERANCE allows, or both count as 0."""
        # A little more than TOLERANCE, because 101 − 100 is not always 1 to the last digit.
        return abs(given - value) <= (TOLERANCE + 1e-12) * abs(value) or max(abs(given), abs(value)) <= self.zero

    def reply(self, given: float) -> str:
        """What to say to `given`; empty where it is right."""
        if self.near(given, self.answer):
            return ""
        return next((said for value, said in self.slips if self.near(given, value)), "That is not it.")


Check = Claims | Callable[[Source], Number]
"""What a lesson may ask: about any data, or for a number that depends on the data on the page."""


def quiz(lesson: str, source: Source, checks: tuple[Check, ...]) -> None:
    """Ask `checks`. When each has been answered right once, the lesson is done. Right answers depend on `source`: with
    other data, the answers given before are not shown."""
    st.caption(
        "You may go back and look, and try as often as you like: a wrong answer costs nothing and gets a reply. Where "
        "several claims stand, tick every one that is true."
    )
    answered = progress().checks
    for i, asked in enumerate(checks):
        check = asked if isinstance(asked, Claims) else asked(source)
        with st.container(border=True):
            st.markdown(f"**{i + 1}.** {check.question}")
            key = f"{lesson}:{i}:{source}"
            right = judge_claims(check, key) if isinstance(check, Claims) else judge_number(check, key)
            if right:
                add(answered, f"{lesson}/{i}")
            elif f"{lesson}/{i}" in answered:
                st.caption(":material/check: You have had this one right.")
    count = sum(f"{lesson}/{i}" in answered for i in range(len(checks)))
    if count == len(checks):
        add(progress().lessons, lesson)
        st.markdown("**All right.** Lesson done.")
    else:
        st.markdown(f"**{count} of {len(checks)}** right so far.")


def judge_claims(check: Claims, key: str) -> bool:
    """Ask a question with claims: a box for each, and after the answer the replies. Returns whether the answer is
    right."""
    given = st.session_state.get(session.given(key))
    with st.form(key, border=False):
        # Who comes back from another step finds the last answer and not empty boxes.
        start = given or [False] * len(check.claims)
        ticked = [st.checkbox(claim.text, start[i], key=session.field(key, i)) for i, claim in enumerate(check.claims)]
        if st.form_submit_button("Answer"):
            given = st.session_state[session.given(key)] = ticked
    if given is None:
        return False
    judged = list(zip(check.claims, given, strict=True))
    false = [claim for claim, tick in judged if tick and not claim.true]
    missing = any(claim.true and not tick for claim, tick in judged)
    for claim in false:
        st.info(f"“{claim.text}” {claim.reply}", icon=":material/lightbulb:")
    # Naming the true claims that were left out would let anyone be right the next time without a thought.
    if missing:
        st.info("Something true is not ticked yet.", icon=":material/lightbulb:")
    if false or missing:
        look_again(check.step, key)
        return False
    reasons = "".join(f"\n- “{claim.text}” {claim.reply}" for claim in check.claims)
    st.success(f"Right.\n{reasons}", icon=":material/check:")
    return True


def judge_number(check: Number, key: str) -> bool:
    """Ask a question for a number: a field, and after the answer the reply. Returns whether the answer is right."""
    given = st.session_state.get(session.given(key))
    with st.form(key, border=False):
        typed = st.number_input(
            f"Your answer, to {TOLERANCE:.0%}", value=given, step=None, format="%g", key=session.field(key), width=280
        )
        if st.form_submit_button("Answer"):
            given = st.session_state[session.given(key)] = typed
    if given is None:
        return False
    if not (said := check.reply(given)):
        st.success(f"Right: {num(0.0 if check.near(0.0, check.answer) else check.answer)}.", icon=":material/check:")
        return True
    st.info(f"{num(given)}: {said}", icon=":material/lightbulb:")
    look_again(check.step, key)
    return False


def look_again(step: Step, key: str) -> None:
    """A button that leads back to the step that answers the question."""
    if st.button(f"Look again at “{prose(step)[0]}”", icon=":material/undo:", key=f"{key}:look"):
        st.query_params[link.STEP] = slug(step)
        st.rerun()
