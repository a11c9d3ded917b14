"""A picture's numbers as tables: what is drawn, for those who cannot see it."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from lessons.figures import palette

Table = dict[str, Any]
"""Column name → one value a row."""


def tables(figure: go.Figure) -> list[tuple[str, Table]]:
    """Each trace of `figure` under what it stands for, in the order of drawing. A map has a row for each grid point.

    Halos and the heads of needles are left out.
    """
    found: list[tuple[str, Table]] = []
    for trace in figure.data:
        if trace.type in ("contour", "surface"):
            # A map is coloured by the root of the loss, which itself is in its custom data.
            loss = trace.z if trace.type == "surface" else trace.customdata
            x, y = np.meshgrid(trace.x, trace.y)
            found.append(("Map", {"w₁": x.ravel(), "w₂": y.ravel(), "loss": np.ravel(loss)}))
        elif trace.name == palette.FOR_CONTRAST or trace.x is None or not len(trace.x):
            continue
        elif trace.type == "scatter3d":
            foot = slice(None if trace.mode == "lines" else 1)
            places = {"w₁": trace.x, "w₂": trace.y, "loss": trace.z}
            found.append((called(trace), {name: column[foot] for name, column in places.items()}))
        else:
            names = axis(figure, "x", trace.xaxis), axis(figure, "y", trace.yaxis)
            columns = {name: rows(column) for name, column in zip(names, (trace.x, trace.y), strict=True)}
            found.append((called(trace), columns))
    return found


def called(trace: Any) -> str:
    """What a line or a mark stands for, told by how it looks. Raises KeyError where it looks like nothing known."""
    if trace.line.width == 0:
        return "All points"  # the edge of a band
    if trace.mode == "markers":
        colour = trace.marker.color or trace.marker.line.color
        return palette.LOOKS[colour, trace.marker.symbol or "circle"]
    return palette.LOOKS[trace.line.color, trace.line.dash or "solid"]


def axis(figure: go.Figure, way: str, name: str | None) -> str:
    """The title of a trace's axis: `name` is x2 for the second one."""
    place = f"{way}axis{(name or way).removeprefix(way)}"
    return str(figure.layout[place].title.text or way)


def rows(column: Any) -> Any:
    """A column of numbers; the gaps that lift the pen stay empty."""
    return np.asarray(column, dtype=float)
