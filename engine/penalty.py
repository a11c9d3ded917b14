"""What an L2 penalty is, does and is worth: invented points, the path of the minimum, the loss on points held out."""

from __future__ import annotations

from math import ceil, log10
from typing import TYPE_CHECKING

import numpy as np
import torch

from engine import inputs, loss
from engine.landscape import lam_reach
from engine.minimum import minimum, spectrum
from engine.records import HeldOut, Phantom, RidgePath

if TYPE_CHECKING:
    from jaxtyping import Float
    from torch import Tensor

    from engine.inputs import Numbers


def phantom(X: Float[Numbers, "n d"], y: Float[Numbers, " n"], lam: float) -> Phantom:
    """Ordinary least squares on the data and d invented rows √(Nλ)·eⱼ with target 0, beside the penalised minimum.

    The first is LAPACK's least squares on the longer table; the second solves ∇Lλ = 0, that is H w = (2/N) Xᵀy. They
    share no step. Raises ValueError on bad input.
    """
    X, y = inputs.points(X, y)
    n, d = X.shape
    rows = (n * inputs.penalty(lam)) ** 0.5 * torch.eye(d, dtype=X.dtype)
    longer, targets = torch.cat([X, rows]), torch.cat([y, y.new_zeros(d)])
    w = torch.linalg.lstsq(longer, targets[:, None], driver="gelsd").solution.flatten()
    normal = torch.linalg.pinv(loss.hessian(X, y, lam), hermitian=True) @ (2 / n * X.mT @ y)
    return Phantom(rows=rows.numpy(), w=w.numpy(), penalised=normal.numpy())


def ridge_path(X: Float[Numbers, "n d"], y: Float[Numbers, " n"], lam: float) -> RidgePath:
    """The minimum of Lλ at λ = 0, at 40 values a constant factor apart, and at `lam`, in rising order.

    The values run from a thousandth of the flattest curvature that is not 0 to a thousand times the steepest: from
    where the penalty changes nothing one could see to where next to nothing is left of the weights. Raises ValueError
    on bad input.
    """
    curvatures = torch.from_numpy(spectrum(X, y).values)
    bent = curvatures[curvatures > 0]
    lo, hi = log10(1e-3 * bent[0].item()), log10(1e3 * bent[-1].item())
    spread = torch.logspace(lo, hi, 40, dtype=bent.dtype).tolist()
    lams = torch.tensor(sorted({0.0, inputs.penalty(lam), *spread}), dtype=bent.dtype)
    found = [minimum(X, y, each) for each in lams.tolist()]
    return RidgePath(
        lam=lams.numpy(),
        w=np.stack([each.w for each in found]),
        mse=np.array([each.mse for each in found]),
        curvatures=(curvatures + 2 * lams[:, None]).numpy(),
    )


def held_out(
    X: Float[Numbers, "n d"], y: Float[Numbers, " n"], X_others: Float[Numbers, "m d"], y_others: Float[Numbers, " m"]
) -> HeldOut:
    """Fit the points (X, y) at 61 values of λ over six decades, and ask the others, at least two, what they think.

    The decades end at ten times `lam_reach`, rounded up to a power of ten. A feature that is zero at every fitted point
    says nothing there, and the penalty leaves its weight at zero. Raises ValueError on bad input.
    """
    X, y = inputs.tensor(X, "X"), inputs.tensor(y, "y")
    X_others, y_others = inputs.tensor(X_others, "X_others"), inputs.tensor(y_others, "y_others")
    told = X.any(0)
    fitted = X[:, told]
    top = ceil(log10(lam_reach(fitted, y) if told.any() else 1.0)) + 1
    lams = torch.logspace(top - 6, top, 61, dtype=X.dtype)
    found = torch.zeros(len(lams), X.shape[1], dtype=X.dtype)
    if told.any():
        found[:, told] = torch.stack([torch.from_numpy(minimum(fitted, y, lam).w) for lam in lams.tolist()])
    others = (y_others - found @ X_others.mT).square()
    return HeldOut(
        lam=lams.numpy(),
        train=(y - found @ X.mT).square().mean(1).numpy(),
        test=others.mean(1).numpy(),
        kept=kept(others),
    )


def kept(others: Float[Tensor, "lams m"]) -> float:
    """What the penalty saves on points that had no say in the choice of λ, as a part of what they lose at the smallest.

    `others` are squared errors. Half of the points choose λ, the other half judges it; then they change places. The
    points that choose would praise their own choice: of many tries the best looks better than it is. Source: Hastie,
    Tibshirani and Friedman, The Elements of Statistical Learning, 2nd ed., §7.10.
    """
    halves = others.tensor_split(2, dim=1)
    judged = sum(judge[choose.mean(1).argmin()].sum() for choose, judge in (halves, halves[::-1]))
    plain = others[0].sum()
    return float(1 - judged / plain) if plain > 0 else 0.0
