"""“Your progress”: what a learner has done. It is kept in the learner's own browser and nowhere else.

The session holds it while the page is open. `remember` mounts a few lines of script that hand over what the browser
kept, once to each session, and from then on add to it what the session holds.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from secrets import token_hex
from typing import Any

import streamlit as st

from lessons.kit import session
from lessons.kit.progress import Progress, progress

MOST = 50_000
"""Characters of a kept text that are read at all. A whole course is about a tenth of that."""

NAME = re.compile(r"[a-z0-9_]{1,40}/[a-z0-9-]{1,60}")
"""A lesson and something of it: one_weight/the-slope, one_weight/double, one_weight/0."""

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def record(found: Progress) -> dict[str, Any]:
    """Progress as the browser keeps it, ready for JSON."""
    kept = {name: sorted(value) if isinstance(value, set) else value for name, value in asdict(found).items()}
    del kept["known"]
    return kept


def text_of(found: Progress) -> str:
    """The text of the file that “Save a copy” makes; empty where there is no progress."""
    kept = record(found)
    del kept["erased"]
    return json.dumps(kept) if any(kept.values()) else ""


def read(text: str) -> dict[str, Any]:
    """What `text` holds. Raises ValueError if it is not a copy of somebody's progress."""
    try:
        kept = json.loads(text[:MOST]) if text else {}
    except (ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict):
        raise ValueError("This is not a copy of somebody’s progress in this course.")
    return kept


def merge(kept: dict[str, Any]) -> None:
    """Add what was kept to this visitor's progress.

    It may come from anybody. Only names of the right form are taken, and no name stands for more than itself.
    """
    found = progress()
    for name in ("steps", "predictions", "checks", "lessons"):
        values = kept.get(name, [])
        good = (
            {value for value in values if isinstance(value, str) and fits(value)} if isinstance(values, list) else set()
        )
        getattr(found, name).update(good)
    last = kept.get("last", "")
    if not found.last and isinstance(last, str) and fits(last):
        found.last = last


def fits(name: str) -> bool:
    """Whether `name` has the form of something that can be done in this course."""
    return bool(NAME.fullmatch(name) or re.fullmatch(r"[a-z0-9_]{1,40}", name))


def recall() -> None:
    """Take over what the browser has kept. What cannot be read is ignored: it is corrupt, or some other site's."""
    answer = st.session_state[session.BROWSER]["kept"]
    answer = answer if isinstance(answer, dict) else {}
    try:
        kept = read(str(answer.get("progress")))
    except ValueError:
        kept = {}
    erased = kept.get("erased")
    erased = erased if isinstance(erased, int) else 0
    if progress().known and erased > progress().erased:
        st.session_state[session.PROGRESS] = Progress()
    found = progress()
    found.known, found.erased = True, max(erased, found.erased)
    merge(kept)
    if pasted := answer.get("pasted"):
        st.session_state.setdefault(session.LAST_PASTED, str(pasted))
    # A page that finds its server on another machine is drawn from nothing, and its controls forget what they were
    # set to (Streamlit 1.67). The link knows.
    if answer.get("drawn_anew"):
        for control in st.session_state.get(session.CONTROLS, {}):
            if control in st.session_state:
                del st.session_state[control]


BROWSER = st.components.v2.component("progress", js=SCRIPT)


def remember() -> None:
    """Let the browser keep this visitor's progress. Stands last on a page, when the page has noted what it shows.

    A session that the browser has not answered yet is new, also where the page is not: the server was started again, or
    gave the old session up. The answer brings the page once more, with all that was set in it meanwhile.
    """
    found = progress()
    data = {
        # The browser looks at what is new to it: each session's question is another one.
        "session": st.session_state.setdefault(session.SESSION, token_hex(4)),
        "known": found.known,
        "progress": record(found),
        "pasted": st.session_state.get(session.LAST_PASTED),
    }
    BROWSER(key=session.BROWSER, data=data, on_kept_change=recall)


def your_progress() -> None:
    """See, save, restore and erase: the one place where a learner manages what is remembered."""
    found = progress()
    with st.expander("Your progress", icon=":material/bookmark:"):
        st.markdown(
            f"**{len(found.steps)}** steps seen, **{len(found.predictions)}** predictions made, "
            f"**{len(found.checks)}** questions answered right, **{len(found.lessons)}** lessons done."
        )
        st.caption(
            "This is kept in this browser only, in its storage for this site. Nothing of it is stored on the server. "
            "Another browser, or a private window, starts empty."
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.download_button(
                "Save a copy",
                text_of(found),
                "progress.json",
                "application/json",
                icon=":material/download:",
                disabled=not text_of(found),
                on_click="ignore",
            )
            st.button("Erase", icon=":material/delete:", on_click=erase)
        st.file_uploader("Restore a saved copy", type="json", key=session.COPY, on_change=restore)
        if problem := st.session_state.pop(session.COPY_PROBLEM, None):
            st.error(problem, icon=":material/error:")


def erase() -> None:
    """Forget everything, here and in the browser."""
    st.session_state[session.PROGRESS] = Progress(known=True, erased=progress().erased + 1)


def restore() -> None:
    """Add the uploaded copy to what is there."""
    copy = st.session_state[session.COPY]
    if copy is None:
        return
    try:
        merge(read(copy.getvalue().decode(errors="replace")))
    except ValueError as error:
        st.session_state[session.COPY_PROBLEM] = (
            f"{error} Choose the file that “Save a copy” made; it is called progress.json. Nothing was changed."
        )
