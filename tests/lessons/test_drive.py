"""Every step on data that nobody chose for it, with every control at both its ends: no step stops."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from engine.records import Array
from lessons.course import COURSE
from lessons.kit.lesson import slug
from lessons.words import num, tex
from tests.app import healthy, open_page, text
from tests.lessons.shell.test_your_data import own

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


@pytest.mark.parametrize("data", ["article", "own"])
@pytest.mark.parametrize("at", STEPS, ids="/".join)
def test_a_slider_shows_the_value_that_the_words_have(at: tuple[str, str], data: str) -> None:
    lesson, step = at
    # Its average of x² is 220, so λ runs to 500 in steps of 2.5.
    app = own(lesson, "a\tb\ty\n10\t20\t3\n20\t10\t5\n13\t9\t4", step=step) if data == "own" else None
    app = app or open_page(lesson, step=step, data=data)
    for slider in app.slider:
        for value in slider.value if isinstance(slider.value, tuple) else (slider.value,):
            shown = slider.proto.format % value
            assert float(shown) == pytest.approx(value, rel=1e-9, abs=1e-12), (slider.key, shown)


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


def test_who_has_only_typed_is_not_told_that_data_are_gone() -> None:
    app = open_page("one_weight", data="own")
    app.text_area(key="pasted").set_value("x\ty\n1\t2\n2\t3").run()
    assert any("There are no data of yours here" in info.value for info in app.info)
    assert not any("gone from the server" in info.value for info in app.info)
