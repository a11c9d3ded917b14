"""The data sets are the ones the course promises."""

from __future__ import annotations

import numpy as np
import plotly.data
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import StandardScaler

from engine import data, minimum, sets
from engine.records import OWN, Array, Kind, Source, Table
from tests.app import offered

EVERY: list[Source] = [Source(kind.name, weights, 0.8) for kind in sets.KINDS for weights in (1, 2)]


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
    one, two = data.load(Source("article", 1)), data.load(Source("article", 2))
    np.testing.assert_array_equal(one.X, [[1], [2], [3], [4]])
    np.testing.assert_array_equal(one.y, [2, 4, 5, 4])
    np.testing.assert_array_equal(two.X, [[1, 1], [2, 2], [3, 3]])
    np.testing.assert_array_equal(two.y, [2, 4, 6])


def test_tips_are_plotlys_tips_row_for_row() -> None:
    table = plotly.data.tips()
    found = data.load(Source("tips", 2))
    np.testing.assert_array_equal(found.X, table[["total_bill", "size"]])
    np.testing.assert_array_equal(found.y, table["tip"])
    assert len(found.y) == 244


def test_slope_and_intercept_is_the_article_with_a_column_of_ones() -> None:
    found = data.load(Source("line", 2))
    np.testing.assert_array_equal(found.X, [[1, 1], [2, 1], [3, 1], [4, 1]])
    np.testing.assert_array_equal(found.y, [2, 4, 5, 4])


@pytest.mark.parametrize("rho", [-1.0, -0.5, 0.0, 0.8, 0.999, 1.0])
@pytest.mark.parametrize("seed", [0, 7])
def test_the_pair_has_exactly_the_correlation_asked_for(rho: float, seed: int) -> None:
    X = data.load(Source("pair", 2, rho, seed)).X
    np.testing.assert_allclose(X.mean(0), 0, atol=1e-14)
    np.testing.assert_allclose(X.var(0), 1, rtol=1e-12)
    assert np.mean(X[:, 0] * X[:, 1]) == pytest.approx(rho, abs=1e-12)


@pytest.mark.parametrize("rho", [-0.9, 0.0, 0.8])
def test_the_weights_of_the_pair_are_two_and_one_and_its_noise_is_of_size_one(rho: float) -> None:
    found = data.load(Source("pair", 2, rho, 3))
    w, residual, *_ = np.linalg.lstsq(found.X, found.y)
    np.testing.assert_allclose(w, [2, 1], rtol=1e-12)
    assert residual[0] / 40 == pytest.approx(1, rel=1e-12)


def test_many_features_grow_evenly_from_half_to_twice_the_size_of_the_noise() -> None:
    drawn = [data.load(Source("many", 20, seed=seed)) for seed in range(100)]
    X, y = np.vstack([each.X for each in drawn]), np.concatenate([each.y for each in drawn])
    np.testing.assert_allclose(X.std(0), np.linspace(0.5, 2, 20), rtol=0.05)
    assert (y - X.sum(1)).std() == pytest.approx(1, rel=0.05)


def test_the_pair_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    first, again, other = (data.load(Source("pair", 2, 0.5, seed)) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first.X, again.X)
    assert not np.array_equal(first.X, other.X)


@pytest.mark.parametrize(
    ("source", "named"),
    [
        (Source("nonsense", 1), "kind"),
        (Source("article", 3), "weights"),
        (Source("pair", 2, 1.5), "rho"),
        (Source("pair", 2, float("nan")), "rho"),
        (Source("pair", 2, seed=-1), "seed"),
        (Source("pair", 2, seed=2**31), "seed"),
        (Source("article", 1, muted=-1), "muted"),
        (Source("article", 1, muted=5), "muted"),
    ],
)
def test_a_source_that_does_not_exist_is_refused_by_name(source: Source, named: str) -> None:
    with pytest.raises(ValueError, match=f"^{named} "):
        data.load(source)


@pytest.mark.parametrize(("muted", "bottom"), [(1, 1.344828), (2, 1.269231), (3, 1.238095), (4, 1.785714)])
def test_a_muted_point_is_left_out_and_the_minimum_is_the_leave_one_out_one(muted: int, bottom: float) -> None:
    found = data.load(Source("article", 1, muted=muted))
    assert len(found.y) == 3
    assert minimum.minimum(found.X, found.y).w[0] == pytest.approx(bottom, abs=5e-7)


def test_any_of_many_points_can_be_muted() -> None:
    every, kept = data.load(Source("tips", 2)), data.load(Source("tips", 2, muted=244))
    np.testing.assert_array_equal(kept.X, every.X[:-1])
    with pytest.raises(ValueError, match="^muted "):
        data.load(Source("tips", 2, muted=245))


