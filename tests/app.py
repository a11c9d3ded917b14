"""The course without a browser: open a page as its link would."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from engine import cached

ROOT = Path(__file__).parents[1]


def offered(weights: int) -> list[str]:
    """The names of the data sets that a lesson with so many weights offers: for tests that hold on all of them."""
    return [kind.name for kind in cached.kinds(weights)]


def open_page(page: str, **query: str | list[str]) -> AppTest:
    """Run `pages/{page}.py`, or the cover for "Home", with `query` in the link, and insist that nothing went wrong."""
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=30)
    if page != "Home":
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    healthy(app)
    return app


def healthy(app: AppTest) -> None:
    """No exception, no error box, and words on the page."""
    assert not app.exception, app.exception[0].message
    assert not app.error, app.error[0].value
    assert app.title or app.header


def charts(app: AppTest) -> list[str]:
    """The alt texts of the charts on the page."""
    return [chart.proto.alt for chart in app.get("plotly_chart")]


def sent(value: Any) -> list[float]:
    """An array of a chart as Plotly sends it: a list, or its bytes in base64."""
    if isinstance(value, dict):
        return list(np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"]).tolist())
    return list(value)


def titles(app: AppTest) -> list[str]:
    """The titles inside the charts."""
    return [json.loads(chart.proto.spec)["layout"]["title"]["text"] for chart in app.get("plotly_chart")]


def text(app: AppTest) -> str:
    """All running text on the page."""
    return "\n".join(element.value for element in app.markdown)


def reveal(app: AppTest) -> None:
    """Ask for the answer, where the page has a prediction."""
    for button in [button for button in app.button if button.label == "Reveal"]:
        button.click().run()
        healthy(app)


def move_all(app: AppTest) -> None:
    """Put every slider of the page at a place of its own, which is neither its start nor an end."""
    for i, slider in enumerate(app.slider):
        steps = round((slider.max - slider.min) / slider.step)
        # Parts of the golden ratio: no two sliders stand alike, and no two weights make a round number.
        at = [slider.min + round(steps * ((0.33 + 0.618 * (i + end)) % 0.9 + 0.05)) * slider.step for end in (0, 1)]
        slider.set_value(tuple(sorted(at)) if isinstance(slider.value, tuple) else at[0])
    app.run()
    healthy(app)


def press(app: AppTest, label: str) -> None:
    """Press the button of that name."""
    next(button for button in app.button if button.label == label).click().run()
    healthy(app)


def answer(app: AppTest, question: int) -> None:
    """Hand in the answer to one question of a check, counted from 0."""
    [button for button in app.button if button.label == "Answer"][question].click().run()
    healthy(app)


def replies(app: AppTest) -> str:
    """All that is said to the answers given."""
    return "\n".join(box.value for box in [*app.success, *app.info])


def told(app: AppTest) -> str:
    """All that the page says in words, its link included."""
    return "\n".join([text(app), *charts(app), replies(app), str(app.query_params)])
