"""Numbers as people write them: what a cell comes to if a point is the decimal sign, and if a comma is.

A cell that means the same either way, or a number only one way, is certain. One that is a number both ways, such as
1,200, is not, and nothing here chooses.
"""

from __future__ import annotations

import re
from math import isnan, nan
from typing import NamedTuple

LONGEST_NUMERAL = 60
POINT, COMMA = ".", ","


class Numeral(NamedTuple):
    """A cell as a number: `point` if a point is its decimal sign, `comma` if a comma is; NaN where it is none.

    `unit` is the currency or the % that stood with it; `minus` is what stood for a minus: "()", a "-" behind, or "".
    """

    point: float = nan
    comma: float = nan
    unit: str = ""
    minus: str = ""

    @property
    def found(self) -> bool:
        """Whether the cell is a number at all."""
        return not (isnan(self.point) and isnan(self.comma))

    @property
    def sure(self) -> str:
        """The only decimal sign with which the cell is a number; "" if it is one with both, or with neither."""
        return "" if isnan(self.point) == isnan(self.comma) else COMMA if isnan(self.point) else POINT

    @property
    def open(self) -> bool:
        """Whether the cell is one number with a decimal point and another one with a decimal comma."""
        return not isnan(self.point) and not isnan(self.comma) and self.point != self.comma

    def value(self, decimal: str) -> float:
        """The number, where `decimal` decides what is open."""
        first, other = (self.point, self.comma) if decimal == POINT else (self.comma, self.point)
        return other if isnan(first) else first


NOTHING = Numeral()

WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # the digits and signs of East Asian keyboards
PLAIN = WIDE | dict.fromkeys(map(ord, "\u00a0\u2002\u2007\u2009\u202f\u3000"), " ")
PLAIN |= dict.fromkeys(map(ord, "−–‐‑"), "-") | dict.fromkeys(map(ord, "’‘ʼ"), "'")
SUPERSCRIPT = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")

CODES = "USD|EUR|GBP|JPY|CNY|RMB|INR|CHF|SEK|NOK|DKK|PLN|CZK|HUF|CAD|AUD|NZD|BRL|MXN|ZAR|KRW|TRY|RUB|SGD|HKD|ILS"
UNIT = rf"(?:[A-Z]{{0,3}}[$¢£¤¥฿￥\u20a0-\u20cf]|{CODES}|[Kk]r\.?|Rs\.?|Fr\.?|SFr\.?|zł|Kč|Ft|руб\.?|元|円|[%‰])"
WRITTEN = re.compile(
    rf"(?P<open>\()?(?P<sign>[+-])?\ *(?P<before>{UNIT})?\ *(?P<inner>\()?(?P<late>[+-])?\ *"
    r"(?P<core>[.,]?\d(?:[\d.,\ ']*\d)?[.,]?)"
    r"(?:[eEdD](?P<power>[+-]?\d{1,4})"
    r"|\ *(?P<times>[xX×*·⋅])\ *10(?:(?:\^|\*\*)\(?(?P<up>[+-]?\d{1,4})\)?|(?P<raised>[⁺⁻]?[⁰¹²³⁴-⁹]{1,4})))?"
    rf"(?P<dash>\ ?-|--|/-)?\ *(?P<after>{UNIT})?(?P<close>\))?",
    re.ASCII,
)


def grouped(sign: str) -> str:
    """A pattern: digits in groups of three. No such number begins with a 0."""
    return rf"[1-9]\d{{0,2}}(?:{sign}\d{{3}})+"


BY_SPACE = rf"{grouped(' ')}|{grouped(chr(39))}"
LAKHS = r"[1-9]\d?(?:,\d\d)+,\d{3}"
FORMS = {
    POINT: re.compile(rf"(\d+|{grouped(',')}|{LAKHS}|{BY_SPACE})?(?:\.(\d*))?", re.ASCII),
    COMMA: re.compile(rf"(\d+|{grouped('[.]')}|{BY_SPACE})?(?:,(\d+))?", re.ASCII),
}
WHOLE = re.compile(r"[+-]?\d{1,15}", re.ASCII)
EITHER = re.compile(r"([1-9]\d{0,2})([.,])(\d{3})", re.ASCII)
FRACTION = re.compile(r"[+-]?(?![1-9]\d{0,2}\.\d{3}$)\d{1,20}\.\d{1,20}", re.ASCII)
GROUPING = str.maketrans("", "", ",. '")


def numeral(cell: str) -> Numeral:
    """What a cell comes to. Thousands may be set apart by commas, points, blanks or apostrophes, in threes or as lakhs;
    (200) and 200- are −200; 12.- is 12; 3 × 10^4 and 3D+04 are 30,000."""
    if WHOLE.fullmatch(cell):
        return Numeral(float(cell), float(cell))
    # The two most frequent forms, of which a table of the largest size may have a hundred thousand.
    if FRACTION.fullmatch(cell):
        return Numeral(point=float(cell))
    if either := EITHER.fullmatch(cell):
        whole, sign, part = either.groups()
        readings = float(f"{whole}.{part}"), float(whole + part)
        return Numeral(*readings) if sign == POINT else Numeral(*readings[::-1])
    found = WRITTEN.fullmatch(cell.translate(PLAIN).lstrip("'")) if len(cell) <= LONGEST_NUMERAL else None
    if not found:
        return NOTHING
    core, dash = found["core"], (found["dash"] or "").strip()
    if core[-1] in ".," and dash:
        core, dash = core + "00", ""  # 12.- is a price without cents
    dash = "" if dash == "/-" else dash
    brackets = [bool(found["open"]), bool(found["inner"]), bool(found["close"])]
    signs = [sign for sign in (found["sign"], found["late"], "(" if found["close"] else "", dash) if sign]
    if brackets.count(True) not in (0, 2) or (brackets[0] and brackets[1]) or len(signs) > 1 or dash == "--":
        return NOTHING
    if found["before"] and found["after"]:
        return NOTHING
    power = found["power"] or found["up"] or (found["raised"] or "0").translate(SUPERSCRIPT)
    sign = "-" if signs and signs[0] != "+" else ""
    point, comma = (
        float(f"{sign}{digits}e{power}") if (digits := plain_digits(core, decimal, bool(found["power"]))) else nan
        for decimal in (POINT, COMMA)
    )
    return Numeral(point, comma, found["before"] or found["after"] or "", "()" if found["close"] else dash)


def plain_digits(core: str, decimal: str, scientific: bool) -> str:
    """The digits of a number with nothing but a decimal point; "" if they are no number with that decimal sign.

    A program that writes 1.234E+05 sets no thousands apart.
    """
    found = FORMS[decimal].fullmatch(core)
    if not found or not (found[1] or found[2]):
        return ""
    whole = (found[1] or "").translate(GROUPING)
    return "" if scientific and whole != (found[1] or "") else f"{whole}.{found[2] or ''}"
