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
