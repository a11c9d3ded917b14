"""Which rows of a sheet are titles, names and units, and which are the points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from engine.numerals import numeral
from engine.records import Question, Reading
from engine.rows import (
    MOST_COLUMNS,
    MOST_ROWS,
    ONE_COLUMN,
    SEPARATORS,
    TOO_MANY,
    Grid,
    Row,
    amount,
    is_missing,
    usual_width,
)

LONGEST_NAME = 40
MOST_TITLES = 10
NAMES, NUMBERS = "names", "numbers"
# What remains of a name can be shown in Markdown, HTML, a chart or a spreadsheet and means nothing to any of them.
NOT_IN_NAMES = re.compile(r"[^\w %/()°²³€£¥-]|_(?=_)")
DIGITS, FEW_DIGITS, THREE = (re.compile(digits, re.ASCII) for digits in (r"\d{1,4}", r"[1-9]\d{0,2}", r"\d{3}"))
ENOUGH = 50
"""Rows that tell what a column holds."""
MOST_REMARKS = 10
FEW_ROWS = "The course needs at least two rows of numbers; this has {}."


class Layout(NamedTuple):
    """The names of the columns and the rows of points, each as long as the names.

    `unnamed` says that the others have names and the first column has none. `ragged` are sentences on rows of another
    length, `remarks` all others.
    """

    names: list[str]
    body: list[Row]
    unnamed: bool
    remarks: list[str]
    ragged: list[str]
    questions: tuple[Question, ...]


def laid_out(found: Grid, answer: str | None) -> Layout:
    """The sheet in a grid; `answer` says whether numbers in the first row are its names. Raises ValueError with a
    sentence if there is none."""
    rows, width = fitted(found.rows)
    named, first = names_at(rows, width)
    names: list[str] = []
    questions: tuple[Question, ...] = ()
    remarks: list[str] = []
    if named is not None:
        names = rows[named].cells
        if units := units_of(rows[first:], width):
            names = [f"{name} ({unit})" if unit else name for name, unit in zip(names, units, strict=True)]
            remarks.append(f"Line {rows[first].line} is read as the units of the columns.")
            first += 1
    elif first and (names := shifted(rows[first - 1].cells, rows[first:], width, found.separator)):
        named = first - 1
    elif (kind := first_row(rows[first].cells, rows[first + 1 :], width)) != NUMBERS:
        questions = () if kind else (question(rows[first].cells),)
        if (kind or answer or NAMES) == NAMES:
            named, names, first = first, rows[first].cells, first + 1
    if named is None and len(found.comment) == width and all(is_text(cell) for cell in found.comment if cell):
        names = found.comment
        remarks.append("The names of the columns are those in the last comment.")
    if above := first if named is None else named:
        remarks.append(
            f"Left out as titles: {amount(above, 'line')} above the {'points' if named is None else 'names'}."
        )
    body, ragged = points(rows[first:], width, found.separator)
    remarks += spanning(body) + blanks(body, ragged, found.separator)
    plain = header(names or [""] * width, remarks)
    unnamed = bool(names) and re.fullmatch(r"(?i)|unnamed: ?0", names[0]) is not None
    return Layout(plain, body, unnamed, remarks, shortened(ragged), questions)


def fitted(rows: Sequence[Row]) -> tuple[list[Row], int]:
    """The rows without columns that are empty from top to bottom at the right, and the usual number of cells.

    Raises ValueError if that is no number of columns for the course.
    """
    rows = [row for row in rows if any(row.cells)]
    width = usual_width([row.cells for row in rows])
    while width > 1 and not any(row.cells[width - 1] for row in rows if len(row.cells) >= width):
        width -= 1
    if width < 2:
        raise ValueError(ONE_COLUMN)
    if width > MOST_COLUMNS:
        raise ValueError(f"There are more than {MOST_COLUMNS} columns. Keep the target and the features you need.")
    return [row if any(row.cells[width:]) else row._replace(cells=row.cells[:width]) for row in rows], width


def is_text(cell: str) -> bool:
    """Whether a cell says something and that is no number."""
    return not is_missing(cell) and not numeral(cell).found


def is_numeric(rows: Sequence[Row], j: int) -> bool:
    """Whether at least half of what the first rows say in column j are numbers."""
    cells = [row.cells[j] for row in rows[:ENOUGH] if j < len(row.cells) and not is_missing(row.cells[j])]
    return 2 * sum(numeral(cell).found for cell in cells) >= max(1, len(cells))


def names_at(rows: Sequence[Row], width: int) -> tuple[int | None, int]:
    """The row of names, if there is one all in words, and the first row below it or, without, below the titles."""
    for i, row in enumerate(rows[:MOST_TITLES]):
        fits, words = len(row.cells) == width, sum(map(is_text, row.cells))
        numbers = any(numeral(cell).found for cell in row.cells)
        if fits and not numbers and (words > 1 or (words and not row.cells[0])):
            return i, i + 1
        # Words and a number in two cells may still be a title, as in: Prices, 2024.
        if not words or (fits and numbers and width > 2):
            break
    return None, next(
        (i for i, row in enumerate(rows[:MOST_TITLES]) if len(row.cells) == width or not any(map(is_text, row.cells))),
        0,
    )


def shifted(names: list[str], below: Sequence[Row], width: int, separator: str) -> list[str]:
    """Names for all columns but the first, which counts or names the rows, as R writes them; [] if that is a title.

    Raises ValueError if it is not clear to which columns the names belong.
    """
    if len(names) < 2 or not all(map(is_text, names)):
        return []
    first = [row.cells[0] for row in below]
    # 1,5,2 under two names is 1,5 and 2; so is 1 200 50 likely to be 1 200 and 50.
    split = separator == "," or all(len(row.cells) > 1 and THREE.fullmatch(row.cells[1]) for row in below)
    counts = first == [str(i) for i in range(1, len(first) + 1)] and not split
    if len(names) == width - 1 and (counts or not is_numeric(below, 0)):
        return ["", *names]
    raise ValueError(
        f"There are {len(names)} names, but most rows have {width} cells, separated by {SEPARATORS[separator]}. "
        "Separate the cells by tabs or semicolons."
    )


def first_row(cells: list[str], below: Sequence[Row], width: int) -> str:
    """Whether a first row with numbers in it is NAMES or NUMBERS; "" if it could be either.

    Numbers are names under a first cell that is none: if a word stands over numbers, or years over anything. All else
    is a row of points, unless it counts 2019, 2020, 2021 or 0, 1, 2 over numbers of another kind. Then ask.
    """
    numbers = [cell for cell in cells if not is_text(cell) and cell]
    whole = [int(cell) for cell in numbers if DIGITS.fullmatch(cell)]
    if len(cells) != width or not below or len(whole) < len(numbers) or len(set(whole)) < len(whole) or not whole:
        return NUMBERS
    steps = {after - before for before, after in pairwise(whole)}
    years = all(1500 <= year <= 2100 for year in whole) and len(steps) < 2 and min(steps, default=1) > 0
    if not numeral(cells[0]).found:
        rising = min(steps, default=1) > 0 if len(steps) < 2 else False
        headed = any(is_text(cell) and is_numeric(below, j) for j, cell in enumerate(cells))
        if years or headed or (not cells[0] and rising):
            return NAMES
        return "" if steps == {1} and whole[0] in (0, 1) and len(whole) > 2 else NUMBERS
    under = [cell for row in below[:ENOUGH] for cell in row.cells if numeral(cell).found]
    if len(numbers) < width or len(whole) < 2:
        return NUMBERS
    if years and not any(DIGITS.fullmatch(cell) and 1500 <= int(cell) <= 2100 for cell in under):
        return ""
    counting = steps == {1} and whole[0] in (0, 1) and len(whole) > 2
    return "" if counting and sum(cell.isdecimal() for cell in under) * 2 < len(under) else NUMBERS


def question(cells: Sequence[str]) -> Question:
    """Whether the numbers of the first row are the names of the columns."""
    shown = ", ".join(cell for cell in cells if DIGITS.fullmatch(cell))
    return Question(
        "",
        shown,
        f"The first row holds {shown}. Are these the names of the columns, or the numbers of a point?",
        (Reading(NAMES, "names of the columns"), Reading(NUMBERS, "numbers of a point")),
    )


def units_of(rows: Sequence[Row], width: int) -> list[str]:
    """The units in the first of the rows, without brackets; [] if it holds none."""
    cells = rows[0].cells if len(rows) > 1 else []
    words = [j for j, cell in enumerate(cells) if is_text(cell)]
    if len(cells) != width or any(numeral(cell).found for cell in cells):
        return []
    if not any(is_numeric(rows[1:], j) for j in words):
        return []
    return ["" if is_missing(cell) else cell.strip("()[] ") for cell in cells]


def points(rows: Sequence[Row], width: int, separator: str) -> tuple[list[Row], list[str]]:
    """The rows of the usual length, and sentences on the others. Raises ValueError if there are too many or too few."""
    if len(rows) > MOST_ROWS:
        raise ValueError(TOO_MANY)
    body = [row for row in rows if len(row.cells) == width]
    ragged = [
        f"Line {row.line} is left out: it has {amount(len(row.cells), 'cell')} where {width} belong, separated by "
        f"{SEPARATORS[separator]}."
        for row in rows
        if len(row.cells) != width
    ]
    if len(body) < 2:
        raise ValueError(" ".join([FEW_ROWS.format(len(body)), *ragged[:1]]))
    return body, ragged


def spanning(body: Sequence[Row]) -> list[str]:
    """Sentences on the first rows that go over several lines, in case a quote was forgotten."""
    over = [row for row in body if row.last > row.line]
    return [
        f"Lines {row.line} to {row.last} are read as one row: quotes enclose the ends of lines." for row in over[:3]
    ]


def blanks(body: Sequence[Row], ragged: Sequence[str], separator: str) -> list[str]:
    """A sentence on blanks that may stand in numbers. Raises ValueError if they seem to."""
    if separator != " ":
        return []
    for row in body:
        for one, other in pairwise(row.cells):
            if FEW_DIGITS.fullmatch(one) and THREE.fullmatch(other):
                if ragged:
                    raise ValueError(
                        f"Blanks separate the cells here, and stand in numbers, too: “{one} {other}”. Separate the "
                        "cells by tabs or semicolons."
                    )
                return [f"Blanks separate the cells: “{one} {other}” in line {row.line} is read as {one} and {other}."]
    return []


def header(cells: Sequence[str], remarks: list[str]) -> list[str]:
    """A plain, unique name for each column; what had to be changed is remarked."""
    names: list[str] = []
    for j, cell in enumerate(cells, 1):
        name = " ".join(NOT_IN_NAMES.sub(" ", cell).split()).lstrip("-%/()°²³€£¥ ")[:LONGEST_NAME].strip()
        base = name or f"column {j}"
        name, again = base, 2
        while name in names:
            name, again = f"{base} {again}", again + 1
        if cell and name != " ".join(cell.split()):
            remarks.append(f"The name of column {j} is written here as “{name}”.")
        elif not cell and any(cells) and j > 1:
            remarks.append(f"Column {j} has no name; it is called “{name}”.")
        names.append(name)
    return names


def shortened(refused: Sequence[str]) -> list[str]:
    """The first sentences on rows, and how many more there are."""
    more = len(refused) - MOST_REMARKS
    return [*refused[:MOST_REMARKS], *([f"{more} more rows were left out for such reasons."] if more > 0 else [])]
