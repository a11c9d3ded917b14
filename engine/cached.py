"""The engine as the lessons call it: the same answers, each computed once and shared by all visitors.

The only file of the engine that knows Streamlit. Each function takes a `Source` where the engine's own function takes X
and y: which data, for a model with how many weights. A cached function (`@shared`) is asked with numbers, strings and
tuples, and what it is asked is rounded first (`canonical`), so 1 and 1.0, or 0.3 and 0.1 + 0.2, are answered from one
entry. Every call gets a copy of its own, so nobody can change another visitor's numbers.

In the shapes, n is the number of points and d that of weights. Weights are in units of the target per unit of the
feature, losses in units of the target squared. Input that is no good raises ValueError with the argument's name first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from inspect import getsource, signature
from typing import Any, ParamSpec, TypeVar, get_type_hints

import streamlit as st

from engine import article, data, landscape, loss, penalty, sets, table
from engine import ledger as proofs
from engine import minimum as exact
from engine.records import (
    OWN,
    Array,
    Curve,
    Dataset,
    Entry,
    Fit,
    HeldOut,
    Kind,
    Minimum,
    Parabolas,
    Phantom,
    Quadratic,
    Question,
    RidgePath,
    Slopes,
    Source,
    Spectrum,
    Surface,
    Table,
    Timing,
    Trap,
)

ASKED = "asked of the engine"
"""Where a session notes which functions were called, until someone takes the note."""

SOURCE_TYPES = tuple(get_type_hints(Source).values())
"""The type of each field of a `Source`, in order."""

P = ParamSpec("P")
R = TypeVar("R")


def shared(compute: Callable[P, R]) -> Callable[P, R]:
    """A bounded cache around `compute`, whose keys are its arguments as `canonical` has them. A ValueError passes
    through and is not cached.

    What is computed from a visitor's own data stays in that visitor's session, and ends with it.
    """
    everyones: Callable[..., R] = st.cache_data(max_entries=500, max_size="32MB", show_spinner=False)(compute)
    mine: Callable[..., R] = st.cache_data(max_entries=20, max_size="4MB", show_spinner=False, scope="session")(compute)
    parameters = signature(compute, eval_str=True)
    types = [parameter.annotation for parameter in parameters.parameters.values()]

    @wraps(compute)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        # A default left out and the same value spelt out must meet in one entry.
        bound = parameters.bind(*args, **kwargs)
        bound.apply_defaults()
        st.session_state.setdefault(ASKED, {})[compute.__name__] = None
        cache = mine if any(isinstance(arg, tuple) and arg[:1] == (OWN,) for arg in bound.args) else everyones
        return cache(*map(canonical, bound.args, types))

    return call


def canonical(value: Any, wanted: Any) -> Any:
    """`value`, given for a parameter of this type, in the one form that all its spellings share.

    A number is an int where the parameter is one, and otherwise a float of 12 significant digits; so are the numbers in
    a tuple, and the fields of a `Source`. Anything else is left as it is.
    """
    if wanted is Source:
        return Source(*map(canonical, value, SOURCE_TYPES))
    if isinstance(value, tuple):
        return tuple(canonical(each, float) for each in value)
    if not isinstance(value, int | float):
        return value
    return int(value) if wanted is int else float(f"{value:.12g}") + 0.0  # + 0.0 turns -0.0 into 0.0


def kinds(weights: int) -> tuple[Kind, ...]:
    """The course's data sets for lessons whose models have up to `weights` weights, in the order on the screen."""
    return tuple(kind for kind in sets.KINDS if kind.offered and kind.fewest <= weights)


def to_change(kind: Kind) -> Dataset:
    """All points of a data set with all features that it has, X (n, k) and y (n,), for a visitor to change."""
    return data.to_change(kind)


def points(source: Source) -> tuple[Array, Array]:
    """X (n, d) and y (n,) of a source, as the engine's own functions take them."""
    found = dataset(source)
    return found.X, found.y


@shared
def dataset(source: Source) -> Dataset:
    """The points of a source, X (n, d) and y (n,), with the names and units of their columns.

    Raises ValueError naming kind, weights, rho, seed or muted where the source is no good.
    """
    return data.load(source, st.session_state.get(OWN))


@shared
def constant(source: Source) -> tuple[bool, ...]:
    """For each of the d features, whether it has the same value in every row, but for rounding."""
    return tuple(data.constant(points(source)[0]).tolist())


