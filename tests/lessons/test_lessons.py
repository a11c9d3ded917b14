"""Every step of every lesson on every data set: it stands, shows pictures with words and formulas, and takes any value
of its controls. What the numbers of one lesson are is tested in its own module."""

from __future__ import annotations

import pytest

from lessons.course import COURSE
from lessons.kit.lesson import Lesson, prose, slug
from tests.app import charts, healthy, offered, open_page, reveal, text, titles
from tests.lessons.declared import MOMENTS, Moment

EVERY = [(moment, kind) for moment in MOMENTS for kind in offered(moment.lesson.weights)]
TAKE_APART = "Take it apart: code, downloads, proof"


@pytest.mark.parametrize("prep", ["", "centred,scaled", "intercept,centred"])
@pytest.mark.parametrize(("moment", "kind"), EVERY, ids=str)
def test_every_step_shows_charts_with_words_and_formulas_but_for_a_check(moment: Moment, kind: str, prep: str) -> None:
    app = open_page(moment.lesson.name, data=kind, prep=prep, **moment.link)
    if moment.step in moment.lesson.checks:
        assert not charts(app)
        return
    if moment.prediction and not [button for button in app.button if button.label == "Reveal"]:
        # In a bowl as round as centring and scaling make it, no direction is asked for, and there is no picture.
        assert "The question is not asked" in text(app)
        return
    reveal(app)
    assert charts(app)
    for alt in charts(app):
        assert len(alt) > 40
        assert any(character.isdigit() for character in alt)
        assert "**" not in alt
    for title in titles(app):
        assert 0 < len(title) <= 42  # what fits on a phone
    assert "$$" in text(app)
    for wrong in ("nan", "undefined", "inf "):
        assert wrong not in text(app)
    # What may be taken along is the script of the step's or the prediction's name, where there is one.
    assert (TAKE_APART in [fold.label for fold in app.expander]) == bool(moment.script)


@pytest.mark.parametrize(("moment", "kind"), EVERY, ids=str)
def test_every_control_can_go_to_both_its_ends(moment: Moment, kind: str) -> None:
    app = open_page(moment.lesson.name, data=kind, **moment.link)
    for key in [slider.key for slider in app.slider if slider.key]:
        for end in ("min", "max"):
            slider = app.slider(key=key)
            value = getattr(slider, end)
            app.slider(key=key).set_value((slider.min, slider.max) if isinstance(slider.value, tuple) else value).run()
            healthy(app)


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_back_and_next_walk_the_lesson_and_the_link_follows(lesson: Lesson) -> None:
    app = open_page(lesson.name)
    for step in lesson.steps[1:]:
        next(button for button in app.button if button.label == "Next").click().run()
        healthy(app)
        assert app.query_params["step"] == slug(step)
        assert app.header[0].value == prose(step)[0]
    for step in lesson.steps[-2::-1]:
        next(button for button in app.button if button.label == "Back").click().run()
        assert app.header[0].value == prose(step)[0]
