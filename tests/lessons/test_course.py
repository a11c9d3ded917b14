"""The registry, the doors and the lessons agree, and a new lesson costs one file, one line and its door."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lessons.course import COURSE
from lessons.kit.lesson import Lesson, prose, slug
from lessons.shell.routes import ROUTES, Route
from tests.app import ROOT, offered, open_page, press, text
from tests.lessons.declared import MOMENTS

DOOR = """from pages import ahead

with ahead():
    from lessons.shell.page import open_lesson
    from lessons.{name} import LESSON

open_lesson(LESSON)
"""


def test_every_lesson_has_its_door_and_every_door_its_lesson() -> None:
    others = ("__init__", "teach")
    doors = {path.stem: path.read_text() for path in (ROOT / "pages").glob("*.py") if path.stem not in others}
    assert set(doors) == {lesson.name for lesson in COURSE}
    for name, code in doors.items():
        # Which of the two imports is first depends on the lesson's name.
        assert sorted(code.splitlines()) == sorted(DOOR.format(name=name).splitlines())
        assert (ROOT / "lessons" / f"{name}.py").exists()


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_every_step_has_a_heading_and_no_more_words_than_anyone_reads(lesson: Lesson) -> None:
    for step in lesson.steps:
        assert step.__doc__
        assert "### " in step.__doc__
        heading, text = prose(step)
        assert heading
        assert 20 <= len(text.split()) <= 80
    assert len({slug(step) for step in lesson.steps}) == len(lesson.steps)


def test_control_names_are_unique_across_the_course() -> None:
    """Two pages with one name would carry a value of the one into the link of the other."""
    owner: dict[str, str] = {}
    for moment in MOMENTS:
        for kind in offered(moment.lesson.weights):
            app = open_page(moment.lesson.name, data=kind, **moment.link)
            for slider in app.slider:
                assert owner.setdefault(slider.key or "", moment.lesson.name) == moment.lesson.name


def test_the_cover_says_what_how_long_and_leads_on() -> None:
    app = open_page("Home")
    words = " ".join([*(m.value for m in app.markdown), *(h.value for h in app.subheader)])
    captions = " ".join(caption.value for caption in app.caption)
    links = [link.proto.page for link in app.get("page_link")]
    for lesson in COURSE:
        assert lesson.title in words
        assert lesson.goal in words
        assert f"{lesson.minutes} minutes" in captions
        assert links.count(lesson.name) >= 2  # in the menu and on its card


LEFT_OUT = (".git", ".venv", "venv", "__pycache__", ".*_cache", ".hypothesis", "*.webp")
"""What of this folder a copy needs not."""


def test_a_lesson_costs_its_file_its_line_and_its_door_and_what_it_asks_a_proof(tmp_path: Path) -> None:
    copy = shutil.copytree(ROOT, tmp_path / "course", ignore=shutil.ignore_patterns(*LEFT_OUT))
    shutil.copy(copy / "docs" / "example_lesson.py", copy / "lessons" / "your_lesson.py")
    shutil.copy(copy / "docs" / "example_proofs.py", copy / "tests" / "lessons" / "test_your_lesson.py")
    (copy / "pages" / "your_lesson.py").write_text(DOOR.format(name="your_lesson"))
    registry = copy / "lessons" / "course.py"
    last = f'        "{COURSE[-1].name}",\n'
    assert last in registry.read_text()
    registry.write_text(registry.read_text().replace(last, f'{last}        "your_lesson",\n'))
    # The whole suite is collected; what is run is all that is about this lesson, and the menu, but for browsers.
    command = ["-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", "--deselect", "tests/browser", "-k"]
    done = subprocess.run(
        [sys.executable, *command, "your_lesson or every_door or cover_says"], cwd=copy, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.findall(r"(\d+) passed", done.stdout)[0]) > 20


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_presenting_is_in_the_link_and_leaves_one_step_and_the_way_on(lesson: Lesson) -> None:
    steps = len(lesson.steps)
    at = min(2, steps)
    step = lesson.steps[at - 1]
    app = open_page(lesson.name, step=slug(step), present="true")
    assert not app.title
    assert app.header[0].value == prose(step)[0]
    # Before the first step and behind the last is another page, and the way to it a link.
    back, on = ["Back"] if at > 1 else [], ["Next"] if steps > at else []
    assert len(app.get("page_link")) == 2 - len(back) - len(on)
    expected = [*back, f"Stop presenting · {at} of {steps}", "Notes", "Share this view", "Glossary", *on]
    assert [button.label for button in app.button][-len(expected) :] == expected
    question = lesson.notes[step].ask
    assert question not in text(app)
    noted = open_page(lesson.name, step=slug(step), present="true", notes="true")
    assert question in text(noted)


def test_who_stops_presenting_leaves_the_notes_too() -> None:
    app = open_page("two_weights", step="cut-it", present="true", notes="true", w1="2.5")
    next(button for button in app.button if button.label.startswith("Stop presenting")).click().run()
    assert {"present", "notes"}.isdisjoint(app.query_params)
    assert app.query_params["w1"] == "2.5"
    assert app.title


def test_the_notes_come_and_go_with_the_same_button() -> None:
    app, ask = open_page("two_weights", present="true"), "**Ask the room.**"
    for there in (True, False, True):
        press(app, "Notes")
        assert (ask in text(app)) == there


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
@pytest.mark.parametrize("presenting", [True, False])
def test_who_presents_goes_on_presenting_in_the_next_lesson_and_no_key_turns_steps_for_others(
    lesson: Lesson, presenting: bool
) -> None:
    last = open_page(lesson.name, step=slug(lesson.steps[-1]), **({"present": "true"} if presenting else {}))
    keys = {button.proto.shortcut.lower() for button in last.button} - {""}
    # Reading alone, PageUp and PageDown scroll.
    assert keys <= {"pageup", "n"} if presenting else not keys
    assert "n" in keys or not presenting
    (on,) = [link.proto for link in last.get("page_link") if link.proto.label.startswith(("Next lesson", "End of"))]
    assert (on.query_string == "present=true") == (presenting and lesson != COURSE[-1])


def test_the_projected_charts_carry_larger_type() -> None:
    alone, projected = (open_page(COURSE[0].name, **link) for link in ({}, {"present": "true"}))
    here, there = (json.loads(app.get("plotly_chart")[0].proto.spec)["layout"] for app in (alone, projected))
    assert "font" not in here
    assert there["font"]["size"] > 14
    for axis in ("xaxis", "yaxis"):
        for type_of in (there[axis]["tickfont"], there[axis]["title"]["font"]):
            assert type_of["size"] == there["font"]["size"]


def test_what_plays_has_larger_type_on_its_buttons_and_its_slider_for_a_room() -> None:
    sizes = []
    for link in ({}, {"present": "true"}):
        app = open_page("l2", step="two-landscapes", **link)
        layouts = [json.loads(chart.proto.spec)["layout"] for chart in app.get("plotly_chart")]
        parts = [part for each in layouts for part in each.get("updatemenus", [])]
        parts += [slider["currentvalue"] for each in layouts for slider in each.get("sliders", [])]
        sizes.append([part["font"]["size"] for part in parts])
    assert sizes[0]
    assert sizes[1] == [round(1.25 * size) for size in sizes[0]]


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_every_step_has_notes_and_their_minutes_are_the_lessons(lesson: Lesson) -> None:
    assert list(lesson.notes) == list(lesson.steps)
    assert sum(note.minutes for note in lesson.notes.values()) == lesson.minutes
    for note in lesson.notes.values():
        assert note.ask.rstrip(".").endswith(("?", "I reveal"))
        assert len({note.ask, note.answer, note.wrong}) == 3


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.minutes))
def test_a_route_fits_its_time_and_every_moment_of_it_opens_as_named(route: Route) -> None:
    minutes = 0
    for moment in route.moments:
        lesson = next(lesson for lesson in COURSE if lesson.name == moment.lesson)
        step = next(step for step in lesson.steps if slug(step) == moment.step)
        minutes += lesson.notes[step].minutes
        app = open_page(lesson.name, step=moment.step, present="true", **moment.settings)
        assert app.header[0].value == prose(step)[0]
        assert not [caption for caption in app.caption if "The link asks" in caption.value]
        for name, value in moment.settings.items():
            sliders = {slider.key: slider.value for slider in app.slider}
            chosen = sliders[name] if name in sliders else app.session_state[f"{lesson.name}_{name}"]
            assert str(chosen).removesuffix(".0") == value
    assert 0 <= route.minutes - minutes <= 3
    assert f"**{minutes} minutes**, which leaves {route.minutes - minutes} for questions." in text(open_page("teach"))


def test_the_plan_asks_each_question_of_its_moments_and_leads_to_them() -> None:
    app = open_page("teach")
    links = [link.proto for link in app.get("page_link") if link.proto.label == "Present it"]
    assert len(links) == sum(len(route.moments) for route in ROUTES)
    for link, moment in zip(links, (moment for route in ROUTES for moment in route.moments), strict=True):
        assert link.page == moment.lesson
        assert f"step={moment.step}" in link.query_string
        assert "present=true" in link.query_string
        assert all(f"{name}={value}" in link.query_string for name, value in moment.settings.items())


def test_the_first_visitor_of_a_server_loads_the_charts_library_while_pytorch_loads() -> None:
    script = """
import gc, sys
from streamlit.testing.v1 import AppTest

DOOR = '''
import streamlit as st
from pages import ahead
with ahead():
    if st.session_state.loading:
        st.stop()
'''

def charts(loading):
    app = AppTest.from_string(DOOR)
    app.session_state.loading = loading
    assert not app.run().exception
    return len(app.get("plotly_chart"))

assert "torch" not in sys.modules
assert (charts(loading=True), charts(loading=False)) == (1, 0)
assert gc.isenabled() and gc.get_freeze_count()
import torch
assert (charts(loading=True), charts(loading=False)) == (0, 0)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
