"""Any link opens a page that stands, with every value in range."""

from __future__ import annotations

import re
from functools import cache

import pytest
import streamlit as st
from hypothesis import given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from lessons.course import COURSE
from lessons.kit import controls, session
from lessons.kit.controls import PREPARED
from lessons.kit.lesson import prose
from tests.app import charts, healthy, offered, open_page, text
from tests.lessons.declared import MOMENTS


@cache
def names() -> list[str]:
    """What a link of this course may name: every control of every step and of every data set, and what is none."""
    links = [(moment.lesson.name, moment.link) for moment in MOMENTS]
    links += [(lesson.name, {"data": kind}) for lesson in COURSE for kind in offered(lesson.weights)]
    controls = (open_page(page, **link).session_state[session.KNOWN] for page, link in links)
    return sorted({"step", "present", "notes", "lock", "hide", "nonsense"}.union(*controls))


AWKWARD = ["", "nan", "inf", "-inf", "1e999", "-1e308", "1e-320", "0x10", "1,2", "5,-5", "-1,nan", "[]", "{}", "null"]
AWKWARD += ["true", "½", "1_000", "'; --", "<script>", "../..", "%00", "\x00", "9" * 400, "-0", "1.", "0.1234567891234"]
SENSIBLE = [part for moment in MOMENTS for part in moment.link.values()] + [*offered(2), "own", "0", "7", "true"]
SENSIBLE += [*PREPARED, "centred,scaled", "intercept,centred,scaled"]

CHECKS = [prose(step)[0] for lesson in COURSE for step in lesson.checks]

values = some.one_of(some.sampled_from(AWKWARD), some.sampled_from(SENSIBLE), some.text(max_size=12))


@settings(max_examples=60)
@given(
    page=some.sampled_from([lesson.name for lesson in COURSE] + ["Home"]),
    query=some.deferred(
        lambda: some.dictionaries(some.sampled_from(names()), values | some.lists(values, min_size=1, max_size=3))
    ),
)
def test_any_link_opens_a_page_that_stands(page: str, query: dict[str, str | list[str]]) -> None:
    app = open_page(page, **query)
    assert charts(app) or app.header[0].value in CHECKS
    assert "undefined" not in text(app)
    for slider in app.slider:
        values = slider.value if isinstance(slider.value, tuple) else (slider.value,)
        for value in values:
            assert slider.min <= value <= slider.max


def hidden(app: AppTest) -> list[str]:
    """The style lines that take something out of sight."""
    return [block.proto.body for block in app.get("html") if block.proto.body.startswith("<style>.st-key")]


def fixes(app: AppTest) -> str:
    """What is said of names that the link locks or hides."""
    return "\n".join(caption.value for caption in app.caption if "no control" in caption.value)


def test_a_link_hides_controls_only_and_names_what_is_none() -> None:
    # Containers and buttons with keys of their own, which are on the page too.
    names = ["takeaway", "points", "browser", "controls", "click:map", "two_weights_data", "angle"]
    app = open_page("two_weights", step="cut-it", hide=",".join(names), lock="w1,takeaway")
    assert hidden(app) == ["<style>.st-key-angle { display: none; }</style>"]
    said = fixes(app)
    assert said.startswith(
        "The link locks “takeaway”, which is no control here. The link hides “browser”, “click…map”,"
    )
    assert said.endswith("“controls” and 3 more, which are no controls here.")
    assert app.slider(key="w1").disabled


@pytest.mark.parametrize(
    ("link", "fixes"),
    [({}, False), ({"lock": "w1"}, True), ({"hide": "angle"}, True), ({"lock": ",", "hide": ""}, False)],
)
def test_that_the_link_locks_or_hides_is_said_where_it_does_either(link: dict[str, str], fixes: bool) -> None:
    app = open_page("two_weights", step="cut-it", **link)
    assert any(caption.value.startswith("The link locks or hides controls.") for caption in app.caption) == fixes
    assert not any("no control" in caption.value for caption in app.caption)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["x" * 41], f"The link locks “{'x' * 40}”, which is no control here."),
        (["b", "a"], "The link locks “a”, “b”, which are no controls here."),
        (["c", "b", "a"], "The link locks “a”, “b”, “c”, which are no controls here."),
        (["d", "c", "b", "a"], "The link locks “a”, “b”, “c” and 1 more, which are no controls here."),
    ],
)
def test_of_names_that_are_no_controls_three_are_told_and_the_others_counted(names: list[str], said: str) -> None:
    assert controls.strangers("locks", names) == said


@pytest.mark.parametrize(
    ("name", "key"), [("prep", "two_weights_prep"), ("data", "two_weights_data"), ("camera", "camera")]
)
def test_what_is_chosen_from_pills_is_locked_by_its_name(name: str, key: str) -> None:
    for lock in (name, "w1"):
        app = open_page("two_weights", step="read-the-rings", lock=lock)
        assert app.button_group(key=key).proto.disabled == (lock == name)


