"""Figures drawn from records written by hand: what is claimed of a picture holds of its numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from engine.records import Array, Curve, Dataset, Fit, HeldOut, Minimum, Parabolas, RidgePath, Spectrum, Surface
from lessons.figures import curves, motion, palette, planes, points

DATA = Dataset("By hand.", ("x",), "y", ("each x",), "y", np.array([[1.0], [2.0], [4.0]]), np.array([3.0, 1.0, 4.0]))


def fit(w: float) -> Fit:
    prediction = DATA.X[:, 0] * w
    error = DATA.y - prediction
    return Fit(np.array([w]), prediction, error, error**2, float((error**2).mean()), 0.0, np.zeros(1))


def minimum(*w: float, flat: Array | None = None, mse: float = 0.0) -> Minimum:
    return Minimum(np.array(w), mse, 0.0, np.empty((0, len(w))) if flat is None else flat)


SHRUNK = Minimum(np.array([2 / 3]), 1 / 9, 2 / 9, np.empty((0, 1)))
"""The minimum of (w − 1)² + w²/2."""

AXIS = np.linspace(-2, 2, 41)
W1, W2 = np.meshgrid(AXIS, AXIS)
BOWL = Surface(AXIS, AXIS, (W1 - 0.5) ** 2 + 4 * (W2 + 0.5) ** 2 + 3)
PIN = Fit(np.array([1.0, 1.0]), np.empty(0), np.empty(0), np.empty(0), 12.25, 0.0, np.zeros(2))


@pytest.mark.parametrize("w", [-1.0, 0.0, 0.5, 2.0])
def test_squares_are_squares_on_the_screen_with_the_error_as_their_side(w: float) -> None:
    figure = points.squares(DATA, fit(w), 3)
    assert figure.layout.yaxis.scaleanchor == "x"
    ratio = figure.layout.yaxis.scaleratio  # how much longer one y is than one x
    x = np.array(figure.data[0].x).reshape(3, 6)[:, :5]
    y = np.array(figure.data[0].y).reshape(3, 6)[:, :5]
    height, width = np.ptp(y, axis=1), np.ptp(x, axis=1)
    np.testing.assert_allclose(width, height * ratio, rtol=1e-12)
    np.testing.assert_allclose(np.sort(height**2)[::-1], np.sort(fit(w).squared)[::-1], rtol=1e-12)


@pytest.mark.parametrize("w", [-50.0, -5.0, 5.0, 50.0])
def test_squares_stay_in_the_picture_however_the_line_is_turned(w: float) -> None:
    figure = points.squares(DATA, fit(w), 3)
    for corners, axis in ((figure.data[0].x, figure.layout.xaxis), (figure.data[0].y, figure.layout.yaxis)):
        assert axis.range[0] < np.nanmin(np.array(corners, dtype=float))
        assert axis.range[1] > np.nanmax(np.array(corners, dtype=float))


def test_only_the_largest_squares_are_drawn_when_there_are_many() -> None:
    drawn = np.array(points.squares(DATA, fit(0.0), 1).data[0].y)
    assert np.nanmax(drawn) - np.nanmin(drawn) == 4


def line_and_loss(w: float) -> go.Figure:
    weights = np.linspace(-1, 2, 31)
    curve = Curve(weights, (weights - 1) ** 2 + 2, 0.0)
    return motion.line_and_loss(DATA, fit(w), minimum(1.0, mse=2.0), curve, curve)


def test_the_frame_of_the_data_stands_still_while_the_line_turns() -> None:
    one, other = (line_and_loss(w).layout for w in (-3.0, 3.0))
    assert one.xaxis.range == other.xaxis.range
    assert one.yaxis.range == other.yaxis.range


def test_the_pin_and_the_star_sit_on_the_curve() -> None:
    star, pin = line_and_loss(0.55).data[6:]
    assert (star.x[0], star.y[0], star.marker.symbol) == (1, 2, "star")
    assert (pin.x[0], pin.y[0], pin.marker.color) == (0.55, fit(0.55).mse, palette.CHOICE)
    lo, hi = line_and_loss(0.55).layout.xaxis2.range
    assert lo < -1
    assert hi > 2


def test_playing_starts_where_the_control_stands_and_visits_every_frame_both_ways() -> None:
    figure = line_and_loss(0.55)
    at = figure.layout.sliders[0].active
    assert figure.frames[at].data[2].x[0] == 0.55  # a weight between two samples has a frame of its own
    assert figure.layout.sliders[0].steps[at].label.startswith("w = 0.55, loss")
    order = figure.layout.updatemenus[0].buttons[0].args[0]
    assert order[0] == str(at)
    assert list(order) == [str(i) for i in [*range(at, 32), *range(31, -1, -1)]]


def test_in_every_frame_the_line_and_the_pin_have_the_same_weight() -> None:
    figure = line_and_loss(0.55)
    ends = np.array(figure.data[2].x)
    for frame, step in zip(figure.frames, figure.layout.sliders[0].steps, strict=True):
        errors, model, pin = frame.data
        np.testing.assert_allclose(np.array(model.y), pin.x[0] * ends)
        np.testing.assert_allclose(np.array(errors.y)[1::3], pin.x[0] * DATA.X[:, 0])
        assert step.args[0] == (frame.name,)
        assert step.label == f"w = {pin.x[0]:.4g}, loss {pin.y[0]:.4g}"


def test_many_points_have_no_wall_of_errors() -> None:
    many = replace(DATA, X=np.ones((60, 1)), y=np.ones(60))
    curve = Curve(np.linspace(-1, 2, 5), np.ones(5), 0.0)
    assert len(motion.line_and_loss(many, fit(0.5), minimum(1.0), curve, curve).data[0].x) == 0


def test_the_rings_of_a_frame_are_level_lines_of_the_loss_at_its_lambda() -> None:
    lams, turn = np.array([0.0, 0.5, 3.0]), np.array([[0.6, 0.8], [-0.8, 0.6]])
    hessian = turn.T @ np.diag([1.0, 6.0]) @ turn
    best = np.array([1.0, -0.5])
    w = np.stack([np.linalg.solve(hessian + 2 * lam * np.eye(2), hessian @ best) for lam in lams])
    path = RidgePath(lams, w, np.zeros(3), np.array([1.0, 6.0]) + 2 * lams[:, None])
    figure = motion.ridge_path(path, Spectrum(hessian, np.array([1.0, 6.0]), turn, 6.0), 0.5, 3.0)
    assert figure.layout.sliders[0].active == 1
    assert (figure.data[3].x[0], figure.data[3].y[0]) == tuple(w[1])
    for lam, frame in zip(lams, figure.frames, strict=True):
        rings, mark = frame.data
        x, y = (np.array(each, dtype=float).reshape(motion.RINGS, -1)[:, :-1] for each in (rings.x, rings.y))

        def loss(w1: Array, w2: Array, lam: float = lam) -> Array:
            away = np.stack([w1, w2], axis=-1) - best
            return np.asarray((away @ hessian * away).sum(-1) / 2 + lam * (w1**2 + w2**2))

        above = np.sqrt(loss(x, y) - loss(np.array(mark.x), np.array(mark.y)))
        np.testing.assert_allclose(
            above / above[0, 0], np.arange(1, motion.RINGS + 1)[:, None] * np.ones_like(x), rtol=1e-4
        )


def test_a_prediction_is_drawn_without_its_answer_until_there_is_one() -> None:
    w = np.linspace(-1, 3, 41)
    before, after = Curve(w, (w - 1) ** 2, 0.0), Curve(w, (w - 2) ** 2 + 1, 0.0)
    hidden = curves.predicted(before, minimum(1.0), 0.5)
    known = curves.predicted(before, minimum(1.0), 0.5, (after, minimum(2.0, mse=1.0), replace(fit(0.5), mse=3.25)))
    assert len(known.data) == len(hidden.data) + 3
    assert not any(2.0 in trace.x and trace.marker.symbol == "diamond" for trace in hidden.data)
    gap = known.data[2]  # from the new bottom up to the pin: the excess loss
    assert list(gap.y) == [1.0, 3.25]


def test_loss_and_penalty_add_up_to_the_sum_on_the_picture() -> None:
    w = np.linspace(-1, 2, 31)
    figure = curves.plain_and_penalised(
        Curve(w, (w - 1) ** 2, 0.5),
        minimum(1.0),
        SHRUNK,
    )
    loss, penalty, total, star, diamond = figure.data
    np.testing.assert_array_equal(loss.y + penalty.y, total.y)
    np.testing.assert_allclose([star.y[0], diamond.y[0]], [0, 1 / 3])
    assert len({loss.line.dash, penalty.line.dash, total.line.dash}) == 3  # told apart without colour


def test_from_close_by_both_minima_are_in_the_picture_with_their_curves() -> None:
    w = np.linspace(0.5, 1.2, 8)
    figure = curves.two_bottoms(Curve(w, (w - 1) ** 2, 0.5), minimum(1.0), SHRUNK)
    loss, total, star, diamond = figure.data
    np.testing.assert_allclose(total.y - loss.y, w**2 / 2)
    low, high = figure.layout.yaxis.range
    for mark in (star, diamond):
        assert low < mark.y[0] < high
        assert w[0] < mark.x[0] < w[-1]


def test_names_at_the_ends_of_curves_keep_their_order_and_never_cover_each_other() -> None:
    w = np.array([0.0, 1.0])
    named = {"high": 9.0, "two": 2.0, "also two": 2.0, "just above": 2.1}
    layout = curves.ends(w, named, 10.0)
    assert [label["text"] for label in layout["annotations"]] == ["two", "also two", "just above", "high"]
    assert np.diff([label["ay"] for label in layout["annotations"]]).min() >= 0.69
    assert [label["y"] for label in layout["annotations"]] == [2.0, 2.0, 2.1, 9.0]
    assert layout["annotations"][0]["ay"] == 2.0


def test_rings_take_even_steps_of_the_root_above_the_minimum_on_equal_axes() -> None:
    figure = planes.contour(BOWL, PIN, minimum(0.5, -0.5, mse=3.0), title="t")
    rings = figure.data[0]
    top = BOWL.total.max() - 3
    np.testing.assert_allclose(top * np.square(rings.z / planes.FINE) + 3, BOWL.total, atol=2e-5 * top)
    assert rings.contours.start == 0
    assert rings.contours.end == pytest.approx((planes.RINGS - 1) * rings.contours.size)
    assert figure.layout.yaxis.scaleanchor == "x"
    assert rings.colorscale[0][1] == palette.BOWL[0][1]
    said = [float(tick) for tick in rings.colorbar.ticktext]
    np.testing.assert_allclose(said, top * np.square(np.array(rings.colorbar.tickvals) / planes.FINE) + 3, rtol=5e-3)


def test_twins_with_the_same_levels_have_the_same_rings() -> None:
    taller = Surface(AXIS, AXIS, BOWL.total + W1**2 + W2**2)
    one, other = (
        planes.contour(each, PIN, minimum(0.5, -0.5, mse=3.0), title="t", levels=(3.0, 40.0)).data[0]
        for each in (BOWL, taller)
    )
    assert (one.contours, one.zmin, one.zmax) == (other.contours, other.zmin, other.zmax)


@pytest.mark.parametrize("slope", [-1.0, 0.5, 3.0])
def test_the_line_of_minima_runs_from_edge_to_edge_of_the_picture(slope: float) -> None:
    direction = np.array([[1.0, slope]]) / np.hypot(1, slope)
    x, y = planes.line_of_minima(minimum(0.2, 0.1, flat=direction), BOWL)
    np.testing.assert_allclose((y - 0.1), slope * (x - 0.2), atol=1e-12)
    for end in zip(x, y, strict=True):
        assert max(np.abs(end)) == pytest.approx(2)


def test_a_single_minimum_has_no_line() -> None:
    assert len(planes.line_of_minima(minimum(0.5, -0.5), BOWL)[0]) == 0


def test_the_needles_stand_on_the_surface() -> None:
    figure = planes.bowl(BOWL, PIN, minimum(0.5, -0.5, mse=3.0), "t", planes.CAMERAS["corner"])
    best, pin = figure.data[2:]
    assert (best.x[0], best.y[0], best.z[0]) == (0.5, -0.5, 3)
    assert (pin.x[0], pin.y[0], pin.z[0]) == (1, 1, 12.25)
    assert pin.z[1] > pin.z[0]


def test_a_coarse_grid_shows_its_points_and_a_fine_one_does_not() -> None:
    coarse = Surface(AXIS[::10], AXIS[::10], BOWL.total[::10, ::10])
    looked, lowest = planes.sampled(coarse, BOWL, PIN, minimum(0.5, -0.5, mse=3.0)).data[-2:]
    assert len(looked.x) == 25
    assert coarse.lowest == (lowest.x[0], lowest.y[0], coarse.total.min())
    assert len(planes.sampled(BOWL, BOWL, PIN, minimum(0.5, -0.5, mse=3.0)).data[-2].x) == 0


def test_a_few_parabolas_are_drawn_one_by_one_and_many_as_a_band() -> None:
    w = np.linspace(-1, 1, 5)
    for n, band in ((3, 0), (50, 2)):
        bottom = np.linspace(-1, 1, n)
        own = Parabolas(w, (w - bottom[:, None]) ** 2, bottom)
        average = Curve(w, own.squared.mean(0), 0.0)
        figure = curves.own_parabolas(own, average, minimum(0.0, mse=float((bottom**2).mean())), 0)
        assert len(figure.data) == band + min(n, curves.FEW) + 3
        if band:
            np.testing.assert_array_equal(figure.data[0].y, own.squared.min(0))
            np.testing.assert_array_equal(figure.data[1].y, own.squared.max(0))


def test_the_muted_parabola_is_always_drawn_and_dotted() -> None:
    w = np.linspace(-1, 1, 5)
    bottom = np.linspace(-1, 1, 50)
    own = Parabolas(w, (w - bottom[:, None]) ** 2, bottom)
    average = Curve(w, own.squared.mean(0), 0.0)
    figure = curves.own_parabolas(own, average, minimum(0.0), 2, average)
    dotted = [trace for trace in figure.data if trace.line.dash == "dot"]
    assert len(dotted) == 1
    np.testing.assert_array_equal(dotted[0].y, own.squared[1])


def test_the_tangent_touches_the_curve_at_the_pin_with_its_slope() -> None:
    w = np.linspace(-1, 2, 31)
    line = curves.tangent(Curve(w, w**2, 0.0), fit(0.5), minimum(0.0), -3.0).data[1]
    assert np.diff(line.y)[0] / np.diff(line.x)[0] == pytest.approx(-3)
    assert np.interp(0.5, line.x, line.y) == pytest.approx(fit(0.5).mse)


def test_the_ring_goes_through_the_pin_at_its_level_and_the_arrow_crosses_it_squarely() -> None:
    """On (w₁ − ½)² + 4(w₂ + ½)² + 3, whose level and gradient at the pin are written out here."""
    pin = Fit(PIN.w, PIN.prediction, PIN.error, PIN.squared, PIN.mse, 0.0, np.array([1.0, 12.0]))
    figure = planes.rings(
        BOWL, pin, minimum(0.5, -0.5, mse=3.0), Spectrum(np.diag([2.0, 8.0]), np.array([2.0, 8.0]), np.eye(2), 4.0)
    )
    ring = next(trace for trace in figure.data if trace.line.color == palette.CHOICE)
    x, y = np.array(ring.x), np.array(ring.y)
    np.testing.assert_allclose((x - 0.5) ** 2 + 4 * (y + 0.5) ** 2 + 3, PIN.mse, rtol=1e-12)
    arrow = figure.layout.annotations[0]
    along = np.array([arrow.x - arrow.ax, arrow.y - arrow.ay])
    assert (arrow.ax, arrow.ay) == (1, 1)
    tangent = np.array([-4 * (1 + 0.5), 1 - 0.5])  # of that ring at the pin
    assert along @ tangent == pytest.approx(0, abs=1e-12)
    assert along @ [1.0, 12.0] > 0  # uphill
    assert figure.layout.yaxis.scaleanchor == "x"  # without which a right angle would not look like one
    long, short = [trace for trace in figure.data if trace.line.dash == "dash"]
    assert np.ptp(long.x) == pytest.approx(2 * np.sqrt(PIN.mse - 3))
    assert np.ptp(short.y) == pytest.approx(np.sqrt(PIN.mse - 3))


def test_at_the_bottom_there_is_no_arrow_and_in_a_valley_the_ring_runs_out_of_the_picture() -> None:
    bottom = Fit(np.array([0.5, -0.5]), PIN.prediction, PIN.error, PIN.squared, 3.0, 0.0, np.zeros(2))
    turn = np.array([[0.8, 0.6], [-0.6, 0.8]])
    spectrum = Spectrum(turn.T @ np.diag([0.0, 8.0]) @ turn, np.array([0.0, 8.0]), turn, np.inf)
    assert not planes.rings(BOWL, bottom, minimum(0.5, -0.5, mse=3.0), spectrum).layout.annotations
    valley = planes.rings(BOWL, PIN, minimum(0.5, -0.5, mse=3.0, flat=turn[:1]), spectrum)
    ring = next(trace for trace in valley.data if trace.line.color == palette.CHOICE)
    assert max(ring.x) > 10
    assert np.isfinite(ring.x).all()


def test_a_map_knows_the_loss_at_each_of_its_places() -> None:
    rings = planes.contour(BOWL, PIN, minimum(0.5, -0.5, mse=3.0), title="t").data[0]
    w1, w2 = np.meshgrid(rings.x, rings.y)
    np.testing.assert_allclose((w1 - 0.5) ** 2 + 4 * (w2 + 0.5) ** 2 + 3, rings.customdata, rtol=1e-5)


def test_the_invented_point_lies_on_the_axis_where_it_is_said_to() -> None:
    for place in (1.5, 30.0):
        figure = points.with_phantom(DATA, 1.0, 0.5, place)
        invented = figure.data[-1]
        assert (invented.x[0], invented.y[0]) == (place, 0)
        # However far out it lies, it is in the picture, and so are the lines at that place.
        assert figure.layout.xaxis.range[1] > place
        assert all(line.x[-1] > place for line in figure.data[:2])


def test_conventions_differ_in_height_only() -> None:
    w = np.linspace(0, 2, 21)
    figure = curves.conventions(Curve(w, (w - 1) ** 2 + 1, 0.0), minimum(1.0, mse=1.0), 5)
    total, mean, half, *bottoms = figure.data
    np.testing.assert_array_equal(total.y, 5 * mean.y)
    np.testing.assert_array_equal(half.y, mean.y / 2)
    assert [(mark.x[0], mark.y[0]) for mark in bottoms] == [(1.0, 5.0), (1.0, 1.0), (1.0, 0.5)]


def test_a_minimum_of_zero_is_not_put_on_a_logarithmic_axis() -> None:
    w = np.linspace(-1, 3, 5)
    figure = curves.conventions(Curve(w, (w - 1) ** 2, 0.0), minimum(1.0, mse=0.0), 5)
    assert figure.layout.yaxis.type != "log"
    low, high = figure.layout.yaxis.range
    assert low < 0 < 5 * 4 < high
    assert "logarithmic" not in figure.layout.yaxis.title.text
    assert curves.conventions(Curve(w, (w - 1) ** 2 + 1, 0.0), minimum(1.0, mse=1.0), 5).layout.yaxis.type == "log"


def test_the_star_marks_the_lambda_that_wins_on_the_held_out_points() -> None:
    lam = np.logspace(-4, 2, 61)
    losses = HeldOut(lam, lam, (np.log10(lam) + 1) ** 2, 0.0)
    star = curves.training_and_held_out(losses, 20, 60).data[-1]
    assert star.x[0] == pytest.approx(0.1)
    assert star.y[0] == losses.test.min()
