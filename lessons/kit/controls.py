"""The controls of a step, and how the link stores each: by its name, so that a link brings back what it was set to.

To change how a kind of control is written in the link, look at its function: `stepped` for a `slider` or
a `span`, `whole`, `camera` (all bound by Streamlit), `choice`, `switches` (by hand).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from math import floor, isclose, log10
from typing import Any, TypeVar

import streamlit as st

from engine.records import OWN, Source
from lessons.kit import link, session
from lessons.words import num

One = TypeVar("One")
Other = TypeVar("Other")
Ends = TypeVar("Ends", float, tuple[float, float])


def presenting() -> bool:
    """Whether the link asks for the projected view."""
    return st.query_params.get(link.PRESENT) == link.ON


def asked(what: str) -> set[str]:
    """The controls that the link asks to LOCK or to HIDE, by their names in the link: ?lock=w,lam."""
    return set(st.query_params.get(what, "").split(",")) - {""}


def locked(name: str, label: str, key: str = "") -> bool:
    """Whether the link locks this control, so that it cannot be moved. If the link hides it, it is taken out of sight.

    Every control calls this when it is drawn, so only controls can be locked and hidden, and “Share this view” knows
    them all. `name` is its name in the link, `key` its name in the session where that is another.
    """
    st.session_state.setdefault(session.CONTROLS, {})[name] = label
    known().add(name)
    if name in asked(link.HIDE):
        # It must stay on the page, because it carries its value; no element of Streamlit's can be there unseen.
        st.html(f"<style>.st-key-{key or name} {{ display: none; }}</style>")
    return name in asked(link.LOCK)


def known() -> set[str]:
    """The names of all controls that this session has seen, on this step or another."""
    found: set[str] = st.session_state.setdefault(session.KNOWN, set())
    return found


def strangers(what: str, names: Iterable[str]) -> str:
    """One sentence on `names` that a link "locks" or "hides" and that are no controls; empty where there are none.

    Anybody can write them, so of each only letters, digits, _ and - are shown, and of many or long ones only the start.
    """
    shown = [re.sub(r"[^\w-]+", "…", name[:40]).replace("_", r"\_") for name in sorted(names)]
    if not shown:
        return ""
    quoted = ", ".join(f"“{name}”" for name in shown[:3])
    if len(shown) == 1:
        return f"The link {what} {quoted}, which is no control here."
    more = f" and {len(shown) - 3} more" if len(shown) > 3 else ""
    return f"The link {what} {quoted}{more}, which are no controls here."


def slider(key: str, label: str, lo: float, hi: float, default: float, steps: int = 200) -> float:
    """A slider with so many `steps` from `lo` to `hi`. `key` is its name in the link, unique across the course.

    A control that several steps share must stand at the same place in each, before everything else: the browser
    stops writing a bound control into the link when it reappears elsewhere on the page (Streamlit 1.67).
    """
    return inside(stepped(key, label, lo, hi, default, steps), lo, hi, default)


def stepped(key: str, label: str, lo: float, hi: float, default: Ends, steps: int) -> Ends:
    """Streamlit's slider with so many `steps` from `lo` to `hi`, and its value as the browser sent it: unchecked. Two
    ends where `default` has two."""
    forget(key, lo, hi)
    step = (hi - lo) / steps
    value: Ends = st.slider(
        label,
        lo,
        hi,
        default,
        step,
        format=in_full(step),
        key=key,
        bind="query-params",
        disabled=locked(key, label),
    )
    return value


def in_full(step: float) -> str:
    """The format of a slider with steps of this size, with digits enough that no value is rounded: 2.5 must not show as
    3, because the words beside it say 2.5."""
    decimals = max(0, -floor(log10(step) + 1e-9))
    return f"%.{decimals + (not isclose(round(step, decimals), step, rel_tol=1e-9))}f"


@dataclass(frozen=True)
class Pin:
    """A pair of weights, w₁ and w₂, each in ±reach: two sliders move it, and so does a click on a map (`stage.at_pin`).
    `names` are those of the sliders in the link, unique across the course; `labels` stand above them."""

    names: tuple[str, str]
    labels: tuple[str, str]


PIN_STEPS = 200
"""So many steps lead from one end of a pin's slider to the other."""


def together(one: Callable[[], One], other: Callable[[], Other]) -> tuple[One, Other]:
    """Two controls that belong together, and the value of each."""
    left, right = st.columns(2)
    with left:
        first = one()
    with right:
        second = other()
    return first, second


def pin(which: Pin, reach: float) -> tuple[float, float]:
    """The two sliders of a pin, and where it stands: (w₁, w₂)."""

    def weight(i: int, default: float) -> float:
        return slider(which.names[i], which.labels[i], -reach, reach, default, steps=PIN_STEPS)

    return together(lambda: weight(0, -0.2 * reach), lambda: weight(1, 0.4 * reach))


