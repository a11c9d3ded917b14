"""The course's data sets. Each one says where it comes from, and none is random without a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray

from engine import inputs, table
from engine.layout import FEW_ROWS
from engine.records import INTERCEPT, MOST_WEIGHTS, OWN, Array, Dataset, Source, Table

KINDS = ("article", "tips", "line", "pair", "many")


def load(source: Source, own: Dataset | None = None) -> Dataset:
    """The data set for a model with so many weights, changed as `source` says; `own` is what OWN data are.

    Raises ValueError naming what is off.
    """
    found = prepared(raw(source, own), source.prep)
    if not 0 <= source.muted <= len(found.y):
        raise ValueError(f"muted must be 0 or the number of one of the {len(found.y)} points, not {source.muted}.")
    kept = np.arange(1, len(found.y) + 1) != source.muted
    X, y = found.X[kept], found.y[kept]
    if source.outlier:
        X, y = np.vstack([X, X[np.abs(X[:, 0]).argmax()]]), np.append(y, source.outlier)
    times = np.array([source.x_times] + [1.0] * (source.weights - 1))
    return replace(found, X=X * times, y=y * source.y_times)


def split(source: Source, train: int, seed: int, own: Dataset | None = None) -> tuple[Dataset, Dataset]:
    """`train` points of `source`, drawn with `seed`, to fit with, and the others, which nothing has looked at yet: the
    columns of both are prepared by the means and standard deviations of the first alone.

    Raises ValueError naming train where fewer than two points would be left on either side.
    """
    found = raw(source, own)
    n = len(found.y)
    if not 2 <= train <= n - 2:
        raise ValueError(f"train must leave at least 2 of the {n} points on either side, not be {train}.")
    order = torch.randperm(n, generator=generator(seed)).numpy()
    found = prepared(found, source.prep, order[:train])
    first, others = (replace(found, X=found.X[rows], y=found.y[rows]) for rows in (order[:train], order[train:]))
    return first, others


def raw(source: Source, own: Dataset | None) -> Dataset:
    """The data set as it was noted, with the column of ones if `source` asks for an intercept."""
    # With one weight there is no place for an intercept.
    intercept = "intercept" in source.prep.split(",") and source.weights == 2
    if source.kind == OWN and own:
        # The second weight of data with one feature is the intercept: nothing else is there.
        intercept = intercept or source.weights > own.X.shape[1]
        found = first(own, 1 if intercept else source.weights)
    else:
        found = whole(source.kind, 1 if intercept else source.weights, source.rho, source.seed)
    return with_intercept(found) if intercept else found


Rows = slice | NDArray[np.int64]
EVERY = slice(None)


def prepared(data: Dataset, prep: str, seen: Rows = EVERY) -> Dataset:
    """The columns centred and scaled as `prep` asks, by what the rows `seen` say of them."""
    asked = prep.split(",")
    if "centred" in asked:
        data = centred(data, seen)
    if "scaled" in asked:
        data = scaled(data, seen)
    return data


def whole(kind: str, weights: int, rho: float, seed: int) -> Dataset:
    """The data set with all its points."""
    if kind == "many" and 1 <= weights <= MOST_WEIGHTS:
        return many(weights, seed)
    if weights not in (1, 2):
        raise ValueError(f"weights must be 1 or 2, not {weights}.")
    if kind == "article":
        return article_one() if weights == 1 else article_two()
    if kind == "tips":
        return first(tips(), weights)
    if kind == "line":
        return first(line(), weights)
    if kind == "pair":
        return first(pair(rho, seed), weights)
    raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {kind!r}.")


def first(data: Dataset, weights: int) -> Dataset:
    """The same points seen through their first `weights` features only."""
    return replace(
        data,
        features=data.features[:weights],
        each=data.each[:weights],
        X=np.ascontiguousarray(data.X[:, :weights]),
    )


def own(found: Table, target: str, features: Sequence[str]) -> tuple[Dataset, tuple[str, ...]]:
    """A visitor's columns as a data set, and sentences on the rows left out: those where one of these columns has no
    number. Raises ValueError with a sentence if no loss can be drawn of them."""
    if not features or target in features:
        raise ValueError("Choose a target, and at least one feature that is not the target.")
    kept = table.complete(found, (target, *features))
    if len(kept.values) < 2:
        raise ValueError(" ".join([FEW_ROWS.format(len(kept.values)), *kept.remarks[:1]]))
    for name, column in zip(kept.names, kept.values.T, strict=True):
        if not column.any():
            raise ValueError(f"Column “{name}” is zero in every row, so it says nothing. Choose another one.")
    chosen = Dataset(
        origin=f"Your data, {len(kept.values)} rows.",
        features=tuple(features),
        target=target,
        each=tuple(f"each unit of {name}" for name in features),
        brings=f"units of {target}",
        X=np.ascontiguousarray(kept.values[:, 1:]),
        y=kept.values[:, 0].copy(),
    )
    return chosen, kept.remarks


EPS = np.finfo(np.float64).eps


def constant(X: Array) -> NDArray[np.bool_]:
    """Which columns of X (n, d) have the same value in every row, but for rounding."""
    still: NDArray[np.bool_] = np.ptp(X, axis=0) <= 8 * EPS * np.abs(X).max(axis=0)
    return still


def with_intercept(data: Dataset) -> Dataset:
    """The first feature, and a column of ones as the second: its weight is where the line meets the y axis."""
    return replace(
        data,
        origin=f"{data.origin} With a column of ones for the intercept.",
        features=(data.features[0], "1"),
        each=(data.each[0], INTERCEPT),
        X=np.stack([data.X[:, 0], np.ones(len(data.y))], axis=1),
    )


def centred(data: Dataset, seen: Rows = EVERY) -> Dataset:
    """Each feature with its mean over the rows `seen` subtracted, but for one that is constant there and would leave
    nothing.

    Without a constant feature the line runs through the origin. So that it runs through the middle of the points, the
    target is centred too.
    """
    same = constant(data.X[seen])
    names = tuple(name if still else f"{name}, centred" for name, still in zip(data.features, same, strict=True))
    X, moved = data.X.copy(), data.X[:, ~same]
    X[:, ~same] = without_rounding(moved - moved[seen].mean(axis=0), np.abs(moved[seen]).max(axis=0), seen)
    return replace(
        data,
        origin=f"{data.origin} Centred: each column has its mean subtracted.",
        features=names,
        target=data.target if same.any() else f"{data.target}, centred",
        X=X,
        y=data.y if same.any() else data.y - data.y[seen].mean(),
    )


def without_rounding(X: Array, size: Array, seen: Rows) -> Array:
    """X (n, d) without the entries and directions that rounding alone has given the rows `seen`; `size` (d,) is how
    large each column's numbers were there before something as large was subtracted from them.

    The numbers 285.55 and 12.4 + 273.15 differ in their last digit. Beside 285 that is nothing; once the mean is gone
    it would make two columns that say the same look different, and the valley between them a bowl. So singular values
    of the columns, each brought to length 1, are 0 where the lost digits alone could have made them (Weyl's inequality;
    Golub and Van Loan, Matrix Computations, 4th ed., §5.4).
    """
    X = np.where(np.abs(X) <= 2 * EPS * size, 0.0, X)
    mine = X[seen]
    length = np.linalg.norm(mine, axis=0)
    _, S, Vt = np.linalg.svd(mine / length, full_matrices=False)
    known = 2 * EPS * len(mine) ** 0.5 * float(np.linalg.norm(size / length)) < S
    if known.all():
        return X
    return np.where(X == 0, 0.0, X / length @ Vt[known].T @ Vt[known] * length)


def scaled(data: Dataset, seen: Rows = EVERY) -> Dataset:
    """Each feature divided by its standard deviation over the rows `seen`, but for one that is constant there."""
    same = constant(data.X[seen])
    rows = list(zip(data.features, data.each, same, strict=True))
    return replace(
        data,
        origin=f"{data.origin} Scaled: each feature is divided by its standard deviation.",
        features=tuple(name if still else f"{name}, scaled" for name, _, still in rows),
        each=tuple(each if still else f"each standard deviation of {name}" for name, each, still in rows),
        X=data.X / np.where(same, 1.0, data.X[seen].std(axis=0)),
    )


def article_one() -> Dataset:
    """Examples 1 and 3 of the source article: four points, one weight. The best line leaves errors."""
    return Dataset(
        origin="Examples 1 and 3 of the article this course grew from.",
        features=("x",),
        target="y",
        each=("each unit of x",),
        brings="units of y",
        X=np.array([[1.0], [2.0], [3.0], [4.0]]),
        y=np.array([2.0, 4.0, 5.0, 4.0]),
    )


def article_two() -> Dataset:
    """Example 2 of the source article: both columns are equal, so only w₁ + w₂ matters."""
    return Dataset(
        origin="Example 2 of the article this course grew from. Both features are the same column.",
        features=("x₁", "x₂"),
        target="y",
        each=("each unit of x₁", "each unit of x₂"),
        brings="units of y",
        X=np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]),
        y=np.array([2.0, 4.0, 6.0]),
    )


def tips() -> Dataset:
    """244 restaurant bills: tip against bill and party size. Equal, row for row, to `plotly.data.tips()`."""
    bills = pd.read_csv(Path(__file__).with_name("tips.csv"), dtype=np.float64)
    bill, size, tip = (bills[name].to_numpy(copy=True) for name in ("total_bill", "size", "tip"))
    return Dataset(
        origin="244 real bills noted by one waiter (Bryant and Smith, 1995), as shipped with Plotly.",
        features=("bill (dollars)", "party size (people)"),
        target="tip (dollars)",
        each=("each dollar on the bill", "each guest"),
        brings="dollars of tip",
        X=np.stack([bill, size], axis=1),
        y=tip,
    )


def line() -> Dataset:
    """The article's four points with a column of ones: the second weight is the intercept of an ordinary line."""
    return with_intercept(article_one())


