"""Whatever is wrong with the input is said in one sentence that begins with the argument's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

from engine import landscape, loss, minimum

X, Y = [[1.0], [2.0], [3.0]], [1.0, 2.0, 2.0]
NAN, INF = float("nan"), float("inf")

TAKES_POINTS: list[Callable[..., Any]] = [
    lambda X, y: loss.mse(torch.ones(1, dtype=torch.float64), X, y),
    lambda X, y: loss.gradient([1.0], X, y),
    lambda X, y: loss.fit_at([1.0], X, y),
    lambda X, y: landscape.curve(X, y, -1, 1, 10),
    loss.hessian,
    loss.quadratic,
    minimum.minimum,
    minimum.spectrum,
    landscape.reduced,
    landscape.reach,
    landscape.lam_reach,
]


@pytest.mark.parametrize("function", TAKES_POINTS)
@pytest.mark.parametrize(
    ("bad", "y", "named"),
    [
        ([], [], "X"),
        ([1.0, 2.0, 3.0], Y, "X"),
        ([[], [], []], Y, "X"),
        ([[1.0], [NAN], [2.0]], Y, "X"),
        ([[1.0], [INF], [2.0]], Y, "X"),
        ([["a"], ["b"], ["c"]], Y, "X"),
        ([[1.0], [2.0, 3.0], [1.0]], Y, "X"),
        ([[0.0], [0.0], [0.0]], Y, "X"),
        ([[1.01e50], [0.0], [0.0]], Y, "X"),
        ([[0.99e-50], [0.0], [0.0]], Y, "X"),
        (None, Y, "X"),
        (X, [1.0, 2.0], "y"),
        (X, [[1.0], [2.0], [2.0]], "y"),
        (X, [1.0, 2.0, -INF], "y"),
        (X, [1.0, 2.0, -1.01e50], "y"),
        (X, "abc", "y"),
    ],
)
def test_bad_points_are_refused_by_name(function: Callable[..., Any], bad: Any, y: Any, named: str) -> None:
    with pytest.raises(ValueError, match=rf"^{named} .*\.$"):
        function(bad, y)


@pytest.mark.parametrize("lam", [-1e-9, NAN, INF, "x", [1.0, 2.0], 1.01e50])
@pytest.mark.parametrize(
    "function",
    [
        lambda lam: minimum.minimum(X, Y, lam),
        lambda lam: minimum.spectrum(X, Y, lam),
        lambda lam: loss.fit_at([1.0], X, Y, lam),
        lambda lam: landscape.curve(X, Y, -1, 1, 10, lam),
    ],
)
def test_a_bad_penalty_is_refused_by_name(function: Callable[[Any], Any], lam: Any) -> None:
    with pytest.raises(ValueError, match="^lam "):
        function(lam)


@pytest.mark.parametrize("w", [[1.0, 2.0], 1.0, [NAN], [INF], [-1.01e50], "x"])
def test_bad_weights_are_refused_by_name(w: Any) -> None:
    with pytest.raises(ValueError, match="^w "):
        loss.fit_at(w, X, Y)


@pytest.mark.parametrize(("x", "y"), [(1e50, 1e50), (1e50, -1e50), (1e-50, 0.0)])
def test_numbers_of_the_largest_and_the_smallest_size_are_taken(x: float, y: float) -> None:
    assert loss.mse([1.0], [[x]], [y]).item() == pytest.approx((y - x) ** 2, rel=1e-15)


def test_a_visitor_takes_one_thread_and_leaves_the_others_to_the_others() -> None:
    assert torch.get_num_threads() == 1


def test_one_fit_is_of_one_weight_vector() -> None:
    with pytest.raises(ValueError, match="^w "):
        loss.fit_at([[1.0], [2.0]], X, Y)


@pytest.mark.parametrize(
    ("lo", "hi", "count", "named"), [(1, 1, 10, "lo"), (2, 1, 10, "lo"), (-1, 1, 1, "count"), (-1, 1, 2001, "count")]
)
def test_a_bad_range_is_refused_by_name(lo: float, hi: float, count: int, named: str) -> None:
    with pytest.raises(ValueError, match=f"^{named} "):
        landscape.curve(X, Y, lo, hi, count)


@pytest.mark.parametrize("count", [2, 2000])
def test_the_fewest_and_the_most_samples_are_drawn(count: int) -> None:
    assert len(landscape.curve(X, Y, -1, 1, count).w) == count


def test_a_curve_needs_one_column_and_a_surface_two() -> None:
    with pytest.raises(ValueError, match="^X "):
        landscape.curve([[1.0, 2.0], [3.0, 4.0]], [1.0, 2.0], -1, 1, 10)
    with pytest.raises(ValueError, match="^X "):
        landscape.surface(X, Y, -1, 1, 10)
