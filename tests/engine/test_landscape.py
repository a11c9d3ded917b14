"""Curves and surfaces against the definition, point by point and without rounding."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import data, landscape, minimum
from engine.records import Array, Source
from tests.app import offered
from tests.engine.strategies import lams, problems
from tests.engine.test_loss import exact_loss


def test_the_articles_curve_misses_its_minimum_by_the_curriculums_amount() -> None:
    article = data.load(Source("article", 1))
    curve = landscape.curve(article.X, article.y, -5, 5, 100)
    lowest = curve.w[curve.lowest]
    assert lowest == pytest.approx(15 / 11, rel=1e-14)
    assert curve.mse[curve.lowest] - minimum.minimum(article.X, article.y).mse == pytest.approx(6.887e-05, abs=5e-09)


def test_the_lowest_sample_is_that_of_the_penalised_loss() -> None:
    article = data.load(Source("article", 1))
    for lam in (0.0, 1.0, 100.0):
        curve = landscape.curve(article.X, article.y, -5, 5, 101, lam)
        assert abs(curve.w[curve.lowest] - 10.25 / (7.5 + lam)) <= 0.05 + 1e-12


def far(X: Array, y: Array, offset: float, unit: float) -> tuple[Array, Array]:
    return (X + offset) * unit, y


@given(
    problems(weights=st.just(1)),
    st.sampled_from([0.0, 1.0, 1e6, 1e9]),
    st.sampled_from([1e-30, 1.0, 1e30]),
    lams,
)
def test_a_curve_is_exact_to_nine_digits_for_large_tiny_and_distant_data(
    problem: tuple[Array, Array], offset: float, unit: float, lam: float
) -> None:
    X, y = far(*problem, offset, unit)
    reach = landscape.reach(X, y)
    assume(reach < 1e40)
    curve = landscape.curve(X, y, -reach, 2 * reach, 7, lam)
    for w, found in zip(curve.w, curve.total, strict=True):
        agrees(found, np.array([w]), X, y, lam)


@given(problems(weights=st.just(2)), st.sampled_from([0.0, 1e3, 1e6]), lams)
def test_a_surface_is_exact_to_nine_digits(problem: tuple[Array, Array], offset: float, lam: float) -> None:
    X, y = far(*problem, offset, 1.0)
    surface = landscape.surface(X, y, -2, 3, 4, lam)
    for j, i in np.ndindex(4, 4):
        agrees(float(surface.total[j, i]), np.array([surface.w1[i], surface.w2[j]]), X, y, lam)


def agrees(found: float, w: Array, X: Array, y: Array, lam: float) -> None:
    """1e−9 relative, but for what rounding takes from the errors themselves, which direct evaluation loses too."""
    truth = float(exact_loss(w, X, y, lam))
    size = np.abs(y) + np.abs(X) @ np.abs(w)
    error = 1e-15 * len(y) * float(size.max())
    assert abs(found - truth) <= 1e-9 * truth + 4 * error * (truth**0.5 + error)


def test_ten_times_the_points_leave_the_surface_as_it_is() -> None:
    X, y = (getattr(data.load(Source("tips", 2)), name) for name in ("X", "y"))
    once = landscape.surface(X, y, -1, 1, 20)
    often = landscape.surface(np.tile(X, (10, 1)), np.tile(y, 10), -1, 1, 20)
    np.testing.assert_allclose(often.total, once.total, rtol=1e-12)


def test_rows_are_the_second_weight_and_columns_the_first() -> None:
    X, y = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.0, 10.0])
    surface = landscape.surface(X, y, 0, 10, 3)
    np.testing.assert_allclose(surface.total, [[50, 62.5, 100], [12.5, 25, 62.5], [0, 12.5, 50]], atol=1e-12)
    assert surface.lowest == pytest.approx((0, 10, 0))


@pytest.mark.parametrize(
    ("source", "reach", "lam_reach"),
    [
        (Source("article", 1), 5, 10),
        (Source("article", 2), 5, 5),
        (Source("tips", 1), 0.5, 500),
        (Source("tips", 2), 1, 500),
        *((Source("pair", 2, rho, seed), 5, 1) for rho in (0.0, 0.3, 0.8) for seed in range(5)),
        (Source("line", 2), 5, 5),
    ],
)
def test_the_ranges_suit_the_data_and_are_the_articles_own_on_the_article(
    source: Source, reach: float, lam_reach: float
) -> None:
    found = data.load(source)
    assert landscape.reach(found.X, found.y) == pytest.approx(reach, rel=1e-15)
    assert landscape.lam_reach(found.X, found.y) == pytest.approx(lam_reach, rel=1e-15)


def test_where_the_minimum_is_at_zero_the_weights_are_drawn_to_one() -> None:
    assert landscape.reach([[1.0], [2.0]], [0.0, 0.0]) == 1


@given(problems(weights=st.just(1)))
def test_the_minimum_lies_well_inside_the_range(problem: tuple[Array, Array]) -> None:
    X, y = problem
    assert abs(X[:, 0] @ y / (X[:, 0] @ X[:, 0])) <= landscape.reach(X, y) / 2


@pytest.mark.parametrize("kind", offered(2))
def test_the_average_of_the_points_own_parabolas_is_the_loss(kind: str) -> None:
    found = data.load(Source(kind, 1, 0.8))
    own = landscape.parabolas(found.X, found.y, 50)
    loss = landscape.curve(found.X, found.y, own.w[0], own.w[-1], 50)
    np.testing.assert_allclose(own.squared.mean(0), loss.mse, rtol=1e-12)
    np.testing.assert_allclose(own.bottom * found.X[:, 0], found.y, rtol=1e-12)


def test_the_articles_own_minima_are_the_curriculums() -> None:
    found = data.load(Source("article", 1))
    np.testing.assert_allclose(landscape.parabolas(found.X, found.y, 5).bottom, [2, 2, 5 / 3, 1], rtol=1e-15)


def test_parabolas_stand_points_that_no_line_or_every_line_meets() -> None:
    own = landscape.parabolas([[0.0], [0.0], [1.0], [2.0]], [0.0, 3.0, 2.0, 4.0], 5)  # the finite ones coincide
    assert np.isnan(own.bottom[0])
    assert own.bottom[1] == np.inf
    np.testing.assert_array_equal(own.w, [0, 1, 2, 3, 4])
    np.testing.assert_array_equal(own.squared[1], 9)


def test_the_picture_of_the_parabolas_spans_the_middle_nine_tenths_of_their_minima_three_times() -> None:
    own = landscape.parabolas(np.ones((41, 1)), np.arange(41.0), 3)
    np.testing.assert_allclose(own.w, [2 - 36, 20, 38 + 36], rtol=1e-12)


@pytest.mark.parametrize(
    ("y", "ends"), [([0.1, 0.3, 0.7], [0.0, 0.2]), ([-2.0, -6.0, -14.0], [-4, 0]), ([0, 0, 0], [-1, 1])]
)
def test_parabolas_that_have_one_minimum_but_for_rounding_are_drawn_as_far_as_zero(
    y: list[float], ends: list[float]
) -> None:
    own = landscape.parabolas([[1.0], [3.0], [7.0]], y, 3)
    np.testing.assert_allclose(own.w[[0, -1]], ends, atol=1e-12)


def test_the_minimum_is_in_the_picture_also_where_one_point_far_out_decides_it() -> None:
    x = np.append(np.arange(1.0, 40.0), 1e6)
    y = np.append(np.arange(1.0, 40.0), 1e8)
    own = landscape.parabolas(x[:, None], y, 50)
    assert own.w[0] < 1
    assert own.w[-1] > x @ y / (x @ x)


@given(problems(weights=st.just(1)))
def test_the_minimum_is_in_the_picture_of_the_parabolas_also_with_any_one_of_them_muted(
    problem: tuple[Array, Array],
) -> None:
    X, y = problem
    own = landscape.parabolas(X, y, 50)
    for i in range(len(y) + 1):
        x, t = np.delete(X[:, 0], i - 1 if i else []), np.delete(y, i - 1 if i else [])
        if (np.abs(x) > 1e-9 * np.abs(X).max()).any():
            margin = 1e-6 * (own.w[-1] - own.w[0])
            assert own.w[0] - margin <= x @ t / (x @ x) <= own.w[-1] + margin


def test_one_point_alone_has_a_loss_too() -> None:
    np.testing.assert_allclose(landscape.curve([[2.0]], [3.0], -1, 1, 3).mse, [25, 9, 1], rtol=1e-15)


@given(problems(), st.data())
def test_a_cut_is_the_loss_along_a_line(problem: tuple[Array, Array], draw: st.DataObject) -> None:
    X, y = problem
    w, along = (
        np.array(draw.draw(st.lists(st.floats(-3, 3), min_size=X.shape[1], max_size=X.shape[1]))) for _ in range(2)
    )
    assume(np.abs(along).max() > 1e-3)
    cut = landscape.cut(X, y, w, along, 2.0, 5)
    for t, found in zip(cut.w, cut.mse, strict=True):
        agrees(found, w + t * along / np.linalg.norm(along), X, y, 0.0)


@pytest.mark.parametrize("direction", [[0.0, 0.0], [1.0], [np.nan, 1.0]])
def test_a_cut_without_a_direction_is_refused_by_name(direction: list[float]) -> None:
    with pytest.raises(ValueError, match="^direction "):
        landscape.cut([[1.0, 2.0], [3.0, 4.0]], [1.0, 2.0], [0.0, 0.0], direction, 1.0, 5)


@pytest.mark.parametrize(("start", "stop"), [(0, 1), (3, 4), (0, 4), (1, 3)])
def test_part_of_the_points_has_their_average_squared_error(start: int, stop: int) -> None:
    found = data.load(Source("line", 2))
    part = landscape.part(found.X, found.y, start, stop, -2, 3, 6)
    for j, i in np.ndindex(6, 6):
        errors = found.y - found.X @ [part.w1[i], part.w2[j]]
        assert part.total[j, i] == pytest.approx(np.mean(errors[start:stop] ** 2), rel=1e-12)


@pytest.mark.parametrize(("start", "stop"), [(0, 0), (2, 1), (-1, 2), (0, 5)])
def test_no_points_or_points_that_do_not_exist_are_refused(start: int, stop: int) -> None:
    found = data.load(Source("line", 2))
    with pytest.raises(ValueError, match="^start and stop "):
        landscape.part(found.X, found.y, start, stop, -2, 3, 6)
