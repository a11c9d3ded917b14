"""The record every lesson fills in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc

Step = Callable[[], None]
"""A step is a function: its docstring is what you read, its body is what you play with."""


@dataclass(frozen=True)
class Lesson:
    """One lesson. `name` is its module, its door in `pages/` and its address; `data` are the kinds it offers.

    `title` is short enough for a menu and `claim` says the lesson in one line. `goal` completes the sentence "You will
    be able to …".
    """

    name: str
    title: str
    claim: str
    goal: str
    icon: str
    minutes: int
    data: tuple[str, ...]
    steps: tuple[Step, ...]


def slug(step: Step) -> str:
    """A step's name in a link: `one_guess` becomes `one-guess`."""
    return step.__name__.replace("_", "-")


def prose(step: Step) -> tuple[str, str]:
    """A step's heading and the text under it, from its docstring."""
    heading, _, text = cleandoc(step.__doc__ or "").partition("\n")
    return heading.removeprefix("### "), text.strip()
