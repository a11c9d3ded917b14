"""The routes that “For teachers” offers: which steps to show a class in 15 or 45 minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Moment:
    """A step of a lesson, as links name both, with `settings` of its controls."""

    lesson: str
    step: str
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """The moments a class goes through in so many `minutes`. `about` says what it covers and what it leaves out."""

    title: str
    minutes: int
    about: str
    moments: tuple[Moment, ...]


ROUTES = (
    Route(
        "The bowl in 15 minutes",
        15,
        "Where the bowl comes from, what it looks like from above, and what a penalty does to it.",
        (
            Moment("one_weight", "one-guess"),
            Moment("one_weight", "where-the-bowl-comes-from"),
            Moment("two_weights", "read-the-rings", {"data": "line"}),
            Moment("l2", "plain-and-penalised", {"lam": "1"}),
        ),
    ),
    Route(
        "The course in 45 minutes",
        45,
        "All three lessons, with a prediction in each. The sampled curve, cuts, phantom points, other ways to write λ, "
        "held-out points and the checks are left to read alone.",
        (
            Moment("one_weight", "one-guess"),
            Moment("one_weight", "where-the-bowl-comes-from"),
            Moment("one_weight", "the-slope"),
            Moment("one_weight", "predict", {"ask": "outlier"}),
            Moment("two_weights", "sample-the-plane"),
            Moment("two_weights", "read-the-rings", {"data": "line"}),
            Moment("two_weights", "troughs-make-the-bowl"),
            Moment("two_weights", "predict", {"data": "line"}),
            Moment("l2", "plain-and-penalised", {"lam": "1"}),
            Moment("l2", "two-landscapes"),
            Moment("l2", "predict", {"data": "line", "ask": "way"}),
        ),
    ),
)
