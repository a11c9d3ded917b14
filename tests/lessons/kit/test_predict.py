"""Predictions: nothing of the answer before it is asked for; then the exact one, a fair score, a reply to each slip."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import data, minimum
from engine.cached import kinds
from engine.records import Array, Source
from lessons.course import COURSE
from lessons.figures import palette
from lessons.words import bracket, num, rounded, tex, vector
from tests.app import charts, healthy, open_page, sent, text

KINDS = ("article", "tips", "line", "pair")


@dataclass(frozen=True)
class Case:
    """A prediction on a data set: the right weights and the penalised loss it is scored in, from numpy alone."""

    lesson: str
    ask: str
    kind: str
    keys: tuple[str, ...]
    X: Array
    y: Array
    lam: float = 0.0
    rho: float = 0.8

    def loss(self, *w: float) -> float:
        return float(np.mean((self.y - self.X @ np.array(w)) ** 2) + self.lam * np.square(w).sum())

    @property
    def best(self) -> Array:
        G = self.X.T @ self.X / len(self.y) + self.lam * np.eye(self.X.shape[1])
        return np.asarray(np.linalg.lstsq(G, self.X.T @ self.y / len(self.y), rcond=1e-12)[0])

    def open(self, *w: float) -> AppTest:
        pins = {key: repr(float(value)) for key, value in zip(self.keys, w, strict=False)}
        link = {f"{self.lesson}_rho": str(self.rho)} if self.kind == "pair" else {}
        return open_page(self.lesson, step="predict", ask=self.ask, data=self.kind, **pins, **link)

    def reach(self) -> float:
        """Where the sliders end."""
        return float(self.open().slider(key=self.keys[0]).max)


def points(kind: str, weights: int, rho: float = 0.8) -> tuple[Array, Array]:
    found = data.load(Source(kind, weights, rho))
    return found.X, found.y


def cases() -> Iterator[Case]:
    for kind in ("article", "tips"):
        X, y = points(kind, 1)
        own = minimum.outlier(X, y)
        yield Case("one_weight", "double", kind, ("guess",), X, 2 * y)
        yield Case("one_weight", "outlier", kind, ("guess",), np.append(X, [[X.max()]], axis=0), np.append(y, own))
        yield Case("one_weight", "units", kind, ("guess",), 2.54 * X, y)
    for kind, rho in [
        ("article", 0.8),
        ("tips", 0.8),
        ("line", 0.8),
        *(("pair", rho) for rho in (0.8, 0.0, 1.0, -1.0)),
    ]:
        X, y = points(kind, 2, rho)
        k = {"article": 2, "tips": 5, "line": 5, "pair": 2}[kind]
        yield Case("two_weights", "units", kind, ("w1", "w2"), X / [k, 1], y, rho=rho)
        one = points(kind, 1, rho)
        yield Case("l2", "far", kind, ("shrunk",), *one, lam=float(np.mean(one[0] ** 2)), rho=rho)
        flat, steep = np.linalg.eigvalsh(2 / len(y) * X.T @ X)
        lam = steep / 2 if flat < 1e-9 * steep else np.sqrt(flat * steep) / 2
        yield Case("l2", "way", kind, ("pin1", "pin2"), X, y, lam=float(f"{lam:.2g}"), rho=rho)


CASES = list(cases())


def names(cases: list[Case]) -> list[str]:
    return [f"{case.lesson}-{case.ask}-{case.kind}-{case.rho}" for case in cases]


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    healthy(app)


def replies(app: AppTest) -> str:
    return "\n".join(box.value for box in [*app.success, *app.info])


GRID = 100
"""From this many numbers on, an array is a curve, a surface or the places one may click, not a mark."""


def placed(chart: Any) -> Array:
    """Where the marks, lines and labels of a chart stand: every x and y it is sent with, but for grids."""
    spec = json.loads(chart.proto.spec)
    found: list[float] = []
    for thing in [*spec["data"], *spec["layout"].get("annotations", [])]:
        for value in (thing.get("x"), thing.get("y")):
            values = sent(value) if isinstance(value, dict | list) else [value]
            found += [each for each in values if each is not None and len(values) < GRID]
    return np.array(found)


def arrows(app: AppTest) -> list[str]:
    """The colours of the arrows on the chart: of what has a head."""
    (chart,) = app.get("plotly_chart")
    drawn = json.loads(chart.proto.spec)["layout"]["annotations"]
    return [arrow["arrowcolor"] for arrow in drawn if arrow["arrowhead"]]


def told(app: AppTest) -> str:
    """All that the page says in words, its link included."""
    return "\n".join([text(app), *charts(app), replies(app), str(app.query_params)])


# Where the answer is a round number it may stand on the page for another reason.
TELLING = [case for case in CASES if len(num(case.best[0])) > 3]


@pytest.mark.parametrize("case", TELLING, ids=names(TELLING))
def test_nothing_of_the_answer_is_told_drawn_or_linked_before_it_is_asked_for(case: Case) -> None:
    app = case.open()
    assert num(case.best[0]) not in told(app)
    for chart in app.get("plotly_chart"):
        assert not np.isclose(placed(chart), case.best[0], rtol=1e-9, atol=0).any()
    press(app, "Reveal")
    assert any(np.isclose(placed(chart), case.best[0], rtol=1e-9).any() for chart in app.get("plotly_chart"))
    assert num(case.best[0]) in text(app)
    assert any(num(case.best[0]) in alt for alt in charts(app))
    press(app, "Predict again")
    assert num(case.best[0]) not in told(app)


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_pin_on_the_bottom_is_right_and_one_elsewhere_pays_its_excess_loss(case: Case) -> None:
    app = case.open(*case.best)
    press(app, "Reveal")
    assert "Right." in app.success[0].value
    elsewhere = np.full(len(case.best), 0.9 * case.reach())
    app = case.open(*elsewhere)
    press(app, "Reveal")
    assert f"pays **{num(case.loss(*elsewhere) - case.loss(*case.best))}** more" in replies(app)
    assert not app.success


# Where people who reason wrongly put the pin, in multiples of today's minimum, and words the reply to them must have.
WRONG: dict[tuple[str, str], list[tuple[tuple[float, ...], str]]] = {
    ("one_weight", "double"): [
        ((1,), "expect no move"),
        ((3.2,), "the weight is not squared"),
        ((2.5,), "and no more than that"),
        ((0,), "the other way"),
        ((1.4,), "direction is right"),
    ],
    ("one_weight", "outlier"): [
        ((1,), "expect no move"),
        ((3.2,), "hold it back"),
        ((0,), "the other way"),
        ((1.35,), "not far enough"),
    ],
    ("one_weight", "units"): [
        ((1,), "expect no move"),
        ((2.54,), "the other way"),
        ((-0.1,), "the line is flat"),
        ((0.15,), "2.54²"),
        ((0.7,), "direction is right"),
    ],
    ("two_weights", "units"): [
        ((1, 1), "expect no move"),
        ((0.2, 1), "the other way"),
        ((1, 5), "belongs to x₂"),
        ((1, 0.2), "belongs to x₂"),
        ((5, 5), "moved both"),
        ((-1, -1), "every minimum gets a w₁ 5 times"),
    ],
    ("l2", "far"): [
        ((1,), "expect no move"),
        ((0,), "no longer pulls"),
        ((-0.4,), "past zero"),
        ((1.8,), "away from zero"),
        ((0.3,), "Too far"),
        ((0.75,), "Not far enough"),
    ],
    ("l2", "way"): [
        ((1, 1), "expect no move"),
        ((0, 0), "Only an infinite λ"),
        ((1.9, 1.9), "farther from zero"),
        ((0.6, 0.6), "so the path bends"),
        ((1, -0.6), "Not there."),
    ],
}


@pytest.mark.parametrize(("lesson", "ask"), WRONG, ids=str)
def test_wrong_answers_are_recognised_each_with_the_reply_that_fits(lesson: str, ask: str) -> None:
    kind = "article" if (lesson, ask) == ("l2", "far") or lesson == "one_weight" else "line"
    case = next(case for case in CASES if (case.lesson, case.ask, case.kind) == (lesson, ask, kind))
    w = np.linalg.lstsq(*points(kind, len(case.best)), rcond=1e-12)[0]
    heard = set()
    for multiple, words in WRONG[lesson, ask]:
        if np.abs(multiple * w).max() > case.reach():
            continue
        app = case.open(*(multiple * w))
        press(app, "Reveal")
        assert not app.success, (multiple, replies(app))
        assert words in replies(app), (multiple, replies(app))
        heard.add(words)
    assert len(heard) >= 3, heard


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


# Where the answer cannot be told from a misconception: a link, and why.
UNASKED = [
    ("one_weight", {"ask": "units", "data": "tips", "prep": "centred,scaled"}, "today’s minimum divided by 2.54²"),
    (
        "two_weights",
        {"ask": "units", "data": "pair", "prep": "intercept"},
        "where both weights become 2 times",
    ),
    (
        "two_weights",
        {"ask": "down", "data": "line", "prep": "centred,scaled"},
        "from everywhere the steepest way",
    ),
    ("l2", {"ask": "way", "data": "tips", "prep": "intercept"}, "zero"),
    ("l2", {"ask": "way", "data": "line", "prep": "centred"}, "the straight line to zero"),
]


@pytest.mark.parametrize(
    ("lesson", "link", "why"), UNASKED, ids=[f"{lesson}-{link['ask']}" for lesson, link, _ in UNASKED]
)
def test_a_question_that_cannot_be_judged_is_not_asked_and_other_data_are_offered(
    lesson: str, link: dict[str, str], why: str
) -> None:
    app = open_page(lesson, step="predict", **link)
    assert "The question is not asked on these data" in text(app)
    assert why in text(app)
    assert not app.get("plotly_chart")
    offers = [button for button in app.button if button.label.startswith("Predict on")]
    assert offers
    for label in [offer.label for offer in offers]:
        app = open_page(lesson, step="predict", **link)
        press(app, label)
        press(app, "Reveal")
        assert {kind.name: kind.title for kind in kinds(2)}[app.query_params["data"]] in label
        assert "prep" not in app.query_params


def test_a_link_that_locks_the_data_offers_no_others() -> None:
    lesson, link, _ = UNASKED[0]
    for fixed in ({"lock": "data"}, {"hide": "prep"}):
        app = open_page(lesson, step="predict", **link, **fixed)
        assert "The question is not asked on these data" in text(app)
        assert not [button for button in app.button if button.label.startswith("Predict on")]


def test_a_pin_from_which_the_star_lies_straight_down_is_to_be_moved() -> None:
    # (−1, −1) is on the line through the star (1, 1) and square to the valley w₁ + w₂ = 2.
    app = open_page("two_weights", step="predict", w1="-1", w2="-1")
    assert "The question is not asked from this pin" in text(app)
    assert not [button for button in app.button if button.label == "Reveal"]


@pytest.mark.parametrize("w", [(0.0, 0.0), (0.105, 0.92), (0.05, -1.0)])
@pytest.mark.parametrize("ask", ["units", "way"])
def test_on_tips_with_an_intercept_what_is_not_the_answer_is_not_right(ask: str, w: tuple[float, float]) -> None:
    lesson, keys = {"units": ("two_weights", ("w1", "w2")), "way": ("l2", ("pin1", "pin2"))}[ask]
    pins = {key: str(value) for key, value in zip(keys, w, strict=True)}
    app = open_page(lesson, step="predict", ask=ask, data="tips", prep="intercept", **pins)
    for button in [button for button in app.button if button.label == "Reveal"]:
        press(app, button.label)
    assert not app.success


# The formulas and takeaways once revealed, every number of them from numpy.


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_what_is_said_with_the_answer_is_the_answer(case: Case) -> None:
    app = case.open()
    press(app, "Reveal")
    said, best = text(app), case.best
    X, y = points(case.kind, len(best), case.rho)
    today = np.linalg.lstsq(X, y, rcond=1e-12)[0]
    H, then = 2 / len(y) * X.T @ X, 2 / len(case.y) * case.X.T @ case.X
    if case.lesson == "one_weight":
        x = case.X[:, 0]
        assert rf"= \dfrac{{{tex(float(x @ case.y), 7)}}}{{{tex(float(x @ x), 7)}}} " in said
        assert f" {tex(best[0], 7)}$$" in said
        assert f"goes from {num(today[0])} to **{num(best[0])}**" in said
        losses = float(np.mean((y - X @ today) ** 2)), case.loss(*best)
        stays = case.ask == "units"
        assert (f"stays {num(losses[1])}." if stays else f"goes from {num(losses[0])} to {num(losses[1])}.") in said
    elif case.ask == "units":
        k = round(float(np.abs(X[:, 0]).max() / np.abs(case.X[:, 0]).max()))
        assert rf"({k}\,w_1) \cdot \dfrac{{x_1}}{{{k}}}" in said
        assert rf"{tex(H[0, 0])} \;\to\; {tex(H[0, 0] / k**2)}" in said
        assert f"**The unit of {data.load(Source(case.kind, 2, case.rho)).features[0]} becomes {k} times" in said
        assert f"Along w₁ the bowl is {k} times as long, so its curvature there is {k}² times as small." in said
        shapes = [np.linalg.eigvalsh(each) for each in (H, then)]
        if shapes[0][0] > 1e-9 * shapes[0][1]:
            before, after = (each[1] / each[0] for each in shapes)
            assert f"goes from {num(before)} to **{num(after)}**" in said or f"happens to stay {num(after)}" in said
            assert f"w\\* = {vector(best)}**" in said
        else:
            assert "The valley turns." in said
    elif case.ask == "far":
        lam = float(np.mean(X**2))
        assert f"**λ becomes {num(lam)}, the average of x².**" in said
        assert rf"\dfrac{{{tex(lam)}}}{{{tex(lam)} + {tex(lam)}}} \cdot {bracket(today[0])} " in said
        assert f" {tex(today[0] / 2)}$$" in said
        assert f"half way, at **{num(today[0] / 2)}**" in said
    else:
        values, vectors = np.linalg.eigh(H)
        assert f"**λ becomes {num(case.lam)}.**" in said
        assert f"The minimum goes from {vector(rounded(today, 1))} to **{vector(rounded(best, 1))}**." in said
        assert f"{num(100 * float(np.hypot(*best) / np.hypot(*today)), 3)} % of its length is left" in said
        # A second time from the loss: at the penalised minimum its slope is −2λw, and H times what was lost.
        lost = vectors.T @ (today - best)
        for name, value, part, whole in zip(("flattest", "steepest"), values, lost, vectors.T @ today, strict=True):
            if abs(whole) > 1e-6 and value > 1e-9:
                assert rf"{tex(float(1 - part / whole), 3)} \text{{ ({name})}}" in said


def test_another_question_or_other_data_start_hidden() -> None:
    app = open_page("one_weight", step="predict")
    press(app, "Reveal")
    for name, value in (("one_weight_ask", "outlier"), ("one_weight_data", "tips")):
        app.button_group(key=name).set_value(value).run()
        assert any(button.label == "Reveal" for button in app.button)
        press(app, "Reveal")


def test_every_lesson_has_at_least_two_predictions() -> None:
    for lesson in COURSE:
        asked = open_page(lesson.name, step="predict").button_group(key=f"{lesson.name}_ask")
        assert len(asked.options) >= 2
