"""What a picture says of itself is true: of the points, by numpy, and of what is drawn."""

from __future__ import annotations

import inspect
from itertools import pairwise
from types import ModuleType
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from engine.records import Array
from lessons.figures import curves, motion, palette, planes, points
from tests.lessons.figures import by_hand
from tests.lessons.figures.by_hand import REACH, drawn, loss, near, said

seeds = pytest.mark.parametrize("seed", range(4))
WEIGHTS = (-1.7, -0.3, 0.8, 2.4)
"""A pin for each seed."""


def text(figure: go.Figure) -> str:
    words: str = figure.layout.meta["alt"]
    return words


def place(trace: Any) -> tuple[float, float]:
    """Where a mark is drawn."""
    return float(trace.x[0]), float(trace.y[0])


def direction(arrow: Any) -> Array:
    """Which way an arrow is drawn, of length 1."""
    along = np.array([arrow.x - arrow.ax, arrow.y - arrow.ay])
    found: Array = along / np.hypot(*along)
    return found


def slope(line: Any) -> float:
    """Of a straight line, as drawn."""
    return float((line.y[-1] - line.y[0]) / (line.x[-1] - line.x[0]))


# Points and lines.


@seeds
@pytest.mark.parametrize("shown", [3, 7])
def test_squares_say_the_weight_the_number_drawn_and_the_average_of_all(seed: int, shown: int) -> None:
    X, y = by_hand.some(seed, 1)
    w = WEIGHTS[seed]
    figure = points.squares(by_hand.dataset(X, y), by_hand.fit(X, y, w), shown)
    near(said(figure, "# points and the line ŷ = # x."), [7, w])
    near(slope(drawn(figure, colour=palette.CHOICE)[0]), w)
    near(said(figure, "average #."), [loss(X, y, w)])
    squares = np.array(figure.data[0].x).reshape(-1, 6)
    if shown < 7:
        assert said(figure, "all # squares, of which the # largest are drawn,") == [7, len(squares)]
    else:
        assert "At this weight the squares average" in text(figure)
        assert len(squares) == 7


@seeds
def test_the_model_of_own_data_is_the_one_whose_predictions_are_drawn(seed: int) -> None:
    X, y = by_hand.some(seed, 2)
    w = by_hand.minimum(X, y).w
    figure = points.fitted(by_hand.dataset(X, y), by_hand.fit(X, y, w))
    near(said(figure, "the model with weights (#, #) predicts"), w)
    assert text(figure).startswith("7 points, y over x1, ")
    np.testing.assert_allclose(figure.data[1].y, X @ w)


@seeds
def test_the_invented_point_and_both_lines_are_where_they_are_said_to_be(seed: int) -> None:
    X, y = by_hand.some(seed, 1)
    lam = 0.5 + seed
    far = float(np.sqrt(7 * lam))
    with_it = np.linalg.lstsq(np.vstack([X, [[far]]]), np.append(y, 0), rcond=None)[0][0]
    best = by_hand.minimum(X, y).w[0]
    figure = points.with_phantom(by_hand.dataset(X, y), best, with_it, far)
    near(said(figure, "The # points, an invented point at x1 = # with target 0"), [7, far])
    assert place(figure.data[-1]) == (far, 0)
    (without,), (pulled,) = said(figure, "line without it, ŷ = # x"), said(figure, "with it, ŷ = # x")
    near([without, pulled], [best, with_it])
    assert abs(pulled) < abs(without)
    near(slope(drawn(figure, dash="dash")[0]), without)
    near(slope(drawn(figure, dash="dot")[0]), pulled)


# The loss of one weight.


