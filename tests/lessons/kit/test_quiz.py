"""Checks: right answers are right and wrong ones get a reply, whatever a lesson asks; and the lesson is done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lessons.course import COURSE
from lessons.kit import quiz
from lessons.kit.lesson import Lesson, Step, prose, slug
from lessons.words import num
from tests.app import answer, healthy, offered, open_page, press, replies, text
from tests.lessons.proofs import Proofs, holds, proofs, unproved

CHECKS = [(lesson, step) for lesson in COURSE for step in lesson.checks]
ON_DATA = [(lesson, step, kind) for lesson, step in CHECKS for kind in offered(lesson.weights)]
HOW_MANY = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def named(each: object) -> str:
    """A lesson, a step or a kind of data, for the names of tests."""
    return str(getattr(each, "name", None) or getattr(each, "__name__", each))


def spied(monkeypatch: pytest.MonkeyPatch, name: str) -> list[Any]:
    """The checks that the function `name` of the quiz is asked about from now on."""
    asked: list[Any] = []
    real = getattr(quiz, name)

    def spy(check: Any, key: str) -> bool:
        asked.append(check)
        return bool(real(check, key))

    monkeypatch.setattr(quiz, name, spy)
    return asked


@pytest.mark.parametrize("lesson", COURSE, ids=named)
def test_all_that_a_lesson_asks_is_answered_a_second_time(lesson: Lesson) -> None:
    missing = unproved(lesson, proofs(lesson))
    assert not missing, f"Add to PROOFS in tests/lessons/test_{lesson.name}.py: {missing}"


def test_what_nobody_has_answered_a_second_time_is_named() -> None:
    step = COURSE[0].steps[0]

    def how_much(_: object) -> quiz.Number:
        return asks(1.0)

    claims = quiz.Claims("?", step, (quiz.Claim("So it is.", True, "True: it is."),))
    lesson = replace(COURSE[0], checks={step: (claims, how_much)}, predictions={})
    assert unproved(lesson, Proofs()) == ["claims: 'So it is.'", "numbers: 'how_much'"]
    known = Proofs({"So it is.": lambda X, y, pin: True}, {"how_much": lambda kind: 1.0})
    assert unproved(lesson, known) == []
    assert unproved(replace(lesson, checks={}), Proofs()) == []


@pytest.mark.parametrize(("lesson", "step", "kind"), ON_DATA, ids=named)
def test_the_right_answers_are_right_and_mark_the_lesson_done(lesson: Lesson, step: Step, kind: str) -> None:
    app, known, checks = open_page(lesson.name, step=slug(step), data=kind), proofs(lesson), lesson.checks[step]
    assert len([button for button in app.button if button.label == "Answer"]) == len(checks)
    assert prose(step)[1].startswith(f"{HOW_MANY[len(checks)]} question")
    numbers = 0
    for question, check in enumerate(checks):
        assert "Lesson done" not in text(app)
        if isinstance(check, quiz.Claims):
            texts = [claim.text for claim in check.claims]
            for box in [box for box in app.checkbox if box.label in texts]:
                box.set_value(holds(known.claims[box.label]))
            answer(app, question)
        else:
            value = known.numbers[check.__name__](kind)
            app.number_input[numbers].set_value(float(f"{value:.4g}"))
            numbers += 1
            answer(app, question)
            assert f"Right: {num(value)}." in replies(app)
    assert "Lesson done" in text(app)
    assert f"{lesson.title} · done" in [link.proto.label for link in app.get("page_link")]
    assert not app.info


def asks(answer: float, zero: float = 0.0) -> quiz.Number:
    return quiz.Number("?", COURSE[0].steps[0], answer, ((2 * answer, "twice"),), zero)


@pytest.mark.parametrize("answer", [0.0, 1e-17, -3e-18])
def test_an_answer_of_zero_but_for_rounding_is_zero(answer: float) -> None:
    for given in (0.0, -0.0, 1e-15):
        assert asks(answer, zero=1e-12).reply(given) == ""
    for given in (1e-9, -0.1, 1.0):
        assert asks(answer, zero=1e-12).reply(given)


def test_where_nothing_is_rounding_zero_is_no_small_number() -> None:
    assert asks(1e-17).reply(0.0)
    assert asks(1e-17).reply(2e-17) == "twice"


@pytest.mark.parametrize("value", [100.0, 0.7, -3.3, 1e-30, 7e40])
def test_a_number_is_right_to_one_per_cent_and_no_farther(value: float) -> None:
    for off in (0, 0.01, -0.01, 0.00999):
        assert asks(value).reply(value * (1 + off)) == "", off
    for off in (0.0101, -0.0101, 0.5):
        assert asks(value).reply(value * (1 + off)), off
    assert f"{quiz.TOLERANCE:.0%}" == "1%"


@pytest.mark.parametrize("given", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("answer", [0.0, 1.0])
def test_what_is_no_number_is_not_right(given: float, answer: float) -> None:
    assert asks(answer, zero=1e-12).reply(given) == "That is not it."


@pytest.mark.parametrize(("lesson", "step"), CHECKS, ids=named)
def test_a_wrong_answer_gets_a_reply_and_the_way_back_and_costs_nothing(lesson: Lesson, step: Step) -> None:
    app, first = open_page(lesson.name, step=slug(step)), lesson.checks[step][0]
    said = "Something true is not ticked yet."
    if not isinstance(first, quiz.Claims):
        app.number_input[0].set_value(-123.0)
        said = "−123: That is not it."
    answer(app, 0)
    assert said in app.info[0].value
    next(button for button in app.button if button.label.startswith("Look again")).click().run()
    healthy(app)
    assert app.header[0].value in [prose(each)[0] for each in lesson.steps if each != step]


@pytest.mark.parametrize(("lesson", "step", "kind"), ON_DATA, ids=named)
def test_each_numbers_slips_get_replies_of_their_own(
    lesson: Lesson, step: Step, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[quiz.Number] = spied(monkeypatch, "judge_number")
    app = open_page(lesson.name, step=slug(step), data=kind)
    places = [at for at, check in enumerate(lesson.checks[step]) if not isinstance(check, quiz.Claims)]
    found = asked[: len(places)]
    for i, (place, check) in enumerate(zip(places, found, strict=True)):
        assert len(check.slips) >= 3
        for at, (value, said) in enumerate(check.slips):
            app = open_page(lesson.name, step=slug(step), data=kind)
            app.number_input[i].set_value(float(value))
            answer(app, place)
            if check.near(value, check.answer):
                continue  # on equal columns, or where the average of x² is 1, some slips happen to be right
            assert said in replies(app), (value, replies(app))
            assert not any(check.near(value, other) for other, _ in check.slips[:at])


@pytest.mark.parametrize(("lesson", "step"), CHECKS, ids=named)
def test_every_claim_has_a_reply_that_says_whether_it_is_true_and_no_question_gives_itself_away(
    lesson: Lesson, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[quiz.Claims] = spied(monkeypatch, "judge_claims")
    app, known, checks = open_page(lesson.name, step=slug(step)), proofs(lesson), lesson.checks[step]
    declared = [check for check in checks if isinstance(check, quiz.Claims)]
    assert asked[: len(declared)] == declared
    for check in declared:
        assert check.step in lesson.steps
        for claim in check.claims:
            assert claim.true == holds(known.claims[claim.text]), claim.text
            assert claim.reply.startswith("True: " if claim.true else "False: ")
    # Not the same pattern twice.
    assert len({tuple(claim.true for claim in check.claims) for check in declared}) == len(declared)
    # Nothing ticked is not right, and does not tell what is; a false claim ticked gets its reply.
    for check in declared[:1]:
        answer(app, checks.index(check))
        assert [box.value for box in app.info] == ["Something true is not ticked yet."]
        for box in app.checkbox:
            box.set_value(True)
        answer(app, checks.index(check))
        wrong = [claim.reply for claim in check.claims if not claim.true]
        assert [box.value.partition("” ")[2] for box in app.info] == wrong
        assert not app.success


def test_an_answer_is_still_there_after_another_step_and_not_on_other_data() -> None:
    lesson, step = CHECKS[0]
    app, checks = open_page(lesson.name, step=slug(step)), lesson.checks[step]
    first = next(i for i, check in enumerate(checks) if isinstance(check, quiz.Claims))
    other = next(i for i, check in enumerate(checks) if not isinstance(check, quiz.Claims))
    app.checkbox[0].set_value(True)
    answer(app, first)
    app.number_input[0].set_value(-123.0)
    answer(app, other)
    said = replies(app)
    assert said
    for name in ("Back", "Next"):
        press(app, name)
    assert (app.checkbox[0].value, app.number_input[0].value) == (True, -123.0)
    assert replies(app) == said
    app.button_group(key=f"{lesson.name}_data").set_value(offered(lesson.weights)[1]).run()
    assert not replies(app)
    assert (app.checkbox[0].value, app.number_input[0].value) == (False, None)


def test_what_was_answered_right_counts_on_other_data_and_that_is_said() -> None:
    lesson, step = CHECKS[0]
    app, had = open_page(lesson.name, step=slug(step)), ":material/check: You have had this one right."
    at, check = next((i, each) for i, each in enumerate(lesson.checks[step]) if isinstance(each, quiz.Claims))
    for box in app.checkbox[: len(check.claims)]:
        box.set_value(holds(proofs(lesson).claims[box.label]))
    answer(app, at)
    assert had not in [caption.value for caption in app.caption]
    app.button_group(key=f"{lesson.name}_data").set_value(offered(lesson.weights)[1]).run()
    assert [caption.value for caption in app.caption].count(had) == 1
    assert f"**1 of {len(lesson.checks[step])}** right so far." in text(app)


def rounding_alone() -> None:
    from lessons.course import COURSE
    from lessons.kit import quiz

    quiz.judge_number(quiz.Number("?", COURSE[0].steps[0], 3e-17, (), zero=1e-12), "key")


def test_where_the_right_answer_is_rounding_alone_it_is_said_as_zero() -> None:
    app = AppTest.from_function(rounding_alone).run()
    app.number_input[0].set_value(0.0)
    next(button for button in app.button if button.label == "Answer").click().run()
    assert [box.value for box in app.success] == ["Right: 0."]
    assert asks(0.0, zero=1e-12).reply(1e-12) == ""
    assert asks(0.0, zero=1e-12).reply(2e-12)
