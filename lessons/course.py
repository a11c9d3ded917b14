"""The course: its lessons in teaching order, one line each.

A lesson is a module of this package with a `LESSON` record, and a door of the same name in `pages/`.
"""

from importlib import import_module

from lessons.kit.lesson import Lesson

COURSE: tuple[Lesson, ...] = tuple(
    import_module(f"lessons.{name}").LESSON
    for name in (
        "one_weight",
        "two_weights",
        "l2",
    )
)
