"""A visitor's own data: every step on them, the numbers against numpy, nothing of them elsewhere."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from engine import rows
from lessons.course import COURSE
from lessons.kit.lesson import Lesson
from lessons.kit.session import LAST_PASTED
from lessons.words import num, vector
from tests.app import charts, healthy, open_page, sent, text

GOOD = "area\trooms\tprice\n50\t2\t210\n80\t3\t330\n65\t2\t250\n120\t5\t470\n95\t3\t400\n"
ODD = {
    "two rows": "x,y\n1,2\n2,3",
    "minimum at zero": "x,y\n-1,1\n1,1\n-2,3\n2,3",
    "equal columns": "a,b,y\n1,1,2\n2,2,3\n3,3,5",
    "constant column": "a,b,y\n1,7,2\n2,7,3\n3,7,5",
    "constant target": "a,b,y\n1,5,2\n2,7,2\n3,9,2",
    "a perfect fit": "a,b,y\n1,0,1\n0,1,2\n1,1,3",
    "points at zero": "x,y\n0,0\n0,5\n1,2\n3,0",
    "large and small": "a,b,y\n1e9,1e-9,1e9\n2e8,3e-9,1e-9\n5e8,2e-9,1",
    "negative": "a,b,y\n-1,-2,-3\n-4,-1,-2\n-2,-2,-9",
    "many rows": "x,y\n" + "\n".join(f"{i % 37 + 1},{i % 11}" for i in range(rows.MOST_ROWS)),
}


def own(page: str, pasted: str, **query: str) -> AppTest:
    app = open_page(page, data="own", **query)
    app.text_area(key="pasted").set_value(pasted)
    press(app, "Use these")
    return app.run()  # AppTest lets the pins settle in their new range one run late


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def columns(pasted: str) -> tuple[np.ndarray, np.ndarray]:
    rows = np.array([[float(cell) for cell in line.split("\t")] for line in pasted.splitlines()[1:]])
    return rows[:, :-1], rows[:, -1]


def test_pasted_points_are_seen_within_one_interaction() -> None:
    app = own("two_weights", GOOD, step="read-the-rings")
    healthy(app)
    X, y = columns(GOOD)
    w, residual, *_ = np.linalg.lstsq(X, y)
    assert "**5 points**, ŷ = w₁ · area + w₂ · rooms" in text(app)
    assert f"The minimum is at **{vector(w)}** with loss **{num(residual[0] / 5)}**" in text(app)
    assert f"The condition number is **{num(float(np.linalg.cond(X) ** 2))}**" in text(app)
    assert vector(w) in charts(app)[0]
    share = (y - X @ w) ** 2 / residual[0]
    assert f"one point makes **{share.max():.0%}** of the loss: number {share.argmax() + 1}," in text(app)


def test_what_is_no_good_is_said_and_the_data_stay() -> None:
    app = own("two_weights", GOOD)
    before = charts(app)
    app.text_area(key="pasted").set_value("x,y\n1,one\n2,two")
    press(app, "Use these")
    assert app.error[0].value.endswith("Nothing was changed.")
    assert charts(app) == before


OPEN = "price\tsize\n900\t1\n950\t2\n1,200\t3\n1,400\t5"


def test_what_could_be_two_numbers_is_asked_and_till_then_the_data_stay() -> None:
    app = own("one_weight", GOOD)
    before = charts(app)
    app.text_area(key="pasted").set_value(OPEN)
    press(app, "Use these")
    (asked,) = app.radio
    assert asked.label == "In “price”, “1,200” could be two numbers. Which is it?"
    assert asked.options == ["1200: the comma sets thousands apart", "1.2: the comma is the decimal sign"]
    assert asked.value == "."
    assert charts(app.run()) == before
    healthy(app)
    press(app, "Read them so")
    x, y = np.array([900, 950, 1200, 1400]), np.array([1, 2, 3, 5])
    assert f"The minimum is at **{vector([x @ y / (x @ x)])}**" in text(app)
    # The answer can be changed; then the data are read anew.
    app.radio[0].set_value(",").run()
    healthy(app)
    x = np.array([900, 950, 1.2, 1.4])
    assert f"The minimum is at **{vector([x @ y / (x @ x)])}**" in text(app)
    assert app.radio[0].value == ","
    press(app, "Start from these")
    assert not app.radio


def test_a_question_is_forgotten_when_other_data_are_brought_and_asked_anew_with_the_likelier_first() -> None:
    app = own("one_weight", OPEN)
    app.radio[0].set_value(",")
    app.text_area(key="pasted").set_value(GOOD)
    press(app, "Use these")
    assert not app.radio
    assert "**5 points**" in text(app)
    app.text_area(key="pasted").set_value(OPEN)
    press(app, "Use these")
    assert app.radio[0].value == "."
    press(app, "Start from these")
    assert not app.radio
    assert "**4 points**, ŷ = w · x" in text(app)


def test_columns_that_could_be_either_are_asked_about_one_by_one() -> None:
    app = own("two_weights", "a\tb\ty\n1,200\t1.234\t5\n900\t2.345\t6\n1,400\t5.250\t4")
    assert [each.value for each in app.radio] == [".", "."]
    app.radio[1].set_value(",")
    press(app, "Read them so")
    X, y = np.array([[1200, 1234], [900, 2345], [1400, 5250]]), np.array([5, 6, 4])
    assert f"The minimum is at **{vector(np.linalg.lstsq(X, y)[0])}**" in text(app)


def test_a_first_row_of_years_is_asked_about() -> None:
    app = own("two_weights", "2019\t2020\t2021\n1.5\t2.5\t3\n4\t5\t6")
    assert app.radio[0].options == ["names of the columns", "numbers of a point"]
    press(app, "Read them so")
    assert "**2 points**, ŷ = w₁ · 2019 + w₂ · 2020" in text(app)


def test_rows_are_judged_by_the_columns_chosen_and_a_refusal_says_why() -> None:
    app = own("two_weights", "a,b,c,y\n1,2,,5\n2,5,x,7\n3,1,4,2\n4,2,1,9")
    assert "**4 points**" in text(app)
    app.multiselect[0].set_value(["a", "c"]).run()
    assert "**2 points**" in text(app)
    said = [caption.value for caption in app.caption]
    assert ":material/info: Line 2 is left out: column “c” is empty there." in said
    assert ":material/info: Line 3 is left out: “x” in column “c” is not a number." in said
    app.text_area(key="pasted").set_value("x,y\n1,5\n2,N/A\n3,N/A")
    press(app, "Use these")
    assert app.error[0].value == (
        "The course needs at least two rows of numbers; this has 1. Missing values: 2 cells read “N/A”. Line 3 is left "
        "out: “N/A” in column “y” is not a number. Nothing was changed."
    )


def test_columns_are_chosen_and_a_bad_choice_keeps_the_last_good_one() -> None:
    app = own("two_weights", GOOD)
    before = charts(app)
    app.multiselect[0].set_value([]).run()
    assert "Choose a target, and at least one feature" in app.error[0].value
    assert charts(app) == before
    app.multiselect[0].set_value(["rooms"]).run()
    assert not app.error
    assert "each unit of rooms" in text(app)
    assert "the intercept" in text(app)


def test_another_session_sees_nothing_of_them() -> None:
    secret = GOOD.replace("price", "salary").replace("470", "471.25")
    mine = own("two_weights", secret)
    assert "salary" in text(mine)
    other = open_page("two_weights", data="own")
    assert "salary" not in text(other)
    assert "salary" not in " ".join(charts(other))
    # Nor with the very link of the first one, nor by bringing other points.
    assert "salary" not in text(own("two_weights", GOOD))
    assert "salary" not in str(dict(mine.query_params))


def test_prepared_columns_morph_the_bowl_of_own_data() -> None:
    X, _ = columns(GOOD)
    app = own("two_weights", GOOD, prep="centred,scaled")
    assert f"The condition number is **{num(float(np.linalg.cond((X - X.mean(0)) / X.std(0)) ** 2))}**" in text(app)


def test_a_valley_is_explained_beside_its_picture_and_a_constant_column_in_words() -> None:
    app = own("two_weights", ODD["equal columns"])
    assert "a **valley**" in text(app)
    assert any(alt.startswith("The loss over both weights: parallel straight rings") for alt in charts(app))
    assert "“b” is the same in every row" in text(own("two_weights", ODD["constant column"]))


def test_the_points_are_seen_with_what_the_best_model_predicts() -> None:
    X, y = columns(GOOD)
    app = own("one_weight", GOOD)
    dashes = json.loads(app.get("plotly_chart")[-1].proto.spec)["data"][1]
    w = X[:, 0] @ y / (X[:, 0] @ X[:, 0])
    np.testing.assert_allclose(sent(dashes["y"]), w * X[:, 0], rtol=1e-11)  # the facade rounds w to 12 digits


def test_more_features_than_a_picture_has_room_for_are_cut_and_judged() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, 5))
    y = X @ [1, 2, 0, 0, -1] + rng.normal(size=40)
    pasted = "\n".join(",".join(map(str, row)) for row in [["a", "b", "c", "d", "e", "y"], *np.column_stack([X, y])])
    app = own("two_weights", pasted, step="cut-it")
    app.multiselect[0].set_value(["a", "b", "c", "d", "e"]).run()
    healthy(app)
    best = np.linalg.lstsq(X, y)[0]
    assert f"With **5** weights the loss at the minimum is **{num(float(np.mean((y - X @ best) ** 2)))}**" in text(app)
    values = np.linalg.eigvalsh(2 / 40 * X.T @ X)
    assert f"flatter than {num(values[0])} or steeper than {num(values[-1])}" in text(app)
    app = own("l2", pasted, step="is-it-worth-it")
    app.multiselect[0].set_value(["a", "b", "c", "d", "e"]).run()
    healthy(app)
    order = torch.randperm(40, generator=torch.Generator().manual_seed(0)).numpy()
    fitted, others = order[:20], order[20:]
    found = re.search(r"lowest at \*\*λ = (\S+)\*\*, with \*\*(\S+)\*\*", text(app))
    assert found
    top = np.ceil(np.log10(np.trace(X.T @ X / 40) / 5)) + 1
    losses = {}
    for lam in 10 ** np.linspace(top - 6, top, 61):
        w = np.linalg.solve(X[fitted].T @ X[fitted] + 20 * lam * np.eye(5), X[fitted].T @ y[fitted])
        losses[lam] = np.mean((y[others] - X[others] @ w) ** 2)
    lam = min(losses, key=lambda each: losses[each])
    assert found.groups() == (num(lam, 2), num(float(losses[lam])))


def test_where_the_minimum_is_at_zero_there_is_nothing_to_predict() -> None:
    app = own("one_weight", ODD["minimum at zero"], step="predict")
    assert "there is nothing to double" in text(app)
    assert not [button for button in app.button if button.label == "Reveal"]


def test_yours_chosen_by_hand_begins_with_the_articles_points_and_one_starts_from_the_courses_data() -> None:
    app = open_page("one_weight")
    app.query_params["data"] = "own"
    app.run()
    assert "**4 points**" in text(app)
    app.selectbox[1].set_value("Tips").run()
    press(app, "Start from these")
    assert "**244 points**" in text(app)


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_a_link_to_own_data_shows_no_others_as_the_visitors_own_and_says_so(lesson: Lesson) -> None:
    app = open_page(lesson.name, data="own")
    assert "A link carries nobody’s data." in app.info[0].value
    assert not charts(app)
    assert "points**" not in text(app)
    # The ways on: the course's data as one's own, other data, or the next step.
    ways = {"Use these", "Start from these"} | ({"Next"} if len(lesson.steps) > 1 else set())
    assert ways <= {button.label for button in app.button}
    app.run()
    assert not charts(app)
    press(app, "Start from these")
    assert "**4 points**" in text(app)
    assert charts(app)
    assert not app.info


def test_who_left_lost_data_for_the_courses_and_comes_back_is_not_given_the_articles_points_as_theirs() -> None:
    app = open_page("one_weight", data="own")
    app.session_state[LAST_PASTED] = GOOD
    app.run()
    assert app.text_area(key="pasted").value == GOOD
    assert "Your data are gone" in app.info[0].value
    app.query_params["data"] = "tips"
    app.run()
    assert charts(app)
    app.query_params["data"] = "own"
    app.run()
    assert "Your data are gone" in app.info[0].value
    assert not charts(app)
    press(app, "Use these")
    assert "**5 points**" in text(app)


def test_a_column_of_ones_that_the_page_added_is_not_said_to_be_the_same_in_every_row() -> None:
    assert "is the same in every row" not in text(own("two_weights", GOOD, prep="intercept"))


def test_no_point_makes_the_loss_where_there_is_none() -> None:
    assert "one point makes" not in text(own("two_weights", ODD["a perfect fit"]))


@pytest.mark.parametrize(("view", "is_open"), [({}, True), ({"present": "true"}, False)])
def test_own_data_are_folded_away_before_a_room(view: dict[str, str], is_open: bool) -> None:
    app = own("two_weights", GOOD, **view)
    assert next(fold for fold in app.expander if fold.label == "Your data").proto.expanded == is_open


def test_what_is_pasted_is_kept_for_the_next_session_of_the_tab_once_it_is_used() -> None:
    app = open_page("two_weights", data="own")
    app.text_area(key="pasted").set_value(GOOD).run()
    assert LAST_PASTED not in app.session_state
    press(app, "Use these")
    assert app.session_state[LAST_PASTED] == GOOD


def test_the_last_column_is_the_target_and_the_first_two_others_are_features_until_other_ones_are_chosen() -> None:
    app = own("two_weights", "a,b,c,y\n1,2,5,5\n2,5,1,7\n3,1,4,2\n4,2,1,9")
    target, features = next(box for box in app.selectbox if box.label == "Target"), app.multiselect[0]
    assert (target.value, features.value, features.options) == ("y", ["a", "b"], ["a", "b", "c"])
    assert features.proto.max_selections == 20


def test_a_bad_choice_says_that_the_pictures_are_of_the_last_good_one_where_there_is_one() -> None:
    app, bad = own("two_weights", GOOD), "x,y\n0,1\n0,2\n0,3"
    before = "The pictures show the columns chosen before."
    app.multiselect[0].set_value([]).run()
    assert app.error[0].value.endswith(before)
    alone = own("two_weights", bad)
    assert alone.error[0].value.startswith("Column “x” is zero in every row")
    assert before not in alone.error[0].value
    assert not charts(alone)


def test_a_question_is_gone_once_what_is_brought_next_is_no_table() -> None:
    app = own("one_weight", OPEN)
    assert app.radio
    app.text_area(key="pasted").set_value("x,y\n1,one\n2,two")
    press(app, "Use these")
    assert app.error
    assert not app.radio


def test_who_brings_what_is_no_table_is_told_what_is_wrong_and_no_more_that_there_are_no_data() -> None:
    app = own("one_weight", "x,y\n1,one\n2,two")
    assert not app.info


def test_an_answer_is_not_taken_over_to_the_next_table() -> None:
    app = own("one_weight", OPEN)
    app.radio[0].set_value(",").run()
    app.text_area(key="pasted").set_value(OPEN.replace("900", "800"))
    press(app, "Use these")
    assert app.radio[0].value == "."


def test_what_is_typed_over_what_was_pasted_last_stays() -> None:
    app = open_page("one_weight", data="own")
    app.session_state[LAST_PASTED] = GOOD
    app.run()
    app.text_area(key="pasted").set_value("x,y\n1,2\n2,3").run()
    assert app.text_area(key="pasted").value == "x,y\n1,2\n2,3"