@seeds
def test_the_line_and_its_loss_say_the_samples_the_lowest_the_minimum_and_the_pin(seed: int) -> None:
    X, y = by_hand.some(seed, 1)
    w, best = WEIGHTS[seed], by_hand.minimum(X, y)
    sampled = by_hand.curve(X, y, lo=-3, hi=2 + seed, count=12)
    figure = motion.line_and_loss(by_hand.dataset(X, y), by_hand.fit(X, y, w), best, sampled, by_hand.curve(X, y))
    near(said(figure, "Above, # points, your line ŷ = # x and, dashed, the best line ŷ = # x."), [7, w, best.w[0]])
    near(slope(drawn(figure, colour=palette.CHOICE)[0]), w)
    near(slope(drawn(figure, dash="dash")[0]), best.w[0])
    grid = np.linspace(-3, 2 + seed, 12)
    lowest = grid[np.argmin([loss(X, y, each) for each in grid])]
    near(said(figure, "the loss at # samples of w from # to #, the lowest at w = #."), [12, -3, 2 + seed, lowest])
    near(said(figure, "The exact minimum is at w = #, loss #."), [best.w[0], loss(X, y, best.w)])
    near(said(figure, "The pin is at w = #, loss #."), [w, loss(X, y, w)])
    assert loss(X, y, best.w) <= loss(X, y, lowest)


@seeds
@pytest.mark.parametrize(("n", "muted"), [(4, 0), (4, 3), (curves.FEW, 1), (30, 0), (30, 30)])
def test_own_parabolas_say_how_many_there_are_and_where_their_average_is_lowest(seed: int, n: int, muted: int) -> None:
    X, y = by_hand.some(seed, 1, n)
    own = by_hand.parabolas(X, y)
    kept = np.arange(1, n + 1) != muted
    without = X[kept], y[kept]
    average = by_hand.curve(*without)
    figure = curves.own_parabolas(own, average, by_hand.minimum(*without), muted)
    thin = [trace for trace in drawn(figure, colour=palette.ERROR) if trace.mode == "lines" and trace.line.width == 1.5]
    if n <= curves.FEW:
        assert said(figure, "# thin curves, one a point, with") == [n]
        assert len(thin) == n
    else:
        assert said(figure, "# thin curves, one a point, # drawn and a band for all, with") == [n, len(thin)]
        assert len([trace for trace in figure.data if trace.line.width == 0]) == 2
    near(said(figure, "own minima at w = #, #, #, #"), (y / X[:, 0])[:4])
    assert (", … Their" in text(figure)) == (n > 4)
    (lowest,) = said(figure, "is the loss, lowest at w = #.")
    near(lowest, (without[0][:, 0] @ without[1]) / (without[0][:, 0] @ without[0][:, 0]), 7)
    assert (f"without point {muted} is" in text(figure)) == bool(muted)


@seeds
def test_the_tangent_is_said_to_rise_or_fall_as_the_loss_does(seed: int) -> None:
    X, y = by_hand.some(seed, 1)
    best = by_hand.minimum(X, y)
    for w in WEIGHTS:
        pin = by_hand.fit(X, y, w)
        figure = curves.tangent(by_hand.curve(X, y), pin, best, float(pin.gradient[0]))
        (steep,) = said(figure, "whose slope is #.")
        # From two losses close by, which is how one would find out.
        near(steep, (loss(X, y, w + 1e-4) - loss(X, y, w - 1e-4)) / 2e-4)
        assert np.sign(steep) == np.sign(w - best.w[0])
        near(slope(drawn(figure, colour=palette.CHOICE)[0]), steep)
        near(said(figure, "with its tangent at w = #,"), [w])
        near(said(figure, "The loss over w from # to #"), figure.layout.xaxis.range)
        near(said(figure, "The slope is zero at w = #."), best.w, 7)


@seeds
def test_a_prediction_says_where_the_bottom_is_today_and_only_then_where_it_goes(seed: int) -> None:
    X, y = by_hand.some(seed, 1)
    guess, lam = WEIGHTS[seed], 0.7
    before, today = by_hand.curve(X, y, lo=-1, hi=3), by_hand.minimum(X, y)
    after = by_hand.curve(X, y, lam, lo=-1, hi=3), by_hand.minimum(X, y, lam), by_hand.fit(X, y, guess, lam)
    for figure in (curves.predicted(before, today, guess), curves.predicted(before, today, guess, after)):
        near(said(figure, "over w from # to #, lowest at #."), [-1, 3, today.w[0]])
        near(said(figure, "Your pin is at #."), [guess])
    then = figure
    x = X[:, 0]
    near(
        said(then, "Then the bottom is at #, and your pin pays #."), [x @ y / (x @ x + 7 * lam), loss(X, y, guess, lam)]
    )
    assert "Then" not in text(curves.predicted(before, today, guess))
    assert place(drawn(then, symbol="diamond")[0])[0] == pytest.approx(
        said(then, "Then the bottom is at #,")[0], rel=1e-3
    )


