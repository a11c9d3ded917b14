"""What a prediction says to a pin, on any data: right only near the answer, and every reply true of the pin it is for.

Data in, verdict out: no page is opened here. Every number comes a second time, from numpy or fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import hypot, inf

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engine import landscape, minimum
from engine.loss import fit_at
from engine.records import Array, Fit, Minimum, Source, Spectrum
from lessons import l2, one_weight, two_weights
from lessons.kit.predict import Question, Slip, judge, why_not
from lessons.words import SUPERSCRIPT, num

whole = st.integers(-9, 9).map(float)
places = st.integers(-100, 100).map(lambda step: step / 100)  # of the reach: where the sliders can go


@dataclass(frozen=True)
class Case:
    """A prediction on some data: the question, today's minimum, a twentieth of what the picture reaches, and X, y and λ
    of the loss that answers it."""

    question: Question
    today: Minimum
    finger: float
    X: Array
    y: Array
    lam: float = 0.0

    def loss(self, w: Array) -> float:
        return float(np.mean((self.y - self.X @ w) ** 2) + self.lam * w @ w)

    def off(self, w: Array) -> float:
        """The distance from `w` to the nearest minimum, by numpy."""
        H = self.X.T @ self.X + len(self.y) * self.lam * np.eye(len(w))
        best = np.linalg.lstsq(H, self.X.T @ self.y, rcond=1e-12)[0]
        return float(np.linalg.norm(np.linalg.pinv(H, rcond=1e-12) @ H @ (w - best)))


def nearest(slip: Slip, w: Array) -> float:
    """The distance from `w` to a misconception's place: the least over many points of it."""
    start, end = np.array(slip.at), np.array(slip.to or slip.at)
    shares = np.linspace(0, 1, 2001 if slip.to else 1)[:, None]
    return float(np.linalg.norm(start + shares * (end - start) - w, axis=1).min())