def read(raw: bytes, answers: dict[str, str] | None = None) -> Table | tuple[Question, ...]:
    """The table in what somebody pasted or uploaded, or the questions without whose answers there is none.

    `answers` maps what a question is about (`Question.about`) to the chosen reading (`Reading.answer`). Raises
    ValueError with a sentence for the visitor. Not cached: it is the visitor's.
    """
    return table.read(raw, answers)


def typed(names: tuple[str, ...], values: Array) -> Table:
    """The table that somebody typed: `values` (n, k), NaN where a cell is empty, under k names.

    Raises ValueError with a sentence for the visitor. Not cached: it is the visitor's.
    """
    return table.typed(names, values)


def bring(found: Table, target: str, features: tuple[str, ...]) -> tuple[str, ...]:
    """Make these columns of a table the visitor's own data, in this session only. Returns sentences for the visitor on
    the rows that were left out.

    Raises ValueError with a sentence if no loss can be drawn of them; the own data that were there before then stay.
    """
    st.session_state[OWN], remarks = data.own(found, target, features)
    return remarks


def own_number() -> int:
    """A number that changes whenever the visitor's own data do.

    It is the `seed` of their Source: so numbers cached for the data before a change are not taken for the new ones'.
    """
    mine: Dataset = st.session_state[OWN]
    text = repr((mine.features, mine.target, mine.X.shape)).encode() + mine.X.tobytes() + mine.y.tobytes()
    return int.from_bytes(sha256(text).digest()[:4])


def own_features() -> int:
    """How many features the visitor's own data have, d."""
    mine: Dataset = st.session_state[OWN]
    return len(mine.features)


def limits() -> str:
    """How much `read` takes (rows, columns, bytes, sizes of numbers), in sentences for the visitor."""
    return table.LIMITS


def asked() -> tuple[str, ...]:
    """The names of the cached functions called in this session since this was last asked, in order, each once."""
    return tuple(st.session_state.pop(ASKED, {}))


def source_code(names: tuple[str, ...]) -> dict[str, str]:
    """The source code of the mean squared error and of the engine's functions of these names: name → code.

    Names of functions that belong to data and tables are left out.
    """
    modules = (loss, landscape, exact, penalty, article)
    found = {name: getattr(module, name) for name in ("mse", *names) for module in modules if hasattr(module, name)}
    return {name: code(function) for name, function in found.items()}


code = cache(getsource)
"""The source code of a function, read once."""


@shared
def ledger(source: Source, w: tuple[float, ...] | None, lam: float = 0.0) -> tuple[Entry, ...]:
    """The numbers of a step, each by several routes: minimum, curvature and, for more than one weight, condition number
    of the penalised loss; with weights `w` (d,) also loss and gradient there.
    """
    return proofs.ledger(*points(source), w, lam)


@shared
def outlier(source: Source) -> float:
    """A target for one more point at the largest x, in the units of y, that about doubles the minimum of one weight.
    It has one digit that is not 0.
    """
    return exact.outlier(*points(source))


@shared
def quadratic(source: Source) -> Quadratic:
    """The coefficients of L(w) = wᵀ G w − 2 b·w + c: G (d, d), b (d,) and c."""
    return loss.quadratic(*points(source))


@shared
def reach(source: Source) -> float:
    """How far to draw the weights, from −reach to reach: 1, 2 or 5 times a power of ten. The minimum is well inside."""
    return landscape.reach(*points(source))


@shared
def lam_reach(source: Source) -> float:
    """How far to draw λ, from 0 to lam_reach: 1, 2 or 5 times a power of ten. There the penalty curves about as much as
    the loss."""
    return landscape.lam_reach(*points(source))


@shared
def fit_at(source: Source, w: tuple[float, ...], lam: float = 0.0) -> Fit:
    """The model with the weights `w` (d,): predictions and errors (n,), loss, penalty λ‖w‖² and gradient (d,).

    Raises ValueError naming w or lam.
    """
    return loss.fit_at(w, *points(source), lam)


@shared
def curve(source: Source, lo: float, hi: float, count: int, lam: float = 0.0) -> Curve:
    """The penalised loss of one weight at `count` evenly spaced samples from `lo` to `hi`, both included.

    Raises ValueError naming lo, count, lam, or X where the source has more than one weight.
    """
    return landscape.curve(*points(source), lo, hi, count, lam)


@shared
def parabolas(source: Source, count: int) -> Parabolas:
    """The squared error of each point alone, (n, count), at `count` samples of one weight, and the weight at which it
    is lowest. The samples span these weights and as much again to either side.

    Raises ValueError naming count, or X where the source has more than one weight.
    """
    return landscape.parabolas(*points(source), count)