@seeds
@pytest.mark.parametrize("lam", [0.0, 0.4, 3.0])
def test_with_a_penalty_the_sum_is_said_to_be_lowest_where_its_curve_is(seed: int, lam: float) -> None:
    X, y = by_hand.some(seed, 1)
    plain, penalised = by_hand.minimum(X, y), by_hand.minimum(X, y, lam)
    both = (curves.plain_and_penalised, "Loss, penalty and their sum"), (curves.two_bottoms, "Loss and sum")
    for draw, name in both:
        figure = draw(by_hand.curve(X, y, lam), plain, penalised)
        near(said(figure, f"{name} over w from # to #"), [-REACH, REACH])
        strength, loss_at, sum_at = said(figure, "At λ = # the loss is lowest at w = #, the sum at w = #.")
        assert strength == lam
        x = X[:, 0]
        near([loss_at, sum_at], [x @ y / (x @ x), x @ y / (x @ x + 7 * lam)], 7)
        for at, dash in ((loss_at, "solid"), (sum_at, "dot")):
            line = drawn(figure, dash=dash)[0]
            assert abs(at - line.x[np.argmin(line.y)]) <= 2 * REACH / 160
        assert (abs(sum_at) < abs(loss_at)) == (lam > 0)


@seeds
def test_three_conventions_are_said_to_be_lowest_at_one_weight(seed: int) -> None:
    X, y = by_hand.some(seed, 1)
    figure = curves.conventions(by_hand.curve(X, y, 0.3), by_hand.minimum(X, y, 0.3), 7)
    (at,) = said(figure, "three curves of different height, all lowest at w = #.")
    lines = drawn(figure, dash="dot")
    assert len({float(np.min(line.y)) for line in lines}) == 3
    assert all(abs(at - line.x[np.argmin(line.y)]) <= 2 * REACH / 160 for line in lines)


@seeds
def test_the_held_out_loss_is_said_to_be_lowest_where_it_is(seed: int) -> None:
    losses = by_hand.held_out(seed)
    figure = curves.training_and_held_out(losses, 20, 60)
    assert said(figure, "with # of # points to fit.") == [20, 60]
    line = drawn(figure, dash="longdash")[0]
    near(said(figure, "over λ from # to #"), [line.x[0], line.x[-1]])
    lowest, at = said(figure, "The held-out loss is lowest, #, at λ = #.")
    near(lowest, np.min(line.y))
    near(at, line.x[np.argmin(line.y)], 2)


# The loss of two weights.


PINS = ((1.5, -1.0), (-2.0, 0.5), (0.3, 2.2), (-1.0, -3.0))


def both_kinds(seed: int) -> list[tuple[Array, Array]]:
    """A bowl and a valley."""
    return [by_hand.some(seed, 2), by_hand.in_a_row(seed)]


def is_true_of_pin_and_bottom(figure: go.Figure, X: Array, y: Array, pin: Any) -> None:
    """The pin's loss, and the minimum: a point, or a line of which the shortest is said. By numpy."""
    near(said(figure, "Your pin (#, #) has loss #."), [*pin, loss(X, y, pin)])
    is_true_of_bottom(figure, X, y)


def is_true_of_bottom(figure: go.Figure, X: Array, y: Array) -> None:
    best = np.linalg.lstsq(X, y, rcond=1e-9)[0]
    if np.linalg.matrix_rank(X) == 2:
        near(said(figure, "The minimum is the point w* = (#, #), with loss #."), [*best, loss(X, y, best)])
        return
    near(said(figure, "the nearest to zero, is (#, #)."), best)
    (value,) = said(figure, "all of it at loss #.")
    near(value, loss(X, y, best))
    # The line as it is written: two places on it have that loss, and one beside it has not.
    (line,) = [part for part in text(figure).split(", ") if "w₁" in part and "=" in part]
    a, b, c = coefficients(line)
    for w1 in (-2.0, 3.0):
        assert loss(X, y, (w1, (c - a * w1) / b)) == pytest.approx(value, rel=1e-2, abs=2e-3)
        assert loss(X, y, (w1, (c - a * w1) / b + 1)) > value + 0.01


