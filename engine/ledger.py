"""How a number is known: the same one by routes that share little, and how far rounding may take them apart.

The exact route computes with fractions of whole numbers, which do not round at all; only its result is rounded, once.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import torch

from engine import inputs, landscape, loss, penalty
from engine.minimum import minimum, spectrum
from engine.records import Entry

if TYPE_CHECKING:
    from jaxtyping import Float
    from torch import Tensor

    from engine.inputs import Numbers

EPS = torch.finfo(torch.float64).eps


def ledger(
    X: Float[Numbers, "n d"], y: Float[Numbers, " n"], w: Float[Numbers, " d"] | None, lam: float
) -> tuple[Entry, ...]:
    """Minimum, curvature and, for more than one weight, condition number of Lλ; given `w`, loss and gradient there.

    Raises ValueError on bad input.
    """
    X, y = inputs.points(X, y)
    lam = inputs.penalty(lam)
    found = []
    if w is not None:
        at = inputs.weights(w, X.shape[1])
        found += [loss_at(X, y, at, lam), gradient_at(X, y, at, lam)]
    found += [lowest(X, y, lam), curvature(X, y, lam)]
    if X.shape[1] > 1:
        found.append(condition(X, y, lam))
    return tuple(found)


def entry(name: str, routes: dict[str, Tensor], allowed: Tensor, tiny: Tensor | None = None) -> Entry:
    """The record of one number or vector by several routes; `tiny` is as large as `allowed` where it is not given."""
    values = torch.stack([value.flatten() for value in routes.values()])
    least = float((allowed if tiny is None else tiny).min())
    return Entry(name, tuple(routes), values.numpy(), allowed.expand(values.shape[1]).numpy().copy(), least)


def slack(n: int) -> float:
    """How far rounding may take a sum over n points, relative to the sum of the sizes: once for each, and some more."""
    return 4 * (16 + n) * EPS


def largest(X: Float[Tensor, "n d"], y: Float[Tensor, " n"], w: Float[Tensor, " d"], lam: float) -> Float[Tensor, ""]:
    """What the loss would be were nothing subtracted in it: the size that its rounding goes by."""
    return (y.abs() + X.abs() @ w.abs()).square().mean() + loss.l2(w, lam)


def loss_at(X: Float[Tensor, "n d"], y: Float[Tensor, " n"], w: Float[Tensor, " d"], lam: float) -> Entry:
    """Lλ(w) from its definition, from the data boiled down to d points, which serves all grids, and in fractions."""
    exact = [Fraction(t) - sum(map(multiply, row, w.tolist())) for row, t in zip(X.tolist(), y.tolist(), strict=True)]
    price = Fraction(lam) * sum(Fraction(each) ** 2 for each in w.tolist())
    found = landscape.reduced(X, y, lam)
    routes = {
        "definition": loss.ridge(w, X, y, lam),
        "data boiled down": found.at(w),
        "exact fractions": number(sum(error**2 for error in exact) / len(y) + price),
    }
    return entry("loss", routes, slack(len(y)) * largest(X, y, w, lam))


def gradient_at(X: Float[Tensor, "n d"], y: Float[Tensor, " n"], w: Float[Tensor, " d"], lam: float) -> Entry:
    """∇Lλ(w) by the formula, by autograd, and by differences of two losses, which lose the most digits."""
    found = loss.slopes(w, X, y, lam)
    routes = {"formula": found.closed, "autograd": found.autograd, "difference": found.difference}
    wide = largest(X, y, w.abs() + loss.step(w), lam)
    allowed = slack(len(y)) * wide / loss.step(w)
    return entry("gradient", {name: torch.from_numpy(value) for name, value in routes.items()}, allowed)


def lowest(X: Float[Tensor, "n d"], y: Float[Tensor, " n"], lam: float) -> Entry:
    """w*λ by the course's solver, by LAPACK's on the table with phantom points, by the normal equations and, for up to
    two weights, in fractions."""
    ours, others = torch.from_numpy(minimum(X, y, lam).w), penalty.phantom(X, y, lam)
    routes = {
        "singular values": ours,
        "phantom points": torch.from_numpy(others.w),
        "normal equations": torch.from_numpy(others.penalised),
    }
    if X.shape[1] <= 2:
        routes["exact fractions"] = exact_minimum(X, y, lam)
    size = torch.linalg.vector_norm(ours) + torch.linalg.vector_norm(y) / torch.linalg.matrix_norm(X, 2)
    # The smallest number there is: in a valley ∞ · 0 would be undefined.
    tiny = slack(len(y)) * (size + torch.finfo(size.dtype).tiny)
    return entry("minimum", routes, spectrum(X, y, lam).condition * tiny, tiny)


def curvature(X: Float[Tensor, "n d"], y: Float[Tensor, " n"], lam: float) -> Entry:
    """The Hessian by the formula, by autograd applied twice, and by second differences of the loss.

    The loss is quadratic, so a difference is right at any step; here steps as long as the bowl is wide at the height
    of the mean of y².
    """
    zero = X.new_zeros(X.shape[1])
    closed = loss.hessian(X, y, lam)
    autograd = torch.autograd.functional.hessian(lambda w: loss.ridge(w, X, y, lam), zero)
    height = y.square().mean() if y.any() else y.new_ones(())
    steps = torch.diag((height / closed.diagonal()).sqrt())
    both, apart = steps[:, None] + steps, steps[:, None] - steps
    sides = [sign * loss.ridge(at, X, y, lam) for sign, at in ((1, both), (1, -both), (-1, apart), (-1, -apart))]
    areas = 4 * torch.outer(steps.diagonal(), steps.diagonal())
    routes = {"formula": closed, "autograd": autograd, "difference": torch.stack(sides).sum(0) / areas}
    return entry("curvature", routes, (slack(len(y)) * largest(X, y, 2 * steps.sum(0), lam) / areas).flatten())


def condition(X: Float[Tensor, "n d"], y: Float[Tensor, " n"], lam: float) -> Entry:
    """The condition number by the singular values of X, and by the eigenvalues of the Hessian, which squares them."""
    ours = spectrum(X, y, lam).condition
    eigenvalues = torch.linalg.eigvalsh(loss.hessian(X, y, lam))
    theirs = eigenvalues[-1] / eigenvalues[0] if eigenvalues[0] > 0 else eigenvalues.new_tensor(float("inf"))
    routes = {"singular values": X.new_tensor(ours), "eigenvalues": theirs}
    if X.shape[1] == 2:
        routes["exact fractions"] = exact_condition(X, lam)
    doubt = slack(len(y))
    # Rounding is of the size of the largest eigenvalue, and may take the smallest to 0 or below.
    return entry("condition", routes, X.new_tensor(doubt * ours**2 if doubt * ours < 0.5 else float("inf")))


def multiply(a: float, b: float) -> Fraction:
    """a · b without rounding."""
    return Fraction(a) * Fraction(b)


def number(value: Fraction | float) -> Tensor:
    """A fraction rounded once."""
    return torch.tensor(float(value), dtype=torch.float64)


def exact_gram(X: Float[Tensor, "n d"], lam: float) -> list[list[Fraction]]:
    """XᵀX/N + λI without rounding."""
    columns = X.mT.tolist()
    return [
        [Fraction(sum(map(multiply, a, b))) / len(X) + Fraction(lam) * (j == k) for k, b in enumerate(columns)]
        for j, a in enumerate(columns)
    ]


def exact_minimum(X: Float[Tensor, "n d"], y: Float[Tensor, " n"], lam: float) -> Float[Tensor, " d"]:
    """w*λ of one or two weights by Cramer's rule; the shortest where one feature is exactly a multiple of the other."""
    G = exact_gram(X, lam)
    b = [Fraction(sum(map(multiply, column, y.tolist()))) / len(y) for column in X.mT.tolist()]
    if len(b) == 1:
        return number(b[0] / G[0][0])[None]
    determinant = G[0][0] * G[1][1] - G[0][1] ** 2
    if determinant == 0:
        # G is then a single product g gᵀ, which takes b/trace to b, and b is along g.
        return torch.stack([number(each / (G[0][0] + G[1][1])) for each in b])
    first = (b[0] * G[1][1] - G[0][1] * b[1]) / determinant
    return torch.stack([number(first), number((b[1] * G[0][0] - G[0][1] * b[0]) / determinant)])


def exact_condition(X: Float[Tensor, "n 2"], lam: float) -> Float[Tensor, ""]:
    """(t + √(t² − 4D)) / (t − √(t² − 4D)) for trace t and determinant D of a 2 × 2 matrix, written as
    (t + √(t² − 4D))² / 4D, where nothing cancels."""
    G = exact_gram(X, lam)
    determinant = G[0][0] * G[1][1] - G[0][1] ** 2
    if determinant == 0:
        return torch.tensor(float("inf"), dtype=torch.float64)
    root = 1 + float((G[0][0] - G[1][1]) ** 2 + 4 * G[0][1] ** 2) ** 0.5 / float(G[0][0] + G[1][1])
    result: Tensor = number((G[0][0] + G[1][1]) ** 2 / (4 * determinant)) * root**2
    return result
