"""What example_lesson.py says, a second time, from numpy: to copy to tests/lessons/test_your_lesson.py."""

import numpy as np

from lessons.words import num
from tests.app import open_page, text
from tests.lessons.proofs import loss, points


def test_the_price_is_the_loss() -> None:
    """On the article's points, at the weight where the slider starts."""
    X, y = points("article", 1)
    assert f"the price is **{num(loss(np.array([0.5]), X, y))}**" in text(open_page("your_lesson"))
