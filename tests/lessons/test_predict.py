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
from engine.records import Array, Source
from lessons import COURSE
from lessons.figures import palette
from lessons.kit.words import num, vector
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


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_finger_beside_the_bottom_still_counts_as_right(case: Case) -> None:
    off = 0.045 * case.reach() / np.sqrt(len(case.best))
    for sign in (-1, 1):
        app = case.open(*(case.best + sign * off))
        press(app, "Reveal")
        assert app.success, replies(app)


def wrong(case: Case) -> list[tuple[Array, str]]:
    """Where people who reason wrongly put the pin, and words the reply to them must have."""
    w = np.asarray(np.linalg.lstsq(*points(case.kind, len(case.best), case.rho), rcond=1e-12)[0])
    if case.ask == "double":
        return [
            (w, "expect no move"),
            (3.2 * w, "the weight is not squared"),
            (0 * w, "the other way"),
            (1.4 * w, "direction is right"),
        ]
    if case.ask == "outlier":
        return [(w, "expect no move"), (3.2 * w, "hold it back"), (0 * w, "the other way"), (1.35 * w, "not the size")]
    if (case.lesson, case.ask) == ("one_weight", "units"):
        return [
            (w, "expect no move"),
            (2.54 * w, "the other way"),
            (-0.1 * w, "the line is flat"),
            (0.13 * w, "2.54²"),
            (0.7 * w, "direction is right"),
        ]
    if case.ask == "units":
        k = np.abs(points(case.kind, 2, case.rho)[0][:, 0]).max() / np.abs(case.X[:, 0]).max()
        return [
            (w, "expect no move"),
            (w / [k, 1], "the other way"),
            (w * [1, 1 / k], "belongs to x₂"),
            (-w, "every minimum gets a w₁"),
        ]
    if case.ask == "far":
        return [(w, "expect no move"), (0 * w, "no longer pulls"), (-0.4 * w, "past zero"), (1.8 * w, "away from zero")]
    straight = abs(case.best[0] * w[1] - case.best[1] * w[0]) < 1e-6 * np.hypot(*w) * np.hypot(*case.best)
    return [
        (w, "expect no move"),
        (0 * w, "Only an infinite λ"),
        (1.9 * w, "farther from zero"),
        (0.75 * w, "the path is straight" if straight else "so the path bends"),
        (0.7 * np.array([w[1], -w[0]]), "runs straight to it" if straight else "turns to zero"),
    ]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_wrong_answers_are_recognised_each_with_the_reply_that_fits(case: Case) -> None:
    heard = set()
    for w, words in wrong(case):
        if np.abs(w).max() > case.reach():
            continue
        app = case.open(*w)
        press(app, "Reveal")
        if not app.success:  # a mistake may cost next to nothing, and then it is not one
            assert words in replies(app), (w, replies(app))
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
    assert "not as fast as it could" in replies(app)
    kept = np.cos(np.radians(right + 40 - np.degrees(np.arctan2(downhill[1], downhill[0]))))
    assert f"falls by **{num(float(kept * np.hypot(*downhill)))}** for each unit" in replies(app)

    for degrees, said in (
        (right, "Right."),
        (right + 8, "Right."),
        (right + 180, "uphill"),
        (right + 90, "along the ring"),
    ):
        app = go(degrees)
        press(app, "Reveal")
        assert said in replies(app)
    if min(abs(to_star - right), 360 - abs(to_star - right)) > 30:
        app = go(to_star)
        press(app, "Reveal")
        assert "Straight at the star" in replies(app)


def test_on_the_bottom_no_way_is_down_and_nothing_is_asked() -> None:
    app = open_page("two_weights", step="predict", w1="1", w2="1")
    assert "where no way leads down" in text(app)
    assert not [button for button in app.button if button.label == "Reveal"]


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
