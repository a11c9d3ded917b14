"""A data set is one entry of `engine.sets`: one more is offered, opens every step, and can be changed as one's own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine import sets
from engine.records import Dataset, Kind, Source
from lessons.course import COURSE
from lessons.kit.lesson import Lesson, slug
from tests.app import charts, offered, open_page, text


def snails(source: Source) -> Dataset:
    """Five points with one feature, or two where they are asked for with a correlation."""
    X = np.array([[1.0], [2.0], [4.0], [5.0], [7.0]])
    if source.kind == "correlated-snails":
        X = np.column_stack([X, source.rho * X[:, 0] + [1, -1, 0.5, 2, -2]])
    features = ("hours", "slugs")[: X.shape[1]]
    return Dataset(
        origin="Counted by nobody, for a test.",
        features=features,
        target="metres",
        each=tuple(f"each of the {name}" for name in features),
        brings="metres",
        X=X,
        y=np.array([2.0, 3.0, 3.5, 6.0, 6.5]),
    )


PLAIN = Kind("snails", "Snails", snails)
DRAWN = Kind("correlated-snails", "Correlated snails", snails, fewest=2, rho=0.25)


@pytest.mark.parametrize("entry", [PLAIN, DRAWN], ids=lambda entry: entry.name)
@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_one_more_entry_is_offered_by_the_lessons_it_suits_and_opens_every_step_of_them(
    lesson: Lesson, entry: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = offered(lesson.weights)
    monkeypatch.setattr(sets, "KINDS", (*sets.KINDS, entry))
    suits = lesson.weights >= entry.fewest
    assert offered(lesson.weights) == ([*before, entry.name] if suits else before)
    for step in lesson.steps:
        app = open_page(lesson.name, step=slug(step), data=entry.name)
        titles = list(app.button_group(key=f"{lesson.name}_data").options)
        asked_in_vain = [caption for caption in app.caption if "The link asks for another data" in caption.value]
        if not suits:
            assert entry.title not in titles
            assert asked_in_vain
            return
        assert titles[-2:] == [entry.title, "Yours"]
        assert not asked_in_vain
        assert charts(app) or "The question is not asked" in text(app) or slug(step) == "check-yourself"
        correlations = [slider.value for slider in app.slider if slider.label == "Correlation"]
        assert correlations == ([] if entry.rho is None else [entry.rho])


def test_an_entry_that_is_not_offered_is_on_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    before = offered(2)
    monkeypatch.setattr(sets, "KINDS", (*sets.KINDS, replace(PLAIN, offered=False)))
    assert offered(2) == before
    assert {kind.name for kind in sets.KINDS if not kind.offered}.isdisjoint(offered(2))


def test_the_points_of_one_more_entry_can_be_changed_as_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "KINDS", (*sets.KINDS, PLAIN))
    app = open_page("two_weights", data="own")
    app.selectbox[1].set_value("Snails").run()
    next(button for button in app.button if button.label == "Start from these").click().run()
    assert "**5 points**" in text(app)


def test_the_data_sets_stand_on_the_screen_in_the_order_of_their_entries() -> None:
    for lesson in COURSE:
        shown = list(open_page(lesson.name).button_group(key=f"{lesson.name}_data").options)
        assert shown == [*(kind.title for kind in sets.KINDS if kind.title in shown), "Yours"]
        assert shown[0] == "Article"  # what opens when nothing was chosen
