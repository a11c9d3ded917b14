"""What a lesson asks, answered a second time: from numpy alone, by whoever tests the lesson.

The test module of a lesson, tests/lessons/test_one_weight.py for `one_weight`, has these answers as its `PROOFS`. Tests
of all lessons hold the pages to them, and one of them asks for those that are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from streamlit.testing.v1 import AppTest

from engine import data
from engine.records import Array, Source
from lessons.course import COURSE
from lessons.kit.lesson import Lesson, slug
from lessons.kit.quiz import Claims
from tests.app import open_page

Trial = Callable[[Array, Array, Array], bool]
"""A claim as something to try on points, X (n, 2) and y (n,), and a pin (2,)."""


@dataclass(frozen=True)
class Case:
    """A prediction on a data set: the right weights and the penalised loss it is scored in, from numpy alone.

    X and y are the points after the change that is asked about; `keys` are the sliders of the pin.
    """

    lesson: str
    ask: str
    kind: str
    keys: tuple[str, ...]
    X: Array
    y: Array
    lam: float = 0.0
    rho: float = 0.8

    def __str__(self) -> str:
        """For the names of tests."""
        return f"{self.lesson}-{self.ask}-{self.kind}-{self.rho}"

    def loss(self, *w: float) -> float:
        return float(np.mean((self.y - self.X @ np.array(w)) ** 2) + self.lam * np.square(w).sum())

    @property
    def best(self) -> Array:
        return solve(self.X, self.y, self.lam)

    @property
    def today(self) -> Array:
        """The minimum before the change; the shortest where there are many."""
        return solve(*points(self.kind, self.X.shape[1], self.rho))

    def open(self, *w: float) -> AppTest:
        pins = {key: repr(float(value)) for key, value in zip(self.keys, w, strict=False)}
        link = {f"{self.lesson}_rho": str(self.rho)} if self.kind == "pair" else {}
        return open_page(self.lesson, **where(self.lesson, self.ask), data=self.kind, **pins, **link)

    def reach(self) -> float:
        """Where the sliders end."""
        return float(self.open().slider(key=self.keys[0]).max)


@dataclass(frozen=True)
class Wrong:
    """Where people who reason wrongly put the pin of a prediction on a data set, in multiples of today's minimum, each
    with words that the reply must have."""

    kind: str
    pins: tuple[tuple[tuple[float, ...], str], ...]


@dataclass(frozen=True)
class Proofs:
    """The answers of one lesson.

    `claims`: the text of each claim, and how to try it. `numbers`: the name of the function that asks for a number, and
    the right one on a kind of data. `cases`: the name of each prediction in the link, and its answers; none where it
    is not about the place of a minimum and has tests of its own. `wrong`: usual mistakes in it. `unasked`: links on
    which a prediction cannot be judged, with words that say why.
    """

    claims: Mapping[str, Trial] = field(default_factory=dict)
    numbers: Mapping[str, Callable[[str], float]] = field(default_factory=dict)
    cases: Mapping[str, tuple[Case, ...]] = field(default_factory=dict)
    wrong: Mapping[str, Wrong] = field(default_factory=dict)
    unasked: tuple[tuple[Mapping[str, str], str], ...] = ()


def proofs(lesson: Lesson) -> Proofs:
    """Those of a lesson; none where its test module has none, or where it has no test module."""
    module = f"tests.lessons.test_{lesson.name}"
    found: Proofs = getattr(import_module(module), "PROOFS", Proofs()) if find_spec(module) else Proofs()
    return found


def unproved(lesson: Lesson, found: Proofs) -> list[str]:
    """What the lesson asks and `found` does not answer, in words for who has to add it."""
    checks = [check for checks in lesson.checks.values() for check in checks]
    claims = [claim.text for check in checks if isinstance(check, Claims) for claim in check.claims]
    numbers = [check.__name__ for check in checks if not isinstance(check, Claims)]
    asks = [prediction.name for predictions in lesson.predictions.values() for prediction in predictions]
    return [
        f"{kind}: {name!r}"
        for kind, names, known in (
            ("claims", claims, found.claims),
            ("numbers", numbers, found.numbers),
            ("cases", asks, found.cases),
        )
        for name in names
        if name not in known
    ]


def where(lesson: str, ask: str) -> dict[str, str]:
    """The link to a prediction."""
    (found,) = (each for each in COURSE if each.name == lesson)
    (step,) = (step for step, asked in found.predictions.items() if ask in [prediction.name for prediction in asked])
    return {"step": slug(step), "ask": ask}


def points(kind: str, weights: int, rho: float = 0.8) -> tuple[Array, Array]:
    """X and y of one of the course's data sets."""
    found = data.load(Source(kind, weights, rho))
    return found.X, found.y


