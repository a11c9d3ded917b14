"""Reading what strangers bring: what can be kept is kept, the rest is named, and nothing breaks the reader."""

from __future__ import annotations

import csv
import io
import time
import tracemalloc
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import layout, rows, table
from engine.records import Table

READ = {
    "commas": (b"x,y\n1,2\n3,4\n", ("x", "y"), [[1, 2], [3, 4]]),
    "tabs, no names": (b"1\t2\n3\t4", ("column 1", "column 2"), [[1, 2], [3, 4]]),
    "semicolons and decimal commas": (b"x;y\n1,5;2\n-2,25;4e1", ("x", "y"), [[1.5, 2], [-2.25, 40]]),
    "UTF-8 with a mark": ("größe,y\n1,2\n3,4".encode("utf-8-sig"), ("größe", "y"), [[1, 2], [3, 4]]),
    "UTF-16": ("größe\ty\n1\t2\n3\t4".encode("utf-16"), ("größe", "y"), [[1, 2], [3, 4]]),
    "Latin-1": ("größe;y\n1;2\n3;4".encode("latin-1"), ("größe", "y"), [[1, 2], [3, 4]]),
    "quotes": (b'"x","y"\n"1","2"\n"3","4"', ("x", "y"), [[1, 2], [3, 4]]),
    "a real minus": ("x,y\n−1,2\n3,4".encode(), ("x", "y"), [[-1, 2], [3, 4]]),
    "Windows line ends, empty lines": (b"x,y\r\n\r\n1,2\r\n,\r\n3,4\r\n", ("x", "y"), [[1, 2], [3, 4]]),
    "a column of text": (b"who,x,y\nann,1,2\nbob,3,4", ("x", "y"), [[1, 2], [3, 4]]),
    "the same name twice, and none": (b"a,a,\n1,2,3\n4,5,6", ("a", "a 2", "column 3"), [[1, 2, 3], [4, 5, 6]]),
}
LEFT_OUT = {
    b"x,y\n1,2\n3,four\n5,6": "Line 3 is left out: “four” in column “y” is not a number.",
    b"x,y\n1,2\n3,\n5,6": "Line 3 is left out: column “y” is empty there.",
    b"x,y\n1,2\n3,nan\n5,6": "Line 3 is left out: “nan” in column “y” is not a number.",
    b"x,y\n1,2\ninf,3\n5,6": "Line 3 is left out: “inf” in column “x” is not a number.",
    b"x,y\n1,2\n1e300,3\n5,6": "Line 3 is left out: a number in column “x” is too large. Choose another unit.",
    b"x,y\n1,2\n1e-320,3\n5,6": "Line 3 is left out: a number in column “x” is too small. Choose another unit.",
    b"x,y\n1,2\n3\n5,6": "Line 3 is left out: it has 1 cell where 2 belong, separated by commas.",
    b"x;y\n1;2\n3,4\n5;6": "Line 3 is left out: it has 1 cell where 2 belong, separated by semicolons.",
    b"x\ty\n1\t2.5\n1,2,3\t3\n5\t6": "Line 3 is left out: “1 2 3” in column “x” is not a number.",
}
REFUSED = {
    b"": "nothing to read",
    b"\n , \n": "nothing to read",
    b"x,y\n1,2": "at least two rows",
    b"x,y\n1,2\n3,four": "Line 3 is left out",
    b"x\n1\n2\n3": "one column only",
    b"x,y\na,b\nc,d": "0 of the 2 columns hold numbers",
    b"PK\x03\x04\x14\x00": "Save it as CSV",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00": "not a text file",
    bytes(range(256)): "not a text file",
    b",".join([b"x"] * 30_000): "more than 50 columns",
    b",".join([b"x"] * 50 + [b""] + [b"x"] * 5 + [b""]): "more than 50 columns",
    b",".join([b"x"] * 100_000): "longer than 64,000",
    b"x,y\n1,2\n3,4" + b" " * 63_998: "longer than 64,000",
    b"x,y\n1,2\n3,4" + b"\x01" * 2: "not a text file",
    b"1" * 900_000: "longer than 64,000",
    b"1,2\n" * 2_002: "more rows than the 2,000 the course takes",
    b"1,2\n" * 240_000: "more rows than the 2,000",
    b"0,0\n" * 300_000: "larger than 1 MB",
}


def brought(raw: bytes, answers: dict[str, str] | None = None) -> Table:
    """The table in `raw`; what is asked is answered with the likelier reading, until nothing is."""
    found = table.read(raw, answers)
    for _ in range(3):
        if isinstance(found, Table):
            break
        found = table.read(raw, {each.about: each.readings[0].answer for each in found})
    assert isinstance(found, Table)
    return found


