"""A table of numbers out of whatever somebody pastes or uploads: what can be kept is, the rest is named.

Nothing here trusts its input, and nothing that could be two numbers is taken for one: then there is a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.layout import FEW_ROWS, NOT_IN_NAMES, Layout, laid_out, shortened
from engine.numerals import COMMA, PLAIN, POINT, Numeral, numeral
from engine.records import Array, Question, Reading, Table
from engine.rows import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, TOO_MANY, amount, grid, is_missing

LARGEST, SMALLEST = 1e9, 1e-9

LIMITS = (
    f"At most {MOST_ROWS:,} rows, {MOST_COLUMNS} columns and {MOST_BYTES / 1e6:g} MB. Sizes of numbers from "
    f"{SMALLEST:.9f} to {LARGEST:,.0f}, or zero."
)
TOTAL = re.compile(
    r"((grand|sub)[ -]?)?totale?s?|totaux|sum|((gesamt|zwischen)?summe|(ins)?gesamt)|somme|suma|soma|合计|合計|итого",
    re.IGNORECASE,
)
SHARES = ("%", "‰")
NINES = re.compile(r"[-−]?(9{2,}([.,][09]+)?)")


@dataclass(frozen=True)
class Column:
    """A column as it was written: its place and name, its cells, and what each comes to."""

    place: int
    name: str
    cells: list[str]
    numerals: list[Numeral]

    @cached_property
    def found(self) -> list[tuple[str, Numeral]]:
        """The cells that are numbers, with their numbers."""
        return [(cell, each) for cell, each in zip(self.cells, self.numerals, strict=True) if each.found]

    @cached_property
    def open(self) -> list[tuple[str, Numeral]]:
        """Those that are two numbers."""
        return [(cell, each) for cell, each in self.found if each.open]

    @cached_property
    def votes(self) -> Counter[str]:
        """How many cells are numbers with one decimal sign only, for each sign."""
        return Counter(each.sure for _, each in self.found if each.sure)


def read(raw: bytes, answers: Mapping[str, str] | None = None) -> Table | tuple[Question, ...]:
    """The table in `raw`; or the questions without whose answers there is none: {question.about: reading.answer}.

    Raises ValueError with a sentence that says what is wrong and how to mend it.
    """
    answers = answers or {}
    found = grid(raw)
    sheet = laid_out(found, answers.get(""))
    columns = [column(sheet, j) for j in range(len(sheet.names))]
    kept, left_out = usable(columns, sheet)
    if len(kept) < 2:
        few = f"{len(kept)} of the {len(columns)} columns hold numbers."
        why = [few, "The course needs a target and at least one feature.", *left_out, *missing(columns)]
        raise ValueError(" ".join(why))
    signs = [decimal_sign(each, kept, found.separator) for each in kept]
    questions = (*sheet.questions, *(sign for sign in signs if isinstance(sign, Question)))
    if any(answers.get(each.about) not in {reading.answer for reading in each.readings} for each in questions):
        return questions
    decided = [sign if isinstance(sign, str) else answers[sign.about] for sign in signs]
    values, wrong = numbers(kept, decided)
    remarks = [*found.remarks, *sheet.remarks, *left_out]
    for j, (each, sign) in enumerate(zip(kept, signs, strict=True)):
        remarks += settled(each, sign) if isinstance(sign, str) else []
        remarks += writing(each, decided[j]) + sentinel(each, values[:, j])
    remarks += missing(kept) + closing_total(sheet, values) + sheet.ragged
    names, lines = tuple(each.name for each in kept), tuple(row.line for row in sheet.body)
    table = Table(names, values, lines, wrong, tuple(remarks), questions)
    check(table, missing(columns) + sheet.ragged)
    return table


def column(sheet: Layout, place: int) -> Column:
    """One column of the sheet, with what its cells come to."""
    cells = [row.cells[place] for row in sheet.body]
    return Column(place, sheet.names[place], cells, list(map(numeral, cells)))


def usable(columns: Sequence[Column], sheet: Layout) -> tuple[list[Column], list[str]]:
    """The columns that hold mostly numbers, and sentences on the others."""
    said = []
    counts = sheet.unnamed and columns[0].place == 0 and counts_rows(columns[0])
    if counts:
        said.append("Column 1 has no name and only counts the rows, so it is left out. Give it a name to keep it.")
    kept: list[Column] = []
    text: list[Column] = []
    for column in columns[counts:]:
        known = sum(not is_missing(cell) for cell in column.cells)
        (kept if column.found and 2 * len(column.found) >= known else text).append(column)
    if text:
        names = ", ".join(f"“{column.name}”" for column in text)
        said.append(f"Left out for holding no numbers, or more text than numbers: {names}.")
    return kept, said


def counts_rows(column: Column) -> bool:
    """Whether a column holds whole numbers only, each larger than the one before, and no years."""
    whole = [each.point for cell, each in column.found if cell.isdecimal()]
    rising = all(after > before for before, after in pairwise(whole))
    return len(whole) == len(column.cells) and rising and not all(1500 <= year <= 2100 for year in whole)


def decimal_sign(column: Column, columns: Sequence[Column], separator: str) -> str | Question:
    """The decimal sign of the numbers in a column that are open; a question if none of its numbers settles it."""
    if not column.open:
        return POINT
    if len(column.votes) == 1:
        return next(iter(column.votes))
    cell, number = column.open[0]
    sign, likely = "comma" if abs(number.point) > abs(number.comma) else "point", likelier(column, columns, separator)
    ways = {True: f"the {sign} sets thousands apart", False: f"the {sign} is the decimal sign"}
    readings = [
        Reading(decimal, f"{plain(value)}: {ways[abs(value) == max(abs(number.point), abs(number.comma))]}", value)
        for decimal in (likely, POINT if likely == COMMA else COMMA)
        for value in [number.value(decimal)]
    ]
    asks = f"In “{column.name}”, “{shown(cell)}” could be two numbers. Which is it?"
    return Question(column.name, shown(cell), asks, (readings[0], readings[1]))


def likelier(column: Column, columns: Sequence[Column], separator: str) -> str:
    """The decimal sign that speaks from the rest of the column, else of the table, else of the form of the numbers."""
    for votes in (column.votes, sum((other.votes for other in columns), Counter[str]())):
        if votes[POINT] != votes[COMMA]:
            return max(votes, key=votes.__getitem__)
    if separator == ";":
        return COMMA
    whole = [abs(each.point) for cell, each in column.found if cell.isdecimal()]
    number = column.open[0][1]
    if abs(number.point) > abs(number.comma):
        return COMMA if whole and max(whole) >= 1000 else POINT
    # 210.000 beside 900, or 210.000 and 330.000 alone, are thousands; 1.234 beside 1200 is none.
    grouped = max(whole) < 1000 if whole else all(each.comma % 1000 == 0 for _, each in column.open)
    return COMMA if grouped else POINT


def numbers(columns: Sequence[Column], decided: Sequence[str]) -> tuple[Array, dict[tuple[int, int], str]]:
    """The numbers of the columns, and why there is none where a cell that is not empty gives none."""
    values = np.full((len(columns[0].cells), len(columns)), np.nan)
    why = {}
    for j, column in enumerate(columns):
        for i, (cell, each) in enumerate(zip(column.cells, column.numerals, strict=True)):
            if each.found:
                values[i, j] = each.value(decided[j])
            elif cell:
                text = " ".join(NOT_IN_NAMES.sub(" ", cell)[:20].split())
                why[i, j] = (
                    f"“{text}” in column “{column.name}” is not a number."
                    if text
                    else f"column “{column.name}” holds no number there."
                )
    return sized(values, why, [column.name for column in columns])


def sized(
    values: Array, why: dict[tuple[int, int], str], names: Sequence[str]
) -> tuple[Array, dict[tuple[int, int], str]]:
    """The numbers that are of a size the course can show; why the others are not."""
    size = np.abs(values)
    for i, j in np.argwhere((size > LARGEST) | (size < SMALLEST) & (size > 0)).tolist():
        large = size[i, j] > LARGEST
        why[i, j] = f"a number in column “{names[j]}” is too {'large' if large else 'small'}. Choose another unit."
        values[i, j] = np.nan
    return values, why


def plain(value: float) -> str:
    """A number with all its digits and no signs but the point and the minus."""
    return np.format_float_positional(value, trim="-").replace("-", "−")


def shown(cell: str) -> str:
    """A number as it was written, without the signs that mean something to Markdown."""
    return " ".join(re.sub(r"[^\d.,'()/%‰ -]", "", cell.translate(PLAIN)).split())


def writing(column: Column, decimal: str) -> list[str]:
    """What there is to say of how the numbers of a column were written."""
    name = column.name
    said = []
    read_as = {
        cell: (each, plain(each.value(decimal))) for cell, each in reversed(column.found) if each.minus or each.unit
    }
    for minus in ("()", "-"):
        written = [(cell, value) for cell, (each, value) in read_as.items() if each.minus == minus]
        said += [f"In “{name}”, “{shown(cell)}” is read as {value}." for cell, value in written[-1:]]
    units = Counter(each.unit for _, each in column.found)
    if shares := [(cell, value) for cell, (each, value) in read_as.items() if each.unit in SHARES]:
        cell, value = shares[-1]
        bare = len(column.found) - sum(units[sign] for sign in SHARES)
        more = (
            f" {amount(bare, 'number')} without the sign {'stay' if bare > 1 else 'stays'} as written, too."
            if bare
            else ""
        )
        if units["%"] and units["‰"]:
            more += " Here % and ‰ are mixed: write all in one of them."
        said.append(f"In “{name}”, “{shown(cell)}” is read as {value}, not as a fraction of 1.{more}")
    elif len(set(units) - {""}) > 1:
        said.append(f"“{name}” has more than one currency. The amounts are kept as they are written.")
    return said


def settled(column: Column, decimal: str) -> list[str]:
    """What settled the decimal sign of a column, where some of its numbers left it open."""
    proofs = {each.sure: shown(cell) for cell, each in reversed(column.found) if each.sure}
    if len(proofs) == 2:
        return [
            f"In “{column.name}” points and commas are decimal signs: “{proofs[POINT]}”, “{proofs[COMMA]}”. Each "
            "number is read by its form."
        ]
    return [
        f"In “{column.name}”, “{shown(cell)}” is read as {plain(number.value(decimal))}, because “{proofs[decimal]}” "
        "stands there too."
        for cell, number in column.open[:1]
    ]


def sentinel(column: Column, values: Array) -> list[str]:
    """A sentence on a number such as −9999 that stands far from the rest, as marks for missing values do."""
    nines = np.array([bool(NINES.fullmatch(cell)) for cell in column.cells]) & ~np.isnan(values)
    rest = values[~nines & ~np.isnan(values)]
    if not nines.any() or len(rest) < 2:
        return []
    low, high = rest.min(), rest.max()
    span = max(high - low, abs(high) / 2, abs(low) / 2)
    far = [value for value in np.unique(values[nines]) if not low - span <= value <= high + span]
    return [
        f"“{column.name}” is {plain(value)} in {amount(int((values == value).sum()), 'row')}, far from the rest. If it "
        "marks a missing value, leave those cells empty."
        for value in far
    ]


def missing(columns: Sequence[Column]) -> list[str]:
    """A sentence that names each mark for a missing value, with how many cells hold it."""
    marks = Counter(cell for column in columns for cell in column.cells if is_missing(cell))
    each = [
        f"{amount(number, 'cell')} {'is' if number == 1 else 'are'} empty"
        if not mark
        else f"{amount(number, 'cell')} read{'s' * (number == 1)} “{mark}”"
        for mark, number in marks.most_common()
    ]
    return [f"Missing values: {', '.join(each)}."] if each else []


def closing_total(sheet: Layout, values: Array) -> list[str]:
    """A sentence on a last row that is called a total, or holds the sums of those above."""
    last = sheet.body[-1]
    called = any(TOTAL.fullmatch(cell.strip(" :")) for cell in last.cells)
    above = np.nansum(values[:-1], axis=0)
    sums = len(values) > 3 and values[-1].any() and np.allclose(values[-1], above, rtol=1e-6, atol=0)
    if not called and not sums:
        return []
    return [f"Line {last.line} looks like a total of the rows above. If so it is no point: take it out of the table."]


def check(table: Table, reasons: Sequence[str]) -> None:
    """Raise ValueError, with the reasons, unless two columns have numbers in the same two rows."""
    there = (~np.isnan(table.values)).astype(int)
    together = there.T @ there
    np.fill_diagonal(together, -1)
    best = int(together.max())
    if best < 2:
        names = [table.names[j] for j in np.unravel_index(int(together.argmax()), together.shape)]
        why = complete(table, names).remarks[:1]
        raise ValueError(" ".join([FEW_ROWS.format(best), *reasons[:2], *why]))


def complete(table: Table, names: Sequence[str]) -> Table:
    """The columns of these names, in the rows where each of them has a number; the other rows are remarked."""
    places = [table.names.index(name) for name in names]
    values = table.values[:, places]
    good: NDArray[np.bool_] = ~np.isnan(values.sum(axis=1))
    lines = table.lines or tuple(range(1, len(values) + 1))
    refused = []
    for i in np.flatnonzero(~good).tolist():
        j = next(j for j in places if np.isnan(table.values[i, j]))
        why = table.why.get((i, j), f"column “{table.names[j]}” is empty there.")
        refused.append(f"Line {lines[i]} is left out: {why}")
    kept = tuple(line for line, whole in zip(lines, good, strict=True) if whole)
    return Table(tuple(names), values[good], kept, {}, tuple(shortened(refused)))


def typed(names: Sequence[str], values: Array) -> Table:
    """The table that somebody typed, (n, k), NaN where a cell is empty. Rows that are all empty do not count.

    Raises ValueError with a sentence if it is no table.
    """
    if len(values) > MOST_ROWS:
        raise ValueError(TOO_MANY)
    there = ~np.isnan(values).all(axis=1)
    found, why = sized(np.array(values[there], dtype=np.float64), {}, names)
    table = Table(tuple(names), found, tuple((np.flatnonzero(there) + 1).tolist()), why)
    check(table, [])
    return table
