"""What must hold of every verdict on a pin, on any data. Data in, verdict out: no page is opened here.

Every number comes a second time, from numpy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume
from hypothesis import strategies as st

from engine import landscape, minimum
from engine.records import Array, Minimum
from lessons.kit.predict import Question, Slip, judge, why_not
from lessons.words import num

whole = st.integers(-9, 9).map(float)


places = st.integers(-100, 100).map(lambda step: step / 100)  # of the reach: where the sliders can go


@dataclass(frozen=True)
class Asked:
    """A prediction on some data: the `question`, today's minimum, a twentieth of what the picture reaches, and X, y and
    λ of the loss that answers it."""

    question: Question
    today: Minimum
    finger: float
    X: Array
    y: Array
    lam: float = 0.0

    def loss(self, w: Array) -> float:
        return float(np.mean((self.y - self.X @ w) ** 2) + self.lam * w @ w)

    def off(self, w: Array) -> float:
        """The distance from `w` to the nearest minimum, by numpy."""
        H = self.X.T @ self.X + len(self.y) * self.lam * np.eye(len(w))
        best = np.linalg.lstsq(H, self.X.T @ self.y, rcond=1e-12)[0]
        return float(np.linalg.norm(np.linalg.pinv(H, rcond=1e-12) @ H @ (w - best)))


def nearest(slip: Slip, w: Array) -> float:
    """The distance from `w` to a misconception's place: the least over many points of it."""
    start, end = np.array(slip.at), np.array(slip.to or slip.at)
    shares = np.linspace(0, 1, 2001 if slip.to else 1)[:, None]
    return float(np.linalg.norm(start + shares * (end - start) - w, axis=1).min())


@st.composite
def tables(draw: st.DrawFn, weights: int) -> tuple[Array, Array]:
    """Small whole numbers, in any unit; two features are sometimes multiples of each other, or one constant."""
    n = draw(st.integers(2, 7))
    X = np.array(draw(st.lists(st.lists(whole, min_size=weights, max_size=weights), min_size=n, max_size=n)))
    y = np.array(draw(st.lists(whole, min_size=n, max_size=n)))
    if weights == 2:
        shape = draw(st.sampled_from(["any", "any", "valley", "constant", "square"]))
        if shape == "valley":
            X[:, 1] = X[:, 0] * draw(st.sampled_from([1.0, 2.0, -0.5]))
        elif shape == "constant":
            X[:, 1] = 1.0
        elif shape == "square":
            X = np.array([[3.0, 0.0], [0.0, draw(st.sampled_from([1.0, 3.0]))]] * (n // 2))
            y = y[: len(X)]
    assume((np.abs(X).max(0) > 0).all())
    units = draw(st.sampled_from([1e-3, 1.0, 1e3]))
    X = X * units
    w = minimum.minimum(X, y).w
    assume(np.abs(w).max() > 1e-9 * landscape.reach(X, y))
    return X, y


def asking(now: tuple[Array, Array], then: tuple[Array, Array], lam: float, slips: tuple[Slip, ...]) -> Asked:
    """A question about the data `now`, answered by the loss of `then` with its penalty."""
    X, y = then
    hessian = 2 / len(y) * X.T @ X + 2 * lam * np.eye(X.shape[1])
    reach = landscape.reach(*now)
    asks = Question(minimum.minimum(X, y, lam), hessian, reach, slips)
    return Asked(asks, minimum.minimum(*now), reach / 20, X, y, lam)


def fair(case: Asked, w: Array, right: bool, score: str) -> None:
    """What must hold of every verdict: right means near in distance and in loss, and nearest to the answer."""
    off, excess = case.off(w), case.loss(w) - case.loss(case.question.best.w)
    loss = max(case.loss(w), case.loss(case.today.w))
    shown = case.question.excess(tuple(w))
    assert shown == pytest.approx(excess, rel=1e-6, abs=1e-9 * loss)
    assert f"**{num(shown)}** more than the bottom" in score
    curvatures = np.linalg.eigvalsh(2 / len(case.y) * case.X.T @ case.X + 2 * case.lam * np.eye(len(w)))
    allowed = curvatures.mean() / 2 * case.finger**2
    away = min(nearest(slip, w) for slip in case.question.slips)
    slack = 1e-3 * case.finger
    if right:
        assert off <= case.finger + slack
        assert off <= away + slack
        assert excess <= allowed * 1.001 + 1e-9 * loss
    elif off <= case.finger - slack and off < away - slack:
        assert excess >= allowed * 0.999 - 1e-9 * loss


def guess_told_truly(case: Asked, guess: float, other: str) -> None:
    """What is said of a guess at one weight is true of it; `other` is the reply to one at no known place."""
    w, best = case.today.w[0], case.question.best.w[0]
    verdict = judge(case.question, (guess,), other)
    fair(case, np.array([guess]), verdict.right, verdict.score)
    way_there = (guess - w) / (best - w)
    holds = {
        "Close enough": verdict.right,
        "You expect no move": abs(guess - w) <= case.finger * 1.001,
        "That is the other way": way_there < 0,
        "away from zero": way_there < 0,
        "The direction is right": 0 < way_there < 1,
        "far enough": 0 < way_there < 1,
        "Too far": way_there > 1,
        "past zero": guess / w <= 0,
        "the bottom of the penalty alone": abs(guess) <= case.finger * 1.001,
    }
    said = [true for words, true in holds.items() if words.lower() in verdict.reply.lower()]
    assert said, verdict.reply
    assert all(said), verdict.reply


def answered_rightly(case: Asked) -> str:
    """The answer to a question about one weight is right and in the picture, and each misconception wrong; or why the
    question is not asked."""
    best = case.question.best.w[0]
    assert abs(best) <= 20 * case.finger + case.finger
    if why := why_not(case.question):
        assert min(nearest(slip, case.question.best.w) for slip in case.question.slips) < case.finger * 1.001
        return why
    assert judge(case.question, (best,), "").right
    for slip in case.question.slips:
        verdict = judge(case.question, slip.at, "")
        assert not verdict.right
        assert verdict.reply == slip.reply
    return ""


def bowl(X: list[list[float]], y: list[float]) -> tuple[Array, Array]:
    return np.array(X), np.array(y)


def matches(asks: Question, X: Array, y: Array, lam: float, reach: float) -> None:
    """The answer, the curvature and the picture of a question, by numpy."""
    H = X.T @ X / len(y) + lam * np.eye(X.shape[1])
    assert asks.best.w == pytest.approx(np.linalg.solve(H, X.T @ y / len(y)))
    assert asks.hessian == pytest.approx(2 * H)
    assert asks.reach == reach
