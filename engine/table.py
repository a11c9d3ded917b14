"""A table of numbers out of whatever somebody pastes or uploads: every row that can be kept is, the rest is named.

Nothing here trusts its input. Sizes are looked at before anything is split, and a cell is text until it has the form of
a number.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Sequence
from io import StringIO
from itertools import islice
from unicodedata import category

import numpy as np

from engine.records import Table

MOST_BYTES = 1_000_000
MOST_ROWS = 2_000
MOST_COLUMNS = 50
LONGEST_LINE = 64_000
LONGEST_NAME = 40
LARGEST, SMALLEST = 1e9, 1e-9
MOST_REMARKS = 10

LIMITS = (
    f"At most {MOST_ROWS:,} rows, {MOST_COLUMNS} columns and {MOST_BYTES / 1e6:g} MB. Sizes of numbers from "
    f"{SMALLEST:.9f} to {LARGEST:,.0f}, or zero."
)

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
SEPARATORS = {"\t": "tabs", ";": "semicolons", ",": "commas"}
# What remains of a name can be shown in Markdown, HTML, a chart or a spreadsheet and means nothing to any of them.
NOT_IN_NAMES = re.compile(r"[^\w %/()°²³-]|_(?=_)")


def read(raw: bytes, names: Sequence[str] = ()) -> Table:
    """The table in `raw`. Raises ValueError with a sentence that says what is wrong and how to mend it.

    Cells are separated by tabs, semicolons or commas; the decimal sign is a point, or a comma where commas do not
    separate. The first row may hold names, unless `names` are given: then every row is one of numbers.
    """
    if len(raw) > MOST_BYTES:
        raise ValueError(f"This is larger than {MOST_BYTES / 1e6:g} MB. Keep the rows and columns you need.")
    numbered = enumerate(StringIO(decode(raw), newline=None), 1)
    # No more than tells that there are too many: a list of all could take a hundred times the memory of the file.
    lines = list(islice(((number, line) for number, line in numbered if line.strip(" \t;,\n")), MOST_ROWS + 2))
    if not lines:
        raise ValueError("There is nothing to read. Paste or choose a table with at least two rows of numbers.")
    if len(lines) > MOST_ROWS + 1:
        raise ValueError(f"There are more rows than the {MOST_ROWS:,} the course takes. Keep fewer of them.")
    if long := [number for number, line in lines if len(line) > LONGEST_LINE]:
        raise ValueError(f"Line {long[0]} is longer than {LONGEST_LINE:,} characters. Is this a table?")
    separator = next((sign for sign in SEPARATORS if sign in lines[0][1]), ",")
    if lines[0][1].count(separator) >= MOST_COLUMNS:
        raise ValueError(f"There are more than {MOST_COLUMNS} columns. Keep the target and the features you need.")
    rows = [(number, cells(line, separator)) for number, line in lines]
    remarks: list[str] = []
    first = rows[0][1]
    width = len(first)
    if width < 2:
        raise ValueError(
            "There is one column only. The course needs a target and at least one feature, separated by tabs, "
            "semicolons or commas."
        )
    if not names:
        named = not any(NUMBER.fullmatch(point(cell)) for cell in first if cell)
        names = header(first if named else [""] * width, remarks)
        rows = rows[named:]
    if separator != "," and any("," in cell for _, row in rows for cell in row):
        rows = decimal_commas(rows, remarks)
    kept = numeric_columns(rows, names, remarks)
    values, refused = numbers(rows, names, kept, separator)
    remarks += refused[:MOST_REMARKS]
    if len(refused) > MOST_REMARKS:
        remarks.append(f"{len(refused) - MOST_REMARKS} more rows were left out for such reasons.")
    if len(values) < 2:
        why = f" {refused[0]}" if refused else ""
        raise ValueError(f"The course needs at least two rows of numbers; this has {len(values)}.{why}")
    return Table(tuple(names[j] for j in kept), np.array(values), tuple(remarks))


def decode(raw: bytes) -> str:
    """`raw` as text: UTF-8, UTF-16 with its mark, or else Latin-1. Raises ValueError if it is no text."""
    if raw.startswith(b"PK\x03\x04"):
        raise ValueError("This is a spreadsheet or a ZIP file. Save it as CSV, or copy its cells and paste them.")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
    if "\x00" in text or sum(category(sign) == "Cc" and not sign.isspace() for sign in text) > len(text) / 100:
        raise ValueError("This is not a text file. Save the table as CSV, or copy its cells and paste them.")
    return text


def cells(line: str, separator: str) -> list[str]:
    """The cells of one line, quotes taken off."""
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator))]
    except (csv.Error, StopIteration):
        return [cell.strip() for cell in line.split(separator)]


def point(cell: str) -> str:
    """A cell with a plain minus and a decimal point, to see whether it is a number."""
    return cell.replace("−", "-").replace(",", ".", 1)


def header(cells: list[str], remarks: list[str]) -> list[str]:
    """A plain, unique name for each column; what had to be changed is remarked."""
    names: list[str] = []
    for j, cell in enumerate(cells, 1):
        name = " ".join(NOT_IN_NAMES.sub(" ", cell).split()).lstrip("-%/()°²³ ")[:LONGEST_NAME].strip()
        base = name or f"column {j}"
        name, again = base, 2
        while name in names:
            name, again = f"{base} {again}", again + 1
        if cell and name != cell:
            remarks.append(f"The name of column {j} is written here as “{name}”.")
        elif not cell and any(cells):
            remarks.append(f"Column {j} has no name; it is called “{name}”.")
        names.append(name)
    return names


Rows = list[tuple[int, list[str]]]
"""Line numbers and cells."""


def decimal_commas(rows: Rows, remarks: list[str]) -> Rows:
    """The rows with decimal commas as points. Where points are in use too, a comma could mean either: left alone."""
    if any(re.fullmatch(r"[+−-]?\d*\.\d+", cell) for _, row in rows for cell in row):
        remarks.append("Points are decimal signs here, so numbers with commas are left out. Write them without commas.")
        return rows
    remarks.append("Commas are read as decimal signs: 1,234 is a little more than one.")
    return [(number, [cell.replace(",", ".", 1) for cell in row]) for number, row in rows]


def numeric_columns(rows: Rows, names: Sequence[str], remarks: list[str]) -> list[int]:
    """Which columns hold mostly numbers; the others are remarked. Raises ValueError if fewer than two do."""
    kept = []
    for j, name in enumerate(names):
        column = [row[j].replace("−", "-") for _, row in rows if j < len(row) and row[j]]
        if column and 2 * sum(bool(NUMBER.fullmatch(cell)) for cell in column) >= len(column):
            kept.append(j)
        else:
            remarks.append(f"Column “{name}” holds no numbers, or more text than numbers, and is left out.")
    if len(kept) < 2:
        raise ValueError(
            f"{len(kept)} of the {len(names)} columns hold numbers. The course needs a target and at least one feature."
        )
    return kept


def numbers(rows: Rows, names: Sequence[str], kept: list[int], separator: str) -> tuple[list[list[float]], list[str]]:
    """The rows whose kept cells are all numbers, and a sentence for each of the others."""
    values, refused = [], []
    for number, row in rows:
        if len(row) != len(names):
            cells = f"{len(row)} cell{'s' * (len(row) != 1)}"
            refused.append(
                f"Line {number} is left out: it has {cells} where {len(names)} belong, separated by "
                f"{SEPARATORS[separator]}."
            )
            continue
        wrong = next((said for j in kept if (said := wrong_with(row[j], names[j]))), None)
        if wrong:
            refused.append(f"Line {number} is left out: {wrong}")
        else:
            values.append([float(row[j].replace("−", "-")) for j in kept])
    return values, refused


def wrong_with(cell: str, name: str) -> str | None:
    """What keeps a cell from being a number of the course, in words; None if nothing does."""
    if not cell:
        return f"column “{name}” is empty there."
    if not NUMBER.fullmatch(cell.replace("−", "-")):
        shown = NOT_IN_NAMES.sub(" ", cell)[:20].strip()
        return f"“{shown}” in column “{name}” is not a number." if shown else f"column “{name}” holds no number there."
    size = abs(float(cell.replace("−", "-")))
    if size and not SMALLEST <= size <= LARGEST:
        return f"a number in column “{name}” is too {'large' if size > LARGEST else 'small'}. Choose another unit."
    return None
