"""“Your data”: ways to bring a table, questions on how to read it, the choice of columns, and what the points say.

The engine reads tables, and has their limits (`engine.rows`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from engine import cached
from engine.records import MOST_WEIGHTS, OWN, Kind, Question, Table
from lessons.figures import planes, points
from lessons.kit import session
from lessons.kit.controls import dataset, presenting
from lessons.kit.stage import draw
from lessons.words import num, percent, vector

MOST_PASTED = 200_000
"""Characters of the field to paste into. Larger tables come as a file."""

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
    """The fold in which a visitor brings data and chooses columns; then the page's data are these. It also shows what
    the best model with so many weights makes of them.

    Returns whether there are any: a link, or a page whose session was lost, asks for data that are not here.
    """
    state = st.session_state
    if session.TABLE not in state and not state.get(session.PASTED):
        if session.LAST_PASTED in state:
            state[session.PASTED] = state[session.LAST_PASTED]
        elif state.get(session.CHOICE):
            start_from(cached.kinds(1)[0])
    there = session.TABLE in state
    with st.expander("Your data", expanded=not (there and presenting()), icon=":material/table_edit:"):
        if not there and session.TAKES not in state:
            st.info(GONE if session.LAST_PASTED in state else NOWHERE, icon=":material/info:")
        st.caption(
            f"They stay in this session: not in the link, not on the server’s disk, not in anybody else’s course. What "
            f"you paste also stays in this tab of your browser until you close it. {cached.limits()}"
        )
        ways, picture = st.columns([3, 2], gap="large")
        paste, file, edit = ways.tabs(["Paste", "Choose a file", "Edit the points"])
        with paste:
            st.text_area(
                "Cells copied from a spreadsheet, or lines of a CSV file",
                key=session.PASTED,
                max_chars=MOST_PASTED,
                placeholder="size\tprice\n50\t210\n80\t330",
                height=120,
            )
            st.button("Use these", key="use", on_click=take_pasted)
        with file:
            st.file_uploader("A CSV file", type=["csv", "tsv", "txt"], key=session.UPLOADED, on_change=take_file)
        with edit:
            from_the_course()
            found = edited() if there else None
        with ways:
            ask()
            if problem := state.pop(session.OWN_PROBLEM, None):
                st.error(f"{problem} Nothing was changed.", icon=":material/error:")
        if found is None:
            return False
        for remark in found.remarks:
            st.caption(f":material/info: {remark}")
        if not choose_columns(found):
            return False
        with picture:
            see(weights)
        say(weights)
    return True


def take_pasted() -> None:
    """Read what is in the field, and let the browser tab have it for another session."""
    pasted = st.session_state[session.PASTED]
    st.session_state[session.LAST_PASTED] = pasted
    take(pasted.encode())


def take(raw: bytes, answers: dict[str, str] | None = None) -> None:
    """Read the table in `raw`, and make it the one to choose columns from. If it is no good, note what to say; if it
    could be read in two ways, note what to ask. The data then stay what they were."""
    state = st.session_state
    state[session.TAKES] = state.get(session.TAKES, 0) + 1
    state.pop(session.ASKED, None)
    try:
        found = cached.read(raw, answers)
    except ValueError as error:
        state[session.OWN_PROBLEM] = str(error)
        return
    if isinstance(found, Table):
        hold(found)
        state[session.ANSWERED] = raw, answers or {}
    else:
        state[session.ASKED] = raw, answers or {}, found


def take_file() -> None:
    """Read the file chosen, if one is."""
    if uploaded := st.session_state[session.UPLOADED]:
        take(uploaded.getvalue())


def from_the_course() -> None:
    """For those who have no table at hand: the points of one of the course's data sets, to change."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = {kind.title: kind for kind in cached.kinds(2)}
        title = st.selectbox("Start from the course’s data", list(kinds), width=260)
        st.button("Start from these", on_click=start_from, args=(kinds[title],))


def start_from(kind: Kind) -> None:
    """Begin with the points of one of the course's data sets."""
    data = cached.to_change(kind)
    hold(Table((*data.features, data.target), np.column_stack([data.X, data.y])))


def hold(found: Table) -> None:
    """Make `found` the table to choose from, with a fresh editor."""
    st.session_state[session.TABLE] = found
    st.session_state.pop(session.ASKED, None)
    st.session_state[session.EDITION] = st.session_state.get(session.EDITION, 0) + 1


def ask() -> None:
    """Ask what could be read in two ways. Once it is read, the answers stay open to change, in a fold."""
    state = st.session_state
    if session.ASKED in state:
        raw, given, questions = state[session.ASKED]
        with st.container(border=True):
            st.markdown("**One question first.** Until you answer, the data stay what they were.")
            choices(questions, given)
            st.button("Read them so", on_click=lambda: take(raw, chosen(questions)), type="primary")
    elif session.TABLE in state and (questions := state[session.TABLE].questions):
        raw, given = state[session.ANSWERED]
        with st.expander("How the numbers are read", icon=":material/help:"):
            choices(questions, given, lambda: take(raw, chosen(questions)))


