"""A click moves what it says, to a place where its slider can stand, and nothing else that a browser may send does."""

from __future__ import annotations

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.kit.clicks import moves
from lessons.kit.controls import Pin
from lessons.kit.stage import at_pin, nearest

numbers = st.floats() | st.integers() | st.just(10**400)
odd = st.recursive(
    st.none() | st.booleans() | numbers | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)
PUTS = {"map": at_pin(Pin(("w1", "w2"), ("w₁", "w₂")), 5.0)}


def test_a_click_puts_the_pin_where_it_is_to_the_nearest_step_of_its_sliders() -> None:
    assert moves(PUTS, {"chart": "map", "x": 1.26, "y": -3}) == pytest.approx({"w1": 1.25, "w2": -3.0})


@given(numbers, numbers)
def test_wherever_a_click_is_the_pin_stays_on_its_sliders(x: float, y: float) -> None:
    for value in moves(PUTS, {"chart": "map", "x": x, "y": y}).values():
        assert -5 <= value <= 5
        assert round(value / 0.05) == pytest.approx(value / 0.05)


@given(odd)
@pytest.mark.parametrize("told", [None, {"chart": "other", "x": 1.0, "y": 1.0}, {"chart": "map", "x": nan, "y": 1.0}])
def test_what_is_no_click_on_a_picture_moves_nothing(told: object, sent: object) -> None:
    for each in (told, sent, {"chart": sent, "x": 1.0, "y": 1.0}, {"chart": "map", "x": "1", "y": sent}):
        assert moves(PUTS, each) == {}


@pytest.mark.parametrize(("value", "place"), [(0.26, 0.25), (-0.02, 0.0), (9.0, 2.0), (-1e300, -1.0)])
def test_the_nearest_place_of_a_slider_is_on_it(value: float, place: float) -> None:
    assert nearest(value, -1.0, 2.0, 60) == pytest.approx(place)
