"""A picture's numbers as tables: what is drawn, for those who cannot see it."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from lessons.figures import palette

MARKS = {"lines": "line", "markers": "marks", "lines+markers": "line with marks", "lines+text": "line with a star"}

Table = dict[str, Any]
"""Column name → one value a row."""


def tables(figure: go.Figure) -> list[tuple[str, Table]]:
    """Each trace of `figure` under a name, in the order of drawing. A map or a surface has a row for each grid point.

    What only takes clicks is left out where a map says the same, and so are halos.
    """
    found = []
    for trace in figure.data:
        if trace.type in ("contour", "surface"):
            # A map is coloured by the root of the loss, which itself is in its custom data or in its clickable marks.
            loss = trace.z if trace.type == "surface" else trace.customdata
            if loss is None:
                continue
            x, y = np.meshgrid(trace.x, trace.y)
            found.append(("surface", {"w₁": x.ravel(), "w₂": y.ravel(), "loss": np.ravel(loss)}))
        elif trace.type == "scatter3d":
            found.append((MARKS[trace.mode], {"w₁": trace.x, "w₂": trace.y, "loss": trace.z}))
        elif trace.name != palette.FOR_CONTRAST and trace.x is not None and len(trace.x):
            names = axis(figure, "x", trace.xaxis), axis(figure, "y", trace.yaxis)
            columns = dict(zip(names, (trace.x, trace.y), strict=True))
            if trace.marker.opacity == 0:
                if trace.customdata is None:
                    continue
                columns["loss"] = trace.customdata
            found.append((trace.name or MARKS[trace.mode], {name: rows(column) for name, column in columns.items()}))
    return found


def axis(figure: go.Figure, way: str, name: str | None) -> str:
    """The title of a trace's axis: `name` is x2 for the second one."""
    place = f"{way}axis{(name or way).removeprefix(way)}"
    return str(figure.layout[place].title.text or way)


def rows(column: Any) -> Any:
    """A column of numbers; the gaps that lift the pen stay empty."""
    return np.asarray(column, dtype=float)
