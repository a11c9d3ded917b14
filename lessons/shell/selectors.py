"""What our scripts and our style know of the insides of Streamlit and Plotly: selectors, attributes, private fields.

Any version may change them, so each stands here once, with the test that goes red when it breaks. The scripts in `js/`
read them as STREAMLIT.main and PLOTLY.chart. `pages/style.css` cannot, and a test compares it with this list.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Foreign:
    """Something of theirs: how a selector or a script calls it, and the test that notices when it is gone."""

    text: str
    test: str


BLANK = "test_no_chart_goes_blank_while_a_control_moves"
BOWL = "test_the_bowl_stays_as_the_learner_turned_it_when_the_pin_moves"
CODE = "test_code_can_be_read"
HELD = "test_what_is_pressed_before_a_server_has_answered_waits_for_the_answer"
LOST = "test_a_page_whose_session_was_given_up_says_so_calmly_and_then_answers_the_first_control"
LOOKS = "test_a_playing_chart_says_one_name_and_its_buttons_keep_their_ground"
PLAYED = "test_frames_are_played_and_scrubbed_by_keyboard"
SCREEN = "test_every_step_at_every_look_is_whole_and_axe_finds_nothing_serious"
STILL = "test_nothing_plays_where_less_motion_is_asked_for"
TOOLS = "test_where_there_is_no_mouse_no_tools_lie_on_what_stands_above_a_table"
TOUCH = "test_by_touch_the_pin_is_put_and_the_picture_is_played"

STREAMLIT = {
    # The page, and what it says about its server.
    "app": Foreign(".stApp", HELD),
    "connection": Foreign("data-test-connection-state", HELD),
    "connected": Foreign("CONNECTED", HELD),
    "script": Foreign("data-test-script-state", BLANK),
    "running": Foreign("running", BLANK),
    # What scrolls.
    "main": Foreign("[data-testid=stMain]", "test_the_next_step_begins_at_its_top"),
    # Where a chart is drawn, by its class alone.
    "place": Foreign("stPlotlyChart", BLANK),
    # The class of what has a key, up to the key.
    "key": Foreign("st-key-", "test_what_a_step_comes_to_is_read_out_when_it_changes"),
    # What can be pressed, and what Enter sends.
    "buttons": Foreign(".stButton button, .stFormSubmitButton button, .stDownloadButton button", HELD),
    "field": Foreign(".stForm input", HELD),
    # The word that Streamlit lays over a page without a server, and how to close it.
    "dialog": Foreign("[data-testid=stDialog]", LOST),
    "lost": Foreign("Connection error", LOST),
    "close": Foreign("[aria-label=Close]", LOST),
    # For the style alone.
    "head": Foreign(".stAppHeader", SCREEN),
    "body": Foreign(".stMainBlockContainer", SCREEN),
    "foot": Foreign("[data-testid=stBottomBlockContainer]", SCREEN),
    "column": Foreign(".stColumn", SCREEN),
    "row": Foreign(".stHorizontalBlock", SCREEN),
    "stack": Foreign(".stVerticalBlock", SCREEN),
    "element": Foreign(".stElementContainer", SCREEN),
    "wrap": Foreign("[data-testid=stLayoutWrapper]", SCREEN),
    "frame": Foreign(".stFullScreenFrame", SCREEN),
    "tools": Foreign("[data-testid=stElementToolbar]", TOOLS),
    "code": Foreign("[data-testid=stCode]", CODE),
    "word": Foreign(".token.keyword", CODE),
    "number": Foreign(".token.number", CODE),
    "truth": Foreign(".token.boolean", CODE),
}

PLOTLY = {
    "chart": Foreign(".js-plotly-plot", PLAYED),
    # What is drawn of it, but for what is drawn in space.
    "drawing": Foreign(".main-svg", BLANK),
    # Where one clicks between the axes.
    "area": Foreign(".nsewdrag", TOUCH),
    # Of an axis: from pixels to its units.
    "value": Foreign("p2d", TOUCH),
    "button": Foreign(".updatemenu-button", PLAYED),
    "slider": Foreign(".slider-group", PLAYED),
    # What of the slider takes the mouse.
    "rail": Foreign(".slider-rail-touch-rect", PLAYED),
    # Fields of a chart: all its settings; of its space: the object that draws it, its WebGL, its way to look anew.
    "layout": Foreign("_fullLayout", PLAYED),
    "space": Foreign("_scene", BOWL),
    "gl": Foreign("glplot", BLANK),
    "aim": Foreign("setViewport", BOWL),
    # For the style alone.
    "buttons": Foreign(".updatemenu-container", STILL),
    "ground": Foreign(".updatemenu-item-rect", LOOKS),
    "names": Foreign(".slider-labels", LOOKS),
}
