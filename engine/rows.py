"""Bytes that somebody brought, as rows of cells. Sizes are looked at before anything is guessed or split.

charset-normalizer says which encoding it is, csv what a quote means. The separator is found here: what pandas and
clevercsv offer takes seconds to minutes over a hostile file, and neither knows titles, blanks or bars.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import NamedTuple
from unicodedata import category

from charset_normalizer import from_bytes

from engine.numerals import numeral

MOST_BYTES = 1_000_000
MOST_ROWS = 2_000
MOST_COLUMNS = 50
LONGEST_LINE = 64_000
MOST_AROUND = 50
"""Lines of titles, names and units that may stand around the rows."""
MOST_IN_QUOTES = 20
"""Lines that a cell may span. More is a quote that nobody closed."""
SAMPLE, SAMPLE_WIDTH = 60, 4_000
"""Lines, and characters of each, that tell the separator."""

SEPARATORS = {"\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas", "  ": "blanks", " ": "blanks"}
MISSING = frozenset(
    ["", "na", "n/a", "n.a.", "nan", "null", "none", "nil", "missing", "?", ".", "…", "-", "–", "—", "--", "---"]
) | {"#n/a", "#na", "#div/0!", "#value!", "#ref!", "#null!", "#num!"}
DECLARED = re.compile(r'"?sep=([\t;|, ])"?', re.IGNORECASE)
COMMENT = re.compile(r"\s*#(?!N/?A|DIV/0!|VALUE!|REF!|NULL!|NUM!)", re.IGNORECASE)
RULE = re.compile(r"[\s|+:=\-─┼│├┤]*(--|==|──)[\s|+:=\-─┼│├┤]*")
QUOTED = re.compile(r'"(?:[^"]|"")*"')

ENCODINGS = {
    "cp1252": "Windows-1252 (Western European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "gbk": "GBK (Chinese)",
    "cp932": "Shift-JIS (Japanese)",
    "utf_16_le": "UTF-16",
    "utf_16_be": "UTF-16",
}
# Scripts mixed in a word, or half-width katakana: Western accents taken for something else.
UNLIKELY = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]|[\uff61-\uff9f]")


class Row(NamedTuple):
    """A row: the numbers of its first and last line, counted from 1, and its cells."""

    line: int
    last: int
    cells: list[str]


class Grid(NamedTuple):
    """Rows of any length, what separates their cells, the cells of the last comment, and what is to be said of it."""

    rows: list[Row]
    separator: str
    comment: list[str]
    remarks: list[str]


Lines = Sequence[tuple[int, str]]
"""Line numbers and lines, without their ends."""


def grid(raw: bytes) -> Grid:
    """The rows in `raw`. Raises ValueError with a sentence that says what is wrong and how to mend it."""
    if len(raw) > MOST_BYTES:
        raise ValueError(f"This is larger than {MOST_BYTES / 1e6:g} MB. Keep the rows and columns you need.")
    text, remarks = decode(raw)
    lines, comments, declared = content(text)
    if not lines:
        raise ValueError("There is nothing to read. Paste or choose a table with at least two rows of numbers.")
    if comments:
        remarks.append(f"Left out as comments, for the # they begin with: {amount(len(comments), 'line')}.")
    separator = declared or separated_by(lines)
    comment = [
        cell
        for row in split([(0, line.strip().lstrip("#")) for line in comments[-1:]], separator)
        for cell in row.cells
    ]
    return Grid(split(lines, separator), separator, comment, remarks)


def amount(number: int, thing: str) -> str:
    """1 line; 2 lines."""
    return f"{number:,} {thing}{'s' * (number != 1)}"


def decode(raw: bytes) -> tuple[str, list[str]]:
    """`raw` as text, and a remark where its encoding had to be guessed. Raises ValueError if it is no text."""
    if raw.startswith(b"PK\x03\x04"):
        raise ValueError("This is a spreadsheet or a ZIP file. Save it as CSV, or copy its cells and paste them.")
    encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    remarks = []
    if encoding == "utf-8-sig" and (b"\x00" in raw or not is_utf8(raw)):
        encoding = guessed(raw)
        remarks.append(
            f"This is not UTF-8, but read as {ENCODINGS[encoding]}. If names or signs look wrong, save it as UTF-8."
        )
    text = raw.decode(encoding, errors="replace")
    if "\x00" in text or sum(category(sign) == "Cc" and not sign.isspace() for sign in text) > len(text) / 100:
        raise ValueError(NO_TEXT)
    return text, remarks


def is_utf8(raw: bytes) -> bool:
    """Whether `raw` is UTF-8 by the letter."""
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def guessed(raw: bytes) -> str:
    """The likeliest of ENCODINGS: with NULs one of two bytes a sign; without two foreign bytes in a row a Western one.

    charset-normalizer judges the rest. Of all the encodings it knows, a few words fit dozens. Raises ValueError if
    `raw` is no text.
    """
    nulls = b"\x00" in raw
    if not nulls and not re.search(rb"[\x80-\xff]{2}", raw):
        return "cp1252"
    matches = from_bytes(raw, cp_isolation=[name for name in ENCODINGS if name.startswith("utf") == nulls])
    likely = next((match.encoding for match in matches if not UNLIKELY.search(str(match))), "")
    if nulls and not likely:
        raise ValueError(NO_TEXT)
    return likely or "cp1252"


def content(text: str) -> tuple[Lines, list[str], str]:
    """The lines that hold something, the comments, and the separator that a first line such as sep=; declares."""
    lines: list[tuple[int, str]] = []
    comments, declared = [], ""
    for number, ended in enumerate(StringIO(text, newline=None), 1):
        line = ended.rstrip("\n")
        if len(line) > LONGEST_LINE:
            raise ValueError(f"Line {number} is longer than {LONGEST_LINE:,} characters. Is this a table?")
        if number == 1 and (found := DECLARED.fullmatch(line)):
            declared = found[1]
        elif COMMENT.match(line):
            comments.append(line)
        elif line.strip(" \t;,|") and not RULE.fullmatch(line):
            lines.append((number, line))
        # No more than tells that there are too many: a list of all could take a hundred times the memory of the file.
        if len(lines) > MOST_ROWS + MOST_AROUND:
            raise ValueError(TOO_MANY)
    if all(QUOTED.fullmatch(line.strip()) for _, line in lines):
        lines = [(number, line.strip()[1:-1].replace('""', '"')) for number, line in lines]
    return lines, comments, declared


def separated_by(lines: Lines) -> str:
    """The separator that gives the most rows of one length and the most numbers in them, else the first of them.

    Raises ValueError if none gives two cells.
    """
    sample = [(number, line[:SAMPLE_WIDTH]) for number, line in lines[:SAMPLE]]
    scores = {separator: score([row.cells for row in split(sample, separator)]) for separator in SEPARATORS}
    best = max(scores, key=scores.__getitem__)
    if not scores[best]:
        raise ValueError(ONE_COLUMN)
    return best


def score(rows: list[list[str]]) -> float:
    """How much rows look like a table: the share of those of the most frequent length, times the share of numbers."""
    width = usual_width(rows)
    alike = [row for row in rows if len(row) == width]
    if width < 2:
        return 0.0
    known = sum(is_missing(cell) or numeral(cell).found for row in alike for cell in row)
    return len(alike) / len(rows) * (0.2 + known / (len(alike) * width))


def usual_width(rows: list[list[str]]) -> int:
    """The most frequent number of cells, of those of two or more; 0 if no row has two."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def is_missing(cell: str) -> bool:
    """Whether a cell is empty or holds one of the usual marks for a missing value."""
    return cell.lower() in MISSING


