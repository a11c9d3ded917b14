"""“Take it apart”, under a step: a script to take along, the engine's own code, and how the numbers are known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import isfinite

import streamlit as st

from engine import cached
from engine.records import Dataset, Entry
from lessons.kit import scripts, session
from lessons.kit.controls import brings_data
from lessons.kit.stage import Numbers, fold, save, stage
from lessons.shell import downloads
from lessons.words import num

PARTS = {
    "loss": (
        "The loss",
        "Points far from zero, or weights far from the minimum: large numbers are then subtracted, and their last "
        "digits are lost.",
    ),
    "gradient": (
        "The gradient",
        "The third route subtracts two losses that are nearly equal. Where the slope is small beside the loss, few of "
        "its digits remain.",
    ),
    "minimum": (
        "The minimum",
        "Features that are nearly multiples of one another, or of very different size. The normal equations square "
        "the condition number, so they lose their digits first.",
    ),
    "curvature": (
        "The curvature",
        "Features of very different size: the third route subtracts losses, and the flat direction's share of them "
        "drowns in the steep one's.",
    ),
    "condition": (
        "The condition number",
        "A nearly flat valley. The Hessian squares what is small, until rounding swallows it.",
    ),
}
"""Each number of the ledger in words, and what would make its routes part ways."""


def behind_it() -> None:
    """Under a step: a fold with the script for what is on the screen, the engine's code that the step asked for, and
    the proof of its numbers. Nothing where the step has nothing behind it."""
    here, asked = stage(), cached.asked()
    if here.behind is None:
        return
    name, source, numbers, values = here.behind
    inside = fold("Take it apart: code, downloads, proof", "code", session.behind(name))
    if inside is None:
        return
    data = cached.dataset(source)
    given = {"X": data.X, "y": data.y, "features": data.features, "target": data.target}
    script = scripts.script(name, given | values)
    w = values.get("w")
    at = None if w is None else tuple(w) if isinstance(w, tuple) else (w,)
    entries = cached.ledger(source, at, values.get("lam", 0.0))
    with inside:
        code, engine, proof = st.tabs(["The script", "The engine’s code", "How it is known"])
        with code:
            take_along(name.partition("/")[2], script, numbers, data)
            if any(entry.parts for entry in entries if entry.name in ("minimum", "condition")):
                st.warning(
                    "On these data even good solvers part ways: see “How it is known”. The script uses a simpler one "
                    "than the engine, and may print other numbers.",
                    icon=":material/call_split:",
                )
        with engine:
            live(cached.source_code(asked))
        with proof:
            for entry in entries:
                prove(entry)


def take_along(name: str, script: str, numbers: Numbers, data: Dataset) -> None:
    """The script, what it prints, and the ways to take it along."""
    said = "These points and values are in it." if not brings_data() else "Your points and values are in it."
    st.markdown(f"This is complete. It runs wherever `pip install torch plotly` has run. {said} Its last lines are:")
    st.code(printed(numbers), language=None)
    drawn = stage().drawn
    with st.container(horizontal=True):
        save("Script", lambda: script, f"{name}.py", "text/x-python")
        save("Notebook", lambda: downloads.notebook(script), f"{name}.ipynb", "application/x-ipynb+json")
        save("Points", lambda: downloads.table(data), f"{name}.csv", "text/csv")
        for i, figure in enumerate(drawn, 1):
            title = f"Chart {i}: {figure.layout.title.text}" if len(drawn) > 1 else "Chart"
            save(title, partial(downloads.page, figure), f"{name}_{i}.html", "text/html")
    st.caption("The chart opens in any browser without a network. Its camera, at the top right, saves it as a picture.")
    st.code(script, language="python", height=420)


def printed(numbers: Numbers) -> str:
    """The lines a script ends with: each name and its value or values, in full."""
    lines = []
    for name, value in numbers.items():
        values = value if isinstance(value, Sequence) else (value,)
        lines.append(" ".join([name, *(repr(float(each)) for each in values)]))
    return "\n".join(lines)


def live(functions: dict[str, str]) -> None:
    """The functions this step asked the engine for, as they run here."""
    st.markdown("This step asked the engine for these. What you read is what runs, checks and all.")
    chosen = st.selectbox("Function", list(functions), key="engine function")
    if chosen:
        st.code(functions[chosen], language="python", wrap_lines=True)


def prove(entry: Entry) -> None:
    """One number by all its routes, whether they agree, and what would make them part."""
    title, parts = PARTS[entry.name]
    st.markdown(f"**{title}**")
    columns = {"route": entry.routes} | {
        f"{title.removeprefix('The ')} {j}" if entry.values.shape[1] > 1 else "value": [f"{v:.15g}" for v in column]
        for j, column in enumerate(entry.values.T, 1)
    }
    apart, allowed = entry.apart.max(), entry.allowed.max()
    far = f"may take them {num(allowed, 2)} apart" if isfinite(allowed) else "could have decided what they find"
    said = f"{title} by {len(entry.routes)} routes. Their largest disagreement is {num(apart, 2)}."
    st.dataframe(columns, hide_index=True, alt=said)
    if not entry.holds:
        st.error(
            f"The routes disagree by {num(apart, 2)}, more than rounding explains. One of them is wrong: do not trust "
            f"this number, and please report it.",
            icon=":material/error:",
        )
    elif entry.zero and apart:
        st.markdown(f":material/check: All are zero but for rounding, which may make {num(entry.tiny, 2)}.")
    elif entry.parts:
        st.warning(
            f"The routes part ways: they share {entry.digits:.0f} digits. On these data rounding alone {far}. {parts}",
            icon=":material/call_split:",
        )
    else:
        st.markdown(
            f":material/check: They agree to {entry.digits:.0f} digits: the largest disagreement is {num(apart, 2)}, "
            f"and rounding alone {far}."
        )
        st.caption(f"What would make them part ways: {parts[0].lower()}{parts[1:]}")
