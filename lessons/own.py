"""Your data: what a visitor brings, read, chosen from, and told apart from what is no good."""

from __future__ import annotations

from io import StringIO

import numpy as np
import pandas as pd
import streamlit as st

from engine import cached
from engine.records import MOST_WEIGHTS, OWN, Source, Table
from lessons.figures import planes, points
from lessons.kit.controls import DATA, dataset, show
from lessons.kit.present import presenting
from lessons.kit.progress import PASTED
from lessons.kit.words import num, vector

MOST_PASTED = 200_000
"""Characters of the field to paste into. Larger tables come as a file."""

CHOICE = "other data than the visitor’s own were here"
"""Where a session notes it: then “Yours” is the visitor's own choice, and begins with points to change."""

GONE = (
    "**Your data are gone from the server.** They were in a session, and it ended: with a reload, a long time without "
    "a connection, or a new start of the server. What you pasted is still in the field below: press “Use these”."
)
NOWHERE = (
    "**There are no data of yours here.** A link carries nobody’s data. Those you had end with their session: with a "
    "reload, a long time without a connection, or a new start of the server. Paste them, choose the file again, or "
    "start from the course’s data below. You may also choose other data above."
)


def your_data(weights: int) -> bool:
    """Ways in, choice of columns, and what the data say of a model with so many weights; then the page's data are
    these. Whether there are any: a link, or a page whose session was lost, asks for data that are not here."""
    state = st.session_state
    table = OWN + "_table"
    if table not in state and not state.get("pasted"):
        if PASTED in state:
            state["pasted"] = state[PASTED]
        elif state.get(CHOICE):
            start_from("article")
    there = table in state
    with st.expander("Your data", expanded=not (there and presenting()), icon=":material/table_edit:"):
        if not there:
            st.info(GONE if state.get("pasted") else NOWHERE, icon=":material/info:")
        st.caption(
            f"They stay in this session: not in the link, not on the server’s disk, not in anybody else’s course. What "
            f"you paste also stays in this tab of your browser until you close it. {cached.limits()}"
        )
        ways, picture = st.columns([3, 2], gap="large")
        paste, file, edit = ways.tabs(["Paste", "Choose a file", "Edit the points"])
        with paste:
            st.text_area(
                "Cells copied from a spreadsheet, or lines of a CSV file",
                key="pasted",
                max_chars=MOST_PASTED,
                placeholder="size\tprice\n50\t210\n80\t330",
                height=120,
            )
            st.button("Use these", key="use", on_click=take_pasted)
        with file:
            st.file_uploader("A CSV file", type=["csv", "tsv", "txt"], key="uploaded", on_change=take_file)
        with edit:
            from_the_course()
            found = edited() if there else None
        if problem := state.pop("own_problem", None):
            st.error(f"{problem} Nothing was changed.", icon=":material/error:")
        if found is None:
            return False
        for remark in found.remarks:
            st.caption(f":material/info: {remark}")
        choose_columns(found)
        with picture:
            see(weights)
        say(weights)
    return True


def take_pasted() -> None:
    """Read what is in the field, and let the browser tab have it for another session."""
    pasted = st.session_state["pasted"]
    st.session_state[PASTED] = pasted
    take(pasted.encode())


def take(raw: bytes) -> None:
    """Read `raw`; what is no good is said, and the data stay what they were."""
    try:
        found = cached.read(raw)
    except ValueError as error:
        st.session_state["own_problem"] = str(error)
    else:
        hold(found)


def take_file() -> None:
    """Read the file chosen, if one is."""
    if uploaded := st.session_state["uploaded"]:
        take(uploaded.getvalue())


def from_the_course() -> None:
    """The way in for who has no table at hand: one of the course's, to change."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = [kind for kind in DATA if kind != OWN]
        kind = st.selectbox("Start from the course’s data", kinds, format_func=DATA.__getitem__, width=260)
        st.button("Start from these", on_click=start_from, args=(kind,))


def start_from(kind: str) -> None:
    """Begin with the points of one of the course's data sets."""
    data = cached.dataset(Source(kind, 1 if kind in ("article", "line") else 2, 0.8))
    hold(Table((*data.features, data.target), np.column_stack([data.X, data.y])))


