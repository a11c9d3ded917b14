"""Lesson 1: its numbers against numpy, what it asks answered a second time, and what odd points do to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import landscape, minimum
from engine.records import Array, Source
from lessons import one_weight
from lessons.words import num, tex
from tests.app import answer, charts, healthy, open_page, press, replies, text
from tests.lessons.proofs import Case, Proofs, Trial, Wrong, hessian, loss, lstsq, points, reach, solve
from tests.lessons.shell.test_your_data import own
from tests.lessons.test_drive import driven, stands
from tests.lessons.test_formulas import numbers_in, said_on
from tests.lessons.verdicts import Asked, answered_rightly, asking, guess_told_truly, matches, places, tables

KINDS = ("article", "tips")
"""The data sets whose predictions are proved here."""


def own_minima(X: Array, y: Array) -> Array:
    """Of each point not at x = 0, the weight whose line meets it."""
    there = X[:, 0] != 0
    return np.asarray(y[there] / X[there, 0])


def muted_pull(X: Array, y: Array) -> bool:
    """Whether w* is the same with and without one more point on its line; and without one of the points on it, as long
    as not all others are at x = 0."""
    w = solve(X[:, :1], y)
    kept = bool(np.isclose(solve(np.append(X[:, :1], [[5.0]], axis=0), np.append(y, 5 * w[0])), w))
    for i in range(len(y)):
        rest = np.arange(len(y)) != i
        if X[rest, 0].any() and X[i, 0] and np.isclose(y[i], X[i, 0] * w[0]):
            kept &= bool(np.isclose(solve(X[rest, :1], y[rest]), w))
    return kept


CLAIMS: dict[str, Trial] = {
    "It is never below the smallest nor above the largest of the points’ own minima.": lambda X, y, pin: bool(
        own_minima(X, y).min() - 1e-9 <= solve(X[:, :1], y)[0] <= own_minima(X, y).max() + 1e-9
    ),
    "It is the plain average of the points’ own minima.": lambda X, y, pin: bool(
        np.isclose(solve(X[:, :1], y)[0], np.mean(own_minima(X, y)))
    ),
    "At w*, the errors add up to zero.": lambda X, y, pin: abs((y - X[:, :1] @ solve(X[:, :1], y)).sum()) < 1e-9,
    "Muting a point whose own minimum is exactly w* leaves w* where it is, if the other points are "
    "not all at x = 0.": lambda X, y, pin: muted_pull(X, y),
    "The minimum w* becomes 10 times as large.": lambda X, y, pin: bool(
        np.isclose(solve(X[:, :1] / 10, y), 10 * solve(X[:, :1], y))
    ),
    "The curvature becomes 10 times as small.": lambda X, y, pin: bool(
        np.isclose(hessian(X[:, :1] / 10), hessian(X[:, :1]) / 10)
    ),
    "The lowest loss stays the same.": lambda X, y, pin: bool(
        np.isclose(loss(solve(X[:, :1] / 10, y), X[:, :1] / 10, y), loss(solve(X[:, :1], y), X[:, :1], y))
    ),
    "The bowl becomes wider.": lambda X, y, pin: bool(hessian(X[:, :1] / 10) < hessian(X[:, :1])),
}


def rise(kind: str) -> float:
    """How much more a step of 0.04 of the reach beside the minimum pays."""
    X, y = points(kind, 1)
    return loss(solve(X, y) + 0.04 * reach(kind, 1), X, y) - loss(solve(X, y), X, y)


def cases() -> Iterator[Case]:
    """The predictions on each data set, the change of the data made by hand."""
    for kind in KINDS:
        X, y = points(kind, 1)
        beside = np.append(X, [[X.max()]], axis=0), np.append(y, minimum.outlier(X, y))
        yield Case("one_weight", "double", kind, ("guess",), X, 2 * y)
        yield Case("one_weight", "outlier", kind, ("guess",), *beside)
        yield Case("one_weight", "units", kind, ("guess",), 2.54 * X, y)


CASES = list(cases())


WRONG = {
    "double": Wrong(
        "article",
        (
            ((1,), "expect no move"),
            ((3.2,), "the weight is not squared"),
            ((2.5,), "and no more than that"),
            ((0,), "the other way"),
            ((1.4,), "direction is right"),
        ),
    ),
    "outlier": Wrong(
        "article",
        (
            ((1,), "expect no move"),
            ((3.2,), "hold it back"),
            ((0,), "the other way"),
            ((1.35,), "not far enough"),
        ),
    ),
    "units": Wrong(
        "article",
        (
            ((1,), "expect no move"),
            ((2.54,), "the other way"),
            ((-0.1,), "the line is flat"),
            ((0.15,), "2.54²"),
            ((0.7,), "direction is right"),
        ),
    ),
}


PROOFS = Proofs(
    claims=CLAIMS,
    numbers={
        "loss_at_a_weight": lambda kind: loss(np.array([0.2 * reach(kind, 1)]), *points(kind, 1)),
        "rise_beside_the_minimum": rise,
    },
    cases={ask: tuple(case for case in CASES if case.ask == ask) for ask in ("double", "outlier", "units")},
    wrong=WRONG,
    unasked=(({"ask": "units", "data": "tips", "prep": "centred,scaled"}, "today’s minimum divided by 2.54²"),),
)


@pytest.mark.parametrize("kind", ["article", "tips"])
def test_one_guess(kind: str) -> None:
    X, y = points(kind, 1)
    w = {"article": 0.5, "tips": 0.05}[kind]
    squared = (y - w * X[:, 0]) ** 2
    app = open_page("one_weight", data=kind)
    assert f"**w = {num(w)}**" in text(app)
    assert f"average **{num(squared.mean())}**" in text(app)
    assert f"makes {num(100 * squared.max() / squared.sum(), 2)}% of the loss" in text(app)
    assert num(squared.mean()) in charts(app)[0]
    table = app.dataframe[0].value
    np.testing.assert_allclose(table["squared"], squared, rtol=1e-12)
    np.testing.assert_allclose(table["share"].sum(), 1, rtol=1e-12)


@pytest.mark.parametrize("kind", ["article", "tips"])
def test_every_guess(kind: str) -> None:
    X, y = points(kind, 1)
    (w,), loss = lstsq(kind, 1)
    reach = {"article": 5, "tips": 0.5}[kind]
    grid = np.linspace(-reach, reach, 100)
    losses = np.array([np.mean((y - v * X[:, 0]) ** 2) for v in grid])
    said = text(open_page("one_weight", step="every-guess", data=kind))
    assert f"**w\\* = {num(w, 7)}** with loss **{num(loss, 7)}**" in said
    assert f"lowest of the 100 samples is w = {num(grid[losses.argmin()], 7)}" in said
    assert f"pays {num(losses.min() - loss)} more" in said


@pytest.mark.parametrize(("kind", "muted"), [("article", 0), ("article", 3), ("tips", 0), ("tips", 24)])
def test_where_the_bowl_comes_from(kind: str, muted: int) -> None:
    X, y = points(kind, 1)
    kept = np.arange(1, len(y) + 1) != muted
    w, a, c = ((X[kept, 0] * y[kept]).sum() / (X[kept] ** 2).sum(), (X[kept] ** 2).mean(), (y[kept] ** 2).mean())
    app = open_page("one_weight", step="where-the-bowl-comes-from", data=kind, mute=str(muted))
    said = text(app)
    assert f"**w\\* = {num(w, 7)}**" in said
    assert re.search(rf"a = \\overline{{x\^2}} (=|\\approx) {re.escape(num(a))}\\text", said)
    assert re.search(rf"c = \\overline{{y\^2}} (=|\\approx) {re.escape(num(c))}\}}\$", said)
    assert f"{num(a)}\\,(w - {num(w, 7)})^2 + {num(np.mean((y[kept] - w * X[kept, 0]) ** 2), 7)}" in said
    assert f"lowest at w = {num(w, 7)}" in charts(app)[0]
    assert (f"moves from {num(lstsq(kind, 1)[0][0], 7)}" in said) == bool(muted)


@pytest.mark.parametrize(("w", "way"), [(0.5, "make w larger"), (3.0, "make w smaller")])
def test_the_slope(w: float, way: str) -> None:
    app = open_page("one_weight", step="the-slope", w=str(w))
    assert f"the slope is **{num(15 * w - 20.5)}**" in text(app)
    assert way in text(app)
    assert "**15** for each unit of w" in text(app)
    assert "it would be 60" in text(app)
    slopes = [float(value.replace("−", "-")) for value in app.dataframe[0].value["slope"]]
    assert slopes == pytest.approx([15 * w - 20.5] * 3, rel=1e-10)


def test_a_range_that_leaves_the_minimum_out_is_not_called_a_sampling_error() -> None:
    said = text(open_page("one_weight", step="every-guess", range=["2", "5"]))
    assert f"does not reach it: its best sample pays {num(7.5 * (2 - 41 / 30) ** 2)} more" in said
    assert "almost never" not in said


def test_the_weight_is_said_in_the_words_of_the_data() -> None:
    (w,), _ = lstsq("tips", 1)
    said = text(open_page("one_weight", step="every-guess", data="tips"))
    assert f"each dollar on the bill brings **{num(w)}** dollars of tip" in said


@pytest.mark.parametrize("data", ["tips", "own"])
def test_what_a_sentence_computes_from_its_own_numbers_agrees_with_them(data: str) -> None:
    said = said_on(data, "one_weight", step="the-slope")
    curvature, fourfold = numbers_in(r"(?s)changes by (\S+) for each unit.*it would be (\S+): large", said)
    assert 4 * curvature == pytest.approx(fourfold, rel=1e-3)


def test_a_point_that_leaves_no_loss_to_draw_stays_in_and_that_is_said() -> None:
    app = own("one_weight", "x\ty\n0\t5\n2\t3", step="where-the-bowl-comes-from", mute="2")
    assert any(info.value.startswith("Point 2 stays in") for info in app.info)
    assert "1 of the 2 points has x = 0" in text(app)
    assert "own minima at 1.5." in text(app)
    alone = own("one_weight", "x\ty\n1\t5\n2\t3", step="where-the-bowl-comes-from", mute="2")
    assert "**w\\* = 5**" in text(alone)


def test_a_muted_point_that_pulls_neither_way_leaves_the_bottom_where_it_stays() -> None:
    app = own("one_weight", "x\ty\n1\t0\n2\t0\n-1\t1\n1\t1", step="where-the-bowl-comes-from", mute="2")
    assert "the bottom stays at **w\\* = 0**" in text(app)


def test_a_sample_that_hits_the_minimum_is_said_to_hit_it() -> None:
    assert "sampling almost never hits" in text(open_page("one_weight", step="every-guess"))
    level = own("one_weight", "x\ty\n-1\t1\n1\t1", step="every-guess", samples="5")
    assert "This time a sample hits it" in text(level)


def test_a_line_through_every_point_leaves_no_share_to_any() -> None:
    app = own("one_weight", "x\ty\n1\t0.5\n2\t1", step="one-guess", w="0.5")
    assert "The line meets every point: no error is left." in text(app)


@pytest.mark.parametrize("pasted", ["x\ty\n1\t2\n3\t4", "x\ty\n0\t5\n0\t1\n2\t3"])
def test_with_two_points_or_two_at_zero_every_point_can_be_muted(pasted: str) -> None:
    app = own("one_weight", pasted, step="where-the-bowl-comes-from")
    stands(app)
    driven(app)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_said_with_the_answer_is_the_answer(case: Case) -> None:
    app = case.open()
    press(app, "Reveal")
    said, best, today, x = text(app), case.best, case.today, case.X[:, 0]
    assert rf"= \dfrac{{{tex(float(x @ case.y), 7)}}}{{{tex(float(x @ x), 7)}}} " in said
    assert f" {tex(best[0], 7)}$$" in said
    assert f"goes from {num(today[0])} to **{num(best[0])}**" in said
    losses = loss(today, *points(case.kind, 1)), case.loss(*best)
    stays = case.ask == "units"
    assert (f"stays {num(losses[1])}." if stays else f"goes from {num(losses[0])} to {num(losses[1])}.") in said


def test_a_loss_that_is_zero_but_for_rounding_is_asked_for_and_said_as_zero() -> None:
    # A perfect fit at w = 0.1, where 0.3 − 0.1·3 is −6e−17.
    app = open_page("one_weight", step="check-yourself", data="own")
    app.session_state["pasted"] = "x,y\n3,0.3\n7,0.7\n1,0.1\n"
    next(button for button in app.button if button.label == "Use these").click().run()
    healthy(app)
    assert "What is the loss at w = 0.1?" in text(app)
    app.number_input[0].set_value(0.0)
    answer(app, 0)
    assert "Right: 0." in replies(app)


# What is said to a pin, on any data.


def changed(X: Array, y: Array, asked: str) -> Asked:
    """A question about one weight, the change of the data made by hand."""
    w, x, outlier = float(X[:, 0] @ y / (X[:, 0] @ X[:, 0])), float(max(X[:, 0], key=abs)), minimum.outlier(X, y)
    then = {
        "double": (X, 2 * y),
        "outlier": (np.append(X, [[x]], axis=0), np.append(y, outlier)),
        "units": (X * 2.54, y),
    }[asked]
    return asking((X, y), then, 0.0, one_weight.slips(asked, w, outlier / x))


ASKED = ("double", "outlier", "units")


@given(data=tables(1), asked=st.sampled_from(ASKED), place=places)
def test_what_is_said_of_a_guess_is_true_of_it(data: tuple[Array, Array], asked: str, place: float) -> None:
    case = changed(*data, asked)
    w, best = case.today.w[0], case.question.best.w[0]
    guess = place * landscape.reach(*data) * np.sign(w)
    guess_told_truly(case, guess, one_weight.elsewhere(asked, guess / w, best / w))


@given(data=tables(1), asked=st.sampled_from(ASKED))
def test_the_answer_is_right_and_in_the_picture_and_each_misconception_wrong(
    data: tuple[Array, Array], asked: str
) -> None:
    assert not answered_rightly(changed(*data, asked)) or asked == "units"


def test_each_misconception_is_where_its_reasoning_leads() -> None:
    x, y = [Fraction(v) for v in (1, 2, 3, 4)], [Fraction(v) for v in (2, 4, 5, 4)]
    w = sum(a * b for a, b in zip(x, y, strict=True)) / sum(a * a for a in x)
    inch = Fraction(254, 100)

    def of(asked: str) -> list[float]:
        return [slip.at[0] for slip in one_weight.slips(asked, float(w), 7.5)]

    assert of("double") == pytest.approx([float(w), float(2**2 * w)])
    assert of("outlier") == pytest.approx([float(w), 7.5])
    assert of("units") == pytest.approx([float(each) for each in (w, w * inch, w / inch**2, 0)])


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
def test_the_reply_changes_where_the_answer_and_today_are(asked: str, replies: list[tuple[float, str]]) -> None:
    best = 1 / 2.54 if asked == "units" else 2.0
    for multiple, words in replies:
        assert words in one_weight.elsewhere(asked, multiple, best)
    said = [one_weight.elsewhere(asked, multiple, best) for multiple in np.linspace(-2, 5, 701)]
    assert set(said) == {one_weight.elsewhere(asked, multiple, best) for multiple, _ in replies}


def test_the_lowest_loss_goes_or_stays() -> None:
    assert one_weight.lowest("double", 1.5, 6.0) == "The lowest loss goes from 1.5 to 6."
    assert one_weight.lowest("double", 0.0, 0.0) == "The lowest loss stays 0."
    assert one_weight.lowest("units", 1.5, 1.5 + 1e-15) == "The lowest loss stays 1.5."


def test_the_questions_are_about_their_data() -> None:
    x, y = np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([2.0, 4.0, 5.0, 4.0])
    article = Source("article", 1)
    matches(one_weight.question(article, "double"), x, 2 * y, 0, 5)
    matches(one_weight.question(article, "units"), 2.54 * x, y, 0, 5)
    # (41 + 4t)/(30 + 16) is about twice 41/30 for t = 21.2; to one digit, 20.
    outlier = one_weight.question(article, "outlier")
    matches(outlier, np.append(x, [[4.0]], axis=0), np.append(y, 20.0), 0, 5)
    assert [slip.at for slip in outlier.slips] == [(pytest.approx(41 / 30),), (20 / 4,)]