def coefficients(line: str) -> tuple[float, float, float]:
    """a, b and c of a line written as a w₁ + b w₂ = c, in which a factor of 1 is not written."""
    left, right = line.rstrip(".").split(" = ")
    left = left.replace("− ", "−").replace("+ ", "").strip()
    found = {"w₁": 0.0, "w₂": 0.0}
    factor = "1"
    for part in left.split(" "):
        name = part.lstrip("−")
        if name in found:
            found[name] = by_hand.number(f"−{factor}" if part.startswith("−") else factor)
            factor = "1"
        else:
            factor = part
    return found["w₁"], found["w₂"], by_hand.number(right)


@seeds
def test_the_sampled_map_says_the_range_the_pin_the_minimum_and_the_lowest_sample(seed: int) -> None:
    for X, y in both_kinds(seed):
        pin = by_hand.fit(X, y, PINS[seed])
        figure = planes.sampled(by_hand.surface(X, y, n=6), by_hand.surface(X, y), pin, by_hand.minimum(X, y))
        near(said(figure, "over w₁ and w₂ from # to #."), figure.layout.xaxis.range)
        is_true_of_pin_and_bottom(figure, X, y, PINS[seed])
        axis = np.linspace(-REACH, REACH, 6)
        losses = {(a, b): loss(X, y, (a, b)) for a in axis for b in axis}
        *n, w1, w2 = said(figure, "The lowest of # × # samples is at (#, #).")
        near([*n, w1, w2], [6, 6, *min(losses, key=losses.__getitem__)])
        assert (w1, w2) == pytest.approx(place(drawn(figure, symbol="square-open")[0]), rel=1e-3)


@seeds
def test_the_arrow_is_said_to_point_as_it_does_and_the_ring_closes_only_around_a_point(seed: int) -> None:
    for X, y in both_kinds(seed):
        pin = by_hand.fit(X, y, PINS[seed])
        figure = planes.rings(by_hand.surface(X, y), pin, by_hand.minimum(X, y), by_hand.spectrum(X, y))
        is_true_of_pin_and_bottom(figure, X, y, PINS[seed])
        gradient = np.array(said(figure, "an arrow along the gradient (#, #)."))
        steps = 1e-5 * np.eye(2)
        near(gradient, [(loss(X, y, PINS[seed] + step) - loss(X, y, PINS[seed] - step)) / 2e-5 for step in steps], 3)
        np.testing.assert_allclose(direction(figure.layout.annotations[-1]), gradient / np.hypot(*gradient), atol=1e-3)
        ring = next(trace for trace in drawn(figure, colour=palette.CHOICE) if trace.mode == "lines")
        far = np.hypot(*(np.array([ring.x, ring.y]) - by_hand.minimum(X, y).w[:, None])).max()
        assert ("a whole line" in text(figure)) == (far > 9 * REACH)


@seeds
def test_on_the_bottom_neither_ring_nor_arrow_is_claimed_or_drawn(seed: int) -> None:
    for X, y in both_kinds(seed):
        best = by_hand.minimum(X, y)
        figure = planes.rings(by_hand.surface(X, y), by_hand.fit(X, y, best.w), best, by_hand.spectrum(X, y))
        assert "on the bottom, where there is neither a ring nor an arrow." in text(figure)
        assert "gradient" not in text(figure)
        assert not figure.layout.annotations
        ring = next(trace for trace in drawn(figure, colour=palette.CHOICE) if trace.mode == "lines")
        assert max(np.ptp(ring.x), np.ptp(ring.y)) < 1e-3


@seeds
def test_the_bowl_in_space_says_what_its_needles_stand_on(seed: int) -> None:
    for X, y in both_kinds(seed):
        pin = by_hand.fit(X, y, PINS[seed])
        figure = planes.bowl(by_hand.surface(X, y), pin, by_hand.minimum(X, y), "Bowl", planes.CAMERAS["corner"])
        is_true_of_pin_and_bottom(figure, X, y, PINS[seed])
        near(
            said(figure, "Your pin (#, #) has loss #."), [figure.data[3].x[0], figure.data[3].y[0], figure.data[3].z[0]]
        )