@st.composite
def tables(draw: st.DrawFn, weights: int) -> tuple[Array, Array]:
    """Small whole numbers, in any unit; two features are sometimes multiples of each other, or one constant."""
    n = draw(st.integers(2, 7))
    X = np.array(draw(st.lists(st.lists(whole, min_size=weights, max_size=weights), min_size=n, max_size=n)))
    y = np.array(draw(st.lists(whole, min_size=n, max_size=n)))
    if weights == 2:
        shape = draw(st.sampled_from(["any", "any", "valley", "constant", "square"]))
        if shape == "valley":
            X[:, 1] = X[:, 0] * draw(st.sampled_from([1.0, 2.0, -0.5]))
        elif shape == "constant":
            X[:, 1] = 1.0
        elif shape == "square":
            X = np.array([[3.0, 0.0], [0.0, draw(st.sampled_from([1.0, 3.0]))]] * (n // 2))
            y = y[: len(X)]
    assume((np.abs(X).max(0) > 0).all())
    units = draw(st.sampled_from([1e-3, 1.0, 1e3]))
    X = X * units
    w = minimum.minimum(X, y).w
    assume(np.abs(w).max() > 1e-9 * landscape.reach(X, y))
    return X, y


def asking(now: tuple[Array, Array], then: tuple[Array, Array], lam: float, slips: tuple[Slip, ...]) -> Case:
    """A question about the data `now`, answered by the loss of `then` with its penalty."""
    X, y = then
    hessian = 2 / len(y) * X.T @ X + 2 * lam * np.eye(X.shape[1])
    reach = landscape.reach(*now)
    asks = Question(minimum.minimum(X, y, lam), hessian, reach, slips)
    return Case(asks, minimum.minimum(*now), reach / 20, X, y, lam)


def one(X: Array, y: Array, asked: str) -> Case:
    """A question about one weight, the change of the data made by hand."""
    w, x = float(X[:, 0] @ y / (X[:, 0] @ X[:, 0])), float(max(X[:, 0], key=abs))
    if asked == "far":
        return asking((X, y), (X, y), float(np.mean(X**2)), l2.far_slips(w))
    outlier = minimum.outlier(X, y)
    then = {
        "double": (X, 2 * y),
        "outlier": (np.append(X, [[x]], axis=0), np.append(y, outlier)),
        "units": (X * 2.54, y),
    }[asked]
    return asking((X, y), then, 0.0, one_weight.slips(asked, w, outlier / x))


def units(X: Array, y: Array) -> tuple[Case, int]:
    today, reach = minimum.minimum(X, y), landscape.reach(X, y)
    k = two_weights.times(today.w[0], reach)
    return asking((X, y), (X / [k, 1], y), 0.0, two_weights.unit_slips(k, today, reach)), k


def way(X: Array, y: Array) -> tuple[Case, Spectrum]:
    today, reach, shape = minimum.minimum(X, y), landscape.reach(X, y), minimum.spectrum(X, y)
    slips = l2.way_slips(today.w, reach / 20, l2.is_straight(today.w, shape))
    return asking((X, y), (X, y), l2.bending(*shape.values), slips), shape


def fair(case: Case, w: Array, right: bool, score: str) -> None:
    """What must hold of every verdict: right means near in distance and in loss, and nearest to the answer."""
    off, excess = case.off(w), case.loss(w) - case.loss(case.question.best.w)
    loss = max(case.loss(w), case.loss(case.today.w))
    shown = case.question.excess(tuple(w))
    assert shown == pytest.approx(excess, rel=1e-6, abs=1e-9 * loss)
    assert f"**{num(shown)}** more than the bottom" in score
    curvatures = np.linalg.eigvalsh(2 / len(case.y) * case.X.T @ case.X + 2 * case.lam * np.eye(len(w)))
    allowed = curvatures.mean() / 2 * case.finger**2
    away = min(nearest(slip, w) for slip in case.question.slips)
    slack = 1e-3 * case.finger
    if right:
        assert off <= case.finger + slack
        assert off <= away + slack
        assert excess <= allowed * 1.001 + 1e-9 * loss
    elif off <= case.finger - slack and off < away - slack:
        assert excess >= allowed * 0.999 - 1e-9 * loss


ASKED = ("double", "outlier", "units", "far")


@given(data=tables(1), asked=st.sampled_from(ASKED), place=places)
def test_one_weight_what_is_said_of_a_guess_is_true_of_it(data: tuple[Array, Array], asked: str, place: float) -> None:
    case = one(*data, asked)
    w, best = case.today.w[0], case.question.best.w[0]
    guess = place * landscape.reach(*data) * np.sign(w)
    other = l2.far_elsewhere(guess / w) if asked == "far" else one_weight.elsewhere(asked, guess / w, best / w)
    verdict = judge(case.question, (guess,), other)
    fair(case, np.array([guess]), verdict.right, verdict.score)
    way_there = (guess - w) / (best - w)
    holds = {
        "Close enough": verdict.right,
        "You expect no move": abs(guess - w) <= case.finger * 1.001,
        "That is the other way": way_there < 0,
        "away from zero": way_there < 0,
        "The direction is right": 0 < way_there < 1,
        "far enough": 0 < way_there < 1,
        "Too far": way_there > 1,
        "past zero": guess / w <= 0,
        "the bottom of the penalty alone": abs(guess) <= case.finger * 1.001,
    }
    said = [true for words, true in holds.items() if words.lower() in verdict.reply.lower()]
    assert said, verdict.reply
    assert all(said), verdict.reply


@given(data=tables(1), asked=st.sampled_from(ASKED))
def test_one_weight_the_answer_is_right_and_in_the_picture_and_each_misconception_wrong(
    data: tuple[Array, Array], asked: str
) -> None:
    case = one(*data, asked)
    best = case.question.best.w[0]
    assert abs(best) <= landscape.reach(*data) + case.finger
    if why := why_not(case.question):
        assert min(nearest(slip, case.question.best.w) for slip in case.question.slips) < case.finger * 1.001
        assert asked == "units", why
        return
    assert judge(case.question, (best,), "").right
    for slip in case.question.slips:
        verdict = judge(case.question, slip.at, "")
        assert not verdict.right
        assert verdict.reply == slip.reply


def test_one_weight_each_misconception_is_where_its_reasoning_leads() -> None:
    x, y = [Fraction(v) for v in (1, 2, 3, 4)], [Fraction(v) for v in (2, 4, 5, 4)]
    w = sum(a * b for a, b in zip(x, y, strict=True)) / sum(a * a for a in x)
    inch = Fraction(254, 100)

    def of(asked: str) -> list[float]:
        return [slip.at[0] for slip in one_weight.slips(asked, float(w), 7.5)]

    assert of("double") == pytest.approx([float(w), float(2**2 * w)])
    assert of("outlier") == pytest.approx([float(w), 7.5])
    assert of("units") == pytest.approx([float(each) for each in (w, w * inch, w / inch**2, 0)])
    assert [slip.at[0] for slip in l2.far_slips(float(w))] == pytest.approx([float(w), 0])


@pytest.mark.parametrize(
    ("asked", "replies"),
    [
        ("double", [(0.99, "other way"), (1.99, "direction is right"), (2.99, "no more than that"), (9, "fourfold")]),
        ("outlier", [(0.99, "other way"), (1.99, "not far enough"), (9, "hold it back")]),
        (
            "units",
            [
                (-0.01, "flat"),
                (0.39, "2.54²"),
                (0.4, "direction is right"),
                (0.99, "direction is right"),
                (1.01, "other way"),
            ],
        ),
    ],
)
def test_one_weight_the_reply_changes_where_the_answer_and_today_are(
    asked: str, replies: list[tuple[float, str]]
) -> None:
    best = 1 / 2.54 if asked == "units" else 2.0
    for multiple, words in replies:
        assert words in one_weight.elsewhere(asked, multiple, best)
    said = [one_weight.elsewhere(asked, multiple, best) for multiple in np.linspace(-2, 5, 701)]
    assert set(said) == {one_weight.elsewhere(asked, multiple, best) for multiple, _ in replies}


@pytest.mark.parametrize(
    ("multiple", "words"),
    [
        (-0.01, "past zero"),
        (0.01, "Too far"),
        (0.49, "Too far"),
        (0.51, "Not far enough"),
        (0.99, "Not far enough"),
        (1.01, "away from zero"),
    ],
)
def test_how_far_the_reply_changes_at_zero_half_way_and_today(multiple: float, words: str) -> None:
    assert words in l2.far_elsewhere(multiple)


def test_one_weight_the_lowest_loss_goes_or_stays() -> None:
    assert one_weight.lowest("double", 1.5, 6.0) == "The lowest loss goes from 1.5 to 6."
    assert one_weight.lowest("double", 0.0, 0.0) == "The lowest loss stays 0."
    assert one_weight.lowest("units", 1.5, 1.5 + 1e-15) == "The lowest loss stays 1.5."


@given(data=tables(2), place=st.tuples(places, places))
def test_units_what_is_said_of_a_pin_is_true_of_it(data: tuple[Array, Array], place: tuple[float, float]) -> None:
    case, k = units(*data)
    w = np.array(place) * landscape.reach(*data)
    verdict = judge(case.question, tuple(w), two_weights.every_minimum(k))
    fair(case, w, verdict.right, verdict.score)
    gap = w - case.today.w
    gap -= case.today.flat.T @ case.today.flat @ gap
    holds = {
        "Close enough": verdict.right,
        "Near, but on a steep side": case.off(w) <= case.finger * 1.001,
        "You expect no move": np.linalg.norm(gap) <= case.finger * 1.001,
        "the other way": abs(w[0]) < abs(case.today.w[0]) or np.sign(w[0]) != np.sign(case.today.w[0]),
        "You moved w₂": w[1] != case.today.w[1],
        "You moved both": w[0] != case.today.w[0] and w[1] != case.today.w[1],
        "every minimum gets a w₁": True,
    }
    said = [true for words, true in holds.items() if words in verdict.reply]
    assert said, verdict.reply
    assert all(said), verdict.reply


@given(data=tables(2))
def test_units_what_the_reply_says_of_every_minimum_holds(data: tuple[Array, Array]) -> None:
    case, k = units(*data)
    assert k * abs(case.today.w[0]) <= 0.85 * landscape.reach(*data)
    moved = case.today.w * [k, 1]
    assert case.off(moved) <= 1e-6 * np.linalg.norm(moved)
    for slip, (times1, times2) in zip(case.question.slips[-4:], [(1 / k, 1), (1, k), (1, 1 / k), (k, k)], strict=True):
        assert slip.at == pytest.approx(case.today.w * [times1, times2])
    for slip in case.question.slips[:-4]:
        assert slip.at == pytest.approx(case.today.w)
        assert all(np.linalg.norm(data[0] @ (np.array(end) - case.today.w)) < 1e-6 for end in [slip.to] if end)


@pytest.mark.parametrize(("w1", "k"), [(0.0, 10), (0.085, 10), (0.0851, 5), (0.17, 5), (0.1701, 2), (-0.4, 2)])
def test_the_unit_grows_as_much_as_the_picture_has_room_for(w1: float, k: int) -> None:
    assert two_weights.times(w1 * 20, 20.0) == k


@given(data=tables(2), place=st.tuples(places, places))
def test_which_way_what_is_said_of_a_pin_is_true_of_it(data: tuple[Array, Array], place: tuple[float, float]) -> None:
    case, shape = way(*data)
    today, best, w = case.today.w, case.question.best.w, np.array(place) * landscape.reach(*data)
    path = l2.STRAIGHT if l2.is_straight(today, shape) else l2.BENT
    verdict = judge(case.question, tuple(w), l2.way_elsewhere(tuple(w), case.today, case.question.best, path))
    fair(case, w, verdict.right, verdict.score)
    crossed = abs(best[0] * today[1] - best[1] * today[0]) / np.linalg.norm(best) / np.linalg.norm(today)
    beside_best = abs(w[0] * best[1] - w[1] * best[0]) / np.linalg.norm(best)
    beside_line = abs(w[0] * today[1] - w[1] * today[0]) / np.linalg.norm(today)
    holds = {
        "Close enough": verdict.right,
        "Near, but on a steep side": case.off(w) <= case.finger * 1.001,
        "You expect no move": np.linalg.norm(w - today) <= case.finger * 1.001,
        "Only an infinite λ gets there": np.linalg.norm(w) <= case.finger * 1.001,
        "farther from zero than": np.linalg.norm(w) > np.linalg.norm(today),
        "You go straight to zero.": beside_line <= case.finger * 1.001,
        "so the path bends": crossed > 1e-10,
        "runs straight to it": crossed < 1e-7,
        "The direction from zero is right": w @ best > 0 and beside_best <= 0.1 * np.linalg.norm(w),
        "the distance is not": abs(np.linalg.norm(w) - np.linalg.norm(best)) > beside_best,
        "Not there.": not verdict.right,
    }
    said = [true for words, true in holds.items() if words in verdict.reply]
    assert said, verdict.reply
    assert all(said), (verdict.reply, holds)


@given(data=tables(2))
def test_which_way_the_numbers_of_the_path_are_those_of_the_path(data: tuple[Array, Array]) -> None:
    X, y = data
    case, shape = way(X, y)
    values, vectors = np.linalg.eigh(2 / len(y) * X.T @ X)
    w = np.linalg.lstsq(X, y, rcond=1e-12)[0]
    said = l2.path_said(case.today.w, shape, case.lam)
    parts = np.abs(vectors.T @ w)
    if "straight" in said:
        assert parts.min() <= 1e-7 * np.linalg.norm(w) or values[1] - values[0] <= 1e-7 * values[1]
        return
    assume(parts.min() > 1e-6 * np.linalg.norm(w) and values[0] > 1e-6 * values[1])

    def at(lam: float) -> Array:
        return np.asarray(np.linalg.solve(X.T @ X / len(y) + lam * np.eye(2), X.T @ y / len(y)))

    # What is left along each axis, from the penalised minimum itself.
    left = np.abs(vectors.T @ at(case.lam)) / parts
    for curvature, part in zip(shape.values, left, strict=True):
        assert l2.left_of(curvature, case.lam) == pytest.approx(part, rel=1e-6)
    assert f"{num(100 * l2.left_of(shape.values[0], case.lam), 3)} % of w is left, along the steepest " in said
    assert f"steepest {num(100 * l2.left_of(shape.values[1], case.lam), 3)} %" in said
    # The start of the path, from two minima close together.
    small = 1e-6 * values[0]
    start = vectors.T @ (at(small) - at(0.0))
    angle = float(np.degrees(np.arctan2(abs(start[1]), abs(start[0]))))
    assert l2.sets_out(case.today.w, shape) == pytest.approx(angle, rel=1e-3, abs=0.02)
    assert f"It sets out at {num(l2.sets_out(case.today.w, shape), 2)}° to the flattest axis" in said


def test_which_way_lambda_is_where_the_path_bends_most() -> None:
    assert l2.bending(0.0, 8.0) == 4.0
    flat, steep = 0.5, 18.0
    lams = np.linspace(0.01, 20, 20_000)
    bend = steep / (steep + 2 * lams) - flat / (flat + 2 * lams)
    assert l2.bending(flat, steep) == pytest.approx(lams[bend.argmax()], abs=0.01)
    assert l2.bending(1.0, 7.0) == 1.3  # two digits


@pytest.mark.parametrize(
    ("flat", "w", "straight"),
    [
        (1.0, (1.0, 0.001), False),
        (1.0, (0.001, 1.0), False),
        (1.0, (1.0, 0.0), True),
        (1.0, (1e-12, 1.0), True),
        (1.99, (1.0, 1.0), False),
        (2.0, (1.0, 1.0), True),
    ],
)
def test_which_way_a_path_is_straight_only_to_rounding(flat: float, w: tuple[float, float], straight: bool) -> None:
    shape = Spectrum(np.diag([flat, 2.0]), np.array([flat, 2.0]), np.eye(2), 2 / flat)
    assert l2.is_straight(np.array(w), shape) == straight


@pytest.mark.parametrize(
    ("w", "words"),
    [
        ((0.0, 5.01), "farther from zero"),
        ((0.0, 4.99), "Not there."),
        ((3.9, 0.0), "The direction from zero is right"),
        ((3.9, 0.3), "The direction from zero is right"),
        ((4.5, 0.5), "Not there."),  # beside it by more than a tenth
        ((2.2, 0.1), "Not there."),  # as near in distance as in direction
        ((-3.9, 0.0), "Not there."),
    ],
)
def test_which_way_the_reply_tells_a_wrong_direction_from_a_wrong_distance(w: tuple[float, float], words: str) -> None:
    today, best = (Minimum(np.array(each), 0.0, 0.0, np.empty((0, 2))) for each in ([3.0, 4.0], [2.0, 0.0]))
    assert words in l2.way_elsewhere(w, today, best, "")


def test_which_way_the_misconceptions_are_today_zero_and_the_line_between() -> None:
    stays, zero, line = l2.way_slips(np.array([3.0, 4.0]), 0.5, straight=False)
    assert (stays.at, zero.at) == ((3.0, 4.0), (0.0, 0.0))
    # A finger short of either end, where the other two stand.
    assert line.at == pytest.approx((0.3, 0.4))
    assert line.to == pytest.approx((2.7, 3.6))
    assert len(l2.way_slips(np.array([3.0, 4.0]), 0.5, straight=True)) == 2


def bowl(X: list[list[float]], y: list[float]) -> tuple[Array, Array]:
    return np.array(X), np.array(y)


def test_a_guess_is_told_from_the_straight_line_on_the_correlated_pair() -> None:
    # ρ = 0.8 exactly, and w* = (2, 1): the line to zero runs a third from the answer.
    X, y = bowl([[3, 3], [-3, -3], [1, -1], [-1, 1]], [9, -9, 1, -1])
    case, _ = way(X, y)
    assert case.today.w == pytest.approx([2, 1])
    assert not judge(case.question, (1.5, 0.75), "").right
    assert "You go straight to zero" in judge(case.question, (1.5, 0.75), "").reply
    assert judge(case.question, tuple(case.question.best.w), "").right


def test_in_a_valley_every_minimum_is_right_and_todays_valley_is_no_move() -> None:
    case, k = units(*bowl([[1, 1], [2, 2], [3, 3]], [2, 4, 6]))
    assert k == 2
    # Then w₁/2 + w₂ = 2, all of it.
    for w in ((0.0, 2.0), (2.0, 1.0), (4.0, 0.0), (0.8, 1.6), (-4.0, 4.0)):
        assert judge(case.question, w, "").right, w
        assert case.question.excess(w) == 0
    for w in ((1.0, 1.0), (2.0, 0.0), (3.0, -1.0)):
        assert "You expect no move" in judge(case.question, w, "").reply
    assert not judge(case.question, (0.1, 1.9), "").right


def test_on_a_steep_side_a_finger_in_distance_is_too_far_in_loss() -> None:
    best = Minimum(np.array([1.0, 1.0]), 0.0, 0.0, np.empty((0, 2)))
    asks = Question(best, np.diag([0.0002, 2.0]), 1.0, (Slip("zero", (0.0, 0.0), "zero"),))
    # On average over directions a finger of 0.05 costs (2.0002/2)/2 · 0.05².
    assert asks.allowed == pytest.approx(0.001250125)
    assert judge(asks, (1.049, 1.0), "").right
    assert not judge(asks, (1.051, 1.0), "").right
    assert judge(asks, (1.0, 1.035), "").right
    steep = judge(asks, (1.0, 1.04), "")
    assert not steep.right
    assert "on a steep side" in steep.reply
    assert judge(asks, (1.0, 1.06), "elsewhere").reply == "elsewhere"


@pytest.mark.parametrize(("distance", "asked"), [(0.0, False), (0.049, False), (0.051, True)])
def test_a_question_whose_answer_lies_a_finger_from_a_misconception_is_not_asked(distance: float, asked: bool) -> None:
    best = Minimum(np.array([0.5]), 0.0, 0.0, np.empty((0, 1)))
    asks = Question(best, np.array([[1.0]]), 1.0, (Slip("zero", (0.0,), ""), Slip("somewhere", (0.5 + distance,), "")))
    why = why_not(asks)
    assert (why == "") == asked
    assert asked or "within a finger’s width of somewhere, and no pin could tell the two apart." in why


@pytest.mark.parametrize(
    ("w", "away"), [((0, 0), 5), ((3, 4), 0), ((6, 8), 0), ((5.62, 5.16), 1.4), ((9, 12), 5), ((3, 0), 4), ((10, 5), 5)]
)
def test_the_distance_to_a_line_of_places_ends_where_the_line_does(w: tuple[float, float], away: float) -> None:
    assert Slip("", (3.0, 4.0), "", (6.0, 8.0)).away(w) == pytest.approx(away)
    assert Slip("", (3.0, 4.0), "").away(w) == pytest.approx(np.hypot(w[0] - 3, w[1] - 4))


def test_a_line_of_places_through_the_answer_blurs_it_and_a_valley_that_crosses_another_does_not() -> None:
    across = Slip("a line", (-1.0, 0.5), "", (1.0, 0.5))
    point = Minimum(np.array([0.5, 0.5]), 0.0, 0.0, np.empty((0, 2)))
    valley = Minimum(np.array([0.5, 0.5]), 0.0, 0.0, np.array([[0.5**0.5, -(0.5**0.5)]]))
    assert why_not(Question(point, np.eye(2), 1.0, (across,)))
    assert not why_not(Question(valley, np.ones((2, 2)), 1.0, (across,)))
    assert why_not(Question(valley, np.ones((2, 2)), 1.0, (Slip("along it", (1.0, 0.0), ""),)))


@pytest.mark.parametrize(("w", "nearest_is"), [(0.524, "Close"), (0.526, "slip"), (0.551, "slip"), (0.601, "else")])
def test_between_answer_and_misconception_the_nearer_one_decides(w: float, nearest_is: str) -> None:
    best = Minimum(np.array([0.5]), 0.0, 0.0, np.empty((0, 1)))
    asks = Question(best, np.array([[1.0]]), 1.0, (Slip("beside", (0.55,), "slip"),))
    assert judge(asks, (w,), "else").reply.startswith(nearest_is)


def matches(asks: Question, X: Array, y: Array, lam: float, reach: float) -> None:
    """The answer, the curvature and the picture of a question, by numpy."""
    H = X.T @ X / len(y) + lam * np.eye(X.shape[1])
    assert asks.best.w == pytest.approx(np.linalg.solve(H, X.T @ y / len(y)))
    assert asks.hessian == pytest.approx(2 * H)
    assert asks.reach == reach


def test_the_questions_of_the_lessons_are_about_their_data() -> None:
    x, y = np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([2.0, 4.0, 5.0, 4.0])
    article, line = Source("article", 1), Source("line", 2)
    matches(one_weight.question(article, "double"), x, 2 * y, 0, 5)
    matches(one_weight.question(article, "units"), 2.54 * x, y, 0, 5)
    # (41 + 4t)/(30 + 16) is about twice 41/30 for t = 21.2; to one digit, 20.
    outlier = one_weight.question(article, "outlier")
    matches(outlier, np.append(x, [[4.0]], axis=0), np.append(y, 20.0), 0, 5)
    assert [slip.at for slip in outlier.slips] == [(pytest.approx(41 / 30),), (20 / 4,)]
    X = np.column_stack([x, np.ones(4)])
    matches(two_weights.units_question(line), X / [5, 1], y, 0, 5)
    assert two_weights.units_question(line).slips[-1].at == pytest.approx((5 * 0.7, 5 * 2.0))
    way_asked = l2.way_question(line)
    matches(way_asked, X, y, l2.bending(*np.linalg.eigvalsh(2 / 4 * X.T @ X)), 5)
    assert hypot(*way_asked.slips[2].at) == pytest.approx(0.25)  # a finger from zero, on the straight line
    assert len(l2.way_question(Source("article", 2)).slips) == 2


# Which way is down?


def stand(X: Array, y: Array, place: tuple[float, float]) -> tuple[Fit, Minimum, Spectrum, float]:
    reach = landscape.reach(X, y)
    w = (place[0] * reach, place[1] * reach)
    return fit_at(w, X, y), minimum.minimum(X, y), minimum.spectrum(X, y), reach


def aim(degrees: float) -> tuple[float, float]:
    return float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))


