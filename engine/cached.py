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
from functools import wraps
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


def whole(kind: Kind) -> Dataset:
    """All points of a data set with all the features it has, for a visitor to change."""
    return data.whole(Source(kind.name, 1, kind.rho or 0.0))


def points(source: Source) -> tuple[Array, Array]:
    """X and y of a source, as the engine takes them."""
    found = dataset(source)
    return found.X, found.y


@shared
def dataset(source: Source) -> Dataset:
    """The data set itself."""
    return data.load(source, st.session_state.get(OWN))


@shared
def constant(source: Source) -> tuple[bool, ...]:
    """Which features have the same value in every row, but for rounding."""
    return tuple(data.constant(points(source)[0]).tolist())


def read(raw: bytes, answers: dict[str, str] | None = None) -> Table | tuple[Question, ...]:
    """The table in what somebody pasted or uploaded, or what has to be asked first. Not cached: it is theirs."""
    return table.read(raw, answers)


def typed(names: tuple[str, ...], values: Array) -> Table:
    """The table that somebody typed, under these names."""
    return table.typed(names, values)


def bring(found: Table, target: str, features: tuple[str, ...]) -> tuple[str, ...]:
    """Make these columns the visitor's own data, in this session only; sentences on the rows left out. Raises
    ValueError with a sentence if they are no good; what was there before then stays."""
    st.session_state[OWN], remarks = data.own(found, target, features)
    return remarks


def own_number() -> int:
    """A number that tells the visitor's own data from what they were before a change: the `seed` of their Source."""
    mine: Dataset = st.session_state[OWN]
    text = repr((mine.features, mine.target, mine.X.shape)).encode() + mine.X.tobytes() + mine.y.tobytes()
    return int.from_bytes(sha256(text).digest()[:4])


def own_features() -> int:
    """How many features the visitor's own data have."""
    mine: Dataset = st.session_state[OWN]
    return len(mine.features)


def limits() -> str:
    """What `read` takes, in a sentence for before anything is brought."""
    return table.LIMITS


def asked() -> tuple[str, ...]:
    """The names of the functions called in this session since this was last asked."""
    return tuple(st.session_state.pop(ASKED, {}))


def source_code(names: tuple[str, ...]) -> dict[str, str]:
    """The source code of the loss, and of those functions of the engine, by their names."""
    modules = (loss, landscape, exact, penalty, article)
    found = {name: getattr(module, name) for name in ("mse", *names) for module in modules if hasattr(module, name)}
    return {name: getsource(function) for name, function in found.items()}


@shared
def ledger(source: Source, w: tuple[float, ...] | None, lam: float = 0.0) -> tuple[Entry, ...]:
    """How the numbers of a step are known, each by several routes."""
    return proofs.ledger(*points(source), w, lam)


@shared
def outlier(source: Source) -> float:
    """The target of an outlier that about doubles the minimum of one weight."""
    return exact.outlier(*points(source))


@shared
def quadratic(source: Source) -> Quadratic:
    """The coefficients of the loss multiplied out."""
    return loss.quadratic(*points(source))


@shared
def reach(source: Source) -> float:
    """The range ±reach of weights worth looking at."""
    return landscape.reach(*points(source))


@shared
def lam_reach(source: Source) -> float:
    """The range 0 … lam_reach of λ worth looking at."""
    return landscape.lam_reach(*points(source))


@shared
def fit_at(source: Source, w: tuple[float, ...], lam: float = 0.0) -> Fit:
    """The model at one weight vector."""
    return loss.fit_at(w, *points(source), lam)


@shared
def curve(source: Source, lo: float, hi: float, count: int, lam: float = 0.0) -> Curve:
    """The loss at `count` samples of one weight."""
    return landscape.curve(*points(source), lo, hi, count, lam)


@shared
def parabolas(source: Source, count: int) -> Parabolas:
    """Each point's own squared error at `count` samples of one weight."""
    return landscape.parabolas(*points(source), count)


@shared
def slopes(source: Source, w: tuple[float, ...]) -> Slopes:
    """The gradient by three routes."""
    return loss.slopes(w, *points(source))


@shared
def surface(source: Source, lo: float, hi: float, count: int, lam: float = 0.0) -> Surface:
    """The loss on a `count` × `count` grid of two weights."""
    return landscape.surface(*points(source), lo, hi, count, lam)


@shared
def cut(source: Source, w: tuple[float, ...], direction: tuple[float, ...], reach: float, count: int) -> Curve:
    """The loss along a straight line through `w`."""
    return landscape.cut(*points(source), w, direction, reach, count)


@shared
def part(source: Source, start: int, stop: int, lo: float, hi: float, count: int) -> Surface:
    """The average squared error of points start … stop − 1 alone, on a grid of two weights."""
    return landscape.part(*points(source), start, stop, lo, hi, count)


@shared
def dtype_trap() -> Trap:
    """What PyTorch says to the article's example 2 as printed."""
    return article.dtype_trap()


def race(source: Source, lo: float, hi: float, count: int) -> Timing:
    """The article's loop against batched calls. Run when asked, not cached: a time is not a property of the data."""
    return article.race(*points(source), lo, hi, count)


@shared
def minimum(source: Source, lam: float = 0.0) -> Minimum:
    """The exact minimum."""
    return exact.minimum(*points(source), lam)


@shared
def phantom(source: Source, lam: float) -> Phantom:
    """L2 as invented points, and the penalised minimum beside it."""
    return penalty.phantom(*points(source), lam)


@shared
def ridge_path(source: Source, lam: float) -> RidgePath:
    """The penalised minimum from λ = 0 to far out, with `lam` among the stops."""
    return penalty.ridge_path(*points(source), lam)


@shared
def held_out(source: Source, train: int, seed: int) -> HeldOut:
    """Training and held-out loss over λ, on `train` points drawn with `seed` and on the others."""
    fitted, others = data.split(source, train, seed, st.session_state.get(OWN))
    return penalty.held_out(fitted.X, fitted.y, others.X, others.y)


@shared
def norms(w: tuple[float, ...]) -> tuple[float, float]:
    """‖w‖ by the article's deprecated call and by the one that replaces it."""
    return article.norms(w)


@shared
def matrix_norms(A: tuple[tuple[float, ...], ...]) -> tuple[float, float]:
    """Two norms of a matrix that share a name, by the deprecated call and by the one that replaces it."""
    return article.matrix_norms(A)


@shared
def by_weight_decay(lam: float) -> dict[str, float]:
    """Where PyTorch's optimisers end on the article's points with weight_decay = 2λ."""
    return article.by_weight_decay(lam)


@shared
def spectrum(source: Source, lam: float = 0.0) -> Spectrum:
    """The Hessian, its eigenvalues and eigenvectors, and the condition number."""
    return exact.spectrum(*points(source), lam)
