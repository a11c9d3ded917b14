"""Progress as a learner's browser keeps it: what is odd in it is ignored, what is good comes back unchanged."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some

from lessons.course import COURSE
from lessons.kit.lesson import slug
from lessons.kit.progress import Progress, progress
from lessons.shell import your_progress
from tests.app import ROOT, open_page, text

NAMES = [f"{lesson.name}/{slug(step)}" for lesson in COURSE for step in lesson.steps]
values: some.SearchStrategy[object] = some.recursive(
    some.none() | some.booleans() | some.floats() | some.text() | some.sampled_from(NAMES),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    max_leaves=10,
)
fields = some.sampled_from(["steps", "predictions", "checks", "lessons", "last", "known", "other"])


@pytest.fixture(autouse=True)
def fresh() -> None:
    st.session_state.pop("progress", None)


def test_a_copy_of_somebodys_progress_brings_it_back() -> None:
    found = progress()
    found.steps |= set(NAMES[:3])
    found.predictions.add("one_weight/double")
    found.checks.add("one_weight/0")
    found.lessons.add("l2")
    found.last = NAMES[2]
    copy = your_progress.text_of(found)
    st.session_state.pop("progress")
    your_progress.merge(your_progress.read(copy))
    assert your_progress.text_of(progress()) == copy


AS_KEPT = """{"steps": ["one_weight/one-guess", "one_weight/the-slope"], "predictions": ["one_weight/double"],
 "checks": ["one_weight/0"], "lessons": ["l2"], "last": "one_weight/the-slope"}"""
"""A copy as learners have it on their disks: its names must hold for ever."""


def test_a_copy_kept_long_ago_is_read_and_a_new_one_is_written_the_same_way() -> None:
    your_progress.merge(your_progress.read(AS_KEPT))
    found = progress()
    assert found.steps == {"one_weight/one-guess", "one_weight/the-slope"}
    assert found.predictions == {"one_weight/double"}
    assert (found.checks, found.lessons, found.last) == ({"one_weight/0"}, {"l2"}, "one_weight/the-slope")
    assert json.loads(your_progress.text_of(found)) == json.loads(AS_KEPT)


def test_nothing_done_is_nothing_kept() -> None:
    assert your_progress.text_of(Progress(known=True)) == ""


def test_restoring_adds_and_takes_nothing_away() -> None:
    progress().steps.add(NAMES[0])
    progress().last = NAMES[0]
    your_progress.merge(your_progress.read(json.dumps({"steps": [NAMES[5]], "last": NAMES[5]})))
    assert progress().steps == {NAMES[0], NAMES[5]}
    assert progress().last == NAMES[0]


@given(some.text() | values.map(json.dumps) | some.dictionaries(fields, values).map(json.dumps))
def test_any_text_is_taken_for_what_is_good_in_it_or_refused_in_a_sentence(kept: str) -> None:
    st.session_state.pop("progress", None)
    refused = ""
    try:
        your_progress.merge(your_progress.read(kept))
    except ValueError as error:
        refused = str(error)
    assert refused in ("", "This is not a copy of somebody’s progress in this course.")
    found = progress()
    for names in (found.steps, found.predictions, found.checks, found.lessons):
        assert all(your_progress.fits(name) for name in names)
    assert found.last == "" or your_progress.fits(found.last)


@pytest.mark.parametrize("kept", ["[" * 100_000, "{" * 100_000, '"' + "x" * 10**6, "null", "7", "NaN", '{"steps": 5}'])
def test_hostile_texts_are_small_work(kept: str) -> None:
    with suppress(ValueError):
        your_progress.merge(your_progress.read(kept))
    assert not your_progress.text_of(progress())


def test_names_of_things_that_do_not_exist_count_nowhere() -> None:
    app = open_page("Home")
    app.session_state["progress"].steps.update({"one_weight/nothing", "other/one-guess"})
    app.session_state["progress"].last = "one_weight/nothing"
    app.run()
    labels = [link.proto.label for link in app.get("page_link")]
    assert "One weight" in labels
    assert "**Start with the first lesson**" in labels


def test_the_menu_counts_the_steps_seen_and_the_cover_leads_back() -> None:
    app = open_page("two_weights", step="cut-it")
    assert "Two weights · 1 of 6" in [link.proto.label for link in app.get("page_link")]
    next(button for button in app.button if button.label == "Next").click().run()
    assert "Two weights · 2 of 6" in [link.proto.label for link in app.get("page_link")]
    app.switch_page(str(ROOT / "Home.py")).run()
    labels = [link.proto.label for link in app.get("page_link")]
    assert "**Continue where you left off: Two weights, troughs make the bowl**" in labels
    assert "**2** steps seen" in text(app)
    next(button for button in app.button if button.label == "Erase").click().run()
    assert "**0** steps seen" in text(app)
    assert "**Start with the first lesson**" in [link.proto.label for link in app.get("page_link")]


def test_the_menu_has_the_cover_the_lessons_in_order_and_the_page_for_teachers() -> None:
    app = open_page("teach")
    app.session_state["progress"].lessons.add(COURSE[-1].name)
    app.session_state["progress"].steps.update(NAMES)
    app.run()
    labels = [link.proto.label for link in app.sidebar.get("page_link")]
    counted = [f"{each.title} · {len(each.steps)} of {len(each.steps)}" for each in COURSE[:-1]]
    assert labels == ["Cover", *counted, f"{COURSE[-1].title} · done", "For teachers"]