def test_an_intercept_is_offered_where_a_weight_is_left_for_it() -> None:
    for page, ways in (("one_weight", ["Centred", "Scaled"]), ("two_weights", ["Intercept", "Centred", "Scaled"])):
        assert open_page(page).button_group(key=f"{page}_prep").options == ways


def test_how_columns_are_prepared_is_in_the_link_in_one_order_and_leaves_it_with_the_last_way() -> None:
    app = open_page("two_weights", step="cut-it", prep="scaled,nonsense,centred")
    pills = app.button_group(key="two_weights_prep")
    assert pills.value == ["centred", "scaled"]
    pills.set_value(["centred"]).run()
    assert app.query_params["prep"] in ("centred", ["centred"])
    app.button_group(key="two_weights_prep").set_value([]).run()
    assert "prep" not in app.query_params


def test_a_control_with_another_key_than_its_name_is_hidden_by_its_key() -> None:
    app = open_page("two_weights", step="cut-it", hide="data,step")
    assert sorted(hidden(app)) == [
        f"<style>.st-key-two_weights_{name} {{ display: none; }}</style>" for name in ("data", "step")
    ]


def test_a_control_that_comes_with_another_question_is_hidden_when_it_comes() -> None:
    app = open_page("two_weights", step="predict", ask="units", hide="aim")
    assert not hidden(app)
    assert fixes(app) == "The link hides “aim”, which is no control here."
    app.button_group(key="two_weights_ask").set_value("down").run()
    assert hidden(app) == ["<style>.st-key-aim { display: none; }</style>"]
    assert not fixes(app)


def test_a_control_of_another_step_that_was_seen_is_no_stranger() -> None:
    app = open_page("two_weights", hide="grid")
    assert hidden(app)
    next(button for button in app.button if button.label == "Next").click().run()
    assert not hidden(app)
    assert not fixes(app)


@given(names=some.lists(some.text(some.characters(exclude_characters=","), min_size=1), max_size=50))
def test_any_names_are_told_on_one_line_of_plain_text(names: list[str]) -> None:
    said = controls.strangers("hides", names)
    assert bool(said) == bool(names)
    assert len(said) < 250
    told = "".join(re.findall("“([^”]*)”", said)).replace(r"\_", "")
    assert re.fullmatch(r"[\w…-]*", told)
    assert "_" not in told  # each is escaped
    assert said.count("\n") == 0
    assert not set(said) - set(told) - set("abcdefghijklmnopqrstuvwxyzT0123456789 “”,.\\_")


@settings(max_examples=20)
@given(
    names=some.lists(some.text(max_size=12) | some.sampled_from(["w1", "angle", "takeaway", "st-key-w1"]), max_size=6)
)
def test_nothing_but_controls_is_hidden_or_locked_whatever_the_names(names: list[str]) -> None:
    app = open_page("two_weights", step="cut-it", hide=",".join(names), lock=",".join(names))
    wanted = set(",".join(names).split(","))
    known = {slider.key for slider in app.slider} & wanted
    assert set(hidden(app)) == {f"<style>.st-key-{name} {{ display: none; }}</style>" for name in known}
    assert {slider.key for slider in app.slider if slider.disabled} == known


def test_a_link_locks_and_hides_controls_and_keeps_their_values() -> None:
    app = open_page("two_weights", step="cut-it", w1="2.5", lock="w1,data,nonsense", hide="angle,</style>")
    assert app.slider(key="w1").disabled
    assert app.slider(key="w1").value == 2.5
    assert not app.slider(key="w2").disabled
    assert app.button_group(key="two_weights_data").proto.disabled
    styles = [block.proto.body for block in app.get("html") if block.proto.body.startswith("<style>.st-key")]
    assert styles == ["<style>.st-key-angle { display: none; }</style>"]


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


def test_a_value_is_forgotten_with_the_range_it_was_chosen_from_and_where_it_is_in_none() -> None:
    state = st.session_state
    state.clear()
    for value, ends, stays in (
        (0.3, (-5.0, 5.0), True),
        (0.3, (-5.0, 5.0), True),
        (0.3, (-0.5, 0.5), False),
        (0.3, (-0.5, 0.5), True),
        ((0.1, 0.5), (-0.5, 0.5), True),
        ((0.1, 0.6), (-0.5, 0.5), False),
        (-0.6, (-0.5, 0.5), False),
    ):
        state["w"] = value
        controls.forget("w", *ends)
        assert ("w" in state) == stays, (value, ends)
    controls.forget("w", -5.0, 5.0)
    state.clear()


def few() -> None:
    import streamlit as st

    from lessons.kit.controls import whole

    st.markdown(str(whole("few", "How many", 3, st.session_state["most"], 3)))


@pytest.mark.parametrize(("most", "slides"), [(3, False), (4, True)])
def test_a_whole_number_with_one_choice_is_said_and_with_two_can_be_chosen(most: int, slides: bool) -> None:
    app = AppTest.from_function(few)
    app.session_state["most"] = most
    app.run()
    assert app.markdown[0].value == "3"
    assert bool(app.slider) == slides
    said = [caption.value for caption in app.caption]
    assert said == ([] if slides else ["How many: 3. These data leave no other choice."])