@pytest.mark.parametrize("name", READ)
def test_a_table_is_read_however_it_was_written(name: str) -> None:
    raw, names, values = READ[name]
    found = brought(raw)
    assert found.names == names
    np.testing.assert_array_equal(found.values, values)


@pytest.mark.parametrize("raw", LEFT_OUT)
def test_a_row_that_is_no_good_is_left_out_by_its_line_and_the_others_stay(raw: bytes) -> None:
    found = brought(raw)
    whole = table.complete(found, found.names)
    assert LEFT_OUT[raw] in found.remarks + whole.remarks
    assert len(whole.values) == 2


@pytest.mark.parametrize("raw", REFUSED, ids=lambda raw: str(raw[:20]))
def test_what_is_no_table_is_refused_in_a_sentence_and_little_memory(raw: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(ValueError, match=REFUSED[raw]) as refusal:
        table.read(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert str(refusal.value).endswith((".", "?"))
    assert peak < 6e6


def test_a_table_of_the_largest_size_is_read() -> None:
    line = b"5,6" + b" " * (rows.LONGEST_LINE - 3)
    rest = b"Title\nx,y\n" + b"1,2\n" * (rows.MOST_ROWS - 1) + line + b"\n"
    assert len(brought(rest + b"#" * 1000).values) == rows.MOST_ROWS
    comments = b"#\n" * ((rows.MOST_BYTES - len(rest)) // 2)
    whole = rest + comments + b"\n" * (rows.MOST_BYTES - len(rest + comments))
    assert len(brought(whole).values) == rows.MOST_ROWS
    with pytest.raises(ValueError, match="larger than 1 MB"):
        table.read(whole + b"\n")
    with pytest.raises(ValueError, match="more rows than the 2,000"):
        table.read(b"1,2\n" + rest.partition(b"\nx,y\n")[2])


def test_as_many_columns_as_the_course_takes_are_read() -> None:
    found = brought(b"\n".join(b",".join(b"%d" % (i * j + 1) for j in range(50)) for i in (3, 4)))
    assert found.values.shape == (2, 50)


def test_a_few_signs_that_no_text_has_do_not_spoil_one() -> None:
    assert brought(b"x,y\n" + b"1,2\n" * 60 + b"3,\x014\n").values.shape == (61, 2)


LARGE = {
    "thousands in every cell": "\n".join("\t".join(f"{7_919 * i % 99_991:,}" for i in range(50)) for _ in range(2_000)),
    "quotes": '"' * 63_000 + "\n" + ('"' * 63_000 + "\n") * 14,
    "quotes that do not close": ('"' + "a" * 400 + ",1\n") * 2_000,
    "separators of all kinds": (",;|\t '\"#a1" * 180 + "\n") * 500,
    "blanks": (" " * 60_000 + "1 2\n") * 16,
    "long cells like numbers": ("1 2 3 4 5 6 7 8 9 " * 25 + ";1\n") * 2_000,
    "brackets": ("(" * 450 + ";1\n") * 2_000,
    "rules": "-|" * 31_000 + "x\n" + ("-|" * 31_000 + "x\n") * 14,
    "comments": "#\n" * 490_000,
}


@pytest.mark.parametrize("name", LARGE)
def test_the_largest_tables_are_answered_in_seconds_whatever_they_hold(name: str) -> None:
    raw = LARGE[name].encode()[: rows.MOST_BYTES]
    began = time.process_time()
    with suppress(ValueError):
        table.read(raw)
    assert time.process_time() - began < 4  # on a slow machine


def test_what_is_typed_is_judged_as_strictly_as_a_file_whatever_the_names() -> None:
    nan = np.nan
    typed = np.array([[1, 1, 2], [2, 1, 4], [nan, nan, nan], [3, nan, 5], [4, 1e10, 6], [5, 1, 1e-10], [6, np.inf, 1]])
    found = table.complete(table.typed(("x", "1", "y"), typed), ("x", "1", "y"))
    assert found.names == ("x", "1", "y")
    np.testing.assert_array_equal(found.values, [[1, 1, 2], [2, 1, 4]])
    assert found.remarks == (
        "Line 4 is left out: column “1” is empty there.",
        "Line 5 is left out: a number in column “1” is too large. Choose another unit.",
        "Line 6 is left out: a number in column “y” is too small. Choose another unit.",
        "Line 7 is left out: a number in column “1” is too large. Choose another unit.",
    )
    np.testing.assert_array_equal(typed[4], [4, 1e10, 6])
    with pytest.raises(ValueError, match="at least two rows of numbers; this has 1"):
        table.typed(("x", "y"), typed[:2, :2] * [[1, 1], [1, nan]])
    with pytest.raises(ValueError, match="more rows than the 2,000"):
        table.typed(("x", "y"), np.ones((2_001, 2)))


def test_of_many_bad_rows_a_few_are_named_and_the_rest_counted() -> None:
    found = brought(b"x,y\n" + b"1,2\n" * 60 + b"1,z\n" * 50)
    for remarks in (
        table.complete(found, found.names).remarks,
        brought(b"x,y\n" + b"1,2\n" * 60 + b"1,2,3\n" * 50).remarks,
    ):
        assert remarks[-1] == "40 more rows were left out for such reasons."
        assert len(remarks) == layout.MOST_REMARKS + 1


def test_of_many_rows_that_go_over_several_lines_three_are_named() -> None:
    said = brought(b"x,y,z\n" + b'1,2,"a\nb"\n' * 5).remarks
    assert [remark.partition(" are")[0] for remark in said if "read as one row" in remark] == [
        "Lines 2 to 3",
        "Lines 4 to 5",
        "Lines 6 to 7",
    ]


def test_as_many_rows_as_the_course_takes_can_be_typed() -> None:
    assert len(table.typed(("x", "y"), np.ones((rows.MOST_ROWS, 2))).values) == 2_000


HOSTILE = [
    "<img src=//evil.example/x>", "![x](http://evil.example/x.png)", "=HYPERLINK(1)", "@SUM(1)", "+1+1|x", "`rm`",
    "$\\evil$", "[a](javascript:1)", ":material/home:", "www.evil.example", "__x__", "{x}", "x" * 500, "\u202eabc",
    "%{x}",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_comes_out_plain(name: str) -> None:
    raw = io.StringIO()
    csv.writer(raw).writerows([[name, "y"], [1, 2], [3, 4]])
    plain = brought(raw.getvalue().encode()).names[0]
    assert plain[0].isalnum() or plain[0] == "_"
    assert len(plain) <= layout.LONGEST_NAME
    assert not set(plain) & set("<>&[]{}`$*:!@=+|\\\"'#~.\u202e")


cell = st.one_of(
    st.floats(1e-9, 1e9).map(repr), st.integers(-1000, 1000).map(str), st.text(max_size=8), st.sampled_from(["", "nan"])
)


@given(st.lists(st.lists(cell, max_size=4), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_the_reader_answers_any_text_with_a_table_or_a_sentence(rows: list[list[str]], separator: str) -> None:
    answers("\n".join(separator.join(row) for row in rows).encode(errors="replace"))


@given(st.binary(max_size=400))
def test_the_reader_answers_any_bytes_with_a_table_or_a_sentence(raw: bytes) -> None:
    answers(raw)


@given(
    st.lists(
        st.sampled_from([*"0123456789.,-'\" ()%$xeE#\t;|\n", "1,200", "NA", "\n", "−", "\u202f", "10^3"]), max_size=60
    )
)
def test_the_reader_answers_anything_like_numbers_with_a_table_a_question_or_a_sentence(signs: list[str]) -> None:
    answers("".join(signs).encode())


def answers(raw: bytes) -> None:
    try:
        found = brought(raw)
    except ValueError as error:
        refusal = str(error)
    else:
        refusal = ""
    if refusal:
        assert refusal[-1] in ".?"
        return
    sizes = np.abs(found.values[(found.values != 0) & ~np.isnan(found.values)])
    assert ((sizes >= table.SMALLEST) & (sizes <= table.LARGEST)).all()
    assert found.values.shape == (len(found.values), len(found.names))
    assert len(set(found.names)) == len(found.names)
    assert len(found.values) >= 2
    assert len(found.names) >= 2


@given(
    st.lists(
        st.lists(st.floats(-1e9, 1e9).filter(lambda v: v == 0 or abs(v) >= 1e-9), min_size=2, max_size=2), min_size=2
    ),
    st.sampled_from([";", "\t"]),
    st.booleans(),
)
def test_numbers_come_back_exactly(rows: list[list[float]], separator: str, comma: bool) -> None:
    text = "\n".join(separator.join(map(repr, row)) for row in rows)
    raw = (text.replace(".", ",") if comma else text).encode()
    asked = table.read(raw)
    answers = {} if isinstance(asked, Table) else {each.about: "," if comma else "." for each in asked}
    np.testing.assert_array_equal(brought(raw, answers).values, rows)
