"""Checks at the end of each lesson: right answers from numpy, a reply to each slip, and the lesson done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import data
from engine.records import Array, Source
from lessons.course import COURSE
from lessons.kit import quiz
from lessons.kit.lesson import Lesson
from lessons.words import num
from tests.app import healthy, offered, open_page, text

EVERY = [(lesson, kind) for lesson in COURSE for kind in offered(lesson.weights)]
IDS = [f"{lesson.name}-{kind}" for lesson, kind in EVERY]


def solve(X: Array, y: Array, lam: float = 0.0) -> Array:
    """The minimum of the penalised loss; the shortest where there are many."""
    G, b = X.T @ X / len(y) + lam * np.eye(X.shape[1]), X.T @ y / len(y)
    return np.asarray(np.linalg.lstsq(G, b, rcond=1e-12)[0])


def loss(w: Array, X: Array, y: Array) -> float:
    return float(np.mean((y - X @ w) ** 2))


def hessian(X: Array) -> Array:
    return np.asarray(2 / len(X) * X.T @ X)


def doubled(X: Array) -> Array:
    """The first feature, and exactly twice it."""
    return X[:, :1] * [1.0, 2.0]


def over_lam(X: Array, y: Array) -> list[Array]:
    return [solve(X, y, lam) for lam in (0.0, 0.1, 1.0, 10.0)]


def own_minima(X: Array, y: Array) -> Array:
    """Of each point not at x = 0, the weight whose line meets it."""
    there = X[:, 0] != 0
    return np.asarray(y[there] / X[there, 0])


def muted_pull(X: Array, y: Array) -> bool:
    """Whether w* is the same with and without one more point on its line; and without one of the points on it, as long
    as not all others are at x = 0."""
    w = solve(X[:, :1], y)
    kept = bool(np.isclose(solve(np.append(X[:, :1], [[5.0]], axis=0), np.append(y, 5 * w[0])), w))
    for i in range(len(y)):
        rest = np.arange(len(y)) != i
        if X[rest, 0].any() and X[i, 0] and np.isclose(y[i], X[i, 0] * w[0]):
            kept &= bool(np.isclose(solve(X[rest, :1], y[rest]), w))
    return kept


def against_the_gradient(X: Array, y: Array, pin: Array) -> bool:
    to_minimum = solve(X, y) - pin
    downhill = -hessian(X) @ (pin - solve(X, y))
    return bool(downhill @ to_minimum > 0.9999 * np.linalg.norm(downhill) * np.linalg.norm(to_minimum))


def ring_is_square(X: Array, y: Array, pin: Array) -> bool:
    gradient = hessian(X) @ (pin - solve(X, y))
    along = np.array([-gradient[1], gradient[0]]) / np.linalg.norm(gradient) * 1e-5
    rises = [abs(loss(pin + step, X, y) - loss(pin, X, y)) for step in (along, along[::-1] * [1, -1])]
    return rises[0] < 1e-3 * rises[1]


def cuts_bend(X: Array, y: Array, pin: Array, along: Array) -> bool:
    """Whether the loss along a cut has a third difference, as a parabola has not."""
    third = np.diff([loss(pin + t * along, X, y) for t in range(5)], 3)
    return bool(np.abs(third).max() > 1e-8 * loss(pin + 4 * along, X, y))


# Each claim as something to try on points, X (12, 2) and y (12,), and a pin. One called true must hold on all of them;
# one called false must fail on some.
CLAIMS: dict[str, Callable[[Array, Array, Array], bool]] = {
    "It is never below the smallest nor above the largest of the points’ own minima.": lambda X, y, pin: bool(
        own_minima(X, y).min() - 1e-9 <= solve(X[:, :1], y)[0] <= own_minima(X, y).max() + 1e-9
    ),
    "It is the plain average of the points’ own minima.": lambda X, y, pin: bool(
        np.isclose(solve(X[:, :1], y)[0], np.mean(own_minima(X, y)))
    ),
    "At w*, the errors add up to zero.": lambda X, y, pin: abs((y - X[:, :1] @ solve(X[:, :1], y)).sum()) < 1e-9,
    "Muting a point whose own minimum is exactly w* leaves w* where it is, if the other points are "
    "not all at x = 0.": lambda X, y, pin: muted_pull(X, y),
    "The minimum w* becomes 10 times as large.": lambda X, y, pin: bool(
        np.isclose(solve(X[:, :1] / 10, y), 10 * solve(X[:, :1], y))
    ),
    "The curvature becomes 10 times as small.": lambda X, y, pin: bool(
        np.isclose(hessian(X[:, :1] / 10), hessian(X[:, :1]) / 10)
    ),
    "The lowest loss stays the same.": lambda X, y, pin: bool(
        np.isclose(loss(solve(X[:, :1] / 10, y), X[:, :1] / 10, y), loss(solve(X[:, :1], y), X[:, :1], y))
    ),
    "The bowl becomes wider.": lambda X, y, pin: bool(hessian(X[:, :1] / 10) < hessian(X[:, :1])),
    "The gradient is square to the ring through the pin.": ring_is_square,
    "Against the gradient, the way leads straight to the minimum.": against_the_gradient,
    "Twice as far from the minimum, on the same straight line, the gradient is four times as long.": (
        lambda X, y, pin: bool(
            np.allclose(hessian(X) @ (2 * pin - 2 * solve(X, y)), 4 * hessian(X) @ (pin - solve(X, y)))
        )
    ),
    "Only the cut along the gradient is a parabola.": lambda X, y, pin: cuts_bend(X, y, pin, np.array([1.0, 0.0])),
    "The loss has no minimum.": lambda X, y, pin: bool(
        np.linalg.norm(doubled(X).T @ (y - doubled(X) @ solve(doubled(X), y))) > 1e-9
    ),
    "All minima make the same predictions.": lambda X, y, pin: bool(
        np.allclose(doubled(X) @ (solve(doubled(X), y) + np.array([2.0, -1.0])), doubled(X) @ solve(doubled(X), y))
    ),
    "Enough more points of the same kind would close the valley.": lambda X, y, pin: bool(
        np.linalg.eigvalsh(hessian(np.tile(doubled(X), (50, 1))))[0] > 1e-9
    ),
    "The condition number is infinite.": lambda X, y, pin: bool(np.linalg.cond(hessian(doubled(X))) > 1e14),
    "The loss on the points used to fit never falls.": lambda X, y, pin: bool(
        (np.diff([loss(w, X, y) for w in over_lam(X, y)]) >= -1e-9).all()
    ),
    "The loss on held-out points always falls.": lambda X, y, pin: bool(
        (np.diff([loss(w, X[1::2], y[1::2]) for w in over_lam(X[::2], y[::2])]) < 0).all()
    ),
    "The length of w never grows.": lambda X, y, pin: bool(
        (np.diff([np.linalg.norm(w) for w in over_lam(X, y)]) <= 1e-9).all()
    ),
    "No single weight ever grows.": lambda X, y, pin: bool((np.diff(np.abs(over_lam(X, y)), axis=0) <= 1e-9).all()),
    "It takes a large λ to close a valley.": lambda X, y, pin: bool(
        np.linalg.eigvalsh(hessian(doubled(X)) + 2 * 1e-6 * np.eye(2))[0] < 1e-6
    ),
    "It adds 2λ to the curvature in every direction.": lambda X, y, pin: all(
        np.isclose(
            sum(sign * (loss(w, X, y) + 0.7 * w @ w) for sign, w in ((1, pin + v), (-2, pin), (1, pin - v)))
            - sum(sign * loss(w, X, y) for sign, w in ((1, pin + v), (-2, pin), (1, pin - v))),
            2 * 0.7,
        )
        for v in ([1.0, 0.0], [0.6, 0.8], [0.0, 1.0])
    ),
    "It makes the condition number smaller, or leaves a round bowl round.": lambda X, y, pin: bool(
        np.linalg.cond(hessian(X) + 2 * np.eye(2)) <= np.linalg.cond(hessian(X))
    ),
    "It makes the bowl wider, so that the weights have more room.": lambda X, y, pin: bool(
        np.linalg.eigvalsh(hessian(X) + 2 * np.eye(2))[0] < np.linalg.eigvalsh(hessian(X))[0]
    ),
}


def holds(claim: str) -> list[bool]:
    """Whether a claim holds, on twenty random problems with positive x and correlated features, and on the odd ones."""
    found = []
    for seed in range(20):
        draw = np.random.default_rng(seed)
        X = draw.normal(size=(12, 2)) @ np.array([[1.0, 0.8], [0.0, 0.6]]) + 3
        found.append(CLAIMS[claim](X, draw.normal(size=12) + 2 * X[:, 0], draw.normal(size=2)))
    for rows, targets in ODD.values():
        found.append(CLAIMS[claim](np.array(rows, float), np.array(targets, float), np.array([0.3, -0.7])))
    return found


# Points of the kinds on which a sentence about "any" points may fail, two features each.
ODD: dict[str, tuple[list[list[float]], list[float]]] = {
    "some at x = 0": ([[0, 1], [0, 2], [2, 1], [3, 0]], [5, -3, 4, 3]),
    "one away from x = 0": ([[0, 1], [2, 0], [0, 3]], [5, 4, -1]),
    "negative x": ([[-1, -2], [-2, 1], [-3, 3]], [1, 2, -4]),
    "both signs": ([[-2, 1], [2, 1], [1, -1], [-1, 3]], [3, 3, -1, 2]),
    "one own minimum": ([[1, 2], [2, 3], [-3, 1]], [2, 4, -6]),
    "a constant feature": ([[1, 1], [2, 1], [4, 1]], [1, 5, 2]),
    "a constant first feature": ([[1, 1], [1, 2], [1, 4]], [1, 5, 2]),
    "all the same": ([[2, 1], [2, 1], [2, 1]], [3, 3, 3]),
    "minimum at zero": ([[1, 1], [-1, 1], [2, 0], [-2, 1]], [1, 1, 3, 3]),
    "a perfect fit": ([[1, 2], [2, -1], [3, 1]], [3, 1, 4]),
    "a valley": ([[1, 2], [2, 4], [3, 6]], [1, 3, 2]),
    "round": ([[1, 0], [0, 1], [-1, 0], [0, -1]], [1, 2, 3, 4]),
    "two points": ([[1, 2], [3, 1]], [4, -1]),
}


def round_above(value: float) -> float:
    """The smallest 1, 2 or 5 times a power of ten that is not below `value`, but for rounding."""
    rounds = (float(f"{digit}e{power}") for power in range(-12, 12) for digit in (1, 2, 5))
    return next(each for each in rounds if each >= value * (1 - 1e-9))


def answers(lesson: str, kind: str) -> tuple[float, float]:
    """The numbers asked for, in order, from numpy."""
    found = data.load(Source(kind, 2 if lesson == "two_weights" else 1, 0.8))
    X, y = found.X, found.y
    reach, lam = round_above(2.4 * np.abs(solve(X, y)).max()), 0.2 * round_above(float(np.mean(X**2)))
    if lesson == "one_weight":
        best = solve(X, y)
        return loss(np.array([0.2 * reach]), X, y), loss(best + 0.04 * reach, X, y) - loss(best, X, y)
    if lesson == "two_weights":
        return float(hessian(X)[0, 0]), float(np.linalg.eigvalsh(hessian(X))[1] / 2 * (0.1 * reach) ** 2)
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
    assert len([button for button in app.button if button.label == "Answer"]) == 4  # as the steps say: four questions
    for i, value in enumerate(answers(lesson.name, kind)):
        app.number_input[i].set_value(float(f"{value:.4g}"))
        answer(app, i)
        assert f"Right: {num(value)}." in boxes(app)
    for question in range(2, 4):
        assert "Lesson done" not in text(app)
        for box in app.checkbox:
            box.set_value(all(holds(box.label)))
        answer(app, question)
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


def test_a_loss_that_is_zero_but_for_rounding_is_asked_for_and_said_as_zero() -> None:
    # A perfect fit at w = 0.1, where 0.3 − 0.1·3 is −6e−17.
    app = open_page("one_weight", step="check-yourself", data="own")
    app.session_state["pasted"] = "x,y\n3,0.3\n7,0.7\n1,0.1\n"
    next(button for button in app.button if button.label == "Use these").click().run()
    healthy(app)
    assert "What is the loss at w = 0.1?" in text(app)
    app.number_input[0].set_value(0.0)
    answer(app, 0)
    assert "Right: 0." in boxes(app)


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
        for at, (value, said) in enumerate(check.slips):
            app = open_page(lesson.name, step="check-yourself", data=kind)
            app.number_input[i].set_value(float(value))
            answer(app, i)
            if check.near(value, check.answer):
                continue  # on equal columns, or where the average of x² is 1, some slips happen to be right
            assert said in boxes(app), (value, boxes(app))
            assert not any(check.near(value, other) for other, _ in check.slips[:at])


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.name)
def test_every_claim_has_a_reply_that_says_whether_it_is_true_and_no_question_gives_itself_away(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[quiz.Claims] = spied(monkeypatch, "judge_claims")
    app = open_page(lesson.name, step="check-yourself")
    patterns = set()
    for check in asked[:2]:
        assert check.step in lesson.steps
        for claim in check.claims:
            assert claim.true == all(holds(claim.text)), claim.text
            assert claim.reply.startswith("True: " if claim.true else "False: ")
        patterns.add(tuple(claim.true for claim in check.claims))
    assert len(patterns) == 2  # not the same pattern twice
    # Nothing ticked is not right, and does not tell what is; a false claim ticked gets its reply.
    answer(app, 2)
    assert [box.value for box in app.info] == ["Something true is not ticked yet."]
    for box in app.checkbox:
        box.set_value(True)
    answer(app, 2)
    assert [box.value.partition("” ")[2] for box in app.info] == [
        claim.reply for claim in asked[0].claims if not claim.true
    ]