def many(weights: int, seed: int) -> Dataset:
    """60 seeded points with up to 20 features, each larger than the one before; the true weights are all 1."""
    n = 60
    draws = torch.randn(n, MOST_WEIGHTS + 1, generator=generator(seed), dtype=torch.float64)
    X = draws[:, :weights] * torch.linspace(0.5, 2, MOST_WEIGHTS, dtype=torch.float64)[:weights]
    return Dataset(
        origin=f"{n} points drawn by the course with seed {seed}: y = x₁ + … + x{weights} + noise.",
        features=tuple(f"x{i}" for i in range(1, weights + 1)),
        target="y",
        each=tuple(f"each unit of x{i}" for i in range(1, weights + 1)),
        brings="units of y",
        X=X.contiguous().numpy(),
        y=(X.sum(1) + draws[:, -1]).numpy(),
    )


def generator(seed: int) -> torch.Generator:
    """A source of random numbers of its own, so that no draw depends on another. Raises ValueError naming seed."""
    if not 0 <= seed < 2**31:
        raise ValueError(f"seed must be from 0 to {2**31 - 1}, not {seed}.")
    return torch.Generator().manual_seed(seed)


def pair(rho: float, seed: int) -> Dataset:
    """40 seeded points with two features of mean 0, variance 1 and correlation exactly `rho`, in [−1, 1].

    y = 2x₁ + x₂ + noise. Only x₂ changes with `rho`. Raises ValueError naming rho or seed.
    """
    if not abs(inputs.tensor(rho, "rho").item()) <= 1:
        raise ValueError(f"rho must be a correlation from -1 to 1, not {rho}.")
    n = 40
    draws = torch.randn(n, 3, generator=generator(seed), dtype=torch.float64)
    # Centred and made orthogonal, so that means, variances and correlation are exact and not only on average.
    x1, other, noise = (torch.linalg.qr(draws - draws.mean(0)).Q * n**0.5).unbind(1)
    x2 = rho * x1 + (1 - rho * rho) ** 0.5 * other
    return Dataset(
        origin=f"40 points drawn by the course with seed {seed}: y = 2x₁ + x₂ + noise.",
        features=("x₁", "x₂"),
        target="y",
        each=("each unit of x₁", "each unit of x₂"),
        brings="units of y",
        X=torch.stack([x1, x2], dim=1).numpy(),
        y=(2 * x1 + x2 + noise).numpy(),
    )
