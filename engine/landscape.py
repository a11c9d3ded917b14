"""The loss over many weights at once: curves and surfaces whose cost does not grow with the number of points.

One pass over the data boils them down to a handful of numbers; every grid is then evaluated from those.
"""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, NamedTuple

import torch

from engine import inputs, loss
from engine.minimum import minimum
from engine.records import Curve, Parabolas, Surface

if TYPE_CHECKING:
    from jaxtyping import Float
    from torch import Tensor

    from engine.inputs import Numbers

MOST_SAMPLES = 2_000

IN_CACHE = 131_072
"""So many numbers, a megabyte, are still in the cache when they are next needed."""


class Reduced(NamedTuple):
    """All that the loss needs to know of the data: `triangle` (k, d + 1) stands for at most d + 1 points, with

        L(w) = ‖z − R w‖²        R the first d columns, z the last

    It is the triangle of the QR decomposition of [X y]/√N: the same table seen from a better angle. An error is still a
    target minus a prediction, so this is as exact as going through the points; the textbook form wᵀGw − 2b·w + c, with
    everything squared first, loses half the digits. Source: Golub and Van Loan, Matrix Computations, 4th ed., §5.3.
    """

    triangle: Float[Tensor, "k d+1"]

    def at(self, w: Float[Tensor, "*grid d"]) -> Float[Tensor, "*grid"]:
        """Lλ on a grid of weight vectors, without another look at the points."""
        return (self.triangle[:, -1] - w @ self.triangle[:, :-1].mT).square().sum(-1)


def reduced(X: Float[Numbers, "n d"], y: Float[Numbers, " n"], lam: float = 0.0) -> Reduced:
    """One pass over the data. A penalty is d more rows √λ·eⱼ with target 0. Raises ValueError on bad input."""
    rows = inputs.table(X, y)
    n, columns = rows.shape
    if inputs.penalty(lam):
        rows = torch.cat([rows, (n * lam) ** 0.5 * torch.eye(columns - 1, columns, dtype=rows.dtype)])
    return Reduced(torch.linalg.qr(rows, mode="r").R.div_(n**0.5))


def samples(lo: float, hi: float, count: int) -> Float[Tensor, " count"]:
    """`count` evenly spaced weights from `lo` to `hi`, both included. Raises ValueError naming lo, hi or count."""
    if not -inputs.LARGEST <= lo < hi <= inputs.LARGEST:
        raise ValueError(f"lo must be below hi, and neither above {inputs.LARGEST:g} in size; they are {lo} and {hi}.")
    if not 2 <= count <= MOST_SAMPLES:
        raise ValueError(f"count must be from 2 to {MOST_SAMPLES}, not {count}.")
    return torch.linspace(lo, hi, count, dtype=torch.float64)


def curve(
    X: Float[Numbers, "n 1"], y: Float[Numbers, " n"], lo: float, hi: float, count: int, lam: float = 0.0
) -> Curve:
    """The loss of one weight at `count` samples from `lo` to `hi`. Raises ValueError on bad input."""
    found = reduced(X, y).triangle
    if found.shape[1] != 2:
        raise ValueError(f"X must have one column for a curve, not {found.shape[1] - 1}.")
    w = samples(lo, hi, count)
    (r, z), (_, rest), *_ = (*found.tolist(), (0.0, 0.0))  # a single point has one row only
    mse = torch.rsub(w, z, alpha=r).square_().add_(rest**2)  # (z − r·w)² + rest², in place: no array is made twice
    return Curve(w=w.numpy(), mse=mse.numpy(), lam=inputs.penalty(lam))


def parabolas(X: Float[Numbers, "n 1"], y: Float[Numbers, " n"], count: int) -> Parabolas:
    """(yᵢ − w·xᵢ)² for each point and each of `count` samples of one weight; their mean over i is the loss.

    The samples span the middle nine tenths of the points' own minima, the minimum of the loss, also without any one of
    them, and as much again to either side. Raises ValueError on bad input. Unlike a curve, this does visit every point
    for every sample.
    """
    X, y = inputs.points(X, y)
    if X.shape[1] != 1:
        raise ValueError(f"X must have one column for parabolas, not {X.shape[1]}.")
    bottom = y / X[:, 0]
    x, best = X[:, 0], minimum(X, y).w.item()
    # Without point i the minimum moves by x·error / (Σx² − x²), as its own parabola no longer pulls.
    without = best - x * (y - x * best) / (x @ x - x.square())
    middle = bottom[bottom.isfinite()].quantile(torch.tensor([0.05, 0.95], dtype=y.dtype))
    seen = torch.cat([middle, without[without.isfinite()], y.new_tensor([best])])
    lo, hi = seen.min().item(), seen.max().item()
    width = hi - lo if hi - lo > 1e-9 * max(abs(lo), abs(hi)) else max(abs(lo), abs(hi)) or 1.0
    w = samples(lo - width, hi + width, count)
    return Parabolas(w=w.numpy(), squared=(y[:, None] - X * w).square().numpy(), bottom=bottom.numpy())


def surface(
    X: Float[Numbers, "n 2"], y: Float[Numbers, " n"], lo: float, hi: float, count: int, lam: float = 0.0
) -> Surface:
    """Lλ of two weights on a `count` × `count` grid over the square [lo, hi]². Raises ValueError on bad input."""
    found = reduced(X, y, lam).triangle
    if found.shape[1] != 3:
        raise ValueError(f"X must have two columns for a surface, not {found.shape[1] - 1}.")
    w = samples(lo, hi, count)
    (r11, r12, z1), (_, r22, z2), *rest = (*found.tolist(), (0.0, 0.0, 0.0))  # a single point has one row only
    # The second error depends on w₂ alone, and the third on neither, so of the whole grid only the first is left to
    # square.
    left, right = torch.rsub(w, z1, alpha=r11), (r12 * w)[:, None]
    row = torch.rsub(w, z2, alpha=r22).square_().add_(sum(z**2 for *_, z in rest))[:, None]
    total = w.new_empty(count, count)
    # A few rows at a time, which stay in the processor's cache from the subtraction to the square.
    step = max(1, IN_CACHE // count)
    for rows in (slice(start, start + step) for start in range(0, count, step)):
        error = left - right[rows]
        torch.addcmul(row[rows], error, error, out=total[rows])
    return Surface(w1=w.numpy(), w2=w.numpy(), total=total.numpy())


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
    X, y = inputs.points(X, y)
    start, along = inputs.weights(w, X.shape[1]), inputs.tensor(direction, "direction")
    if along.shape != start.shape or not along.any():
        raise ValueError(f"direction must be {X.shape[1]} numbers, one for each weight and not all 0.")
    t = samples(-reach, reach, count)
    line = start + t[:, None] * along / torch.linalg.vector_norm(along)
    return Curve(w=t.numpy(), mse=reduced(X, y).at(line).numpy(), lam=0.0)


def part(
    X: Float[Numbers, "n 2"], y: Float[Numbers, " n"], start: int, stop: int, lo: float, hi: float, count: int
) -> Surface:
    """The average squared error of points start … stop − 1 alone, on a `count` × `count` grid of two weights.

    One point alone makes a trough: the error is the same all along y = x₁w₁ + x₂w₂. Raises ValueError on bad input.
    """
    X, y = inputs.points(X, y)
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
