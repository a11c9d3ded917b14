"""What a quadratic loss lets us know exactly: its minimum and its curvature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from engine import inputs, loss
from engine.records import Minimum, Spectrum

if TYPE_CHECKING:
    from jaxtyping import Float
    from torch import Tensor

    from engine.inputs import Numbers


def shortest_solution(
    A: Float[Tensor, "rows d"], b: Float[Tensor, " rows"]
) -> tuple[Float[Tensor, " d"], Float[Tensor, "k d"]]:
    """The shortest w that minimises ‖b − A w‖, and an orthonormal basis of the directions that leave A w unchanged.

    Needs rows ≥ d. Columns are first brought to length 1, so that a change of units (metres to millimetres) cannot
    turn an ordinary column into a "collinear" one. The rank counts singular values above eps · max(rows, d) times
    the largest, as numpy.linalg.matrix_rank does. Method: Golub and Van Loan, Matrix Computations, 4th ed., §5.5, with
    the corrections of Björck, Numerical Methods for Least Squares Problems (1996), §6.6.5.
    """
    length = torch.linalg.vector_norm(A, dim=0)
    length = torch.where(length > 0, length, 1.0)
    scaled = A / length
    # QR first: the singular value decomposition then sees d rows, however many points there are.
    Q, R = torch.linalg.qr(scaled)
    U, S, Vh = torch.linalg.svd(R)
    negligible = max(A.shape) * torch.finfo(A.dtype).eps * S[0]
    rank = int((negligible < S).sum())
    U, S, V = U[:, :rank], S[:rank], Vh[:rank].mT
    flat = unscaled(Vh[rank:], length)

    across: Tensor = torch.eye(len(length), dtype=A.dtype) - flat.mT @ flat  # takes the flat directions out of a vector

    w = across @ (V @ (U.mT @ (Q.mT @ b) / S) / length)
    for _ in range(2):
        # Q carries rounding the size of its largest entries, which swamps rows much smaller than others (data beside a
        # strong penalty). What is left of the slope shows the damage, and one more solve removes it.
        slope = scaled.mT @ (b - A @ w)
        w = w + across @ (V @ (V.mT @ slope / S.square()) / length)
    return w, flat


def unscaled(null: Float[Tensor, "k d"], length: Float[Tensor, " d"]) -> Float[Tensor, "k d"]:
    """An orthonormal basis of the directions `null` after column j is stretched by 1/length[j].

    Stretched as they are, directions may all point along the shortest column and tell their differences in lost
    digits. So each first gets a column of its own, the most stretched it has, and leaves the others' columns (Gauss
    and Jordan's elimination).
    """

    def clean(rows: Float[Tensor, "k d"]) -> Float[Tensor, "k d"]:
        # What is rounding in a direction of length 1 is none after the division by a short column.
        return torch.where(rows.abs() > 4 * rows.shape[1] * torch.finfo(rows.dtype).eps, rows, 0.0)

    rows = clean(null)
    for i in range(len(rows)):
        own = (rows[i].abs() / length).argmax()
        rows[i] /= rows[i, own].clone()
        others = torch.arange(len(rows)) != i
        rows[others] -= torch.outer(rows[others, own], rows[i])
    stretched = clean(rows) / length
    stretched = stretched / torch.linalg.vector_norm(stretched, dim=1, keepdim=True)
    # Householder's QR would leave the smallest entries no digit of their own. Here each row stays a sum of flat ones.
    triangle = torch.linalg.cholesky(stretched @ stretched.mT)
    orthonormal: Tensor = torch.linalg.solve_triangular(triangle, stretched, upper=False)
    return orthonormal


def minimum(X: Float[Numbers, "n d"], y: Float[Numbers, " n"], lam: float = 0.0) -> Minimum:
    """The exact minimum of Lλ. Raises ValueError on bad input.

    L2 is least squares on d more rows √(Nλ)·eⱼ with target 0: N·Lλ(w) = ‖y − Xw‖² + ‖√(Nλ) w‖². With λ = 0 the rows are
    zeros and change nothing, so one solver serves both; without squaring X it keeps twice the digits of the normal
    equations XᵀX w = Xᵀy.
    """
    X, y = inputs.points(X, y)
    lam = inputs.penalty(lam)
    n, d = X.shape
    rows = (n * lam) ** 0.5 * torch.eye(d, dtype=X.dtype)
    w, flat = shortest_solution(torch.cat([X, rows]), torch.cat([y, y.new_zeros(d)]))
    if lam > 0:
        flat = flat[:0]  # A penalty, however small, leaves no direction flat.
    # A weight whose share of the predictions is below the rounding of the targets is rounding itself: 0.
    size = torch.linalg.vector_norm(X, dim=0)
    noise = 8 * torch.finfo(y.dtype).eps * torch.linalg.vector_norm(y) * size / (size.square() + n * lam)
    w = torch.where(w.abs() > noise, w, 0.0)
    error = y - X @ w
    # What is left of a perfect fit is rounding, not error. It is said as 0.
    rounding = 8 * torch.finfo(y.dtype).eps * (y.abs() + X.abs() @ w.abs())
    return Minimum(
        w=w.numpy(),
        mse=torch.where(error.abs() > rounding, error, 0.0).square().mean().item(),
        penalty=loss.l2(w, lam).item(),
        flat=flat.contiguous().numpy(),
    )


def outlier(X: Float[Numbers, "n 1"], y: Float[Numbers, " n"]) -> float:
    """A round target for one more point at the largest x that about doubles w* = Σxy/Σx². Raises ValueError on bad
    input.

    (Σxy + x·t) / (Σx² + x²) = 2w* has the solution t = 2w*x + w*Σx²/x.
    """
    X, y = inputs.points(X, y)
    x, w = X[:, 0], (X[:, 0] @ y) / X[:, 0].square().sum()
    farthest = x[x.abs().argmax()]
    target = 2 * w * farthest + w * x.square().sum() / farthest
    return float(f"{target.item():.0e}")


def spectrum(X: Float[Numbers, "n d"], y: Float[Numbers, " n"], lam: float = 0.0) -> Spectrum:
    """Eigenvalues and eigenvectors of the Hessian, and its condition number. Raises ValueError on bad input.

    The eigenvalues of (2/N) XᵀX are (2/N) σ² for the singular values σ of X, which are not squared on the way: a
    small one is right to eps times the largest. Flat directions come first with exactly 0 (and 2λ), and without a
    penalty the condition number is then ∞.
    """
    X, y = inputs.points(X, y)
    lam = inputs.penalty(lam)
    n, d = X.shape
    _, flat = shortest_solution(torch.cat([X, X.new_zeros(d, d)]), torch.cat([y, y.new_zeros(d)]))
    # Flat directions first, exactly; then the singular values of what they leave.
    k = len(flat)
    rest = torch.linalg.qr(flat.mT, mode="complete").Q[:, k:]
    _, S, Vh = torch.linalg.svd(torch.linalg.qr(torch.cat([X @ rest, X.new_zeros(d, d - k)]), mode="r").R)
    values = torch.cat([X.new_zeros(k), 2 / n * S.square().flip(0)]) + 2 * lam
    return Spectrum(
        hessian=loss.hessian(X, y, lam).numpy(),
        values=values.numpy(),
        vectors=torch.cat([flat, Vh.flip(0) @ rest.mT]).numpy(),
        condition=(values[-1] / values[0]).item(),
    )