def hold(found: Table) -> None:
    """Make `found` the table to choose from, with a fresh editor."""
    st.session_state[OWN + "_table"] = found
    st.session_state["edition"] = st.session_state.get("edition", 0) + 1


def edited() -> Table:
    """The table with what the visitor changed in it. What is typed is read as strictly as a file."""
    table: Table = st.session_state[OWN + "_table"]
    frame = st.data_editor(
        pd.DataFrame(table.values, columns=list(table.names)),
        num_rows="dynamic",
        height=240,
        key=f"editor{st.session_state['edition']}",
        alt=f"Your table: {len(table.values)} rows, columns {', '.join(table.names)}. Each cell can be changed.",
    )
    if frame.to_numpy().shape == table.values.shape and np.array_equal(frame.to_numpy(), table.values):
        return table
    written = StringIO()
    frame.to_csv(written, index=False, header=False)
    try:
        return cached.read(written.getvalue().encode(), table.names)
    except ValueError as error:
        st.error(str(error), icon=":material/error:")
        return table


def choose_columns(table: Table) -> None:
    """Target and features; the data of the page become these, and what they come to is said."""
    state, edition = st.session_state, st.session_state["edition"]
    left, right = st.columns(2)
    with left:
        target = st.selectbox("Target", table.names, len(table.names) - 1, key=f"target{edition}")
    others = [name for name in table.names if name != target]
    with right:
        features = st.multiselect(
            "Features: most pictures draw the first two",
            others,
            others[:2],
            max_selections=MOST_WEIGHTS,
            key=f"features{edition}",
        )
    try:
        cached.bring(table, target, tuple(features))
    except ValueError as error:
        st.error(f"{error} The pictures show the columns chosen before.", icon=":material/error:")
    if OWN not in state:
        # Not even the first choice was any good, which leaves the course's own points.
        state["dataset"] = dataset(1)._replace(kind="article")
        return
    state["dataset"] = dataset(1)._replace(seed=cached.own_number())


def see(weights: int) -> None:
    """The points, with what the best of these models makes of them."""
    source = dataset(weights)
    data, minimum = cached.dataset(source), cached.minimum(source)
    show(
        points.fitted(data, cached.fit_at(source, tuple(minimum.w))),
        alt=f"{len(data.y)} points, {data.target} over {data.features[0]}, and what the model with weights "
        f"{vector(minimum.w)} predicts for each.",
    )


def say(weights: int) -> None:
    """What these data come to, for the model with so many weights."""
    source = dataset(weights)
    data, minimum = cached.dataset(source), cached.minimum(source)
    squared = cached.fit_at(source, tuple(minimum.w)).squared
    model = f"ŷ = w₁ · {data.features[0]} + w₂ · {data.features[1]}" if weights == 2 else f"ŷ = w · {data.features[0]}"
    shaped = f" The condition number is **{num(cached.spectrum(source).condition)}**." if weights == 2 else ""
    st.markdown(
        f"**{len(data.y)} points**, {model}. The minimum is at **{vector(minimum.w)}** with loss "
        f"**{num(minimum.mse)}**.{shaped}"
    )
    for name in (name for name, column in zip(data.features, data.X.T, strict=True) if not np.ptp(column)):
        if name != "1":
            st.markdown(f"“{name}” is the same in every row: its weight lifts all predictions alike.")
    if len(minimum.flat):
        words, picture = st.columns([3, 2], gap="large", vertical_alignment="center")
        words.markdown(
            "One feature is a multiple of the other. What one weight gains the other can lose, and nothing changes: "
            "the bottom is a whole line, a **valley**. Another feature that is no multiple of these closes it."
        )
        reach = cached.reach(source)
        with picture:
            show(
                planes.valley(cached.surface(source, -reach, reach, 60), minimum),
                alt=f"The loss over both weights: parallel straight rings. The shortest pair is {vector(minimum.w)}.",
            )
    elif minimum.mse > 0:
        worst = int(squared.argmax())
        point = ", ".join(f"{name} = {num(x)}" for name, x in zip(data.features, data.X[worst], strict=True))
        share = f"{squared[worst] / squared.sum():.0%}"
        st.markdown(
            f"There, one point makes **{share}** of the loss: number {worst + 1}, {point}, "
            f"{data.target} = {num(data.y[worst])}."
        )
