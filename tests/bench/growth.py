"""How the cost of a surface grows with its resolution n and with the number of points N, drawn with the course's own
figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import plotly.graph_objects as go

from engine import data, landscape
from engine.records import Source
from lessons.figures import palette
from tests.bench.measure import seconds
from tests.bench.numbers import more, plain_numpy, surface
from tests.browser.drive import chromium

RESOLUTIONS = (50, 100, 200, 500, 1000, 2000)
POINTS = (3, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
MOST_FOR_NUMPY = 1_000
"""Points; at ten times as many, plain numpy would take seconds and gigabytes."""

SAVE = """async ([figure, width]) => {
    const place = document.body.appendChild(document.createElement('div'))
    await Plotly.newPlot(place, figure.data, {...figure.layout, width})
    return await Plotly.toImage(place, {format: 'svg', width, height: figure.layout.height})
}"""


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of one call: the least of five rounds, which is the machine's least disturbed."""
    work()
    times = max(1, int(0.02 / seconds(work, 1)))
    return 1000 * min(seconds(work, times) for _ in range(5))


def costs(title: str, x: str, lines: dict[str, dict[int, float]]) -> go.Figure:
    """Milliseconds over a size, both logarithmic, a line for each name, which stands at the line's end."""
    # The last line is the floor of the others: its name stands below it, where it begins.
    looks = (
        (palette.LOSS, "solid", max, "right", -26),
        (palette.ERROR, "dash", max, "right", -26),
        (palette.DATA, "dot", min, "left", 26),
    )
    traces, names = [], []
    for (name, cost), (colour, dash, end, side, ay) in zip(lines.items(), looks, strict=True):
        stroke = {"color": colour, "width": 3, "dash": dash}
        traces.append(palette.trace("scatter", x=list(cost), y=list(cost.values()), mode="lines+markers", line=stroke))
        # On a logarithmic axis Plotly takes a label's place as the logarithm.
        at = np.log10(end(cost)), np.log10(cost[end(cost)])
        names.append(palette.label(*at, name, xanchor=side, ax=-10 if side == "right" else 10, ay=ay))
    log = {"type": "log", "exponentformat": "power", "dtick": 1}
    return palette.canvas(*traces, x=x, y="milliseconds", title=title, annotations=names, xaxis=log, yaxis=log)


def figures() -> Iterator[tuple[str, go.Figure]]:
    """Measure and draw: cost over n, and cost over N."""
    few, tips = data.load(Source("article", 2)), data.load(Source("tips", 2))
    yield (
        "n",
        costs(
            "A surface of n × n, three points",
            "n",
            {
                "the engine": {n: timed(partial(surface, few, n)) for n in RESOLUTIONS},
                "plain numpy": {n: timed(partial(plain_numpy, few.X, few.y, n)) for n in RESOLUTIONS},
                "filling as many numbers": {n: timed(partial(np.full, (n, n), 1.5)) for n in RESOLUTIONS},
            },
        ),
    )
    many = {n: more(tips, n) for n in POINTS}
    yield (
        "points",
        costs(
            "A surface of 100 × 100, N points",
            "N",
            {
                "the engine": {n: timed(partial(surface, points, 100)) for n, points in many.items()},
                "plain numpy": {
                    n: timed(partial(plain_numpy, points.X, points.y, 100))
                    for n, points in many.items()
                    if n <= MOST_FOR_NUMPY
                },
                "the pass over the data": {
                    n: timed(partial(landscape.reduced, points.X, points.y)) for n, points in many.items()
                },
            },
        ),
    )


def save(folder: Path) -> list[str]:
    """Write the pictures as SVG into `folder`; the Markdown that shows them."""
    shown = []
    with chromium() as browser:
        page = browser.new_page()
        page.set_content(go.Figure().to_html(include_plotlyjs=True))
        for name, figure in figures():
            address = page.evaluate(SAVE, [json.loads(figure.to_json()), 640])
            picture = unquote(address.partition(",")[2])
            Path(folder, f"growth_{name}.svg").write_text(picture + "\n", encoding="utf-8")
            shown.append(f"![{figure.layout.title.text}: milliseconds, both axes logarithmic](growth_{name}.svg)")
    return shown