def split(lines: Lines, separator: str) -> list[Row]:
    """The cells of the lines, quotes taken off. Where the quotes of the whole do not close, each line is read alone."""
    try:
        rows = list(parsed(lines, separator, strict=True))
        if all(row.last - row.line < MOST_IN_QUOTES for row in rows):
            return rows
    except csv.Error:
        pass
    return [row for line in lines for row in parsed([line], separator, strict=False)]


def parsed(lines: Lines, separator: str, *, strict: bool) -> Iterator[Row]:
    """One row for each line, or for several where quotes hold the ends of lines. Raises csv.Error where `strict`."""
    fed: list[int] = []

    def feed() -> Iterator[str]:
        for number, line in lines:
            fed.append(number)
            yield trimmed(line, separator) + "\n"

    delimiter = "\t" if separator == "  " else separator
    for cells in csv.reader(feed(), delimiter=delimiter, skipinitialspace=True, strict=strict):
        row = [cell.strip() for cell in cells]
        while len(row) > MOST_COLUMNS and not row[-1]:
            row.pop()
        # Of what is too long the last cell stays, which is not empty, so that it still shows that there are too many.
        yield Row(fed[0], fed[-1], row[:MOST_COLUMNS] + row[MOST_COLUMNS:][-1:])
        fed.clear()


def trimmed(line: str, separator: str) -> str:
    """A line without what frames its cells: outer bars, or blanks where blanks separate."""
    if separator == "|":
        framed = line.strip()
        return framed[1:].removesuffix("|") if framed.startswith("|") else framed
    if separator == "  ":
        return re.sub(" {2,}", "\t", line.strip())
    return re.sub(" +", " ", line.strip()) if separator == " " else line


NO_TEXT = "This is not a text file. Save the table as CSV, or copy its cells and paste them."
TOO_MANY = f"There are more rows than the {MOST_ROWS:,} the course takes. Keep fewer of them."
ONE_COLUMN = (
    "There is one column only. The course needs a target and at least one feature, separated by tabs, semicolons or "
    "commas."
)
