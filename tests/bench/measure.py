"""Ratios within one run: each side measured in turn, many times, and the median with its spread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np


@dataclass(frozen=True)
class Row:
    """One line of the table. `ratio` is the median of `what` against `against`, `spread` its middle half."""

    what: str
    against: str
    target: str
    ratio: float
    spread: tuple[float, float]
    met: bool
    details: str = ""

    @property
    def said(self) -> str:
        """The ratio with its spread: 12.3 (11.9 to 12.8)."""
        low, high = self.spread
        return f"{self.ratio:.3g} ({low:.3g} to {high:.3g})"


def seconds(work: Callable[[], object], times: int) -> float:
    """The mean time of one call, of so many in a row."""
    start = perf_counter()
    for _ in range(times):
        work()
    return (perf_counter() - start) / times


def ratios(
    slow: Callable[[], object], fast: Callable[[], object], rounds: int = 9, times: int = 1, slows: int = 1
) -> np.ndarray:
    """How many times longer `slow` takes than `fast`, in each of so many rounds, with `slows` calls of the one and
    `times` of the other. Both run once before, unmeasured."""
    slow()
    fast()
    return np.array([seconds(slow, slows) / seconds(fast, times) for _ in range(rounds)])


def row(
    what: str, against: str, found: np.ndarray, *, least: float = 0.0, most: float = np.inf, details: str = ""
) -> Row:
    """The line for these ratios, with the target that their median is at least or at most so much; or none."""
    median, low, high = (float(np.quantile(found, q)) for q in (0.5, 0.25, 0.75))
    target = f"≥ {least:g}×" if least else f"≤ {most:g}×" if np.isfinite(most) else "stated"
    return Row(what, against, target, median, (low, high), least <= median <= most, details)