@seeds
def test_cuts_are_said_to_bend_as_their_curves_do_and_to_run_as_their_lines_do(seed: int) -> None:
    X, y = by_hand.some(seed, 2)
    angle = 30 + 40 * seed
    directions = {
        "along w₁": (1.0, 0.0),
        "along w₂": (0.0, 1.0),
        f"at {angle}°": (float(np.cos(np.radians(angle))), float(np.sin(np.radians(angle)))),
    }
    pin, hessian = by_hand.fit(X, y, PINS[seed]), by_hand.spectrum(X, y).hessian
    bends = {name: float(np.array(v) @ hessian @ v) for name, v in directions.items()}
    named = {name: by_hand.cut(X, y, PINS[seed], v) for name, v in directions.items()}
    side, above = (
        curves.cuts(named, pin, bends),
        planes.three_cuts(by_hand.surface(X, y), pin, by_hand.minimum(X, y), directions),
    )
    near(said(side, "Three cuts through the pin's loss #."), [loss(X, y, PINS[seed])])
    told = said(side, f"Their curvatures: # along w₁, # along w₂, # at {angle}°.")
    for bend, line in zip(told, side.data, strict=False):
        step = line.x[1] - line.x[0]
        near(bend, np.diff(line.y, 2)[0] / step**2)
    near(said(above, f"cuts through the pin (#, #): along w₁, along w₂, at {angle}°."), PINS[seed])
    straight = [trace for trace in drawn(above, colour=palette.HALO) if trace.mode == "lines" and not trace.name]
    assert len(straight) == 3
    for line, degrees in zip(straight, (0, 90, angle), strict=True):
        drawn_at = np.degrees(np.arctan2(line.y[1] - line.y[0], line.x[1] - line.x[0]))
        assert drawn_at == pytest.approx(degrees)
        assert (np.mean(line.x), np.mean(line.y)) == pytest.approx(PINS[seed])


@seeds
def test_cuts_of_many_weights_are_said_to_be_lowest_where_all_are(seed: int) -> None:
    X, y = by_hand.some(seed, 5, 12)
    best = by_hand.minimum(X, y)
    figure = curves.many_cuts({f"w{j}": by_hand.cut(X, y, best.w, axis) for j, axis in enumerate(np.eye(5))}, best)
    d, lowest = said(figure, "# cuts, one along each weight, all lowest at the minimum, where the loss is #.")
    assert d == len(drawn(figure, dash="solid")) == 5
    near(lowest, loss(X, y, best.w))
    for line in drawn(figure, dash="solid"):
        assert line.x[np.argmin(line.y)] == pytest.approx(0)
        near(np.min(line.y), lowest)


@seeds
def test_a_trough_is_said_to_run_along_the_weights_that_fit_its_point(seed: int) -> None:
    X, y = by_hand.some(seed, 2)
    for k in (1, 4):
        figure = planes.trough(by_hand.surface(X[k - 1 : k], y[k - 1 : k]), k, X[k - 1], y[k - 1], (0.0, 50.0))
        assert text(figure).startswith(f"Point {k} alone: parallel straight rings along ")
        a, b, c = coefficients(text(figure).split("along ")[1])
        for w1 in (-2.0, 3.0):
            assert loss(X[k - 1 : k], y[k - 1 : k], (w1, (c - a * w1) / b)) == pytest.approx(0, abs=1e-4)


def test_a_point_without_features_is_said_to_make_the_same_error_everywhere() -> None:
    X, y = np.zeros((1, 2)), np.array([-1.5])
    figure = planes.trough(by_hand.surface(X, y), 2, X[0], -1.5, (0.0, 3.0))
    (error,) = said(figure, "Point 2 alone: the same squared error, #, for every pair of weights.")
    assert np.all(by_hand.surface(X, y).total == error)


@seeds
def test_the_average_of_troughs_says_its_lowest_sample(seed: int) -> None:
    X, y = by_hand.some(seed, 2)
    figure = planes.average_of_troughs(by_hand.surface(X[:3], y[:3]), 3, 7, (0.0, 50.0))
    axis = np.linspace(-REACH, REACH, 21)
    lowest = min(loss(X[:3], y[:3], (a, b)) for a in axis for b in axis)
    near(said(figure, "The average of the first # of # points; its lowest sample is #."), [3, 7, lowest])