@pytest.mark.parametrize("weights", [3, 10, 20])
def test_many_weights_are_seeded_and_more_weights_keep_the_features_already_there(weights: int) -> None:
    found, fewer = (data.load(Source("many", d, seed=5)) for d in (weights, 2))
    assert found.X.shape == (60, weights)
    np.testing.assert_array_equal(found.X[:, :2], fewer.X)
    with pytest.raises(ValueError, match="^weights "):
        data.load(Source("many", 21, seed=5))


@pytest.mark.parametrize(("kind", "weights"), [("article", 1), ("article", 2), ("tips", 2), ("line", 2)])
def test_units_and_an_outlier_change_what_they_say_and_nothing_else(kind: str, weights: int) -> None:
    before = data.load(Source(kind, weights))
    after = data.load(Source(kind, weights, outlier=-7.0, x_times=100.0, y_times=2.0))
    np.testing.assert_array_equal(after.X[:-1, 0], 100 * before.X[:, 0])
    np.testing.assert_array_equal(after.X[:-1, 1:], before.X[:, 1:])
    np.testing.assert_array_equal(after.y, [*(2 * before.y), -14])
    assert after.X[-1, 0] == 100 * before.X[:, 0].max()


@pytest.mark.parametrize("kind", ["article", "tips"])
def test_the_outlier_has_a_round_target_and_about_doubles_the_minimum(kind: str) -> None:
    source = Source(kind, 1)
    found = data.load(source)
    target = minimum.outlier(found.X, found.y)
    assert target == float(f"{target:.0e}")
    changed = data.load(source._replace(outlier=target))
    before, after = (np.linalg.lstsq(each.X, each.y, rcond=None)[0][0] for each in (found, changed))
    assert 1.6 < after / before < 2.4


def test_the_outlier_stands_at_the_x_farthest_from_zero_also_where_that_is_negative() -> None:
    x, y = np.array([1.0, 2.0, -4.0]), np.array([1.0, 2.0, -5.0])
    target = minimum.outlier(x[:, None], y)
    own, _ = data.own(Table(("x", "y"), np.column_stack([x, y])), "y", ["x"])
    found = data.load(Source(OWN, 1, outlier=target), own)
    assert found.X[-1, 0] == -4
    assert 1.6 < (found.X[:, 0] @ found.y / (found.X[:, 0] @ found.X[:, 0])) / (x @ y / (x @ x)) < 2.4


@pytest.mark.parametrize("source", EVERY)
def test_every_weight_can_be_said_in_words(source: Source) -> None:
    found = data.load(source)
    assert len(found.each) == len(found.features)
    assert all(found.each)
    assert found.brings


@pytest.mark.parametrize(("prep", "condition"), [("", 560), ("centred,scaled", 4)])
def test_centring_and_scaling_make_the_bowl_of_the_tips_round(prep: str, condition: float) -> None:
    X = data.load(Source("tips", 2, prep=prep)).X
    raw = plotly.data.tips()[["total_bill", "size"]].to_numpy(float)
    expected = StandardScaler().fit_transform(raw) if prep else raw
    np.testing.assert_allclose(X, expected, rtol=1e-12, atol=1e-12)
    assert minimum.spectrum(X, np.ones(len(X))).condition == pytest.approx(np.linalg.cond(expected) ** 2)
    assert np.linalg.cond(expected) ** 2 == pytest.approx(condition, rel=0.03)


@pytest.mark.parametrize("weights", [1, 2])
@pytest.mark.parametrize("kind", offered(2))
def test_centring_finds_the_slopes_of_an_ordinary_regression_with_intercept(kind: str, weights: int) -> None:
    plain, moved = (data.load(Source(kind, weights, 0.8, 0, prep=prep)) for prep in ("", "centred"))
    found = minimum.minimum(moved.X, moved.y)
    ordinary = LinearRegression().fit(plain.X, plain.y)
    if not len(found.flat):
        centred = np.ptp(plain.X, axis=0) > 0
        np.testing.assert_allclose(found.w[centred], ordinary.coef_[centred], rtol=1e-9)
    np.testing.assert_allclose(moved.X @ found.w - moved.y, ordinary.predict(plain.X) - plain.y, atol=1e-9)


@pytest.mark.parametrize("kind", offered(2))
def test_an_intercept_takes_the_place_of_the_second_feature_and_of_none_with_one_weight(kind: str) -> None:
    source = Source(kind, 2, 0.8, 0, prep="intercept")
    found, alone = data.load(source), data.load(source._replace(weights=1))
    np.testing.assert_array_equal(found.X[:, 1], 1)
    np.testing.assert_array_equal(found.X[:, :1], alone.X)
    ordinary = LinearRegression().fit(alone.X, alone.y)
    np.testing.assert_allclose(
        minimum.minimum(found.X, found.y).w, [ordinary.coef_[0], ordinary.intercept_], rtol=1e-9, atol=1e-9
    )


