"""Same input, one computation, across visitors; and nobody can spoil anybody else's numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import streamlit

from engine import cached, landscape
from engine.records import OWN, Curve, Source, Table

ARTICLE: Source = Source("article", 1)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The ranges for which a curve was really computed."""
    import streamlit as st

    st.cache_data.clear()
    computed: list[float] = []
    real = landscape.curve

    def spy(*args: float) -> Curve:
        computed.append(args[3])
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(landscape, "curve", spy)
    yield computed
    st.cache_data.clear()


def test_one_input_however_written_is_computed_once(counted: list[float]) -> None:
    spellings = [
        cached.curve(ARTICLE, -1, 0.3, 50),
        cached.curve(ARTICLE, -1.0, 0.1 + 0.2, 50, 0.0),
        cached.curve(source=ARTICLE, lo=-1, hi=0.3, count=50, lam=-0.0),
        cached.curve(Source("article", 1, -0.0), -1, 0.3, 50),
    ]
    assert counted == [0.3]
    for other in spellings[1:]:
        np.testing.assert_array_equal(other.mse, spellings[0].mse)


def test_another_input_is_computed_anew(counted: list[float]) -> None:
    cached.curve(ARTICLE, -1, 0.3, 50)
    cached.curve(ARTICLE, -1, 0.4, 50)
    cached.curve(Source("tips", 1), -1, 0.4, 50)
    assert counted == [0.3, 0.4, 0.4]


def test_two_numbers_are_one_input_where_they_share_twelve_digits(counted: list[float]) -> None:
    for hi in (0.3, 0.3 * (1 + 1e-13), 0.3 * (1 + 1e-11)):
        cached.curve(ARTICLE, -1, hi, 50)
    assert counted == [0.3, 0.300000000003]


def test_what_one_visitor_changes_no_other_sees() -> None:
    mine = cached.dataset(ARTICLE)
    mine.y[:] = 0
    assert cached.dataset(ARTICLE).y.tolist() == [2, 4, 5, 4]


def test_bad_input_raises_each_time_and_names_the_argument() -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="^lam "):
            cached.minimum(ARTICLE, -1.0)


def test_what_is_computed_from_own_data_is_cached_in_the_session_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def cache_data(scope: str = "global", **_: object) -> Callable[[object], Callable[..., str]]:
        return lambda _: lambda *_: scope

    monkeypatch.setattr(streamlit, "cache_data", cache_data)
    scope = cached.shared(lambda source, w=0.0: "")
    assert scope(Source("own", 1, seed=7)) == "session"
    assert scope(tuple(Source("own", 1)), 2.0) == "session"
    assert scope(Source("tips", 1, seed=7)) == "global"


def test_whole_numbers_arrive_as_whole_numbers_and_others_as_floats_however_they_are_written() -> None:
    @cached.shared
    def told(source: Source, count: int, lo: float, w: tuple[float, ...]) -> str:
        return repr((source, count, lo, w))

    expected = (
        "(Source(kind='tips', weights=2, rho=1.0, seed=7, muted=3, outlier=0.0, x_times=1.0, y_times=1.0, prep=''), "
        "50, 3.0, (1.0, 0.5))"
    )
    assert told(Source("tips", 2, 1, 7, 3), 50, 3, (1, 0.5)) == expected
    floats: tuple[Any, ...] = ("tips", 2.0, 1.0, 7.0, 3.0, 0, 1, 1, "")
    assert told(Source(*floats), 50.0, 3.0, (1.0, 0.5)) == expected  # type: ignore[arg-type]


def test_own_data_have_another_number_once_a_point_or_a_name_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[str, object] = {}
    monkeypatch.setattr(streamlit, "session_state", held)

    def number(x: str, y: str, *values: list[float]) -> int:
        cached.bring(Table((x, y), np.array(values)), y, (x,))
        return cached.own_number()

    first = number("x", "y", [1, 2], [3, 4])
    assert number("x", "y", [1, 2], [3, 4]) == first
    assert list(held) == [OWN]
    others = {
        number("x", "y", [1, 2], [3, 5]),
        number("x", "y", [1, 2], [4, 4]),
        number("z", "y", [1, 2], [3, 4]),
        number("x", "z", [1, 2], [3, 4]),
        number("x", "y", [3, 4], [1, 2]),
    }
    assert len(others | {first}) == 6


def test_what_was_asked_of_the_engine_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    streamlit.cache_data.clear()
    monkeypatch.setattr(streamlit, "session_state", {})
    cached.curve(ARTICLE, -1, 1, 50)
    cached.minimum(ARTICLE)
    cached.minimum(ARTICLE, 1.0)
    assert cached.asked() == ("curve", "dataset", "minimum")
    assert cached.asked() == ()