@seeds
def test_the_valley_is_said_to_be_one_and_its_shortest_pair_is_the_nearest_to_zero(seed: int) -> None:
    X, y = by_hand.in_a_row(seed)
    figure = planes.valley(by_hand.surface(X, y), by_hand.minimum(X, y))
    shortest = np.array(said(figure, "parallel straight rings. The shortest pair is (#, #)."))
    assert place(drawn(figure, symbol="star")[0]) == pytest.approx(shortest, rel=1e-3)
    line = drawn(figure, colour=palette.MINIMUM)[0]
    # The star is the foot of the perpendicular from zero on the line of minima.
    assert shortest @ [line.x[1] - line.x[0], line.y[1] - line.y[0]] == pytest.approx(0, abs=1e-2)


@pytest.mark.parametrize("degrees", [0, 75, 180, 300])
@seeds
def test_arrows_are_said_to_point_as_they_do_and_the_steepest_way_is_the_one_that_falls_most(
    seed: int, degrees: int
) -> None:
    X, y = by_hand.some(seed, 2)
    pin, best = by_hand.fit(X, y, PINS[seed]), by_hand.minimum(X, y)
    downhill = -pin.gradient / np.hypot(*pin.gradient)
    asked, told = (planes.aimed(by_hand.surface(X, y), pin, best, degrees, way) for way in (None, downhill))
    for figure in (asked, told):
        near(said(figure, "the pin at (#, #) and an arrow from it at # degrees."), [*PINS[seed], degrees])
        own = next(arrow for arrow in figure.layout.annotations if arrow.arrowcolor == palette.CHOICE)
        assert np.degrees(np.arctan2(*direction(own)[::-1])) % 360 == pytest.approx(degrees)
    assert "steepest" not in text(asked)
    along = np.array(said(told, "The steepest way down is along (#, #)."))
    turns = np.linspace(0, 2 * np.pi, 721)
    fall = [loss(X, y, PINS[seed] + 1e-4 * np.array([np.cos(turn), np.sin(turn)])) for turn in turns]
    steepest = turns[np.argmin(fall)]
    np.testing.assert_allclose(along, [np.cos(steepest), np.sin(steepest)], atol=0.01)
    np.testing.assert_allclose(direction(told.layout.annotations[0]), along, atol=1e-3)


@seeds
def test_the_maps_of_a_change_say_where_the_minimum_is_before_and_after_it(seed: int) -> None:
    for X, y in both_kinds(seed):
        for figure, (A, b), opening in (
            (planes.today, (X, y), "Today’s map over ±# with your pin at (#, #)."),
            (planes.then, (X / [3, 1], y), "The map after the change, with your pin at (#, #)."),
        ):
            found = figure(by_hand.surface(A, b), by_hand.fit(A, b, PINS[seed]), by_hand.minimum(A, b))
            near(said(found, opening), [*([REACH] if "±" in opening else []), *PINS[seed]])
            is_true_of_bottom(found, A, b)
            assert place(drawn(found, symbol="circle")[0]) == PINS[seed]


@seeds
def test_the_maps_of_a_penalty_say_where_both_minima_are_and_where_the_path_begins(seed: int) -> None:
    lam = 0.2 + seed
    for X, y in both_kinds(seed):
        n = len(y)
        plain, best = by_hand.minimum(X, y), np.linalg.solve(X.T @ X + n * lam * np.eye(2), X.T @ y)
        path = by_hand.ridge_path(X, y, [0.0, lam, 100.0])
        pins = by_hand.fit(X, y, PINS[seed]), by_hand.fit(X, y, PINS[seed], lam)
        maps = by_hand.surface(X, y), by_hand.surface(X, y, lam)
        penalised = by_hand.minimum(X, y, lam)
        bare, priced = (
            planes.without_penalty(maps[0], pins[0], plain),
            planes.with_penalty(maps[1], pins[1], penalised, path, lam),
        )
        near(
            said(bare, "The plain loss over ±#, lowest at (#, #), with your pin at (#, #)."),
            [REACH, *plain.w, *PINS[seed]],
        )
        near(
            said(priced, "lowest at (#, #), your pin at (#, #) and the ridge path from (#, #) to zero."),
            [*best, *PINS[seed], *plain.w],
        )
        assert place(drawn(priced, symbol="diamond")[0]) == pytest.approx(best)
        twin = planes.twin(maps[1], pins[1], penalised, path, title="T", levels=(0.0, 50.0), mark=palette.DIAMOND)
        near(said(twin, "T: contour over w₁ and w₂ from # to #."), [-REACH, REACH])
        near(said(twin, "Minimum at (#, #), value #."), [*best, loss(X, y, best, lam)])
        near(said(twin, "The pin (#, #) is at #."), [*PINS[seed], loss(X, y, PINS[seed], lam)])
        near(said(twin, "The ridge path leads from (#, #) to zero."), plain.w)
        line = drawn(twin, colour=palette.PATH)[0]
        lengths = np.hypot(line.x, line.y)
        assert all(shorter < longer for longer, shorter in pairwise(lengths))  # it does lead to zero


