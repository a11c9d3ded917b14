"""Every step on data that nobody chose for it, with every control at both its ends: no step stops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from engine.records import Array
from lessons import COURSE
from lessons.kit.lesson import slug
from tests.app import healthy, text
from tests.lessons.test_own import own

STEPS = [(lesson.name, slug(step)) for lesson in COURSE for step in lesson.steps]
PREPARATIONS = ["", "centred", "scaled", "centred,scaled", "intercept", "intercept,centred,scaled"]
ABSURD = ("nan", "undefined", "0 = 5", "−0 ", "-0 ")

whole = st.integers(-9, 9).map(float)
decimal = st.integers(-9_999, 9_999).map(lambda value: value / 100)


@st.composite
def columns(draw: st.DrawFn, n: int) -> list[float]:
    """A column as people bring them: whole numbers, prices, one yes among noes, a constant, years, extremes."""
    kind = draw(st.sampled_from(["whole", "decimal", "rare", "constant", "years", "extreme"]))
    if kind == "rare":
        yes = draw(st.integers(0, n - 1))
        return [float(i == yes) for i in range(n)]
    if kind == "constant":
        return [draw(whole)] * n
    if kind == "years":
        return [2000.0 + i for i in range(n)]
    values = {"whole": whole, "decimal": decimal, "extreme": st.sampled_from([1e9, -1e9, 1e-9, 0.0, 1.0])}[kind]
    return draw(st.lists(values, min_size=n, max_size=n))


@st.composite
def tables(draw: st.DrawFn) -> Array:
    """Two or three columns, the last of them the target; features may be multiples of one another, or a perfect fit."""
    n = draw(st.sampled_from([2, 3, 4, 7, 20, 21]))
    found = [draw(columns(n)) for _ in range(draw(st.integers(1, 2)))]
    if len(found) == 2 and draw(st.booleans()):
        found[1] = [draw(st.sampled_from([1.0, 2.0, 0.1])) * value for value in found[0]]
    table = np.array([*found, draw(columns(n) | st.just(found[0]))]).T
    table[0] = np.where(table.any(axis=0), table[0], 1.0)  # a column of zeros is refused, and tested as such
    return table


TWENTY = np.column_stack([np.arange(1.0, 21), np.arange(20) ** 2.0, np.sin(np.arange(20))])
RARE = np.column_stack([np.arange(1.0, 41), np.arange(40) == 3, np.sin(np.arange(40))])


def written(values: Array) -> str:
    """A table as it is pasted."""
    names = ["a", "y"] if values.shape[1] == 2 else ["a", "b", "y"]
    return "\n".join("\t".join(row) for row in [names, *([repr(value) for value in row] for row in values.tolist())])


def driven(app: AppTest) -> None:
    """Move every control to both its ends, and reveal what there is to reveal."""
    for button in [button for button in app.button if button.label == "Reveal"]:
        button.click().run()
        stands(app)
    for key in [slider.key for slider in app.slider if slider.key]:
        for end in ("min", "max"):
            slider = app.slider(key=key)
            value = getattr(slider, end)
            slider.set_value((slider.min, slider.max) if isinstance(slider.value, tuple) else value).run()
            stands(app)


def stands(app: AppTest) -> None:
    """Nothing stopped, and no sentence is absurd."""
    healthy(app)
    for absurd in ABSURD:
        assert absurd not in text(app), absurd


@settings(max_examples=50)
@given(tables(), st.sampled_from(STEPS), st.sampled_from(PREPARATIONS))
@example(TWENTY, ("l2", "is-it-worth-it"), "")
@example(RARE, ("l2", "is-it-worth-it"), "")
@example(RARE, ("l2", "is-it-worth-it"), "centred,scaled")
@example(np.array([[1.0, 2.0], [3.0, 4.0]]), ("one_weight", "where-the-bowl-comes-from"), "")
@example(np.array([[0.0, 5.0], [0.0, 1.0], [2.0, 3.0]]), ("one_weight", "where-the-bowl-comes-from"), "")
@example(np.array([[0.0, 0.0, 5.0], [1.0, 2.0, 1.0], [2.0, 3.0, 1.0]]), ("two_weights", "troughs-make-the-bowl"), "")
@example(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]), ("l2", "which-lambda"), "")
@example(np.array([[-1.0, 1.0], [1.0, 1.0]]), ("l2", "plain-and-penalised"), "")
def test_no_step_stops_whatever_data_it_is_given(values: Array, at: tuple[str, str], prep: str) -> None:
    lesson, step = at
    app = own(lesson, written(values), step=step, prep=prep)
    stands(app)
    driven(app)


@pytest.mark.parametrize("train", [10, 30])
def test_a_feature_that_is_zero_on_one_side_of_a_split_stops_nothing(train: int) -> None:
    for seed in range(0, 60, 20):
        app = own("l2", written(RARE), step="is-it-worth-it", train=str(train), split=str(seed))
        stands(app)
