"""What this visitor has seen, predicted and answered, as far as the session knows. `shell.your_progress` lets the
browser keep it."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from lessons.kit import session


@dataclass
class Progress:
    """What one visitor has done: names of `steps` seen (one_weight/one-guess), `predictions` made (one_weight/double),
    `checks` answered right (one_weight/0) and `lessons` done (one_weight), and the `last` step seen.

    `erased` counts how often this browser's learner has erased it, so that no other tab brings it back. `known` says
    that the browser has handed over what it kept.
    """

    steps: set[str] = field(default_factory=set)
    predictions: set[str] = field(default_factory=set)
    checks: set[str] = field(default_factory=set)
    lessons: set[str] = field(default_factory=set)
    last: str = ""
    erased: int = 0
    known: bool = False


def progress() -> Progress:
    """This visitor's progress, for reading and for adding to."""
    found: Progress = st.session_state.setdefault(session.PROGRESS, Progress())
    return found


def add(names: set[str], name: str) -> None:
    """Add `name` to one of the sets of `progress()` from inside a step.

    A step is a fragment: the page around it runs again, so that the browser and the menu learn of it too.
    """
    if name not in names:
        names.add(name)
        st.rerun()