def solve(X: Array, y: Array, lam: float = 0.0) -> Array:
    """The minimum of the penalised loss; the shortest where there are many."""
    G, b = X.T @ X / len(y) + lam * np.eye(X.shape[1]), X.T @ y / len(y)
    return np.asarray(np.linalg.lstsq(G, b, rcond=1e-12)[0])


def lstsq(kind: str, weights: int) -> tuple[Array, float]:
    """numpy's shortest least-squares solution and its loss."""
    X, y = points(kind, weights)
    w = np.linalg.lstsq(X, y, rcond=1e-12)[0].astype(np.float64)
    return w, loss(w, X, y)


def round_above(value: float) -> float:
    """The smallest 1, 2 or 5 times a power of ten that is not below `value`, but for rounding: where sliders end."""
    rounds = (float(f"{digit}e{power}") for power in range(-12, 12) for digit in (1, 2, 5))
    return next(each for each in rounds if each >= value * (1 - 1e-9))


def reach(kind: str, weights: int) -> float:
    """The range ±reach of the weights on a data set."""
    return round_above(2.4 * float(np.abs(solve(*points(kind, weights))).max()))


def lam_reach(kind: str) -> float:
    """The range 0 … lam_reach of λ on a data set."""
    return round_above(float(np.mean(points(kind, 1)[0] ** 2)))


def loss(w: Array, X: Array, y: Array) -> float:
    """The mean squared error."""
    return float(np.mean((y - X @ w) ** 2))


def hessian(X: Array) -> Array:
    """The curvatures of the loss, (d, d)."""
    return np.asarray(2 / len(X) * X.T @ X)


def doubled(X: Array) -> Array:
    """The first feature, and exactly twice it."""
    return X[:, :1] * [1.0, 2.0]


# Points of the kinds on which a sentence about "any" points may fail, two features each.
ODD: dict[str, tuple[list[list[float]], list[float]]] = {
    "some at x = 0": ([[0, 1], [0, 2], [2, 1], [3, 0]], [5, -3, 4, 3]),
    "one away from x = 0": ([[0, 1], [2, 0], [0, 3]], [5, 4, -1]),
    "negative x": ([[-1, -2], [-2, 1], [-3, 3]], [1, 2, -4]),
    "both signs": ([[-2, 1], [2, 1], [1, -1], [-1, 3]], [3, 3, -1, 2]),
    "one own minimum": ([[1, 2], [2, 3], [-3, 1]], [2, 4, -6]),
    "a constant feature": ([[1, 1], [2, 1], [4, 1]], [1, 5, 2]),
    "a constant first feature": ([[1, 1], [1, 2], [1, 4]], [1, 5, 2]),
    "all the same": ([[2, 1], [2, 1], [2, 1]], [3, 3, 3]),
    "minimum at zero": ([[1, 1], [-1, 1], [2, 0], [-2, 1]], [1, 1, 3, 3]),
    "a perfect fit": ([[1, 2], [2, -1], [3, 1]], [3, 1, 4]),
    "a valley": ([[1, 2], [2, 4], [3, 6]], [1, 3, 2]),
    "round": ([[1, 0], [0, 1], [-1, 0], [0, -1]], [1, 2, 3, 4]),
    "two points": ([[1, 2], [3, 1]], [4, -1]),
}


def holds(claim: Trial) -> bool:
    """Whether a claim holds on twenty random problems with positive x and correlated features, and on all odd ones. One
    that is called true must, one that is called false must fail on some."""
    found = []
    for seed in range(20):
        draw = np.random.default_rng(seed)
        X = draw.normal(size=(12, 2)) @ np.array([[1.0, 0.8], [0.0, 0.6]]) + 3
        found.append(claim(X, draw.normal(size=12) + 2 * X[:, 0], draw.normal(size=2)))
    for rows, targets in ODD.values():
        found.append(claim(np.array(rows, float), np.array(targets, float), np.array([0.3, -0.7])))
    return all(found)
