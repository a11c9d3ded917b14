"""Charts as tables hold the numbers that are drawn, and the glossary leads to steps that use its words."""

from __future__ import annotations

import re

import numpy as np
import pytest

from engine import data, landscape, loss, minimum
from engine.records import Source
from lessons.course import COURSE
from lessons.figures import motion, planes, points
from lessons.figures.tables import tables
from lessons.kit import session
from lessons.kit.lesson import slug
from lessons.shell.terms import TERMS, Term
from tests.app import healthy, open_page, text

ONE, TWO = data.load(Source("article", 1)), data.load(Source("line", 2))


def test_the_table_of_a_picture_of_points_has_the_points() -> None:
    found = dict(tables(points.fitted(ONE, loss.fit_at((1.0,), ONE.X, ONE.y))))
    np.testing.assert_array_equal(found["Data"]["x"], [1, 2, 3, 4])


def test_the_table_of_a_map_has_the_loss_and_not_its_colour() -> None:
    surface = landscape.surface(TWO.X, TWO.y, -5, 5, 20)
    fit, best = loss.fit_at((1.0, 2.0), TWO.X, TWO.y), minimum.minimum(TWO.X, TWO.y)
    pictures = (
        planes.contour(surface, fit, best, title="Map"),
        planes.bowl(surface, fit, best, "Bowl", planes.CAMERAS["corner"]),
    )
    for figure in pictures:
        found = dict(tables(figure))["Map"]
        # By hand, at every row: four points, ŷ = w₁ x + w₂.
        x, y = TWO.X, TWO.y
        expected = [
            np.mean((y - a * x[:, 0] - b * x[:, 1]) ** 2) for a, b in zip(found["w₁"], found["w₂"], strict=True)
        ]
        np.testing.assert_allclose(found["loss"], expected, rtol=1e-6)
        assert len(found["loss"]) == 400
        # And for each mark its own place, not the head of its needle.
        for name, w in (("Minimum", best.w), ("Your weights", fit.w)):
            (w1,), (w2,) = (list(column) for column in list(dict(tables(figure))[name].values())[:2])
            assert (w1, w2) == tuple(w)


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_every_chart_of_every_step_can_be_read_as_a_table(lesson: object) -> None:
    for step in lesson.steps:  # type: ignore[attr-defined]
        app = open_page(lesson.name, step=slug(step))  # type: ignore[attr-defined]
        before = len(app.dataframe)
        drawn = [chart.proto.alt for chart in app.get("plotly_chart")]
        app.session_state[f"tables {slug(step)}"] = True
        app.run()
        healthy(app)
        assert (len(app.dataframe) > before) == bool(drawn)
        # The server keeps no picture of a step that is done.
        assert not app.session_state[session.STAGE].drawn


def test_a_table_says_how_many_rows_it_has_and_what_it_is_of() -> None:
    app = open_page("two_weights", step="read-the-rings")
    app.session_state[session.tables("read-the-rings")] = True
    app.run()
    said = [caption.value for caption in app.caption if re.search(r": \d+ rows?$", caption.value)]
    assert any(each.endswith(": 1 row") for each in said)
    assert any(each.endswith("0 rows") for each in said)
    titles = [line.value.strip("*") for line in app.markdown]
    for caption, table in zip(said, app.dataframe[-len(said) :], strict=True):
        assert len(table.value) == int(caption.rpartition(": ")[2].split()[0])
        title, _, columns = table.proto.alt.partition(f", {caption.rpartition(': ')[0]}: ")
        assert title in titles
        assert columns == f"{', '.join(table.value.columns)}."


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_a_word_of_the_glossary_stands_in_the_step_it_leads_to(term: Term) -> None:
    (word, *_) = re.split(r" [^a-z]|(?<=[a-z]) (?=[wLH]\b)", term.name)
    shown = text(open_page(term.lesson, step=term.step)).lower()
    assert re.sub(r"\W*$", "", word.lower()) in re.sub(r"[*$\\]", "", shown), (word, term)


COMMON = {"Slope", "Weight w", "Error", "Feature x", "Cut", "Grid", "Ring", "Pin", "Minimum w*", "Target y"}
"""Words of everyday English too, or of the first steps, which say what they mean where they stand."""


@pytest.mark.parametrize("term", [term for term in TERMS if term.name not in COMMON], ids=lambda term: term.name)
def test_no_step_uses_a_word_before_the_step_that_brings_it(term: Term) -> None:
    word = re.split(r" [^a-z]| L$", term.name)[0].lower()
    for lesson in COURSE:
        for step in lesson.steps:
            if (lesson.name, slug(step)) == (term.lesson, term.step):
                return
            shown = text(open_page(lesson.name, step=slug(step))).lower()
            assert not re.search(rf"\b{word}", shown), (lesson.name, slug(step))


def test_words_come_in_the_order_of_the_course() -> None:
    order = [(lesson.name, slug(step)) for lesson in COURSE for step in lesson.steps]
    places = [order.index((term.lesson, term.step)) for term in TERMS]
    assert places == sorted(places)
    assert len({term.name for term in TERMS}) == len(TERMS)


def test_the_growing_bowl_plays_back_to_the_first_point_alone_and_forth_to_all() -> None:
    stages = [landscape.part(TWO.X, TWO.y, 0, k, -5, 5, 9) for k in range(1, 5)]
    figure = motion.growing_bowl(stages, minimum.minimum(TWO.X, TWO.y), ("a", "b"))
    shown = [np.asarray(frame.data[0].z) for frame in figure.frames]
    w1, w2 = np.meshgrid(np.linspace(-5, 5, 9), np.linspace(-5, 5, 9))
    squares = [(y - w1 * a - w2 * b) ** 2 for (a, b), y in zip(TWO.X, TWO.y, strict=True)]
    for at, points_in in ((0, 1), (motion.BLENDS, 2), (-1, 4)):
        np.testing.assert_allclose(shown[at], np.mean(squares[:points_in], axis=0), rtol=1e-6, atol=1e-5)
    np.testing.assert_array_equal(shown[-1], figure.data[0].z)
    slider, play = figure.layout.sliders[0], figure.layout.updatemenus[0].buttons[0]
    assert (slider.steps[0].label, slider.steps[-1].label) == ("the first point", "all 4 points")
    order = [int(at) for at in play.args[0]]
    assert (order[0], order[len(order) // 2], order[-1]) == (slider.active, 0, len(shown) - 1)
    assert play.args[1]["frame"]["redraw"]
