"""The engine's door: whatever comes in leaves as finite float64 tensors, or as one sentence naming the argument."""

from __future__ import annotations

from math import inf, isfinite
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jaxtyping import Float
    from torch import Tensor

    from engine.records import Array

    Numbers = Tensor | Array | Sequence[float] | Sequence[Sequence[float]]
    """What the engine takes for an array: shapes are checked, and everything becomes a float64 tensor."""

# One visitor's grid takes under a millisecond on one thread. More threads would only make visitors wait for each other.
torch.set_num_threads(1)

# The loss squares x·w, and w is about y/x. Inside these bounds no square leaves float64's range of 1e±308.
LARGEST = 1e50
SMALLEST = 1e-50


def tensor(value: Any, name: str) -> Tensor:
    """`value` as a float64 tensor. Raises ValueError, naming it `name`, if it is not numbers or not all finite."""
    result = numbers(value, name)
    # A finite sum has finite terms and is the quickest to ask for; a large one can overflow.
    if not isfinite(result.sum().item()) and not result.isfinite().all():
        raise ValueError(f"{name} has a value that is not a finite number.")
    return result


def numbers(value: Any, name: str) -> Tensor:
    """`value` as a float64 tensor. Raises ValueError, naming it `name`, if it is not numbers."""
    try:
        return torch.as_tensor(value, dtype=torch.float64)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ValueError(f"{name} must be an array of numbers ({error}).") from error


def table(X: Any, y: Any) -> Float[Tensor, "n d+1"]:
    """Data as one table [X y]: at least one point, no column of X all zeros.

    Raises ValueError naming X or y otherwise, or where a value is too large or too small to be squared safely.
    """
    X, y = numbers(X, "X"), numbers(y, "y")
    if X.ndim != 2 or X.shape[1] == 0:
        raise ValueError(f"X must be a table of points by features, not of shape {tuple(X.shape)}.")
    if y.shape != X.shape[:1]:
        raise ValueError(f"y must have one value for each of the {len(X)} points, not shape {tuple(y.shape)}.")
    if len(X) == 0:
        raise ValueError("X needs at least one point; it has none.")
    found = torch.column_stack([X, y])
    # One call for all columns: what is not a number is the largest wherever it stands.
    *columns, target = torch.linalg.vector_norm(found, inf, dim=0).tolist()
    if not all(map(isfinite, columns)):
        raise ValueError("X has a value that is not a finite number.")
    if 0 in columns:
        raise ValueError(
            f"X has only zeros in column {columns.index(0)}: no value of that weight would change the loss."
        )
    if max(columns) > LARGEST or min(columns) < SMALLEST:
        raise ValueError(f"X must have its columns' largest values between {SMALLEST:g} and {LARGEST:g} in size.")
    if not target <= LARGEST:
        raise ValueError(f"y must have finite numbers only, and none above {LARGEST:g} in size.")
    return found


def points(X: Any, y: Any) -> tuple[Float[Tensor, "n d"], Float[Tensor, " n"]]:
    """Data as tensors X (n, d) and y (n,), checked as `table` checks them."""
    found = table(X, y)
    return found[:, :-1], found[:, -1]


def weights(w: Any, d: int) -> Float[Tensor, "*grid d"]:
    """One weight vector (d,) or a grid of them (*grid, d). Raises ValueError naming w for any other shape."""
    grid = tensor(w, "w")
    if grid.ndim == 0 or grid.shape[-1] != d:
        raise ValueError(f"w must end in {d} weights, one for each feature, not have shape {tuple(grid.shape)}.")
    if grid.numel() and grid.abs().max() > LARGEST:
        raise ValueError(f"w must have no weight above {LARGEST:g} in size.")
    return grid


def penalty(lam: float) -> float:
    """λ as a float. Raises ValueError naming lam unless it is finite and 0 or more."""
    if not isinstance(lam, int | float) or not 0 <= lam <= LARGEST:
        raise ValueError(f"lam must be one number from 0 to {LARGEST:g}.")
    return float(lam)
