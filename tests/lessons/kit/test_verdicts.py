"""What `judge` says to a pin: right only near the answer, and where a misconception is nearer, the reply to that."""

from __future__ import annotations

import numpy as np
import pytest

from engine.records import Minimum
from lessons.kit.predict import Question, Slip, judge, why_not


def test_on_a_steep_side_a_finger_in_distance_is_too_far_in_loss() -> None:
    best = Minimum(np.array([1.0, 1.0]), 0.0, 0.0, np.empty((0, 2)))
    asks = Question(best, np.diag([0.0002, 2.0]), 1.0, (Slip("zero", (0.0, 0.0), "zero"),))
    # On average over directions a finger of 0.05 costs (2.0002/2)/2 · 0.05².
    assert asks.allowed == pytest.approx(0.001250125)
    near = judge(asks, (1.049, 1.0), "")
    assert near.right
    assert near.reply.endswith("within a finger’s width of the bottom, which is 0.05 here.")
    assert not judge(asks, (1.051, 1.0), "").right
    assert judge(asks, (1.0, 1.035), "").right
    steep = judge(asks, (1.0, 1.04), "")
    assert not steep.right
    assert steep.reply.endswith("on a steep side, where it pays more than the 0.00125 that is close enough.")
    assert judge(asks, (1.0, 1.06), "elsewhere").reply == "elsewhere"


@pytest.mark.parametrize(("distance", "asked"), [(0.0, False), (0.049, False), (0.051, True)])
def test_a_question_whose_answer_lies_a_finger_from_a_misconception_is_not_asked(distance: float, asked: bool) -> None:
    best = Minimum(np.array([0.5]), 0.0, 0.0, np.empty((0, 1)))
    asks = Question(best, np.array([[1.0]]), 1.0, (Slip("zero", (0.0,), ""), Slip("somewhere", (0.5 + distance,), "")))
    why = why_not(asks)
    assert (why == "") == asked
    assert asked or "within a finger’s width of somewhere, and no pin could tell the two apart." in why


@pytest.mark.parametrize(
    ("w", "away"), [((0, 0), 5), ((3, 4), 0), ((6, 8), 0), ((5.62, 5.16), 1.4), ((9, 12), 5), ((3, 0), 4), ((10, 5), 5)]
)
def test_the_distance_to_a_line_of_places_ends_where_the_line_does(w: tuple[float, float], away: float) -> None:
    assert Slip("", (3.0, 4.0), "", (6.0, 8.0)).away(w) == pytest.approx(away)
    assert Slip("", (3.0, 4.0), "").away(w) == pytest.approx(np.hypot(w[0] - 3, w[1] - 4))


def test_a_line_of_places_through_the_answer_blurs_it_and_a_valley_that_crosses_another_does_not() -> None:
    across = Slip("a line", (-1.0, 0.5), "", (1.0, 0.5))
    point = Minimum(np.array([0.5, 0.5]), 0.0, 0.0, np.empty((0, 2)))
    valley = Minimum(np.array([0.5, 0.5]), 0.0, 0.0, np.array([[0.5**0.5, -(0.5**0.5)]]))
    assert why_not(Question(point, np.eye(2), 1.0, (across,)))
    assert not why_not(Question(valley, np.ones((2, 2)), 1.0, (across,)))
    assert why_not(Question(valley, np.ones((2, 2)), 1.0, (Slip("along it", (1.0, 0.0), ""),)))


@pytest.mark.parametrize(("w", "nearest_is"), [(0.524, "Close"), (0.526, "slip"), (0.551, "slip"), (0.601, "else")])
def test_between_answer_and_misconception_the_nearer_one_decides(w: float, nearest_is: str) -> None:
    best = Minimum(np.array([0.5]), 0.0, 0.0, np.empty((0, 1)))
    asks = Question(best, np.array([[1.0]]), 1.0, (Slip("beside", (0.55,), "slip"),))
    assert judge(asks, (w,), "else").reply.startswith(nearest_is)
