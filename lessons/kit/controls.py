"""Controls whose values live in the link, and the chart that answers them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from math import floor, isclose, log10
from typing import TYPE_CHECKING, Any

import streamlit as st

from engine.records import OWN, Dataset, Source
from lessons.kit.lesson import Lesson
from lessons.kit.present import BIGGER, presenting
from lessons.kit.words import num

if TYPE_CHECKING:
    from plotly.graph_objects import Figure
    from streamlit.delta_generator import DeltaGenerator

DATA = {
    "article": "Article",
    "tips": "Tips",
    "line": "Slope and intercept",
    "pair": "Correlated pair",
    OWN: "Yours",
}
"""The engine's kinds of data, in the words of the page."""


def asked(what: str) -> set[str]:
    """The controls the link asks to "lock" or to "hide", by their names in the link: ?lock=w,lam."""
    return set(st.query_params.get(what, "").split(",")) - {""}


def locked(name: str, label: str, key: str = "") -> bool:
    """Whether the link keeps this control from being moved; and if the link hides it, it is taken out of sight.

    Every control asks when it is drawn, so what the link says holds for controls and nothing else, and the dialog that
    makes such links knows them all. `name` is its name in the link, `key` its key where that is another.
    """
    st.session_state.setdefault("controls", {})[name] = label
    known().add(name)
    if name in asked("hide"):
        # It must stay on the page, because it carries its value; no element of Streamlit's can be there unseen.
        st.html(f"<style>.st-key-{key or name} {{ display: none; }}</style>")
    return name in asked("lock")


