"""The loss over many weights at once: curves and surfaces whose cost does not grow with the number of points.

One pass over the data boils them down to a handful of numbers; every grid is then evaluated from those.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING

import torch

from engine import checks, loss
from engine.minimum import minimum, shortest_solution
from engine.records import Curve, Parabolas, Surface

if TYPE_CHECKING:
    from jaxtyping import Float
    from torch import Tensor

    from engine.checks import Numbers

MOST_SAMPLES = 2_000


@dataclass(frozen=True, eq=False)
class Moments:
    """All that the loss needs to know of the data: their means, and the centred data's loss around one place.

    With r the residuals of the centred data at `anchor`, for any anchor at all

        L(w) = (y_mean − w·x_mean)² + ‖factor (w − anchor)‖² + slope·(w − anchor) + floor

    where floor is the mean of r² and slope = −(2/N) Xᵀr. The anchor is their least-squares solution, where the slope
    is 0 but for rounding: squares are added and next to nothing is subtracted from them. The textbook form
    wᵀGw − 2b·w + c loses every digit to cancellation when the data lie far from zero; this one is as exact as going
    through the points.
    """

    x_mean: Float[Tensor, " d"]
    y_mean: Float[Tensor, ""]
    anchor: Float[Tensor, " d"]
    factor: Float[Tensor, "d d"]
    slope: Float[Tensor, " d"]
    floor: Float[Tensor, ""]

    def mse(self, w: Float[Tensor, "*grid d"]) -> Float[Tensor, "*grid"]:
        """The mean squared error on a grid of weight vectors, without another look at the points."""
        level = (self.y_mean - w @ self.x_mean).square()
        away = w - self.anchor
        return level + (away @ self.factor.mT).square().sum(-1) + away @ self.slope + self.floor


def moments(X: Float[Numbers, "n d"], y: Float[Numbers, " n"]) -> Moments:
    """One pass over the data. Raises ValueError on bad input."""
    X, y = checks.points(X, y)
    n, d = X.shape
    x_mean, y_mean = X.mean(0), y.mean()
    rows, targets = torch.cat([X - x_mean, X.new_zeros(d, d)]), torch.cat([y - y_mean, y.new_zeros(d)])
    # Centring columns far from zero leaves rounding that would pass for a direction of its own. Following it would put
    # the anchor so far away that w − anchor has no digits left.
    spread = torch.linalg.vector_norm(rows, dim=0)
    size = torch.linalg.vector_norm(X, dim=0)
    noise = 8 * torch.finfo(X.dtype).eps * float((size / spread).where(spread > 0, 1.0).max())
    anchor, _ = shortest_solution(rows, targets, noise)
    residual = targets - rows @ anchor
    return Moments(
        x_mean=x_mean,
        y_mean=y_mean,
        anchor=anchor,
        factor=torch.linalg.qr(rows, mode="r").R / n**0.5,
        slope=-2 / n * rows.mT @ residual,
        floor=residual.square().sum() / n,
    )


def samples(lo: float, hi: float, count: int) -> Float[Tensor, " count"]:
    """`count` evenly spaced weights from `lo` to `hi`, both included. Raises ValueError naming lo, hi or count."""
    ends = checks.weights([[lo], [hi]], 1)
    if not lo < hi:
        raise ValueError(f"lo must be below hi; they are {lo:g} and {hi:g}.")
    if not 2 <= count <= MOST_SAMPLES:
        raise ValueError(f"count must be from 2 to {MOST_SAMPLES}, not {count}.")
    return torch.linspace(ends[0].item(), ends[1].item(), count, dtype=ends.dtype)


def curve(
    X: Float[Numbers, "n 1"], y: Float[Numbers, " n"], lo: float, hi: float, count: int, lam: float = 0.0
) -> Curve:
    """The loss of one weight at `count` samples from `lo` to `hi`. Raises ValueError on bad input."""
    X, y = checks.points(X, y)
    if X.shape[1] != 1:
        raise ValueError(f"X must have one column for a curve, not {X.shape[1]}.")
    w = samples(lo, hi, count)
    column = w[:, None]
    return Curve(w=w.numpy(), mse=moments(X, y).mse(column).numpy(), penalty=loss.l2(column, lam).numpy())


def parabolas(X: Float[Numbers, "n 1"], y: Float[Numbers, " n"], count: int) -> Parabolas:
    """(yᵢ − w·xᵢ)² for each point and each of `count` samples of one weight; their mean over i is the loss.

    The samples span the middle nine tenths of the points' own minima and as much again to either side. Raises
    ValueError on bad input. Unlike a curve, this does visit every point for every sample.
    """
    X, y = checks.points(X, y)
    if X.shape[1] != 1:
        raise ValueError(f"X must have one column for parabolas, not {X.shape[1]}.")
    bottom = y / X[:, 0]
    lo, hi = bottom[bottom.isfinite()].quantile(torch.tensor([0.05, 0.95], dtype=y.dtype)).tolist()
    width = hi - lo if hi - lo > 1e-9 * max(abs(lo), abs(hi)) else max(abs(lo), abs(hi)) or 1.0
    w = samples(lo - width, hi + width, count)
    return Parabolas(w=w.numpy(), squared=(y[:, None] - X * w).square().numpy(), bottom=bottom.numpy())


def surface(
    X: Float[Numbers, "n 2"], y: Float[Numbers, " n"], lo: float, hi: float, count: int, lam: float = 0.0
) -> Surface:
    """Lλ of two weights on a `count` × `count` grid over the square [lo, hi]². Raises ValueError on bad input."""
    X, y = checks.points(X, y)
    if X.shape[1] != 2:
        raise ValueError(f"X must have two columns for a surface, not {X.shape[1]}.")
    w = samples(lo, hi, count)
    grid = torch.stack(torch.meshgrid(w, w, indexing="xy"), dim=-1)
    return Surface(w1=w.numpy(), w2=w.numpy(), total=(moments(X, y).mse(grid) + loss.l2(grid, lam)).numpy())


def cut(
    X: Float[Numbers, "n d"],
    y: Float[Numbers, " n"],
    w: Float[Numbers, " d"],
    direction: Float[Numbers, " d"],
    reach: float,
    count: int,
) -> Curve:
    """The loss along a straight line through `w`: at w + t·direction/‖direction‖ for `count` t in [−reach, reach].

    The curve's `w` is t, the distance from w. Works for any number of weights. Raises ValueError on bad input.
    """
    X, y = checks.points(X, y)
    start, along = checks.weights(w, X.shape[1]), checks.tensor(direction, "direction")
    if along.shape != start.shape or not along.any():
        raise ValueError(f"direction must be {X.shape[1]} numbers, one for each weight and not all 0.")
    t = samples(-reach, reach, count)
    line = start + t[:, None] * along / torch.linalg.vector_norm(along)
    return Curve(w=t.numpy(), mse=moments(X, y).mse(line).numpy(), penalty=torch.zeros_like(t).numpy())


def part(
    X: Float[Numbers, "n 2"], y: Float[Numbers, " n"], start: int, stop: int, lo: float, hi: float, count: int
) -> Surface:
    """The average squared error of points start … stop − 1 alone, on a `count` × `count` grid of two weights.

    One point alone makes a trough: the error is the same all along y = x₁w₁ + x₂w₂. Raises ValueError on bad input.
    """
    X, y = checks.points(X, y)
    if X.shape[1] != 2:
        raise ValueError(f"X must have two columns for a surface, not {X.shape[1]}.")
    if not 0 <= start < stop <= len(y):
        raise ValueError(f"start and stop must choose at least one of the {len(y)} points, not {start} to {stop}.")
    w = samples(lo, hi, count)
    grid = torch.stack(torch.meshgrid(w, w, indexing="xy"), dim=-1)
    errors = y[start:stop] - grid @ X[start:stop].mT
    return Surface(w1=w.numpy(), w2=w.numpy(), total=errors.square().mean(-1).numpy())


def round_up(value: float) -> float:
    """The next 1, 2 or 5 times a power of ten, for the end of an axis. `value` must be above 0."""
    power = 10.0 ** floor(log10(value))
    # A value that is round but for its last digit is round.
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-12))


def reach(X: Float[Numbers, "n d"], y: Float[Numbers, " n"]) -> float:
    """A range ±reach of weights worth looking at, with the minimum well inside. Raises ValueError on bad input.

    On the source article's examples it is the article's own 5.
    """
    largest = float(abs(minimum(X, y).w).max())
    return round_up(2.4 * largest) if largest else 1.0


def lam_reach(X: Float[Numbers, "n d"], y: Float[Numbers, " n"]) -> float:
    """A range 0 … lam_reach of λ worth looking at: up to where the penalty curves as much as the loss does.

    That is the mean of the eigenvalues of XᵀX/N, rounded up. Raises ValueError on bad input.
    """
    G = loss.quadratic(X, y).G
    return round_up(float(G.trace()) / len(G))
