"""The course's data sets: `KINDS` has one entry for each. To add one, write its entry; nothing else needs to know.
The first one opens where nothing was chosen.

Each says where it comes from, and none is random without a seed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import torch

from engine import inputs
from engine.records import INTERCEPT, MOST_WEIGHTS, Dataset, Kind, Source


def article_one() -> Dataset:
    """Examples 1 and 3 of the source article: four points, one weight. The best line leaves errors."""
    return Dataset(
        origin="Examples 1 and 3 of the article this course grew from.",
        features=("x",),
        target="y",
        each=("each unit of x",),
        brings="units of y",
        X=np.array([[1.0], [2.0], [3.0], [4.0]]),
        y=np.array([2.0, 4.0, 5.0, 4.0]),
    )


def article_two() -> Dataset:
    """Example 2 of the source article: both columns are equal, so only w₁ + w₂ matters."""
    return Dataset(
        origin="Example 2 of the article this course grew from. Both features are the same column.",
        features=("x₁", "x₂"),
        target="y",
        each=("each unit of x₁", "each unit of x₂"),
        brings="units of y",
        X=np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]),
        y=np.array([2.0, 4.0, 6.0]),
    )


def tips() -> Dataset:
    """244 restaurant bills: tip against bill and party size. Equal, row for row, to `plotly.data.tips()`."""
    bills = pd.read_csv(Path(__file__).with_name("tips.csv"), dtype=np.float64)
    bill, size, tip = (bills[name].to_numpy(copy=True) for name in ("total_bill", "size", "tip"))
    return Dataset(
        origin="244 real bills noted by one waiter (Bryant and Smith, 1995), as shipped with Plotly.",
        features=("bill (dollars)", "party size (people)"),
        target="tip (dollars)",
        each=("each dollar on the bill", "each guest"),
        brings="dollars of tip",
        X=np.stack([bill, size], axis=1),
        y=tip,
    )


def many(weights: int, seed: int) -> Dataset:
    """60 seeded points with up to 20 features, each larger than the one before; the true weights are all 1."""
    n = 60
    draws = torch.randn(n, MOST_WEIGHTS + 1, generator=generator(seed), dtype=torch.float64)
    X = draws[:, :weights] * torch.linspace(0.5, 2, MOST_WEIGHTS, dtype=torch.float64)[:weights]
    return Dataset(
        origin=f"{n} points drawn by the course with seed {seed}: y = x₁ + … + x{weights} + noise.",
        features=tuple(f"x{i}" for i in range(1, weights + 1)),
        target="y",
        each=tuple(f"each unit of x{i}" for i in range(1, weights + 1)),
        brings="units of y",
        X=X.contiguous().numpy(),
        y=(X.sum(1) + draws[:, -1]).numpy(),
    )


def generator(seed: int) -> torch.Generator:
    """A source of random numbers of its own, so that no draw depends on another. Raises ValueError naming seed."""
    if not 0 <= seed < 2**31:
        raise ValueError(f"seed must be from 0 to {2**31 - 1}, not {seed}.")
    return torch.Generator().manual_seed(seed)


def pair(rho: float, seed: int) -> Dataset:
    """40 seeded points with two features of mean 0, variance 1 and correlation exactly `rho`, in [−1, 1].

    y = 2x₁ + x₂ + noise. Only x₂ changes with `rho`. Raises ValueError naming rho or seed.
    """
    if not abs(inputs.tensor(rho, "rho").item()) <= 1:
        raise ValueError(f"rho must be a correlation from -1 to 1, not {rho}.")
    n = 40
    draws = torch.randn(n, 3, generator=generator(seed), dtype=torch.float64)
    # Centred and made orthogonal, so that means, variances and correlation are exact and not only on average.
    x1, other, noise = (torch.linalg.qr(draws - draws.mean(0)).Q * n**0.5).unbind(1)
    x2 = rho * x1 + (1 - rho * rho) ** 0.5 * other
    return Dataset(
        origin=f"40 points drawn by the course with seed {seed}: y = 2x₁ + x₂ + noise.",
        features=("x₁", "x₂"),
        target="y",
        each=("each unit of x₁", "each unit of x₂"),
        brings="units of y",
        X=torch.stack([x1, x2], dim=1).numpy(),
        y=(2 * x1 + x2 + noise).numpy(),
    )


def line() -> Dataset:
    """The article's four points with a column of ones: the second weight is the intercept of an ordinary line."""
    return with_intercept(article_one())


def with_intercept(data: Dataset) -> Dataset:
    """The first feature, and a column of ones as the second: its weight is where the line meets the y axis."""
    return replace(
        data,
        origin=f"{data.origin} With a column of ones for the intercept.",
        features=(data.features[0], "1"),
        each=(data.each[0], INTERCEPT),
        X=np.stack([data.X[:, 0], np.ones(len(data.y))], axis=1),
    )


def article(source: Source) -> Dataset:
    """The source article's examples: one for a single weight, another for two."""
    return article_one() if source.weights == 1 else article_two()


KINDS = (
    Kind("article", "Article", article),
    Kind("tips", "Tips", lambda _: tips()),
    Kind("line", "Slope and intercept", lambda _: line(), fewest=2),
    Kind("pair", "Correlated pair", lambda source: pair(source.rho, source.seed), fewest=2, rho=0.8),
    Kind("many", "Many weights", lambda source: many(source.weights, source.seed), most=MOST_WEIGHTS, offered=False),
)
"""All data sets, in the order in which the screen offers them."""
