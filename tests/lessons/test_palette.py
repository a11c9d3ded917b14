"""One colour and one shape for each idea: told apart by eyes of every kind, on a white page and on a dark one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from colorspacious import cspace_convert, deltaE
from streamlit.testing.v1 import AppTest

from engine.records import Array
from lessons.course import COURSE
from lessons.figures import palette
from lessons.figures.tables import called
from lessons.shell.terms import TERMS
from tests.app import move_all, open_page, reveal
from tests.lessons.declared import MOMENTS

EYES = ("deuteranomaly", "protanomaly", "tritanomaly")
PAGES = {"light": "#ffffff", "dark": "#191919"}
MARKS: tuple[dict[str, Any], ...] = palette.STAR, palette.DIAMOND


def rgb(colour: str) -> Array:
    """#rrggbb as three numbers from 0 to 1."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def seen(colour: str, eyes: str) -> Array:
    """A colour as colour-blind eyes of that kind see it (Machado, Oliveira and Fernandes, 2009), fully so."""
    space = {"name": "sRGB1+CVD", "cvd_type": eyes, "severity": 100}
    found: Array = np.clip(cspace_convert(rgb(colour), space, "sRGB1"), 0, 1)
    return found


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours: from 1 to 21."""

    def luminance(colour: str) -> float:
        c = rgb(colour)
        return float(np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722])

    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize(("one", "other"), list(combinations(palette.SIGNS, 2)))
def test_two_ideas_differ_to_colour_blind_eyes_in_colour_or_else_in_shape(eyes: str, one: str, other: str) -> None:
    a, b = palette.SIGNS[one], palette.SIGNS[other]
    apart = deltaE(seen(a.colour, eyes), seen(b.colour, eyes), input_space="sRGB1")
    assert apart >= 10 or a.shape != b.shape


def test_where_colours_would_not_do_shapes_are_needed() -> None:
    # The check above can fail: these pairs rest on their strokes alone.
    loss, total = palette.SIGNS["Loss"], palette.SIGNS["Loss plus penalty"]
    assert deltaE(seen(loss.colour, "protanomaly"), seen(total.colour, "protanomaly"), input_space="sRGB1") < 10


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("idea", palette.SIGNS)
def test_each_idea_stands_out_on_the_page(idea: str, page: str) -> None:
    # WCAG 2.2, 1.4.11: what is needed to understand a picture has a contrast of 3 or more.
    assert contrast(palette.SIGNS[idea].colour, PAGES[page]) >= 3


def test_the_key_draws_each_idea_as_pictures_do() -> None:
    rows = palette.key().data
    assert [row.y[0] for row in rows] == list(palette.SIGNS)
    for row, (idea, sign) in zip(rows, palette.SIGNS.items(), strict=True):
        if sign.shape != "square":
            assert called(row) == idea


def test_gold_marks_are_outlined_darkly() -> None:
    for mark in MARKS:
        assert contrast(mark["line"]["color"], PAGES["light"]) >= 7
        assert contrast(mark["color"], PAGES["dark"]) >= 3


def test_deep_is_dark_and_high_is_pale_for_all_eyes() -> None:
    # A scale whose lightness only rises is read by everybody, and in print.
    for eyes in EYES:
        lightness = [cspace_convert(seen(colour, eyes), "sRGB1", "CAM02-UCS")[0] for _, colour in palette.BOWL]
        assert np.all(np.diff(lightness) > 10)


def looks(app: AppTest) -> Iterator[str]:
    """What the charts on a page draw, told by colours and shapes; KeyError for what means nothing."""
    for chart in app.get("plotly_chart"):
        figure = go.Figure(json.loads(chart.proto.spec))
        for arrow in figure.layout.annotations:
            # White points the way of the loss. Thin and grey is the line from a label to what it names.
            if arrow.arrowcolor not in (palette.HALO, palette.DATA):
                yield palette.LOOKS[arrow.arrowcolor, "solid"]
        for trace in figure.data:
            if trace.type not in ("contour", "surface") and trace.name != palette.FOR_CONTRAST:
                yield called(trace)


def test_whatever_a_chart_draws_has_the_colour_and_the_shape_of_its_idea() -> None:
    drawn: dict[str, set[str]] = {lesson.name: set() for lesson in COURSE}
    for moment in MOMENTS:
        app = open_page(moment.lesson.name, **moment.link)
        drawn[moment.lesson.name] |= set(looks(app))
        move_all(app)
        reveal(app)
        drawn[moment.lesson.name] |= set(looks(app))
    assert set().union(*drawn.values()) >= set(palette.SIGNS)
    assert set(palette.LOOKS.values()) >= set().union(*drawn.values())
    # Before the lesson that brings the penalty, nothing looks as if there were one.
    brings = next(term.lesson for term in TERMS if term.name.startswith("Penalty"))
    before = set().union(*(drawn[name] for name in list(drawn)[: list(drawn).index(brings)]))
    assert before
    assert not {idea for idea in before if "enalty" in idea or idea in ("Ridge path", "Held-out loss")}
