"""Any link opens a page that stands, with every value in range."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons import COURSE
from lessons.kit.lesson import slug
from tests.app import charts, healthy, open_page, text

NAMES = [
    "step",
    "data",
    "prep",
    "lock",
    "hide",
    "present",
    "notes",
    "w",
    "samples",
    "range",
    "mute",
    "angle",
    "many",
    "points",
    "camera",
    "w1",
    "w2",
    "grid",
    "lam",
    "train",
    "split",
    "pin1",
    "pin2",
    "guess",
    "shrunk",
    "aim",
    "ask",
    "nonsense",
]
NAMES += [f"{page}_{name}" for page in ("two_weights", "l2") for name in ("rho", "seed")]
AWKWARD = ["", "nan", "inf", "-inf", "1e999", "-1e308", "1e-320", "0x10", "1,2", "5,-5", "-1,nan", "[]", "{}", "null"]
AWKWARD += ["true", "½", "1_000", "'; --", "<script>", "../..", "%00", "\x00", "9" * 400, "-0", "1.", "0.1234567891234"]
SENSIBLE = [slug(step) for lesson in COURSE for step in lesson.steps] + [
    "article",
    "tips",
    "line",
    "pair",
    "0",
    "7",
    "true",
]
SENSIBLE += ["intercept", "centred", "scaled", "centred,scaled", "intercept,centred,scaled", "own"]

values = st.one_of(st.sampled_from(AWKWARD), st.sampled_from(SENSIBLE), st.text(max_size=12))


@settings(max_examples=60)
@given(
    page=st.sampled_from([lesson.name for lesson in COURSE] + ["Home"]),
    query=st.dictionaries(st.sampled_from(NAMES), values | st.lists(values, min_size=1, max_size=3)),
)
def test_any_link_opens_a_page_that_stands(page: str, query: dict[str, str | list[str]]) -> None:
    app = open_page(page, **query)
    assert charts(app) or app.header[0].value == "Check yourself"
    assert "undefined" not in text(app)
    for slider in app.slider:
        values = slider.value if isinstance(slider.value, tuple) else (slider.value,)
        for value in values:
            assert slider.min <= value <= slider.max


def test_an_unknown_step_or_data_set_opens_the_first() -> None:
    app = open_page("two_weights", step="nowhere", data="nothing")
    assert app.header[0].value == "Sample the plane"
    said = [caption.value for caption in app.caption]
    assert "The link asks for another step than there is here. You see “1 · Sample the plane”." in said
    assert "The link asks for another data than there is here. You see “Article”." in said
    assert "w₁ + w₂ = 2" in text(app)


def test_a_link_restores_the_moment() -> None:
    app = open_page("one_weight", step="every-guess", data="tips", w="0.1", samples="11")
    assert "Your weight **w = 0.1**" in text(app)
    assert "The lowest of the 11 samples" in text(app)


@pytest.mark.parametrize("crossed", [["5", "-5"], ["1", "1"], ["-1000", "1000"], ["nan", "2"], ["2"]])
def test_a_range_with_crossed_equal_or_distant_ends_is_the_default(crossed: list[str]) -> None:
    app = open_page("one_weight", step="every-guess", range=crossed)
    assert "w from −5 to 5" in charts(app)[0]


def test_a_range_in_the_link_is_the_range_on_the_picture() -> None:
    assert "w from 2 to 5" in charts(open_page("one_weight", step="every-guess", range=["2", "5"]))[0]


def test_a_range_without_width_says_what_is_shown_instead() -> None:
    app = open_page("one_weight", step="every-guess")
    app.slider(key="range").set_value((1.0, 1.0)).run()
    assert "A range needs two different ends. Shown instead: −5 to 5." in [caption.value for caption in app.caption]


def test_a_good_link_is_followed_without_a_word() -> None:
    app = open_page("two_weights", step="cut-it", data="tips")
    assert not [caption for caption in app.caption if "The link asks" in caption.value]


@pytest.mark.parametrize("extra", ["short", "x" * 1200])
def test_sharing_shows_the_link_and_says_where_it_is_too_long_for_a_qr_code(extra: str) -> None:
    app = open_page("two_weights", step="cut-it", w1="2.5", extra=extra)
    next(button for button in app.button if button.label == "Share this view").click().run()
    healthy(app)
    assert any(f"?step=cut-it&w1=2.5&extra={extra}" in code.value for code in app.code)
    assert any("too long for a QR code" in caption.value for caption in app.caption) == (len(extra) > 1000)