def choices(questions: Sequence[Question], given: dict[str, str], on_change: Callable[[], None] | None = None) -> None:
    """For each question both readings, to choose one. First chosen is the one in `given`, else the likelier."""
    for question in questions:
        answers = {reading.answer: reading.says for reading in question.readings}
        st.radio(
            question.asks,
            list(answers),
            list(answers).index(given.get(question.about, next(iter(answers)))),
            format_func=answers.__getitem__,
            key=key_of(question),
            on_change=on_change,
        )


def chosen(questions: Sequence[Question]) -> dict[str, str]:
    """The answers chosen on the screen: what a question is about → the answer."""
    return {question.about: st.session_state[key_of(question)] for question in questions}


def key_of(question: Question) -> str:
    """The name of the answer in the session: another one for each table, so that none is answered before it is
    asked."""
    return session.reading(st.session_state[session.TAKES], question.about)


def edited() -> Table:
    """The table with what the visitor changed in it. What is typed is read as strictly as a file."""
    table: Table = st.session_state[session.TABLE]
    frame = st.data_editor(
        pd.DataFrame(table.values, columns=list(table.names)),
        num_rows="dynamic",
        height=240,
        key=session.editor(st.session_state[session.EDITION]),
        alt=f"Your table: {len(table.values)} rows, columns {', '.join(table.names)}. Each cell can be changed.",
    )
    values = frame.to_numpy(np.float64, na_value=np.nan)
    if np.array_equal(values, table.values, equal_nan=True):
        return table
    try:
        return cached.typed(table.names, values)
    except ValueError as error:
        st.error(str(error), icon=":material/error:")
        return table


def choose_columns(table: Table) -> bool:
    """The choice of target and features. The data of the page become these, and what was left out is said.

    Returns whether there are data: from these columns, or, where they are no good, from those chosen before.
    """
    state, edition = st.session_state, st.session_state[session.EDITION]
    left, right = st.columns(2)
    with left:
        target = st.selectbox("Target", table.names, len(table.names) - 1, key=session.target(edition))
    others = [name for name in table.names if name != target]
    with right:
        features = st.multiselect(
            "Features: most pictures draw the first two",
            others,
            others[:2],
            max_selections=MOST_WEIGHTS,
            key=session.features(edition),
        )
    try:
        for remark in cached.bring(table, target, tuple(features)):
            st.caption(f":material/info: {remark}")
    except ValueError as error:
        before = " The pictures show the columns chosen before." if OWN in state else ""
        st.error(f"{error}{before}", icon=":material/error:")
        if OWN not in state:
            return False
    state[session.DATASET] = dataset(1)._replace(seed=cached.own_number())
    return True


def see(weights: int) -> None:
    """A picture of the points, with what the best model with so many weights predicts for each."""
    source = dataset(weights)
    data, minimum = cached.dataset(source), cached.minimum(source)
    draw(points.fitted(data, cached.fit_at(source, tuple(minimum.w))))


def say(weights: int) -> None:
    """Say what the minimum, the shape of the loss and the worst point are, for the model with so many weights."""
    source = dataset(weights)
    data, minimum = cached.dataset(source), cached.minimum(source)
    squared = cached.fit_at(source, tuple(minimum.w)).squared
    model = f"ŷ = w₁ · {data.features[0]} + w₂ · {data.features[1]}" if weights == 2 else f"ŷ = w · {data.features[0]}"
    shaped = f" The condition number is **{num(cached.spectrum(source).condition)}**." if weights == 2 else ""
    st.markdown(
        f"**{len(data.y)} points**, {model}. The minimum is at **{vector(minimum.w)}** with loss "
        f"**{num(minimum.mse)}**.{shaped}"
    )
    for name, still in zip(data.features, cached.constant(source), strict=True):
        if still and name != "1":
            st.markdown(f"“{name}” is the same in every row: its weight lifts all predictions alike.")
    if len(minimum.flat):
        words, picture = st.columns([3, 2], gap="large", vertical_alignment="center")
        words.markdown(
            "One feature is a multiple of the other. What one weight gains the other can lose, and nothing changes: "
            "the bottom is a whole line, a **valley**. Nothing added closes it. In place of one of the two, a feature "
            "that is no multiple of the other does."
        )
        reach = cached.reach(source)
        with picture:
            draw(planes.valley(cached.surface(source, -reach, reach, 60), minimum))
    elif minimum.mse > 0:
        worst = int(squared.argmax())
        point = ", ".join(f"{name} = {num(x)}" for name, x in zip(data.features, data.X[worst], strict=True))
        share = percent(squared[worst] / squared.sum())
        st.markdown(
            f"There, one point makes **{share}** of the loss: number {worst + 1}, {point}, "
            f"{data.target} = {num(data.y[worst])}."
        )
