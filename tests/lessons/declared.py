"""What the lessons of the course declare, as rows for tests that run over all of it. No lesson is named here."""

from __future__ import annotations

from typing import NamedTuple

from lessons.course import COURSE
from lessons.kit.lesson import Lesson, Step, slug
from lessons.kit.predict import Prediction
from lessons.kit.scripts import SCRIPTS


class Moment(NamedTuple):
    """A step of a lesson, with one of its questions where it lets the learner predict."""

    lesson: Lesson
    step: Step
    prediction: Prediction | None = None

    @property
    def link(self) -> dict[str, str]:
        """What of the link opens it."""
        return {"step": slug(self.step)} | ({"ask": self.prediction.name} if self.prediction else {})

    @property
    def script(self) -> str:
        """The script that may be taken along, by its name; empty where there is none. That of a step has its name."""
        name = self.prediction.script if self.prediction else f"{self.lesson.name}/{self.step.__name__}"
        return name if (SCRIPTS / f"{name}.py").exists() else ""

    def __str__(self) -> str:
        """For the names of tests."""
        return "-".join([self.lesson.name, *self.link.values()])


MOMENTS = [
    Moment(lesson, step, prediction)
    for lesson in COURSE
    for step in lesson.steps
    for prediction in lesson.predictions.get(step, (None,))
]
