"""The source article's own way, kept to be explained: its loop over weights, and the code of example 2 that stops."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, Any

import torch

from engine import inputs, landscape
from engine.records import Timing, Trap

if TYPE_CHECKING:
    from jaxtyping import Float
    from torch import Tensor

    from engine.inputs import Numbers


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
    vector = inputs.tensor(w, "w")
    return torch.norm(vector).item(), torch.linalg.vector_norm(vector).item()


def matrix_norms(A: Float[Numbers, "m n"]) -> tuple[float, float]:
    """`torch.norm(A, 2)`, the root of the sum of squares, and `torch.linalg.norm(A, 2)`, the largest singular value."""
    matrix = inputs.tensor(A, "A")
    return torch.norm(matrix, 2).item(), torch.linalg.norm(matrix, 2).item()


def by_weight_decay(lam: float) -> dict[str, float]:
    """Where PyTorch's optimisers end on the article's points with `weight_decay` = 2λ. Raises ValueError naming lam.

    SGD and Adam add weight_decay · w to the gradient, which is that of λw². AdamW takes lr · weight_decay · w off the
    weight beside its step. Source: Loshchilov and Hutter, Decoupled weight decay regularization (2019).
    """
    X, y = torch.tensor([1.0, 2.0, 3.0, 4.0], dtype=torch.float64), torch.tensor([2.0, 4.0, 5.0, 4.0]).double()
    decay = 2 * inputs.penalty(lam)
    # AdamW's steps depend on all slopes it remembers. A memory of a hundred steps fades ten times as fast as the usual.
    found = {}
    for name, memory in (("SGD", {}), ("Adam", {}), ("AdamW", {"betas": (0.9, 0.99)})):
        w = torch.zeros((), dtype=torch.float64, requires_grad=True)
        optimiser = getattr(torch.optim, name)([w], lr=0.02, weight_decay=decay, **memory)
        for _ in range(1500):
            optimiser.zero_grad()
            torch.mean((y - w * X) ** 2).backward()
            optimiser.step()
        found[name] = w.item()
    return found


def loop_surface(
    X: Float[Numbers, "n 2"], y: Float[Numbers, " n"], lo: float, hi: float, count: int
) -> list[list[float]]:
    """The loss on a `count` × `count` grid the article's way: one pair of weights at a time. [w₂][w₁]."""
    X, y = inputs.points(X, y)
    w = landscape.samples(lo, hi, count)
    return [[torch.mean((y - X @ torch.stack([w1, w2])) ** 2).item() for w1 in w] for w2 in w]


def batched_surface(
    X: Float[Numbers, "n 2"], y: Float[Numbers, " n"], lo: float, hi: float, count: int
) -> Float[Tensor, "count count"]:
    """The same formula at all pairs in one call: every error of every pair stands in memory at once. [w₂][w₁]."""
    X, y = inputs.points(X, y)
    w = landscape.samples(lo, hi, count)
    grid = torch.stack(torch.meshgrid(w, w, indexing="xy"), dim=-1)
    return (y - grid @ X.mT).square().mean(-1)


def race(X: Float[Numbers, "n 2"], y: Float[Numbers, " n"], lo: float, hi: float, count: int) -> Timing:
    """Time the loop once, and the batched call on all points and on the data boiled down at their best of five, on the
    same grid, and compare their numbers."""

    def timed(grid: Callable[[], Any]) -> tuple[float, Tensor]:
        start = perf_counter()
        losses = torch.as_tensor(grid(), dtype=torch.float64)
        return perf_counter() - start, losses

    def best(grid: Callable[[], Any]) -> tuple[float, Tensor]:
        return min((timed(grid) for _ in range(5)), key=lambda run: run[0])

    loop, one_by_one = timed(lambda: loop_surface(X, y, lo, hi, count))
    batch, at_once = best(lambda: batched_surface(X, y, lo, hi, count))
    boiled, reduced = best(lambda: landscape.surface(X, y, lo, hi, count).total)
    losses = torch.stack([one_by_one, at_once, reduced])
    apart = (losses.amax(0) - losses.amin(0)).max().item()
    return Timing(loop=loop, batch=batch, boiled=boiled, difference=apart)
