"""What the engine answers with: flat, frozen records of contiguous float64 numpy arrays.

Shapes: n points, d weights, m samples along an axis. This module needs neither PyTorch nor Streamlit, so a figure can
be drawn, and tested, from arrays written by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


MOST_WEIGHTS = 20
"""So many weights a model of the course has at most."""

INTERCEPT = "the intercept"
"""What the weight of a column of ones is called among the words of the data."""

OWN = "own"
"""The kind of data that a visitor brought. Only that visitor's session has them."""


class Source(NamedTuple):
    """Which data: flat primitives, so that it can be a cache key and part of a link.

    `weights` is how many weights the model has on that data; `rho` and `seed` matter to seeded data only; for
    OWN data, `seed` tells them from what they were before a change. The rest says what was changed:
    `muted` is the number of a point left out, counted from 1; `outlier` is the target of one more
    point, put at the largest x₁; 0 is none. Then the first feature is multiplied by `x_times` and the target by
    `y_times`. Before all that the columns are prepared as `prep` says: any of intercept, centred, scaled, with commas.
    """

    kind: str
    weights: int
    rho: float = 0.0
    seed: int = 0
    muted: int = 0
    outlier: float = 0.0
    x_times: float = 1.0
    y_times: float = 1.0
    prep: str = ""


@dataclass(frozen=True, eq=False)
class Dataset:
    """Points with their names. `X` is (n, d), `y` is (n,); `features` and `target` carry their units.

    `each` and `brings` say a weight in words: `each[j]` brings so many `brings`, as each guest brings 0.36 dollars.
    """

    origin: str
    features: tuple[str, ...]
    target: str
    each: tuple[str, ...]
    brings: str
    X: Array
    y: Array


@dataclass(frozen=True)
class Kind:
    """One of the course's data sets, as `engine.sets` lists it.

    `name` is its name in the link and in a `Source`, `title` its name on the screen. `make` returns its points for a
    source, with all their features: where there is only one and the model has two weights, the second feature is a
    column of ones. Lessons offer it if their models have at least `fewest` weights, and if it is `offered` at all; a
    model on it has at most `most`. Where `rho` is a number, the points are drawn with a seed and a correlation that the
    learner chooses, and `rho` is the correlation it opens with.
    """

    name: str
    title: str
    make: Callable[[Source], Dataset]
    fewest: int = 1
    most: int = 2
    rho: float | None = None
    offered: bool = True


class Reading(NamedTuple):
    """One way to read something: the `answer` that chooses it, what it comes to in words, and as a number."""

    answer: str
    says: str
    number: float = np.nan


@dataclass(frozen=True)
class Question:
    """What a table says in a way that can be read in two: in the column `about`, or in its first row where that is "".

    `asks` is the question, with the `cell` as it was written; of the `readings` the likelier is the first.
    """

    about: str
    cell: str
    asks: str
    readings: tuple[Reading, Reading]


@dataclass(frozen=True, eq=False)
class Table:
    """What somebody brought: `values` is (n, k), with NaN where there is no number; column j is called `names[j]`.

    Row i began in line `lines[i]` of what was brought, or i + 1 where `lines` is empty. `why[i, j]` says why there is
    no number, unless the cell is empty. `remarks` are sentences on what was left out, changed or noticed in reading;
    `questions` are those whose answers were needed.
    """

    names: tuple[str, ...]
    values: Array
    lines: tuple[int, ...] = ()
    why: Mapping[tuple[int, int], str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, eq=False)
class Quadratic:
    """The loss multiplied out: L(w) = wᵀ G w − 2 b·w + c. `G` is (d, d), `b` is (d,)."""

    G: Array
    b: Array
    c: float


@dataclass(frozen=True, eq=False)
class Fit:
    """One weight vector on the data: `w` and `gradient` are (d,); `prediction`, `error`, `squared` are (n,).

    `error` is y − ŷ. `gradient` is that of `total`.
    """

    w: Array
    prediction: Array
    error: Array
    squared: Array
    mse: float
    penalty: float
    gradient: Array

    @property
    def total(self) -> float:
        """The penalised loss Lλ = L + λ‖w‖²."""
        return self.mse + self.penalty


@dataclass(frozen=True, eq=False)
class Curve:
    """The loss at m sampled values of one weight, each array (m,), and the λ of its penalty."""

    w: Array
    mse: Array
    lam: float

    @property
    def penalty(self) -> Array:
        """λw², (m,)."""
        return self.lam * self.w**2

    @property
    def total(self) -> Array:
        """The penalised loss Lλ = L + λw²."""
        return self.mse + self.penalty

    @property
    def lowest(self) -> int:
        """The index of the lowest sample of the penalised loss."""
        return int(self.total.argmin())


@dataclass(frozen=True, eq=False)
class Parabolas:
    """Each point's own squared error at m sampled weights: `w` is (m,), `squared` is (n, m).

    `bottom` is (n,): the weight at which the line meets the point, ∞ or −∞ where x = 0 and no line does, NaN where
    x = y = 0 and every line does.
    """

    w: Array
    squared: Array
    bottom: Array


