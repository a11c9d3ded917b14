"""The minimum against NIST's Statistical Reference Datasets for linear regression, the classic yardstick of solvers.

https://www.itl.nist.gov/div898/strd/lls/lls.shtml: data, and coefficients certified to 15 digits by exact means.
The digits reached are −log₁₀ of the relative error of the worst coefficient, 15 at most. How the solver is chosen:
`minimum` takes singular values of columns brought to length 1 and corrects twice; numpy's least squares takes the
columns as they are, and the normal equations square the condition number. The table holds what each keeps.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine import minimum
from engine.records import Array


def stored(name: str) -> tuple[Array, Array]:
    """The predictors (n, d) and the response (n,) of a set that is no formula."""
    table = np.loadtxt(Path(__file__).parent / "strd" / f"{name}.csv", delimiter=",", skiprows=1)
    return table[:, 1:], table[:, 0]


def powers(x: Array, degree: int) -> Array:
    """1, x, x², … as columns."""
    return np.stack([x**k for k in range(degree + 1)], axis=1)


def polynomial(name: str, degree: int) -> tuple[Array, Array]:
    x, y = stored(name)
    return powers(x[:, 0], degree), y


def wampler(weights: list[float], noise: float) -> tuple[Array, Array]:
    """A polynomial of degree 5 at x = 0 … 20, and so many times Wampler's noise, which no such polynomial fits."""
    X = powers(np.arange(21.0), 5)
    half = [759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048]
    return X, X @ weights + noise * np.array([*half, 2048, *half[::-1]])


ONES = [1.0] * 6
FALLING = [10.0**-k for k in range(6)]
FILIP = [
    -1467.48961422980, -2772.17959193342, -2316.37108160893, -1127.97394098372, -354.478233703349, -75.1242017393757,
    -10.8753180355343, -1.06221498588947, -0.0670191154593408, -0.00246781078275479, -0.0000402962525080404,
]  # fmt: skip
LONGLEY = [
    -3482258.63459582, 15.0618722713733, -0.0358191792925910, -2.02022980381683, -1.03322686717359,
    -0.0511041056535807, 1829.15146461355,
]  # fmt: skip

SETS = {
    # name: X and y, certified weights, digits kept by `minimum`, by numpy's least squares and by the normal equations
    "norris": (polynomial("norris", 1), [-0.262323073774029, 1.00211681802045], (13, 12, 12)),
    "pontius": (
        polynomial("pontius", 2),
        [0.000673565789473684, 0.000000732059160401003, -0.316081871345029e-14],
        (12, 6, 11),
    ),
    "noint1": ((np.arange(60.0, 71)[:, None], np.arange(130.0, 141)), [2.07438016528926], (14, 14, 14)),
    "noint2": ((np.array([[4.0], [5.0], [6.0]]), np.array([3.0, 4.0, 4.0])), [0.727272727272727], (14, 14, 14)),
    "filip": (polynomial("filip", 10), FILIP, (6, 0, 0)),
    "longley": ((np.insert(stored("longley")[0], 0, 1.0, axis=1), stored("longley")[1]), LONGLEY, (10, 10, 7)),
    "wampler1": (wampler(ONES, 0), ONES, (9, 9, 6)),
    "wampler2": (wampler(FALLING, 0), FALLING, (12, 10, 9)),
    "wampler3": (wampler(ONES, 1), ONES, (9, 9, 6)),
    "wampler4": (wampler(ONES, 100), ONES, (8, 7, 6)),
    "wampler5": (wampler(ONES, 10_000), ONES, (6, 5, 5)),
}


def digits(w: Array, certified: list[float]) -> float:
    error = np.max(np.abs(w / np.array(certified) - 1))
    return float(min(15.0, -np.log10(error or 1e-15)))


@pytest.mark.parametrize("name", SETS)
def test_the_minimum_keeps_the_digits_of_the_certified_weights(name: str) -> None:
    (X, y), certified, (ours, theirs, _) = SETS[name]
    found = minimum.minimum(X, y)
    assert len(found.flat) == 0
    assert digits(found.w, certified) >= ours >= theirs


@pytest.mark.parametrize("name", ["pontius", "filip", "longley", "wampler5"])
def test_other_solvers_keep_no_more_than_the_table_says(name: str) -> None:
    """So the table shows why this solver and not one of those: should they improve, think again."""
    (X, y), certified, (_, least_squares, normal) = SETS[name]
    assert digits(np.linalg.lstsq(X, y, rcond=None)[0], certified) < least_squares + 1
    assert digits(np.linalg.solve(X.T @ X, X.T @ y), certified) < normal + 2
