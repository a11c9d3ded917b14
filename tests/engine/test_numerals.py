"""Numbers as people write them: each comes back exactly, or is asked about, and none is another one in silence."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import table
from engine.numerals import numeral
from engine.records import Table

NAN = float("nan")
WRITTEN = {
    # The cell: what it is with a decimal point, and with a decimal comma.
    "1200": (1200, 1200),
    "1,200": (1200, 1.2),
    "210.000": (210, 210_000),
    "-1,200": (-1200, -1.2),
    "−1.234": (-1.234, -1234),
    "1,250,000": (1_250_000, NAN),
    "1.250.000": (NAN, 1_250_000),
    "1,200.50": (1200.5, NAN),
    "1.200,50": (NAN, 1200.5),
    "1.200,500": (NAN, 1200.5),
    "0,5": (NAN, 0.5),
    "0,200": (NAN, 0.2),
    "0.200": (0.2, NAN),
    "1,5": (NAN, 1.5),
    "1,2345": (NAN, 1.2345),
    "1234,567": (NAN, 1234.567),
    ",5": (NAN, 0.5),
    ".5": (0.5, NAN),
    "7.": (7, NAN),
    "1 200": (1200, 1200),
    "1\u202f200\u00a0300,5": (NAN, 1_200_300.5),
    "1\u2009200.25": (1200.25, NAN),
    "1'200": (1200, 1200),
    "1’200’300.05": (1_200_300.05, NAN),
    "1,25,000": (125_000, NAN),
    "12,34,56,789.5": (123_456_789.5, NAN),
    "$1,200.50": (1200.5, NAN),
    "-$5": (-5, -5),
    "$-5": (-5, -5),
    "US$ 7": (7, 7),
    "1,50 €": (NAN, 1.5),
    "£3.5": (3.5, NAN),
    "¥1,000": (1000, 1),
    "₹1,25,000/-": (125_000, NAN),
    "Rs. 500": (500, 500),
    "CHF 1'200.05": (1200.05, NAN),
    "kr 12,5": (NAN, 12.5),
    "12 kr.": (12, 12),
    "12.-": (12, NAN),
    "12,-": (NAN, 12),
    "1.200,–": (NAN, 1200),
    "12 %": (12, 12),
    "12,5%": (NAN, 12.5),
    "(200)": (-200, -200),
    "($1,200.50)": (-1200.5, NAN),
    "200-": (-200, -200),
    "1.5E+03": (1500, NAN),
    "1.234e5": (123_400, NAN),
    "1,234E5": (NAN, 123_400),
    "1.5D+03": (1500, NAN),
    "2d-3": (0.002, 0.002),
    "1.5 × 10^3": (1500, NAN),
    "1.5×10³": (1500, NAN),
    "2 x 10⁻³": (0.002, 0.002),
    "3*10^4": (30_000, 30_000),
    "1,200 × 10^3": (1_200_000, 1200),
    "１，２００": (1200, 1.2),
    "'42": (42, 42),
}
NO_NUMBERS = [
    "", "-", "$", "%", "abc", "1.2.3", "12.03.2024", "2024-01-15", "10:30", "1/2", "1,20,00", "0 200", "00,100,000",
    "1,2,3", "1 20", "1'20", "12 345 67", "(200", "200)", "(-200)", "-200-", "--5", "5²", "2x103", "1e", "nan", "inf",
    "1,200,30", "1.200.30", "((200", "12 kg", "$5 €", "1" * 61, "1 200 300.4.5", "0x10", "1_000",
]  # fmt: skip


@pytest.mark.parametrize("cell", WRITTEN)
def test_a_number_is_what_it_says_with_either_decimal_sign(cell: str) -> None:
    found = numeral(cell)
    np.testing.assert_array_equal([found.point, found.comma], WRITTEN[cell])


@pytest.mark.parametrize("cell", NO_NUMBERS)
def test_what_is_no_number_is_none(cell: str) -> None:
    assert not numeral(cell).found


STYLES = {
    # Thousands, decimal sign, and how many digits a group has before the last three.
    "US": (",", ".", 3),
    "German": (".", ",", 3),
    "Swiss": ("’", ".", 3),
    "typed Swiss": ("'", ".", 3),
    "French": ("\u202f", ",", 3),
    "typed French": (" ", ",", 3),
    "Indian": (",", ".", 2),
    "South African": ("\u00a0", ",", 3),
    "a program’s": ("", ".", 3),
    "a German program’s": ("", ",", 3),
}


def written(value: Fraction, places: int, style: str) -> str:
    """A number with so many decimal places, as this style has it. Made from its digits alone."""
    thousands, decimal, size = STYLES[style]
    digits = f"{abs(value.numerator * 10**places // value.denominator):0{places + 1}d}"
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    rest, last = whole[:-3], whole[-3:]
    groups = [rest[max(0, end - size) : end] for end in range(len(rest), 0, -size)][::-1]
    return ("-" if value < 0 else "") + thousands.join([*groups, last]) + (decimal + part if part else "")


amounts = st.tuples(st.integers(-(10**10), 10**10), st.integers(0, 4)).map(
    lambda drawn: (Fraction(drawn[0] % 10**9 * (1 if drawn[0] > 0 else -1), 10 ** drawn[1]), drawn[1])
)
small = st.tuples(st.integers(-(10**6), 10**6), st.integers(0, 4)).map(
    lambda drawn: (Fraction(drawn[0], 10 ** drawn[1]), drawn[1])
)
columns = st.lists(st.one_of(amounts, small), min_size=2, max_size=6)


@given(
    columns,
    columns,
    st.sampled_from(sorted(STYLES)),
    st.sampled_from(["\t", ";", ",", "|"]),
    st.sampled_from(["", " €", "$", "%"]),
)
def test_a_national_style_comes_back_exactly_or_is_asked_about_and_never_read_wrong(
    x: list[tuple[Fraction, int]], y: list[tuple[Fraction, int]], style: str, separator: str, unit: str
) -> None:
    rows = [[written(*cell, style) for cell in row] for row in zip(x, y, strict=False)]
    exact = np.array([[float(value) for value, _ in row] for row in zip(x, y, strict=False)])
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows([["x", "y"], *([one + unit, other] for one, other in rows)])
    raw = file.getvalue().encode()
    found = table.read(raw)
    if not isinstance(found, Table):
        for question in found:
            j = ("x", "y").index(question.about)
            # What is asked about is in the column, could indeed be either, and one of the two is right.
            first = next(i for i, row in enumerate(rows) if row[j].strip("-") == question.cell.strip("−- %"))
            numbers = [reading.number for reading in question.readings]
            assert exact[first, j] in numbers
            assert numbers[0] != numbers[1]
        right = "," if STYLES[style][1] == "," else "."
        found = table.read(raw, {question.about: right for question in found})
    assert isinstance(found, Table)
    tiny = (np.abs(exact) < table.SMALLEST) & (exact != 0) | (np.abs(exact) > table.LARGEST)
    np.testing.assert_array_equal(found.values, np.where(tiny, np.nan, exact))


@given(st.lists(st.text("0123456789.,", min_size=1, max_size=9), min_size=2, max_size=5))
def test_digits_points_and_commas_in_any_order_are_one_number_or_two_or_none(cells: list[str]) -> None:
    for cell in cells:
        found = numeral(cell)
        digits = "".join(sign for sign in cell if sign.isdigit())
        for value, thousands in ((found.point, ","), (found.comma, ".")):
            if not isnan(value):
                # Read the plain way: thousands dropped, the rest as Python has it.
                assert value == float(cell.replace(thousands, "").replace(",", "."))
                assert digits
        if found.open:
            assert len(cell) in (5, 6, 7)
            assert sum(cell.count(sign) for sign in ".,") == 1


COLUMNS = {
    # A column: its first open cell, and its two readings, the likelier first; none if the rest of it settles it.
    ("900", "950", "1,200", "1,400"): ("1,200", 1200, 1.2),
    ("210.000", "330.000"): ("210.000", 210_000, 210),
    ("900", "1.200"): ("1.200", 1200, 1.2),
    ("1.234", "2.345"): ("1.234", 1.234, 1234),
    ("1200", "1,300"): ("1,300", 1.3, 1300),
    ("1200", "1.300"): ("1.300", 1.3, 1300),
    ("1,5", "1,250,000", "1,200"): ("1,200", 1200, 1.2),
    ("$1,200", "$5"): ("1,200", 1200, 1.2),
    ("(1,200)", "5"): ("(1,200)", -1200, -1.2),
    ("1.250.000", "210.000"): None,
    ("1.200,50", "210.000"): None,
    ("0,5", "1,200"): None,
    ("0.5", "1,200"): None,
    ("1,200.5", "1,200"): None,
}


@pytest.mark.parametrize("cells", COLUMNS)
def test_a_column_that_settles_nothing_is_asked_about_with_both_numbers(cells: tuple[str, ...]) -> None:
    raw = "\n".join(["x\ty", *(f"{cell}\t{i}" for i, cell in enumerate(cells))]).encode()
    found = table.read(raw)
    wanted = COLUMNS[cells]
    if not wanted:
        assert isinstance(found, Table)
        assert not found.questions
        assert "because" in found.remarks[0]
        return
    assert not isinstance(found, Table)
    assert [(each.about, each.cell) for each in found] == [("x", wanted[0])]
    assert tuple(reading.number for reading in found[0].readings) == wanted[1:]
    for reading in found[0].readings:
        read = table.read(raw, {"x": reading.answer})
        assert isinstance(read, Table)
        assert reading.number in read.values[:, 0]
        assert read.questions == found


def test_the_rest_of_the_table_and_its_separator_say_which_reading_is_likelier() -> None:
    def first(raw: str) -> list[float]:
        found = table.read(raw.encode())
        assert not isinstance(found, Table)
        return [each.readings[0].number for each in found]

    assert first("x\ty\n1,200\t0.5\n1,300\t2") == [1200]
    assert first("x\ty\n1,200\t0,5\n1,300\t2") == [1.2]
    assert first("x\ty\n1.234\t0,5\n2.345\t2") == [1234]
    assert first("x;y\n1,200;1\n1,300;2") == [1.2]
    assert first("x;y\n1.200;1\n1.300;2") == [1200]
    assert first('x,y\n"1,200",1\n"1,300",2') == [1200]
    assert first("x\ty\n1,200\t1.234\n1,300\t2.345") == [1200, 1.234]


def test_an_answer_that_is_none_is_asked_again() -> None:
    for answers in ({"x": "both"}, {"y": "."}, {}):
        assert not isinstance(table.read(b"x\ty\n1,200\t1\n1,300\t2", answers), Table)
