"""Checks at the end of each lesson: right answers from numpy, a reply to each slip, and the lesson done."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import data
from engine.records import Source
from lessons import COURSE
from lessons.kit import quiz
from lessons.kit.lesson import Lesson
from lessons.kit.words import num
from tests.app import healthy, open_page, text

REACH = {"article": (5, 5), "tips": (0.5, 1), "line": (5, 5), "pair": (5, 5)}
LAM_REACH = {"article": 10, "tips": 500, "line": 10, "pair": 1}
EVERY = [(lesson, kind) for lesson, kinds in ((lesson, lesson.data) for lesson in COURSE) for kind in kinds]
IDS = [f"{lesson.name}-{kind}" for lesson, kind in EVERY]
TRUE = {
    "It lies between the smallest and the largest of the points’ own minima.",
    "Muting a point whose own minimum is exactly w* leaves w* where it is.",
    "The minimum w* becomes 10 times as large.",
    "The lowest loss stays the same.",
    "The gradient is square to the ring through the pin.",
    "Twice as far from the minimum, on the same straight line, the gradient is twice as long.",
    "All minima make the same predictions.",
    "The condition number is infinite.",
    "The loss on the points it was fitted to never falls.",
    "The length of w never grows.",
    "It adds 2λ to the curvature in every direction.",
    "It makes the condition number smaller, or leaves a round bowl round.",
}


def answers(lesson: str, kind: str) -> tuple[float, float]:
    """The numbers asked for, in order, from numpy."""
    found = data.load(Source(kind, 2 if lesson == "two_weights" else 1, 0.8))
    X, y = found.X, found.y
    if lesson == "one_weight":
        reach = REACH[kind][0]
        best = X[:, 0] @ y / (X[:, 0] @ X[:, 0])
        loss = [np.mean((y - w * X[:, 0]) ** 2) for w in (0.2 * reach, best, best + 0.04 * reach)]
        return float(loss[0]), float(loss[2] - loss[1])
    if lesson == "two_weights":
        hessian = 2 / len(y) * X.T @ X
        return float(hessian[0, 0]), float(np.linalg.eigvalsh(hessian)[1] / 2 * (0.2 * REACH[kind][1]) ** 2)
    lam = 0.2 * LAM_REACH[kind]
    return float(X[:, 0] @ y / (X[:, 0] @ X[:, 0] + len(y) * lam)), len(y) * lam


def answer(app: AppTest, question: int) -> None:
    [button for button in app.button if button.label == "Answer"][question].click().run()
    healthy(app)


def boxes(app: AppTest) -> str:
    return "\n".join(box.value for box in [*app.success, *app.info])


def spied(monkeypatch: pytest.MonkeyPatch, name: str) -> list[Any]:
    """The checks that the function `name` of the quiz is asked about from now on."""
    asked: list[Any] = []
    real = getattr(quiz, name)

    def spy(check: Any, key: str) -> bool:
        asked.append(check)
        return bool(real(check, key))

    monkeypatch.setattr(quiz, name, spy)
    return asked


@pytest.mark.parametrize(("lesson", "kind"), EVERY, ids=IDS)
def test_the_right_answers_are_right_and_mark_the_lesson_done(lesson: Lesson, kind: str) -> None:
    app = open_page(lesson.name, step="check-yourself", data=kind)
    assert 3 <= len([button for button in app.button if button.label == "Answer"]) <= 5
    for i, value in enumerate(answers(lesson.name, kind)):
        app.number_input[i].set_value(float(f"{value:.4g}"))
        answer(app, i)
        assert f"Right: {num(value)}." in boxes(app)
    for question in range(2, 4):
        assert "Lesson done" not in text(app)
        for box in app.checkbox:
            box.set_value(box.label in TRUE)
        answer(app, question)
    assert "Lesson done" in text(app)
    assert f"{lesson.title} · done" in [link.proto.label for link in app.get("page_link")]
    assert not app.info


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_a_wrong_answer_gets_a_reply_and_the_way_back_and_costs_nothing(lesson: Lesson) -> None:
    app = open_page(lesson.name, step="check-yourself")
    app.number_input[0].set_value(-123.0)
    answer(app, 0)
    assert "−123: That is not it." in app.info[0].value
    next(button for button in app.button if button.label.startswith("Look again")).click().run()
    healthy(app)
    assert app.header[0].value != "Check yourself"


@pytest.mark.parametrize(("lesson", "kind"), EVERY, ids=IDS)
def test_each_numbers_slips_get_replies_of_their_own(
    lesson: Lesson, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[quiz.Number] = spied(monkeypatch, "judge_number")
    app = open_page(lesson.name, step="check-yourself", data=kind)
    for i, check in enumerate(asked[:2]):
        assert len(check.slips) >= 3
        assert len({reply for _, reply in check.slips}) == len(check.slips)
        heard = set()
        for value, _ in check.slips:
            app = open_page(lesson.name, step="check-yourself", data=kind)
            app.number_input[i].set_value(float(value))
            answer(app, i)
            heard.add(boxes(app).partition(": ")[2])
        assert len(heard) >= 3 or (lesson.name, kind) == ("two_weights", "article")  # there some slips are right


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_every_claim_has_a_reply_that_says_whether_it_is_true_and_no_question_gives_itself_away(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[quiz.Claims] = spied(monkeypatch, "judge_claims")
    app = open_page(lesson.name, step="check-yourself")
    counts = set()
    for check in asked[:2]:
        assert check.step in lesson.steps
        for claim in check.claims:
            assert claim.true == (claim.text in TRUE)
            assert claim.reply.startswith("True: " if claim.true else "False: ")
        counts.add(tuple(claim.true for claim in check.claims))
    assert len(counts) == 2  # not the same pattern twice
    # Nothing ticked is not all right, and each true claim left out gets its reply.
    answer(app, 2)
    assert len(app.info) == sum(claim.true for claim in asked[0].claims)


@pytest.mark.parametrize("seed", range(5))
def test_the_claims_hold_on_any_data(seed: int) -> None:
    """The claims called true, and counterexamples to those called false, on random points."""
    draw = np.random.default_rng(seed)
    x, y = draw.normal(size=8) + 3, draw.normal(size=8) + 2
    w = x @ y / (x @ x)
    assert (y / x).min() <= w <= (y / x).max()
    assert abs(w - np.mean(y / x)) > 1e-6
    assert abs((y - w * x).sum()) > 1e-6
    kept, pulled = np.append(x, 5.0), np.append(y, 5.0 * w)
    assert kept @ pulled / (kept @ kept) == pytest.approx(w)
    X = draw.normal(size=(12, 2)) @ draw.normal(size=(2, 2))
    t = draw.normal(size=12)
    best = np.linalg.lstsq(X, t, rcond=None)[0]
    hessian = 2 / 12 * X.T @ X
    away = draw.normal(size=2)
    np.testing.assert_allclose(hessian @ (2 * away), 2 * (hessian @ away))
    ring = np.array([-(hessian @ away)[1], (hessian @ away)[0]])
    small = 1e-4 * ring / np.linalg.norm(ring)
    rise = [np.mean((t - X @ (best + away + step)) ** 2) for step in (0 * small, small, 1e-4 * away)]
    assert abs(rise[1] - rise[0]) < 1e-2 * abs(rise[2] - rise[0])
    lams = [0.0, 0.1, 1.0, 10.0]
    path = [np.linalg.solve(X.T @ X / 12 + lam * np.eye(2), X.T @ t / 12) for lam in lams]
    assert (np.diff([np.linalg.norm(w) for w in path]) < 0).all()
    assert (np.diff([np.mean((t - X @ w) ** 2) for w in path]) > 0).all()
    conditions = [np.linalg.cond(hessian + 2 * lam * np.eye(2)) for lam in lams]
    assert (np.diff(conditions) < 0).all()


def test_one_weight_may_grow_along_the_ridge_path() -> None:
    """On slope and intercept it does: the counterexample to "no single weight ever grows"."""
    found = data.load(Source("line", 2))
    path = [
        np.linalg.solve(found.X.T @ found.X / 4 + lam * np.eye(2), found.X.T @ found.y / 4)[0] for lam in (0.0, 0.3)
    ]
    assert path[1] > path[0]
