"""The article's own way: what stops, stops for the stated reason; what loops, agrees with the batch."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine import article, data, landscape
from engine.records import Source


def test_the_trap_is_pytorchs_own_message_and_the_mended_code_predicts() -> None:
    trap = article.dtype_trap()
    with pytest.raises(RuntimeError) as raised:
        torch.tensor([[1, 1], [2, 2], [3, 3]]) @ torch.tensor([1.0, 1.0])
    assert trap.message == str(raised.value)
    assert "addmv input tensors must have the same dtype" in trap.message
    np.testing.assert_array_equal(trap.mended, [2, 4, 6])


@pytest.mark.parametrize("kind", ["article", "pair"])
def test_the_loop_and_the_batch_give_the_same_grid(kind: str) -> None:
    found = data.load(Source(kind, 2, 0.8))
    slow = article.loop_surface(found.X, found.y, -3, 4, 6)
    np.testing.assert_allclose(slow, landscape.surface(found.X, found.y, -3, 4, 6).total, rtol=1e-12, atol=1e-13)


def test_a_race_is_between_three_ways_to_the_same_losses(monkeypatch: pytest.MonkeyPatch) -> None:
    found = data.load(Source("tips", 2))
    times = iter(range(100))
    monkeypatch.setattr(article, "perf_counter", lambda: next(times) ** 2)
    timing = article.race(found.X, found.y, -1, 1, 8)
    # The clock read n² at its n-th look: the loop took 1² − 0², the best of each five the first of them.
    assert (timing.loop, timing.batch, timing.boiled) == (1, 5, 25)
    assert 0 < timing.difference < 1e-10


def test_the_batched_call_is_the_loops_formula() -> None:
    found = data.load(Source("tips", 2))
    slow = article.loop_surface(found.X, found.y, -1, 2, 5)
    np.testing.assert_allclose(article.batched_surface(found.X, found.y, -1, 2, 5), slow, rtol=1e-13)


def test_both_norms_are_the_length_of_the_vector_and_not_the_same_for_a_matrix() -> None:
    assert article.norms([3.0, -4.0]) == (5.0, 5.0)
    frobenius, largest = article.matrix_norms([[1.0, 2.0], [3.0, 4.0]])
    assert frobenius == pytest.approx(30**0.5, rel=1e-15)
    # The larger root of s⁴ − 30 s² + 4.
    assert largest == pytest.approx((15 + 221**0.5) ** 0.5, rel=1e-14)


def test_weight_decay_is_twice_lambda_for_sgd_and_adam_and_something_else_for_adamw() -> None:
    found = article.by_weight_decay(1.0)
    assert found["SGD"] == pytest.approx(10.25 / 8.5, rel=1e-12)
    assert found["Adam"] == pytest.approx(10.25 / 8.5, rel=1e-9)
    assert found["AdamW"] == pytest.approx(0.5, abs=5e-5)
