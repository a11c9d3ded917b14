"""The record every lesson fills in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from inspect import cleandoc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lessons.kit.predict import Prediction
    from lessons.kit.quiz import Check

Step = Callable[[], None]
"""A step is a function: its docstring is what you read, its body is what you play with."""


@dataclass(frozen=True)
class Note:
    """A teacher's note on a step: the `minutes` it takes, what to `ask` the room, the `answer` to expect, and the usual
    `wrong` answer with what is wrong about it."""

    minutes: int
    ask: str
    answer: str
    wrong: str


@dataclass(frozen=True)
class Lesson:
    """One lesson. `name` is its module, its door in `pages/` and its address; `weights` is how many weights its largest
    model has on the data of the page, which says which data sets it offers (`engine.sets`).

    `title` is short enough for a menu and `claim` says the lesson in one line. `goal` completes the sentence "You will
    be able to …". `minutes` is the time of one learner, and of the notes taken together.

    `notes` has what a teacher wants to know of each step. `predictions` has the questions of each step that lets the
    learner predict, and `checks` those of each step that checks what was learnt. Tests run over all three.
    """

    name: str
    title: str
    claim: str
    goal: str
    icon: str
    minutes: int
    weights: int
    steps: tuple[Step, ...]
    notes: Mapping[Step, Note] = field(default_factory=dict)
    predictions: Mapping[Step, tuple[Prediction, ...]] = field(default_factory=dict)
    checks: Mapping[Step, tuple[Check, ...]] = field(default_factory=dict)


def slug(step: Step) -> str:
    """A step's name in a link: `one_guess` becomes `one-guess`."""
    return step.__name__.replace("_", "-")


def prose(step: Step) -> tuple[str, str]:
    """A step's heading and the text under it, from its docstring."""
    heading, _, text = cleandoc(step.__doc__ or "").partition("\n")
    return heading.removeprefix("### "), text.strip()
