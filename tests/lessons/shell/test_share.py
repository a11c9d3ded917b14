"""“Share this view”: the link has all that was set, and nothing of who shares it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lessons.shell.share import FIXES
from tests.app import open_page, press
from tests.lessons.shell.test_your_data import GOOD, own


def shared(app: AppTest) -> str:
    """What the shared link asks for."""
    press(app, "Share this view")
    return next(code.value for code in app.code if code.language != "python").partition("?")[2]


def test_whoever_opens_a_link_shared_from_the_projected_view_reads_alone() -> None:
    app = open_page("two_weights", step="cut-it", w1="2.5", present="true", notes="true")
    assert shared(app) == "step=cut-it&w1=2.5"


def test_both_ends_of_a_range_are_in_the_link() -> None:
    app = open_page("one_weight", step="every-guess", range=["2", "5"])
    assert shared(app) == "step=every-guess&range=2&range=5"


def test_what_is_locked_or_hidden_stays_so_in_the_link() -> None:
    app = open_page("two_weights", step="cut-it", lock="w2,w1,nonsense", hide="angle")
    assert shared(app) == "step=cut-it&lock=w1,w2&hide=angle"
    lock, hide = app.button_group[-2:]
    assert (lock.value, hide.value) == (["w1", "w2"], ["angle"])


@pytest.mark.parametrize("view", [{}, {"present": "true"}])
def test_every_control_of_the_page_and_of_the_step_may_be_locked_and_hidden(view: dict[str, str]) -> None:
    app = open_page("two_weights", step="cut-it", **view)
    press(app, "Share this view")
    for pills in [each for each in app.button_group if each.label in FIXES.values()]:
        assert {"Data", "Prepare the columns", "Weight w₁", "Weight w₂"} <= set(pills.options)


@pytest.mark.parametrize("mine", [False, True])
def test_that_own_data_are_not_in_the_link_is_said_where_there_are_some(mine: bool) -> None:
    app = own("two_weights", GOOD) if mine else open_page("two_weights")
    link = shared(app)
    assert any("Your own data are **not** in it." in line.value for line in app.markdown) == mine
    assert link == ("data=own" if mine else "")