def test_more_than_two_features_stay_what_they_are_where_an_intercept_is_asked_for() -> None:
    np.testing.assert_array_equal(data.load(Source("many", 5, prep="intercept")).X, data.load(Source("many", 5)).X)


@pytest.mark.parametrize("prep", ["intercept", "intercept,centred", "intercept,scaled", "intercept,centred,scaled"])
def test_a_column_of_ones_is_never_centred_nor_scaled_and_keeps_the_target(prep: str) -> None:
    found = data.load(Source("tips", 2, prep=prep))
    np.testing.assert_array_equal(found.X[:, 1], 1)
    np.testing.assert_array_equal(found.y, plotly.data.tips()["tip"])
    if "centred" in prep:
        assert minimum.minimum(found.X, found.y).w[1] == pytest.approx(found.y.mean())


@pytest.mark.parametrize(
    ("target", "features", "why"),
    [
        ("y", [], "^Choose a target, and at least one feature"),
        ("y", ["a", "y"], "^Choose a target, and at least one feature that is not the target"),
        ("y", ["a", "zero"], "^Column “zero” is zero in every row"),
        ("zero", ["a"], "^Column “zero” is zero in every row"),
    ],
)
def test_columns_of_which_no_loss_can_be_drawn_are_refused_with_the_reason(
    target: str, features: list[str], why: str
) -> None:
    found = Table(("a", "zero", "y"), np.array([[1.0, 0.0, 2.0], [2.0, 0.0, 3.0], [3.0, 0.0, 5.0]]))
    with pytest.raises(ValueError, match=why):
        data.own(found, target, features)


def test_what_was_done_to_the_columns_is_in_their_names_in_the_weights_words_and_in_the_origin() -> None:
    plain, found = (data.load(Source("tips", 2, prep=prep)) for prep in ("", "centred,scaled"))
    assert found.features == ("bill (dollars), centred, scaled", "party size (people), centred, scaled")
    assert found.target == "tip (dollars), centred"
    assert found.each == tuple(f"each standard deviation of {name}, centred" for name in plain.features)
    assert found.origin == (
        f"{plain.origin} Centred: each column has its mean subtracted. "
        "Scaled: each feature is divided by its standard deviation."
    )
    ones = data.load(Source("tips", 2, prep="intercept,centred,scaled"))
    assert (ones.features[1], ones.each[1], ones.target) == ("1", "the intercept", "tip (dollars)")


CELSIUS_AND_KELVIN = np.array(
    [
        [12.4, 285.55, 1], [15.1, 288.25, 2], [17.7, 290.85, 2], [19.3, 292.45, 3], [21.8, 294.95, 5],
        [23.2, 296.35, 4], [24.9, 298.05, 6], [27.6, 300.75, 7], [30.1, 303.25, 9],
    ]
)  # fmt: skip


def brought(values: Array, prep: str) -> tuple[Array, Array]:
    own, _ = data.own(Table(("a", "b", "y"), values), "y", ["a", "b"])
    found = data.load(Source(OWN, 2, prep=prep), own)
    return found.X, found.y


def test_one_temperature_in_two_units_is_a_valley_once_it_is_centred() -> None:
    X, y = brought(CELSIUS_AND_KELVIN, "centred")
    found = minimum.minimum(X, y)
    assert minimum.spectrum(X, y).condition == np.inf
    # By the formula for one feature: both weights share its slope.
    c, t = (column - column.mean() for column in CELSIUS_AND_KELVIN[:, [0, 2]].T)
    slope = c @ t / (c @ c)
    np.testing.assert_allclose(found.w, [slope / 2, slope / 2], rtol=1e-12)
    np.testing.assert_allclose(found.w, [0.2211, 0.2211], atol=5e-5)
    assert found.mse == pytest.approx(np.mean((t - slope * c) ** 2), rel=1e-12)
    assert found.mse == pytest.approx(0.38597, abs=5e-6)


spread = st.lists(st.integers(-9_999, 9_999), min_size=3, max_size=30, unique=True)


@given(spread, st.sampled_from([0.0, 32.0, 273.15, 1000.1, 12_345.6]), st.sampled_from([1.0, 3.0, 1.8, 0.1, -2.54]))
def test_a_column_that_is_another_one_in_other_units_leaves_a_valley_after_centring(
    hundredths: list[int], offset: float, factor: float
) -> None:
    a = np.array(hundredths) / 100
    b = np.round(factor * a + offset, 6)
    for prep in ("centred", "centred,scaled"):
        X, y = brought(np.column_stack([a, b, np.sin(a)]), prep)
        assert len(minimum.minimum(X, y).flat) == 1
        assert minimum.spectrum(X, y).condition == np.inf
        # The columns are what they were, but for rounding.
        exact = (b - b.mean()) / (b.std() if "scaled" in prep else 1)
        np.testing.assert_allclose(X[:, 1], exact, atol=1e-10 * np.abs(exact).max())


