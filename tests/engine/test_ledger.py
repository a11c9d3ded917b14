"""The ledger holds on any data, and turns red when one route is wrong."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine import data, landscape, ledger, loss, minimum, penalty
from engine.records import Array, Entry, Source
from tests.app import offered
from tests.engine.strategies import lams, problems

NAMES = ["loss", "gradient", "minimum", "curvature", "condition"]


def of(kind: str, weights: int, lam: float = 0.0) -> dict[str, Entry]:
    found = data.load(Source(kind, weights, 0.8))
    at = torch.full((weights,), 0.5)
    return {entry.name: entry for entry in ledger.ledger(found.X, found.y, at, lam)}


@pytest.mark.parametrize("lam", [0.0, 0.1, 10.0])
@pytest.mark.parametrize("kind", offered(2))
@pytest.mark.parametrize("weights", [1, 2])
def test_all_routes_share_nine_digits_on_the_courses_data(kind: str, weights: int, lam: float) -> None:
    found = of(kind, weights, lam)
    assert list(found) == NAMES[: 3 + weights]
    for entry in found.values():
        assert len(entry.routes) >= 3
        assert entry.holds, entry
        assert entry.digits >= 9, entry


def test_the_curriculums_numbers_are_in_it() -> None:
    found = of("article", 1, 0.1)
    for name, value in (("loss", 6.875 + 0.1 * 0.25), ("minimum", 10.25 / 7.6), ("curvature", 15.2)):
        np.testing.assert_allclose(found[name].values, value, rtol=1e-12)
    np.testing.assert_allclose(found["gradient"].values, 15 * 0.5 - 20.5 + 0.1, rtol=1e-9)
    assert (of("article", 2)["condition"].values == np.inf).all()
    np.testing.assert_allclose(of("article", 2)["minimum"].values, 1.0, rtol=1e-12)


@given(problems(weights=st.integers(1, 2)), st.lists(st.floats(-10, 10), min_size=2, max_size=2), lams)
def test_no_data_take_the_routes_farther_apart_than_rounding(
    problem: tuple[Array, Array], at: list[float], lam: float
) -> None:
    X, y = problem
    for entry in ledger.ledger(X, y, torch.tensor(at[: X.shape[1]]), lam):
        assert entry.holds, entry


@pytest.mark.parametrize(("rho", "bounded"), [(0.8, True), (0.9999, True), (1 - 1e-10, True), (1 - 1e-15, False)])
def test_a_condition_number_is_bounded_until_rounding_could_make_a_valley_of_the_bowl(
    rho: float, bounded: bool
) -> None:
    found = data.load(Source("pair", 2, rho))
    (entry,) = ledger.ledger(found.X, found.y, None, 0.0)[-1:]
    assert entry.name == "condition"
    assert np.isfinite(entry.allowed).all() == bounded
    assert entry.holds


@pytest.mark.parametrize("factor", [0.3, 3.0])
def test_an_eigenvalue_that_rounding_took_below_zero_is_that_of_a_valley(factor: float) -> None:
    x = np.array([0.1, 0.7, 1.3, 2.9])
    (entry,) = ledger.ledger(np.column_stack([x, factor * x]), x, None, 0.0)[-1:]
    assert (entry.values > 1e12).all()


def test_where_all_routes_are_zero_but_for_rounding_they_do_not_part() -> None:
    for values, tiny, parts in (
        ([0.0, 1e-20], 1e-15, False),
        ([0.0, 1e-20], 1e-25, True),
        ([1.0, 1.001], np.inf, True),
    ):
        entry = Entry("minimum", ("one", "other"), np.array(values)[:, None], np.array([1e-2]), tiny)
        assert (entry.parts, entry.zero) == (parts, not parts)


def test_without_weights_there_is_no_loss_to_prove() -> None:
    found = data.load(Source("many", 5))
    assert [entry.name for entry in ledger.ledger(found.X, found.y, None, 0.0)] == NAMES[2:]


WRONG = {
    "loss": (landscape.Reduced, "at"),
    "gradient": (loss, "gradient"),
    "minimum": (penalty, "phantom"),
    "curvature": (loss, "hessian"),
    "condition": (minimum, "spectrum"),
}


@pytest.mark.parametrize("name", NAMES)
def test_the_ledger_turns_red_when_one_route_is_off_in_the_ninth_digit(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, function = WRONG[name]
    right = getattr(place, function)

    def wrong(*args: object) -> object:
        result = right(*args)
        if isinstance(result, torch.Tensor):
            return result * (1 + 1e-9)
        for part in ("w", "condition"):
            if hasattr(result, part):
                object.__setattr__(result, part, getattr(result, part) * (1 + 1e-9))
        return result

    assert of("tips", 2)[name].holds
    monkeypatch.setattr(place, function, wrong)
    if hasattr(ledger, function):
        monkeypatch.setattr(ledger, function, wrong)
    assert not of("tips", 2)[name].holds
