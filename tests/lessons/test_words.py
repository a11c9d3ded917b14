"""Numbers are rounded to what they mean, and formulas read as one writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons import words

ASCII = {after: before for before, after in words.SUPERSCRIPT.items()}


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [
        (6.875, 4, "6.875"),
        (41 / 30, 7, "1.366667"),
        (6.88705e-05, 4, "6.887×10⁻⁵"),
        (-0.5, 4, "−0.5"),
        (0.0, 4, "0"),
        (-0.0, 4, "0"),
        (559.905, 4, "559.9"),
        (12345.6, 4, "12350"),
        (9.99999, 4, "10"),
        (2.5e9, 4, "2.5×10⁹"),
        (float("inf"), 4, "∞"),
        (float("-inf"), 4, "−∞"),
        (float("nan"), 4, "undefined"),
    ],
)
def test_num(value: float, digits: int, said: str) -> None:
    assert words.num(value, digits) == said


@given(st.floats(-1e300, 1e300, allow_subnormal=False), st.integers(1, 12))
def test_what_is_said_is_the_value_to_that_many_digits(value: float, digits: int) -> None:
    text, _, power = words.num(value, digits).replace("−", "-").partition("×10")
    said = float(f"{text}e{power.translate(ASCII) or 0}")
    assert abs(said - value) <= 0.5000001 * 10.0 ** (1 - digits) * abs(value)


def test_tex_writes_powers_of_ten_out() -> None:
    assert words.tex(6.88705e-05) == r"6.887 \times 10^{-5}"
    assert words.tex(float("inf")) == r"\infty"
    assert words.bracket(-2.0) == "(-2)"
    assert words.bracket(2e9) == r"(2 \times 10^{9})"
    assert words.bracket(2.0) == "2"


def test_a_polynomial_reads_as_one_writes_it() -> None:
    assert words.polynomial([(7.5, "w^2"), (-20.5, "w"), (15.25, "")]) == "7.5 w^2 - 20.5 w + 15.25"
    assert words.polynomial([(-1, "w₁"), (1, "w₂"), (0, "w₃"), (1, "")]) == "- w₁ + w₂ + 1"
    assert words.polynomial([(0, "w")]) == "0"


def test_vectors_and_plain_sentences() -> None:
    assert words.vector((1.0, -2.5)) == "(1, −2.5)"
    assert words.plain(r"**w\* = 2** is it") == "w* = 2 is it"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 B"), (999, "999 B"), (80_000, "80 kB"), (8e6, "8 MB"), (8e20, "8×10⁸ TB")]
)
def test_memory_is_said_in_a_unit_one_can_picture(count: float, said: str) -> None:
    assert words.memory(count) == said


def test_equations_and_sums_of_squares() -> None:
    assert words.equation([(1, "w₁"), (-2.5, "w₂")], -3) == "w₁ − 2.5 w₂ = −3"
    assert words.squares([1.5, -3]) == "1.5^2 + (-3)^2"
    assert words.squares([1, 2, 3, 4, 5]) == r"1^2 + 2^2 + 3^2 + \cdots"
