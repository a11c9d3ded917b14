"""Phantom points against scikit-learn; the held-out loss against a loop over scikit-learn's Ridge."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from engine import data, penalty
from engine.records import Array, Phantom, Source


def points(kind: str, weights: int) -> tuple[Array, Array]:
    found = data.load(Source(kind, weights, 0.8))
    return found.X, found.y


@pytest.mark.parametrize("lam", [1e-3, 0.1, 1.0, 50.0])
@pytest.mark.parametrize(("kind", "weights"), [("article", 1), ("article", 2), ("tips", 2), ("pair", 2), ("many", 20)])
def test_phantom_rows_give_the_penalised_minimum_to_ten_digits(kind: str, weights: int, lam: float) -> None:
    X, y = points(kind, weights)
    found = penalty.phantom(X, y, lam)
    np.testing.assert_allclose(found.rows, np.sqrt(len(y) * lam) * np.eye(weights), rtol=1e-15)
    assert found.difference < 1e-10
    theirs = Ridge(alpha=len(y) * lam, fit_intercept=False, solver="svd").fit(X, y).coef_
    np.testing.assert_allclose(found.w, theirs, rtol=1e-9)
    np.testing.assert_allclose(found.penalised, theirs, rtol=1e-9)


def test_how_far_both_ways_are_apart_is_told_as_a_part_of_the_largest_weight() -> None:
    rows = np.eye(2)
    assert Phantom(rows, np.array([4.0, 1.0]), np.array([4.0, 3.0])).difference == 0.5
    assert Phantom(rows, np.array([0.0, 0.25]), np.zeros(2)).difference == 0.25


def test_without_a_penalty_both_ways_give_the_shortest_minimum() -> None:
    found = penalty.phantom(*points("article", 2), 0.0)
    np.testing.assert_allclose(found.w, [1, 1], rtol=1e-12)
    np.testing.assert_allclose(found.penalised, [1, 1], rtol=1e-12)


def halves(train: int, seed: int) -> tuple[Array, Array, Array, Array]:
    fitted, others = data.split(Source("many", 20), train, seed)
    return fitted.X, fitted.y, others.X, others.y


@pytest.mark.parametrize(("train", "seed"), [(25, 0), (40, 3)])
def test_training_and_held_out_loss_are_those_of_scikit_learns_fits(train: int, seed: int) -> None:
    X, y, X_others, y_others = halves(train, seed)
    found = penalty.held_out(X, y, X_others, y_others)
    for i in range(0, 61, 12):
        ridge = Ridge(alpha=train * found.lam[i], fit_intercept=False, solver="svd").fit(X, y)
        assert found.train[i] == pytest.approx(np.mean((y - ridge.predict(X)) ** 2), rel=1e-8)
        assert found.test[i] == pytest.approx(np.mean((y_others - ridge.predict(X_others)) ** 2), rel=1e-8)
    assert (np.diff(found.train) >= 0).all()
    assert found.test[found.winner] == found.test.min()


def test_held_out_points_are_asked_over_six_decades_that_suit_the_fitted_ones() -> None:
    X, y = np.array([[2.0], [4.0]]), np.array([1.0, 3.0])
    # The average of x² is 10, and 100 is ten times that.
    np.testing.assert_allclose(penalty.held_out(X, y, X, y).lam, np.geomspace(1e-4, 1e2, 61), rtol=1e-12)
    np.testing.assert_allclose(penalty.held_out(1.1 * X, y, X, y).lam, np.geomspace(1e-3, 1e3, 61), rtol=1e-12)
    np.testing.assert_allclose(penalty.held_out(0 * X, y, X, y).lam, np.geomspace(1e-5, 1e1, 61), rtol=1e-12)


def test_where_nothing_is_lost_a_penalty_saves_nothing() -> None:
    assert penalty.held_out([[1.0], [2.0]], [1.0, 2.0], [[0.0], [0.0]], [0.0, 0.0]).kept == 0


@pytest.mark.parametrize(("train", "seed"), [(25, 0), (41, 3)])
def test_what_a_penalty_keeps_is_judged_by_points_that_did_not_choose_it(train: int, seed: int) -> None:
    X, y, X_others, y_others = halves(train, seed)
    found = penalty.held_out(X, y, X_others, y_others)
    errors = np.array(
        [
            (y_others - Ridge(alpha=train * lam, fit_intercept=False, solver="svd").fit(X, y).predict(X_others)) ** 2
            for lam in found.lam
        ]
    )
    middle = (len(y_others) + 1) // 2
    paid = 0.0
    for choose, judge in ((slice(middle), slice(middle, None)), (slice(middle, None), slice(middle))):
        paid += errors[errors[:, choose].mean(1).argmin(), judge].sum()
    assert found.kept == pytest.approx(1 - paid / errors[0].sum(), rel=1e-6)
    # Never more than the choice of all of them promises itself.
    assert found.kept < 1 - found.test.min() / found.test[0]


def test_a_feature_that_is_zero_at_every_fitted_point_keeps_the_weight_zero() -> None:
    rng = np.random.default_rng(0)
    X, y = np.column_stack([rng.normal(size=12), np.zeros(12)]), rng.normal(size=12)
    others, targets = np.column_stack([np.zeros(5), np.ones(5)]), rng.normal(size=5)
    found = penalty.held_out(X, y, others, targets)
    np.testing.assert_allclose(found.test, np.mean(targets**2), rtol=1e-12)
    alone = penalty.held_out(X[:, :1], y, others[:, :1], targets)
    np.testing.assert_allclose(found.train, alone.train, rtol=1e-12)


@pytest.mark.parametrize(("kind", "weights"), [("article", 1), ("article", 2), ("tips", 2), ("line", 2), ("many", 20)])
def test_the_ridge_path_is_scikit_learns_from_the_plain_minimum_to_next_to_nothing(kind: str, weights: int) -> None:
    X, y = points(kind, weights)
    path = penalty.ridge_path(X, y, 0.7)
    assert path.lam[0] == 0
    assert 0.7 in path.lam
    assert (np.diff(path.lam) > 0).all()
    for lam, w, mse, curvatures in zip(path.lam, path.w, path.mse, path.curvatures, strict=True):
        if lam > 0:
            theirs = Ridge(alpha=len(y) * lam, fit_intercept=False, solver="svd").fit(X, y).coef_
            np.testing.assert_allclose(w, theirs, rtol=1e-7, atol=1e-9 * np.abs(path.w[0]).max())
        assert mse == pytest.approx(np.mean((y - X @ w) ** 2), rel=1e-9, abs=1e-20)
        hessian = 2 / len(y) * X.T @ X + 2 * lam * np.eye(weights)
        np.testing.assert_allclose(curvatures, np.linalg.eigvalsh(hessian), rtol=1e-7, atol=1e-13 * curvatures[-1])
    np.testing.assert_allclose(path.w[0], np.linalg.lstsq(X, y, rcond=1e-12)[0], rtol=1e-9)
    assert np.abs(path.w[-1]).max() < 2e-3 * np.abs(path.w[0]).max()


@pytest.mark.parametrize(("kind", "weights"), [("article", 1), ("article", 2), ("tips", 2)])
def test_the_ridge_path_runs_from_a_thousandth_of_the_flattest_bend_to_a_thousand_times_the_steepest(
    kind: str, weights: int
) -> None:
    X, y = points(kind, weights)
    bends = np.linalg.eigvalsh(2 / len(y) * X.T @ X)
    bends = bends[bends > 1e-9 * bends[-1]]
    found = penalty.ridge_path(X, y, 0.0).lam
    np.testing.assert_allclose(found, [0, *np.geomspace(1e-3 * bends[0], 1e3 * bends[-1], 40)], rtol=1e-9)


def test_the_length_of_the_weights_falls_all_along_the_ridge_path() -> None:
    assert (np.diff(np.linalg.norm(penalty.ridge_path(*points("line", 2), 0.1).w, axis=1)) < 0).all()
