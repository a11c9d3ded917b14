"""Numbers as a reader wants them: rounded to what they mean, in text and in formulas; and the sentences that a step and
its picture both say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import floor, isclose, isfinite, log10, sqrt

from engine.records import INTERCEPT, Array, Fit, Minimum, Parabolas, Spectrum

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def parts(value: float, digits: int) -> tuple[str, int]:
    """The digits of a finite `value`, rounded to `digits` significant ones, and the power of ten to multiply them
    by: 0 unless the number is too large or too small to be written out."""
    rounded = float(f"{value:.{digits - 1}e}")
    exponent = floor(log10(abs(rounded))) if rounded else 0
    if not -4 < exponent < 7:
        text, power = f"{rounded:.{digits - 1}e}".split("e")
    else:
        text, power = f"{rounded:.{max(0, digits - 1 - exponent)}f}", "0"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("0" if text == "-0" else text), int(power)


def num(value: float, digits: int = 4) -> str:
    """`value` to `digits` significant digits, for prose and labels: 6.875, −0.5, 6.887×10⁻⁵, ∞."""
    if not isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "undefined"
    text, power = parts(value, digits)
    return text.replace("-", "−") + (f"×10{str(power).translate(SUPERSCRIPT)}" if power else "")


def tex(value: float, digits: int = 4) -> str:
    """`value` for a formula: like `num`, in LaTeX."""
    if not isfinite(value):
        return num(value).replace("−", "-").replace("∞", r"\infty")
    text, power = parts(value, digits)
    return rf"{text} \times 10^{{{power}}}" if power else text


def written(value: float, digits: int = 4) -> float:
    """`value` as a reader has it who goes on from what is written."""
    text, power = parts(value, digits)
    return float(f"{text}e{power}")


def equals(again: float, value: float, digits: int = 4) -> str:
    """The sign before `value` in a formula: = where `again`, computed from the numbers as they are written before it,
    is the same as written; ≈ where rounding shows."""
    return "=" if tex(again, digits) == tex(value, digits) else r"\approx"


def bracket(value: float) -> str:
    """`value` for a formula, in brackets if it is negative or has a power of ten, so that it can follow a sign or be
    squared: LaTeX refuses two exponents on end."""
    text = tex(value)
    return f"({text})" if text.startswith("-") or "^" in text else text


def exactly(values: Iterable[float], digits: int = 4) -> str:
    """The sign before a formula made of `values`: = where all are written in full, ≈ where one is rounded."""
    return "=" if all(isclose(written(value, digits), value, rel_tol=1e-12) for value in values) else r"\approx"


def polynomial(terms: Iterable[tuple[float, str]], write: Callable[[float], str] = tex, minus: str = "-") -> str:
    """Coefficients and symbols as one formula: [(7.5, "w^2"), (-20.5, "w")] gives 7.5 w^2 - 20.5 w.

    Terms that are 0 drop out, and so does a factor of 1.
    """
    text = ""
    for value, symbol in terms:
        size = write(abs(value))
        if size != "0":
            factor = "" if size == "1" and symbol else size
            text += f" {minus if value < 0 else '+'} {factor} {symbol}".replace("  ", " ").rstrip()
    return text.strip().removeprefix("+ ") or "0"


def equation(left: Iterable[tuple[float, str]], right: float) -> str:
    """A linear equation for prose and labels: w₁ − 2 w₂ = 3."""
    return f"{polynomial(left, num, '−')} = {num(right)}"


def squares(values: Iterable[float]) -> str:
    """A sum of squares for a formula; of more than four only the first three, and dots."""
    values = list(values)
    shown = values if len(values) <= 4 else values[:3]
    return " + ".join([rf"{bracket(value)}^2" for value in shown] + [r"\cdots"] * (len(values) > 4))


def average_of_squares(errors: Sequence[float] | Array, value: float) -> str:
    """The loss as a formula with its errors put in, and the `value` it comes to."""
    again = sum(written(error) ** 2 for error in errors) / len(errors)
    return rf"\dfrac{{1}}{{{len(errors)}}}\left({squares(errors)}\right) {equals(again, value)} {tex(value)}"


def rounded(values: Iterable[float], scale: float) -> list[float]:
    """`values` with 0 for what is only rounding beside `scale`, the size of what they were made from."""
    return [0.0 if abs(value) <= 1e-12 * scale else float(value) for value in values]


def vector(values: Iterable[float], digits: int = 4) -> str:
    """(1, 2.5) for prose and labels."""
    return f"({', '.join(num(value, digits) for value in values)})"


def meaning(each: Sequence[str], brings: str, w: Sequence[float] | Array) -> str:
    """Weights in the words of the data: each dollar on the bill brings 0.1007 and each guest 0.3621 dollars of tip,
    each with the other held fixed."""
    more = "".join(f" and {thing} **{num(value)}**" for thing, value in zip(each[1:], w[1:], strict=True))
    # An intercept is the same for every point, so there is nothing else to hold.
    features = [thing for thing in each if thing != INTERCEPT]
    held = ", each with the other held fixed" if len(features) > 1 else ""
    return f"{each[0]} brings **{num(w[0])}**{more} {brings}{held}"


def percent(part: float) -> str:
    """A part of a whole: 57%, 0.41%, and 0% for nothing only."""
    return f"{num(100 * part, 2)}%"


def plain(markdown: str) -> str:
    """A sentence without its Markdown emphasis, for alt text."""
    return markdown.replace("**", "").replace("\\*", "*")


def count(things: int) -> str:
    """How many: 10,000; 1×10⁸."""
    return f"{things:,}" if things < 10**7 else num(things)


def memory(size: float) -> str:
    """So many bytes, in the largest unit that leaves at least 1: 80 kB; 8e+08 TB."""
    units = ("B", "kB", "MB", "GB", "TB")
    power = min(len(units) - 1, int(log10(max(size, 1)) // 3))
    return f"{num(size / 1000**power)} {units[power]}"


def averaged(n: int, shown: int) -> str:
    """What is averaged, where `shown` of n squared errors are drawn."""
    return "the squares" if shown == n else f"all {n} squares, of which the {shown} largest are drawn,"


def own_minima(parabolas: Parabolas) -> str:
    """Where the points have their own minima, the first four written out; a point with x = 0 has none."""
    found = [bottom for bottom in parabolas.bottom if isfinite(bottom)]
    return ", ".join(map(num, found[:4])) + (", …" if len(found) > 4 else ".")


def pinned(fit: Fit) -> str:
    """The loss at the pin."""
    return f"Your pin **{vector(fit.w)}** has loss **{num(fit.mse)}**."


def bottom(minimum: Minimum) -> str:
    """Where the minimum of two weights is: a point, or a line of them and the shortest pair on it."""
    if not len(minimum.flat):
        return f"The minimum is the point **w\\* = {vector(minimum.w)}**, with loss **{num(minimum.mse)}**."
    # Along the valley w₁ and w₂ trade one for the other, so that w₁ + trade·w₂ stays the same.
    v1, v2 = minimum.flat[0]
    trade = -v1 / v2
    line = equation([(1, "w₁"), (trade, "w₂")], minimum.w[0] + trade * minimum.w[1])
    return (
        f"The bottom is not a point but a whole line, **{line}**, "
        f"all of it at loss **{num(minimum.mse)}**. The shortest pair of weights on it, the nearest to zero, is "
        f"**{vector(minimum.w)}**."
    )


def gradient(fit: Fit, spectrum: Spectrum, reach: float) -> str:
    """The gradient at the pin of `fit`, on a map to ±`reach`; what is only rounding there is 0."""
    steep = spectrum.values[-1]
    sizes = [sqrt(h * steep) * reach for h in spectrum.hessian.diagonal()]
    return vector(rounded([slope], size)[0] for slope, size in zip(fit.gradient, sizes, strict=True))


def bends(curvatures: Mapping[str, float]) -> str:
    """How strongly each cut bends: 15 along w₁, 2 along w₂."""
    return ", ".join(f"{num(curvature)} {cut}" for cut, curvature in curvatures.items())
