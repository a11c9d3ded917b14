"""Data for the property tests: any size, scale and distance from zero that the engine promises to handle."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from engine.records import Array

numbers = st.floats(-10, 10, allow_nan=False).map(lambda v: round(v, 6))
one_to_four = st.integers(1, 4)
lams = st.one_of(st.just(0.0), st.floats(1e-6, 1e3))


@st.composite
def problems(draw: st.DrawFn, *, weights: st.SearchStrategy[int] = one_to_four) -> tuple[Array, Array]:
    """X (n, d) and y (n,), with units from 1e−6 to 1e6 and offsets up to 1,000 times the spread."""
    d = draw(weights)
    n = draw(st.integers(2, 12))
    X = np.array(draw(st.lists(st.lists(numbers, min_size=d, max_size=d), min_size=n, max_size=n)))
    y = np.array(draw(st.lists(numbers, min_size=n, max_size=n)))
    X = X + draw(st.sampled_from([0.0, 100.0, 1e4]))
    X = X * np.array([draw(st.sampled_from([1e-6, 1.0, 1e6])) for _ in range(d)])
    X[0] = np.where(np.abs(X).max(0) == 0, 1.0, X[0])  # a column of zeros is refused, and tested as such
    return X, y * draw(st.sampled_from([1e-6, 1.0, 1e6]))
