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


def test_a_race_reports_times_their_ratio_and_how_far_the_numbers_differ() -> None:
    found = data.load(Source("tips", 2))
    timing = article.race(found.X, found.y, -1, 1, 8)
    assert timing.loop > 0
    assert timing.batch > 0
    assert timing.ratio == timing.loop / timing.batch
    assert timing.difference < 1e-10


def test_both_norms_are_the_length_of_the_vector() -> None:
    assert article.norms([3.0, -4.0]) == (5.0, 5.0)