def known() -> set[str]:
    """The names of all controls that this session has seen, on this step or another."""
    found: set[str] = st.session_state.setdefault("known controls", set())
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
    """A slider in so many steps. `key` is also its name in the link, unique across the course.

    A control that several steps share must stand at the same place in each, before everything else: the browser
    stops writing a bound control into the link when it reappears elsewhere on the page (Streamlit 1.67).
    """
    forget(key, lo, hi)
    step = (hi - lo) / steps
    value = st.slider(
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
    return inside(value, lo, hi, default)


def in_full(step: float) -> str:
    """How to write a slider's values so that none is rounded: 2.5 is not 3, and the words beside it say 2.5."""
    decimals = max(0, -floor(log10(step) + 1e-9))
    return f"%.{decimals + (not isclose(round(step, decimals), step, rel_tol=1e-9))}f"


def pin(keys: tuple[str, str], labels: tuple[str, str], reach: float) -> tuple[float, float]:
    """Two sliders side by side, for a pair of weights in ±reach."""
    defaults = (-0.2 * reach, 0.4 * reach)
    values = []
    for column, key, label, default in zip(st.columns(2), keys, labels, defaults, strict=True):
        with column:
            values.append(slider(key, label, -reach, reach, default))
    return values[0], values[1]


def whole(key: str, label: str, lo: int, hi: int, default: int) -> int:
    """A slider over whole numbers. `key` is also its name in the link, unique across the course. Where there is but
    one number there is nothing to slide, and that is said."""
    if lo == hi:
        st.caption(f"{label}: {lo}. These data leave no other choice.")
        return lo
    forget(key, lo, hi)
    value = st.slider(label, lo, hi, default, key=key, bind="query-params", disabled=locked(key, label))
    return int(inside(value, lo, hi, default))


def span(key: str, label: str, lo: float, hi: float, default: tuple[float, float]) -> tuple[float, float]:
    """A slider with two ends, never equal and never crossed. `key` is also its name in the link."""
    forget(key, lo, hi)
    step = (hi - lo) / 100
    start, end = st.slider(
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
    if lo <= start < end <= hi:
        return start, end
    st.caption(f"A range needs two different ends. Shown instead: {num(default[0])} to {num(default[1])}.")
    return default


def forget(key: str, lo: float, hi: float) -> None:
    """Forget the value of a control when other data give it another range.

    Left alone, Streamlit (1.67) takes a bound control of a new range for another control, finds the value it kept for
    a third range, and stops the step with an error if there is no place for it.
    """
    ranges: dict[str, tuple[float, float]] = st.session_state.setdefault("ranges", {})
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
    """From where to look at a surface in space; the first of `options` unless another is chosen."""
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
    """Any of `options`, kept in the link as ?name=one,another; by hand for the reason `choice` gives."""
    key = f"{page}_{name}"
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


def choice(page: str, name: str, label: str, options: Mapping[str, str], **look: Any) -> str:
    """One of `options` (name in the link → words on the screen), kept in the link as ?name=…

    Written by hand because step and data go by the same name on every page with other options on each, which widgets
    bound to the link cannot do: the link kept the last page's value. The link is the only state: what is not one
    of the options there opens the first.
    """
    key = f"{page}_{name}"
    wanted = st.query_params.get(name)
    st.session_state[key] = wanted if wanted in options else next(iter(options))

    def into_link() -> None:
        st.query_params[name] = st.session_state[key]

    # Pills, because they may take more than one line on a phone.
    st.pills(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        required=True,
        on_change=into_link,
        wrap=True,
        disabled=locked(name, label, key),
        **look,
    )
    if wanted is not None and wanted not in options:
        st.caption(f"The link asks for another {name} than there is here. You see “{next(iter(options.values()))}”.")
    chosen: str = st.session_state[key]
    return chosen if chosen in options else next(iter(options))


def dataset(weights: int, **changes: Any) -> Source:
    """The data chosen on this page, for a model with `weights` weights, with `changes` as `Source` names them."""
    return Source(*st.session_state["dataset"])._replace(weights=weights, **changes)


def choose_dataset(lesson: Lesson) -> None:
    """The control that `dataset` reads: one for all steps of a page, outside them, so that it reruns the page."""
    page = lesson.name
    kind = choice(page, "data", "Data", {kind: DATA[kind] for kind in (*lesson.data, OWN)})
    rho, seed = 0.0, 0
    if kind == "pair":
        with st.container(horizontal=True):
            rho = slider(f"{page}_rho", "Correlation", -1.0, 1.0, 0.8)
            seed = whole(f"{page}_seed", "Seed", 0, 99, 0)
    # One weight has no place for an intercept.
    offered = {name: words for name, words in PREPARED.items() if name != "intercept" or lesson.weights > 1}
    meanings = " ".join(f"{label}: {does}." for label, does in offered.values())
    prep = switches(
        page,
        "prep",
        "Prepare the columns",
        {name: label for name, (label, _) in offered.items()},
        help=f"{meanings} Watch the bowl change its shape.",
    )
    st.session_state["dataset"] = Source(kind, 1, rho, seed, prep=prep)


def brings_data() -> bool:
    """Whether the page is on the visitor's own data."""
    source: Source = st.session_state["dataset"]
    return source.kind == OWN


def fold(label: str, icon: str, key: str) -> DeltaGenerator | None:
    """Where to put what is folded away under `label`, or None while it is closed: then nothing is made or sent."""
    found = st.expander(label, icon=f":material/{icon}:", on_change="rerun", key=key)
    return found if found.open else None


def points_table(data: Dataset) -> None:
    """The points behind the pictures, and where they come from, on demand."""
    inside = fold(f"The data: {len(data.y)} points", "table", "points")
    if inside is None:
        return
    with inside:
        columns = dict(zip(data.features, data.X.T, strict=True)) | {data.target: data.y}
        st.dataframe(columns, hide_index=True, alt=f"{data.origin} {len(data.y)} rows.")
        st.caption(data.origin)


Put = Callable[[float, float], dict[str, float]]
"""Where a click at (x, y) moves controls: key → value."""


def show_and_click(figure: Figure, *, alt: str, put: Put, name: str = "map") -> None:
    """A chart on which a click moves controls as `put` says. `name` tells two such charts of one step apart."""
    chart = f"click:{name}"

    def clicked() -> None:
        # Drawing the new pin clears the selection, which calls this again with nothing clicked.
        for point in st.session_state[chart].selection.points[:1]:
            moved = put(point["x"], point["y"])
            st.session_state.update({key: value for key, value in moved.items() if key not in asked("lock")})

    st.plotly_chart(
        sized(figure), alt=alt, key=chart, on_select=clicked, selection_mode="points", config={"displayModeBar": False}
    )


def at_pin(keys: tuple[str, str], reach: float) -> Put:
    """For a click on a map: put the `pin` of these keys there, to the sliders' step."""
    step = reach / 100
    return lambda x, y: {keys[0]: round(x / step) * step, keys[1]: round(y / step) * step}


def takeaway(text: str) -> None:
    """What a step comes to, in the current numbers. It is read out when it changes (`kit.reach`)."""
    with st.container(border=True, key="takeaway"):
        st.markdown(f":material/lightbulb: {text}")


def drawn() -> list[Figure]:
    """The charts that the step has shown so far. Clear the list before it begins."""
    found: list[Figure] = st.session_state.setdefault("drawn", [])
    return found


def show(figure: Figure, *, alt: str) -> None:
    """A chart at full width. `alt` says in words, with the current numbers, what it shows."""
    st.plotly_chart(sized(figure), alt=alt, config={"displayModeBar": False})


def sized(figure: Figure) -> Figure:
    """`figure`, taller and in larger type for a room. It is noted as drawn."""
    drawn().append(figure)
    if presenting():
        size = round(14 * BIGGER)
        figure.update_layout(height=round(BIGGER * figure.layout.height), font_size=size)
        # The page's theme has sizes of its own for these.
        figure.update_xaxes(tickfont_size=size, title_font_size=size)
        figure.update_yaxes(tickfont_size=size, title_font_size=size)
        for part in (*figure.layout.updatemenus, *(slider.currentvalue for slider in figure.layout.sliders)):
            part.font.size = round(BIGGER * part.font.size)
    return figure
