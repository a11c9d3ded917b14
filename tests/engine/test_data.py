"""The data sets are the ones the course promises."""

from __future__ import annotations

import numpy as np
import plotly.data
import pytest

from engine import data, minimum
from engine.records import Source

EVERY: list[Source] = [(kind, weights, 0.8, 0, 0) for kind in data.KINDS for weights in (1, 2)]


@pytest.mark.parametrize("source", EVERY)
def test_every_data_set_is_contiguous_float64_and_says_where_it_comes_from(source: Source) -> None:
    found = data.load(source)
    for array in (found.X, found.y):
        assert array.dtype == np.float64
        assert array.flags.c_contiguous
    assert found.X.shape == (len(found.y), source[1])
    assert len(found.features) == source[1]
    assert len(found.origin) > 20


def test_the_articles_examples_are_exactly_the_articles() -> None:
    one, two = data.load(("article", 1, 0, 0, 0)), data.load(("article", 2, 0, 0, 0))
    np.testing.assert_array_equal(one.X, [[1], [2], [3], [4]])
    np.testing.assert_array_equal(one.y, [2, 4, 5, 4])
    np.testing.assert_array_equal(two.X, [[1, 1], [2, 2], [3, 3]])
    np.testing.assert_array_equal(two.y, [2, 4, 6])


def test_tips_are_plotlys_tips_row_for_row() -> None:
    table = plotly.data.tips()
    found = data.load(("tips", 2, 0, 0, 0))
    np.testing.assert_array_equal(found.X, table[["total_bill", "size"]])
    np.testing.assert_array_equal(found.y, table["tip"])
    assert len(found.y) == 244


def test_slope_and_intercept_is_the_article_with_a_column_of_ones() -> None:
    found = data.load(("line", 2, 0, 0, 0))
    np.testing.assert_array_equal(found.X, [[1, 1], [2, 1], [3, 1], [4, 1]])
    np.testing.assert_array_equal(found.y, [2, 4, 5, 4])


@pytest.mark.parametrize("rho", [-1.0, -0.5, 0.0, 0.8, 0.999, 1.0])
@pytest.mark.parametrize("seed", [0, 7])
def test_the_pair_has_exactly_the_correlation_asked_for(rho: float, seed: int) -> None:
    X = data.load(("pair", 2, rho, seed, 0)).X
    np.testing.assert_allclose(X.mean(0), 0, atol=1e-14)
    np.testing.assert_allclose(X.var(0), 1, rtol=1e-12)
    assert np.mean(X[:, 0] * X[:, 1]) == pytest.approx(rho, abs=1e-12)


def test_the_pair_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    first, again, other = (data.load(("pair", 2, 0.5, seed, 0)) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first.X, again.X)
    assert not np.array_equal(first.X, other.X)


@pytest.mark.parametrize(
    ("source", "named"),
    [
        (("nonsense", 1, 0.0, 0, 0), "kind"),
        (("article", 3, 0.0, 0, 0), "weights"),
        (("pair", 2, 1.5, 0, 0), "rho"),
        (("pair", 2, float("nan"), 0, 0), "rho"),
        (("pair", 2, 0.0, -1, 0), "seed"),
    ],
)
def test_a_source_that_does_not_exist_is_refused_by_name(source: Source, named: str) -> None:
    with pytest.raises(ValueError, match=f"^{named} "):
        data.load(source)


@pytest.mark.parametrize(("muted", "bottom"), [(1, 1.344828), (2, 1.269231), (3, 1.238095), (4, 1.785714)])
def test_a_muted_point_is_left_out_and_the_minimum_is_the_leave_one_out_one(muted: int, bottom: float) -> None:
    found = data.load(("article", 1, 0.0, 0, muted))
    assert len(found.y) == 3
    assert minimum.minimum(found.X, found.y).w[0] == pytest.approx(bottom, abs=5e-7)


def test_any_of_many_points_can_be_muted() -> None:
    every, kept = data.load(("tips", 2, 0.0, 0, 0)), data.load(("tips", 2, 0.0, 0, 244))
    np.testing.assert_array_equal(kept.X, every.X[:-1])
    with pytest.raises(ValueError, match="^muted "):
        data.load(("tips", 2, 0.0, 0, 245))


@pytest.mark.parametrize("weights", [3, 10, 20])
def test_many_weights_are_seeded_and_more_weights_keep_the_features_already_there(weights: int) -> None:
    found, fewer = (data.load(("many", d, 0.0, 5, 0)) for d in (weights, 2))
    assert found.X.shape == (60, weights)
    np.testing.assert_array_equal(found.X[:, :2], fewer.X)
    with pytest.raises(ValueError, match="^weights "):
        data.load(("many", 21, 0.0, 5, 0))
