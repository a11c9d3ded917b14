"""The engine against the article's loops, plain numpy, and the time it takes to fill as many numbers."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from functools import partial
from itertools import count

import numpy as np
import streamlit as st
import torch
from streamlit.testing.v1 import AppTest

from engine import article, cached, data, landscape
from engine.records import Array, Dataset, Source
from tests.bench.measure import Row, ratios, row, seconds

LOOP = "the article's loop"


def loop_curve(lam: float) -> list[float]:
    """The article's loop over 100 values of one weight; its third example adds the penalty."""
    X, y = torch.tensor([1.0, 2.0, 3.0, 4.0]), torch.tensor([2.0, 4.0, 5.0, 4.0])
    losses = []
    for w in torch.linspace(-5, 5, 100):
        loss = torch.mean((y - w * X) ** 2)
        if lam:
            loss = loss + lam * torch.norm(w) ** 2
        losses.append(loss.item())
    return losses


def plain_numpy(X: Array, y: Array, n: int) -> Array:
    """The loss on a grid as one writes it in numpy: all predictions, errors, squares, average."""
    w1, w2 = np.meshgrid(np.linspace(-5, 5, n), np.linspace(-5, 5, n))
    average: Array = np.mean((y - w1[..., None] * X[:, 0] - w2[..., None] * X[:, 1]) ** 2, axis=-1)
    return average


def surface(points: Dataset, n: int) -> object:
    """The engine's own."""
    return landscape.surface(points.X, points.y, -5, 5, n)


def more(points: Dataset, n: int) -> Dataset:
    """The same points over and over, n of them."""
    return Dataset("", (), "", (), "", np.resize(points.X, (n, points.X.shape[1])), np.resize(points.y, n))


def rows() -> Iterator[Row]:
    """All comparisons of this file."""
    one, two, tips = (data.load(source) for source in (Source("article", 1), Source("article", 2), Source("tips", 2)))
    for number, lam in ((1, 0.0), (3, 0.1)):
        fast = partial(landscape.curve, one.X, one.y, -5, 5, 100, lam)
        yield row(f"example {number}: 100 weights", LOOP, ratios(partial(loop_curve, lam), fast, times=50), least=50)
    slow = partial(article.loop_surface, two.X, two.y, -5, 5, 100)
    found = ratios(slow, partial(surface, two, 100), rounds=5, times=100)
    yield row("example 2: 100 × 100 pairs", LOOP, found, least=1500)
    for n in (100, 500, 1000, 2000):
        found = 1 / ratios(partial(plain_numpy, two.X, two.y, n), partial(surface, two, n))
        yield row(f"surface {n} × {n}, 3 points", "the same in plain numpy", found, most=1)
    fill = partial(np.full, (2000, 2000), 1.5)
    yield row("surface 2000 × 2000", "filling as many numbers", ratios(partial(surface, tips, 2000), fill, 25), most=3)
    few = partial(surface, more(tips, 10), 500)
    for n in (1_000, 100_000, 1_000_000):
        many = more(tips, n)
        once, whole = seconds(partial(landscape.reduced, many.X, many.y), 5), seconds(few, 20)
        found = ratios(partial(surface, many, 500), few) * whole / (whole + once)
        said = f"the pass takes {1000 * once:.2g} ms"
        yield row(f"surface from {n:,} points", "from 10, and one pass over the data", found, most=1.15, details=said)
    app = AppTest.from_function(hits, default_timeout=60).run()
    assert not app.exception
    for against, found in app.session_state["hits"].items():
        yield row("cached call, hit", against, found, most=np.inf)


def hits() -> None:
    """A page, because the cache is at home in a session: a hit against the unpickling in it, and against a miss."""
    from tests.bench.numbers import against_a_hit

    against_a_hit()


def against_a_hit() -> None:
    """How long a hit takes as a part of the others, for a surface of 100 × 100."""
    hit = partial(cached.surface, Source("tips", 2), -1, 1, 100)
    unpickle = partial(pickle.loads, pickle.dumps(hit()))
    ends = count(2)
    st.session_state["hits"] = {
        "the bare unpickle": ratios(hit, unpickle, times=100, slows=100),
        "a miss": 1 / ratios(lambda: cached.surface(Source("tips", 2), -1, next(ends), 100), hit, times=100),
    }
