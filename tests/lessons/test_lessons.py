"""Every step of every lesson on every data set; the numbers on the page against numpy and scikit-learn."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.linear_model import Ridge

from engine import data
from engine.records import Array, Source
from lessons.course import COURSE
from lessons.kit.lesson import prose, slug
from lessons.words import num, vector
from tests.app import charts, healthy, offered, open_page, text, titles

CHECK = "check-yourself"
EVERY = [
    (lesson.name, slug(step), kind)
    for lesson in COURSE
    for step, kind in product(lesson.steps, offered(lesson.weights))
]
PAIR_RHO = 0.8


def points(kind: str, weights: int) -> tuple[Array, Array]:
    found = data.load(Source(kind, weights, PAIR_RHO))
    return found.X, found.y


def lstsq(kind: str, weights: int) -> tuple[Array, float]:
    """numpy's shortest least-squares solution and its loss."""
    X, y = points(kind, weights)
    w = np.linalg.lstsq(X, y, rcond=1e-12)[0].astype(np.float64)
    return w, float(np.mean((y - X @ w) ** 2))


@pytest.mark.parametrize("prep", ["", "centred,scaled", "intercept,centred"])
@pytest.mark.parametrize(("lesson", "step", "kind"), EVERY)
def test_every_step_shows_charts_with_words_and_formulas(lesson: str, step: str, kind: str, prep: str) -> None:
    app = open_page(lesson, step=step, data=kind, prep=prep)
    if step == "predict":
        # In a bowl as round as centring and scaling make it, no direction is asked for, and there is no picture.
        reveal = [button for button in app.button if button.label == "Reveal"]
        if not reveal:
            assert "The question is not asked" in text(app)
            return
        reveal[0].click().run()
        healthy(app)
    assert step == CHECK or charts(app)
    for alt in charts(app):
        assert len(alt) > 40
        assert any(character.isdigit() for character in alt)
        assert "**" not in alt
    for title in titles(app):
        assert 0 < len(title) <= 42  # what fits on a phone
    assert step == CHECK or "$$" in text(app)
    for wrong in ("nan", "undefined", "inf "):
        assert wrong not in text(app)


@pytest.mark.parametrize(("lesson", "step", "kind"), EVERY)
def test_every_control_can_go_to_both_its_ends(lesson: str, step: str, kind: str) -> None:
    app = open_page(lesson, step=step, data=kind)
    for key in [slider.key for slider in app.slider if slider.key]:
        for end in ("min", "max"):
            slider = app.slider(key=key)
            value = getattr(slider, end)
            app.slider(key=key).set_value((slider.min, slider.max) if isinstance(slider.value, tuple) else value).run()
            healthy(app)


def test_back_and_next_walk_the_lesson_and_the_link_follows() -> None:
    for lesson in COURSE:
        app = open_page(lesson.name)
        for step in lesson.steps[1:]:
            next(button for button in app.button if button.label == "Next").click().run()
            healthy(app)
            assert app.query_params["step"] == slug(step)
            assert app.header[0].value == prose(step)[0]
        for step in lesson.steps[-2::-1]:
            next(button for button in app.button if button.label == "Back").click().run()
            assert app.header[0].value == prose(step)[0]


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


@pytest.mark.parametrize("kind", offered(2))
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


@pytest.mark.parametrize("kind", offered(2))
def test_troughs_make_the_bowl(kind: str) -> None:
    X, y = points(kind, 2)
    app = open_page("two_weights", step="troughs-make-the-bowl", data=kind, points="3")
    assert f"= {num(y[2])}" in charts(app)[0]
    valley = np.linalg.matrix_rank(X) < 2
    assert ("no bowl closes" in text(app)) == valley
    if kind == "article":
        assert text(app).count("gives (2, 4, 6)") == 2  # both points on the floor predict the targets
    assert num(np.linalg.eigvalsh(2 / len(y) * X.T @ X)[0]) in text(app) or valley
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


def test_a_range_that_leaves_the_minimum_out_is_not_called_a_sampling_error() -> None:
    said = text(open_page("one_weight", step="every-guess", range=["2", "5"]))
    assert f"does not reach it: its best sample pays {num(7.5 * (2 - 41 / 30) ** 2)} more" in said
    assert "almost never" not in said


@pytest.mark.parametrize("kind", ["article", "tips", "line", "pair"])
def test_phantom_points(kind: str) -> None:
    X, y = points(kind, 1)
    app = open_page("l2", step="phantom-points", data=kind)
    lam = {"article": 0.1, "tips": 5.0, "line": 0.1, "pair": 0.01}[kind]
    w = float((X[:, 0] @ y) / (X[:, 0] @ X[:, 0] + len(y) * lam))
    assert f"invented point at **{num((len(y) * lam) ** 0.5)}**" in text(app)
    assert f"plain least squares gives **w = {num(w, 7)}**" in text(app)


@pytest.mark.parametrize("kind", offered(2))
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


@pytest.mark.parametrize(("kind", "weights"), [("tips", 1), ("tips", 2), ("line", 2), ("article", 2)])
def test_weights_are_said_in_the_words_of_the_data(kind: str, weights: int) -> None:
    w, _ = lstsq(kind, weights)
    said = text(
        open_page("two_weights", data=kind) if weights == 2 else open_page("one_weight", step="every-guess", data=kind)
    )
    each = {
        ("tips", 1): f"each dollar on the bill brings **{num(w[0])}** dollars of tip",
        (
            "tips",
            2,
        ): f"each dollar on the bill brings **{num(w[0])}** and each guest **{num(w[-1])}** dollars of tip, each "
        "with the other held fixed.",
        ("line", 2): f"each unit of x brings **{num(w[0])}** and the intercept **{num(w[-1])}** units of y.",
        ("article", 2): "The points tell what the features bring together, not what each one brings.",
    }
    assert each[kind, weights] in said


def test_centring_and_scaling_make_the_tips_rings_round_and_the_link_remembers() -> None:
    raw, ready = (open_page("two_weights", step="read-the-rings", data="tips", prep=p) for p in ("", "centred,scaled"))
    X, _ = points("tips", 2)
    for app, features in ((raw, X), (ready, (X - X.mean(0)) / X.std(0))):
        assert f"is **{num(float(np.linalg.cond(features) ** 2))}**" in text(app)
    assert "each standard deviation of bill (dollars), centred" in text(
        open_page("two_weights", data="tips", prep="centred,scaled")
    )


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
