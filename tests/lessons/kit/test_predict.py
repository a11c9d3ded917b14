"""Predictions: nothing of the answer before it is asked for; then the exact one, a fair score, a reply to each slip."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.cached import kinds
from engine.records import Array
from lessons.course import COURSE
from lessons.kit.lesson import Lesson, Step, slug
from lessons.words import num
from tests.app import charts, offered, open_page, press, replies, sent, text, told
from tests.lessons.declared import MOMENTS, Moment
from tests.lessons.proofs import Case, Wrong, proofs, where

PROOFS = {lesson.name: proofs(lesson) for lesson in COURSE}
CASES = [case for found in PROOFS.values() for cases in found.cases.values() for case in cases]
WRONG = [(lesson, ask, wrong) for lesson, found in PROOFS.items() for ask, wrong in found.wrong.items()]
UNASKED = [(lesson, dict(link), why) for lesson, found in PROOFS.items() for link, why in found.unasked]
ASKING = [(lesson, step) for lesson in COURSE for step in lesson.predictions]


GRID = 100
"""From this many numbers on, an array is a curve, a surface or the places one may click, not a mark."""


def placed(chart: Any) -> Array:
    """Where the marks, lines and labels of a chart stand: every x and y it is sent with, but for grids."""
    spec = json.loads(chart.proto.spec)
    found: list[float] = []
    for thing in [*spec["data"], *spec["layout"].get("annotations", [])]:
        for value in (thing.get("x"), thing.get("y")):
            values = sent(value) if isinstance(value, dict | list) else [value]
            found += [each for each in values if each is not None and len(values) < GRID]
    return np.array(found)


# Where the answer is a round number it may stand on the page for another reason.
TELLING = [case for case in CASES if len(num(case.best[0])) > 3]


@pytest.mark.parametrize("case", TELLING, ids=str)
def test_nothing_of_the_answer_is_told_drawn_or_linked_before_it_is_asked_for(case: Case) -> None:
    app = case.open()
    assert num(case.best[0]) not in told(app)
    for chart in app.get("plotly_chart"):
        assert not np.isclose(placed(chart), case.best[0], rtol=1e-9, atol=0).any()
    press(app, "Reveal")
    assert any(np.isclose(placed(chart), case.best[0], rtol=1e-9).any() for chart in app.get("plotly_chart"))
    assert num(case.best[0]) in text(app)
    assert any(num(case.best[0]) in alt for alt in charts(app))
    press(app, "Predict again")
    assert num(case.best[0]) not in told(app)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_pin_on_the_bottom_is_right_and_one_elsewhere_pays_its_excess_loss(case: Case) -> None:
    app = case.open(*case.best)
    press(app, "Reveal")
    assert "Right." in app.success[0].value
    elsewhere = np.full(len(case.best), 0.9 * case.reach())
    app = case.open(*elsewhere)
    press(app, "Reveal")
    assert f"pays **{num(case.loss(*elsewhere) - case.loss(*case.best))}** more" in replies(app)
    assert not app.success


@pytest.mark.parametrize(("lesson", "ask", "wrong"), WRONG, ids=lambda each: each if isinstance(each, str) else "")
def test_wrong_answers_are_recognised_each_with_the_reply_that_fits(lesson: str, ask: str, wrong: Wrong) -> None:
    case = next(case for case in PROOFS[lesson].cases[ask] if case.kind == wrong.kind)
    heard = set()
    for multiple, words in wrong.pins:
        if np.abs(multiple * case.today).max() > case.reach():
            continue
        app = case.open(*(multiple * case.today))
        press(app, "Reveal")
        assert not app.success, (multiple, replies(app))
        assert words in replies(app), (multiple, replies(app))
        heard.add(words)
    assert len(heard) >= 3, heard


@pytest.mark.parametrize(
    ("lesson", "link", "why"), UNASKED, ids=[f"{lesson}-{link['ask']}" for lesson, link, _ in UNASKED]
)
def test_a_question_that_cannot_be_judged_is_not_asked_and_other_data_are_offered(
    lesson: str, link: dict[str, str], why: str
) -> None:
    link = where(lesson, link["ask"]) | link
    app = open_page(lesson, **link)
    assert "The question is not asked on these data" in text(app)
    assert why in text(app)
    assert not app.get("plotly_chart")
    offers = [button for button in app.button if button.label.startswith("Predict on")]
    assert offers
    for label in [offer.label for offer in offers]:
        app = open_page(lesson, **link)
        press(app, label)
        press(app, "Reveal")
        titles = {kind.name: kind.title for kind in kinds(2)}
        assert titles[app.query_params["data"]] in label
        assert "prep" not in app.query_params


def test_a_link_that_locks_the_data_offers_no_others() -> None:
    lesson, link, _ = UNASKED[0]
    for fixed in ({"lock": "data"}, {"hide": "prep"}):
        app = open_page(lesson, **where(lesson, link["ask"]) | link | fixed)
        assert "The question is not asked on these data" in text(app)
        assert not [button for button in app.button if button.label.startswith("Predict on")]


def on_offer(app: AppTest, lesson: Lesson) -> dict[str, str]:
    """The questions one may choose: their names in the link, and their words on the screen."""
    pills = app.button_group(key=f"{lesson.name}_ask")
    names = [prediction.name for asked in lesson.predictions.values() for prediction in asked]
    return dict(zip(names, pills.options, strict=True))


@pytest.mark.parametrize(("lesson", "step"), ASKING, ids=lambda each: getattr(each, "name", ""))
def test_every_prediction_that_is_declared_is_on_offer_and_there_are_at_least_two(lesson: Lesson, step: Step) -> None:
    declared = {prediction.name: prediction.label for prediction in lesson.predictions[step]}
    assert on_offer(open_page(lesson.name, step=slug(step)), lesson) == declared
    assert len(declared) >= 2


@pytest.mark.parametrize(("lesson", "step"), ASKING, ids=lambda each: getattr(each, "name", ""))
def test_another_question_or_other_data_start_hidden(lesson: Lesson, step: Step) -> None:
    app = open_page(lesson.name, step=slug(step))
    press(app, "Reveal")
    for name, value in (("ask", lesson.predictions[step][1].name), ("data", offered(lesson.weights)[1])):
        app.button_group(key=f"{lesson.name}_{name}").set_value(value).run()
        assert any(button.label == "Reveal" for button in app.button)
        press(app, "Reveal")


@pytest.mark.parametrize("moment", [moment for moment in MOMENTS if moment.prediction], ids=str)
def test_a_prediction_once_revealed_is_remembered_by_its_name(moment: Moment) -> None:
    app = open_page(moment.lesson.name, **moment.link)
    press(app, "Reveal")
    assert app.session_state["progress"].predictions == {f"{moment.lesson.name}/{moment.link['ask']}"}


def a_guess() -> None:
    import numpy as np
    import streamlit as st

    from engine.records import Minimum
    from lessons.kit.predict import guess_weight

    guess_weight("guess", 5.0, Minimum(np.array([st.session_state["today"]]), 0.0, 0.0, np.empty((0, 1))))


@pytest.mark.parametrize(("today", "ends"), [(2.0, (-1.0, 5.0)), (0.0, (-1.0, 5.0)), (-2.0, (-5.0, 1.0))])
def test_a_guess_may_go_to_the_reach_on_the_side_of_todays_minimum(today: float, ends: tuple[float, float]) -> None:
    app = AppTest.from_function(a_guess)
    app.session_state["today"] = today
    (slider,) = app.run().slider
    assert (slider.min, slider.max, slider.value) == (*ends, 0.0)
    assert slider.step == pytest.approx(6 / 120)


def not_this_one() -> None:
    from engine import cached
    from lessons.kit.predict import not_asked

    not_asked("Why not.", cached.kinds(2))


def test_data_whose_correlation_would_have_to_be_chosen_too_are_not_offered_instead() -> None:
    labels = [button.label for button in AppTest.from_function(not_this_one).run().button]
    assert labels == [f"Predict on “{kind.title}”" for kind in kinds(2) if kind.rho is None]
    assert len(labels) < len(kinds(2))