@shared
def slopes(source: Source, w: tuple[float, ...]) -> Slopes:
    """The gradient ∇L at the weights `w` (d,) by formula, by autograd and by differences of two losses, each (d,).

    Raises ValueError naming w.
    """
    return loss.slopes(w, *points(source))


@shared
def surface(source: Source, lo: float, hi: float, count: int, lam: float = 0.0) -> Surface:
    """The penalised loss on a grid of `count` × `count` pairs of weights, each from `lo` to `hi`.

    Raises ValueError naming lo, count, lam, or X where the source has not two weights.
    """
    return landscape.surface(*points(source), lo, hi, count, lam)


@shared
def cut(source: Source, w: tuple[float, ...], direction: tuple[float, ...], reach: float, count: int) -> Curve:
    """The loss along a straight line through the weights `w` (d,), at `count` samples of the distance from `w`, which
    runs from −reach to reach. `direction` (d,) may have any length but 0.

    Raises ValueError naming w, direction, lo or count.
    """
    return landscape.cut(*points(source), w, direction, reach, count)


@shared
def part(source: Source, start: int, stop: int, lo: float, hi: float, count: int) -> Surface:
    """The mean squared error of some points alone, number start … stop − 1 as counted from 0, on a grid of
    `count` × `count` pairs of weights, each from `lo` to `hi`.

    Raises ValueError naming start, lo, count, or X where the source has not two weights.
    """
    return landscape.part(*points(source), start, stop, lo, hi, count)


@shared
def dtype_trap() -> Trap:
    """What PyTorch says when it runs the article's example 2 as printed, and the predictions (3,) once it is mended."""
    return article.dtype_trap()


def race(source: Source, lo: float, hi: float, count: int) -> Timing:
    """How many seconds the article's loop and two batched ways take for the same grid of `count` × `count` losses.

    Run each time and not cached: how long something takes is no property of the data.
    """
    return article.race(*points(source), lo, hi, count)


@shared
def minimum(source: Source, lam: float = 0.0) -> Minimum:
    """The minimum of the penalised loss: weights (d,), loss there, and the directions (k, d) along which it does not
    change. Raises ValueError naming lam.
    """
    return exact.minimum(*points(source), lam)


@shared
def phantom(source: Source, lam: float) -> Phantom:
    """The d rows that turn L2 into plain least squares, its weights (d,) with them, and beside these the penalised
    minimum (d,). Raises ValueError naming lam.
    """
    return penalty.phantom(*points(source), lam)


@shared
def ridge_path(source: Source, lam: float) -> RidgePath:
    """The penalised minimum at m values of λ, from 0 to where little is left of the weights, `lam` among them.

    Raises ValueError naming lam.
    """
    return penalty.ridge_path(*points(source), lam)


@shared
def held_out(source: Source, train: int, seed: int) -> HeldOut:
    """The loss over 61 values of λ, of a model fitted to `train` points drawn with `seed`: on these points, and on the
    others, which it has not seen. Raises ValueError naming train or seed.
    """
    fitted, others = data.split(source, train, seed, st.session_state.get(OWN))
    return penalty.held_out(fitted.X, fitted.y, others.X, others.y)


@shared
def norms(w: tuple[float, ...]) -> tuple[float, float]:
    """The length ‖w‖ of the weights (d,), by the article's deprecated call and by the one that replaces it."""
    return article.norms(w)


@shared
def matrix_norms(A: tuple[tuple[float, ...], ...]) -> tuple[float, float]:
    """Two norms of a matrix A (m, n), both called “2”: the root of the sum of squares, by the article's deprecated
    call, and the largest singular value, by the call that replaces it.
    """
    return article.matrix_norms(A)


@shared
def by_weight_decay(lam: float) -> dict[str, float]:
    """The weight at which PyTorch's optimisers SGD, Adam and AdamW end on the article's four points with
    weight_decay = 2λ, by their names. Raises ValueError naming lam.
    """
    return article.by_weight_decay(lam)


@shared
def spectrum(source: Source, lam: float = 0.0) -> Spectrum:
    """The Hessian (d, d) of the penalised loss, its eigenvalues (d,) from the smallest, their eigenvectors, and the
    condition number, which is ∞ for a valley. Raises ValueError naming lam.
    """
    return exact.spectrum(*points(source), lam)
