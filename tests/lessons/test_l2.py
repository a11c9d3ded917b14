"""Lesson 3: its numbers against numpy and scikit-learn, what it asks answered a second time, and odd points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import hypot
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

from engine import data, landscape, minimum
from engine.records import Array, Minimum, Source, Spectrum
from lessons import l2
from lessons.kit.predict import judge
from lessons.words import bracket, num, rounded, tex, vector
from tests.app import charts, healthy, open_page, press, reveal, text
from tests.lessons.proofs import Case, Proofs, Trial, Wrong, doubled, hessian, lam_reach, loss, points, solve
from tests.lessons.shell.test_your_data import own
from tests.lessons.test_drive import RARE, TWENTY, driven, stands, written
from tests.lessons.test_formulas import numbers_in, read, said_on
from tests.lessons.verdicts import (
    Asked,
    answered_rightly,
    asking,
    bowl,
    fair,
    guess_told_truly,
    matches,
    places,
    tables,
)

KINDS = ("article", "tips", "line", "pair")
"""The data sets whose predictions are proved here."""


def over_lam(X: Array, y: Array) -> list[Array]:
    return [solve(X, y, lam) for lam in (0.0, 0.1, 1.0, 10.0)]


CLAIMS: dict[str, Trial] = {
    "The loss on the points used to fit never falls.": lambda X, y, pin: bool(
        (np.diff([loss(w, X, y) for w in over_lam(X, y)]) >= -1e-9).all()
    ),
    "The loss on held-out points always falls.": lambda X, y, pin: bool(
        (np.diff([loss(w, X[1::2], y[1::2]) for w in over_lam(X[::2], y[::2])]) < 0).all()
    ),
    "The length of w never grows.": lambda X, y, pin: bool(
        (np.diff([np.linalg.norm(w) for w in over_lam(X, y)]) <= 1e-9).all()
    ),
    "No single weight ever grows.": lambda X, y, pin: bool((np.diff(np.abs(over_lam(X, y)), axis=0) <= 1e-9).all()),
    "It takes a large λ to close a valley.": lambda X, y, pin: bool(
        np.linalg.eigvalsh(hessian(doubled(X)) + 2 * 1e-6 * np.eye(2))[0] < 1e-6
    ),
    "It adds 2λ to the curvature in every direction.": lambda X, y, pin: all(
        np.isclose(
            sum(sign * (loss(w, X, y) + 0.7 * w @ w) for sign, w in ((1, pin + v), (-2, pin), (1, pin - v)))
            - sum(sign * loss(w, X, y) for sign, w in ((1, pin + v), (-2, pin), (1, pin - v))),
            2 * 0.7,
        )
        for v in ([1.0, 0.0], [0.6, 0.8], [0.0, 1.0])
    ),
    "It makes the condition number smaller, or leaves a round bowl round.": lambda X, y, pin: bool(
        np.linalg.cond(hessian(X) + 2 * np.eye(2)) <= np.linalg.cond(hessian(X))
    ),
    "It makes the bowl wider, so that the weights have more room.": lambda X, y, pin: bool(
        np.linalg.eigvalsh(hessian(X) + 2 * np.eye(2))[0] < np.linalg.eigvalsh(hessian(X))[0]
    ),
}


def cases() -> Iterator[Case]:
    """Both predictions on each data set, with the λ that they ask about."""
    for kind in KINDS:
        for rho in (0.8, 0.0, 1.0, -1.0) if kind == "pair" else (0.8,):
            x, y = points(kind, 1, rho)
            yield Case("l2", "far", kind, ("shrunk",), x, y, lam=float(np.mean(x**2)), rho=rho)
            X, y = points(kind, 2, rho)
            flat, steep = np.linalg.eigvalsh(hessian(X))
            lam = steep / 2 if flat < 1e-9 * steep else np.sqrt(flat * steep) / 2
            yield Case("l2", "way", kind, ("pin1", "pin2"), X, y, lam=float(f"{lam:.2g}"), rho=rho)


FAR, WAY = ([case for case in cases() if case.ask == ask] for ask in ("far", "way"))


WRONG = {
    "far": Wrong(
        "article",
        (
            ((1,), "expect no move"),
            ((0,), "no longer pulls"),
            ((-0.4,), "past zero"),
            ((1.8,), "away from zero"),
            ((0.3,), "Too far"),
            ((0.75,), "Not far enough"),
        ),
    ),
    "way": Wrong(
        "line",
        (
            ((1, 1), "expect no move"),
            ((0, 0), "Only an infinite λ"),
            ((1.9, 1.9), "farther from zero"),
            ((0.6, 0.6), "so the path bends"),
            ((1, -0.6), "Not there."),
        ),
    ),
}


PROOFS = Proofs(
    claims=CLAIMS,
    numbers={
        "penalised_minimum": lambda kind: float(solve(*points(kind, 1), 0.2 * lam_reach(kind))[0]),
        "translated_lambda": lambda kind: len(points(kind, 1)[1]) * 0.2 * lam_reach(kind),
    },
    cases={"far": tuple(FAR), "way": tuple(WAY)},
    wrong=WRONG,
    unasked=(
        ({"ask": "way", "data": "tips", "prep": "intercept"}, "zero"),
        ({"ask": "way", "data": "line", "prep": "centred"}, "the straight line to zero"),
    ),
)


def test_without_a_price_both_minima_are_the_same() -> None:
    assert "both minima are at **w\\* = 1.366667**" in text(open_page("l2", lam="0"))


@pytest.mark.parametrize("lam", [0.1, 1.0, 10.0])
def test_plain_and_penalised_on_the_article(lam: float) -> None:
    app = open_page("l2", lam=str(lam))
    assert f"from **w\\* = 1.366667** to **{num(10.25 / (7.5 + lam), 7)}**" in text(app)
    assert num(10.25 / (7.5 + lam), 7) in charts(app)[0]


@pytest.mark.parametrize("kind", ["article", "tips", "line", "pair"])
def test_two_landscapes(kind: str) -> None:
    X, y = points(kind, 2)
    lam = {"article": 0.1, "tips": 5.0, "line": 0.1, "pair": 0.01}[kind]
    w = Ridge(alpha=lam * len(y), fit_intercept=False, solver="svd").fit(X, y).coef_
    said = text(open_page("l2", step="two-landscapes", data=kind))
    assert f"the penalised minimum is **{vector(w)}**" in said
    eigenvalues = np.linalg.eigvalsh(2 / len(y) * X.T @ X + 2 * lam * np.eye(2))
    assert f"**{num(eigenvalues[1] / eigenvalues[0])}** with it" in said


@pytest.mark.parametrize("kind", ["article", "tips", "line", "pair"])
def test_phantom_points(kind: str) -> None:
    X, y = points(kind, 1)
    app = open_page("l2", step="phantom-points", data=kind)
    lam = {"article": 0.1, "tips": 5.0, "line": 0.1, "pair": 0.01}[kind]
    w = float((X[:, 0] @ y) / (X[:, 0] @ X[:, 0] + len(y) * lam))
    assert f"invented point at **{num((len(y) * lam) ** 0.5)}**" in text(app)
    assert f"plain least squares gives **w = {num(w, 7)}**" in text(app)


@pytest.mark.parametrize("kind", ["article", "tips", "line", "pair"])
@pytest.mark.parametrize("place", [0.0, 0.3, 1.0])
def test_every_snippet_of_which_lambda_runs_and_ends_at_the_weight_the_page_names(kind: str, place: float) -> None:
    X, y = points(kind, 1)
    app = open_page("l2", step="which-lambda", data=kind)
    lam = place * app.slider(key="lam").max
    app.slider(key="lam").set_value(lam).run()
    assert len(app.code) == 4
    w = float((X[:, 0] @ y) / (X[:, 0] @ X[:, 0] + len(y) * lam))
    for snippet in app.code:
        names: dict[str, Any] = {"torch": torch, "X": torch.from_numpy(X), "y": torch.from_numpy(y)}
        exec(snippet.value, names)
        assert float(torch.as_tensor(names["w"]).detach()[0]) == pytest.approx(w, rel=1e-12)
    assert f"all four end at **w = {num(w, 7)}**" in text(app)


def test_is_it_worth_it() -> None:
    few = text(open_page("l2", step="is-it-worth-it", train="22"))
    found = data.load(Source("many", 20))
    order = torch.randperm(60, generator=torch.Generator().manual_seed(0)).numpy()
    lams = 10 ** np.linspace(-4, 2, 61)
    losses = []
    for lam in lams:
        X, y = found.X[order[:22]], found.y[order[:22]]
        w = np.linalg.solve(X.T @ X + 22 * lam * np.eye(20), X.T @ y)
        losses.append(np.mean((found.y[order[22:]] - found.X[order[22:]] @ w) ** 2))
    at = int(np.argmin(losses))
    assert f"lowest at **λ = {num(float(lams[at]), 2)}**, with **{num(float(losses[at]))}**" in few
    assert f"looks like {num(100 * (1 - losses[at] / losses[0]), 2)}% saved, but the same points chose this λ" in few


@pytest.mark.parametrize("kind", ["tips", "pair"])
def test_is_it_worth_it_on_the_learners_own_data_where_there_is_enough_of_it(kind: str) -> None:
    X, y = points(kind, 2)
    n, top = len(y), {"tips": 4, "pair": 1}[kind]
    app = open_page("l2", step="is-it-worth-it", data=kind, train="12", split="3")
    order = torch.randperm(n, generator=torch.Generator().manual_seed(3)).numpy()
    fitted, others = order[:12], order[12:]
    lams = 10 ** np.linspace(top - 6, top, 61)
    losses = []
    for lam in lams:
        w = np.linalg.solve(X[fitted].T @ X[fitted] + 12 * lam * np.eye(2), X[fitted].T @ y[fitted])
        losses.append(np.mean((y[others] - X[others] @ w) ** 2))
    at = int(np.argmin(losses))
    assert f"**12** of {n} points" in text(app)
    assert f"lowest at **λ = {num(float(lams[at]), 2)}**, with **{num(float(losses[at]))}**" in text(app)


def test_what_is_folded_away_is_made_when_it_is_opened_and_speaks_of_this_step() -> None:
    app = open_page("l2", step="plain-and-penalised", lam="1.5")
    assert not app.dataframe
    assert "vector_norm" not in text(app)
    app.session_state["norm"] = app.session_state["points"] = True
    app.run()
    healthy(app)
    assert app.dataframe[0].value["y"].tolist() == [2.0, 4.0, 5.0, 4.0]
    # The mean of xy is 41/4 and that of x² 30/4, so w*λ = 10.25 / (7.5 + 1.5), and so is its norm.
    assert text(app).count("1.138889 and 1.138889.") == 1


@pytest.mark.parametrize("data", ["tips", "line", "pair", "own"])
def test_what_a_sentence_computes_from_its_own_numbers_agrees_with_them(data: str) -> None:
    before, after, closer = numbers_in(
        r"the minimum moves from w\\\* = (\S+) to (\S+): (\S+) closer", said_on(data, "l2", step="plain-and-penalised")
    )
    assert before - after == pytest.approx(closer, rel=1e-3, abs=1e-6 * before)
    worth = said_on(data, "l2", step="is-it-worth-it").replace("**", "")
    found = re.search(
        r"loss (\S+) is the lowest\. With almost no penalty it is (\S+)\. That looks like (\S+)% saved", worth
    )
    if found:
        best, least, saved = map(read, found.groups())
        assert 100 * (1 - best / least) == pytest.approx(saved, abs=0.1 + 0.05 * saved)
    else:
        assert "the penalty does not help" in worth


@pytest.mark.parametrize("train", [10, 30])
def test_a_feature_that_is_zero_on_one_side_of_a_split_stops_nothing(train: int) -> None:
    for seed in range(0, 60, 20):
        app = own("l2", written(RARE), step="is-it-worth-it", train=str(train), split=str(seed))
        stands(app)


@pytest.mark.parametrize(
    ("values", "step", "prep"),
    [
        (TWENTY, "is-it-worth-it", ""),
        (RARE, "is-it-worth-it", ""),
        (RARE, "is-it-worth-it", "centred,scaled"),
        (np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]), "which-lambda", ""),
        (np.array([[-1.0, 1.0], [1.0, 1.0]]), "plain-and-penalised", ""),
    ],
)
def test_points_that_once_stopped_a_step_stop_none(values: Array, step: str, prep: str) -> None:
    app = own("l2", written(values), step=step, prep=prep)
    stands(app)
    driven(app)


@pytest.mark.parametrize("case", FAR, ids=str)
def test_what_is_said_with_the_answer_to_how_far_is_the_answer(case: Case) -> None:
    app = case.open()
    press(app, "Reveal")
    said, (w,) = text(app), case.today
    lam = float(np.mean(case.X**2))
    assert f"**λ becomes {num(lam)}, the average of x².**" in said
    assert rf"\dfrac{{{tex(lam)}}}{{{tex(lam)} + {tex(lam)}}} \cdot {bracket(w)} " in said
    assert f" {tex(w / 2)}$$" in said
    assert f"half way, at **{num(w / 2)}**" in said


@pytest.mark.parametrize("case", WAY, ids=str)
def test_what_is_said_with_the_answer_to_which_way_is_the_answer(case: Case) -> None:
    app = case.open()
    press(app, "Reveal")
    said, best, today = text(app), case.best, case.today
    values, vectors = np.linalg.eigh(hessian(case.X))
    assert f"**λ becomes {num(case.lam)}.**" in said
    assert f"The minimum goes from {vector(rounded(today, 1))} to **{vector(rounded(best, 1))}**." in said
    assert f"{num(100 * float(np.hypot(*best) / np.hypot(*today)), 3)} % of its length is left" in said
    # A second time from the loss: at the penalised minimum its slope is −2λw, and H times what was lost.
    lost = vectors.T @ (today - best)
    for name, value, part, whole in zip(("flattest", "steepest"), values, lost, vectors.T @ today, strict=True):
        if abs(whole) > 1e-6 and value > 1e-9:
            assert rf"{tex(float(1 - part / whole), 3)} \text{{ ({name})}}" in said


@pytest.mark.parametrize("w", [(0.0, 0.0), (0.105, 0.92), (0.05, -1.0)])
def test_on_tips_with_an_intercept_what_is_not_the_answer_is_not_right(w: tuple[float, float]) -> None:
    app = open_page("l2", step="predict", ask="way", data="tips", prep="intercept", pin1=str(w[0]), pin2=str(w[1]))
    reveal(app)
    assert not app.success


# What is said to a pin, on any data.


def halved(X: Array, y: Array) -> Asked:
    """The question with one weight: λ is the average of x²."""
    w = float(X[:, 0] @ y / (X[:, 0] @ X[:, 0]))
    return asking((X, y), (X, y), float(np.mean(X**2)), l2.far_slips(w))


@given(data=tables(1), place=places)
def test_how_far_what_is_said_of_a_guess_is_true_of_it(data: tuple[Array, Array], place: float) -> None:
    case = halved(*data)
    w = case.today.w[0]
    guess = place * landscape.reach(*data) * np.sign(w)
    guess_told_truly(case, guess, l2.far_elsewhere(guess / w))


@given(data=tables(1))
def test_how_far_the_answer_is_right_and_in_the_picture_and_each_misconception_wrong(data: tuple[Array, Array]) -> None:
    assert not answered_rightly(halved(*data))


def test_how_far_each_misconception_is_where_its_reasoning_leads() -> None:
    assert [slip.at for slip in l2.far_slips(41 / 30)] == [(41 / 30,), (0.0,)]


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


def way(X: Array, y: Array) -> tuple[Asked, Spectrum]:
    today, reach, shape = minimum.minimum(X, y), landscape.reach(X, y), minimum.spectrum(X, y)
    slips = l2.way_slips(today.w, reach / 20, l2.is_straight(today.w, shape))
    return asking((X, y), (X, y), l2.bending(*shape.values), slips), shape


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


def test_a_guess_is_told_from_the_straight_line_on_the_correlated_pair() -> None:
    # ρ = 0.8 exactly, and w* = (2, 1): the line to zero runs a third from the answer.
    X, y = bowl([[3, 3], [-3, -3], [1, -1], [-1, 1]], [9, -9, 1, -1])
    case, _ = way(X, y)
    assert case.today.w == pytest.approx([2, 1])
    assert not judge(case.question, (1.5, 0.75), "").right
    assert "You go straight to zero" in judge(case.question, (1.5, 0.75), "").reply
    assert judge(case.question, tuple(case.question.best.w), "").right


def test_which_way_is_asked_about_its_data() -> None:
    X, y = np.array([[1.0, 1.0], [2.0, 1.0], [3.0, 1.0], [4.0, 1.0]]), np.array([2.0, 4.0, 5.0, 4.0])
    asked = l2.way_question(Source("line", 2))
    matches(asked, X, y, l2.bending(*np.linalg.eigvalsh(2 / 4 * X.T @ X)), 5)
    assert hypot(*asked.slips[2].at) == pytest.approx(0.25)  # a finger from zero, on the straight line
    assert len(l2.way_question(Source("article", 2)).slips) == 2