def whole(key: str, label: str, lo: int, hi: int, default: int) -> int:
    """A slider over whole numbers. `key` is its name in the link, unique across the course. Where `lo` is `hi` there is
    nothing to slide, and that is said."""
    if lo == hi:
        st.caption(f"{label}: {lo}. These data leave no other choice.")
        return lo
    forget(key, lo, hi)
    value = st.slider(label, lo, hi, default, key=key, bind="query-params", disabled=locked(key, label))
    return int(inside(value, lo, hi, default))


def span(key: str, label: str, lo: float, hi: float, default: tuple[float, float]) -> tuple[float, float]:
    """A slider with two ends: a range inside `lo` … `hi`, (start, end) with start < end. `key` is its name in the
    link."""
    start, end = stepped(key, label, lo, hi, default, 100)
    if lo <= start < end <= hi:
        return start, end
    st.caption(f"A range needs two different ends. Shown instead: {num(default[0])} to {num(default[1])}.")
    return default


def forget(key: str, lo: float, hi: float) -> None:
    """Forget the value of a control when other data give it another range.

    Left alone, Streamlit (1.67) takes a bound control of a new range for another control, finds the value it kept for
    a third range, and stops the step with an error if there is no place for it.
    """
    ranges: dict[str, tuple[float, float]] = st.session_state.setdefault(session.RANGES, {})
    before, ranges[key] = ranges.get(key), (lo, hi)
    if key not in st.session_state:
        return
    value = st.session_state[key]
    ends = value if isinstance(value, tuple) else (value,)
    if before not in (None, (lo, hi)) or not all(lo <= end <= hi for end in ends):
        del st.session_state[key]


def inside(value: float, lo: float, hi: float, default: float) -> float:
    """`value`, or `default` where it is no number from `lo` to `hi`. A widget's limits hold in the browser only."""
    return value if lo <= value <= hi else default


def camera(options: list[str]) -> str:
    """The choice of where to look at a surface from; the first of `options` unless another is chosen."""
    label = "Look at the bowl"
    chosen = st.segmented_control(
        label,
        options,
        default=options[0],
        key="camera",
        bind="query-params",
        required=True,
        disabled=locked("camera", label),
    )
    return chosen or options[0]


PREPARED = {
    "intercept": ("Intercept", "the second feature becomes 1 everywhere, so the second weight lifts the whole line"),
    "centred": ("Centred", "each column has its mean subtracted"),
    "scaled": ("Scaled", "each feature is divided by its standard deviation, its usual distance from the mean"),
}
"""What may be done to the columns before the course starts, and what it does, in the words of the page."""


def switches(page: str, name: str, label: str, options: Mapping[str, str], **look: Any) -> str:
    """Any number of `options` (name in the link → words on the screen), kept in the link as ?name=one,another. Returns
    their names, with commas. Kept by hand for the reason that `choice` gives."""
    key = session.control(page, name)
    wanted = st.query_params.get(name, "").split(",")
    st.session_state[key] = [option for option in options if option in wanted]

    def into_link() -> None:
        if st.session_state[key]:
            st.query_params[name] = ",".join(st.session_state[key])
        else:
            st.query_params.pop(name, None)

    st.pills(
        label,
        list(options),
        selection_mode="multi",
        format_func=options.__getitem__,
        key=key,
        on_change=into_link,
        disabled=locked(name, label, key),
        **look,
    )
    return ",".join(option for option in options if option in st.session_state[key])


PILLS = partial(st.pills, required=True, wrap=True)
"""All options in sight. They may take more than one line on a phone."""


def choice(
    page: str, name: str, label: str, options: Mapping[str, str], widget: Callable[..., Any] = PILLS, **look: Any
) -> str:
    """One of `options` (name in the link → words on the screen), kept in the link as ?name=… Returns its name.

    Written by hand because step and data go by the same name on every page with other options on each, which widgets
    bound to the link cannot do: the link kept the last page's value. The link is the only state: what is not one
    of the options there opens the first.
    """
    key = session.control(page, name)
    wanted = st.query_params.get(name)
    st.session_state[key] = wanted if wanted in options else next(iter(options))

    def into_link() -> None:
        st.query_params[name] = st.session_state[key]

    widget(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=into_link,
        disabled=locked(name, label, key),
        **look,
    )
    chosen: str = st.session_state[key]
    return chosen if chosen in options else next(iter(options))


def say_astray(name: str, options: Mapping[str, str]) -> None:
    """Say so where the link names none of the `options` of a `choice`, which then opens the first."""
    if st.query_params.get(name, next(iter(options))) not in options:
        st.caption(f"The link asks for another {name} than there is here. You see “{next(iter(options.values()))}”.")


def dataset(weights: int, **changes: Any) -> Source:
    """The data chosen on this page, for a model with `weights` weights, with `changes` as `Source` names them."""
    return Source(*st.session_state[session.DATASET])._replace(weights=weights, **changes)


def brings_data() -> bool:
    """Whether the page is on the visitor's own data."""
    source: Source = st.session_state[session.DATASET]
    return source.kind == OWN
