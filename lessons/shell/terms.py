"""The words in the glossary with their meanings, in the order in which the course brings them."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A word, what it means here, and the lesson and step that bring it."""

    name: str
    meaning: str
    lesson: str
    step: str


TERMS = (
    Term("Feature x", "What is known of a point.", "one_weight", "one-guess"),
    Term("Target y", "What is to be guessed from the features.", "one_weight", "one-guess"),
    Term("Weight w", "The number that multiplies a feature. Learning means choosing it.", "one_weight", "one-guess"),
    Term("Model ŷ", "The rule for a prediction: ŷ = w·x.", "one_weight", "one-guess"),
    Term("Error", "The target minus the prediction, y − ŷ.", "one_weight", "one-guess"),
    Term("Loss L", "The average of the squared errors, also called mean squared error.", "one_weight", "one-guess"),
    Term("Minimum w*", "The weight with the lowest loss. That loss is called L*.", "one_weight", "every-guess"),
    Term("Pin", "The round mark of your own weights.", "one_weight", "every-guess"),
    Term("Parabola", "The curve of a square. The loss of one weight is one.", "one_weight",
         "where-the-bowl-comes-from"),
    Term("Slope", "How fast the loss changes with a weight: dL/dw. Zero at the bottom.", "one_weight", "the-slope"),
    Term("Curvature", "How fast the slope changes. On these losses, the same everywhere.", "one_weight", "the-slope"),
    Term("Autograd", "PyTorch working slopes out of the code of a loss.", "one_weight", "the-slope"),
    Term("Excess loss", "How much more a weight pays than the minimum does: L(w) − L*.", "one_weight", "predict"),
    Term("Grid", "Evenly spaced weights at which the loss is computed.", "two_weights", "sample-the-plane"),
    Term("Intercept", "The weight of a feature that is 1 for every point: where the line meets the y axis.",
         "two_weights", "sample-the-plane"),
    Term("Ring", "All pairs of weights with the same loss.", "two_weights", "sample-the-plane"),
    Term("Gradient ∇L", "The slopes along all weights. It points straight uphill.", "two_weights", "read-the-rings"),
    Term("Hessian H", "One table from which the curvature in every direction follows.", "two_weights",
         "read-the-rings"),
    Term("Eigenvalue", "The curvature along one axis of the rings.", "two_weights", "read-the-rings"),
    Term(
        "Condition number",
        "The largest curvature over the smallest: 1 for a round bowl, ∞ for a valley.",
        "two_weights",
        "read-the-rings",
    ),
    Term("Valley", "A line of minima: all its weights predict the same.", "two_weights", "read-the-rings"),
    Term("Cut", "The loss along a straight line: a parabola, or a level line along a valley.", "two_weights", "cut-it"),
    Term("Trough", "The squared error of one point over two weights: straight, its bottom a whole line.", "two_weights",
         "troughs-make-the-bowl"),
    Term("Penalty λ‖w‖²", "What L2 adds to the loss: λ times the squared length of the weights.", "l2",
         "plain-and-penalised"),
    Term("Ridge path", "Where the minimum goes as λ grows from 0 without end.", "l2", "two-landscapes"),
    Term("Phantom point", "An invented point with target 0. It does what the penalty does.", "l2", "phantom-points"),
    Term("Held-out loss", "The loss on points that were not used to find the weights.", "l2", "is-it-worth-it"),
)  # fmt: skip