@dataclass(frozen=True, eq=False)
class Slopes:
    """∇L at one weight vector by three routes, each (d,): the formula, autograd, and central differences."""

    closed: Array
    autograd: Array
    difference: Array

    @property
    def disagreement(self) -> float:
        """The largest difference between any two routes."""
        return float(np.ptp([self.closed, self.autograd, self.difference], axis=0).max())


@dataclass(frozen=True, eq=False)
class Entry:
    """One number, or k of them, by r routes: `values[i]` (k,) came by `routes[i]`. `allowed` (k,) is how far rounding
    may take two routes apart on these data; ∞ where they decide nothing. What is below `tiny` is rounding itself."""

    name: str
    routes: tuple[str, ...]
    values: Array
    allowed: Array
    tiny: float

    @property
    def apart(self) -> Array:
        """The largest difference of any two routes, (k,); 0 where all are equal, ∞ included."""
        same = (self.values == self.values[0]).all(axis=0)
        with np.errstate(invalid="ignore"):
            spread = self.values.max(axis=0) - self.values.min(axis=0)
        return np.where(same, 0.0, spread)

    @property
    def holds(self) -> bool:
        """Whether no two routes are farther apart than rounding takes them."""
        return bool((self.apart <= self.allowed).all())

    @property
    def zero(self) -> bool:
        """Whether rounding is all that there is of every number. Where it has no bound it says nothing about size."""
        return bool(np.isfinite(self.tiny) and (np.abs(self.values) <= self.tiny).all())

    @property
    def parts(self) -> bool:
        """Whether rounding takes the routes so far apart that one would see it."""
        return self.digits < 6 and not self.zero

    @property
    def digits(self) -> float:
        """How many digits all routes share, relative to the largest of the k numbers; at most 16."""
        apart, size = float(self.apart.max()), float(np.abs(self.values).max())
        if apart == 0:
            return 16.0
        return float(max(0.0, min(16.0, np.log10(size / apart)))) if np.isfinite(apart) else 0.0


@dataclass(frozen=True, eq=False)
class Surface:
    """The penalised loss on a grid of two weights: `total[j, i]` belongs to (w1[i], w2[j])."""

    w1: Array
    w2: Array
    total: Array

    @property
    def lowest(self) -> tuple[float, float, float]:
        """w₁, w₂ and loss of the lowest grid point."""
        j, i = np.unravel_index(self.total.argmin(), self.total.shape)
        return float(self.w1[i]), float(self.w2[j]), float(self.total[j, i])


@dataclass(frozen=True, eq=False)
class Trap:
    """What PyTorch said when the article's code stopped, and the predictions (n,) once it is mended."""

    message: str
    mended: Array


@dataclass(frozen=True, eq=False)
class Timing:
    """Seconds for one grid by the article's loop, by the same formula in one batched call, and by a batched call on the
    data boiled down; and the largest difference of any two of their losses."""

    loop: float
    batch: float
    boiled: float
    difference: float


@dataclass(frozen=True, eq=False)
class Minimum:
    """The bottom of the loss. Where many weights share it, `w` is the shortest of them.

    `flat` is (k, d): orthonormal directions along which the loss does not change. k = 0 means `w` is the only minimum.
    """

    w: Array
    mse: float
    penalty: float
    flat: Array

    @property
    def total(self) -> float:
        """The lowest value of the penalised loss."""
        return self.mse + self.penalty


@dataclass(frozen=True, eq=False)
class Phantom:
    """L2 as invented data: `rows` is (d, d), each with target 0. `w` (d,) is the ordinary least-squares solution with
    them, `penalised` (d,) the minimum of the penalised loss by its normal equations."""

    rows: Array
    w: Array
    penalised: Array

    @property
    def difference(self) -> float:
        """The largest difference of the two solutions, relative to the largest weight."""
        return float(np.abs(self.w - self.penalised).max() / (np.abs(self.penalised).max() or 1.0))


@dataclass(frozen=True, eq=False)
class HeldOut:
    """The plain loss of the penalised minimum over λ, on the points it was fitted to and on others; each is (m,).

    `kept` is what a penalty saves on points that had no say in choosing it, as a part of their loss at the smallest λ;
    below 0 where it costs.
    """

    lam: Array
    train: Array
    test: Array
    kept: float

    @property
    def winner(self) -> int:
        """The index of the λ with the lowest held-out loss."""
        return int(self.test.argmin())


@dataclass(frozen=True, eq=False)
class RidgePath:
    """The penalised minimum as λ rises: `lam` and `mse` are (m,), `w` is (m, d).

    `curvatures` is (m, d): the eigenvalues of the Hessian at each λ, smallest first. Its eigenvectors do not change.
    """

    lam: Array
    w: Array
    mse: Array
    curvatures: Array


@dataclass(frozen=True, eq=False)
class Spectrum:
    """The Hessian (d, d) and its shape: eigenvalues (d,), smallest first; `vectors[i]` belongs to `values[i]`.

    `condition` is the largest eigenvalue over the smallest: 1 for a round bowl, ∞ for a valley.
    """

    hessian: Array
    values: Array
    vectors: Array
    condition: float

    def rise(self, step: Array) -> float:
        """How much more the loss is one `step` (d,) away from a minimum: ½ Σ hᵢ (vᵢ · step)². The difference of the two
        losses would be no more than their rounding where the step is small."""
        return float(self.values @ (self.vectors @ step) ** 2 / 2)
