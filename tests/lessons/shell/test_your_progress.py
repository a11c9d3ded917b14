"""Progress as a learner's browser keeps it: what is odd in it is ignored, what is good comes back unchanged."""

from __future__ import annotations

import json
from contextlib import suppress
from io import BytesIO

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some

from lessons.course import COURSE
from lessons.kit import session
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
    st.session_state.clear()


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


def answered(text: str, **more: object) -> None:
    """Let the browser answer with a `text` that it kept, and with what else it says."""
    st.session_state[session.BROWSER] = {"kept": {"progress": text, **more}}
    your_progress.recall()


def test_what_the_browser_kept_is_added_to_what_was_seen_before_it_answered() -> None:
    progress().steps.add(NAMES[0])
    answered(json.dumps({"steps": [NAMES[1]], "erased": 3}))
    found = progress()
    assert found.steps == {NAMES[0], NAMES[1]}
    assert (found.known, found.erased) == (True, 3)


@pytest.mark.parametrize(
    ("erased", "steps", "known"), [(2, {NAMES[1]}, 2), (1, set(NAMES[:2]), 1), (0, set(NAMES[:2]), 1)]
)
def test_what_another_tab_erased_is_erased_here_and_what_was_erased_before_is_not(
    erased: int, steps: set[str], known: int
) -> None:
    st.session_state[session.PROGRESS] = Progress(steps={NAMES[0]}, erased=1, known=True)
    answered(json.dumps({"steps": [NAMES[1]], "erased": erased}))
    assert progress().steps == steps
    assert progress().erased == known


@pytest.mark.parametrize("text", ["", "None", "{", "[]", '{"erased": "9"}', '{"erased": 9.5}', '{"erased": null}'])
def test_a_kept_text_that_makes_no_sense_erases_nothing(text: str) -> None:
    st.session_state[session.PROGRESS] = Progress(steps={NAMES[0]}, erased=1, known=True)
    answered(text)
    assert progress() == Progress(steps={NAMES[0]}, erased=1, known=True)


def test_who_erases_is_still_known_and_has_erased_once_more() -> None:
    st.session_state[session.PROGRESS] = Progress(steps={NAMES[0]}, last=NAMES[0], erased=4, known=True)
    your_progress.erase()
    assert progress() == Progress(erased=5, known=True)


def test_what_was_pasted_comes_back_from_the_tab_but_not_over_what_is_pasted_now() -> None:
    answered("", pasted="x,y")
    assert st.session_state[session.LAST_PASTED] == "x,y"
    answered("", pasted="a,b")
    assert st.session_state[session.LAST_PASTED] == "x,y"


@pytest.mark.parametrize(("anew", "there"), [(True, False), (False, True)])
def test_the_controls_of_a_page_drawn_anew_are_set_by_the_link(anew: bool, there: bool) -> None:
    st.session_state.update({session.CONTROLS: {"w": "w", "not drawn": ""}, "w": 2.5})
    answered("", drawn_anew=anew)
    assert ("w" in st.session_state) == there


def test_a_copy_that_is_none_is_refused_with_the_way_to_a_good_one_and_no_copy_is_no_problem() -> None:
    progress().steps.add(NAMES[0])
    for copy, problem in ((None, False), (BytesIO(AS_KEPT.encode()), False), (BytesIO(b"x,y\n1,2"), True)):
        st.session_state[session.COPY] = copy
        your_progress.restore()
        assert (session.COPY_PROBLEM in st.session_state) == problem
    assert NAMES[0] in progress().steps
    assert progress().lessons == {"l2"}
    said = st.session_state[session.COPY_PROBLEM]
    assert said.startswith("This is not a copy of somebody’s progress in this course. Choose the file that")
    assert said.endswith("Nothing was changed.")


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
