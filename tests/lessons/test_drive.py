"""Every step on data that nobody chose for it, with every control at both its ends: no step stops."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from engine.records import Array
from lessons.course import COURSE
from lessons.kit import controls
from tests.app import healthy, open_page, reveal, text
from tests.lessons.declared import MOMENTS, Moment
from tests.lessons.shell.test_your_data import own

PREPARATIONS = ["", "centred", "scaled", "centred,scaled", "intercept", "intercept,centred,scaled"]
ABSURD = re.compile(r"nan|undefined|(?<![\d.])0 = 5|[−-]0 ")

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
"""Twenty points, the fewest from which some may be held out."""
RARE = np.column_stack([np.arange(1.0, 41), np.arange(40) == 3, np.sin(np.arange(40))])
"""One yes among noes: on one side of a split there is none."""


def written(values: Array) -> str:
    """A table as it is pasted."""
    names = ["a", "y"] if values.shape[1] == 2 else ["a", "b", "y"]
    return "\n".join("\t".join(row) for row in [names, *([repr(value) for value in row] for row in values.tolist())])


def driven(app: AppTest) -> None:
    """Move every control to both its ends, and reveal what there is to reveal."""
    reveal(app)
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
    assert not ABSURD.search(text(app))


@settings(max_examples=50)
@given(tables(), st.sampled_from(MOMENTS), st.sampled_from(PREPARATIONS))
def test_no_step_stops_whatever_data_it_is_given(values: Array, at: Moment, prep: str) -> None:
    app = own(at.lesson.name, written(values), prep=prep, **at.link)
    stands(app)
    driven(app)


@pytest.mark.parametrize("data", ["article", "own"])
@pytest.mark.parametrize("at", MOMENTS, ids=str)
def test_a_slider_shows_the_value_that_the_words_have(at: Moment, data: str) -> None:
    # Its average of x² is 220, so λ runs to 500 in steps of 2.5.
    app = own(at.lesson.name, "a\tb\ty\n10\t20\t3\n20\t10\t5\n13\t9\t4", **at.link) if data == "own" else None
    app = app or open_page(at.lesson.name, data=data, **at.link)
    for slider in app.slider:
        for value in slider.value if isinstance(slider.value, tuple) else (slider.value,):
            shown = slider.proto.format % value
            assert float(shown) == pytest.approx(value, rel=1e-9, abs=1e-12), (slider.key, shown)


@pytest.mark.parametrize("power", [1e-9, 1e-3, 0.01, 0.1, 1.0, 10.0, 1e6])
@pytest.mark.parametrize("step", [1.0, 1.2, 2.0, 2.5, 5.0])
def test_a_slider_shows_each_of_its_steps_in_full_and_no_digit_more(step: float, power: float) -> None:
    shown = controls.in_full(step * power) % (step * power)
    assert float(shown) == pytest.approx(step * power, rel=1e-9)
    assert "." not in shown or shown[-1] != "0"


def test_who_has_only_typed_is_not_told_that_data_are_gone() -> None:
    app = open_page(COURSE[0].name, data="own")
    app.text_area(key="pasted").set_value("x\ty\n1\t2\n2\t3").run()
    assert any("There are no data of yours here" in info.value for info in app.info)
    assert not any("gone from the server" in info.value for info in app.info)
