"""The points a step runs on: one of the course's `sets` or a visitor's own, changed as a `Source` says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from engine import sets, table
from engine.layout import FEW_ROWS
from engine.records import INTERCEPT, OWN, Array, Dataset, Kind, Source, Table


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
    order = torch.randperm(n, generator=sets.generator(seed)).numpy()
    found = prepared(found, source.prep, order[:train])
    first, others = (replace(found, X=found.X[rows], y=found.y[rows]) for rows in (order[:train], order[train:]))
    return first, others


def raw(source: Source, own: Dataset | None) -> Dataset:
    """The data set as it was noted, with as many features as the model has weights.

    Where `source` asks for an intercept, or the data have one feature and the model two weights, the second feature is
    a column of ones.
    """
    # With one weight there is no place for an intercept.
    asked = "intercept" in source.prep.split(",") and source.weights == 2
    found = own if source.kind == OWN and own else whole(source._replace(weights=1) if asked else source)
    if asked or source.weights > found.X.shape[1]:
        return sets.with_intercept(first(found, 1))
    return first(found, source.weights)


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


def whole(source: Source) -> Dataset:
    """All points of one of the course's data sets, with all the features that it has for so many weights.

    Raises ValueError naming kind or weights.
    """
    kind = next((kind for kind in sets.KINDS if kind.name == source.kind), None)
    if kind is None:
        raise ValueError(f"kind must be one of {', '.join(kind.name for kind in sets.KINDS)}, not {source.kind!r}.")
    if not 1 <= source.weights <= kind.most:
        raise ValueError(f"weights must be from 1 to {kind.most} on the data set {kind.name}, not {source.weights}.")
    return kind.make(source)


def first(data: Dataset, weights: int) -> Dataset:
    """The same points seen through their first `weights` features only."""
    return replace(
        data,
        features=data.features[:weights],
        each=data.each[:weights],
        X=np.ascontiguousarray(data.X[:, :weights]),
    )


def to_change(kind: Kind) -> Dataset:
    """All points of one of the course's data sets with all features that it has, for a visitor to change.

    A column of ones is no feature of theirs: “Prepare the columns” adds one where it is wanted.
    """
    found = whole(Source(kind.name, 1, kind.rho or 0.0))
    return first(found, sum(each != INTERCEPT for each in found.each))


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
