"""Records as the engine would answer, worked out here by numpy from the textbook: pictures are drawn from them, and
what a picture says is compared with them and with what is drawn."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import plotly.graph_objects as go

from engine.records import Array, Curve, Dataset, Fit, HeldOut, Minimum, Parabolas, RidgePath, Spectrum, Surface

REACH = 4.0
"""Maps and curves by hand run from −4 to 4."""

NUMBER = r"(−?\d+(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|∞)"
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def number(text: str) -> float:
    """A number as it is written in words."""
    return float(text.translate(DIGITS).replace("×10", "e").replace("∞", "inf"))


def said(figure: go.Figure, pattern: str) -> list[float]:
    """The numbers that the description of `figure` has where `pattern` has #; the pattern must be in it once."""
    text = figure.layout.meta["alt"]
    found = re.findall(re.escape(pattern).replace(r"\#", NUMBER), text)
    assert len(found) == 1, (pattern, text)
    return [number(each) for each in ([found[0]] if isinstance(found[0], str) else found[0])]


def near(said: Any, true: Any, digits: int = 4) -> None:
    """Numbers are said to so many digits."""
    np.testing.assert_allclose(said, np.asarray(true, dtype=float), rtol=0.6 * 10.0 ** (1 - digits), atol=1e-12)


def drawn(figure: go.Figure, **look: str) -> list[Any]:
    """The traces with this look: of a colour, dash or symbol."""

    def has(trace: Any, what: str, value: str) -> bool:
        part = getattr(trace, "marker" if what == "symbol" else "line", None)
        if what == "colour":
            return value in (getattr(trace.line, "color", None), getattr(trace.marker, "color", None))
        return getattr(part, what, None) == value

    flat = [trace for trace in figure.data if trace.type == "scatter"]
    return [trace for trace in flat if all(has(trace, what, value) for what, value in look.items())]


def dataset(X: Array, y: Array) -> Dataset:
    """Points with short names."""
    names = tuple(f"x{j}" for j in range(1, X.shape[1] + 1))
    return Dataset("By hand.", names, "y", tuple(f"each {name}" for name in names), "y", X, y)


def some(seed: int, d: int, n: int = 7) -> tuple[Array, Array]:
    """Points of d features whose minimum lies well inside the maps."""
    random = np.random.default_rng(seed)
    X = random.normal(size=(n, d)) + random.uniform(-1, 1, d)
    return X, X @ random.uniform(-2, 2, d) + 0.5 * random.normal(size=n)


def in_a_row(seed: int) -> tuple[Array, Array]:
    """Points whose second feature is a multiple of the first: the loss is a valley."""
    X, y = some(seed, 1)
    return np.hstack([X, np.random.default_rng(seed).uniform(0.5, 2) * X]), y


def loss(X: Array, y: Array, w: Any, lam: float = 0.0) -> float:
    """The mean of the squared errors, and λ‖w‖²."""
    return float(np.mean((y - X @ np.atleast_1d(w)) ** 2) + lam * np.sum(np.square(w)))


def fit(X: Array, y: Array, w: Any, lam: float = 0.0) -> Fit:
    """What the weights w make of the points."""
    w = np.atleast_1d(np.asarray(w, dtype=float))
    error = y - X @ w
    gradient = -2 / len(y) * X.T @ error + 2 * lam * w
    return Fit(w, X @ w, error, error**2, float(np.mean(error**2)), lam * float(w @ w), gradient)


def minimum(X: Array, y: Array, lam: float = 0.0) -> Minimum:
    """Ridge's minimum; without a penalty the shortest of numpy's least-squares solutions."""
    n, d = X.shape
    w = np.linalg.lstsq(np.vstack([X, np.sqrt(n * lam) * np.eye(d)]), np.append(y, np.zeros(d)), rcond=1e-12)[0]
    _, values, vectors = np.linalg.svd(X)
    flat = vectors[values < 1e-9 * values[0]] if lam == 0 and d > 1 else np.empty((0, d))
    return Minimum(w, loss(X, y, w), lam * float(w @ w), flat)


def curve(X: Array, y: Array, lam: float = 0.0, lo: float = -REACH, hi: float = REACH, count: int = 161) -> Curve:
    """The loss of one weight, sample by sample."""
    w = np.linspace(lo, hi, count)
    return Curve(w, np.array([loss(X, y, each) for each in w]), lam)


def cut(X: Array, y: Array, w: Any, along: Any) -> Curve:
    """The loss along a straight line through w."""
    steps = np.linspace(-REACH, REACH, 101)
    return Curve(steps, np.array([loss(X, y, w + step * np.asarray(along)) for step in steps]), 0.0)


def surface(X: Array, y: Array, lam: float = 0.0, n: int = 21) -> Surface:
    """The loss of two weights on a grid."""
    axis = np.linspace(-REACH, REACH, n)
    return Surface(axis, axis, np.array([[loss(X, y, (a, b), lam) for a in axis] for b in axis]))


def parabolas(X: Array, y: Array) -> Parabolas:
    """Each point's squared error over one weight."""
    w = np.linspace(-REACH, REACH, 41)
    return Parabolas(w, (y[:, None] - X * w) ** 2, y / X[:, 0])


def spectrum(X: Array, y: Array, lam: float = 0.0) -> Spectrum:
    """The Hessian and its shape; what is rounding beside the largest curvature is flat."""
    hessian = 2 / len(y) * X.T @ X + 2 * lam * np.eye(X.shape[1])
    values, vectors = np.linalg.eigh(hessian)
    values = np.where(values < 1e-12 * values[-1], 0.0, values)
    return Spectrum(hessian, values, vectors.T, float(values[-1] / values[0]) if values[0] else np.inf)


def ridge_path(X: Array, y: Array, lams: list[float]) -> RidgePath:
    """The minimum at each of the λs."""
    found = [minimum(X, y, lam) for lam in lams]
    bare = spectrum(X, y).values
    curvatures = np.array([bare + 2 * lam for lam in lams])
    return RidgePath(
        np.array(lams), np.array([each.w for each in found]), np.array([each.mse for each in found]), curvatures
    )


def held_out(seed: int) -> HeldOut:
    """Losses over λ with the lowest held-out one in the middle."""
    lam = np.logspace(-3, 2, 61)
    best = np.random.default_rng(seed).uniform(-2, 1)
    return HeldOut(lam, 1 + lam / 100, 2 + (np.log10(lam) - best) ** 2, 0.0)