def read(text: str) -> float:
    """The number that `num` wrote."""
    digits, _, power = text.partition("×10")
    plain = power.translate({ord(each): chr(digit) for digit, each in zip(SUPERSCRIPT, "⁻⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)})
    return float(f"{digits}e{plain or 0}")


def angle(a: Array | tuple[float, float], b: Array | tuple[float, float]) -> float:
    cosine = np.dot(a, b) / np.linalg.norm(a) / np.linalg.norm(b)
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


FINGER_DEGREES = float(np.degrees(np.arctan(1 / 7)))  # 0.05 beside an arrow of 0.35


@given(data=tables(2), place=st.tuples(places, places), degrees=st.integers(0, 359))
def test_what_is_said_of_a_direction_is_true_of_it(
    data: tuple[Array, Array], place: tuple[float, float], degrees: int
) -> None:
    fit, best, shape, reach = stand(*data, place)
    steepest = np.linalg.norm(fit.gradient)
    assume(steepest > 1e-9 * shape.values[-1] * reach)
    assume(angle(-fit.gradient, best.w - fit.w) > FINGER_DEGREES)  # else nothing is asked
    verdict = two_weights.judge_way(aim(degrees), fit, best)
    off, beside_star = angle(aim(degrees), -fit.gradient), angle(aim(degrees), best.w - fit.w)
    if verdict.right:
        assert off <= FINGER_DEGREES + 1e-4
        assert off <= beside_star + 1e-4
    else:
        assert off >= min(FINGER_DEGREES, beside_star) - 1e-4
    valley = np.linalg.matrix_rank(data[0]) == 1
    holds = {
        "You keep": verdict.right,
        "Straight at the star.": beside_star <= FINGER_DEGREES + 1e-4 and not valley,
        "shortest of the minima": beside_star <= FINGER_DEGREES + 1e-4 and valley,
        "gradient itself": off >= 180 - FINGER_DEGREES - 1e-4,
        "nearly along the ring": abs(off - 90) <= FINGER_DEGREES + 1e-4,
        "That way is up": off > 90,
        "It goes down, but": 0 < off < 90,
    }
    said = [true for words, true in holds.items() if words in verdict.reply]
    assert said, verdict.reply
    assert all(said), (verdict.reply, off, beside_star)
    # The slope that way, by a step both ways.
    step = 1e-3 * reach
    X, y = data
    up, down = (np.mean((y - X @ (fit.w + sign * step * np.array(aim(degrees)))) ** 2) for sign in (1, -1))
    slope = float(up - down) / (2 * step)
    assert f"the steepest way, it falls by **{num(float(steepest))}**" in verdict.score
    if abs(slope) > 1e-6 * steepest:
        verb, size = verdict.score.removeprefix("Your way, the loss ").split("** for")[0].split(" by **")
        assert verb == ("rises" if slope > 0 else "falls")
        assert read(size) == pytest.approx(abs(slope), rel=1e-3)


@pytest.mark.parametrize(
    ("beside_star", "flat", "off", "words"),
    [
        (8.1, 0, 60, "on neither"),
        (8.1, 1, 60, "shortest of the minima"),
        (8.2, 0, 60, "It goes down"),
        (90, 0, 171.8, "That way is up"),
        (90, 0, 171.9, "gradient itself"),
        (90, 0, 98.1, "along the ring"),
        (90, 0, 98.2, "That way is up"),
        (90, 0, 81.9, "along the ring"),
        (90, 0, 81.8, "It goes down"),
    ],
)
def test_the_reply_to_a_direction_changes_a_fingers_width_from_each(
    beside_star: float, flat: int, off: float, words: str
) -> None:
    assert words in two_weights.way_reply(off, beside_star, flat)


@example(kappa=1.32, turn=45)
@example(kappa=1.34, turn=45)
@given(kappa=st.floats(1, 1e6), turn=st.floats(0, 90))
def test_in_a_bowl_called_round_the_star_is_everywhere_within_a_finger_of_down(kappa: float, turn: float) -> None:
    gap = np.array(aim(turn))
    apart = angle(np.diag([1.0, kappa]) @ gap, gap)
    if two_weights.round_bowl(kappa):
        assert apart <= FINGER_DEGREES + 1e-4
    widest = np.diag([1.0, kappa]) @ np.array([kappa**0.5, 1.0]), np.array([kappa**0.5, 1.0])
    assert two_weights.round_bowl(kappa) == (angle(*widest) < two_weights.AIMED)


def test_a_direction_nearer_to_the_star_than_to_the_steepest_way_is_not_right() -> None:
    # H = diag(1, 1.42)·c, from a pin at 45° to the axes: down and the star are 9.8° apart.
    data = bowl([[1, 0], [0, 1.42**0.5]], [0, 0])
    fit, best = fit_at((1.0, 1.0), *data), minimum.minimum(*data)
    down = 180 + float(np.degrees(np.arctan(1.42)))
    assert two_weights.judge_way(aim(down - 4), fit, best).right
    beside = two_weights.judge_way(aim(down - 6), fit, best)
    assert not beside.right
    assert beside.reply.startswith("Straight at the star.")


def test_a_valley_is_no_round_bowl() -> None:
    assert not two_weights.round_bowl(inf)


@pytest.mark.parametrize(
    ("X", "y", "w", "said"),
    [
        # Round: H is 2I/2. On an axis. In a valley, from anywhere: straight to the nearest minimum.
        ([[1, 0], [0, 1]], [3, 4], (1, -2), "here also the way to the minimum"),
        ([[2, 0], [0, 1]], [6, 4], (3, -2), "here also the way to the minimum"),
        ([[1, 1], [2, 2]], [2, 4], (-1, 2.5), "here also the way to the nearest minimum"),
        ([[3, 3], [-3, -3], [1, -1], [-1, 1]], [9, -9, 1, -1], (-1, 2), "the minimum lies along (3, −1), "),
    ],
)
def test_the_way_down_is_called_the_way_to_the_minimum_only_where_it_is(
    X: list[list[float]], y: list[float], w: tuple[float, float], said: str
) -> None:
    data = bowl(X, y)
    fit, best = fit_at(w, *data), minimum.minimum(*data)
    assert two_weights.to_minimum(fit, best, 20.0).startswith(said)


def test_the_angle_to_the_minimum_is_said_also_where_it_is_small() -> None:
    # H = diag(1, 1.08)·c, from a pin at 45° to the axes: tan of the angles is 1 and 1.08.
    data = bowl([[1, 0], [0, 1.08**0.5]], [0, 0])
    said = two_weights.to_minimum(fit_at((1.0, 1.0), *data), minimum.minimum(*data), 2.0)
    degrees = float(np.degrees(np.arctan(1.08) - np.arctan(1)))
    assert f"{num(degrees, 2)}° beside it" in said
    assert num(degrees, 2) == "2.2"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (inf, inf, "The valley turns."),
        (12.0, 3.0, "goes from 12 to **3**"),
        (2.0, 2.0, "happens to stay 2"),
    ],
)
def test_what_a_unit_did_to_the_shape(before: float, after: float, said: str) -> None:
    assert said in two_weights.new_shape(before, after)
