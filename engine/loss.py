"""The quadratic loss and its L2 form, straight from their definitions.

    L(w)  = (1/N) Σᵢ (yᵢ − w·xᵢ)²        Lλ(w) = L(w) + λ‖w‖²

This is the plain route: every formula as it is written on the page. `landscape` gets the same numbers for whole grids
without visiting the points again; the tests hold the two together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from engine import inputs
from engine.records import Fit, Quadratic, Slopes

if TYPE_CHECKING:
    from jaxtyping import Float
    from torch import Tensor

    from engine.inputs import Numbers


def mse(w: Float[Numbers, "*grid d"], X: Float[Numbers, "n d"], y: Float[Numbers, " n"]) -> Float[Tensor, "*grid"]:
    """Mean squared error of ŷ = X w, for one weight vector or a whole grid of them. In the squared units of y."""
    X, y = inputs.points(X, y)
    w = inputs.weights(w, X.shape[1])
    return (y - w @ X.mT).square().mean(-1)


def l2(w: Float[Numbers, "*grid d"], lam: float) -> Float[Tensor, "*grid"]:
    """The L2 penalty λ‖w‖², for one weight vector or a grid of them. Raises ValueError if λ is negative."""
    return inputs.penalty(lam) * inputs.tensor(w, "w").square().sum(-1)


def ridge(
    w: Float[Numbers, "*grid d"], X: Float[Numbers, "n d"], y: Float[Numbers, " n"], lam: float
) -> Float[Tensor, "*grid"]:
    """The L2-regularised loss Lλ(w) = L(w) + λ‖w‖². One added term; λ = 0 gives the plain loss."""
    return mse(w, X, y) + l2(w, lam)


def gradient(
    w: Float[Numbers, " d"], X: Float[Numbers, "n d"], y: Float[Numbers, " n"], lam: float = 0.0
) -> Float[Tensor, " d"]:
    """∇Lλ(w) = −(2/N) Xᵀ(y − Xw) + 2λw, by the chain rule on the definition. It points uphill."""
    X, y = inputs.points(X, y)
    w = inputs.weights(w, X.shape[1])
    return -2 / len(y) * (y - X @ w) @ X + 2 * inputs.penalty(lam) * w


def slopes(w: Float[Numbers, " d"], X: Float[Numbers, "n d"], y: Float[Numbers, " n"], lam: float = 0.0) -> Slopes:
    """∇Lλ at w by the formula, by PyTorch's autograd and by central differences. Raises ValueError on bad input."""
    X, y = inputs.points(X, y)
    w = inputs.weights(w, X.shape[1])
    traced = w.clone().requires_grad_()
    (autograd,) = torch.autograd.grad(ridge(traced, X, y, lam), traced)
    h = step(w)
    return Slopes(
        closed=gradient(w, X, y, lam).numpy(),
        autograd=autograd.numpy(),
        difference=((ridge(w + torch.diag(h), X, y, lam) - ridge(w - torch.diag(h), X, y, lam)) / (2 * h)).numpy(),
    )


def step(w: Float[Tensor, " d"]) -> Float[Tensor, " d"]:
    """How far to either side a central difference looks: a thousandth of w, or of 1 where w is smaller.

    A central difference of a quadratic is right at any step but for rounding, so this one is large.
    """
    return 1e-3 * w.abs().clamp(min=1)


def hessian(X: Float[Numbers, "n d"], y: Float[Numbers, " n"], lam: float = 0.0) -> Float[Tensor, "d d"]:
    """H = (2/N) XᵀX + 2λI: the curvature of Lλ, the same at every w because the loss is quadratic.

    y plays no part in it and is only checked. Raises ValueError on bad input.
    """
    X, y = inputs.points(X, y)
    return 2 / len(y) * X.mT @ X + 2 * inputs.penalty(lam) * torch.eye(X.shape[1], dtype=X.dtype)


def quadratic(X: Float[Numbers, "n d"], y: Float[Numbers, " n"]) -> Quadratic:
    """The coefficients of L(w) = wᵀ G w − 2 b·w + c: G = XᵀX/N, b = Xᵀy/N, c = yᵀy/N.

    They are for reading. Numbers come from `landscape`, because these three terms can cancel almost completely.
    """
    X, y = inputs.points(X, y)
    n = len(y)
    return Quadratic(G=(X.mT @ X / n).numpy(), b=(X.mT @ y / n).numpy(), c=(y @ y / n).item())


def fit_at(w: Float[Numbers, " d"], X: Float[Numbers, "n d"], y: Float[Numbers, " n"], lam: float = 0.0) -> Fit:
    """The model at one weight vector: predictions, errors, loss, penalty, gradient. Raises ValueError on bad input."""
    X, y = inputs.points(X, y)
    w = inputs.weights(w, X.shape[1])
    if w.ndim != 1:
        raise ValueError(f"w must be one weight vector, not a grid of shape {tuple(w.shape)}.")
    prediction = X @ w
    error = y - prediction
    return Fit(
        w=w.numpy(),
        prediction=prediction.numpy(),
        error=error.numpy(),
        squared=error.square().numpy(),
        mse=mse(w, X, y).item(),
        penalty=l2(w, lam).item(),
        gradient=gradient(w, X, y, lam).numpy(),
    )
