"""Lesson 2: its numbers against numpy, what it asks answered a second time, and what odd points do to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import data
from engine.records import Array, Source
from lessons.figures import palette
from lessons.kit import scripts
from lessons.words import num, tex, vector
from tests.app import charts, healthy, open_page, press, replies, reveal, text, told
from tests.lessons.proofs import Case, Proofs, Trial, Wrong, doubled, hessian, loss, lstsq, points, solve
from tests.lessons.shell.test_take_apart import run
from tests.lessons.shell.test_your_data import own
from tests.lessons.test_drive import driven, stands, written
from tests.lessons.test_formulas import numbers_in, said_on

REACH = {"article": 5.0, "tips": 1.0, "line": 5.0, "pair": 5.0}
"""Up to where the map goes."""
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
    return float(np.linalg.eigvalsh(hessian(points(kind, 2)[0]))[1] / 2 * (0.1 * REACH[kind]) ** 2)


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
    assert f"steepest. Their ratio, the **condition number**, is **{num(condition)}**" in said
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
    flat, steep, ratio = numbers_in(
        r"curvature is (\S+) in the flattest direction and (\S+) in the steepest\. Their ratio, the condition number, "
        r"is (\S+)\.",
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


@pytest.mark.parametrize("kind", REACH)
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
