"""What a link may name beside the controls of single steps: ?step=the-slope&data=tips. No other module
writes these names out.

How each control is stored in the link is said in `controls`.
"""

from __future__ import annotations

STEP = "step"
"""The step of the lesson."""
DATA = "data"
"""The data of the page."""
PREP = "prep"
"""What is done to their columns first, with commas."""
PRESENT = "present"
"""ON where the page is presented: large type, and nothing around a step."""
NOTES = "notes"
"""ON where the speaker's notes are shown."""
LOCK, HIDE = "lock", "hide"
"""The controls that cannot be moved, and those that are not seen: names with commas."""
ON = "true"


def to(lesson: str, step: str) -> str:
    """The address of a step: the lesson by the name of its page, the step as links name it."""
    return f"{lesson}?{STEP}={step}"
