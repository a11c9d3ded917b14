"""The loss against its definition in exact fractions, and its derivatives against autograd and finite differences."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine import loss
from engine.records import Array
from tests.engine.strategies import lams, problems

ARTICLE = torch.tensor([[1.0], [2.0], [3.0], [4.0]]).double(), torch.tensor([2.0, 4.0, 5.0, 4.0]).double()


def exact_loss(w: Array, X: Array, y: Array, lam: float = 0.0) -> Fraction:
    """The definition, one point at a time, without any rounding."""
    ws = [Fraction(float(v)) for v in w]
    errors = [
        Fraction(float(b)) - sum((Fraction(float(a)) * v for a, v in zip(row, ws, strict=True)), Fraction(0))
        for row, b in zip(X, y, strict=True)
    ]
    penalty = Fraction(lam) * sum((v * v for v in ws), Fraction(0))
    return sum((e * e for e in errors), Fraction(0)) / len(errors) + penalty


def test_the_articles_numbers() -> None:
    X, y = ARTICLE
    assert loss.mse(torch.tensor([0.5]).double(), X, y).item() == 6.875
    found = loss.quadratic(X, y)
    assert (found.G[0, 0], 2 * found.b[0], found.c) == (7.5, 20.5, 15.25)
    assert loss.hessian(X, y).item() == 15


@given(problems(), st.data())
def test_the_loss_is_its_definition(problem: tuple[Array, Array], data: st.DataObject) -> None:
    X, y = problem
    w = np.array(data.draw(st.lists(st.floats(-5, 5), min_size=X.shape[1], max_size=X.shape[1])))
    lam = data.draw(lams)
    found = loss.ridge(torch.tensor(w), torch.tensor(X), torch.tensor(y), lam).item()
    # Rounding enters when each error is formed from terms larger than itself.
    size = np.abs(y) + np.abs(X) @ np.abs(w)
    slack = float((1e-14 * size * (2 * np.abs(y - X @ w) + 1e-14 * size)).mean())
    assert abs(found - float(exact_loss(w, X, y, lam))) <= 1e-12 * found + slack


def test_a_grid_of_weights_gives_what_each_weight_gives_alone() -> None:
    X = torch.tensor([[1.0, 2.0], [3.0, -1.0], [0.5, 0.5]]).double()
    y = torch.tensor([1.0, 2.0, 3.0]).double()
    grid = torch.randn(3, 4, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    together = loss.mse(grid, X, y)
    assert together.shape == (3, 4)
    for index in np.ndindex(3, 4):
        assert together[index].item() == pytest.approx(loss.mse(grid[index], X, y).item(), rel=1e-15)


@given(problems(), st.data())
def test_gradient_and_hessian_are_those_of_autograd(problem: tuple[Array, Array], data: st.DataObject) -> None:
    X, y = map(torch.tensor, problem)
    drawn = data.draw(st.lists(st.floats(-5, 5), min_size=X.shape[1], max_size=X.shape[1]))
    w = torch.tensor(drawn, dtype=torch.float64, requires_grad=True)
    lam = data.draw(lams)

    def written_anew(v: torch.Tensor) -> torch.Tensor:
        return ((y - X @ v) ** 2).mean() + lam * (v * v).sum()

    size = float(((X.abs().mT @ (y.abs() + X.abs() @ w.abs())) + lam * w.abs()).detach().max()) or 1.0
    (slope,) = torch.autograd.grad(written_anew(w), w)
    torch.testing.assert_close(loss.gradient(w.detach(), X, y, lam), slope, rtol=1e-10, atol=1e-12 * size)
    curvature = torch.autograd.functional.hessian(written_anew, w)
    torch.testing.assert_close(loss.hessian(X, y, lam), curvature, rtol=1e-10, atol=1e-12 * float(X.square().max()))


@pytest.mark.parametrize("w", [-2.0, 0.5, 41 / 30, 3.0])
def test_the_slope_is_the_central_difference(w: float) -> None:
    X, y = ARTICLE
    h = 1e-4
    ahead, behind = (loss.mse(torch.tensor([v], dtype=torch.float64), X, y).item() for v in (w + h, w - h))
    assert loss.gradient(torch.tensor([w], dtype=torch.float64), X, y).item() == pytest.approx(
        (ahead - behind) / (2 * h), abs=1e-8
    )


def test_a_fit_holds_what_the_page_shows() -> None:
    X, y = ARTICLE
    fit = loss.fit_at((0.5,), X, y, 0.1)
    np.testing.assert_array_equal(fit.error, [1.5, 3, 3.5, 2])
    np.testing.assert_array_equal(fit.squared, [2.25, 9, 12.25, 4])
    assert fit.mse == 6.875
    assert fit.penalty == pytest.approx(0.025, rel=1e-15)
    assert fit.total == pytest.approx(6.9, rel=1e-15)
    assert fit.gradient[0] == pytest.approx(-12.9, rel=1e-14)


@given(problems(), st.data())
def test_the_three_routes_to_the_slope_agree(problem: tuple[Array, Array], data: st.DataObject) -> None:
    X, y = problem
    w = data.draw(st.lists(st.floats(-5, 5), min_size=X.shape[1], max_size=X.shape[1]))
    found = loss.slopes(w, X, y)
    by_hand = -2 * ((y - X @ w) @ X) / len(y)
    size = float((np.abs(y) + np.abs(X) @ (np.abs(w) + 1)).max())
    np.testing.assert_allclose(found.closed, by_hand, rtol=1e-12, atol=1e-13 * size * np.abs(X).max())
    assert found.disagreement <= 1e-9 * size * max(size, np.abs(X).max())


def test_a_route_that_goes_wrong_shows_in_the_disagreement() -> None:
    found = loss.slopes([0.5], *ARTICLE)
    assert found.disagreement < 1e-12
    assert replace(found, autograd=found.autograd + 1e-3).disagreement == pytest.approx(1e-3, rel=1e-6)