@given(spread, st.sampled_from([0.0, 273.15, 1e4]))
def test_a_column_that_differs_in_a_digit_that_was_written_stays_a_column_of_its_own(
    hundredths: list[int], offset: float
) -> None:
    a = np.array(hundredths) / 100
    b = np.round(a + offset, 2)
    b[0] += 0.01
    X, y = brought(np.column_stack([a, b, np.sin(a)]), "centred")
    assert len(minimum.minimum(X, y).flat) == 0


def test_what_is_at_the_mean_but_for_rounding_is_zero_once_it_is_centred() -> None:
    values = np.column_stack([[0.1, 0.2, 0.3], [1.0, 4.0, 2.0], [1.0, 3.0, 2.0]])
    assert values[1, 0] != values[:, 0].mean()
    assert brought(values, "centred")[0][1, 0] == 0


def test_a_column_that_is_constant_but_for_rounding_is_left_as_it_is() -> None:
    values = np.column_stack([[1.0, 2.0, 4.0], [0.1 + 0.2, 0.3, 0.3], [1.0, 3.0, 2.0]])
    X, _ = brought(values, "centred,scaled")
    np.testing.assert_array_equal(X[:, 1], values[:, 1])
    # Two of them are multiples of one another, and nothing has been subtracted from either.
    both = np.column_stack([[2.0, 2.0, 2.0], [3.0, 3.0, 3.0], [1.0, 3.0, 2.0]])
    np.testing.assert_array_equal(brought(both, "centred")[0], both[:, :2])


@pytest.mark.parametrize("prep", ["", "centred", "scaled", "centred,scaled"])
def test_a_split_is_prepared_by_the_points_to_fit_with_alone(prep: str) -> None:
    whole = data.load(Source("tips", 2))
    order = torch.randperm(244, generator=torch.Generator().manual_seed(7)).numpy()
    mine, theirs = order[:30], order[30:]
    scaler = StandardScaler(with_mean="centred" in prep, with_std="scaled" in prep).fit(whole.X[mine])
    lift = whole.y[mine].mean() if "centred" in prep else 0.0
    for rows, found in zip((mine, theirs), data.split(Source("tips", 2, prep=prep), 30, 7), strict=True):
        np.testing.assert_allclose(found.X, scaler.transform(whole.X[rows]), rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(found.y, whole.y[rows] - lift, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("train", [1, 59])
def test_a_split_that_leaves_one_side_too_few_points_is_refused_by_name(train: int) -> None:
    with pytest.raises(ValueError, match="^train "):
        data.split(Source("many", 20), train, 0)


def test_what_is_held_out_has_no_say_in_how_the_others_are_prepared() -> None:
    values = np.vstack([CELSIUS_AND_KELVIN, CELSIUS_AND_KELVIN[:3] + 0.1])
    order = torch.randperm(12, generator=torch.Generator().manual_seed(0)).numpy()
    own, _ = data.own(Table(("a", "b", "y"), values), "y", ["a", "b"])
    odd = values.copy()
    odd[order[8]] = 1e9, 5.0, 7.0  # held out, and no Kelvin
    strange, _ = data.own(Table(("a", "b", "y"), odd), "y", ["a", "b"])
    for prep in ("centred", "centred,scaled"):
        source = Source(OWN, 2, prep=prep)
        fitted, again = data.split(source, 8, 0, own)[0], data.split(source, 8, 0, strange)[0]
        np.testing.assert_array_equal(again.X, fitted.X)
        np.testing.assert_array_equal(again.y, fitted.y)
        assert len(minimum.minimum(fitted.X, fitted.y).flat) == 1


@pytest.mark.parametrize(("kind", "features"), [("article", 1), ("tips", 2), ("line", 1), ("pair", 2)])
def test_a_data_set_to_change_has_the_features_it_was_noted_with_and_no_column_of_ones(
    kind: str, features: int
) -> None:
    found = data.to_change(next(each for each in sets.KINDS if each.name == kind))
    same = data.load(Source(kind, features, 0.8))
    assert found.features == same.features
    np.testing.assert_array_equal(found.X, same.X)
    np.testing.assert_array_equal(found.y, same.y)


def test_the_second_weight_of_a_data_set_with_one_feature_is_the_intercept(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Kind("one", "One feature", lambda _: sets.article_one())
    monkeypatch.setattr(sets, "KINDS", (one,))
    np.testing.assert_array_equal(data.load(Source("one", 2)).X, [[1, 1], [2, 1], [3, 1], [4, 1]])
    np.testing.assert_array_equal(data.load(Source("one", 1)).X, [[1], [2], [3], [4]])
