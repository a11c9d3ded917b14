"""Formulas add up: what stands after an = is what a reader gets from the numbers before it, to the digits shown."""

from __future__ import annotations

import re
from math import cos, floor, log10, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.course import COURSE
from lessons.kit.lesson import Lesson
from lessons.words import average_of_squares, equals, exactly, num, percent, tex, written
from tests.app import move_all, offered, open_page, reveal, text
from tests.lessons.declared import MOMENTS
from tests.lessons.shell.test_your_data import GOOD, own

NAMES = {"sqrt": sqrt, "cos": lambda degrees: cos(radians(degrees)), "sin": lambda degrees: sin(radians(degrees))}
SIGN = r"(=|\\approx)"


def inner(code: str, at: int) -> tuple[str, int]:
    """What stands in the braces that open at `at`, and where it goes on after them."""
    depth = 0
    for i in range(at, len(code)):
        depth += {"{": 1, "}": -1}.get(code[i], 0)
        if depth == 0:
            return code[at + 1 : i], i + 1
    raise ValueError(code)


def python(code: str) -> str:
    """A formula in LaTeX as one in Python."""
    code = re.sub(r"\\(left|right|;|,|quad|qquad)", " ", code)
    code = re.sub(r"(\d) \\times 10\^\{(-?\d+)\}", r"\1e\2", code)
    for name, form in (("dfrac", "(({0})/({1}))"), ("sqrt", "sqrt({0})")):
        while (at := code.find("\\" + name)) >= 0:
            end, parts = at + len(name) + 1, []
            for _ in range(form.count("{")):
                part, end = inner(code, end)
                parts.append(part)
            code = code[:at] + form.format(*parts) + code[end:]
    code = re.sub(r"\\(cos|sin)(\^2)? (\d+)\^\\circ", r"(\1(\3)\2)", code)
    return re.sub(r"([)\d])\s*\(", r"\1*(", code.replace(r"\cdot", "*").replace("^", "**")).strip()


def value(code: str) -> float | None:
    """What a formula comes to; None where it is not of numbers only."""
    found = python(code)
    if not found or re.search(r"[A-Za-z\\]", re.sub("sqrt|cos|sin|(?<=\\d)e", "", found)):
        return None
    return float(eval(found, NAMES))


def unit(code: str) -> float:
    """One in the last digit that a number of four or seven digits has."""
    size = abs(value(code) or 0.0)
    digits = len(re.sub(r"\D", "", code.partition(r"\times")[0]).strip("0"))
    return 10.0 ** (floor(log10(size)) - (3 if digits <= 4 else 6)) if size else 1e-300


def steps_of(said: str) -> list[tuple[str, str, str]]:
    """Left side, sign and right side of each step between two sides that are numbers."""
    found = []
    for formula in re.findall(r"\$\$(.+?)\$\$|\$([^$]+)\$", said):
        for part in re.split(r"\\qquad|\\text\{[^}]*\}", "".join(formula)):
            sides = re.split(SIGN, part)
            for left, sign, right in zip(sides[::2], sides[1::2], sides[2::2], strict=False):
                if value(left) is not None and value(right) is not None:
                    found.append((left, sign, right))
    return found


def check(said: str) -> int:
    """Hold every step of every formula to what is written; how many there were."""
    found = steps_of(said)
    for left, sign, right in found:
        off = abs((value(left) or 0.0) - (value(right) or 0.0))
        adds_up = off <= 0.5 * unit(right) * (1 + 1e-9) or "frac" in right
        assert adds_up == (sign == "="), (left, sign, right)
    return len(found)


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (r"$$\dfrac{1}{4}\left(1.5^2 + (-3)^2\right) = 2.812$$", True),
        (r"$$\dfrac{1}{4}\left(1.5^2 + (-3)^2\right) = 2.814$$", False),
        (r"$$\sqrt{4 \cdot 0.1} = 0.6325$$", True),
        (r"$$\dfrac{10.25}{7.5 + 0.1} = 1.348684$$", True),
        (r"$$\dfrac{10.25}{7.5 + 0.1} \approx 1.348684$$", False),
        (r"$$2 \times 10^{-7} \cdot 3 = 6 \times 10^{-7}$$", True),
        (r"$$v = 3 \cos^2 60^\circ + 2 \cos 60^\circ \sin 30^\circ = 1.25$$", True),
        (r"$$15 \cdot (-0.5) - 20.5 = -28$$", True),
    ],
)
def test_the_reader_of_formulas_can_tell_right_from_wrong(said: str, right: bool) -> None:
    if right:
        assert check(said) == 1
    else:
        with pytest.raises(AssertionError):
            check(said)


@pytest.mark.parametrize(
    ("lesson", "data"),
    [(lesson, data) for lesson in COURSE for data in (*offered(lesson.weights), "own")],
    ids=lambda each: getattr(each, "name", each),
)
def test_every_formula_adds_up_at_the_digits_shown(lesson: Lesson, data: str) -> None:
    found = 0
    for moment in MOMENTS:
        if moment.lesson == lesson:
            app = (
                own(lesson.name, GOOD, **moment.link)
                if data == "own"
                else open_page(lesson.name, data=data, **moment.link)
            )
            move_all(app)
            reveal(app)
            found += check(text(app))
    # The first data set of a lesson is small enough for its sums to be written out.
    assert found or data != offered(lesson.weights)[0]


numbers = st.floats(-1e6, 1e6).map(lambda each: float(f"{each:.5g}"))


@given(st.lists(numbers, min_size=1, max_size=4))
def test_the_average_of_squares_adds_up_or_says_that_it_does_not(errors: list[float]) -> None:
    loss = sum(error * error for error in errors) / len(errors)
    assert check(f"$${average_of_squares(errors, loss)}$$") == 1


@given(numbers, numbers, st.sampled_from([4, 7]))
def test_a_sum_is_equal_only_as_far_as_it_is_written(a: float, b: float, digits: int) -> None:
    again = written(a, digits) + written(b, digits)
    assert (equals(again, a + b, digits) == "=") == (num(again, digits) == num(a + b, digits))


def test_a_number_written_in_full_is_equal_and_a_rounded_one_is_not() -> None:
    assert exactly([7.5, -20.5, 15.25]) == "="
    assert exactly([7.5, 1 / 3]) == r"\approx"
    assert exactly([1.234567], 7) == "="


@given(st.floats(1e-300, 1e300) | st.floats(-1e300, -1e-300), st.integers(2, 9))
def test_what_is_written_is_what_is_read(number: float, digits: int) -> None:
    assert written(number, digits) == pytest.approx(number, rel=0.51 * 10 ** (1 - digits))
    assert written(number, digits) == value(tex(number, digits))


@given(st.floats(0, 1))
def test_nothing_that_is_something_is_no_part(part: float) -> None:
    assert (percent(part) == "0%") == (part == 0)
    assert float(percent(part).rstrip("%").replace("−", "-").split("×")[0]) >= 0


def numbers_in(pattern: str, said: str) -> list[float]:
    """The numbers in the only sentence of that pattern."""
    (found,) = re.findall(pattern, said.replace("**", ""))
    return [read(each) for each in found]


def read(number: str) -> float:
    """A number as `num` writes it, as a reader has it."""
    text, _, power = number.replace("−", "-").partition("×10")
    return float(text) * 10.0 ** int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)


def said_on(data: str, lesson: str, step: str) -> str:
    """All that a step says on a data set, or on points that were brought."""
    return text(own(lesson, GOOD, step=step) if data == "own" else open_page(lesson, data=data, step=step))
