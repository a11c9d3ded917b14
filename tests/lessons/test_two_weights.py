"""Lesson 2: its numbers against numpy, what it asks answered a second time, and what odd points do to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from math import inf

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from engine import data, landscape, minimum
from engine.loss import fit_at
from engine.records import Array, Fit, Minimum, Source, Spectrum
from lessons import two_weights
from lessons.figures import palette
from lessons.kit import scripts
from lessons.kit.predict import judge
from lessons.words import SUPERSCRIPT, num, tex, vector
from tests.app import charts, healthy, open_page, press, replies, reveal, text, told
from tests.lessons.proofs import Case, Proofs, Trial, Wrong, doubled, hessian, loss, lstsq, points, reach, solve
from tests.lessons.shell.test_take_apart import run
from tests.lessons.shell.test_your_data import own
from tests.lessons.test_drive import driven, stands, written
from tests.lessons.test_formulas import numbers_in, said_on
from tests.lessons.verdicts import Asked, asking, bowl, fair, matches, places, tables

KINDS = ("article", "tips", "line", "pair")
"""The data sets whose predictions are proved here."""
PAIRS = (0.8, 0.0, 1.0, -1.0)
"""Correlations of the pair: as it opens, none, and valleys either way."""


def against_the_gradient(X: Array, y: Array, pin: Array) -> bool:
    to_minimum = solve(X, y) - pin
    downhill = -hessian(X) @ (pin - solve(X, y))
    return bool(downhill @ to_minimum > 0.9999 * np.linalg.norm(downhill) * np.linalg.norm(to_minimum))


def ring_is_square(X: Array, y: Array, pin: Array) -> bool:
    gradient = hessian(X) @ (pin - solve(X, y))
    along = np.array([-gradient[1], gradient[0]]) / np.linalg.norm(gradient) * 1e-5
    rises = [abs(loss(pin + step, X, y) - loss(pin, X, y)) for step in (along, along[::-1] * [1, -1])]
    return rises[0] < 1e-3 * rises[1]


def cuts_bend(X: Array, y: Array, pin: Array, along: Array) -> bool:
    """Whether the loss along a cut has a third difference, as a parabola has not."""
    third = np.diff([loss(pin + t * along, X, y) for t in range(5)], 3)
    return bool(np.abs(third).max() > 1e-8 * loss(pin + 4 * along, X, y))


CLAIMS: dict[str, Trial] = {
    "The gradient is square to the ring through the pin.": ring_is_square,
    "Against the gradient, the way leads straight to the minimum.": against_the_gradient,
    "Twice as far from the minimum, on the same straight line, the gradient is four times as long.": (
        lambda X, y, pin: bool(
            np.allclose(hessian(X) @ (2 * pin - 2 * solve(X, y)), 4 * hessian(X) @ (pin - solve(X, y)))
        )
    ),
    "Only the cut along the gradient is a parabola.": lambda X, y, pin: cuts_bend(X, y, pin, np.array([1.0, 0.0])),
    "The loss has no minimum.": lambda X, y, pin: bool(
        np.linalg.norm(doubled(X).T @ (y - doubled(X) @ solve(doubled(X), y))) > 1e-9
    ),
    "All minima make the same predictions.": lambda X, y, pin: bool(
        np.allclose(doubled(X) @ (solve(doubled(X), y) + np.array([2.0, -1.0])), doubled(X) @ solve(doubled(X), y))
    ),
    "Enough more points of the same kind would close the valley.": lambda X, y, pin: bool(
        np.linalg.eigvalsh(hessian(np.tile(doubled(X), (50, 1))))[0] > 1e-9
    ),
    "The condition number is infinite.": lambda X, y, pin: bool(np.linalg.cond(hessian(doubled(X))) > 1e14),
}


def rise(kind: str) -> float:
    """How much more a step of a tenth of the reach along the steepest axis pays."""
    return float(np.linalg.eigvalsh(hessian(points(kind, 2)[0]))[1] / 2 * (0.1 * reach(kind, 2)) ** 2)


def cases() -> Iterator[Case]:
    """The prediction about units on each data set, the change of the data made by hand."""
    for kind, k in {"article": 2, "tips": 5, "line": 5, "pair": 2}.items():
        for rho in PAIRS if kind == "pair" else PAIRS[:1]:
            X, y = points(kind, 2, rho)
            yield Case("two_weights", "units", kind, ("w1", "w2"), X / [k, 1], y, rho=rho)


CASES = tuple(cases())


WRONG = {
    "units": Wrong(
        "line",
        (
            ((1, 1), "expect no move"),
            ((0.2, 1), "the other way"),
            ((1, 5), "belongs to x₂"),
            ((1, 0.2), "belongs to x₂"),
            ((5, 5), "moved both"),
            ((-1, -1), "every minimum gets a w₁ 5 times"),
        ),
    ),
}


PROOFS = Proofs(
    claims=CLAIMS,
    numbers={
        "curvature_of_a_cut": lambda kind: float(hessian(points(kind, 2)[0])[0, 0]),
        "rise_along_the_steepest": rise,
    },
    # The way down is a direction and not a place: it has tests of its own below.
    cases={"down": (), "units": CASES},
    wrong=WRONG,
    unasked=(
        ({"ask": "units", "data": "pair", "prep": "intercept"}, "where both weights become 2 times"),
        ({"ask": "down", "data": "line", "prep": "centred,scaled"}, "from everywhere the steepest way"),
    ),
)


@pytest.mark.parametrize("kind", ["article", "tips", "line", "pair"])
def test_the_landscape(kind: str) -> None:
    X, y = points(kind, 2)
    w, loss = lstsq(kind, 2)
    reach = {"article": 5, "tips": 1, "line": 5, "pair": 5}[kind]
    pin = np.array([-0.2, 0.4]) * reach
    said = text(open_page("two_weights", data=kind))
    assert f"Your pin **{vector(pin)}** has loss **{num(np.mean((y - X @ pin) ** 2))}**" in said
    if kind == "article":
        assert "**w₁ + w₂ = 2**, all of it at loss **0**" in said
        assert "shortest pair of weights on it, the nearest to zero, is **(1, 1)**" in said
    else:
        assert f"**w\\* = {vector(w)}**, with loss **{num(loss)}**" in said
    axis = np.linspace(-reach, reach, 100)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1)
    lowest = np.mean((y - grid @ X.T) ** 2, axis=-1).min()
    assert f"{num(lowest - loss)} above the minimum" in said
    eigenvalues = np.linalg.eigvalsh(2 / len(y) * X.T @ X)
    condition = np.inf if kind == "article" else eigenvalues[1] / eigenvalues[0]
    said = text(open_page("two_weights", step="read-the-rings", data=kind))
    assert f"The steepest curvature is **{num(condition)}** times the flattest: the **condition number**." in said
    assert f"and {num(eigenvalues[1])} in the steepest" in said
    gradient = -2 / len(y) * (y - X @ pin) @ X
    assert f"The gradient at the pin is **{vector(gradient)}**" in said


@pytest.mark.parametrize("kind", ["article", "tips", "line", "pair"])
def test_cut_it(kind: str) -> None:
    X, y = points(kind, 2)
    app = open_page("two_weights", step="cut-it", data=kind, angle="30", many="5")
    v = np.array([np.cos(np.pi / 6), 0.5])
    hessian = 2 / len(y) * X.T @ X
    assert (
        f"curvature {num(hessian[0, 0])} along w₁, {num(hessian[1, 1])} along w₂, {num(v @ hessian @ v)} at 30°"
        in text(app)
    )
    found = data.load(Source("many", 5))
    best = np.linalg.lstsq(found.X, found.y, rcond=None)[0]
    eigenvalues = np.linalg.eigvalsh(2 / 60 * found.X.T @ found.X)
    assert f"loss at the minimum is **{num(float(np.mean((found.y - found.X @ best) ** 2)))}**" in text(app)
    assert f"flatter than {num(eigenvalues[0])} or steeper than {num(eigenvalues[-1])}" in text(app)


@pytest.mark.parametrize("kind", ["article", "tips", "line", "pair"])
def test_troughs_make_the_bowl(kind: str) -> None:
    X, y = points(kind, 2)
    app = open_page("two_weights", step="troughs-make-the-bowl", data=kind, points="3")
    assert f"= {num(y[2])}" in charts(app)[0]
    assert ("no bowl closes" in text(app)) == (kind == "article")
    if kind == "article":
        assert text(app).count("gives (2, 4, 6)") == 2  # both points on the floor predict the targets
    assert num(np.linalg.eigvalsh(2 / len(y) * X.T @ X)[0]) in text(app) or kind == "article"
    assert any("addmv input tensors must have the same dtype" in code.value for code in app.code)


def test_the_cost_of_a_grid_and_the_race() -> None:
    app = open_page("two_weights", grid="20")
    table = app.dataframe[-1].value
    assert table["losses to compute"].tolist() == ["20", "400", "8,000", "160,000", "6.4×10⁷", "1.024×10¹³"]
    assert table["memory for them"].tolist() == ["160 B", "3.2 kB", "64 kB", "1.28 MB", "512 MB", "81.92 TB"]
    app.session_state["loop and batch"] = True
    app.run()
    next(button for button in app.button if button.label.startswith("Race")).click().run()
    healthy(app)
    assert text(app).count("times faster") == 2


def test_the_loop_and_the_batch_stand_side_by_side_and_give_the_same() -> None:
    app = open_page("two_weights", data="tips", grid="12")
    assert not app.code
    app.session_state["loop and batch"] = True
    app.run()
    shown = [code.value for code in app.code]
    script = scripts.script("two_weights/loop_and_batch", {"n": 12})
    assert [code for _, code in scripts.cells(script)[1:3]] == shown[:2]
    assert float(run(script).split()[-1]) < 1e-9


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "tips",
            "each dollar on the bill brings **{}** and each guest **{}** dollars of tip, each with the other held "
            "fixed.",
        ),
        ("line", "each unit of x brings **{}** and the intercept **{}** units of y."),
        ("article", "The points tell what the features bring together, not what each one brings."),
    ],
)
def test_the_weights_are_said_in_the_words_of_the_data(kind: str, said: str) -> None:
    w, _ = lstsq(kind, 2)
    assert said.format(*(num(each) for each in w)) in text(open_page("two_weights", data=kind))


def test_centring_and_scaling_make_the_tips_rings_round_and_the_link_remembers() -> None:
    raw, ready = (open_page("two_weights", step="read-the-rings", data="tips", prep=p) for p in ("", "centred,scaled"))
    X, _ = points("tips", 2)
    for app, features in ((raw, X), (ready, (X - X.mean(0)) / X.std(0))):
        assert f"is **{num(float(np.linalg.cond(features) ** 2))}**" in text(app)
    assert "each standard deviation of bill (dollars), centred" in text(
        open_page("two_weights", data="tips", prep="centred,scaled")
    )


@pytest.mark.parametrize("data", ["tips", "line", "pair", "own"])
def test_what_a_sentence_computes_from_its_own_numbers_agrees_with_them(data: str) -> None:
    ratio, flat, steep = numbers_in(
        r"(?s)steepest curvature is (\S+) times the flattest: the condition number\..* curvature is (\S+) in the "
        r"flattest direction and (\S+) in the steepest\.",
        said_on(data, "two_weights", step="read-the-rings"),
    )
    assert steep / flat == pytest.approx(ratio, rel=1.1e-3)  # three numbers of four digits


UNEVEN = np.column_stack(
    [
        [1.2e6, 3.4e6, 2.2e6, 8.1e6, 5e6, 4.4e6],
        [0.31, 0.52, 0.44, 0.2, 0.6, 0.38],
        [3.0, 5.0, 4.0, 6.0, 7.0, 4.0],
    ]
)
"""Features of very different size: what is small beside the steepest direction is not nothing."""


def test_a_flat_direction_is_called_a_valley_only_where_there_is_one() -> None:
    said = text(own("two_weights", written(UNEVEN), step="cut-it"))
    assert "level line: it runs" not in said
    share = UNEVEN[:, 1]
    assert f"{num(2 * float(np.mean(share**2)))} along w₂" in said
    rings = text(own("two_weights", written(UNEVEN), step="read-the-rings"))
    assert f"{tex(2 * float(np.mean(share**2)))} \\end{{pmatrix}}" in rings


def test_a_sample_beside_the_minimum_is_not_on_it_however_steep_the_other_feature() -> None:
    values = UNEVEN * [10, 1, 1]
    values[:, 2] = 3 * values[:, 1] + [0.01, -0.02, 0.01, 0, 0.01, -0.01]
    assert "on the minimum" not in text(own("two_weights", written(values), step="sample-the-plane", grid="11"))


def test_where_the_routes_of_a_valley_part_no_number_is_called_zero_and_no_bound_infinite() -> None:
    values = np.column_stack([[0.1, 0.2, 0.35], np.array([0.1, 0.2, 0.35]) * 3, [1.0, 2.0, 3.0]])
    app = own("two_weights", written(values), step="read-the-rings")
    app.session_state["behind two_weights/read_the_rings"] = True
    app.run()
    healthy(app)
    told = "\n".join([text(app), *(warning.value for warning in app.warning)])
    assert "could have decided what they find" in told
    assert not re.search("rounding[^.]*∞", told)
    # One is the condition number, and that is never zero.
    assert "All are zero" not in told.partition("**The condition number**")[2]


def test_a_point_at_zero_is_a_level_plain_and_stops_nothing() -> None:
    app = own("two_weights", "a\tb\ty\n0\t0\t5\n1\t2\t1\n2\t3\t1", step="troughs-make-the-bowl")
    stands(app)
    driven(app)


def arrows(app: AppTest) -> list[str]:
    """The colours of the arrows on the chart: of what has a head."""
    (chart,) = app.get("plotly_chart")
    drawn = json.loads(chart.proto.spec)["layout"]["annotations"]
    return [arrow["arrowcolor"] for arrow in drawn if arrow["arrowhead"]]


@pytest.mark.parametrize("kind", KINDS)
def test_which_way_is_down(kind: str) -> None:
    X, y = points(kind, 2)
    app = open_page("two_weights", step="predict", data=kind)
    pin = np.array([app.slider(key=key).value for key in ("w1", "w2")])
    downhill = 2 / len(y) * (y - X @ pin) @ X
    best = np.linalg.lstsq(X, y, rcond=1e-12)[0]
    right = round(float(np.degrees(np.arctan2(downhill[1], downhill[0])))) % 360
    to_star = round(float(np.degrees(np.arctan2(*(best - pin)[::-1])))) % 360

    def go(degrees: int) -> AppTest:
        return open_page("two_weights", step="predict", data=kind, aim=str(degrees % 360))

    app = go(right + 40)
    assert vector(downhill) not in told(app)
    assert arrows(app) == [palette.CHOICE]  # the learner's own
    press(app, "Reveal")
    assert vector(downhill) in text(app)
    assert arrows(app) == [palette.HALO, palette.CHOICE]
    assert "It goes down" in replies(app)
    kept = np.cos(np.radians(right + 40 - np.degrees(np.arctan2(downhill[1], downhill[0]))))
    assert f"falls by **{num(float(kept * np.hypot(*downhill)))}** for each unit" in replies(app)

    aside = -5 if (to_star - right) % 360 < 180 else 5  # away from the star
    for degrees, said in (
        (right, "Right. You keep"),
        (right + aside, "Right. You keep"),
        (right + 12 * aside // 5, "not as fast as it could"),
        (right + 180, "uphill"),
        (right + 90, "along the ring"),
        (to_star, "Straight at the star"),
    ):
        app = go(degrees)
        press(app, "Reveal")
        assert said in replies(app)


def test_on_the_bottom_no_way_is_down_and_nothing_is_asked() -> None:
    app = open_page("two_weights", step="predict", w1="1", w2="1")
    assert "where no way leads down" in text(app)
    assert not [button for button in app.button if button.label == "Reveal"]


def test_a_pin_from_which_the_star_lies_straight_down_is_to_be_moved() -> None:
    # (−1, −1) is on the line through the star (1, 1) and square to the valley w₁ + w₂ = 2.
    app = open_page("two_weights", step="predict", w1="-1", w2="-1")
    assert "The question is not asked from this pin" in text(app)
    assert not [button for button in app.button if button.label == "Reveal"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_said_with_the_answer_is_the_answer(case: Case) -> None:
    app = case.open()
    press(app, "Reveal")
    said, (X, _) = text(app), points(case.kind, 2, case.rho)
    H, then = hessian(X), hessian(case.X)
    k = round(float(np.abs(X[:, 0]).max() / np.abs(case.X[:, 0]).max()))
    assert rf"({k}\,w_1) \cdot \dfrac{{x_1}}{{{k}}}" in said
    assert rf"{tex(H[0, 0])} \;\to\; {tex(H[0, 0] / k**2)}" in said
    assert f"**The unit of {data.load(Source(case.kind, 2, case.rho)).features[0]} becomes {k} times" in said
    assert f"Along w₁ the bowl is {k} times as long, so its curvature there is {k}² times as small." in said
    shapes = [np.linalg.eigvalsh(each) for each in (H, then)]
    if shapes[0][0] > 1e-9 * shapes[0][1]:
        before, after = (each[1] / each[0] for each in shapes)
        assert f"goes from {num(before)} to **{num(after)}**" in said or f"happens to stay {num(after)}" in said
        assert f"w\\* = {vector(case.best)}**" in said
    else:
        assert "The valley turns." in said


@pytest.mark.parametrize("w", [(0.0, 0.0), (0.105, 0.92), (0.05, -1.0)])
def test_on_tips_with_an_intercept_what_is_not_the_answer_is_not_right(w: tuple[float, float]) -> None:
    app = open_page(
        "two_weights", step="predict", ask="units", data="tips", prep="intercept", w1=str(w[0]), w2=str(w[1])
    )
    reveal(app)
    assert not app.success


# What is said to a pin, on any data.


def units(X: Array, y: Array) -> tuple[Asked, int]:
    today, reach = minimum.minimum(X, y), landscape.reach(X, y)
    k = two_weights.times(today.w[0], reach)
    return asking((X, y), (X / [k, 1], y), 0.0, two_weights.unit_slips(k, today, reach)), k


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


def test_the_question_about_units_is_about_its_data() -> None:
    X, y = np.array([[1.0, 1.0], [2.0, 1.0], [3.0, 1.0], [4.0, 1.0]]), np.array([2.0, 4.0, 5.0, 4.0])
    asked = two_weights.units_question(Source("line", 2))
    matches(asked, X / [5, 1], y, 0, 5)
    assert asked.slips[-1].at == pytest.approx((5 * 0.7, 5 * 2.0))


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
