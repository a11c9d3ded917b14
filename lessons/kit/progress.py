"""What a learner has done. It is kept in the learner's own browser and nowhere else.

The session holds it while the page is open. `remember` mounts a few lines of script that hand over what the browser
kept, once, and from then on write down what the session holds.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field

import streamlit as st

MOST = 50_000
"""Characters of a kept text that are read at all. A whole course is about a tenth of that."""

NAME = re.compile(r"[a-z0-9_]{1,40}/[a-z0-9-]{1,60}")
"""A lesson and something of it: one_weight/the-slope, one_weight/double, one_weight/0."""

SCRIPT = """
const place = "where-the-bowl-comes-from"

export default function ({ data, setStateValue }) {
  // A browser may forbid storage. The course then works, and forgets.
  let kept = "{}"
  try { kept = localStorage.getItem(place) ?? kept } catch {}
  if (data.keep === null) return setStateValue("kept", kept)
  try { data.keep ? localStorage.setItem(place, data.keep) : localStorage.removeItem(place) } catch {}
}
"""


@dataclass
class Progress:
    """Names of what was seen, predicted and answered, and the last step seen. `known`: the browser has answered."""

    steps: set[str] = field(default_factory=set)
    predictions: set[str] = field(default_factory=set)
    checks: set[str] = field(default_factory=set)
    lessons: set[str] = field(default_factory=set)
    last: str = ""
    known: bool = False


def progress() -> Progress:
    """This visitor's progress, for reading and for adding to."""
    found: Progress = st.session_state.setdefault("progress", Progress())
    return found


def add(names: set[str], name: str) -> None:
    """Add `name` to one of the sets of `progress()` from inside a step.

    A step is a fragment: the page around it runs again, so that the browser and the menu learn of it too.
    """
    if name not in names:
        names.add(name)
        st.rerun()


def text_of(found: Progress) -> str:
    """Progress as it is kept and handed out; empty where there is none."""
    kept = {name: sorted(value) if isinstance(value, set) else value for name, value in asdict(found).items()}
    del kept["known"]
    return json.dumps(kept) if any(kept.values()) else ""


def merge(text: str) -> None:
    """Add what `text` holds to this visitor's progress. Raises ValueError if it is not a copy of somebody's progress.

    The text may come from anybody. Only names of the right form are taken, and no name stands for more than itself.
    """
    try:
        kept = json.loads(text[:MOST]) if text else {}
    except (ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict):
        raise ValueError("This is not a copy of somebody’s progress in this course.")
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
    """Take over what the browser kept, as soon as it has said so. What it cannot read it ignores."""
    kept = (st.session_state.get("browser") or {}).get("kept")
    if kept is not None and not progress().known:
        progress().known = True
        try:
            merge(kept)
        except ValueError:  # corrupt, or some other site's
            return


BROWSER = st.components.v2.component("progress", js=SCRIPT)


def remember() -> None:
    """Let the browser keep this visitor's progress. Stands last on a page, when the page has noted what it shows."""
    found = progress()
    BROWSER(key="browser", data={"keep": text_of(found) if found.known else None}, on_kept_change=lambda: None)


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
        st.file_uploader("Restore a saved copy", type="json", key="copy", on_change=restore)
        if problem := st.session_state.pop("copy_problem", None):
            st.error(problem, icon=":material/error:")


def erase() -> None:
    """Forget everything, here and in the browser."""
    st.session_state["progress"] = Progress(known=True)


def restore() -> None:
    """Add the uploaded copy to what is there."""
    copy = st.session_state["copy"]
    if copy is None:
        return
    try:
        merge(copy.getvalue().decode(errors="replace"))
    except ValueError as error:
        st.session_state["copy_problem"] = (
            f"{error} Choose the file that “Save a copy” made; it is called progress.json. Nothing was changed."
        )
