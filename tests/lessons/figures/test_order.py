"""What lies on what: of two traces the later one is drawn over the earlier."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from lessons.figures import curves, motion, palette, planes, points
from tests.lessons.figures import by_hand

X1, Y1 = by_hand.some(1, 1)
X2, Y2 = by_hand.some(1, 2)
W, LAM = 0.8, 0.5
FIT1, FIT2 = by_hand.fit(X1, Y1, W), by_hand.fit(X2, Y2, (1.0, -1.0))
BEST1, BEST2 = by_hand.minimum(X1, Y1), by_hand.minimum(X2, Y2)
CURVE, MAP = by_hand.curve(X1, Y1), by_hand.surface(X2, Y2)
PATH = by_hand.ridge_path(X2, Y2, [0.0, LAM, 20.0])
PRICED1, PRICED2 = by_hand.minimum(X1, Y1, LAM), by_hand.minimum(X2, Y2, LAM)
THREE = {"one": (1.0, 0.0), "two": (0.0, 1.0), "three": (0.6, 0.8)}
CUTS = {name: by_hand.cut(X2, Y2, (1.0, -1.0), along) for name, along in THREE.items()}

FLAT = {
    "squares": points.squares(by_hand.dataset(X1, Y1), FIT1, 7),
    "fitted": points.fitted(by_hand.dataset(X1, Y1), FIT1),
    "with_phantom": points.with_phantom(by_hand.dataset(X1, Y1), BEST1.w[0], PRICED1.w[0], 2.0),
    "own_parabolas": curves.own_parabolas(by_hand.parabolas(X1, Y1), CURVE, BEST1, 2, CURVE),
    "tangent": curves.tangent(CURVE, FIT1, BEST1, 1.0),
    "predicted": curves.predicted(CURVE, BEST1, W, (by_hand.curve(X1, Y1, LAM), PRICED1, FIT1)),
    "cuts": curves.cuts(CUTS, FIT2, dict.fromkeys(THREE, 1.0)),
    "many_cuts": curves.many_cuts(CUTS, BEST2),
    "plain_and_penalised": curves.plain_and_penalised(by_hand.curve(X1, Y1, LAM), BEST1, PRICED1),
    "two_bottoms": curves.two_bottoms(by_hand.curve(X1, Y1, LAM), BEST1, PRICED1),
    "conventions": curves.conventions(by_hand.curve(X1, Y1, LAM), PRICED1, 7),
    "training_and_held_out": curves.training_and_held_out(by_hand.held_out(1), 20, 60),
    "line_and_loss": motion.line_and_loss(by_hand.dataset(X1, Y1), FIT1, BEST1, CURVE, CURVE),
}
MAPS = {
    "sampled": planes.sampled(by_hand.surface(X2, Y2, n=6), MAP, FIT2, BEST2),
    "rings": planes.rings(MAP, FIT2, BEST2, by_hand.spectrum(X2, Y2)),
    "three_cuts": planes.three_cuts(MAP, FIT2, BEST2, THREE),
    "aimed": planes.aimed(MAP, FIT2, BEST2, 30, np.array([0.6, 0.8])),
    "today": planes.today(MAP, FIT2, BEST2),
    "then": planes.then(MAP, FIT2, BEST2),
    "without_penalty": planes.without_penalty(MAP, FIT2, BEST2),
    "with_penalty": planes.with_penalty(MAP, FIT2, PRICED2, PATH, LAM),
    "twin": planes.twin(MAP, FIT2, PRICED2, PATH, title="T", levels=(0.0, 50.0), mark=palette.DIAMOND),
    "valley": planes.valley(MAP, by_hand.minimum(*by_hand.in_a_row(1))),
}
PLAYED = {"ridge_path": motion.ridge_path(PATH, by_hand.spectrum(X2, Y2), LAM, by_hand.REACH)}
PICTURES = FLAT | MAPS | PLAYED


def kind(trace: Any) -> str:
    """A map, a line or a mark."""
    if trace.type == "contour":
        return "map"
    if trace.mode == "lines":
        return "line"
    return "mark"


def order(figure: go.Figure, *kinds: str) -> list[int]:
    """Where traces of these kinds stand among all, on one pair of axes."""
    return [i for i, trace in enumerate(figure.data) if kind(trace) in kinds and len(trace.x)]


def under(figure: go.Figure, axis: str | None) -> go.Figure:
    """What is drawn on one of two pairs of axes."""
    return go.Figure([trace for trace in figure.data if (trace.xaxis or "x") == axis])


@pytest.mark.parametrize("name", MAPS)
def test_on_a_map_lines_lie_over_its_rings(name: str) -> None:
    maps, others = order(MAPS[name], "map"), order(MAPS[name], "line", "mark")
    assert maps == [0]
    assert others


@pytest.mark.parametrize("name", PICTURES)
def test_marks_lie_over_lines(name: str) -> None:
    for axis in ("x", "x2"):
        part = under(PICTURES[name], axis)
        lines, marks = order(part, "line"), order(part, "mark")
        if lines and marks:
            assert max(lines) < min(marks)


def at(figure: go.Figure, look: dict[str, Any]) -> int:
    """Which trace is the mark that looks so."""
    (found,) = [
        i
        for i, trace in enumerate(figure.data)
        if trace.type == "scatter"
        and trace.mode == "markers"
        and trace.marker.symbol == look["symbol"]
        and trace.marker.color == look["color"]
    ]
    return found


def test_the_pin_that_rides_the_curve_passes_over_the_star() -> None:
    figure = FLAT["line_and_loss"]
    (samples,) = [i for i in order(figure, "mark") if figure.data[i].marker.color == palette.LOSS]
    assert samples < at(figure, palette.STAR) < at(figure, palette.PIN)


@pytest.mark.parametrize("name", ["tangent", *(name for name in MAPS if name != "valley")])
def test_a_pin_at_rest_lies_under_the_mark_of_the_minimum(name: str) -> None:
    figure = PICTURES[name]
    best = palette.DIAMOND if name in ("with_penalty", "twin") else palette.STAR
    assert at(figure, palette.PIN) < at(figure, best)


def test_a_prediction_shows_today_under_the_pin_and_the_answer_over_it() -> None:
    figure = FLAT["predicted"]
    assert at(figure, palette.STAR) < at(figure, palette.PIN) < at(figure, palette.DIAMOND)


@pytest.mark.parametrize("name", ["plain_and_penalised", "two_bottoms"])
def test_the_minimum_with_a_penalty_lies_over_the_one_without(name: str) -> None:
    assert at(FLAT[name], palette.DIAMOND) > at(FLAT[name], palette.STAR)


@pytest.mark.parametrize("name", ["with_penalty", "twin", "rings"])
def test_a_coloured_line_on_a_map_lies_over_its_halo(name: str) -> None:
    figure = MAPS[name]
    halos = [i for i, trace in enumerate(figure.data) if trace.name == palette.FOR_CONTRAST]
    coloured = [i for i in order(figure, "line") if figure.data[i].line.color in (palette.PATH, palette.CHOICE)]
    assert len(halos) == len(coloured) == 1
    assert halos[0] < coloured[0]
    assert figure.data[halos[0]].line.width > figure.data[coloured[0]].line.width
