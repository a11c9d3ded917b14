"""The source article's own way, kept to be explained: its loop over weights, and the code of example 2 that stops."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import torch

from engine import checks, landscape
from engine.records import Timing, Trap

if TYPE_CHECKING:
    from jaxtyping import Float

    from engine.checks import Numbers


def dtype_trap() -> Trap:
    """Run example 2 as printed, where X is a tensor of whole numbers, and then with the one word that mends it."""
    X, w = torch.tensor([[1, 1], [2, 2], [3, 3]]), torch.tensor([1.0, 1.0])
    try:
        X @ w
    except RuntimeError as error:
        return Trap(message=str(error), mended=(X.double() @ w.double()).numpy())
    raise RuntimeError("PyTorch now multiplies whole numbers with fractions: the lesson's trap has gone.")


def norms(w: Float[Numbers, " d"]) -> tuple[float, float]:
    """‖w‖ by `torch.norm`, which the article uses, and by `torch.linalg.vector_norm`, which replaces it."""
    vector = checks.tensor(w, "w")
    return torch.norm(vector).item(), torch.linalg.vector_norm(vector).item()


def loop_surface(
    X: Float[Numbers, "n 2"], y: Float[Numbers, " n"], lo: float, hi: float, count: int
) -> list[list[float]]:
    """The loss on a `count` × `count` grid the article's way: one pair of weights at a time. [w₂][w₁]."""
    X, y = checks.points(X, y)
    w = landscape.samples(lo, hi, count)
    return [[torch.mean((y - X @ torch.stack([w1, w2])) ** 2).item() for w1 in w] for w2 in w]


def race(X: Float[Numbers, "n 2"], y: Float[Numbers, " n"], lo: float, hi: float, count: int) -> Timing:
    """Time the loop once and the batched call at its best of five, on the same grid, and compare their numbers."""
    start = perf_counter()
    slow = torch.tensor(loop_surface(X, y, lo, hi, count), dtype=torch.float64)
    loop = perf_counter() - start
    batch = float("inf")
    for _ in range(5):
        start = perf_counter()
        fast = torch.from_numpy(landscape.surface(X, y, lo, hi, count).total)
        batch = min(batch, perf_counter() - start)
    return Timing(loop=loop, batch=batch, difference=(slow - fast).abs().max().item())
