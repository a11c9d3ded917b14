"""What an L2 penalty is and what it is worth: invented points, and the loss on points held out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from engine import checks, loss
from engine.data import generator
from engine.minimum import minimum
from engine.records import HeldOut, Phantom

if TYPE_CHECKING:
    from jaxtyping import Float

    from engine.checks import Numbers


def phantom(X: Float[Numbers, "n d"], y: Float[Numbers, " n"], lam: float) -> Phantom:
    """Ordinary least squares on the data and d invented rows √(Nλ)·eⱼ with target 0, beside the penalised minimum.

    The first is LAPACK's least squares on the longer table; the second solves ∇Lλ = 0, that is H w = (2/N) Xᵀy. They
    share no step. Raises ValueError on bad input.
    """
    X, y = checks.points(X, y)
    n, d = X.shape
    rows = (n * checks.penalty(lam)) ** 0.5 * torch.eye(d, dtype=X.dtype)
    longer, targets = torch.cat([X, rows]), torch.cat([y, y.new_zeros(d)])
    w = torch.linalg.lstsq(longer, targets[:, None], driver="gelsd").solution.flatten()
    normal = torch.linalg.pinv(loss.hessian(X, y, lam), hermitian=True) @ (2 / n * X.mT @ y)
    return Phantom(rows=rows.numpy(), w=w.numpy(), penalised=normal.numpy())


def held_out(X: Float[Numbers, "n d"], y: Float[Numbers, " n"], train: int, seed: int) -> HeldOut:
    """Fit `train` points drawn with `seed` at 61 values of λ from 10⁻⁴ to 10², and ask the others what they think.

    Raises ValueError naming train where fewer than two points would be left on either side.
    """
    X, y = checks.points(X, y)
    if not 2 <= train <= len(y) - 2:
        raise ValueError(f"train must leave at least 2 of the {len(y)} points on either side, not be {train}.")
    order = torch.randperm(len(y), generator=generator(seed))
    fitted, other = order[:train], order[train:]
    lams = torch.logspace(-4, 2, 61, dtype=X.dtype)
    found = torch.stack([torch.from_numpy(minimum(X[fitted], y[fitted], lam).w) for lam in lams.tolist()])
    return HeldOut(
        lam=lams.numpy(),
        train=loss.mse(found, X[fitted], y[fitted]).numpy(),
        test=loss.mse(found, X[other], y[other]).numpy(),
    )