@seeds
@pytest.mark.parametrize("lam", [0.0, 0.6])
def test_the_ridge_path_says_the_minimum_and_the_condition_number_at_its_lambda(seed: int, lam: float) -> None:
    for X, y in both_kinds(seed):
        path = by_hand.ridge_path(X, y, [0.0, 0.6, 20.0])
        figure = motion.ridge_path(path, by_hand.spectrum(X, y), lam, REACH)
        near(said(figure, "The ridge path from (#, #) to zero."), np.linalg.lstsq(X, y, rcond=1e-9)[0])
        *told, condition = said(figure, "At λ = # the minimum is at (#, #) and the condition number is #.")
        if lam:
            normal = X.T @ X + len(y) * lam * np.eye(2)
            near([*told, condition], [lam, *np.linalg.solve(normal, X.T @ y), np.linalg.cond(normal)])
        else:
            assert np.isinf(condition) == (np.linalg.matrix_rank(X) == 1)
            assert np.isinf(condition) or condition == pytest.approx(np.linalg.cond(X) ** 2, rel=1e-3)
        assert place(drawn(figure, symbol="diamond")[0]) == pytest.approx(told[1:], rel=1e-3)


@seeds
def test_the_growing_bowl_says_where_the_bottom_of_all_points_is(seed: int) -> None:
    X, y = by_hand.some(seed, 2, 4)
    stages = [by_hand.surface(X[:k], y[:k], n=9) for k in range(1, 5)]
    best = by_hand.minimum(X, y)
    figure = motion.growing_bowl(stages, best, ("slope", "intercept"))
    near(said(figure, "The bottom is at (#, #), loss #."), [*best.w, loss(X, y, best.w)])
    assert "the loss of a line over its slope and its intercept" in text(figure)
    assert figure.layout.title.text == "The loss of every line, for 4 points"


def test_the_key_names_every_idea_with_its_look() -> None:
    assert [part.split(": ")[0] for part in text(palette.key()).split("; ") if part.split(": ")[0] in palette.SIGNS]
    for idea, sign in palette.SIGNS.items():
        assert f"{idea}: {sign.words}" in text(palette.key())


def test_what_is_drawn_on_a_picture_later_leaves_its_words_alone() -> None:
    X, y = by_hand.some(0, 2)
    figure = palette.described(
        planes.contour(by_hand.surface(X, y), by_hand.fit(X, y, PINS[0]), by_hand.minimum(X, y), title="T"), "Said."
    )
    planes.with_path(figure, by_hand.ridge_path(X, y, [0.0, 1.0]))
    assert text(figure) == "Said."
    assert text(palette.described(figure, "Said anew.")) == "Said anew."


PARTS = {"landscape", "contour", "space", "with_path", "beneath"}
"""What pictures are made of and made from: a step never shows one of them as it is."""


@pytest.mark.parametrize("module", [curves, motion, planes, points], ids=lambda module: str(module.__name__))
def test_no_picture_is_without_a_test_of_its_words(module: ModuleType) -> None:
    found = {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and inspect.signature(function).return_annotation == "go.Figure"
    }
    here = inspect.getsource(inspect.getmodule(test_no_picture_is_without_a_test_of_its_words))  # type: ignore[arg-type]
    short = module.__name__.rpartition(".")[2]
    assert found - PARTS
    assert {name for name in found - PARTS if f"{short}.{name}" not in here} == set()
