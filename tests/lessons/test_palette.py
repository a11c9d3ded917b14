"""One colour and one shape for each idea: told apart by eyes of every kind, on a white page and on a dark one."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from engine.records import Array
from lessons.figures import palette

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


def test_gold_marks_are_outlined_darkly() -> None:
    for mark in MARKS:
        assert contrast(mark["line"]["color"], PAGES["light"]) >= 7
        assert contrast(mark["color"], PAGES["dark"]) >= 3


def test_deep_is_dark_and_high_is_pale_for_all_eyes() -> None:
    # A scale whose lightness only rises is read by everybody, and in print.
    for eyes in EYES:
        lightness = [cspace_convert(seen(colour, eyes), "sRGB1", "CAM02-UCS")[0] for _, colour in palette.BOWL]
        assert np.all(np.diff(lightness) > 10)
