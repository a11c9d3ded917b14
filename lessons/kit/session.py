"""The names of all that `st.session_state` holds: no other module writes one out.

Two kinds of name stand elsewhere: a control bound to the link goes by its name in the link (`controls`), and what the
engine's facade holds, the visitor's own data and what it has been asked for, by names of its own (`engine.cached`).
"""

from __future__ import annotations

from engine.records import OWN

PAGE = "page"
"""The title of the page that is open."""
DATASET = "dataset"
"""The `Source` chosen on the page, for one weight."""
CONTROLS = "controls"
"""The controls of the step on the screen: name in the link → label."""
KNOWN = "known controls"
"""The names of all controls seen in this session."""
RANGES = "ranges"
"""The range of each control as it was drawn last: key → (lo, hi)."""
STAGE = "stage"
"""The parts of the step that runs."""
REVEALED = "revealed"
"""The one prediction that is open, with all it is about."""
PROGRESS = "progress"
"""What the visitor has seen and answered."""
BROWSER = "browser"
CLICKS = "clicks"
"""The component that lets the browser keep it."""
SESSION = "session"
"""A name for the session itself."""
COPY, COPY_PROBLEM = "copy", "copy_problem"
"""The copy of somebody's progress that is to be restored, and what is wrong with it."""
PASTED, UPLOADED = "pasted", "uploaded"
"""The field to paste into, and the one for a file."""
LAST_PASTED = "what was pasted last, as own data, and read"
"""For the browser tab, which has it for the next session."""
TABLE = OWN + "_table"
"""The table that the visitor brought."""
ASKED, ANSWERED = OWN + "_asked", OWN + "_answered"
"""Where what was brought waits for answers, with them and the questions; and what was read, with its answers."""
OWN_PROBLEM = OWN + "_problem"
"""What is wrong with what was brought."""
TAKES = "takes"
"""How often something was brought."""
EDITION = "edition"
"""How often a table was put into the editor."""
CHOICE = "other data than the visitor’s own were here"
"""Noted where it is so: then “Yours” is the visitor's own choice, and begins with points to change."""


# Names with a part that varies.


def control(page: str, name: str) -> str:
    """A control that goes by the same `name` in the link on every page, with other options on each."""
    return f"{page}_{name}"


def given(check: str) -> str:
    """The last answer to a check of a quiz."""
    return f"{check}:given"


def field(check: str, number: int = 0) -> str:
    """A box or field of a check of a quiz, counted from 0."""
    return f"{check}:{number}"


def clicked(name: str) -> str:
    """A picture on which a click moves a control; `name` tells two such pictures of one step apart."""
    return f"clicked-{name}"


def behind(name: str) -> str:
    """Whether “Take it apart” is open, for the script `name`."""
    return f"behind {name}"


def tables(step: str) -> str:
    """Whether “The charts as tables” is open, in a step."""
    return f"tables {step}"


def reading(takes: int, about: str) -> str:
    """The answer to a question about what was brought: another one each time that something is."""
    return f"reading{takes}{about}"


def editor(edition: int) -> str:
    """The editor of the points: another one for each table put into it."""
    return f"editor{edition}"


def target(edition: int) -> str:
    """The column chosen as the target, of the table in the editor."""
    return f"target{edition}"


def features(edition: int) -> str:
    """The columns chosen as features, of the table in the editor."""
    return f"features{edition}"
