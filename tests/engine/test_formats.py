"""Tables as programs and people write them: read right, or refused with the reason, and nothing silently wrong."""

from __future__ import annotations

from math import nan
from typing import NamedTuple

import numpy as np
import pytest

from engine import data, table
from engine.records import Table


class Read(NamedTuple):
    """What a format is, and what comes of it: names and numbers by hand, and what has to be said."""

    raw: str | bytes
    names: tuple[str, ...]
    values: list[list[float]]
    says: tuple[str, ...] = ()


FORMATS = {
    "a title and a blank line above": Read(
        "House prices 2024\n\narea;price\n50;210\n60;220",
        ("area", "price"),
        [[50, 210], [60, 220]],
        ("Left out as titles: 1 line above the names.",),
    ),
    "a title padded with separators": Read(
        "House prices;;\n;;\narea;rooms;price\n50;2;210\n60;3;220",
        ("area", "rooms", "price"),
        [[50, 2, 210], [60, 3, 220]],
        ("Left out as titles: 1 line above the names.",),
    ),
    "a title with a year in the next cell": Read(
        "Prices;2024\narea;price\n50;210\n60;220", ("area", "price"), [[50, 210], [60, 220]], ("Left out as titles",)
    ),
    "a title with blanks over tabs": Read(
        "Sales by region\n(in thousands)\nregion\tx\ty\nN\t1\t2\nS\t3\t5",
        ("x", "y"),
        [[1, 2], [3, 5]],
        ("Left out as titles: 2 lines above the names.", "more text than numbers: “region”"),
    ),
    "units below the names": Read(
        "area;price\nm²;€\n50;210,5\n60;300,2",
        ("area (m²)", "price (€)"),
        [[50, 210.5], [60, 300.2]],
        ("Line 2 is read as the units of the columns.",),
    ),
    "units in brackets, one without": Read(
        "rooms,area,price\n-,[m²],(EUR)\n2,50,210\n3,60,220",
        ("rooms", "area (m²)", "price (EUR)"),
        [[2, 50, 210], [3, 60, 220]],
        ("Line 2 is read as the units",),
    ),
    "comments": Read(
        "# made by a program\n# on a Monday\narea,price\n50,210\n# again\n60,220",
        ("area", "price"),
        [[50, 210], [60, 220]],
        ("comments, for the # they begin with: 3 lines.",),
    ),
    "names in a comment, as numpy writes them": Read(
        "# x y\n1.5 2\n3.5 4", ("x", "y"), [[1.5, 2], [3.5, 4]], ("in the last comment",)
    ),
    "a running number called #": Read(
        "#,area,price\n1,50,210\n2,60,220", ("area", "price"), [[50, 210], [60, 220]], ("only counts the rows",)
    ),
    "an error of Excel in the first cell": Read(
        "x,y\n#N/A,2\n3,4\n5,6", ("x", "y"), [[nan, 2], [3, 4], [5, 6]], ("1 cell reads “#N/A”",)
    ),
    "sep=;": Read("sep=;\r\narea;price\r\n50;1,5\r\n60;2,5\r\n", ("area", "price"), [[50, 1.5], [60, 2.5]]),
    "sep=, in quotes": Read('"sep=,"\na,b\n1,2\n3,4', ("a", "b"), [[1, 2], [3, 4]]),
    "trailing separators in header and rows": Read("a;b;;\n1;2;;\n3;4;;", ("a", "b"), [[1, 2], [3, 4]]),
    "a trailing separator in the header only": Read("a,b,\n1,2\n3,4", ("a", "b"), [[1, 2], [3, 4]]),
    "trailing separators in the rows only": Read("a,b\n1,2,\n3,4,", ("a", "b"), [[1, 2], [3, 4]]),
    "a line end in a quoted name": Read('"area\n(m²)","price"\n1,2\n3,4', ("area (m²)", "price"), [[1, 2], [3, 4]]),
    "a line end in a quoted cell": Read(
        'who;x;y\nann;1;2\n"bob\nb.";3;4', ("x", "y"), [[1, 2], [3, 4]], ("Lines 3 to 4 are read as one row",)
    ),
    "a quote that nobody closes": Read(
        'who,x,y\n"ann,9,9\nbob,1,2\ncy,3,4',
        ("x", "y"),
        [[1, 2], [3, 4]],
        ("Line 2 is left out: it has 1 cell where 3 belong",),
    ),
    "inches": Read('pipe,x,y\n12" long,1,2\n"5"" long",3,4', ("x", "y"), [[1, 2], [3, 4]]),
    "whole lines in quotes": Read('"a,b"\n"1,2"\n"3,4"', ("a", "b"), [[1, 2], [3, 4]]),
    "whole lines in quotes, with quotes in them": Read(
        '"a,""b"""\n"1,""2.5"""\n"3,""4"""', ("a", "b"), [[1, 2.5], [3, 4]]
    ),
    "blanks": Read("x y\n1 2\n30 41", ("x", "y"), [[1, 2], [30, 41]]),
    "columns set with blanks": Read("  x       y\n  1     2.5\n 30    41.25", ("x", "y"), [[1, 2.5], [30, 41.25]]),
    "columns set with blanks, and blanks in names": Read(
        "town      x   y\nNew York  1   2\nBoston    30  41", ("x", "y"), [[1, 2], [30, 41]], ("“town”",)
    ),
    "blanks before numbers of three digits": Read(
        "50 210\n60 220",
        ("column 1", "column 2"),
        [[50, 210], [60, 220]],
        ("“50 210” in line 1 is read as 50 and 210",),
    ),
    "more titles with another separator in them than there are rows": Read(
        "a, b\nc, d\ne, f\ng, h\nx;y;z\n1,5;2;3\n2,5;3;1\n3,5;4;2\n4,5;5;5\n5,5;1;1",
        ("x", "y", "z"),
        [[1.5, 2, 3], [2.5, 3, 1], [3.5, 4, 2], [4.5, 5, 5], [5.5, 1, 1]],
        ("Left out as titles: 4 lines above the names.",),
    ),
    "bars that are declared": Read("sep=|\n1|2\n3|4", ("column 1", "column 2"), [[1, 2], [3, 4]]),
    "tabs that are declared, in quotes": Read('"SEP=\t"\n1\t2\n3\t4', ("column 1", "column 2"), [[1, 2], [3, 4]]),
    "a name too long for a picture": Read(
        f"{'a' * 41},{'b' * 40}\n1,2\n3,4",
        ("a" * 40, "b" * 40),
        [[1, 2], [3, 4]],
        (f"The name of column 1 is written here as “{'a' * 40}”.",),
    ),
    "units over columns that are half numbers": Read(
        "area,price\nm²,€\n50,210\n60,220\nc,d\ne,f",
        ("area (m²)", "price (€)"),
        [[50, 210], [60, 220], [nan, nan], [nan, nan]],
    ),
    "names that are years long past": Read(
        "country\t1500\t1850\nA\t1.5\t2\nB\t3.5\t4", ("1500", "1850"), [[1.5, 2], [3.5, 4]]
    ),
    "two whole numbers over fractions": Read(
        "0,1\n0.5,2.5\n4.5,5.5", ("column 1", "column 2"), [[0, 1], [0.5, 2.5], [4.5, 5.5]]
    ),
    "the largest and the smallest number": Read(
        "x,y\n1000000000,0.000000001\n-1e9,-1e-9", ("x", "y"), [[1e9, 1e-9], [-1e9, -1e-9]]
    ),
    "as many short rows as long ones": Read(
        "a,b,c\n1,2,3\n4,5,6\n7,8\n9,10\n11,12",
        ("a", "b", "c"),
        [[1, 2, 3], [4, 5, 6]],
        ("Line 4 is left out: it has 2 cells where 3 belong",),
    ),
    "a cell of twenty lines": Read(
        'x,y,z\n1,2,"' + "a\n" * 19 + '"\n3,4,b', ("x", "y"), [[1, 2], [3, 4]], ("Lines 2 to 21 are read",)
    ),
    "one more empty column than can be": Read(
        "\n".join(line + "," * 60 for line in ("x,y", "1,2", "3,4")), ("x", "y"), [[1, 2], [3, 4]]
    ),
    "bars": Read("x|y\n1|2\n3|4", ("x", "y"), [[1, 2], [3, 4]]),
    "Markdown": Read("| x | y |\n|---|--:|\n| 1 | 2 |\n| 3 | 4 |", ("x", "y"), [[1, 2], [3, 4]]),
    "a database's client": Read(" x | y\n---+---\n 1 | 2\n 3 | 4\n", ("x", "y"), [[1, 2], [3, 4]]),
    "a frame of signs": Read(
        "+---+---+\n| x | y |\n+===+===+\n| 1 | 2 |\n+---+---+\n| 3 | 4 |\n+---+---+", ("x", "y"), [[1, 2], [3, 4]]
    ),
    "pandas": Read(
        ",x,y\n0,1.5,2\n1,3.5,4", ("x", "y"), [[1.5, 2], [3.5, 4]], ("Column 1 has no name and only counts the rows",)
    ),
    "pandas, written twice": Read(
        "Unnamed: 0,x,y\n0,1.5,2\n4,3.5,4", ("x", "y"), [[1.5, 2], [3.5, 4]], ("only counts the rows",)
    ),
    "pandas without names": Read(",0,1\n0,1.5,2\n1,3.5,4", ("0", "1"), [[1.5, 2], [3.5, 4]], ("only counts the rows",)),
    "R": Read('"x" "y"\n"1" 1.5 2\n"2" 3.5 4', ("x", "y"), [[1.5, 2], [3.5, 4]], ("only counts the rows",)),
    "R with names of rows": Read(
        '"mpg" "hp"\n"Mazda RX4" 21 110\n"Valiant" 18.1 105', ("mpg", "hp"), [[21, 110], [18.1, 105]]
    ),
    "years without a name of theirs": Read(
        ",x,y\n2019,1,2\n2020,3,4", ("column 1", "x", "y"), [[2019, 1, 2], [2020, 3, 4]]
    ),
    "names that are years, under a word": Read(
        "country\t2019\t2020\nA\t1.5\t2\nB\t3.5\t4", ("2019", "2020"), [[1.5, 2], [3.5, 4]]
    ),
    "names that are years, under nothing": Read(";2019;2020\nA;1,5;2\nB;3,5;4", ("2019", "2020"), [[1.5, 2], [3.5, 4]]),
    "a word over numbers, then years": Read(
        "run,2019,2021\n1,1.5,2\n2,3.5,4", ("run", "2019", "2021"), [[1, 1.5, 2], [2, 3.5, 4]]
    ),
    "a word over numbers, then numbers": Read(
        "run,1,5\n7,1.5,2\n8,3.5,4", ("run", "1", "5"), [[7, 1.5, 2], [8, 3.5, 4]]
    ),
    "a degree": Read("t °C;y µm\n1;2\n3;4".encode("cp1252"), ("t °C", "y µm"), [[1, 2], [3, 4]], ("Windows-1252",)),
    "rows with names and no header": Read("ann,1,2\nbob,3,4", ("column 2", "column 3"), [[1, 2], [3, 4]]),
    "whole numbers without a header": Read(
        "1,2,3\n4,5,6\n7,8,9", ("column 1", "column 2", "column 3"), [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    ),
    "marks for missing values": Read(
        "x,y\n1,2\n2,NA\n3,N/A\n4,-\n5,?\n6,null\n7,\n8,N/A\n9,4",
        ("x", "y"),
        [[1, 2], *([i, nan] for i in range(2, 9)), [9, 4]],
        (
            "Missing values: 2 cells read “N/A”, 1 cell reads “NA”, 1 cell reads “-”, 1 cell reads “?”, 1 cell ",
            "1 cell reads “null”, 1 cell is empty.",
        ),
    ),
    "a sentinel": Read(
        "x,y\n1,12.5\n2,-9999\n3,14\n4,-9999",
        ("x", "y"),
        [[1, 12.5], [2, -9999], [3, 14], [4, -9999]],
        ("“y” is −9999 in 2 rows, far from the rest.",),
    ),
    "a total by name": Read(
        "item;x;y\nA;50;210\nB;60;300\nGesamt;110;510",
        ("x", "y"),
        [[50, 210], [60, 300], [110, 510]],
        ("Line 4 looks like a total of the rows above.",),
    ),
    "a total by its numbers": Read(
        "x,y\n1,2\n2,5\n3,1\n6,8", ("x", "y"), [[1, 2], [2, 5], [3, 1], [6, 8]], ("Line 5 looks like a total",)
    ),
    "dates beside numbers": Read("day,x,y\n12.03.2024,1,2\n13.03.2024,3,4", ("x", "y"), [[1, 2], [3, 4]], ("“day”",)),
    "euros": Read("Artikel;Preis;Menge\nA;1.234,50 €;2\nB;12,- €;3", ("Preis", "Menge"), [[1234.5, 2], [12, 3]]),
    "two currencies": Read("x\ty\n$5\t1\n€7\t2", ("x", "y"), [[5, 1], [7, 2]], ("“x” has more than one currency.",)),
    "per cent": Read(
        "x\ty\n12 %\t1\n15%\t2", ("x", "y"), [[12, 1], [15, 2]], ("“12 %” is read as 12, not as a fraction of 1.",)
    ),
    "some per cent": Read(
        "x\ty\n12%\t1\n0.15\t2", ("x", "y"), [[12, 1], [0.15, 2]], ("12, not as a fraction of 1. 1 number",)
    ),
    "a balance sheet": Read(
        "x\ty\n(200)\t1\n300\t2\n50-\t3",
        ("x", "y"),
        [[-200, 1], [300, 2], [-50, 3]],
        ("“(200)” is read as −200", "“50-” is read as −50"),
    ),
    "Fortran": Read("1.5D+03 2.0D-01\n2.5D+03 3.0D-01", ("column 1", "column 2"), [[1500, 0.2], [2500, 0.3]]),
    "decimals by column": Read("a\tb\n1,5\t1.5\n2,25\t2.25", ("a", "b"), [[1.5, 1.5], [2.25, 2.25]]),
    "both decimal signs in a column": Read(
        "a\tb\n1,5\t1\n2.5\t2", ("a", "b"), [[1.5, 1], [2.5, 2]], ("points and commas are decimal signs: “2.5”, “1,5”",)
    ),
    "lakhs": Read(
        "x\ty\n₹1,25,000\t1\n₹50,000\t2",
        ("x", "y"),
        [[125_000, 1], [50_000, 2]],
        ("because “1,25,000” stands there too",),
    ),
    "Windows-1252": Read(
        "größe;Preis €\n1,5;2 €\n2,5;3 €".encode("cp1252"),
        ("größe", "Preis €"),
        [[1.5, 2], [2.5, 3]],
        ("Windows-1252",),
    ),
    "Western accents that could be Japanese signs": Read(
        "prix «é»;œœ\n1;2\n3;4".encode("cp1252"), ("prix é", "œœ"), [[1, 2], [3, 4]], ("Windows-1252",)
    ),
    "UTF-16 without its mark": Read(
        "größe\ty\n1\t2\n3\t4".encode("utf-16-le"), ("größe", "y"), [[1, 2], [3, 4]], ("UTF-16",)
    ),
    "UTF-16, the other way round": Read(
        "größe\ty\n1\t2\n3\t4".encode("utf-16-be"), ("größe", "y"), [[1, 2], [3, 4]], ("UTF-16",)
    ),
    "GBK": Read(
        "面积,价格\n50,210\n80,330".encode("gbk"), ("面积", "价格"), [[50, 210], [80, 330]], ("GBK (Chinese)",)
    ),
    "Shift-JIS": Read(
        "部屋の広さ,家賃\n50,210\n80,330".encode("shift_jis"),
        ("部屋の広さ", "家賃"),
        [[50, 210], [80, 330]],
        ("Shift-JIS",),
    ),
    "Cyrillic": Read(
        "Цена (руб.);Площадь, м2\n1,5;2\n3,5;4".encode("cp1251"),
        ("Цена (руб )", "Площадь м2"),
        [[1.5, 2], [3.5, 4]],
        ("Windows-1251",),
    ),
    "an old Mac": Read(b"x,y\r1,2\r3,4\r", ("x", "y"), [[1, 2], [3, 4]]),
    "wide digits": Read("x\ty\n１２\t３．５\n１３\t４．５", ("x", "y"), [[12, 3.5], [13, 4.5]]),
}
REFUSED = {
    "missing nearly everywhere": (
        "x,y\n1,5\n2,N/A\n3,N/A",
        "this has 1. Missing values: 2 cells read “N/A”. Line 3 is left out: “N/A” in column “y”",
    ),
    "missing in a whole column": (
        "x,y\n1,N/A\n2,N/A",
        "1 of the 2 columns hold numbers.* more text than numbers: “y”. Missing values: 2 cells read “N/A”",
    ),
    "text in a whole column": ("x,y\n1,one\n2,two", "1 of the 2 columns hold numbers.* more text than numbers: “y”"),
    "too large": ("x,y\n1,5\n2,1e12\n3,1e12", "this has 1. Line 3 is left out: a number in column “y” is too large"),
    "decimal commas between commas": (
        "x,y\n1,5,2\n2,5,3\n3,5,4",
        "2 names, but most rows have 3 cells, separated by commas",
    ),
    "thousands between commas": ("x,y,z\n1,200,5,6\n1,300,6,7", "3 names, but most rows have 4 cells"),
    "blanks in numbers between blanks": (
        "prix m2\n1 200 50\n2 300 60",
        "2 names, but most rows have 3 cells, separated by blanks",
    ),
    "blanks in some numbers": ("900 50\n1 200 60\n1 300 70", "stand in numbers, too: “1 200”"),
    "a running number and one column": (",y\n0,5\n1,6", "Column 1 has no name and only counts the rows"),
    "rows of all lengths": ("x,y\n1\n1,2\n1,2,3\n1", "this has 1. Line 2 is left out: it has 1 cell"),
}
ASKED: dict[str, tuple[str, tuple[str, ...], list[list[float]]]] = {
    "years over other numbers": (
        "2019\t2020\t2021\n1.5\t2.5\t3\n4\t5\t6",
        ("2019", "2020", "2021"),
        [[1.5, 2.5, 3], [4, 5, 6]],
    ),
    "counting over fractions": ("0,1,2\n0.5,2.5,3.5\n4.5,5.5,6.5", ("0", "1", "2"), [[0.5, 2.5, 3.5], [4.5, 5.5, 6.5]]),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_read_right_and_what_was_done_is_said(name: str) -> None:
    raw, names, values, says = FORMATS[name]
    found = table.read(raw if isinstance(raw, bytes) else raw.encode())
    assert isinstance(found, Table)
    assert found.names == names
    np.testing.assert_array_equal(found.values, values)
    for said in says:
        assert any(said in remark for remark in found.remarks), found.remarks


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_the_reason(name: str) -> None:
    raw, reason = REFUSED[name]
    with pytest.raises(ValueError, match=reason):
        table.read(raw.encode())


@pytest.mark.parametrize("name", ASKED)
def test_a_first_row_that_could_be_names_or_numbers_is_asked_about(name: str) -> None:
    raw, names, values = ASKED[name]
    asked = table.read(raw.encode())
    assert not isinstance(asked, Table)
    assert [each.about for each in asked] == [""]
    assert [reading.answer for reading in asked[0].readings] == ["names", "numbers"]
    found = table.read(raw.encode(), {"": "names"})
    assert isinstance(found, Table)
    assert found.names == names
    np.testing.assert_array_equal(found.values, values)
    other = table.read(raw.encode(), {"": "numbers"})
    assert isinstance(other, Table)
    assert other.names == ("column 1", "column 2", "column 3")
    np.testing.assert_array_equal(other.values, [[float(each) for each in names], *values])


QUIET = [
    "x,y\n1,2\n3,4\n5,6",
    "x,y\n1,99\n2,20\n3,60",
    "x,y\n99999,1\n80000,2\n120000,3",
    "x,y\n1,2\n2,4\n3,6",
    "x,y\n2019,1\n2020,2\n2021,5",
    ",x,y\n2019,1,2\n2020,3,4",
    "x,y\n95,1\n96,2\n99,4",
    "x,y\n1,5\n2,-9999",
    "x,y\n1,1\n2,5\n3,6",
    "x,y\n10000,1\n20000,2\n30000,5\n60006,8",
    "x\ty\n$5\t1\n6\t2",
]


@pytest.mark.parametrize("raw", QUIET)
def test_where_nothing_is_odd_nothing_is_said(raw: str) -> None:
    found = table.read(raw.encode())
    assert isinstance(found, Table)
    assert not found.remarks


SAID = {
    "x\ty\n12 %\t1\n15%\t2": "In “x”, “12 %” is read as 12, not as a fraction of 1.",
    "x\ty\n12%\t1\n0.15\t2": "In “x”, “12%” is read as 12, not as a fraction of 1. 1 number without the sign stays as "
    "written, too.",
    "x\ty\n12%\t1\n0.15\t2\n0.2\t4": "In “x”, “12%” is read as 12, not as a fraction of 1. 2 numbers without the sign "
    "stay as written, too.",
    "x\ty\n12%\t1\n3‰\t2": "In “x”, “12%” is read as 12, not as a fraction of 1. Here % and ‰ are mixed: write all in "
    "one of them.",
    "x,y\n1,2\n,3\n3,5": "Missing values: 1 cell is empty.",
    "x,y\n1,2\n,3\n,4\n3,5\n4,NA": "Missing values: 2 cells are empty, 1 cell reads “NA”.",
    "x,y\n1,2\n2,4\n4,4\n7,10": "Line 5 looks like a total of the rows above. If so it is no point: take it out of the "
    "table.",
}


@pytest.mark.parametrize("raw", SAID)
def test_what_is_odd_is_said_in_one_sentence_and_no_other(raw: str) -> None:
    found = table.read(raw.encode())
    assert isinstance(found, Table)
    assert found.remarks == (SAID[raw],)


@pytest.mark.parametrize(("beside", "likelier"), [("999", [".", ","]), ("1000", [",", "."])])
def test_a_comma_sets_thousands_apart_unless_a_thousand_beside_it_is_written_without(
    beside: str, likelier: list[str]
) -> None:
    (asked,) = table.read(f"x\ty\n{beside}\t1\n1,200\t2".encode())  # type: ignore[misc]
    assert [reading.answer for reading in asked.readings] == likelier


def test_rows_are_judged_by_the_columns_chosen() -> None:
    found = table.read(b"a,note,b,c\n1,2,,5\n2,four,1,6\n3,3,2,7\n4,4,x,8")
    assert isinstance(found, Table)
    chosen, remarks = data.own(found, "c", ["a"])
    np.testing.assert_array_equal(chosen.X, [[1], [2], [3], [4]])
    np.testing.assert_array_equal(chosen.y, [5, 6, 7, 8])
    assert not remarks
    chosen, remarks = data.own(found, "c", ["a", "b"])
    np.testing.assert_array_equal(chosen.X, [[2, 1], [3, 2]])
    np.testing.assert_array_equal(chosen.y, [6, 7])
    assert remarks == (
        "Line 2 is left out: column “b” is empty there.",
        "Line 5 is left out: “x” in column “b” is not a number.",
    )
    with pytest.raises(ValueError, match="at least two rows of numbers; this has 1. Line 2 is left out"):
        data.own(Table(("a", "b"), np.array([[1.0, 2.0], [nan, 3.0]])), "a", ["b"])
