"""Where the parts of a step come to stand: by their order and their kind alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.data
import pytest
import streamlit as st
from plotly.graph_objects import Figure
from streamlit.testing.v1 import AppTest

from lessons.figures import palette
from lessons.kit.controls import Pin
from lessons.kit.stage import at_pin, draw, leave_room, show, takeaway, worked_out
from tests.app import open_page


def run(step: Callable[[], None], **query: str) -> AppTest:
    """A page of one step, on the stage that the page around it sets."""
    script = f"""
from lessons.kit import stage
from tests.lessons.kit import test_stage

with stage.set_stage("Heading", "Words."):
    test_stage.{step.__name__}()
"""
    app = AppTest.from_string(script, default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def outline(app: AppTest) -> list[Any]:
    """The page as nested lists: what a column holds is in a list of its own, behind its share of the width."""

    def of(block: Any) -> list[Any]:
        found: list[Any] = []
        for child in block.children.values():
            if child.type == "column":
                found.append([round(child.weight, 2), *of(child)])
            elif hasattr(child, "children"):
                found += of(child)
            else:
                found.append(child.proto.alt if child.type == "plotly_chart" else child.value)
        return found

    return of(app.main)


def picture(says: str) -> Figure:
    return palette.described(palette.canvas(x="x", y="y", title="T"), says)


def one_with_more() -> None:
    st.markdown("control")
    show(picture("one"), caption="caption")
    with worked_out():
        st.markdown("formula")
    takeaway("result")


def two_and_one_below() -> None:
    show(picture("one"))
    show(picture("two"))
    with worked_out():
        st.markdown("formula")
        show(picture("three"))
    st.markdown("control")


def room_beside() -> None:
    show(picture("one"))
    leave_room()
    takeaway("result")


def nothing_to_show() -> None:
    with worked_out():
        st.markdown("formula")


RESULT = ":material/lightbulb: result"
LEFT = [0.38, "Heading", "Words."]


@pytest.mark.parametrize(
    ("step", "stands"),
    [
        (one_with_more, [[*LEFT, "control", RESULT], [0.62, [1.0, "one", "caption"]], "formula"]),
        (two_and_one_below, [[*LEFT, "control"], [0.62, [0.5, "one"], [0.5, "two"]], "formula", "three"]),
        (room_beside, [[*LEFT, RESULT], [0.62, [0.5, "one"], [0.5]]]),
        (nothing_to_show, [LEFT, [0.62], "formula"]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_words_controls_and_result_stand_beside_the_pictures_and_all_else_below(
    step: Callable[[], None], stands: list[Any]
) -> None:
    app = run(step)
    assert not app.exception, app.exception[0].message
    assert outline(app) == stands


def test_to_a_room_the_words_are_away() -> None:
    left, right, *below = outline(run(one_with_more, present="true"))
    assert left == [0.38, "Heading", "control", RESULT]
    assert right == [0.62, [1.0, "one", "caption"]]
    assert below == ["Words.", "formula"]


def test_the_words_of_a_picture_go_beside_it_and_not_in_it() -> None:
    (chart,) = run(room_beside).get("plotly_chart")
    assert chart.proto.alt == "one"
    assert "one" not in chart.proto.spec
    assert "meta" not in chart.proto.spec


def undescribed() -> None:
    draw(palette.canvas(x="x", y="y", title="T"))


def test_a_picture_that_says_nothing_of_itself_is_not_shown() -> None:
    app = run(undescribed)
    assert app.exception
    assert not app.get("plotly_chart")


@pytest.mark.parametrize(("click", "at"), [((0.123, -0.077), (0.1, -0.1)), ((4.99, -5.0), (5.0, -5.0))])
def test_a_click_puts_the_pin_on_the_nearest_step_of_its_sliders(
    click: tuple[float, float], at: tuple[float, float]
) -> None:
    slider = open_page("two_weights", step="cut-it").slider(key="w1")
    assert (slider.min, slider.max) == (-5, 5)
    assert slider.step == pytest.approx(0.05)
    moved = at_pin(Pin(("w1", "w2"), ("", "")), 5.0)(*click)
    assert moved == {"w1": pytest.approx(at[0]), "w2": pytest.approx(at[1])}


@pytest.mark.parametrize("is_open", [False, True])
def test_the_points_behind_a_picture_are_sent_with_their_names_and_origin_once_they_are_asked_for(
    is_open: bool,
) -> None:
    app = AppTest.from_string(
        """
import streamlit as st
from engine import cached
from engine.records import Source
from lessons.kit.stage import points_table
st.session_state.setdefault("points", st.session_state["is_open"])
points_table(cached.dataset(Source("tips", 2)))
""",
        default_timeout=30,
    )
    app.session_state["is_open"] = is_open
    app.run()
    assert app.expander[0].label == "The data: 244 points"
    if not is_open:
        assert not app.dataframe
        return
    (table,) = app.dataframe
    theirs = plotly.data.tips()
    assert list(table.value.columns) == ["bill (dollars)", "party size (people)", "tip (dollars)"]
    np.testing.assert_array_equal(table.value, theirs[["total_bill", "size", "tip"]])
    assert table.proto.alt.endswith("as shipped with Plotly. 244 rows.")
    assert app.caption[0].value.startswith("244 real bills")
