"""The minimum against numpy, scikit-learn and the normal equations; the spectrum against numpy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

from engine import data, loss, minimum
from engine.records import Array, Source
from tests.engine.strategies import lams, problems


def of(source: Source) -> tuple[Array, Array]:
    found = data.load(source)
    return found.X, found.y


def test_the_curriculums_minima() -> None:
    one = minimum.minimum(*of(Source("article", 1)))
    assert one.w[0] == pytest.approx(41 / 30, rel=1e-15)
    assert one.mse == pytest.approx(149 / 120, rel=1e-14)
    for lam in (0.1, 1.0, 10.0):
        assert minimum.minimum(*of(Source("article", 1)), lam).w[0] == pytest.approx(10.25 / (7.5 + lam), rel=1e-14)
    assert minimum.minimum(*of(Source("tips", 1))).w[0] == pytest.approx(0.1437, abs=5e-5)
    np.testing.assert_allclose(minimum.minimum(*of(Source("tips", 2))).w, [0.1007, 0.3621], atol=5e-5)
    np.testing.assert_allclose(minimum.minimum(*of(Source("line", 2))).w, [0.7, 2.0], rtol=1e-13)


def test_equal_columns_leave_a_line_of_minima_and_its_shortest_point() -> None:
    found = minimum.minimum(*of(Source("article", 2)))
    np.testing.assert_allclose(found.w, [1, 1], rtol=1e-14)
    assert found.mse == 0
    np.testing.assert_allclose(np.abs(found.flat), [[0.5**0.5, 0.5**0.5]], rtol=1e-14)
    assert found.flat.sum() == pytest.approx(0, abs=1e-14)
    shape = minimum.spectrum(*of(Source("article", 2)))
    np.testing.assert_allclose(shape.values, [0, 56 / 3], rtol=1e-14)
    assert shape.condition == np.inf


@pytest.mark.parametrize("lam", [1e-40, 1e-12, 0.1])
def test_a_penalty_however_small_leaves_one_minimum_only(lam: float) -> None:
    found = minimum.minimum(*of(Source("article", 2)), lam)
    assert found.flat.shape == (0, 2)
    np.testing.assert_allclose(found.w, [28 / (28 + 3 * lam)] * 2, rtol=1e-12)


@given(problems(), lams)
def test_no_weight_nearby_is_lower_and_the_slope_is_zero(problem: tuple[Array, Array], lam: float) -> None:
    X, y = problem
    found = minimum.minimum(X, y, lam)
    slope = loss.gradient(found.w, X, y, lam)
    scale = np.abs(X).T @ (np.abs(y) + np.abs(X) @ np.abs(found.w)) / len(y) + lam * np.abs(found.w)
    rounding = 1e-14 * np.abs(X).max() * np.abs(y).max()
    assert (np.abs(slope.numpy()) <= 1e-9 * scale + rounding).all()


@given(problems(), lams)
def test_the_minimum_is_as_low_as_numpys_least_squares(problem: tuple[Array, Array], lam: float) -> None:
    X, y = problem
    n, d = X.shape
    rows, targets = np.vstack([X, np.sqrt(n * lam) * np.eye(d)]), np.append(y, np.zeros(d))
    theirs = np.linalg.lstsq(rows, targets, rcond=None)[0]
    found = minimum.minimum(X, y, lam)
    lowest = float(np.square(targets - rows @ theirs).sum() / n)
    rounding = float(np.square(1e-11 * (np.abs(targets) + np.abs(rows) @ np.abs(theirs))).sum())
    assert found.total <= lowest * (1 + 1e-9) + rounding


@given(problems(), st.floats(1e-3, 1e3))
def test_the_penalised_minimum_is_scikit_learns_ridge(problem: tuple[Array, Array], lam: float) -> None:
    X, y = problem
    # Theirs loses digits with the condition number of the rows it solves; ours is held to more, above.
    assume(np.linalg.cond(np.vstack([X, (len(y) * lam) ** 0.5 * np.eye(X.shape[1])])) < 1e5)
    theirs = Ridge(alpha=len(y) * lam, fit_intercept=False, solver="svd").fit(X, y).coef_
    ours = minimum.minimum(X, y, lam).w
    size = np.linalg.norm(X, axis=0)
    rounding = 1e-14 * float(np.linalg.norm(y) * (size / (size**2 + len(y) * lam)).max())
    np.testing.assert_allclose(ours, theirs, rtol=1e-7, atol=1e-7 * np.abs(theirs).max() + rounding)


@given(problems(weights=st.just(2)), st.floats(-3, 3).filter(lambda v: abs(v) > 0.01))
def test_along_a_flat_direction_nothing_changes_and_the_minimum_is_the_shortest(
    problem: tuple[Array, Array], factor: float
) -> None:
    X, y = problem
    X[:, 1] = factor * X[:, 0]
    found = minimum.minimum(X, y)
    assert found.flat.shape == (1, 2)
    assert np.abs(X @ found.flat[0]).max() <= 1e-13 * np.abs(X).max()
    nothing = 1e-28 * np.abs(y).max() / np.abs(X).max()  # what rounding leaves of a weight that is 0
    assert abs(found.flat[0] @ found.w) <= 1e-13 * np.abs(found.w).max() + nothing
    np.testing.assert_allclose(
        found.w, np.linalg.lstsq(X, y, rcond=1e-12)[0], rtol=1e-9, atol=1e-12 * np.abs(y).max() / np.abs(X).max()
    )


@pytest.mark.parametrize("unit", [1e-20, 1e-6, 1.0, 1e6, 1e20])
def test_a_change_of_units_changes_the_weight_by_the_unit_and_nothing_else(unit: float) -> None:
    X, y = of(Source("tips", 2))
    plain, scaled = minimum.minimum(X, y), minimum.minimum(X * [1, unit], y)
    np.testing.assert_allclose(scaled.w * [1, unit], plain.w, rtol=1e-12)
    assert scaled.mse == pytest.approx(plain.mse, rel=1e-12)
    assert len(scaled.flat) == 0


@given(problems(), lams)
def test_the_spectrum_rebuilds_the_hessian(problem: tuple[Array, Array], lam: float) -> None:
    X, y = problem
    found = minimum.spectrum(X, y, lam)
    hessian = 2 / len(y) * X.T @ X + 2 * lam * np.eye(X.shape[1])
    size = np.abs(hessian).max()
    np.testing.assert_allclose(found.hessian, hessian, rtol=1e-12, atol=1e-15 * size)
    np.testing.assert_allclose(found.vectors.T * found.values @ found.vectors, hessian, atol=1e-12 * size)
    np.testing.assert_allclose(found.vectors @ found.vectors.T, np.eye(X.shape[1]), atol=1e-12)
    np.testing.assert_allclose(found.values, np.linalg.eigvalsh(hessian), rtol=1e-9, atol=1e-12 * size)


@pytest.mark.parametrize("rho", [-0.9, 0.0, 0.5, 0.8, 0.999999])
def test_the_condition_number_of_a_correlated_pair_is_the_textbooks(rho: float) -> None:
    found = minimum.spectrum(*of(Source("pair", 2, rho, 0)))
    assert found.condition == pytest.approx((1 + abs(rho)) / (1 - abs(rho)), rel=1e-9)


def test_the_condition_number_of_tips_is_numpys() -> None:
    X, y = of(Source("tips", 2))
    assert minimum.spectrum(X, y).condition == pytest.approx(np.linalg.cond(X) ** 2, rel=1e-10)
    assert minimum.spectrum(X, y).condition == pytest.approx(560, abs=1)


@pytest.mark.parametrize("rho", [-1.0, 1.0])
def test_a_perfectly_correlated_pair_has_an_infinite_condition_number(rho: float) -> None:
    assert minimum.spectrum(*of(Source("pair", 2, rho, 0))).condition == np.inf


@pytest.mark.parametrize("unit", [1e-20, 1e-12, 1.0, 1e12])
def test_the_flat_direction_is_flat_whatever_the_units_of_the_other_columns(unit: float) -> None:
    a, b = np.array([1.0, -2.0, 0.5, 3.0]), np.array([2.0, 1.0, -1.0, 0.3])
    X = np.stack([unit * a, b, b], axis=1)
    found = minimum.spectrum(X, np.ones(4))
    assert found.values[0] == 0
    np.testing.assert_allclose(np.abs(found.vectors[0]), [0, 0.5**0.5, 0.5**0.5], atol=1e-14)
    # The other two are those of the pair (a, √2·b), by the formula for 2 × 2.
    p, q, r = unit * unit * a @ a / 2, 2 * b @ b / 2, unit * 2**0.5 * a @ b / 2
    large = (p + q + np.hypot(p - q, 2 * r)) / 2
    np.testing.assert_allclose(found.values[2], large, rtol=1e-13)
    if unit > 1e-15:
        np.testing.assert_allclose(found.values[1], (p * q - r * r) / large, rtol=1e-9 if unit == 1 else 1e-3)


def test_a_weight_that_is_zero_but_for_rounding_is_zero_and_a_small_one_is_not() -> None:
    X = np.array([[3.0, 1.0], [2.0, 1.0], [3.0, 1.0], [4.0, 1.0]])
    y = np.array([2.0, 4.0, 5.0, 4.0])
    y = y - (X[:, 0] - 3) * ((X[:, 0] - 3) @ y) / 2  # leaves no slope but what rounding brings
    w = minimum.minimum(X, y).w
    assert w[0] == 0
    assert w[1] == pytest.approx(y.mean())
    assert minimum.minimum(X, y + 1e-9 * X[:, 0]).w[0] == pytest.approx(1e-9, rel=1e-5)


@pytest.mark.parametrize("lam", [1e10, 1e20, 1e40])
def test_a_strong_penalty_leaves_little_of_a_weight_and_not_nothing(lam: float) -> None:
    assert minimum.minimum(*of(Source("article", 1)), lam).w[0] == pytest.approx(10.25 / (7.5 + lam), rel=1e-12)


@pytest.mark.parametrize("part", [3, 7, 9, 11])
def test_what_rounding_leaves_of_a_perfect_fit_is_no_loss(part: int) -> None:
    x = np.array([0.1, 0.7, 1.3, 2.9])
    found = minimum.minimum(x[:, None], x / part)
    assert found.w[0] == pytest.approx(1 / part, rel=1e-15)
    assert found.mse == 0
    assert minimum.minimum(x[:, None], x / part + [0, 0, 0, 1e-9]).mse > 0


@st.composite
def uneven(draw: st.DrawFn) -> tuple[Array, Array]:
    """Data with many zeros, columns of very different size, and some that are exact multiples of others."""
    n, d = draw(st.integers(2, 6)), draw(st.integers(1, 5))
    X = np.array(draw(st.lists(st.lists(st.integers(-9, 9), min_size=d, max_size=d), min_size=n, max_size=n)), float)
    X *= np.array([draw(st.sampled_from([1e-8, 1e-4, 1.0, 1e3, 1e6])) for _ in range(d)])
    for j in range(1, d):
        if draw(st.booleans()):
            X[:, j] = X[:, j - 1] * 2.0 ** draw(st.integers(-20, 20))
    X[0] = np.where(np.abs(X).max(0) == 0, 1.0, X[0])
    return X, np.array(draw(st.lists(st.integers(-99, 99), min_size=n, max_size=n))) * draw(
        st.sampled_from([1e-6, 1.0])
    )


@given(uneven())
def test_predictions_at_the_minimum_are_exact_whatever_the_columns_sizes(problem: tuple[Array, Array]) -> None:
    X, y = problem
    # All minima predict the same, so numpy may look for one among columns of length 1.
    theirs = X / np.linalg.norm(X, axis=0)
    expected = theirs @ np.linalg.lstsq(theirs, y, rcond=1e-12)[0]
    np.testing.assert_allclose(X @ minimum.minimum(X, y).w, expected, atol=1e-13 * float(np.linalg.norm(y)))


def test_a_short_column_beside_a_long_one_leaves_no_more_than_numpy() -> None:
    X, y = np.array([[1e6, 0.0, 1.0], [7.5e5, 6.25e-8, 0.0]]), np.array([0.0, 1e-6])
    assert np.linalg.norm(y - X @ minimum.minimum(X, y).w) <= 1e-21


@given(problems(weights=st.integers(1, 3)), st.lists(st.floats(-3, 3), min_size=3, max_size=3))
def test_the_rise_from_a_minimum_is_the_difference_of_two_losses(
    problem: tuple[Array, Array], step: list[float]
) -> None:
    X, y = problem
    along, found = np.array(step[: X.shape[1]]), minimum.minimum(X, y)
    there = float(np.mean((y - X @ (found.w + along)) ** 2))
    size = float(np.mean((np.abs(y) + np.abs(X) @ (np.abs(found.w) + np.abs(along))) ** 2))
    assert minimum.spectrum(X, y).rise(along) == pytest.approx(there - found.mse, rel=1e-9, abs=1e-12 * size)


def test_a_rise_too_small_for_the_difference_of_two_losses_keeps_its_digits() -> None:
    assert minimum.spectrum(*of(Source("article", 1))).rise(np.array([1e-12])) == pytest.approx(7.5e-24, rel=1e-12)
